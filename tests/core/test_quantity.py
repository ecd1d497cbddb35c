import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tumen.core import Entry, Problem, Quantity, assumed, one_of, stated
from tumen.core.quantity import DOMAINS, LARGEST, SMALLEST


def quantity(**changes):
    return Quantity(**{"key": "x", "label": "a number", "value": 1.0, "unit": "m", "basis": "assumption"} | changes)


NUMBER = quantity(low=0.0, high=2.0)
COUNT = quantity(low=0.0, high=2.0, domain="count")
WHOLE = quantity(value=5, low=0, high=10, domain="count", whole=True)
LIST = quantity(value=(1.0, 2.0), kind="list", domain="positive")
RANGES = quantity(value=((5.0, 10.0), (20.0, 40.0)), kind="list", items="range", domain="positive")
TABLE = quantity(value=((3.0, 0.0), (2.0, 1.0)), kind="table")
CHOICE = quantity(value="no", kind="choice", choices=("no", "yes", "아니오"))

NO_NUMBER = [
    math.nan,
    math.inf,
    -math.inf,
    True,
    False,
    np.bool_(True),
    None,
    "",
    " ",
    "5",
    "여섯",
    b"5",
    1j,
    Decimal(3),
    dt.date(2002, 5, 7),
    [],
    [1.0],
    (1.0, 2.0),
    {},
    {"value": 1},
    {1.0},
    object(),
    np.float64("nan"),
    np.array([]),
    np.array(["a"]),
    np.array([True, False]),
    np.array([1j]),
    np.array([None]),
    np.array([1.0, math.nan]),
    np.array([1.0, math.inf]),
    np.array(math.nan),
    np.array("a"),
    np.array(["2002-05-07"], "M8[D]"),
    10**400,
    -(10**400),
    10**5000,
    Fraction(10**400),
]


def _label(value):
    return f"{type(value).__name__}-{str(value)[:12]}" if not isinstance(value, (int, Fraction)) else "huge"


# Declarations


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": 2.0, "high": 1.0}, "low below its high"),
        ({"low": 1.0, "high": 1.0}, "low below its high"),
        ({"low": 1.0}, "low below its high"),
        ({"high": 1.0}, "low below its high"),
        ({"low": math.nan, "high": 1.0}, "low below its high"),
        ({"low": 0.0, "high": 2.0, "mode": 3.0}, "the mode 3 lies outside 0 to 2"),
        ({"low": 0.0, "high": 2.0, "shape": "log-uniform"}, "must lie above 0"),
        ({"kind": "numbr"}, "the nearest is 'number'"),
        ({"low": 0.0, "high": 2.0, "shape": "triangle"}, "the nearest is 'triangular'"),
        ({"basis": "dat"}, "the nearest is 'data'"),
        ({"domain": "shares"}, "the nearest is 'share'"),
        ({"kind": "choice", "value": "maybe", "choices": ("no", "yes")}, "'maybe' is not one of no, yes"),
        ({"value": None}, "None is no number"),
        ({"value": math.nan, "low": 0.0, "high": 1.0}, "nan is no number"),
        ({"value": 1.5, "domain": "share"}, "you gave 1.5"),
        ({"value": 1.5, "whole": True}, "whole number"),
        ({"kind": "list", "value": None}, "needs a list"),
        ({"kind": "list", "value": ()}, "at least one item"),
        ({"kind": "list", "value": (1.0, -1.0), "domain": "positive"}, "item 2"),
        ({"kind": "list", "items": "range", "value": ((2.0, 1.0),)}, "low below its high"),
        ({"kind": "table", "value": ((1.0, 2.0), (3.0,))}, "rows of the same length"),
    ],
)
def test_declaration_that_contradicts_itself_is_refused(refusal, changes, words):
    sentence = refusal(quantity, **changes)
    assert words in sentence
    assert sentence.startswith("x")


def test_number_without_range_is_fixed_and_not_sampled():
    fixed = quantity()
    assert (fixed.kind, fixed.shape, fixed.sampled) == ("fixed", "fixed", False)
    assert NUMBER.kind == "number"
    assert NUMBER.sampled
    assert not any(q.sampled for q in (LIST, RANGES, TABLE, CHOICE))


def test_peak_is_the_mode_or_the_value_held_inside_the_range():
    assert quantity(low=0.0, high=2.0, mode=0.5).peak == 0.5
    assert NUMBER.peak == 1.0
    assert quantity(value=9.0, low=0.0, high=2.0).peak == 2.0
    assert quantity(value=-9.0, low=0.0, high=2.0).peak == 0.0


def test_beyond_is_said_of_any_number_outside_the_range_and_of_no_other_kind():
    assert not NUMBER.beyond(0.0)
    assert not NUMBER.beyond(2.0)
    assert NUMBER.beyond(np.nextafter(2.0, 3.0))
    assert NUMBER.beyond(np.array([1.0, -0.1]))
    assert not NUMBER.beyond(np.array([0.0, 2.0]))
    assert not quantity().beyond(1e9)
    assert not LIST.beyond((1e9,))


def test_entries_give_a_list_its_value_and_are_dropped_when_it_is_replaced():
    q = quantity(value=None, kind="list", entries=(Entry(5.0, "one"), Entry(7.0, "two")))
    assert q.value == (5.0, 7.0)
    replaced = q.with_value((1.0,))
    assert (replaced.value, replaced.entries) == ((1.0,), ())
    assert q.value == (5.0, 7.0)


# Numbers


@pytest.mark.parametrize(
    "value", [1, 1.0, np.float32(1), np.float64(1), np.int64(1), Fraction(1), np.array(1), np.array(1.0), np.uint8(1)]
)
def test_every_kind_of_number_becomes_a_float(value):
    checked = COUNT.check(value)
    assert type(checked) is float
    assert checked == 1.0


@pytest.mark.parametrize("value", NO_NUMBER, ids=_label)
@pytest.mark.parametrize("q", [NUMBER, WHOLE, quantity(domain="positive")], ids=["number", "whole", "fixed"])
def test_no_number_is_refused_in_one_sentence(refusal, q, value):
    assert refusal(q.check, value).startswith("x needs")


ENDS = [
    ("positive", SMALLEST, 0.0),
    ("positive", LARGEST, -SMALLEST),
    ("count", 0.0, -SMALLEST),
    ("count", -0.0, -1.0),
    ("share", 0.0, -SMALLEST),
    ("share", 1.0, math.nextafter(1.0, 2.0)),
    ("positive share", SMALLEST, 0.0),
    ("positive share", 1.0, math.nextafter(1.0, 2.0)),
    ("positive share", 1.0, -0.0),
]


@pytest.mark.parametrize(("domain", "taken", "refused"), ENDS)
def test_ends_of_what_a_formula_can_take(refusal, domain, taken, refused):
    q = quantity(domain=domain)
    assert q.check(taken) == taken
    assert DOMAINS[domain][3] in refusal(q.check, refused)
    assert DOMAINS[domain][3] in refusal(q.check, np.array([taken, refused]))


def _can_take(domain, x):
    inside = {"real": True, "positive": x > 0, "count": x >= 0, "share": 0 <= x <= 1, "positive share": 0 < x <= 1}
    return inside[domain] and abs(x) <= LARGEST


@pytest.mark.parametrize("size", [1.1e15, 1e25, 1.7e308])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_size_no_formula_can_take_is_refused_as_value_and_as_end_of_a_range(refusal, size, sign):
    assert "to compute with" in refusal(quantity().check, sign * size)
    assert "to compute with" in refusal(RANGES.check, [sorted((size, 1.0))])
    with pytest.raises(Problem, match=r"its (low|high) needs a number"):
        quantity(low=min(sign * size, 0.5), high=max(sign * size, 0.6))


@pytest.mark.parametrize("size", [5e-324, 1e-320, -1e-17, 9e-13])
def test_what_rounding_leaves_of_a_zero_counts_as_one(refusal, size):
    assert COUNT.check(size) == 0.0
    assert COUNT.check(np.array([size, 1.0])).tolist() == [0.0, 1.0]
    assert "a number above 0; you gave" in refusal(quantity(domain="positive").check, size)


@pytest.mark.parametrize("domain", ["count", "share", "positive", "positive share"])
def test_a_range_may_end_at_the_least_a_formula_takes_but_not_below(domain):
    assert quantity(domain=domain, low=0.0, high=1.0).low == 0.0
    with pytest.raises(Problem, match="its low needs"):
        quantity(domain=domain, low=-5.0, high=1.0)


@given(st.sampled_from(sorted(DOMAINS)), st.floats())
def test_any_float_is_taken_or_refused_as_the_domain_says(domain, x):
    q = quantity(domain=domain)
    x = 0.0 if abs(x) < SMALLEST else x  # what rounding leaves of a zero counts as one
    if _can_take(domain, x):
        assert q.check(x) == x
    else:
        with pytest.raises(Problem):
            q.check(x)


@given(
    st.sampled_from(sorted(DOMAINS)),
    st.booleans(),
    st.lists(st.one_of(st.floats(), st.integers(-3, 3).map(float)), min_size=1, max_size=5),
)
def test_array_is_taken_exactly_where_each_of_its_numbers_is(domain, whole, xs):
    q = quantity(domain=domain, whole=whole)
    xs = [0.0 if abs(x) < SMALLEST else x for x in xs]  # what rounding leaves of a zero counts as one
    if all(_can_take(domain, x) and not (whole and x % 1) for x in xs):
        assert q.check(np.array(xs)).tolist() == xs
    else:
        with pytest.raises(Problem):
            q.check(np.array(xs))


def test_integer_array_becomes_floats_and_the_given_array_is_left_alone():
    given_array = np.array([1, 2])
    checked = COUNT.check(given_array)
    assert checked.dtype == float
    checked[0] = 9
    assert given_array.tolist() == [1, 2]


def test_broken_number_in_the_middle_of_an_array_is_seen(refusal):
    assert refusal(WHOLE.check, np.array([1.0, 2.5, 4.0])) == "x needs a whole number; you gave 2.5."
    assert "you gave -1" in refusal(COUNT.check, np.array([1.0, -1.0, 4.0]))
    assert "nan is no number" in refusal(COUNT.check, np.array([1.0, math.nan, 4.0]))


# Choices, lists and tables


@pytest.mark.parametrize("value", [*NO_NUMBER, "YES", "yes ", 0, np.array(["no", "yes"])], ids=_label)
def test_choice_takes_its_words_and_nothing_else(refusal, value):
    assert refusal(CHOICE.check, value).startswith("x must be one of no, yes, 아니오; you gave ")
    assert CHOICE.check("yes") == "yes"
    assert CHOICE.check("아니오") == "아니오"


NO_LIST = [math.nan, 5.0, True, None, "", "1,2", b"12", {}, {1.0: 2}, {1.0, 2.0}, 1j, object(), np.array(3.0), 10**5000]


@pytest.mark.parametrize("value", NO_LIST, ids=_label)
@pytest.mark.parametrize("q", [LIST, RANGES, TABLE], ids=["list", "ranges", "table"])
def test_what_is_no_list_is_refused(refusal, q, value):
    assert refusal(q.check, value).startswith("x needs ")


@pytest.mark.parametrize("given_list", [[1, 2], (1.0, 2.0), np.array([1, 2]), range(1, 3), iter([1, 2])], ids=_label)
def test_every_kind_of_list_becomes_a_tuple_of_floats(given_list):
    checked = LIST.check(given_list)
    assert checked == (1.0, 2.0)
    assert all(type(x) is float for x in checked)


@pytest.mark.parametrize("value", [[[5, 10], [20, 40]], [(5, 10), (20, 40)], np.array([[5, 10], [20, 40]])], ids=_label)
def test_every_kind_of_pairs_becomes_ranges(value):
    assert RANGES.check(value) == ((5.0, 10.0), (20.0, 40.0))


@pytest.mark.parametrize(
    ("q", "value", "words"),
    [
        (LIST, [], "at least one item"),
        (LIST, np.array([]), "at least one item"),
        (LIST, [1.0, math.nan], "x, item 2, needs a number above 0; nan"),
        (LIST, [True], "x, item 1,"),
        (LIST, [1.0, 0.0], "x, item 2, needs a number above 0; you gave 0"),
        (LIST, [(1.0, 2.0)], "needs one number; you gave the range"),
        (LIST, [10**400], "too large"),
        (RANGES, [5.0], "needs a range low:high; you gave 5.0"),
        (RANGES, [(5.0,)], "needs a range low:high"),
        (RANGES, [(1.0, 2.0, 3.0)], "needs a range low:high"),
        (RANGES, ["ab"], "needs a range low:high"),
        (RANGES, [(2.0, 1.0)], "low below its high; you gave 2:1"),
        (RANGES, [(2.0, 2.0)], "low below its high"),
        (RANGES, [(0.0, 2.0)], "needs a number above 0"),
        (RANGES, [(1.0, math.inf)], "inf is no number"),
        (TABLE, [], "rows of the same length"),
        (TABLE, [[]], "rows of the same length"),
        (TABLE, [[], []], "rows of the same length"),
        (TABLE, [[1.0, 2.0], [3.0]], "rows of the same length"),
        (TABLE, [[1.0, 2.0], 3.0], "row 2"),
        (TABLE, [[1.0], "a"], "row 2"),
        (TABLE, [[1.0, math.nan]], "x, row 1,"),
        (TABLE, np.array(["a"]), "'a' is no number"),
        (TABLE, np.ones((2, 2, 2)), "row 1"),
    ],
)
def test_list_or_table_with_a_bad_item_says_which(refusal, q, value, words):
    assert words in refusal(q.check, value)


@pytest.mark.parametrize(
    "value", [[3.0, 0.0], (3, 0), [[3.0, 0.0]], np.array([3, 0]), [np.array([3.0, 0.0])]], ids=_label
)
def test_single_row_is_a_table(value):
    assert TABLE.check(value) == ((3.0, 0.0),)


# What a person types


@pytest.mark.parametrize(
    ("q", "text", "value"),
    [
        (NUMBER, " 1.5 ", 1.5),
        (NUMBER, "-1e3", -1000.0),
        (NUMBER, "１２", 12.0),
        (WHOLE, "7", 7.0),
        (CHOICE, " yes\n", "yes"),
        (LIST, "1,2,3", (1.0, 2.0, 3.0)),
        (LIST, "1, 2,", (1.0, 2.0)),
        (LIST, "5", (5.0,)),
        (RANGES, "5:10,20:40", ((5.0, 10.0), (20.0, 40.0))),
        (RANGES, " 5 : 10 ", ((5.0, 10.0),)),
        (TABLE, "3,0;2,1", ((3.0, 0.0), (2.0, 1.0))),
        (TABLE, "3,0", ((3.0, 0.0),)),
        (TABLE, "3;2;", ((3.0,), (2.0,))),
    ],
)
def test_typed_value_is_read(q, text, value):
    assert q.parse(text) == value


@pytest.mark.parametrize(
    ("q", "text"),
    [
        *(
            (q, t)
            for q in (NUMBER, LIST, RANGES, TABLE, CHOICE)
            for t in ("", " ", "\t\n", ";", ",", "x", "여섯", "1;;x")
        ),
        *((q, t) for q in (NUMBER, LIST, RANGES, TABLE) for t in ("nan", "inf", "-inf", "1e400", "0x10", "1,,2", "5:")),
        *((NUMBER, t) for t in ("1,2,3", "5:10,20:40", "3,0;2,1", "300,000", "1 000", "True", "1" * 5000)),
        *((LIST, t) for t in ("5:10,20:40", "3,0;2,1", "-1", "0", "1,2,x")),
        *((RANGES, t) for t in ("1,2,3", "10:5", "5:5", "5:10:15", "0:5", "a:b", "5:10;20:40")),
        *((TABLE, t) for t in ("5:10", "3,0;2", "3,,1", "1,2;x,3")),
        (WHOLE, "2.5"),
        (WHOLE, "-1"),
    ],
)
def test_typed_value_that_cannot_be_used_is_refused(refusal, q, text):
    assert refusal(q.parse, text).startswith("x")


@given(
    st.sampled_from([NUMBER, WHOLE, LIST, RANGES, TABLE, CHOICE]), st.one_of(st.text(), st.text("0123456789.,:;-e n"))
)
@example(TABLE, "1;2;;3")
@example(RANGES, "1:2:3")
@example(NUMBER, "1_0")
def test_any_typed_text_is_read_as_a_value_the_model_takes_or_refused(q, text):
    try:
        value = q.parse(text)
    except Problem as e:
        assert "\n" not in str(e)
        assert str(e).endswith(".")
    else:
        assert q.check(value) == value


POSITIVE = st.floats(SMALLEST, LARGEST)


@given(st.lists(POSITIVE, min_size=1))
def test_list_of_numbers_is_read_back_as_written(xs):
    assert LIST.parse(",".join(map(repr, xs))) == tuple(xs)


@given(st.lists(st.lists(POSITIVE | POSITIVE.map(lambda x: -x), min_size=2, max_size=2), min_size=1))
def test_table_is_read_back_as_written(rows):
    assert TABLE.parse(";".join(",".join(map(repr, row)) for row in rows)) == tuple(map(tuple, rows))


def test_what_is_assumed_is_the_quantity_written_out():
    more = {"unit": "m", "step": 0.5, "domain": "count", "note": "ours"}
    whole = Quantity(key="x", label="a number", value=1.0, low=0.0, high=2.0, basis="assumption", **more)
    assert assumed("x", "a number", (0.0, 1.0, 2.0), **more) == whole
    held = Quantity(key="x", label="a number", value=3, basis="assumption", unit="m")
    assert assumed("x", "a number", 3, unit="m") == held
    assert not held.sampled
    rows = ((1.0, 2.0), (3.0, 4.0))
    table = Quantity(key="x", label="rows", kind="table", value=rows, basis="assumption")
    assert assumed("x", "rows", rows, kind="table") == table


@pytest.mark.parametrize(
    ("unit", "domain"),
    [("share", "share"), ("share a year", "share"), ("probability", "share"), ("people", "count"), ("points", "real")],
)
def test_what_is_assumed_lies_where_its_unit_can_unless_said_otherwise(unit, domain):
    assert assumed("x", "a number", 0.5, unit=unit).domain == domain
    assert assumed("x", "a number", -3, unit=unit, domain="real").domain == "real"


def test_one_of_begins_with_its_first_word_unless_another_is_named():
    words = ("none", "one", "two")
    first = Quantity(key="x", label="how many", kind="choice", choices=words, value="none", basis="assumption")
    assert one_of("x", "how many", words) == first
    assert one_of("x", "how many", words, value="two", note="ours").value == "two"


def test_what_is_assumed_is_refused_as_any_quantity(refusal):
    assert "the range needs a low below its high" in refusal(assumed, "x", "a number", (2.0, 1.0, 0.0))
    assert "is not one of none, one" in refusal(one_of, "x", "how many", ("none", "one"), value="two")


@pytest.mark.parametrize(("source", "basis"), [("S2P3-b", "report"), ("arrivals:A45", "data")])
def test_what_is_stated_is_the_reports_or_a_row_of_a_table_by_its_source(source, basis):
    more = {"unit": "people", "step": 0.5, "note": "as printed"}
    whole = Quantity(
        key="x", label="a number", value=1.0, low=0.0, high=2.0, basis=basis, source=source, domain="count", **more
    )
    assert stated("x", "a number", (0.0, 1.0, 2.0), source, **more) == whole
    assert stated("x", "a number", 3, source).kind == "fixed"
