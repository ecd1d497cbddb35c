import json
from dataclasses import replace

import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen.analysis.breakevens import flip_map, flips
from tumen.core import Finding

START = counting.ceiling.start


def by_name(result):
    return {t.quantity: t for t in result.turns}


def test_the_ceilings_break_evens_have_their_closed_form():
    found = by_name(flips(counting.ceiling, "S2P3-d"))
    share = 300_000 * 3.3 * 0.95 / (1_500_000 * 1.3)
    assert found["hosting_share"].value == pytest.approx(share)
    assert found["hosting_share"].move == pytest.approx((share - 0.2) / 0.4)
    assert not found["hosting_share"].inside
    assert found["hosting_share"].holds_above is False
    assert found["dependent_share"].value == pytest.approx(1_500_000 / 3.3 * 0.26 / 300_000)
    assert found["dependent_share"].holds_above is True
    assert "claimed" not in found


def test_the_present_setting_moves_the_break_even_inside():
    result = flips(counting.ceiling, at={"guests": 1.9})
    found = by_name(result)["hosting_share"]
    assert found.value == pytest.approx(300_000 * 3.3 * 0.95 / (1_500_000 * 1.9))
    assert found.inside
    assert result.turns[0].quantity == "hosting_share"
    assert result.reading() == (
        "It holds in this setting and turns if “share of households that host” rises to 0.33, within the declared range."
    )


def test_those_inside_come_first_and_the_nearest_of_them_before_all():
    result = flips(LINEAR, at={"a": 0.9, "b": 0.5, "c": 0.5})  # 3.1 against a line of 3
    assert [t.quantity for t in result.turns] == ["a", "b", "c"]
    assert [t.value for t in result.turns] == pytest.approx([0.875, 0.55, 0.4])
    assert [t.move for t in result.turns] == pytest.approx([0.025, 0.05, 0.1])
    assert "“the a” falls to 0.875" in result.reading()
    assert result.reading().endswith("or “the c” falls to 0.4, each alone and within the declared range.")


def test_readings_where_nothing_turns_or_only_beyond_the_range():
    assert flips(counting.ceiling).reading() == (
        "It holds in the starting case, and no single number turns it within its declared range; two together do, "
        "if “share of households that host” rises to 0.335 and “guests in a hosting household” rises to 1.87 people."
    )
    always = Finding("C", "c", "tests", lambda out, v: v["x"] * 0 + 1.0)
    result = flips(one(number("x", 0, 1), lambda x: {"y": x}, findings=(always,)))
    assert result.turns[0].value is None
    assert result.reading() == "It holds in the starting case, and nothing within the declared ranges turns it."
    assert flips(LINEAR).reading().startswith("It does not hold in the starting case and turns if ")
    json.dumps(result.rows(), allow_nan=False)


def three(line):
    """The sum of three numbers from 0 to 1, all at 0, and the finding that it is at or below a line."""
    names = "a", "b", "c"
    finding = Finding("C", "the sum is small", "tests", lambda out, v: line - out["y"])
    model = one(number("a", 0, 1), lambda **x: {"y": sum(x.values())}, findings=(finding,))
    return replace(model, quantities=tuple(number(name, 0, 1, 0.0) for name in names))


def test_two_that_turn_it_together_are_found_where_they_do_and_none_where_none_do():
    (a, x), (b, y) = flips(three(1.4)).pair
    assert x + y == pytest.approx(1.4)  # on the line itself, and as near as two equal moves come
    assert x == pytest.approx(y) and a.quantity != b.quantity
    one_by_one = flips(three(2.5))
    assert one_by_one.pair is None
    assert one_by_one.reading() == (
        "It holds in the starting case, and no single number turns it within its declared range, nor do any two together; "
        "beyond it, it turns if “the a” rises to 2.5."
    )
    assert flips(three(2.5), at={"a": 0.9, "b": 0.9}).reading() == (
        "It holds in this setting and turns if “the c” rises to 0.7, within the declared range."
    )


def test_a_course_s_case_is_named():
    model = three(1.5).with_quantities({"a": number("a", 0, 1, 0.9)}, "autumn")
    assert flips(model).reading().startswith("It holds in the case “autumn” and turns if ")


def test_a_map_holds_where_the_closed_form_does():
    m = flip_map(counting.ceiling, "hosting_share", "guests")
    assert m.margins.shape == m.holds.shape == (41, 41)
    xs, ys = np.meshgrid(m.xs, m.ys)
    np.testing.assert_allclose(m.margins, 300_000 - 1_500_000 / 3.3 * xs * ys / 0.95, rtol=1e-12)
    clear = np.abs(m.margins) > 1e-6  # one grid point lies on the line itself
    assert np.count_nonzero(~clear) <= 1
    np.testing.assert_array_equal(m.holds[clear], (xs * ys < 300_000 * 3.3 * 0.95 / 1_500_000)[clear])
    assert (m.xs[0], m.xs[-1], m.ys[0], m.ys[-1]) == (0.05, 0.45, 1.0, 2.5)
    assert m.share == m.holds.mean()
    assert m.rows()[1] == {"hosting_share": m.xs[1], "guests": 1.0, "margin": m.margins[0, 1], "holds": True}
    assert m.to_frame().shape == (41 * 41, 4)
    json.dumps(m.rows(), allow_nan=False)


def test_a_map_is_the_same_seen_from_the_side():
    one_way = flip_map(counting.ceiling, "hosting_share", "guests", size=9)
    other = flip_map(counting.ceiling, "guests", "hosting_share", size=9)
    np.testing.assert_array_equal(one_way.margins, other.margins.T)


def test_the_others_are_held_at_the_present_setting():
    held = flip_map(counting.ceiling, "hosting_share", "guests", at={"hosts": 1_800_000, "claimed": 100_000}, size=3)
    assert held.margins[0, 0] == pytest.approx(100_000 - 1_800_000 / 3.3 * 0.05 / 0.95)


def test_settings_are_marked_with_their_own_verdict():
    spots = {"mine": {"hosting_share": 0.4, "guests": 2.0}, "fewer hosts": {"hosts": 500_000}, "far": {"guests": 4}}
    m = flip_map(counting.ceiling, "hosting_share", "guests", spots=spots)
    here, mine, fewer, far = m.spots
    assert (here.label, here.x, here.y, here.holds, here.on_map, here.inside) == (
        "the present setting", 0.2, 1.3, True, True, True,
    )  # fmt: skip
    assert (mine.holds, mine.on_map) == (False, True)
    assert (fewer.holds, fewer.on_map, fewer.inside) == (True, False, True)
    assert (far.on_map, far.inside) == (True, False)


def test_log_ranges_are_even_in_logs():
    model = one(
        number("x", 1, 100, shape="log-uniform"),
        lambda x, z: {"y": x * z},
        more=(number("z", 1, 2),),
        findings=(Finding("C", "c", "tests", lambda out, v: out["y"] - 10.0),),
    )
    m = flip_map(model, "x", "z", size=5)
    np.testing.assert_allclose(m.xs, [1, 100**0.25, 10, 100**0.75, 100])
    np.testing.assert_allclose(m.ys, [1, 1.25, 1.5, 1.75, 2])


def test_a_map_is_read_in_one_sentence():
    said = flip_map(counting.ceiling, "hosting_share", "guests").reading()
    assert said == (
        "Over the ranges of “share of households that host” and “guests in a hosting household” it holds in 78 in 100 "
        "parts of the map; at the present setting it holds."
    )
    everywhere = flip_map(counting.ceiling, "hosts", "household", size=3).reading()
    assert "it holds everywhere on the map" in everywhere
    nowhere = flip_map(counting.ceiling, "hosts", "household", at={"hosting_share": 0.9, "guests": 9}, size=3).reading()
    assert "it holds nowhere on the map; at the present setting it does not hold." in nowhere


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert "no finding" in refusal(flips, counting.ratio)
    assert "only illustrates C2" in refusal(flips, LINEAR, "C2")
    assert "nearest is 'S2P3-d'" in refusal(flips, counting.ceiling, "S2P3-e")
    assert "claimed is fixed" in refusal(flips, counting.ceiling, names=["claimed"])
    assert "nearest is 'hosts'" in refusal(flips, counting.ceiling, names=["host"])
    assert "no finding" in refusal(flip_map, counting.ratio, "people", "hosts")
    assert "claimed is fixed" in refusal(flip_map, counting.ceiling, "hosts", "claimed")
    assert "hosts twice" in refusal(flip_map, counting.ceiling, "hosts", "hosts")
    assert "nearest is 'hosts'" in refusal(flip_map, counting.ceiling, "host", "guests")
    for size in (1, 402):
        assert "from 2 to 401" in refusal(flip_map, counting.ceiling, "hosts", "guests", size=size)
    assert "nearest is 'guests'" in refusal(flip_map, counting.ceiling, "hosts", "guests", spots={"a": {"guest": 1}})
