"""Every picture as it is printed, on a wide page and on a phone: its words stand in the frame, apart, and on no line or mark."""

import xml.etree.ElementTree as ET

import pytest
from drawn import EXHIBITS, MODELS, PICTURES, all_rows

from tumen.analysis import weightiest
from tumen.charts.lettering import HALO, frame, lettered, settled, touch, words_of
from tumen.charts.phone import phone_svg
from tumen.charts.shapes import shapes_of
from tumen.core import Problem

TABLES = {"choice.legal_path"}  # of sentences: read on a phone in its own width


def settings(key):
    """The starting case, and the ends of the control that stands first."""
    yield all_rows(key)[0]
    if key in EXHIBITS:
        return
    model = MODELS[key]
    start = model()
    first = weightiest(model, tuple(q.key for q in model.quantities if q.kind != "fixed"))[:1]
    for q in model.quantities:
        for end in (q.low, q.high) if q.sampled and q.key in first else ():
            try:
                yield PICTURES[key].rows(model(**{q.key: end}), start)
            except Problem:
                continue  # what cannot be so is not drawn


def troubles(svg: str) -> list[tuple[str, str]]:
    """What is wrong with the words of a drawing: out of its frame, on each other, on a mark, or on a line that does not stop for them."""
    root = ET.fromstring(svg)
    shapes, (left, top, right, bottom), before, found = shapes_of(root), frame(root), [], []
    for words in words_of(root):
        box, said = words.box(), " / ".join(words.lines)
        if box[0] < left or box[1] < top or box[2] > right + 0.1 or box[3] > bottom + 0.1:
            found.append(("out", said))
        if words.angle % 90:
            continue
        inner = box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1
        found += [("words", f"{said} on {other}") for b, other in before if touch(inner, b)]
        before.append((inner, said))
        stops = HALO.items() <= words.tag.attrib.items()
        found += [("mark" if s.solid else "line", said) for s in shapes if s.met_by(inner) and (s.solid or not stops)]
    return found


@pytest.mark.parametrize("key", PICTURES)
def test_words_stand_on_nothing_on_a_wide_page_and_on_a_phone(key):
    for rows in settings(key):
        assert troubles(PICTURES[key].svg(rows)) == []
        small = phone_svg(PICTURES[key], rows)
        if small is None:
            assert key in TABLES
        else:
            assert troubles(small) == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80" viewBox="0 0 200 80">{}{}</svg>'
TEXT = '<g class="mark-text role-mark"><text transform="translate(60,{})" font-size="12px">some words</text></g>'
DOT = '<g class="mark-symbol role-mark"><path transform="translate(90,{})" d="M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0" fill="#1F2328"/></g>'
LINE = '<g class="mark-rule role-mark"><line transform="translate(0,{})" x2="200" y2="0" stroke="#1F2328" stroke-width="2"/></g>'


@pytest.mark.parametrize(("mark", "kind"), [(DOT, "mark"), (LINE, "line")])
def test_words_on_a_mark_or_a_line_are_found_and_set_beside_it(mark, kind):
    drawing = SVG.format(mark.format(40), TEXT.format(44))
    assert troubles(drawing) == [(kind, "some words")]
    assert settled(drawing)[1:] == (0, 0)
    (words,) = words_of(ET.fromstring(lettered(drawing)))
    assert troubles(lettered(drawing)) == []
    assert abs(words.y - 44) <= 16
    assert "paint-order" not in words.tag.attrib


def test_a_line_stops_before_words_that_have_no_other_place():
    lines = "".join(LINE.format(y) for y in range(4, 80, 6))
    drawing = lettered(SVG.format(lines, TEXT.format(44)))
    (words,) = words_of(ET.fromstring(drawing))
    assert words.tag.get("paint-order") == "stroke"
    assert troubles(drawing) == []


def test_what_is_cut_off_at_a_frame_is_not_there():
    cut = '<defs><clipPath id="c"><rect x="0" y="0" width="200" height="20"/></clipPath></defs>'
    drawing = SVG.format(cut, f'<g clip-path="url(#c)">{LINE.format(40)}</g>' + TEXT.format(44))
    assert troubles(drawing) == []
