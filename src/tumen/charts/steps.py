"""Computed steps: a mark for every run of the model, and no line between them."""

from __future__ import annotations

from tumen.analysis.steps import Steps
from tumen.charts.parts import chart_of, mark_at, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET, START
from tumen.core.words import WITHOUT_UNIT, amount, exact

COLUMNS = ("part", "x", "y", "label", "fill")
SHAPES = ("circle", "square", "diamond", "triangle-up")
NAME = "steps"  # the marks of the first output are the layer steps0, of the second steps1 ...
HEIGHT, WIDTH, NARROW = 250, 540, 400
CLOSE = 17 / HEIGHT  # labels nearer than this part of the height would touch


def stepped(found: Steps) -> Picture:
    """The picture of `Steps`: one mark a step for each output followed, named at the right where there are several."""
    several = len(found.followed) > 1
    axis = axis_title(found.quantity.label, found.quantity.unit)
    gauged = found.flip
    filled = f" Filled: {gauged.claim} holds in this setting; hollow: it does not." if gauged else ""
    return Picture(
        title=f"{found.model.question} {found.quantity.label}, in computed steps",
        columns=COLUMNS,
        draw=lambda: _draw(found, axis),
        rows=_rows,
        words=_words,
        caption=(
            f"{len(found.values)} runs of the model over the declared range of {found.quantity.label}, all else at the starting "
            f"case. Nothing is drawn between the marks, for nothing was computed there.{filled}"
        ),
        size=(NARROW if several else WIDTH, HEIGHT),
    )


def axis_title(label: str, unit: str) -> str:
    """A label with its unit, where it has one that says more."""
    return f"{label}, {unit}" if unit and unit not in WITHOUT_UNIT else label


def _heading(found: Steps) -> str:
    first = found.followed[0]
    return axis_title(first.label, first.unit) if len(found.followed) == 1 else first.unit or "without unit"


def _span(found: Steps) -> tuple[float, float]:
    every = [y for t in found.followed for y in found.of(t) if y is not None] or [0.0, 1.0]
    low, high = min(every), max(every)
    if found.followed[0].unit != "year":
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.06 * (high - low) or 1.0
    return (low - room if low else 0.0), high + room


def _draw(found: Steps, axis: str):
    import altair as alt

    q = found.quantity
    log = q.shape == "log-uniform"
    ends = [found.values[0], found.values[-1]]
    pad = 0 if log else 0.02 * (ends[1] - ends[0])
    scale = alt.Scale(type="log" if log else "linear", domain=[ends[0] - pad, ends[1] + pad], nice=False)
    form = "d" if q.unit == "year" else ",~f" if ends[1] < 1e15 else "~e"  # by g a tick of 200 would read 2e+2
    x = alt.X(
        "x:Q",
        title=axis + (" (scale by ratios)" if log else ""),
        scale=scale,
        axis=alt.Axis(format=form, grid=False, tickCount=8),
    )
    form = "d" if found.followed[0].unit == "year" else ",~r"
    y = alt.Y(
        "y:Q",
        title=None,
        scale=alt.Scale(domain=list(_span(found)), nice=False),
        axis=alt.Axis(format=form, tickCount=6),
    )
    layers = [
        mark_at("start", x, color=START, dash=[6, 4]),
        mark_at("flip", x, color=INK, dash=[2, 3]),
        text("start label", x, y, dx=0, dy=-6, align="left", baseline="bottom", color=QUIET, size=11),
        text("flip label", x, y, dx=0, dy=-6, align="right", baseline="bottom", size=11),
    ]
    for i in range(len(found.followed)):
        layers.append(_marks(i, x, y))
    layers.append(text("name", x, y, dx=12))
    chart = layers[0]
    for layer in layers[1:]:
        chart = chart + layer
    return chart.properties(title=alt.Title(_heading(found), offset=24))


def _marks(i: int, x, y):
    import altair as alt

    marks = chart_of(f"{NAME}{i}").mark_point(filled=False, color=INK, shape=SHAPES[i], size=60, opacity=1)
    return marks.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None, legend=None)).properties(name=f"{NAME}{i}")


def _rows(found: Steps) -> list[list]:
    low, high = _span(found)
    at = found.values[found.start]
    late = found.start > 0.6 * len(found.values)
    rows = [["start", at, None, "", ""]]
    flip = found.flip
    if flip and flip.value is not None and flip.inside:
        rows.append(["flip", flip.value, None, "", ""])
    rows += _labels(found, at, high, late)
    for i, target in enumerate(found.followed):
        for x, y, holds in zip(found.values, found.of(target), found.holds(), strict=True):
            rows.append([f"{NAME}{i}", x, low if y is None else y, "", PAPER if holds is False or y is None else INK])
    return rows + (_names(found, low, high) if len(found.followed) > 1 else [])


def _labels(found: Steps, at: float, top: float, late: bool) -> list[list]:
    """What the upright lines mean, each written at the side it lies nearer to."""
    flip, unit = found.flip, found.quantity.unit
    left, right = ("start label", found.values[0]), ("flip label", found.values[-1])
    start = f"dashed: starting case, {exact(at, unit)}"
    if flip is None or flip.value is None or not flip.inside:
        return [[*(right if late else left), top, start, ""]]
    turn = f"dotted: {flip.claim} flips at {amount(flip.value, unit)}"
    first, last = (start, turn) if flip.value > at else (turn, start)
    return [[*left, top, first, ""], [*right, top, last, ""]]


def _names(found: Steps, low: float, high: float) -> list[list]:
    """The outputs' names beside their last marks, moved apart where they would touch."""
    ends = sorted((found.of(t)[-1] if found.of(t)[-1] is not None else low, t.label) for t in found.followed)
    out, least = [], None
    for y, label in ends:
        y = y if least is None else max(y, least)
        out.append(["name", found.values[-1], y, label, ""])
        least = y + CLOSE * (high - low)
    over = out[-1][2] - high
    if over > 0:
        out = [[p, x, y - over, label, f] for p, x, y, label, f in out]
    return out


def _words(found: Steps) -> str:
    q, last = found.quantity, len(found.values) - 1
    parts = []
    for target in found.followed:
        ys = found.of(target)
        said = [
            f"{'no number' if ys[i] is None else amount(ys[i], target.unit)} at {exact(found.values[i], q.unit)}"
            for i in dict.fromkeys((0, found.start, last))
        ]
        parts.append(f"{target.label}: {', '.join(said)}")
    flip = found.flip
    turn = ""
    if flip:
        turn = (
            f" {flip.claim} flips at {amount(flip.value, q.unit)}{'' if flip.inside else ', beyond the range'}."
            if flip.value is not None
            else f" Alone it cannot flip {flip.claim}."
        )
    lost = f" {found.missing} further values gave no answer." if found.missing else ""
    return (
        f"{axis_title(q.label, q.unit)}: {last + 1} computed steps, starting case "
        f"{exact(found.values[found.start], q.unit)}. {'; '.join(parts)}.{turn}{lost}"
    )
