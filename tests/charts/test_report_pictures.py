"""The pictures of the whole report: what is drawn, in words and in marks that do not rest on colour."""

import itertools
import re
from functools import cache

import pytest
from colours import contrast

from suh2002.report.charts import PICTURES
from tumen.brief import exhibits, picture
from tumen.charts.argument import MAP, SIZE, STATUS, WIDE, Drawn
from tumen.charts.style import PAPER
from tumen.evidence.argument import argument
from tumen.evidence.ledger import claims
from tumen.evidence.package import schema
from tumen.evidence.tables import table

ARGUMENT = argument()
THEN = {c.id: c.status_at_writing for c in claims()}
SINCE = {c.id: c.status for c in claims()}
# the claims with a finding that has a margin: only these can fail
GAUGED = frozenset(
    f"S{x}" for x in ("1P3-i", "2P1-c", "2P3-d", "2P3-f", "2P4-d", "3P1-c", "3P1-f", "3P1-i", "3P2-e", "3P3-e", "3P3-f")
)


def drawn(taken=(), joined=None, status=THEN, failing=frozenset()):
    return Drawn(ARGUMENT, ARGUMENT.without(taken, joined), joined or {}, status, failing)


def part(rows, *names):
    return [r for r in rows if r[0] in names]


def below(now):
    """The words under each point, by its place."""
    rows = MAP.rows(now)
    return {r[3].partition(" · ")[0]: r[3].partition(" · ")[2] for r in part(rows, "below")}


@cache
def rows_of_exhibit(key, day=None):
    return exhibits()[key].rows(lambda name: table(name, as_of=day))


@pytest.mark.parametrize("key", PICTURES)
def test_every_picture_is_drawn_with_its_rows_in_place(key):
    drawn_here = PICTURES[key]
    rows = drawn_here.rows(rows_of_exhibit(key))
    spec = drawn_here.spec(rows)
    assert spec["params"][0]["name"] == "rows"
    assert len(spec["params"][0]["value"]) == len(rows) > 20
    assert all(len(r) == len(drawn_here.columns) for r in rows)
    parts = set(re.findall(r"datum\.part === '([^']+)'", str(spec)))
    assert {r[0] for r in rows} <= parts
    assert (spec["width"], spec["height"]) == drawn_here.size
    assert drawn_here.png(rows, 1).startswith(b"\x89PNG")


@pytest.mark.parametrize("key", PICTURES)
def test_every_mark_lies_inside_the_picture(key):
    drawn_here = PICTURES[key]
    columns = drawn_here.columns
    for day in (None, "2002-05-07"):
        for r in drawn_here.rows(rows_of_exhibit(key, day)):
            row = dict(zip(columns, r, strict=True))
            for name, limit in (
                ("x", drawn_here.size[0]),
                ("x2", drawn_here.size[0]),
                ("y", drawn_here.size[1]),
                ("y2", drawn_here.size[1]),
            ):
                if row.get(name) is not None:
                    assert 0 <= row[name] <= limit, r


@pytest.mark.parametrize("key", PICTURES)
def test_the_words_say_what_is_drawn(key):
    drawn_here = PICTURES[key]
    words = drawn_here.words(rows_of_exhibit(key))
    assert len(words) > 200 and re.search(r"\d", words)
    assert words.endswith(".") and "!" not in words
    labels = [r[3] for r in drawn_here.rows(rows_of_exhibit(key)) if r[0] in ("event", "name", "label", "report")]
    assert sum(label in words for label in labels) > 0.3 * len(labels)


def test_the_words_of_the_map_go_through_every_conclusion():
    words = MAP.words(drawn(["S2P3-d"]))
    for id in ARGUMENT.conclusions():
        assert ARGUMENT.points[id].short in words
    assert "S2P3-f, about 100,000 is nearer: loses all support; carried by S2P2-e with S2P3-d" in words


def test_pictures_are_found_by_their_exhibits():
    for key in PICTURES:
        assert picture(key) is PICTURES[key]
    assert picture("report.who") is None


# --- the map of the argument ------------------------------------------------------------------------------


def test_every_status_of_the_ledger_has_words_and_a_colour_that_can_be_read():
    fields = {f.name: f.words for f in schema("claims").fields}
    said = {*fields["status"], *fields["status_at_writing"]}
    assert set(STATUS) == {words.removesuffix(" in May 2002") for words in said}
    for short, colour in STATUS.values():
        assert short
        assert contrast(colour, PAPER) >= 4.5


def test_each_point_stands_once_with_its_claim_and_its_status_in_words():
    rows = MAP.rows(drawn())
    assert len(part(rows, "point", "heavy", "gone")) == len(part(rows, "label")) == len(ARGUMENT.points)
    assert len(part(rows, "heavy")) == 16
    assert not part(rows, "gone", "strike", "edge gone")
    said = below(drawn())
    assert said["S2P3-d"] == "plausible"
    assert said["S3P3-f"] == "asserted"
    assert said["S3P1-f"] == "a value"
    assert below(drawn(status=SINCE))["S2P3-d"] == "a model’s"
    assert {said["unsaid"], said["tables"]} == {"in our words", "not in the report"}


def test_what_is_taken_is_struck_and_hollow_and_what_falls_is_hollow_and_says_so():
    now = drawn(["S2P3-d"])
    rows = MAP.rows(now)
    assert len(part(rows, "strike")) == 1
    assert len(part(rows, "gone")) == 2  # the premise and the 100,000
    said = below(now)
    assert said["S2P3-d"] == "taken away"
    assert said["S2P3-f"] == "all support lost"
    assert said["S2P2-e"] == "1 of 2 legs left"
    assert said["S2P3-e"] == "plausible"
    assert len(part(rows, "edge gone")) == 3  # to two conclusions, and on from where two premises meet


def test_premises_needed_together_meet_in_a_dot_and_legs_have_an_arrow_each():
    rows = MAP.rows(drawn())
    many = sum(len(g.premises) > 1 for g in ARGUMENT.legs if not g.reading)
    assert len(part(rows, "meet")) == many
    assert len(part(rows, "head")) == sum(not g.reading for g in ARGUMENT.legs)
    linked = MAP.rows(drawn(joined={"S1P3-f": "washington"}))
    assert len(part(linked, "edge")) == len(part(rows, "edge")) + 1


def test_a_failing_finding_is_marked_in_words():
    assert below(drawn(failing=frozenset({"S3P5-g"})))["S3P5-g"] == "plausible; model: no"
    assert "model: no" not in " ".join(below(drawn()).values())


def test_no_label_is_wider_than_its_box():
    for status in (THEN, SINCE):
        check_widths(drawn(status=status, failing=GAUGED))
    check_widths(drawn(["S1P3-f"], {"S1P3-f": "washington"}))
    assert SIZE[0] <= 780


def check_widths(now):
    rows = MAP.rows(now)
    assert all(5.9 * len(r[3]) < WIDE - 11 for r in part(rows, "label"))
    assert all(len(r[3]) <= 30 for r in part(rows, "below")), max((r[3] for r in part(rows, "below")), key=len)


# --- the timeline ------------------------------------------------------------------------------------------


def test_what_the_author_could_not_know_has_a_column_of_its_own_and_stands_below_on_a_phone():
    timeline = PICTURES["report.timeline"]
    rows = timeline.rows(rows_of_exhibit("report.timeline"))
    first, second = part(rows, "head")
    left = {r[4].partition(":")[0]: r[1] for r in rows if r[0] == "date"}
    assert left["T32"] < second[1] < left["T33"] and first[5] < second[1]
    early = timeline.rows(rows_of_exhibit("report.timeline", "2002-05-07"))
    assert len(part(early, "head")) == 1

    phone, moved = timeline.small(rows)
    assert phone.size[0] < 380 and len(moved) == len(rows)
    assert {r[3] for r in moved} == {r[3] for r in rows}
    heights = {r[4].partition(":")[0]: r[2] for r in moved if r[0] == "date"}
    _, cut = part(moved, "head")
    assert heights["T32"] < cut[2] < heights["T33"] < max(heights.values()) < phone.size[1]
    assert len(set(heights.values())) == len(heights)
    for of, made in ((timeline, rows), (phone, moved)):
        assert all(r[1] + 5.9 * len(r[3]) < of.size[0] for r in made if r[0] in ("event", "report"))


def test_a_timeline_is_as_long_as_its_events():
    full = PICTURES["report.timeline"]
    assert full.fit(full.rows(rows_of_exhibit("report.timeline"))).size == full.size
    rows = full.rows(rows_of_exhibit("report.timeline", "2001-01-01"))
    few = full.fit(rows)
    assert few.size[1] < full.size[1] / 3
    spec = few.spec(rows)
    tall = next(x for x in spec["layer"] if "y" in x["encoding"])["encoding"]["y"]["scale"]["domain"]
    assert tall == [few.size[1], 0] == [spec["height"], 0]
    assert max(row[2] for row in rows) < few.size[1]


def test_dates_are_written_as_far_as_they_are_sure():
    from tumen.evidence.dates import short

    assert short("2002-03-14", year=False) == "14 Mar"
    assert short("2004-06", year=False) == "Jun"


def test_on_a_phone_the_map_of_provinces_keeps_its_blocks_apart_and_its_words_inside():
    provinces = PICTURES["report.map"]
    rows = provinces.rows(rows_of_exhibit("report.map"))
    phone, moved = provinces.small(rows)
    assert phone.size[0] <= 416
    blocks = [r for r in moved if r[0] in ("country", "province")]
    assert len(blocks) == len([r for r in rows if r[0] in ("country", "province")])
    for a, b in itertools.combinations(blocks, 2):
        assert a[5] <= b[1] or b[5] <= a[1] or a[6] <= b[2] or b[6] <= a[2], (a, b)
    said = [r for r in moved if r[0] in ("name", "says")]
    assert sorted(w for r in said for w in r[3].split()) == sorted(
        w for r in rows if r[0] in ("name", "says") for w in r[3].split()
    )
    for r in said:
        half = 3 * len(r[3])
        assert [b for b in blocks if b[1] <= r[1] - half and r[1] + half <= b[5] and b[2] + 6 <= r[2] <= b[6] - 6], r
    assert all(r[6] is None or r[6] <= phone.size[1] for r in moved)
