"""How the chain of arrivals is drawn: what each arrival brings, against one."""

from __future__ import annotations

from suh2002.flows import curves
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, level, line, mark_at, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, START
from tumen.core.words import number

LOW, TOP, LAST = 0.02, 30, 4.0


def _draw():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="enforcement added since 1998, log points: 0.7 halves passage, 1.4 quarters it",
        scale=alt.Scale(domain=[-0.12, LAST + 0.25], nice=False),
        axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4]),
    )
    y = alt.Y(
        "y:Q",
        title="further arrivals each one brings (each step up multiplies)",
        scale=alt.Scale(type="log", domain=[LOW, TOP]),
        axis=alt.Axis(values=[0.1, 1, 10], format="~g"),
    )
    return layered(
        level("one", y),
        text("one label", x, y, align="right", dx=0, dy=-9),
        text("below label", x, y, align="right", dx=0, dy=10),
        mark_at("turn", x, color=QUIET, dash=[1, 4]),
        text("turn label", x, y, dx=5, size=11, color=QUIET),
        dots("fitted", x, y, filled=False, color=QUIET, shape="diamond", size=60),
        text("fitted", x, y, dx=8, dy=-9, size=11, color=QUIET),
        start_line("start line", x, y),
        dots("start", x, y, filled=False, color=START, size=70),
        line("now line", x, y, width=2.5),
        dots("grows", x, y, size=140),
        dots("falls", x, y, size=140, filled=False),
        text("here", x, y, dx=0, size=13),
    )


def _rows(now, start):
    rows = [["one", 0, 1.0, ""], ["one label", LAST, 1.0, "above one: grows by itself"]]
    rows.append(["below label", LAST, 1.0, "below one: dies out by itself"])
    chain = curves.fitted_chain()
    rows += [["fitted", e, r, label] for (_, e, r), label in zip(chain, _named(chain), strict=True)]
    runs = [("start line", start), ("now line", now)] if now.inputs != start.inputs else [("now line", now)]
    for part, result in runs:
        grid, brings = curves.reproduction_by_enforcement(result)
        rows += [[part, e, r, ""] for e, r in ((grid[0], brings[0]), (grid[-1], brings[-1]))]  # straight on this scale
    if now.inputs != start.inputs:
        rows.append(["start", start["enforcement"], start["reproduction"], ""])
    turn, brings = now["enforcement_at_one"], now["reproduction"]
    if 0 <= turn <= LAST:
        rows += [["turn", turn, 1.0, ""], ["turn label", turn, LOW * 1.25, f"one at {number(turn)}"]]
    beyond = "" if LOW <= brings <= TOP and now["enforcement"] <= LAST else ", beyond the picture"
    rows.append(["grows" if brings > 1 else "falls", now["enforcement"], brings, ""])
    return [*rows, ["here", 1.5, TOP / 1.7, f"in this setting each brings {number(brings)}{beyond}"]]


def _named(chain) -> list[str]:
    """A label for each fitted year; one that lies on the year before it shares that one's."""
    out = []
    for i, (year, e, _) in enumerate(chain):
        if i and abs(e - chain[i - 1][1]) < 0.2:
            out[-1], label = "", f"{chain[i - 1][0]}, {year}"
        else:
            label = str(year)
        out.append(label)
    return out


def _words(now, start):
    fitted = ", ".join(f"{year} {number(r, 2)}" for year, _, r in curves.fitted_chain())
    return (
        f"Further arrivals each arrival brings in the end, against enforcement. At an enforcement of {number(now['enforcement'])} each "
        f"brings {number(now['reproduction'])} (starting case {number(start['reproduction'])}); it is one at "
        f"{number(now['enforcement_at_one'])}. By the fit of the history: {fitted}."
    )


REPRODUCTION = Picture(
    title="What each arrival brings, against one",
    columns=("part", "x", "y", "label"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Line: further arrivals each arrival brings in the end; dot: your setting, filled above one and hollow below. Diamonds: the years in "
        "which enforcement changed, by the fit of the history (flows_fits:F04). All of it is ours; nobody counts who was brought by whom."
    ),
)
