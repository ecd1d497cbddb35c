"""Still pictures get their words on a page that leaves them out."""

import base64

from tumen.brief import exhibits, model
from tumen.page.alt import TAIL, Alternatives
from tumen.page.session import Session
from tumen.page.show import stills
from tumen.page.still import size


def test_every_picture_shown_is_known_by_the_end_of_its_data(tmp_path):
    session = Session(tmp_path)
    for thing in (model("counting.ceiling"), exhibits()["counting.estimates"]):
        still, _ = stills(thing, session)
        data = base64.b64encode(still.png).decode()
        assert session.alternatives.words[data[-TAIL:]] == still.words
    assert len(session.alternatives.words) == 2


def test_a_table_alone_needs_none(tmp_path):
    session = Session(tmp_path)
    stills(exhibits()["report.who"], session)
    assert session._alternatives is None


def test_two_pictures_of_one_size_are_told_apart():
    made = Alternatives()
    made.tell(b"\x89PNG" + b"0" * 99 + b"a", "one")
    made.tell(b"\x89PNG" + b"0" * 99 + b"b", "two")
    assert sorted(made.words.values()) == ["one", "two"]


def test_a_picture_laid_out_for_a_phone_brings_that_drawing_too(tmp_path):
    session = Session(tmp_path)
    for key, laid_out in (("report.timeline", True), ("report.map", True), ("counting.estimates", False)):
        still, _ = stills(exhibits()[key], session)
        end = base64.b64encode(still.png).decode()[-TAIL:]
        assert (end in session.alternatives.small) == laid_out, key
        if laid_out:
            small = base64.b64decode(session.alternatives.small[end])
            assert small.startswith(b"\x89PNG") and size(small)[0] < 430 < size(still.png)[0]
