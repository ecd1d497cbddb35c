"""A map written in Argdown is drawn: no box on another, premises at the left, what speaks against a point under it."""

import pytest

from tumen.charts.argument import HIGH, WIDE
from tumen.charts.own_map import MOST, OwnMap
from tumen.core import Problem
from tumen.evidence.argdown import read, written
from tumen.evidence.argument import argument

CLASS = """# How many

[Few]: There were few.
  + [Hosts]: The hosts could not take so many.
  + [Silence]: Nothing was heard.
  - [Hiding]: Nobody could see them.
    - [Shops]: Some worked in shops.

# So what

[Policy]: Little has to be done.
  + [Few]
  - [S2P3-d]
"""


def boxes(own):
    rows = own.picture.rows(own.drawn())
    return [(r[1], r[2], r[6], r[7], r[5]) for r in rows if r[0] in ("point", "heavy", "gone")]


def rows(own, *parts):
    return [r for r in own.picture.rows(own.drawn()) if r[0] in parts]


@pytest.mark.parametrize("text", [CLASS, written(argument()), "[A]: one", "[A]: a\n  - [B]: b\n[B]\n  - [A]"])
def test_every_point_has_a_place_of_its_own_in_the_frame(text):
    own = OwnMap(read(text))
    placed, (wide, high) = boxes(own), own.picture.size
    assert len(placed) == len(own.argument.points)
    for left, top, right, bottom, _ in placed:
        assert 0 <= left < right <= wide and 0 <= top < bottom <= high
        assert (right - left, bottom - top) == pytest.approx((WIDE, HIGH))
    for i, one in enumerate(placed):
        for other in placed[i + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_premises_stand_at_the_left_and_attacks_are_marked():
    own = OwnMap(read(CLASS))
    layer = {id: p.layer for id, p in own.argument.points.items()}
    assert layer["Hosts"] < layer["Few"] < layer["Policy"]
    assert len(rows(own, "against")) == len(rows(own, "cross")) == 3
    assert [r[3] for r in rows(own, "chain")] == ["1  How many", "2  So what"]
    said = own.picture.words(own.drawn())
    assert "against Few: Hiding" in said and "against Policy: S2P3-d" in said
    labels = {r[3] for r in rows(own, "label")}
    assert {"Few", "Hiding", argument().points["S2P3-d"].short} <= labels
    assert own.picture.png(own.picture.rows(own.drawn())).startswith(b"\x89PNG")


def test_more_points_than_a_picture_holds_are_told():
    text = "\n".join(f"[P{i}]: point {i}" for i in range(MOST + 1))
    with pytest.raises(Problem, match=f"{MOST + 1} points are too many"):
        OwnMap(read(text))
