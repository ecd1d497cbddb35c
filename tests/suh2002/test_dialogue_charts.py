"""Recognition and dialogue as drawn: what stands where, what is hollow, and that the dates are the tables' own."""

import itertools
import re

import numpy as np
import pytest

from suh2002 import dialogue
from suh2002.dialogue import curves
from suh2002.dialogue.exhibits import ARMS, EU_15, SEOUL, SPONSOR, SUMMITS, VOTES, in_years
from tumen.brief import picture
from tumen.core import Case, Override
from tumen.core.words import number
from tumen.evidence.tables import table

WRITTEN = "2002-05-07"


def known_then(name):
    return table(name, as_of=WRITTEN)


def drawn(thing, get=table):
    """The rows of an exhibit and the marks of its picture by part."""
    rows = thing.rows(get)
    marks = {}
    for part, *rest in picture(thing.key).rows(rows):
        marks.setdefault(part, []).append(rest)
    return rows, marks


def marks_of(model, **given):
    """The marks of a model's picture by part, in a setting and beside the start."""
    marks = {}
    for part, *rest in picture(model.key).rows(model(**given), model()):
        marks.setdefault(part, []).append(rest)
    return marks


def source(row_id):
    name = "timeline" if row_id.startswith("T") else "arrivals" if row_id.startswith("A") else "recognition"
    return table(name).row(row_id)


# Every exhibit


@pytest.mark.parametrize("exhibit", [e for e in dialogue.EXHIBITS if e.reads], ids=lambda e: e.key)
def test_rows_of_low_trust_are_left_out_and_recalled_ones_say_so(exhibit):
    for row in exhibit.rows(table):
        if "id" in row:
            assert source(row["id"])["trust"] != "low", row
            if "known" in row:
                assert (row["known"] == "from memory") is (source(row["id"])["verified"] == "recalled")


@pytest.mark.parametrize("exhibit", dialogue.EXHIBITS, ids=lambda e: e.key)
def test_an_exhibit_speaks_to_its_claims_and_says_what_it_leaves_out(exhibit):
    assert set(exhibit.claims) <= {f"S3P4-{x}" for x in "abcdefgh"} | {f"S3P5-{x}" for x in "abcdefg"}
    assert exhibit.leaves_out.endswith(".")
    assert exhibit.question.endswith("?")
    for row in exhibit.rows(table):
        assert set(exhibit.columns) <= set(row)


@pytest.mark.parametrize("exhibit", [e for e in dialogue.EXHIBITS if e.reads], ids=lambda e: e.key)
@pytest.mark.parametrize("rows", ["then", "none"])
def test_a_picture_stands_under_an_early_date_and_with_no_rows(exhibit, rows):
    found = exhibit.rows(known_then) if rows == "then" else []
    drawing = picture(exhibit.key)
    assert re.search(r"\d", drawing.words(found))
    assert drawing.png(drawing.rows(found), 1).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("date", "years"),
    [("2000-01-01", 0), ("2002-05-07", 2.345), ("2002-07", 2.537), ("1998-12", -1.044), ("2001", 1.498)],
)
def test_dates_are_counted_in_years_from_2000(date, years):
    assert in_years(date) == pytest.approx(years, abs=0.002)


# Who recognised Pyongyang


def test_the_steps_count_what_the_table_counts():
    rows, marks = drawn(dialogue.recognition)
    counted = source("N030")
    assert counted["unit"] == f"states of {len(EU_15)}"
    members = [r for r in rows if r["party"] in EU_15 and r["then"]]
    assert len(members) == counted["value"]
    heights = [y for _, y, *_ in marks["steps"]]
    assert heights == sorted(heights)
    assert heights[-1] == len(members)
    assert f"{len(members)} of {len(EU_15)} members" in picture("dialogue.recognition").words(rows)
    assert {r["party"] for r in rows if r["party"] in EU_15} == EU_15


def test_steps_stand_at_the_dates_of_their_rows():
    rows, marks = drawn(dialogue.recognition)
    late = [r for r in rows if r["party"] in EU_15 and r["then"] and r["relations since"] > "1999-10"]
    places = sorted(x for x, *_ in marks["member"])
    assert places == pytest.approx(sorted(in_years(r["relations since"]) for r in late))
    assert len(marks["member, from memory"]) == 1  # the five before 2000 stand as one hollow mark
    assert marks["member, from memory"][0][1] == sum(r["relations since"] < "1999" for r in rows)


def test_those_who_stayed_out_are_named_and_not_marked():
    _, marks = drawn(dialogue.recognition)
    labels = " ".join(label for part in ("below", "left", "right", "under") for _, _, label, *_ in marks[part])
    assert "France (none), Ireland (until Dec 2003, from memory)" in labels
    assert "none: United States and Japan" in labels
    assert len(marks["other"]) + len(marks["other, from memory"]) == 8


# Talks and votes


def test_each_recorded_vote_is_marked_once_as_announced_and_none_of_a_committee():
    rows, marks = drawn(dialogue.calendar)
    votes = [r for r in rows if r["lane"] == VOTES]
    assert len(marks["vote"]) == len(votes)
    assert not {"N047", "N058", "N050", "N053"} & {r["id"] for r in votes}
    recorded = {
        r["event_or_status"] for r in table("recognition").rows if r["kind"] == "un_vote" and r["yes"] is not None
    }
    assert len({source(r["id"])["event_or_status"] for r in votes}) == len(votes)
    assert {source(r["id"])["event_or_status"] for r in votes} == recorded - {"draft of A/RES/60/173"}
    assert {r["date"]: r["what"] for r in votes}["2009-12-18"] == "99-20-63"
    assert {r["date"]: r["what"] for r in votes}["2007-12-18"] == "101-22-59"
    for row in votes:
        of = source(row["id"])
        assert row["what"] == f"{of['yes']:.0f}-{of['no']:.0f}-{of['abstain']:.0f}"
    assert sorted(x for x, *_ in marks["vote"]) == [in_years(source(r["id"])["date"]) for r in votes]


def test_seoul_voted_as_the_task_and_the_picture_say():
    rows, marks = drawn(dialogue.calendar)
    seoul = {r["date"]: r["what"] for r in rows if r["lane"] == SEOUL}
    first_seven = [what for date, what in seoul.items() if date < "2009"]
    assert sorted(first_seven) == ["absent", *["abstains"] * 4, "yes", "yes"]
    assert [date[:4] for date, what in seoul.items() if what == "yes"][:2] == ["2006", "2008"]
    assert len(marks["absent"]) == 1
    assert len(marks["voted yes"]) == sum(r["what"] == "yes" for r in rows if r["lane"] == SEOUL)


def test_talks_on_rights_end_before_the_first_vote():
    rows, marks = drawn(dialogue.calendar)
    bar = marks["years"][0]
    assert (bar[0], bar[3]) == (1, 3)
    asked = [r for r in rows if r["id"] == "N100"]
    assert [(r["date"], r["lane"]) for r in asked] == [("2002-06", "EU talks on rights")]
    assert any("expects improvements" in label for _, _, label, *_ in marks["from under"])
    assert bar[3] <= min(r["at"] for r in rows if r["lane"] == VOTES)
    assert not [r for r in dialogue.calendar.rows(known_then) if r["lane"] in (VOTES, SEOUL)]


# Partners and trust


def test_partners_stand_where_the_model_puts_them():
    rows, marks = drawn(dialogue.partners)
    for row, (name, given) in zip(rows, dialogue.parties.items(), strict=True):
        result = dialogue.holdup(**given)
        assert row["partner"] == name
        assert [row["from"], row["to"]] == [result["trust"], result["trust_needed"]]
        assert row["holds"] is result.findings[0].holds is True
        assert [x for x, y, *_ in marks["needed"] if y == name] == [result["trust_needed"]]
        assert row["recognition first"] == number(result["engage"], 2)
        assert row["trust"].endswith("(assumption)")


def test_partners_follow_a_case_but_for_what_makes_them_partners():
    case = Case(overrides={"dialogue.holdup": {"patience": Override(0.6), "trust": Override(0.9)}})
    rows = dialogue.partners.under(case).rows()
    assert [r["from"] for r in rows] == [g["trust"] for g in dialogue.parties.values()]
    assert rows[0]["to"] == pytest.approx(0.6)


def test_trust_follows_the_dated_votes_to_the_end_of_their_run():
    rows = dialogue.trust.rows(table)
    voted = {int(r["date"][:4]) for r in table("recognition").rows if r["kind"] == "un_vote" and r["yes"]}
    assert [r["start of"] for r in rows] == list(range(2001, 2013))
    for before, after in itertools.pairwise(rows):
        fell = after["vote the year before"] == "yes"
        assert fell is (before["start of"] in voted)
        assert all((b > a) is fell for b, a in zip(before["trust"], after["trust"], strict=True))
    little, middle, much = rows[-1]["trust"]
    assert little > middle > much
    path = curves.trust_over_time(dialogue.holdup(trust=0.6), [y in voted for y in range(2001, 2012)])
    assert [r["trust"][1] for r in rows] == pytest.approx(path.tolist())
    assert [r["start of"] for r in dialogue.trust.rows(known_then)][-1] == 2003


# 2002, and the arrivals since


def test_openings_stand_up_and_closings_hang_down():
    rows, marks = drawn(dialogue.spring)
    for row in rows:
        tops = [top for x, _, _, top in marks["stem"] if x == row["at"]]
        assert [np.sign(t) for t in tops] == {"opens": [1], "closes": [-1]}.get(row["our reading"], [])
    assert [y for _, y, *_ in marks["report"]] == [0]
    assert not [r for r in rows if r["known"] == "from memory"]
    tops = [y for _, y, *_ in marks["read"]]
    assert len(set(tops)) == len(tops) and all(-5.4 < y < 7.6 for y in tops)


def test_the_summer_after_the_report_is_told_between_the_clash_and_the_crisis():
    rows, _ = drawn(dialogue.spring)
    ids = [r["id"] for r in rows]
    assert [r["at"] for r in rows] == sorted(r["at"] for r in rows)
    summer = ids[ids.index("T37") + 1 : ids.index("T41")]
    assert summer == ["T38", "T71", "T72", "T73", "T39", "T74", "T75"]
    assert {r["our reading"] for r in rows if r["id"] in summer} == {"opens"}
    assert source("T71")["date"] == "2002-07-25" and source("T72")["date"] == "2002-07-31"


def test_the_calendar_runs_on_to_the_summits_of_2018_and_2019_and_to_seoul_as_co_sponsor():
    rows, marks = drawn(dialogue.calendar)
    met = [r["date"] for r in rows if r["lane"] == SUMMITS]
    assert met[-3:] == ["2018-04-27", "2018-06-12", "2019-02-27"]
    sponsor = [r for r in rows if r["lane"] == SPONSOR]
    bars = [(x, x2) for x, lane, _, x2 in marks["years"] if lane == SPONSOR]
    assert bars[0] == (8, 19)  # 2008 to the end of 2018
    assert bars[1] == (in_years("2022-10-31"), in_years("2025-11-12"))
    assert [label for _, lane, label, _ in marks["under"] if lane == SPONSOR] == ["not 2019 to 2021"]
    assert not any(x < y < x2 for x, x2 in bars for y in (19.5, 20.5, 21.5))
    assert all(source(r["id"])["verified"] == "seen" for r in sponsor)
    assert not [r for r in dialogue.calendar.rows(known_then) if r["lane"] in (SPONSOR, ARMS)]


def test_arrivals_close_with_the_ministrys_sums():
    rows, marks = drawn(dialogue.climate)
    years = {r["year"]: r for r in rows if not r["event"]}
    assert list(years) == list(range(1998, 2026))
    assert sum(years[y]["arrivals"] for y in (1999, 2000, 2001)) == source("A02")["total"]
    total = source("A01")["total"] + sum(r["arrivals"] for y, r in years.items() if y > 1998)
    assert total == 34_537
    assert [y for _, y, *_ in marks["all"]] == [r["arrivals"] for r in years.values()]
    assert all(r["women"] == "" or r["women"] <= r["arrivals"] for r in years.values())
    assert len(marks["women"]) == len(years) - 1
    assert max(years.values(), key=lambda r: r["arrivals"])["year"] == 2009


# The hold-up


@pytest.mark.parametrize(
    "given",
    [{}, {"trust": 0.8}, {"trust": 0.8, "votes": "two"}, {"patience": 0.6, "kept": "ten"}, {"prize": 0.0, "flow": 4.0}],
)
def test_the_dot_lies_on_its_line_and_is_filled_where_the_finding_holds(given):
    result, marks = dialogue.holdup(**given), marks_of(dialogue.holdup, **given)
    part, other = ("here", "here not") if result.findings[0].holds else ("here not", "here")
    ((here, height),) = marks[part]
    assert other not in marks
    assert height == result["linkage"]
    xs, ys = np.array([m[:2] for m in marks["linked"]]).T
    assert np.interp(here, xs, ys) == pytest.approx(height, abs=0.02)
    assert {y for _, y in marks["first"]} == {result["engage"]}
    assert marks["needed"][0][0] == result["trust_needed"]
    assert ("start here" in marks) is bool(given)


def test_a_history_walks_along_the_thin_line():
    marks = marks_of(dialogue.holdup, trust=0.6, kept="two", votes="three")
    assert len(marks["step"]) == 2 + 3 - 1
    assert marks["said"][0][0] == 0.6
    trust, demands = zip(*curves.steps_of_trust(dialogue.holdup(trust=0.6, kept="two", votes="three")), strict=True)
    assert trust[:3] == pytest.approx([0.6, 0.64, 0.676])
    assert demands[-1] == pytest.approx(dialogue.holdup(trust=0.6, kept="two", votes="three")["linkage"])
    assert "said" not in marks_of(dialogue.holdup, trust=0.6)


def test_lines_by_trust_are_the_models_own():
    result = dialogue.holdup(votes="one", prize=8)
    marks = marks_of(dialogue.holdup, votes="one", prize=8)
    assert marks["first"] == [[0, result["engage"]], [1, result["engage"]]]
    for trust, linked in marks["linked"]:
        assert linked == curves.carried(result, trust) == dialogue.holdup(prize=8, trust=trust)["linkage"]


def test_what_is_too_large_for_the_picture_is_said():
    marks = marks_of(dialogue.holdup, flow=4, patience=0.98, trust=1, prize=12)
    assert "beyond the picture" in marks["first label"][0][2]
    assert "beyond the picture" in marks["here label"][0][2]
    assert "beyond the picture" in marks_of(dialogue.trigger, temptation=20)["gain label"][0][2]


# One gain, many losses


@pytest.mark.parametrize(
    "given", [{}, {"temptation": 8}, {"reward": 4, "punishment": 0}, {"temptation": 4.5, "reward": 4}]
)
def test_the_hollow_bars_add_up_to_the_filled_one(given):
    result, marks = dialogue.trigger(**given), marks_of(dialogue.trigger, **given)
    ((_, _, _, gain, *_),) = marks["gain"]
    assert gain == pytest.approx(result["temptation"] - result["reward"])
    assert sum(y for *_, y in marks["loss"]) == pytest.approx(-gain)
    each = [-y for *_, y in marks["loss"]][:-1]
    assert np.divide(each[1:], each[:-1]) == pytest.approx(result["patience_needed"])
    assert each[0] == pytest.approx((result["reward"] - result["punishment"]) * result["patience_needed"])
    assert ("start gain" in marks) is bool(given)


def test_six_members_came_within_two_months_as_the_prediction_says():
    rows = dialogue.recognition.rows(table)
    wave = [r["relations since"] for r in rows if r["party"] in EU_15 and r["relations since"].startswith("2001")]
    assert len(wave) == 6
    assert in_years(max(wave)) - in_years(min(wave)) < 2 / 12
