"""How the unknowns are drawn: a small panel for each, with every policy's share of cases from end to end of its range."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import SAID, in_hundred
from tumen.charts.lanes import layered, plane
from tumen.charts.parts import chart_of, dots, line, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, QUIET, RULE
from tumen.core.words import number

# What stands over a panel or before a bar: a quantity's label in three or four words.
SHORT = {
    "aid_effect": "what full aid relieves",
    "reciprocity": "border loosened",
    "diversion": "aid diverted",
    "pull": "pull of the network",
    "decay": "network falling silent",
    "crackdown": "answer to pressure",
    "surge": "chance of mass exit",
    "surge_reduction": "mass exit averted",
    "credibility": "promises believed",
    "weight_leavers": "weight on leavers",
    "weight_tension": "weight on tension",
}
WIDE, HIGH = 1.22, 1.75  # from one panel to the next; a panel is 1 by 1
ACROSS, DOWN = 4, 3
SLICES = 10
TOP = DOWN * HIGH - 0.1


def _draw(begun: bool = False):
    x, y = plane((-0.04, ACROSS * WIDE - 0.16), (-0.42, TOP))
    frame = chart_of("frame").mark_rule(color=RULE).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    return layered(
        frame,
        line("half", x, y, color=QUIET, width=0.8, dash=(2, 3), detail="group:N"),
        *([start_line("start", x, y, detail="group:N")] if begun else []),
        line("pressure", x, y, color=QUIET, width=0.8, detail="group:N"),
        line("quiet", x, y, color=QUIET, width=1.6, dash=(1, 2), detail="group:N"),
        line("conditional", x, y, color=INK, width=1.4, detail="group:N"),
        line("engage", x, y, color=INK, width=3, detail="group:N"),
        dots("turn", x, y, filled=False, size=46),
        text("name", x, y, dx=0, size=11),
        text("low", x, y, dx=0, size=10, color=QUIET),
        text("high", x, y, align="right", dx=0, size=10, color=QUIET),
        text("at", x, y, align="center", dx=0, dy=-10, size=11),
        text("key", x, y, dx=4, size=11),
    )


def _corner(i: int) -> tuple[float, float]:
    return (i % ACROSS) * WIDE, (DOWN - 1 - i // ACROSS) * HIGH


def _rows(now, start=None):
    rows = []
    for i, name in enumerate(curves.ranked_unknowns(start or now)):
        left, bottom = _corner(i)
        rows += _panel(now, name, str(i), left, bottom)
        if start is not None:
            rows += _line("start", str(i), curves.share_along(start, name, SLICES), "engage", left, bottom)
    return [*rows, *_key(*_corner(len(q.UNCERTAIN)))]


def _line(part, group, along, policy, left, bottom) -> list[list]:
    """A policy's share along an unknown, from the left edge of its panel to the right."""
    return [[part, left + (k + 0.5) / SLICES, bottom + share, "", group] for k, share in enumerate(along[policy])]


def _panel(now, name, group, left, bottom) -> list[list]:
    (low, high), *_ = now[name]
    along = curves.share_along(now, name, SLICES)
    rows = [["frame", left, y, "", "", left + 1, y] for y in (bottom, bottom + 1)]
    rows += [["half", left, bottom + 0.5, "", group], ["half", left + 1, bottom + 0.5, "", group]]
    rows += [["name", left, bottom + 1.26, SHORT[name]]]
    rows += [["low", left, bottom - 0.15, number(low, 2)], ["high", left + 1, bottom - 0.15, number(high, 2)]]
    for policy in q.POLICIES:
        rows += _line(policy, group, along, policy, left, bottom)
    for at, share, _, _ in curves.turns(now, name)[:1]:
        place = left + (at - low) / (high - low)
        named = min(max(place, left + 0.14), left + 0.86)
        rows += [["turn", place, bottom + share, ""], ["at", named, bottom + share, number(at, 2)]]
    return rows


def _key(left, bottom) -> list[list]:
    """The last panel says which line is which, and what its height means."""
    rows = []
    for policy, height in (("engage", 0.98), ("conditional", 0.7), ("quiet", 0.42), ("pressure", 0.14)):
        rows += [[policy, left, bottom + height, "", "key"], [policy, left + 0.22, bottom + height, "", "key"]]
        rows.append(["key", left + 0.24, bottom + height, SAID[policy].removeprefix("the ")])
    rows.append(["name", left, bottom + 1.26, "share best, 0 to 1"])
    return rows


def _words(now, start=None) -> str:
    said = []
    for name in curves.ranked_unknowns(start or now):
        along, (low, high) = curves.share_along(now, name, SLICES), now[name][0]
        ends = [
            ", ".join(f"{SAID[p].removeprefix('the ')} {in_hundred(along[p][k])}" for p in q.POLICIES) for k in (0, -1)
        ]
        turn = "".join(
            f"; from about {number(at, 2)} on {SAID[above]} leads" for at, _, _, above in curves.turns(now, name)[:1]
        )
        said.append(f"{SHORT[name]}, near {number(low, 2)}: {ends[0]}; near {number(high, 2)}: {ends[1]}{turn}")
    return (
        f"In how many of 100 cases each policy is best, from one end of each unknown to the other. {'. '.join(said)}."
    )


ALONG = Picture(
    title="Which policy is best along each unknown",
    columns=("part", "x", "y", "label", "group", "x2", "y2"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Each panel: one unknown from the low end of its range to the high end, all others drawn as before; height: the share of cases in "
        "which a policy is best, the dotted rule at one half. Ring: where another policy takes the lead. First stands the unknown that "
        "moves engagement’s share most. Ranges and points are assumptions of ours."
    ),
    size=(560, 400),
)
ALONG_BESIDE = replace(
    ALONG,
    draw=partial(_draw, begun=True),
    caption=f"{ALONG.caption} Dashed: engagement in the starting case.",
)


def reading(now) -> str:
    """Along which unknowns the lead changes, in a sentence."""
    found = [
        f"{SHORT[name]}, at about {number(at, 2)}"
        for name in curves.ranked_unknowns(now)
        for at, *_ in curves.turns(now, name)[:1]
    ]
    if not found:
        return "Along no unknown taken alone does the lead change."
    return f"The lead changes along {len(found)} of the {len(q.UNCERTAIN)} unknowns: {'; '.join(found)}."
