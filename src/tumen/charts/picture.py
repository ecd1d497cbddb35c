"""A picture: one Altair chart whose rows can change while it stands, its caption and its words.

The chart is built and validated once. Its rows travel as one Vega parameter, so that a slider
sends a few hundred bytes and Vega moves the marks: axes, tooltips and the page stay where they are.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from tumen.core import store
from tumen.core.frozen import frozen
from tumen.evidence.given import digest


@frozen
class Picture:
    """How one result is drawn.

    `columns` names the parts of a row, the first of them `part`, by which a layer picks its rows
    (see `rows_of`). `draw()` returns an Altair layer chart over rows with those columns; what it returns is kept where
    it is a function of a module, or such a function with plain arguments bound (`functools.partial`).
    `rows(now, start)` turns two results (the reader's and the starting one) into rows, or `rows(found)` what an exhibit
    shows; `words`, given the same, is the text alternative with the numbers; `caption` says what is drawn, its source and its release.
    `fit(rows)`, where an exhibit's length follows its rows, gives the same picture in the length these rows take.
    `small(rows)`, where it is laid out anew for a phone, gives that picture and its rows; others are made narrower alone.
    Before a prediction only `known(start)` is drawn: rows that anybody could know before the model has run. `axes` says
    of an output on which axis, "x" or "y", it is read off, so that a guess at it can be put there.
    `make(model)`, where its axes follow quantities, gives the picture over the ranges of the model in use (see `on`).
    """

    title: str
    columns: tuple[str, ...]
    draw: Callable[[], object]
    rows: Callable[..., list]
    words: Callable[..., str]
    caption: str
    size: tuple[int, int] = field(default=(560, 320))
    fit: Callable[[list], Picture] | None = None
    small: Callable[[list], tuple[Picture, list]] | None = None
    known: Callable[..., list] | None = None
    axes: Mapping[str, str] = field(default_factory=dict)
    make: Callable[..., Picture] | None = None
    told: list | None = None  # what the drawing follows from, where `draw` alone does not say it

    def on(self, model) -> Picture:
        """The same picture over the ranges of the model in use."""
        return self.make(model) if self.make else self

    def spec(self, rows: Sequence[Sequence]) -> dict:
        """The Vega-Lite specification with these rows in place."""
        return with_rows(store.kept("spec", self._follows_from(), self.compiled), rows)

    def _follows_from(self) -> list | None:
        drawn = self.told or store.called(self.draw)
        return drawn and [drawn, self.columns, self.size, self.title, store.version("altair")]

    def compiled(self) -> bytes:
        """The specification without its rows, as JSON: Altair is imported here, and only where the store has none."""
        from altair import Data

        from tumen.charts.style import dressed

        # what is the same for every picture is put in after Altair has checked the chart: each step in Altair copies it whole
        spec = self.draw().properties(data=Data(values=[{}])).to_dict()
        cells = [{"calculate": f"datum.r[{i}]", "as": c} for i, c in enumerate(self.columns)]
        own = spec.get("transform", []), spec.get("params", [])
        spec["transform"] = [{"calculate": "rows", "as": "r"}, {"flatten": ["r"]}, *cells, *own[0]]
        spec["params"] = own[1]
        return json.dumps(dressed(spec, *self.size) | {"description": self.title}).encode("utf-8")

    def png(self, rows: Sequence[Sequence], scale: float = 2) -> bytes:
        """The picture as a PNG, drawn without a browser."""
        spec = self.spec(rows)
        return store.kept("png", [spec, scale, store.version("vl-convert-python")], lambda: drawn(spec, scale))

    def svg(self, rows: Sequence[Sequence]) -> str:
        """The picture as an SVG, drawn without a browser, its words in the frame whatever typeface it is read in."""
        spec = self.spec(rows)

        def draw() -> bytes:
            import vl_convert

            from tumen.charts.lettering import lettered

            return lettered(vl_convert.vegalite_to_svg(spec)).encode("utf-8")

        return store.kept(
            "svg", [spec, "lettered", store.code_of(drawn), store.version("vl-convert-python")], draw
        ).decode("utf-8")


def with_rows(compiled: bytes, rows: Sequence[Sequence]) -> dict:
    """What a picture's `compiled()` gives, with these rows in place."""
    spec = json.loads(compiled)
    spec["params"].append({"name": "rows", "value": tidy(rows)})
    return spec


def drawn(spec: dict, scale: float = 2) -> bytes:
    """The PNG of a specification, drawn now."""
    import vl_convert

    return smaller(vl_convert.vegalite_to_png(spec, scale=scale))


def only(rows: Sequence[Sequence], *parts: str) -> list:
    """The rows of these parts alone."""
    return [row for row in rows if row[0] in parts]


def rows_of(part: str):
    """The Vega filter by which a layer picks its rows."""
    return f"datum.part === '{part}'"


def tidy(rows) -> list[list]:
    """Rows as plain numbers and words, numbers in five significant digits: enough for a pixel, short to send."""
    return [
        [_short(x) if type(x) is float or (not isinstance(x, str) and hasattr(x, "__float__")) else x for x in row]
        for row in rows
    ]


def _short(x) -> float | int:
    if type(x) is float and -1e5 < x < 1e5 and x.is_integer():  # as most are that stand for no measure
        return int(x)
    x = float(f"{x:.5g}")
    return int(x) if x.is_integer() else x


def smaller(png: bytes) -> bytes:
    """The same PNG with its pixels compressed as far as zlib goes: about a quarter of the bytes."""
    head, body, pixels = png[:8], b"", b""
    place = 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if kind == b"IDAT":
            pixels += data
        elif kind == b"IEND":
            body += _chunk(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)) + _chunk(kind, data)
        else:
            body += _chunk(kind, data)
        place += 12 + size
    return head + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def following(model, make: Callable[..., Picture]) -> Picture:
    """The picture that `make(model)` gives, made anew for the model in use wherever its ranges may be wider."""

    def on(used) -> Picture:
        ranges = [[q.key, q.low, q.high, q.value] for q in used.quantities if q.kind == "number"]
        package = store.code_of(model.run)
        given = digest(used.tables, used.tables.cases)
        told = package and ["following", make.__module__, make.__qualname__, model.key, ranges, given, package]
        return replace(make(used), make=on, told=told or None)

    return on(model)
