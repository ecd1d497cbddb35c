"""How the switch is drawn: two costs over visibility, and where they cross."""

from __future__ import annotations

from suh2002.choice import curves
from suh2002.choice import quantities as q
from tumen.charts.parts import dots, line, mark_at, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, QUIET, START
from tumen.core.words import number

TOP = 8.5
SEEN = ((q.VISIBILITY_AT_BORDER, "unseen, at the border"), (q.VISIBILITY.value, "filmed, in an embassy"))


def _draw():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="visibility of the case (0 unseen, 1 seen by all)",
        scale=alt.Scale(domain=[0, 1.02], nice=False),
        axis=alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".1f", grid=False),
    )
    y = alt.Y("y:Q", title="cost beyond an unseen return, points", scale=alt.Scale(domain=[0, TOP], nice=False))
    return (
        mark_at("place", x, color=QUIET, dash=[2, 3])
        + text("place left", x, y, dx=5, dy=-2, color=QUIET, baseline="bottom")
        + text("place right", x, y, align="right", dx=-5, dy=-2, color=QUIET, baseline="bottom")
        + start_line("start repatriate", x, y)
        + start_line("start exit", x, y)
        + line("exit", x, y, width=2, color=QUIET)
        + line("repatriate", x, y, width=3)
        + dots("start", x, y, filled=False, color=START, shape="diamond")
        + dots("switch", x, y, size=150)
        + text("return label", x, y, align="right", dx=-8, dy=-10, size=13)
        + text("exit label", x, y, dx=8, dy=-10, color=QUIET, size=13)
        + text("here", x, y, align="right", dx=-10, dy=-12, size=13, color=INK)
        + text("here left", x, y, dx=12, dy=13, size=13, color=INK)
        + text("beyond", x, y, align="center", dx=0, size=13, color=INK)
    )


def _lines(prefix, result):
    seen, costs = curves.switch_lines(result)
    return [[prefix + o, v, c, ""] for o, line in costs.items() for v, c in zip(seen, line, strict=True)]


def _rows(now, start):
    rows = [["place", v, None, ""] for v, _ in SEEN]
    rows += [["place left", SEEN[0][0], TOP, SEEN[0][1]], ["place right", SEEN[1][0], TOP, SEEN[1][1]]]
    if now.inputs != start.inputs:
        rows += _lines("start ", start)
        if start["visibility_at_switch"] <= 1:
            rows.append(["start", start["visibility_at_switch"], start["exit_cost"], ""])
    rows += _lines("", now)
    rows.append(["return label", 1, min(now["reputation_cost"], TOP), "return"])
    rows.append(["exit label", q.VISIBILITY_AT_BORDER, min(now["exit_cost"], TOP), "exit"])
    at = now["visibility_at_switch"]
    if at > 1:
        words = f"they cross at {number(at)}, beyond the picture"
        return [*rows, ["beyond", 0.5, TOP * 0.9, words]]
    place = "here" if at > 0.45 else "here left"
    words = f"exit costs less from {number(at, 2)} on"
    return [*rows, ["switch", at, now["exit_cost"], ""], [place, at, now["exit_cost"], words]]


SWITCH = Picture(
    title="Return against exit as a case becomes visible",
    columns=("part", "x", "y", "label"),
    draw=_draw,
    rows=_rows,
    words=lambda now, start: (
        f"The cost of return rises with visibility from 0 to {number(now['reputation_cost'])} points; exit costs "
        f"{number(now['exit_cost'])} at any visibility. They meet at a visibility of {number(now['visibility_at_switch'])} "
        f"(starting case {number(start['visibility_at_switch'])}); above it exit costs less, below it return."
    ),
    caption=(
        "Thick line: return; thin line: exit; dot: where they cross. Dashed: the starting case. Both costs are counted from "
        "an unseen return, and both are assumptions of ours: what the weights of the table make of its points. Most of the slope is "
        "China's name abroad, a cost the report does not name."
    ),
)
