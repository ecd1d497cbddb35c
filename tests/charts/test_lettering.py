"""The words of a picture as a page shows it: in its frame and apart, whatever typeface a reader has, on a wide page and on a phone."""

import xml.etree.ElementTree as ET

import pytest
import vl_convert
from drawn import PICTURES, all_rows

from tumen.charts.lettering import ADVANCES, EDGE, broken, frame, lettered, width, words_of
from tumen.charts.phone import WIDTHS, for_phone

ROOM = 0.01  # for places written with two decimals


def out_of_frame(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    left, top, right, bottom = frame(root)
    out = []
    for words in words_of(root):
        box = words.box()
        wide, high = box[2] - box[0], box[3] - box[1]
        assert wide <= right - left, words.lines
        assert high <= bottom - top, words.lines
        if (
            box[0] < left + EDGE - ROOM
            or box[1] < top + EDGE - ROOM
            or box[2] > right - EDGE + ROOM
            or box[3] > bottom - EDGE + ROOM
        ):
            out.append(" / ".join(words.lines))
    return out


@pytest.mark.parametrize("key", PICTURES)
def test_no_words_leave_the_frame_in_the_starting_case(key):
    spec = PICTURES[key].spec(all_rows(key)[0])
    assert out_of_frame(lettered(vl_convert.vegalite_to_svg(spec))) == []
    small = for_phone(spec)
    assert small is None or out_of_frame(small) == []


@pytest.mark.slow
@pytest.mark.parametrize("key", PICTURES)
def test_no_words_leave_the_frame_in_any_setting(key):
    for rows in all_rows(key)[1:]:
        assert out_of_frame(lettered(PICTURES[key].svg(rows))) == []


@pytest.mark.parametrize("key", ["counting.estimates", "counting.pool", "flows.year"])
def test_a_line_is_as_wide_as_it_was_measured_whatever_the_typeface(key):
    root = ET.fromstring(lettered(PICTURES[key].svg(all_rows(key)[0])))
    for words in words_of(root):
        for tag, line in zip(list(words.tag) or [words.tag], words.lines, strict=True):
            if all(c in ADVANCES for c in line):
                assert float(tag.get("textLength")) == pytest.approx(width(line, words.size), abs=0.06)
                assert tag.get("lengthAdjust") == "spacingAndGlyphs"


def test_nearly_every_picture_has_one_for_a_phone():
    few = ["counting.ratio", "counting.estimates", "choice.legal_path", "flows.arrivals", "hindsight.graph"]
    drawn = {key: for_phone(PICTURES[key].spec(all_rows(key)[0])) for key in few}
    assert [key for key, svg in drawn.items() if svg is None] in ([], ["choice.legal_path"])  # a table of sentences
    for svg in filter(None, drawn.values()):
        left, _, right, _ = frame(ET.fromstring(svg))
        assert right - left in WIDTHS


def test_words_by_hand():
    assert width("300,000", 12) == pytest.approx((6 * 556 + 278) * 12 / 1000)
    assert width("한", 10) == 10
    assert broken("one two three", width("one two", 12) + 0.1, 12) == ["one two", "three"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60" viewBox="0 0 100 60">{}</svg>'
TEXT = '<g class="mark-text role-mark"><text transform="translate({},{})" font-size="12px">{}</text></g>'


def test_words_beyond_the_edge_come_in_and_words_on_words_part():
    drawing = SVG.format(TEXT.format(90, 30, "beyond") + TEXT.format(60, 31, "upon it"))
    assert out_of_frame(drawing) == ["beyond"]
    one, other = (w.box() for w in words_of(ET.fromstring(lettered(drawing))))
    assert one[2] <= 98
    assert other[3] <= one[1] or one[3] <= other[1] or other[2] <= one[0] or one[2] <= other[0]
    assert out_of_frame(lettered(drawing)) == []


def test_a_line_wider_than_the_picture_is_broken():
    drawing = SVG.format(TEXT.format(2, 40, "far too many words here"))
    (words,) = words_of(ET.fromstring(lettered(drawing)))
    assert len(words.lines) > 1
    assert " ".join(words.lines) == "far too many words here"
    assert out_of_frame(lettered(drawing)) == []
