"""A declared picture: axes that follow the model in use, words where they cross nothing, what it says of itself."""

import math
import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from drawn import MODELS, PICTURES, all_rows, layers

from suh2002 import choice, counting
from suh2002.counting import quantities as q
from tumen.charts.axis import Axis, Names, swept
from tumen.charts.crossing import clipped, crosses, wide
from tumen.charts.declared import COLUMNS, declared
from tumen.charts.marks import Each, Line
from tumen.charts.note import Note
from tumen.charts.placing import Ground
from tumen.charts.saying import whose
from tumen.core.words import say

DECLARED = [key for key in MODELS if PICTURES[key].columns == COLUMNS]
NUMBERED = [key for key in DECLARED if "name" not in {part for part, _ in layers(key)}]  # numbers on both axes


# how far along an axis of each kind a value lies, as Vega has it
BENT = {
    "linear": lambda _: float,
    "log": lambda _: math.log,
    "symlog": lambda c: lambda x: math.copysign(math.log1p(abs(x) / c), x),
}


def pixels(key):
    """What makes a place of a picture with two axes of numbers a place in pixels."""
    ends = {}
    for _, layer in layers(key):
        for channel in ("x", "y"):
            scale = layer["encoding"].get(channel, {}).get("scale", {})
            if "domain" in scale:
                ends[channel] = (*scale["domain"], BENT[scale.get("type", "linear")](scale.get("constant")))
    width, height = PICTURES[key].size

    def part(value, low, high, f):
        return (f(value) - f(low)) / (f(high) - f(low)) if f is not math.log or value > 0 else -10.0

    return lambda x, y: (width * part(x, *ends["x"]), height * (1 - part(y, *ends["y"])))


def boxes(key, rows):
    """The ground that each row's words take, in pixels."""
    at, sizes = (
        pixels(key),
        {part: layer["mark"]["fontSize"] for part, layer in layers(key) if layer["mark"]["type"] == "text"},
    )
    found = []
    for part, x, y, words, _, align, dx, dy in (row for row in rows if len(row) == COLUMNS.index("strength")):
        px, py = at(x, y)
        length = wide(words, sizes[part])
        left = px + dx - length * {"left": 0, "center": 0.5, "right": 1}[align]
        found.append((words, left, left + length, py + dy - 7, py + dy + 7))
    return found


def lines(key, rows):
    """The straight pieces of every line and upright rule, in pixels, as far as they lie in the frame."""
    at, kinds = pixels(key), {part: layer["mark"]["type"] for part, layer in layers(key)}
    for part in {row[0] for row in rows if kinds[row[0]] == "line"}:
        found = [(row[3:], at(*point)) for row in rows if row[0] == part for point in points(row)]
        for (piece, a), (same, b) in pairwise(found):  # a line in pieces names the piece of each point
            if piece == same and (seen := clipped(a, b, PICTURES[key].size)):
                yield part, seen


def points(row):
    """The places of a row of a line: one, or each of a line that travels as its first place and its heights."""
    _, x, y, *_ = row
    return [(x + i, height) for i, height in enumerate(y)] if isinstance(y, list) else [(x, y)]


@pytest.mark.parametrize("key", NUMBERED)
def test_words_stay_in_the_frame_and_off_one_another_in_every_setting(key):
    width, height = PICTURES[key].size
    for rows in all_rows(key):
        placed = boxes(key, rows)
        for words, left, right, top, bottom in placed:
            assert left >= -1 and right <= width + 1 and top >= -4 and bottom <= height + 4, words
        for (one, a, b, c, d), (other, e, f, g, h) in combinations(placed, 2):
            assert b <= e or f <= a or d <= g or h <= c, (one, other)


@pytest.mark.parametrize("key", NUMBERED)
def test_no_words_lie_across_a_line_where_there_is_room(key):
    """In the starting case never; in every setting, in one label of eight at most, in corners where lines leave no room."""
    met = told = 0
    for n, rows in enumerate(all_rows(key)):
        drawn = list(lines(key, rows))
        for words, left, right, top, bottom in boxes(key, rows):
            across = [part for part, (a, b) in drawn if crosses(a, b, (left, right, top + 2, bottom - 2))]
            assert n or not across, (words, across)
            met, told = met + bool(across), told + 1
    assert met <= told / 8, (met, told)


def off(point, pieces):
    """How many pixels a place stands off the nearest of some straight pieces."""

    def one(a, b):
        (ax, ay), (bx, by) = a, b
        length = (bx - ax) ** 2 + (by - ay) ** 2
        t = length and max(0, min(1, ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / length))
        return math.dist(point, (ax + t * (bx - ax), ay + t * (by - ay)))

    return min((one(a, b) for a, b in pieces), default=math.inf)


@pytest.mark.parametrize("key", NUMBERED)
def test_a_dot_on_a_line_stays_on_it_whatever_is_set(key):
    """So a line follows every quantity of its model, and bends where a scale makes it bend."""
    at, kinds = pixels(key), {part: layer["mark"]["type"] for part, layer in layers(key)}
    met = []
    for rows in all_rows(key):
        numbers = [row for row in rows if isinstance(row[1], float | int) and isinstance(row[2], float | int)]
        drawn = {part: [at(*row[1:3]) for row in numbers if row[0] == part] for part in {row[0] for row in numbers}}
        dots = {part: places[0] for part, places in drawn.items() if kinds.get(part) == "point" and len(places) == 1}
        curves = {part: list(pairwise(places)) for part, places in drawn.items() if kinds.get(part) == "line"}
        met.append({dot: {line: off(place, curves[line]) for line in curves} for dot, place in dots.items()})
    for dot, lines_off in met[0].items():
        begun = [line for line, far in lines_off.items() if far < 1]
        for found in (found[dot] for found in met if begun and dot in found):
            assert min(found.get(line, 0) for line in begun) < 3, (dot, found)


def test_a_swept_line_bends_as_the_axes_do(refusal):
    result = counting.stock(inflow=50_000)
    for log in (False, True):
        stays, present = swept("stay", "present")(result, Axis("stay", 1, 9, log=log))
        assert (stays[0], stays[20], stays[-1]) == pytest.approx((1, 3 if log else 5, 9))
        assert present[20] == pytest.approx(counting.stock(inflow=50_000, stay=stays[20])["present"])
    assert "nearest is 'stay'" in refusal(swept("stya", "present"), result, Axis("stay", 1, 9))
    assert "nearest is 'present'" in refusal(swept("stay", "presnt"), result, Axis("stay", 1, 9))


def test_an_axis_stretched_near_0_runs_evenly_there_and_multiplies_beyond():
    axis = Axis("share", -0.001, 1, stretched=0.01)
    assert axis.parts([-0.001, 1]) == pytest.approx([0, 1])
    assert axis.parts(axis.points(9)) == pytest.approx([i / 8 for i in range(9)])
    steps = [[b - a for a, b in pairwise(axis.parts(x))] for x in ([0, 1e-4, 2e-4], [0.1, 0.3, 0.9])]
    assert all(first == pytest.approx(then, rel=0.1) for first, then in steps)
    assert axis.encoding("y").to_dict()["scale"] == {"type": "symlog", "constant": 0.01, "domain": [-0.001, 1]}


def test_what_makes_no_axis_no_line_and_no_template_is_said(refusal):
    def drawn(*points, **bent):
        along = Line("guide", lambda _result, _axis: tuple(zip(*points, strict=True)))
        made = declared(counting.stock, "x", Axis("x", 1, 9), Axis("y", 1, 9, **bent), along, words="{present}")
        return made.rows(counting.stock(), None)

    assert len(drawn((1, 1), (9, 9), log=False)) == len(drawn((1, 5), (9, 5), log=True)) == 2
    for bent in ({"log": True}, {"stretched": 0.1}):
        assert "'guide' has two points" in refusal(drawn, (1, 1), (9, 9), **bent)
    assert "begins above 0" in refusal(Axis, "people", 0, 9, log=True)
    assert "its low end lies below" in refusal(Axis, "people", 9, 9)
    assert "no range for an axis" in refusal(Axis.of, q.LIMIT)
    for words in ("{present", "{}", "{present:%%}", "{present:many}"):
        assert "is no template" in refusal(say, words, counting.stock())


def test_an_axis_goes_as_far_as_the_range_in_use_and_never_less():
    axis = Axis.of(q.SHARE, form="~%")
    wider = replace(q.SHARE, high=0.9)
    narrower = replace(q.SHARE, low=0.002, high=0.01)
    model = counting.multiplier
    assert (axis.low, axis.high, axis.log) == (0.0009, 0.3, True)
    assert axis.on(model) is axis
    assert axis.on(model.with_quantities({"share": wider})).high == 0.9
    assert axis.on(model.with_quantities({"share": narrower})) == axis


def test_a_wider_range_widens_the_picture_and_leaves_the_declared_one_as_it_is():
    model = choice.switch.with_quantities({"exit_cost": replace(choice.switch.quantity("exit_cost"), high=20.0)})
    ends = [
        max(
            layer["encoding"]["y"]["scale"]["domain"][1]
            for layer in drawn.spec([])["layer"]
            if "y" in layer["encoding"]
        )
        for drawn in (PICTURES["choice.switch"], PICTURES["choice.switch"].on(model))
    ]
    assert ends == [8.5, 20.0]


def test_whose_numbers_they_are_follows_from_the_declarations_in_use():
    said = whose(counting.multiplier)
    assert "row A45 of the arrivals table" in said and "Assumptions of ours: share of those" in said
    ceiling = PICTURES["counting.ceiling"].caption
    assert "(S2P3-b)" in ceiling and ceiling.endswith("The rest are assumptions of ours.")
    mine = counting.ceiling.with_quantities({"hosts": replace(counting.ceiling.quantity("hosts"), basis="assumption")})
    assert "S2P3-b" not in PICTURES["counting.ceiling"].on(mine).caption


def test_a_template_takes_digits_hundredths_words_and_the_starting_case():
    now, start = counting.ceiling(guests=2), counting.ceiling()
    also = {"what": lambda r: r["limit"]}
    assert say("{hosting_share:%} {ceiling:2} {start.guests} {what}", now, start, also) == "20 190,000 1.3 lodging"


def test_words_go_where_they_cross_nothing():
    ground = Ground((400, 300))
    ground.block([(200, 0), (200, 300)])
    (x, _), align, dx, _ = ground.place([(185, 150)], "some words")
    assert (align, x + dx < 200) == ("right", True)
    assert clipped((-100, 50), (500, 50), (400, 300)) == ((0, 50), (400, 50))
    assert clipped((-100, 50), (-5, 60), (400, 300)) is None


def crowded(*marks):
    """The rows of a picture of three dots, two of them on nearly one place, and the picture."""
    axis = Axis("here", 0, 100, bare=True)
    drawn = declared(None, "crowded", axis, axis, *marks, words=lambda rows, start=None: "three dots")
    return drawn.rows([(50, 50), (50.1, 50), (80, 20)]), drawn


def test_spare_words_are_left_out_where_they_would_stand_on_something():
    places = lambda rows: [(x, x, y, f"dot {n}") for n, (x, y) in enumerate(rows)]  # noqa: E731
    spoken = lambda rows: [(x, y, f"note {n}") for n, (x, y) in enumerate(rows)]  # noqa: E731
    rows, _ = crowded(Each("dot", places, label=False), Note("note", places=spoken, off=(10, 0), spare=True))
    assert [row[3] for row in rows if row[0] == "note label"] == ["note 0", "note 2"]
    wall = [Each("wall", lambda rows: [(x, x, y, "") for x in range(30, 71, 2) for y in range(30, 71, 2)])]
    for spare, left in ((True, ["dot 2"]), (False, ["dot 0", "dot 1", "dot 2"])):
        rows, _ = crowded(*wall, Each("dot", places, spare=spare))
        assert [row[3] for row in rows if row[0] == "dot label"] == left


def test_a_bare_axis_is_not_drawn_and_keeps_its_ends():
    _, drawn = crowded(Note("note", "words", at=(50, 50)), Each("dot", lambda rows: [(x, x, y, "") for x, y in rows]))
    (encoding,) = [layer["encoding"] for layer in drawn.spec([])["layer"] if layer["mark"]["type"] == "point"]
    for channel in ("x", "y"):
        assert encoding[channel]["axis"] is None
        assert encoding[channel]["scale"]["domain"] == [0, 100]


@pytest.mark.parametrize("key", [key for key in MODELS if PICTURES[key].axes])
def test_before_a_guess_only_what_is_known_is_drawn(key):
    picture, start = PICTURES[key], MODELS[key]()
    assert set(picture.axes.values()) <= {"x", "y"}
    assert all(isinstance(start[name], (int, float)) for name in picture.axes)
    known, whole = picture.known(start), picture.rows(start, start)
    assert all(row in whole for row in known) and len(known) < len(whole)


def test_a_yearly_line_travels_as_one_row_and_is_drawn_as_the_same_line():
    def drawn(yearly):
        def along(_result, _axis):
            return (2000, 2001, 2002), (3.0, 1.2346, 2.0)

        x, y = Axis("year", 1999, 2003, bare=True), Axis("people", 0, 4)
        line = Line("seen", along, label="seen", begins=False, yearly=yearly)
        return declared(None, "a line of three years", x, y, line, words=lambda rows, _=None: "three", numbers="")

    plain, packed = drawn(False), drawn(True)
    rows = packed.rows([1])
    assert rows[0] == ["seen", 2000, [3, 1.2346, 2]]
    assert rows[1:] == plain.rows([1])[3:]  # the words stand where they stood
    paths = [re.findall(r'mark-line.*?d="([^"]+)"', p.svg(p.rows([1]))) for p in (plain, packed)]
    assert paths[0] == paths[1] and len(paths[0]) == 1
    assert ">2000<" not in packed.svg(rows)  # a bare axis has no numbers


def test_marks_of_the_starting_case_may_have_a_place_of_their_own():
    model = counting.stock

    def places(height):
        return lambda r: [(r["years"], r["years"], height, "")]

    mark = Each("here", places(2), begins=places(1))
    picture = declared(
        model, "where a case stood", Axis("years", 0, 9), Axis("", 0, 3, bare=True), mark, words="{years}"
    )
    now, start = model(years=3), model()
    assert picture.rows(now, start)[:2] == [["start here", start["years"], 1], ["here", 3, 2]]
    assert [row[0] for row in picture.rows(start, start)] == ["here"]


@pytest.mark.parametrize("end", [0.3, 1, 2, 4])
def test_words_of_a_bar_stand_on_no_mark_of_the_starting_case(end):
    bar = Each("cost", lambda r: [(0, r["years"], "one", "{years} points, least")], bar=True, size=16, begins=True)
    lanes = Names(lambda _: ["one", "two"])
    picture = declared(counting.stock, "costs", Axis("points", -4, 12), lanes, bar, words="{years}", size=(500, 120))
    rows = picture.rows(counting.stock(years=end), counting.stock(years=2.5))
    assert [row[:2] for row in rows if row[0] == "start cost"] == [["start cost", 2.5]]
    words = next(row for row in rows if row[0] == "cost label")
    assert words[5] == "left"  # behind the bar, where nothing else of the picture stands
    at = [500 * (row[1] + 4) / 16 for row in rows if row[0] in ("start cost", "cost label")]
    assert not at[1] + words[6] - 7 < at[0] < at[1] + words[6] + wide(words[3])


def test_a_caption_tells_lines_apart_as_they_look():
    assert "Brown line: the first rounds, from nobody; thick line: where it meets" in PICTURES["crisis.cascade"].caption
