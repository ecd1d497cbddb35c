"""How the four policies are drawn: a line each, in the order of the rule; how often best at the left, regrets at the right."""

from __future__ import annotations

from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import SAID, in_hundred
from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, marker, outlined, size, upright
from tumen.charts.parts import dots, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, START
from tumen.core.words import number

LANE = 58
HEAD = 0.8  # lanes above the first policy
LANES = HEAD + len(q.POLICIES) + 0.45
NAME, BAR, BEGUN = 0.2, 0.58, 0.85  # heights within a lane
FOOT = HEAD + len(q.POLICIES) + 0.06
SHARE = Ruler(0, 1, left=0.0, right=0.4, first=0.0, last=0.4)
REGRET = Ruler(0, 2.2, left=0.5, right=0.97, first=0.5, last=0.985)
SHARES, POINTS = (0, 0.25, 0.5, 0.75, 1), (0, 0.5, 1, 1.5, 2)


def _draw():
    x, y = axes(LANES)
    return layered(
        upright("grid", x, y, color="#E3E0D8"),
        text("tick", x, y, align="center", dx=0, color=QUIET, size=11),
        text("title", x, y, dx=0, color=QUIET),
        text("ruling", x, y, dx=0),
        text("name", x, y, dx=0, size=13),
        span("share", x, "x2:Q", y, width=12, color=QUIET),
        span("share chosen", x, "x2:Q", y, width=16),
        text("share", x, y, dx=0, label="label:N"),
        text("share chosen", x, y, dx=0, size=14, label="label:N"),
        span("tail", x, "x2:Q", y, width=0.8, color=QUIET),
        span("most", x, "x2:Q", y, width=2, color=QUIET),
        outlined("half", x, y, width=11),
        dots("mean", x, y, shape="circle", size=46),
        dots("largest", x, y, filled=False, shape="triangle-left", size=90),
        marker("largest chosen", x, y, shape="triangle-left", size=150),
        dots("start", x, y, filled=False, color=START, shape="diamond", size=60),
        text("largest label", x, y, align="center", dx=0, dy=-13, size=11, color=QUIET),
        text("largest chosen label", x, y, align="center", dx=0, dy=-15, size=13),
    )


def _frame(rule: str) -> list[list]:
    """Grid, ticks and titles; what the rule reads stands in ink, the other in grey."""
    rows = []
    for ruler, values, unit in ((SHARE, SHARES, 100), (REGRET, POINTS, 1)):
        for v in values:
            rows += [
                ["grid", ruler.at(v), HEAD - 0.08, "", FOOT - 0.02],
                ["tick", ruler.at(v), FOOT + 0.15, number(unit * v)],
            ]
    by_share = rule == "share best"
    first = "best in so many of 100 cases"
    second = {"mean regret": "the mean regret (dot), points", "max regret": "the largest regret (triangle), points"}
    rows.append(["ruling" if by_share else "title", SHARE.left, 0.22, first])
    rows.append(
        [
            "title" if by_share else "ruling",
            REGRET.left,
            0.22,
            second.get(rule, "regret: points short of the best policy"),
        ]
    )
    return rows


def ordered(result) -> list[str]:
    """The policies as the rule ranks them, its choice first."""
    figures = result[q.RULES[result["rule"]]]
    return sorted(q.POLICIES, key=figures.get, reverse=result["rule"] == "share best")


def _rows(now, start):
    rows, moved = _frame(now["rule"]), now.inputs != start.inputs
    points = curves.regret_points(now)
    for i, policy in enumerate(ordered(now)):
        top = HEAD + i
        rows.append(["name", 0, top + NAME, f"{i + 1}. {SAID[policy]}"])
        rows += _share(now["best_share"][policy], top + BAR, i == 0 and now["rule"] == "share best")
        rows += _regret(points[policy], now["mean_regret"][policy], top + BAR, i == 0 and now["rule"] == "max regret")
        if moved:
            rows.append(["start", SHARE.at(start["best_share"][policy]), top + BEGUN, ""])
            rows.append(["start", REGRET.at(start["max_regret"][policy]), top + BEGUN, ""])
    return rows


def _share(share: float, y: float, chosen: bool) -> list[list]:
    part = "share chosen" if chosen else "share"
    return [[part, 0.0, y, "", SHARE.at(share)], [part, SHARE.at(share) + 0.012, y, in_hundred(share)]]


def _regret(points: dict, mean: float, y: float, chosen: bool) -> list[list]:
    largest = points["largest"]
    part = "largest chosen" if chosen else "largest"
    beyond = "" if REGRET.inside(largest) else ", beyond the picture"
    place = min(REGRET.at(largest), 0.97 if not beyond else 0.85)
    return [
        ["tail", REGRET.at(points["95 %"]), y, "", REGRET.at(largest)],
        ["most", REGRET.at(points["5 %"]), y, "", REGRET.at(points["95 %"])],
        ["half", REGRET.at(points["25 %"]), y, "", REGRET.at(points["75 %"])],
        ["mean", REGRET.at(mean), y, ""],
        [part, REGRET.at(largest), y, ""],
        [f"{part} label", place, y, f"{largest:.2f}{beyond}"],
    ]


def _words(now, start):
    lines = []
    for policy in ordered(now):
        was, most = "", number(now["max_regret"][policy], 2)
        if now.inputs != start.inputs:
            before = in_hundred(start["best_share"][policy]), number(start["max_regret"][policy], 2)
            was = f" (starting case {before[0]} and {before[1]})"
        lines.append(
            f"{SAID[policy]}, best in {in_hundred(now['best_share'][policy])} of 100 cases, regret on average "
            f"{number(now['mean_regret'][policy], 2)} points and at most {most}{was}"
        )
    return f"Four policies as the rule “{now['rule']}” ranks them: {'; '.join(lines)}."


POLICIES = Picture(
    title="Four policies: how often best, and how much is regretted",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Left: in how many of 100 cases each policy is best. Right: its regret, the points it falls short of the best policy of the "
        "case; box: the middle half of the cases, thick line: from 5 to 95 in 100, dot: the mean, triangle: the largest. Grey diamonds: the "
        "starting case. Every range, every point and what each policy does are assumptions of ours."
    ),
    size=size(LANES, LANE),
)
