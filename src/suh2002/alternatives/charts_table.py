"""How a table of payoffs is drawn: a line a policy between the two states, what knowing adds, and the regrets at both ends."""

from __future__ import annotations

from suh2002.alternatives import curves
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, line, mark_at, start_line, stem, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, START
from tumen.core.words import number

LOW, TOP = -1.0, 5.0
NAME = 0.24  # how far above or below its line a name stands
AT_END = 0.035  # how far beyond a state the regrets stand, and how far apart


def _draw():
    x = Axis("chance of the first state", -0.28, 1.28, ticks=(0, 0.25, 0.5, 0.75, 1), grid=False, form=".2~f").encoding(
        "x"
    )
    y = Axis("payoff to expect, points", LOW, TOP).encoding("y")
    return layered(
        mark_at("state", x, color=QUIET),
        mark_at("here", x, color=QUIET, dash=[2, 3]),
        start_line("start", x, y, detail="group:N"),
        line("known", x, y, color=QUIET, width=1.5, dash=(1, 3)),
        line("policy", x, y, width=2, detail="group:N"),
        line("chosen", x, y, width=4, detail="group:N"),
        stem("regret", x, y, color=QUIET, width=2),
        stem("worth", x, y, width=5),
        dots("start here", x, y, filled=False, color=START, shape="diamond", size=60),
        text("left", x, y, align="right", dx=-4, size=11, color=QUIET),
        text("right", x, y, dx=4, size=11, color=QUIET),
        text("second", x, y, align="right", dx=-6, color=QUIET),
        text("first", x, y, dx=6, color=QUIET),
        text("name left", x, y, dx=6),
        text("name right", x, y, align="right", dx=-6),
        text("worth label", x, y, align="center", dx=0, dy=-19, size=13),
        text("beyond", x, y, align="center", dx=0, size=12),
    )


def _rows(now, start):
    rows = [["state", 0.0, None], ["state", 1.0, None], ["here", now["p"], None]]
    rows += [["second", 0.0, TOP - 0.2, "second state"], ["first", 1.0, TOP - 0.2, "first state"]]
    if now.inputs != start.inputs:
        for name, (first, second) in curves.ends(start).items():
            rows += [["start", 0.0, second, "", name], ["start", 1.0, first, "", name]]
        rows.append(["start here", start["p"], curves.at_chance(start)["known"], ""])
    lines = curves.ends(now)
    for name, (first, second) in lines.items():
        part = "chosen" if name in now["minimax_choice"].split(" or ") else "policy"
        rows += [[part, 0.0, second, "", name], [part, 1.0, first, "", name]]
        side = _apart(lines, name)
        clear = NAME if (first > second) == bool(side) else -NAME  # beside the line, not on it
        rows.append(["name right" if side else "name left", side, _held((first if side else second) + clear), name])
    rows += _regrets(now)
    here = curves.at_chance(now)
    rows += [["known", 0.0, here["known at 0"], ""], ["known", 1.0, here["known at 1"], ""]]
    rows.append(["worth", now["p"], here["known"], "", "", here["best"]])
    words = f"knowing is worth {number(now['evpi'], 2)}"
    rows.append(["worth label", min(max(now["p"], 0.2), 0.8), _held(here["known"]), words])
    if any(not LOW <= v <= TOP for pair in lines.values() for v in pair):
        rows.append(["beyond", 0.5, LOW + 0.3, "part of it lies beyond the picture"])
    return rows


def _apart(lines, name) -> int:
    """The end at which a policy's line is farther from every other: 0 the second state, 1 the first."""
    (first, second), others = lines[name], [pair for key, pair in lines.items() if key != name]
    return int(min(abs(first - a) for a, _ in others) > min(abs(second - b) for _, b in others))


def _regrets(now) -> list[list]:
    """The regrets of the policies that have one, beside each state: a rule up to the best payoff, and its length."""
    rows = []
    for state, x, side, sign in ((1, 0.0, "left", -1), (0, 1.0, "right", 1)):
        best = max(pair[state] for pair in now["payoffs"])
        behind = [(pair[state], pair[state] - best) for pair in now["payoffs"] if pair[state] < best]
        for k, (payoff, _) in enumerate(behind, start=1):
            place = x + sign * AT_END * k
            rows.append(["regret", place, payoff, "", "", best])
            if k == len(behind):
                gaps = ", ".join(number(-g, 2) for _, g in behind)
                rows.append([side, place, _held((payoff + best) / 2, 0.3), f"regret {gaps}"])
    return rows


def _held(value: float, room: float = 0.45) -> float:
    return min(max(value, LOW + room), TOP - room)


def _words(now, start):
    rows = "; ".join(
        f"{name}: regret {number(first, 2)} in the first state, {number(second, 2)} in the second"
        for name, (first, second) in now["regrets"].items()
    )
    return (
        f"{rows}. The smallest largest regret: {now['minimax_choice']} (starting case {start['minimax_choice']}). At a chance of "
        f"{number(now['p'], 2)} of the first state, knowing which comes is worth {number(now['evpi'], 2)} points (starting case "
        f"{number(start['evpi'], 2)})."
    )


TABLE = Picture(
    title="A table of payoffs as lines between two states",
    columns=("part", "x", "y", "label", "group", "y2"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "A line a policy: its payoff if the second state is certain (left), if the first is (right), and what to expect between. Thick: "
        "the smallest largest regret. Beside each state, grey rules: how far a policy falls short there. Dotted: what one would expect "
        "if one knew before choosing; heavy rule: what that adds. The numbers are ours, for the exercise."
    ),
)
