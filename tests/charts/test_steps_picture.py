"""The picture of computed steps: a mark for each run, filled where the claim holds, and no line between."""

import itertools
import re

import pytest

from tumen.analysis.steps import chosen, steps
from tumen.brief import model, models
from tumen.charts.steps import NAME, stepped
from tumen.charts.style import INK, PAPER


def parts(rows, part):
    return [r for r in rows if r[0] == part]


def test_a_mark_a_run_filled_where_the_claim_holds():
    found = steps(model("counting.ceiling"), "guests")
    rows = stepped(found).rows(found)
    marks = parts(rows, f"{NAME}0")
    assert [m[1] for m in marks] == list(found.values)
    assert [m[2] for m in marks] == found.of(found.followed[0])
    assert [m[4] == INK for m in marks] == found.holds()
    assert {m[4] for m in marks} <= {INK, PAPER}


def test_nothing_is_drawn_between_the_marks():
    for made in models().values():
        for found in chosen(made, most=1, n=5):
            picture = stepped(found)
            kinds = [layer["mark"]["type"] for layer in picture.spec(picture.rows(found))["layer"]]
            assert set(kinds) == {"rule", "text", "point"}


def test_a_turn_inside_the_range_is_marked_and_said():
    found = steps(model("crisis.cascade"), "exit_share")
    picture = stepped(found)
    rows = picture.rows(found)
    (flip,) = parts(rows, "flip")
    assert flip[1] == found.flip.value
    assert any("S2P1-c flips at 0.00669" in r[3] for r in rows)
    assert "S2P1-c flips at 0.00669." in picture.words(found)
    beyond = steps(model("counting.ceiling"), "hosts")
    assert parts(stepped(beyond).rows(beyond), "flip") == []
    assert "beyond the range" in stepped(beyond).words(beyond)


def test_several_outputs_have_shapes_and_names_and_their_names_do_not_touch():
    found = steps(model("choice.table"), "w_dprk")
    picture = stepped(found)
    rows = picture.rows(found)
    names = parts(rows, "name")
    assert len(names) == 4
    heights = sorted(n[2] for n in names)
    low, high = picture.spec(rows)["layer"][2]["encoding"]["y"]["scale"]["domain"]
    gaps = [(b - a) / (high - low) * picture.size[1] for a, b in itertools.pairwise(heights)]
    assert min(gaps) > 16
    shapes = [layer["mark"]["shape"] for layer in picture.spec(rows)["layer"] if layer["mark"]["type"] == "point"]
    assert len(set(shapes)) == 4


@pytest.mark.parametrize("key", models())
def test_words_hold_the_numbers_and_marks_lie_inside(key):
    for found in chosen(model(key), most=2, n=5):
        picture = stepped(found)
        rows = picture.rows(found)
        assert len(re.findall(r"\d", picture.words(found))) > 3
        spec = picture.spec(rows)
        layer = next(x for x in spec["layer"] if x.get("name") == f"{NAME}0")
        for column, channel in ((1, "x"), (2, "y")):
            low, high = layer["encoding"][channel]["scale"]["domain"]
            assert all(low <= r[column] <= high for r in rows if r[0].startswith(NAME))
        assert picture.svg(rows).count(f"{NAME}0_marks") == 1
