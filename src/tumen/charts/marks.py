"""The marks of a declared picture: each says what it draws of one result, its words, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY
from functools import partial
from itertools import groupby
from math import copysign

import numpy as np

from tumen.charts.axis import Axis, Names
from tumen.charts.crossing import along, laid
from tumen.charts.lanes import outlined, standing
from tumen.charts.parts import dots, level, line, mark_at, span, start_line, told, unpacked
from tumen.charts.picture import tidy
from tumen.charts.placing import AROUND, PAST, ROUND, SIDES, Of, Page, Words
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core import Problem, Result
from tumen.core.frozen import frozen


@frozen
class Line:
    """A line through the points that `along(result, x)` gives, `x` being the axis in use; `label` stands at its end.

    Where it falls in pieces, `along` gives the name of each point's piece after the two arrays.
    """

    name: str
    along: Callable[[Result, Axis], tuple]
    means: str = ""
    label: Words = ""
    _: KW_ONLY
    width: float = 2
    color: str = INK
    size: int = 13
    starts: str = ""  # words at the starting case's line
    from_left: bool = False  # the end by which the label stands
    begins: bool = True  # whether the starting case has its line
    dash: tuple[int, int] | None = None
    pieces: bool = False
    yearly: bool = False  # whether its points stand one apart: they travel as the first place and the heights
    fixed: bool = False  # whether it is the same in every setting, and so not sent at a move

    def draw(self, x, y):
        """The layers of the line."""
        apart = {"detail": "label:N"} if self.pieces else {}
        lines = [(2, line(self.name, x, y, width=self.width, color=self.color, dash=self.dash, **apart))]
        if self.begins:
            lines.append((1, start_line(f"start {self.name}", x, y, **apart)))
        yield from ((level, unpacked(drawn) if self.yearly else drawn) for level, drawn in lines)

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the line, and that of the starting case, on a page."""
        points, turn = self._points(now, page), 1 if self.from_left else -1
        if self.begins and start:
            before = page.begun((self.name, "points"), lambda: self._points(start, page))
            if before != points:
                page.rows += self._sent(f"start {self.name}", before)
                page.lay(page.begun((self.name, "pieces"), lambda: self._pieces(page, before, weight=5)))
                if self.starts:
                    spots = page.begun((self.name, "along"), lambda: page.along([p[:2] for p in before[::-1]]))
                    page.label(f"start {self.name}", [], self.starts, start, spots=spots)
        page.rows += self._sent(self.name, points)
        ends = [p[:2] for p in points[::turn]] if self.pieces else points[::turn]
        seen = page.seen(page.spots(ends))
        page.lay(self._pieces(page, points) if self.pieces else laid(seen))
        if self.label:
            spots, beyond = along(seen) or page.held(ends), not (seen or page.holds(*points[0][:2]))
            page.label(self.name, [], self.label, now, beyond=beyond, size=self.size, spots=spots)

    def _points(self, result, page):
        xs, ys, *pieces = self.along(result, page.x)
        points = list(zip(np.asarray(xs, float).tolist(), np.asarray(ys, float).tolist(), *pieces, strict=True))
        if len(points) == 2 and not pieces and page.bends(*points):
            raise Problem(
                f"line {self.name!r} has two points, and bends where one axis multiplies; give it axis.points()."
            )
        return points

    def _sent(self, name, points):
        if not self.yearly:
            return [[name, *p] for p in points]
        (heights,) = tidy([[y for _, y in points]])  # a list in a row is sent as it is
        return [[name, points[0][0], heights]]

    def _pieces(self, page, points, **weight):
        groups = [[p[:2] for p in piece] for _, piece in groupby(points, key=lambda p: p[2:])]
        return [one for piece in groups for one in laid(page.seen(page.spots(piece)), **weight)]

    def texts(self):
        """The parts that hold words, with their color and size in pixels."""
        yield from [(f"start {self.name}", QUIET, 12)] if self.starts else []
        yield from [(self.name, self.color, self.size)] if self.label else []

    def legend(self):
        """How the line looks and what it means."""
        look = "brown line" if self.color == BASIS["assumption"] else "thick line" if self.width > 2 else "thin line"
        yield from [(look, self.means)] if self.means else []


@frozen
class Rule:
    """A rule across the picture, level at `y` or upright at `x`, with its words along it."""

    name: str
    label: Words = ""
    means: str = ""
    _: KW_ONLY
    x: Of | None = None
    y: Of | None = None
    color: str = QUIET
    dash: tuple[int, int] | None = None
    size: int = 12
    side: str = ""  # above or below, where the words may stand on one side only

    def draw(self, x, y):
        """The layer of the rule."""
        mark, axis = (mark_at, x) if self.y is None else (level, y)
        yield 0, mark(self.name, axis, color=self.color, dash=self.dash)

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the rule on a page, where it lies inside."""
        upright = self.y is None
        at, axis = (page.of(now, self.x), page.x) if upright else (page.of(now, self.y), page.y)
        if axis.holds(at):
            page.rows.append([self.name, at, None] if upright else [self.name, None, at])
            ends = [(at, end) for end in page.heights((0, 1))] if upright else [(page.x.at(p), at) for p in (0, 1)]
            page.block(ends, weight=3 if self.dash else 10)
        if self.label:
            ways = AROUND if upright else SIDES[self.side]
            along = (0.95, 0.05) if upright else (1, 0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
            spots = (
                [(axis.held(at), y) for y in page.heights(along)] if upright else [(page.x.at(p), at) for p in along]
            )
            page.label(self.name, spots, self.label, now, beyond=not axis.holds(at), ways=ways, size=self.size)

    def texts(self):
        """The parts that hold words, with their color and size in pixels."""
        yield from [(self.name, self.color, self.size)] if self.label else []

    def legend(self):
        """How the rule looks and what it means."""
        look = "blue lines" if self.color == BASIS["report"] else "grey line"
        yield from [(look, self.means)] if self.means else []


@frozen
class Dot:
    """A dot with its words; hollow where `holds` says no, the model's first finding unless it is given, if `means` has two parts.

    Beyond an axis no dot is drawn: its words stand at the edge and say so.
    """

    name: str
    x: Of
    y: Of
    label: Words = ""
    means: str | tuple[str, str] = ""
    _: KW_ONLY
    holds: Callable[[Result], bool] = lambda result: result.findings[0].holds
    filled: bool = True
    color: str = INK
    shape: str = "circle"
    size: float = 130
    letters: int = 13
    shown: Callable[[Result], bool] | None = None
    begins: bool = True  # whether the starting case has its dot

    def draw(self, x, y):
        """The layers of the dot."""
        look = {"color": self.color, "shape": self.shape, "size": self.size}
        if self.begins:
            yield 3, dots(f"start {self.name}", x, y, filled=False, color=START, shape="diamond", size=80, clip=False)
        yield 4, dots(self.name, x, y, filled=self.filled, clip=False, **look)
        if isinstance(self.means, tuple):
            yield 4, dots(f"{self.name} not", x, y, filled=False, clip=False, **look)

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the dot, and that of the starting case, on a page."""
        if self.begins and start and (not self.shown or self.shown(start)):
            # a lane may be named for the setting
            at = partial(self._at, page, start)
            first = at(now) if isinstance(page.y, Names) else page.begun((self.name, "dot"), lambda: at(start))
            if page.holds(*first):
                page.rows.append([f"start {self.name}", *first])
                page.shield(first, 7)
        if self.shown and not self.shown(now):
            return
        at, spots = self._at(page, now, now), None
        if inside := page.holds(*at):
            hollow = isinstance(self.means, tuple) and not self.holds(now)
            page.rows.append([f"{self.name} not" if hollow else self.name, *at])
            spots = page.shield(at, 6)
        if self.label or not inside:
            said = self.label or f"{self.name} at {{now}}"
            page.label(self.name, [at], said, now, beyond=not inside, size=self.letters, spots=spots)

    def _at(self, page: Page, across: Result, up: Result) -> tuple:
        return page.of(across, self.x), page.of(up, self.y)

    def texts(self):
        """The parts that hold words, with their color and size in pixels."""
        yield self.name, self.color, self.letters

    def legend(self):
        """How the dot looks and what it means."""
        if isinstance(self.means, tuple):
            yield from zip(("filled", "hollow"), self.means, strict=True)
        elif self.means:
            yield self.shape if self.shape in ("square", "diamond") else "dot" if self.filled else "hollow", self.means


@frozen
class Each:
    """A dot, or a bar where x and x2 differ, for every (x, x2, y, words) that `places(result)` gives.

    An `upright` bar has (x, y, y2, words). A fifth part is what the pointer is told over it.
    """

    name: str
    places: Callable[[Result], list[tuple]]
    means: str = ""
    _: KW_ONLY
    bar: bool = False
    upright: bool = False
    filled: bool = True
    color: str = INK
    shape: str = "circle"
    size: float = 80
    letters: int = 12
    label: bool = True
    spare: bool = False  # whether words are left out where they would cross something on all four sides
    begins: bool | Callable[[Result], list[tuple]] = False  # whether the starting case has its marks, or where
    tip: str = ""  # the head of what the pointer is told

    def draw(self, x, y):
        """The layers of these marks."""
        look, more = {"color": self.color}, told(self.tip, "label") if self.tip else {}
        if self.upright:
            yield 1, standing(self.name, x, y, filled=self.filled, width=self.size, **look, **more)
        elif self.bar and self.filled:
            yield 1, span(self.name, x, "x2:Q", y, width=self.size, **look, **more)
        elif self.bar:
            yield 1, outlined(self.name, x, y, width=self.size, **look)
        else:
            look |= {"filled": self.filled, "shape": self.shape, "size": self.size, "clip": False}
            yield 4, dots(self.name, x, y, **look, **more)
        if self.begins:
            yield 3, dots(f"start {self.name}", x, y, filled=False, color=START, shape="diamond", size=90, clip=False)

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put these marks on a page; the part of a bar beyond an axis is cut off, and its words say so."""
        if self.begins and start:
            places = self.begins if callable(self.begins) else self.places
            tops = page.begun((self.name, "tops"), lambda: [self._ends(one)[1] for one in places(start)])
            for top in filter(lambda one: page.holds(*one), tops):
                page.rows.append([f"start {self.name}", *top])
                page.shield(top, 7)
        for one in self.places(now):
            ends, words, tip = self._ends(one), one[3], one[4:]
            inside, spots = page.holds(*ends[0]) and page.holds(*ends[1]), None
            if self.bar or self.upright:
                foot, top = ends if inside else [(page.x.held(x), page.y.held(y)) for x, y in ends]
                page.rows.append([self.name, *foot, *(tip or [""]), top[self.upright]])
                page.lay(laid(page.seen([page.spot(*foot), page.spot(*top)])))
            elif inside:
                page.rows.append([self.name, *ends[1], *tip])
                spots = page.shield(ends[1], 6)
            if self.label and (words or not inside):
                ways = PAST if self.bar else ROUND if self.spare else AROUND
                if self.upright:
                    ways = tuple((align, dx and copysign(self.size / 2 + 6, dx), dy) for align, dx, dy in ROUND)
                look = {"ways": ways, "size": self.letters, "spare": self.spare and inside}
                page.label(self.name, ends[1:], words, now, beyond=not inside, spots=spots, **look)

    def _ends(self, one) -> tuple:
        a, b, c, *_ = one
        return ((a, b), (a, c)) if self.upright else ((a, c), (b, c))

    def texts(self):
        """The parts that hold words, with their color and size in pixels."""
        yield from [(self.name, self.color, self.letters)] if self.label else []

    def legend(self):
        """What these marks mean, with how they look said in it."""
        yield from [("", self.means)] if self.means else []
