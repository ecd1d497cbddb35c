"""A picture declared: two axes, marks that say what they draw of one result, and words with numbers in braces.

What follows by itself: the range in use on an axis, the starting case beside a moved one, what lies beyond the frame,
where labels stand, the order of layers, the legend in the caption, and whose each number is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tumen.charts.axis import Axis, Names
from tumen.charts.marks import Line
from tumen.charts.parts import chart_of, names
from tumen.charts.picture import Picture, following, only, tidy
from tumen.charts.placing import Page
from tumen.charts.saying import whose
from tumen.charts.style import HEIGHT, WIDTH
from tumen.core import Model, Result, store
from tumen.core.words import say

COLUMNS = ("part", "x", "y", "label", "x2", "align", "dx", "dy", "strength")


def declared(
    model: Model | None,
    title: str,
    x: Axis,
    y: Axis | Names,
    *marks,
    words: str | Callable[[Result, Result], str],
    note: str = "",
    also: Mapping[str, Callable[[Result], object]] = {},
    size: tuple[int, int] = (WIDTH, HEIGHT),
    numbers: str | None = None,
    guess: Mapping[str, str] = {},
    known: tuple[str, ...] = (),
    small: Callable[[list], tuple[Picture, list]] | None = None,
) -> Picture:
    """The picture that these axes and marks make of a model's results, on the ranges of the model in use.

    Without a model it is the picture of an exhibit: marks and `words`, a function, are then given its rows in place of a result.
    `words` is a template, or a function of the result and the starting case; `also` are numbers that templates and marks
    may name beside those of a result; `note` is what the caption says beyond the legend; `numbers`, where given, stands for whose
    each number is; `guess` says of an output on which axis, "x" or "y", it is read off, so that a guess at it can be
    put there, and `known` names the marks that may be seen before it; `size` is in pixels, and `small` as in `Picture`.
    """

    columns = (*COLUMNS, "lane") if getattr(y, "moves", False) else COLUMNS
    parts = [part for name in known for part in (name, f"{name} label")]

    def of(used: Model | None) -> Picture:
        across, up = x.on(used), y.on(used)

        kept = (None, {})  # a starting case and what was made of it

        def rows(now, start=None):
            nonlocal kept
            if not (model or now):
                return []
            before = start if start and now.inputs != start.inputs else None
            if before is not kept[0]:
                kept = before, {}
            page = Page(across, up, size, also, kept[1] if before else None)
            if isinstance(up, Names):
                page.lanes = up.lanes(now)
                page.rows += [["name", across.low, name] for name in page.lanes]
            for mark in marks:
                seen = len(page.rows)
                mark.rows(page, now, before)
                if _fixed(mark):
                    del page.rows[seen:]  # drawn once for all, by _layered
            return page.labelled() if columns == COLUMNS else _in_lanes(page.labelled(), list(page.lanes))

        return Picture(
            title,
            columns,
            lambda: _layered(across, up, marks, size),
            rows,
            words if callable(words) else lambda now, start=None: say(words, now, start, also),
            _caption(used, across, up, marks, note, numbers),
            size,
            small=small,
            known=(lambda start: only(rows(start, start), *parts)) if guess else None,
            axes=guess,
        )

    if model:
        return following(model, of)
    package = store.code_of(words)
    told = package and ["declared", words.__module__, words.__qualname__, title, package]
    return replace(of(None), told=told or None)


def _in_lanes(rows, lanes) -> list[list]:
    """The rows filled up, each with the place of its lane at the end: a picture that stands else keeps its lanes as they were."""
    places = {name: i for i, name in enumerate(lanes)}
    blank = ["" if column == "label" else None for column in COLUMNS]
    return [[*row, *blank[len(row) :], places.get(row[2])] for row in rows]


def _fixed(mark) -> bool:
    return getattr(mark, "fixed", False)


def _layered(x, y, marks, size):
    """The chart of these marks: what is fixed at the back, rules below lines, lines below dots, words on top."""
    import altair as alt

    ex, ey = x.encoding("x"), y.encoding("y")
    layers = [(0, names("name", ex, ey))] if isinstance(y, Names) else []
    look = {k: alt.expr(f"datum.{k}") for k in ("align", "dx", "dy")}
    for mark in marks:
        drawn = [*mark.draw(ex, ey)]
        for part, color, letters in mark.texts():
            text = chart_of(f"{part} label").mark_text(color=color, fontSize=letters, baseline="middle", **look)
            drawn.append((5, text.encode(x=ex, y=ey, text="label:N")))
        if _fixed(mark):
            page = Page(x, y, size, {})
            mark.rows(page, None, None)
            values = [dict(zip(COLUMNS, row, strict=False)) for row in tidy(page.rows)]
            drawn = [(0, alt.layer(*(layer for _, layer in drawn), data=alt.Data(values=values)))]
        layers += drawn
    return alt.layer(*(drawn for _, drawn in sorted(layers, key=lambda pair: pair[0])))


def _caption(model, x, y, marks, note, numbers) -> str:
    looks: dict[str, list[str]] = {}
    for look, means in (pair for mark in marks for pair in mark.legend()):
        looks.setdefault(look, []).append(means)
    if sum(look in ("thick line", "thin line", "brown line") for look in looks) == 1:
        looks = {"line" if look in ("thick line", "thin line") else look: means for look, means in looks.items()}
    named = [
        f"{look}{'s' * (len(means) > 1)}: {', '.join(means)}" if look else "; ".join(means)
        for look, means in looks.items()
    ]
    legend = [f"{one[0].upper()}{one[1:]}." for one in ("; ".join(named),) if one]
    dashed = any(isinstance(m, Line) and m.begins for m in marks)
    diamond = any(getattr(m, "begins", False) for m in marks)
    start = "Dashed: the starting case." if dashed else "Grey diamond: the starting case." if diamond and model else ""
    if numbers is None:
        numbers = whose(model) if model else ""
    logs = [a for a in (x, y) if isinstance(a, Axis) and a.log and "multipl" not in a.title]
    steps = (
        "",
        "Each step to the right multiplies." if x in logs else "Each step up multiplies.",
        "Both axes multiply at each step.",
    )
    return " ".join(filter(None, (*legend, start, steps[len(logs)], note, numbers)))
