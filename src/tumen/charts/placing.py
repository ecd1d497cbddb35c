"""Where words stand in a picture: near their place, inside the frame, and across nothing that is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tumen.charts.axis import Axis, Names
from tumen.charts.crossing import Box, Piece, Point, along, clipped, crosses, laid, wide
from tumen.core import Result
from tumen.core.words import say

BEYOND = ", beyond the picture"
Of = str | float | Callable[[Result], object]  # a number by its name, as it is, or made of a result
Words = str | Callable[[Result], str]  # with numbers in braces, or made of a result

BESIDE = (("left", 10, 0), ("right", -10, 0))
PAST = (*(("left", dx, 0) for dx in range(10, 100, 7)), BESIDE[1])  # a bar's end, and what may stand just behind it
ROUND = (*BESIDE, ("center", 0, -15), ("center", 0, 15))
CORNERS = tuple((a, dx, dy) for dy in (-13, 13) for a, dx in (("left", 8), ("right", -8)))
FAR = tuple((a, dx, dy) for dy in (-30, 30, -46, 46) for a, dx in (("left", 4), ("right", -4), ("center", 0)))
AROUND = ROUND + CORNERS + FAR
SIDES = {"above": tuple((a, dx, -9) for a, dx in (("right", -3), ("left", 3)))}
SIDES["below"] = tuple((a, dx, 10) for a, dx, _ in SIDES["above"])
SIDES[""] = SIDES["above"] + SIDES["below"]  # of a level line
EDGES = [(a / 8, b / 8) for b in (7.6, 0.4, 7, 1, 6, 2, 4) for a in (4, 3, 5, 2, 6, 1, 7)]  # parts of the frame
SHIFT = {"left": 0, "right": 1, "center": 0.5}
CUT_OFF = 1000  # worse than words across anything
TALL, LINE = 15, 18  # pixels of a line of words, and from one line to the next


class Ground:
    """A picture's ground in pixels: what is drawn on it, and the words put where they cross none of it."""

    def __init__(self, size: tuple[float, float]):
        self.size = size
        # each with the box around it, by which most are passed over at once: a move asks some thousand times
        self.lines: list[tuple[float, float, float, float, Point, Point, float]] = []
        self.boxes: list[Box] = []

    def block(self, points: Sequence[Point], weight: float = 10) -> None:
        """Keep words off the straight lines between points; one of less weight is crossed first, where some line has to be."""
        self.lines += laid(self.seen(points), weight)

    def seen(self, points: Sequence[Point]) -> list[Piece]:
        """The pieces of the line through points that lie inside the frame."""
        across, down = self.size
        found = []
        for a, b in pairwise(points):
            if 0 <= a[0] <= across and 0 <= b[0] <= across and 0 <= a[1] <= down and 0 <= b[1] <= down:
                found.append((a, b))  # as nearly all of them
            elif ends := clipped(a, b, self.size):
                found.append(ends)
        return found

    def place(
        self,
        spots: Sequence[Point],
        words: str,
        ways=AROUND,
        anywhere: bool = False,
        size: int = 12,
        spare: bool = False,
    ) -> tuple[Point, str, int, int] | None:
        """The first spot and way (align, dx, dy) where words cross nothing, else where they cross least, or None for `spare` words."""
        length, best, least = wide(words, size), None, 1 if spare else float("inf")
        across, down = self.size
        for n, (x, y) in enumerate(spots):
            for i, (align, dx, dy) in enumerate(ways):
                left, top = x + dx - length * SHIFT[align], y + dy - TALL / 2
                box = (left, left + length, top, y + dy + TALL / 2)
                if least < CUT_OFF and (left < 0 or box[1] > across or top < -2 or box[3] > down + 1):
                    continue  # most of what is passed over, without asking further
                cost = self._cost(*box, least)
                if cost == 0:
                    self.boxes.append(box)
                    return (x, y), align, dx, dy
                if (cost := cost + 0.01 * (i + n)) < least:
                    least, best = cost, ((x, y), align, dx, dy, box)
        if anywhere:  # what lies beyond the frame has no place in it
            edges = [(a * across, (1 - b) * down) for a, b in EDGES]
            return self.place([*spots, *edges], words, (*ways, ("center", 0, 0)), size=size)
        if spare:
            return None
        *found, box = best
        self.boxes.append(box)
        return tuple(found)

    def _cost(self, left: float, right: float, top: float, bottom: float, enough: float) -> float:
        """What words there would cross; from `enough` on it is not counted to its end."""
        across, down = self.size
        if left < 0 or right > across or top < -2 or bottom > down + 1:  # words cut off cannot be read at all
            return CUT_OFF + max(-left, right - across, -top, bottom - down)
        cost = 0
        for l, r, u, d in self.boxes:  # noqa: E741
            if left < r and l < right and top < d and u < bottom:
                cost += 100
                if cost >= enough:
                    break
        if cost >= enough:
            return cost
        left, right = left - 2, right + 2
        around = left, right, top, bottom
        for first, last, high, low, a, b, weight in self.lines:
            if first <= right and last >= left and high <= bottom and low >= top and crosses(a, b, around):
                cost += weight
                if cost >= enough:
                    break
        return cost


class Page:
    """The rows of one picture of one result, and its words, put where they cross nothing."""

    def __init__(self, x: Axis, y: Axis | Names, size: tuple[int, int], also, begun: dict | None = None):
        self.x, self.y, self.also = x, y, also
        self._begun = {} if begun is None else begun
        self.rows: list[list] = []
        self.lanes: dict[str, float] = {}  # how far up each name of an axis of names stands
        self._ground = Ground(size)
        self._asked: list[tuple] = []

    def of(self, result: Result, what: Of):
        """A value of a result: by its name or that of a number in `also`, as it is given, or made of the result."""
        if isinstance(what, str):
            what = self.also.get(what, what)
        found = result[what] if isinstance(what, str) else what(result) if callable(what) else what
        return found if isinstance(found, str) else float(found)

    def holds(self, x: float, y) -> bool:
        """Whether a place lies inside the frame."""
        return self.x.holds(x) and self.y.holds(y)

    def begun(self, what: tuple, make: Callable[[], object]):
        """What is made of the starting case alone: kept for the next page while that case stays the same."""
        if (found := self._begun.get(what)) is None:
            found = self._begun[what] = make()
        return found

    def seen(self, spots: Sequence[Point]) -> list[Piece]:
        """The pieces of a line through places in pixels that lie inside the frame."""
        return self._ground.seen(spots)

    def bends(self, a, b) -> bool:
        """Whether a line that is straight on two axes of one kind bends between these places, as one axis alone multiplies."""
        if isinstance(self.y, Names):
            return False
        return a[0] != b[0] and a[1] != b[1] and (self.x.log, self.x.stretched) != (self.y.log, self.y.stretched)

    def block(self, points, weight: float = 10) -> None:
        """Keep words off the straight lines between these places."""
        self._ground.block(self.spots(points), weight)

    def lay(self, pieces: list[tuple]) -> None:
        """Keep words off these pieces of lines, as `laid` gives them."""
        self._ground.lines += pieces

    def shield(self, at: tuple, around: float) -> list[Point]:
        """Keep words off the ground `around` one place, and tell where it is in pixels."""
        x, y = spot = self.spot(*at)
        self._ground.boxes.append((x - around, x + around, y - around, y + around))
        return [spot]

    def label(
        self,
        name: str,
        places,
        words: Words,
        now: Result,
        *,
        beyond=False,
        ways=AROUND,
        free=False,
        size=12,
        spots=None,
        spare=False,
    ) -> None:
        """Ask for words at the first of these places where they cross nothing; `spare` ones are left out where none is.

        `spots` are the places in pixels, where they are known already.
        Where what they tell lies beyond the frame, they say so, and stand where there is room.
        """
        said = words(now) if callable(words) else say(words, now, None, self.also)
        if spots is None:
            spots = self.held(places) if beyond else self.spots(places)
        self._asked.append(
            (f"{name} label", spots, (said + BEYOND * beyond).removeprefix(", "), ways, beyond or free, size, spare)
        )

    def write(self, name: str, at: tuple, words: Words, now: Result, *, align: str, off: tuple, size: int) -> None:
        """Put words at a place, a line below the other at each line break, and keep all others off them."""
        said = words(now) if callable(words) else say(words, now, None, self.also)
        x, y = self.spot(*at)
        for i, one in enumerate(said.split("\n")):
            across, down = off[0], off[1] + i * LINE
            self.rows.append([f"{name} label", *at, one, None, align, across, down])
            left = x + across - wide(one, size) * SHIFT[align]
            self._ground.boxes.append((left, left + wide(one, size), y + down - TALL / 2, y + down + TALL / 2))

    def labelled(self) -> list[list]:
        """Every row, with those of the words."""
        across, down = self._ground.size
        names = {up: name for name, up in self.lanes.items()}
        for part, spots, said, *how in self._asked:
            if not (found := self._ground.place(spots, said, *how)):
                continue
            (x, y), align, dx, dy = found
            up = 1 - y / down
            if names:  # a lane takes its name; what is off its middle is in pixels
                lane = min(names, key=lambda one: abs(one - up))
                height, dy = names[lane], dy + (lane - up) * down
            else:
                height = self.y.at(up)
            self.rows.append([part, self.x.at(x / across), height, said, None, align, dx, dy])
        return self.rows

    def heights(self, parts) -> list:
        """Places so far up the upright axis; among names, the nearest lanes."""
        if not self.lanes:
            return [self.y.at(p) for p in parts]
        return [min(self.lanes, key=lambda name: abs(self.lanes[name] - p)) for p in parts]

    def spots(self, points) -> list[Point]:
        """Places in pixels."""
        across, down = self._ground.size
        ups = [self.lanes[y] for _, y in points] if self.lanes else self.y.parts(y for _, y in points)
        return [(x * across, (1 - up) * down) for x, up in zip(self.x.parts(x for x, _ in points), ups, strict=True)]

    def spot(self, x: float, y) -> Point:
        """One place in pixels: most marks have one."""
        across, down = self._ground.size
        return self.x.part(x) * across, (1 - (self.lanes[y] if self.lanes else self.y.part(y))) * down

    def held(self, places) -> list[Point]:
        """Places in pixels, each moved to the end of an axis it lies beyond."""
        return self.spots([(self.x.held(x), self.y.held(y)) for x, y in places])

    def along(self, places) -> list[Point]:
        """Where words may stand along the line through these places, in pixels."""
        return along(self.seen(self.spots(places))) or self.held(places)
