"""Compare: one result of saved cases side by side, the starting case among them."""

from __future__ import annotations

from functools import partial

from tumen.analysis import Comparison
from tumen.analysis.comparison import START as STARTING
from tumen.charts.lanes import WIDTH, layered, named
from tumen.charts.matters import shortened
from tumen.charts.parts import chart_of, names, own_looks, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, START
from tumen.core import Model
from tumen.core.words import amount, number

COLUMNS = ("part", "x", "y", "label", "x2", "shape", "color", "fill")
LANE = 38
MOST = 8  # cases drawn; the table has them all


def compared(model: Model, output: str, cases: int, span: tuple[float, float]) -> Picture:
    """The picture of a `Comparison` for one numeric output: a line a case over an axis from and to `span`."""
    unit = model.output(output.partition(".")[0]).unit
    claim = next((f.claim for f in model.findings if f.margin is not None), None)
    marks = f" Filled: {claim} holds in this model; hollow: it does not." if claim else ""
    return Picture(
        title=f"Cases compared: {model.question}",
        columns=COLUMNS,
        draw=partial(_draw, _label(model, output), unit, span),
        rows=lambda now, start: _rows(now, output, span),
        words=lambda now, start: _words(now, output, unit),
        caption=(
            f"One mark for your setting and one for each saved case; grey diamond: the starting case.{marks} The axis reaches "
            "what the ends of each declared range give by themselves."
        ),
        size=(WIDTH - 170, LANE * min(cases, MOST) + 10),
    )


def _label(model: Model, output: str) -> str:
    from tumen.analysis.targets import target

    return target(model, output).label


def _draw(label: str, unit: str, span: tuple[float, float]):
    import altair as alt

    title = f"{label}, {unit}" if unit else label
    scale = alt.Scale(domain=list(span), nice=False, clamp=True)
    x = alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(format=",~r", labelOverlap=True, tickCount=5))
    y = named(labelLimit=160)
    return layered(
        names("name", x, y),
        chart_of("stem").mark_rule(color=INK, strokeWidth=1, opacity=0.4, clip=True).encode(x=x, x2="x2:Q", y=y),
        own_looks("mark", x, y),
        text("right", x, y, dx=11),
        text("left", x, y, align="right", dx=6, dy=-13),
    )


def _rows(now: Comparison, output: str, span: tuple[float, float]) -> list[list]:
    values = _values(now, output)
    held = now.part("finding")[0].values if now.part("finding") else (True,) * len(now.names)
    zero = min(max(0.0, span[0]), span[1])
    rows = []
    for name, value, holds in list(zip(now.names, values, held, strict=True))[:MOST]:
        lane = shortened(name, 26)
        rows.append(["name", span[0], lane, "", None])
        if value is None:
            rows.append(["right", span[0], lane, "no answer", None])
            continue
        x = min(max(value, span[0]), span[1])
        shape, color = ("diamond", START) if name == STARTING else ("circle", INK)
        words = number(value) + ("" if x == value else ", beyond the picture")
        side = "right" if x < span[0] + 0.7 * (span[1] - span[0]) else "left"
        rows += [["stem", zero, lane, "", x], ["mark", x, lane, "", None, shape, color, color if holds else PAPER]]
        rows.append([side, x, lane, words])
    return rows


def _values(now: Comparison, output: str) -> tuple:
    return next(line.values for line in now.part("output") if line.key == output)


def _words(now: Comparison, output: str, unit: str) -> str:
    held = now.part("finding")[0] if now.part("finding") else None
    parts = []
    for i, (name, value) in enumerate(zip(now.names, _values(now, output), strict=True)):
        verdict = "" if held is None else f", {held.key} {'holds' if held.values[i] else 'does not hold'}"
        parts.append(f"{name}: {'no answer' if value is None else amount(value, unit)}{verdict}")
    return f"{_label(now.model, output)}. " + "; ".join(parts) + "."
