"""Still pictures get their words on a page that leaves them out."""

import base64
import re

from tumen.brief import exhibits, model
from tumen.page.alt import TAIL, Alternatives
from tumen.page.session import Session
from tumen.page.show import stills
from tumen.page.tables import size


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
    made.tell(b"\x89PNG" + b"0" * 99 + b"a", "one", None, [])
    made.tell(b"\x89PNG" + b"0" * 99 + b"b", "two", None, [])
    assert sorted(made.words.values()) == ["one", "two"]


def test_a_narrow_page_gets_every_drawing_for_a_phone_and_a_wide_one_none(tmp_path):
    session, known = Session(tmp_path), {}
    for key in ("report.timeline", "report.map", "counting.estimates"):
        still, _ = stills(exhibits()[key], session)
        known[base64.b64encode(still.png).decode()[-TAIL:]] = still
    made = session.alternatives
    assert made.small == {}
    made.narrow = True
    still, _ = stills(exhibits()["crisis.hardship"], session)  # one that comes after the page has asked
    known[base64.b64encode(still.png).decode()[-TAIL:]] = still
    assert made.small.keys() == known.keys()
    for end, drawn in made.small.items():
        wide = float(re.search(r'<svg[^>]* width="([\d.]+)"', base64.b64decode(drawn).decode())[1])
        assert wide < 460 < size(known[end].png)[0]
