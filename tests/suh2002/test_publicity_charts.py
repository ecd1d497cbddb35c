"""The pictures of the publicity chapter: days beside cases, events in columns, people apart from months, one curve."""

import itertools
import re

import numpy as np
import pytest

from suh2002 import publicity, written
from suh2002.publicity import curves
from suh2002.publicity.charts import ENTERED, MONTHS, PEOPLE_TOP, PICTURES, QUIETLY, RETURNED
from suh2002.publicity.exhibits import CHRONICLE_ROWS, PUBLIC, RETURNS, TALKS
from suh2002.publicity.models import people_out
from tumen.brief import exhibits
from tumen.evidence.tables import table

WRITTEN = written()
BOTH = ("publicity.entries", "publicity.entries_since")


def shown(key, as_of=None):
    """The rows an exhibit shows."""
    exhibit = exhibits()[key]
    return exhibit.rows(lambda name: table(name, as_of=as_of or exhibit.as_of))


def drawn(key, as_of=None):
    """The rows its picture draws."""
    return PICTURES[key].rows(shown(key, as_of))


def of(rows, part):
    return [row for row in rows if row[0] == part]


# Entries and their days


def test_the_entries_are_cut_at_the_date_of_the_report_and_share_no_case():
    then, since = ([r["id"] for r in shown(key)] for key in BOTH)
    assert then == ["I01", "I06", "I08", "I09"]
    assert all(r["date_entry"] <= WRITTEN for r in shown(BOTH[0]))
    assert all(r["date_entry"] > WRITTEN for r in shown(BOTH[1]))
    assert not set(then) & set(since)
    assert "I16" not in since  # counted inside I13
    entries = {r["id"] for r in table("incidents").rows if r["kind"].startswith("asylum")} - {"I16"}
    assert {*then, *since} == entries


@pytest.mark.parametrize("key", BOTH)
def test_a_bar_is_as_long_as_the_table_says_and_no_bar_is_invented(key):
    rows = drawn(key)
    for case in shown(key):
        name = next(r[2] for r in rows if r[2].endswith(f"[{case['id']}]"))
        bars = [r for r in rows if r[2] == name and r[0] in ("days", "blocked", "unknown")]
        assert len(bars) == 1
        days = case["days_entry_to_leaving_china"]
        assert bars[0][5] == days
        assert (bars[0][0] == "unknown") is (days is None)
        assert (bars[0][0] == "blocked") is (days is not None and case["kind"].endswith("blocked"))
        assert f": {case['people']} [" in name
        assert bars[0][4].startswith(f"{case['id']}: ")


def test_days_are_those_between_the_two_dates():
    import datetime as dt

    for key in BOTH:
        for case in shown(key):
            if case["days_entry_to_leaving_china"] is not None:
                entered, left = (dt.date.fromisoformat(case[k]) for k in ("date_entry", "date_left_china"))
                assert (left - entered).days == case["days_entry_to_leaving_china"]


def test_a_day_known_from_memory_and_a_case_without_an_end_are_said():
    labels = [r[3] for r in of(drawn(BOTH[1]), "label")]
    assert sum("from memory" in words for words in labels) == 1
    assert sum("our source ends" in words for words in labels) == 4
    words = PICTURES[BOTH[1]].words(shown(BOTH[1]))
    assert "12 cases." in words
    assert "6 days, the last day from memory" in words
    assert "31 days" in words


def test_nothing_of_later_is_shown_under_an_early_date():
    assert shown(BOTH[1], as_of=WRITTEN) == []
    assert PICTURES[BOTH[1]].words([]).endswith("0 cases.")
    assert {e["date"][:4] for e in shown("publicity.chronicle", as_of=WRITTEN)} <= {"2000", "2001", "2002"}
    assert max(e["date"] for e in shown("publicity.chronicle", as_of=WRITTEN)) <= WRITTEN
    assert not of(drawn("publicity.chronicle", as_of=WRITTEN), "report line")


def test_no_route_helper_or_shelter_stands_in_an_exhibit():
    for exhibit in publicity.EXHIBITS:
        assert not {"third_country", "breakdown", "note", "url"} & set(exhibit.columns)


# The chronicle


def test_the_chronicle_is_in_order_and_every_event_is_its_row():
    events = shown("publicity.chronicle")
    assert len(events) == len(CHRONICLE_ROWS)
    for event in events:
        name, _, id = event["row"].partition(":")
        row = table(name).row(id)
        assert event["date"] in (row.get("date_entry"), row.get("date"), row.get("start"))
        people = row.get("people") or row.get("central")
        first = event["says"].split()[0].replace(",", "")
        assert not first.isdigit() or int(first) == people
        assert (event["known"] == "from memory") is (row["verified"] == "recalled")
        assert row["trust"] != "low"
    starts = [e["date"] for e in events]
    assert all(a[:7] <= b[:7] for a, b in itertools.pairwise(starts))
    heights = [r[2] for r in of(drawn("publicity.chronicle"), "event")]
    assert heights == sorted(set(heights))


def test_each_column_has_its_mark_and_its_place():
    rows = drawn("publicity.chronicle")
    for column in (PUBLIC, RETURNS, TALKS):
        assert len({r[1] for r in of(rows, column)}) == 1
        assert column in [r[3] for r in of(rows, "heading")]
    line = of(rows, "report line")[0][2]
    events = dict(zip((e["row"] + e["column"] for e in shown("publicity.chronicle")), of(rows, "event"), strict=True))
    assert events["timeline:T31" + TALKS][2] < line < events["incidents:I10" + PUBLIC][2]


def test_talks_went_on_after_one_entry_and_broke_off_after_an_airlift():
    """What the chapter says of the dates, from the rows."""
    at = {e["row"] + e["column"]: e["date"] for e in shown("publicity.chronicle")}
    assert at["incidents:I06" + PUBLIC] < at["timeline:T30" + TALKS] < at["timeline:T31" + TALKS] <= WRITTEN
    assert int(at["timeline:T30" + TALKS][8:]) - int(at["incidents:I06" + PUBLIC][8:]) == 11
    assert int(at["incidents:I07" + RETURNS][8:]) - int(at["incidents:I06" + PUBLIC][8:]) == 9
    airlift = table("incidents").row("I24")
    assert airlift["kind"] == "airlift"
    assert "afterwards North Korea broke off most talks" in airlift["outcome"]


# Dates of one event, wherever they stand

DAYS = {
    "incidents:I01": "26 June 2001",
    "incidents:I06": "14 March 2002",
    "incidents:I10": "8 May 2002",
    "incidents:I14": "31 May 2002",
    "incidents:I28": "7 November 2019",
}
SAME_EVENT = {"I01": "T25", "I06": "T27", "I10": "T33", "I24": "T51"}  # rows of the incidents and of the timeline


def test_a_day_is_the_same_in_the_tables_and_in_the_words_of_both_chapters():
    from tumen.core.files import shipped
    from tumen.evidence.dates import public_span, say

    incidents, timeline = table("incidents"), table("timeline")
    words = {b: next(shipped("workbooks").glob(f"{b}-*.ipynb")).read_text(encoding="utf-8") for b in ("01", "05")}
    for row, day in DAYS.items():
        assert say(public_span(incidents.row(row.partition(":")[2])["date_entry"])[0]) == day
        assert any(day in text for text in words.values()), day
    for case, event in SAME_EVENT.items():
        assert incidents.row(case)["date_entry"] == timeline.row(event)["date"]
    for text in words.values():
        assert re.search("eleven (of them|people) under 20", text)
        assert re.search("two (of them )?orphan girls", text)
    assert "eleven of the 25" in words["05"]


# Returns by year


def test_returns_are_whole_years_of_sources_not_of_low_trust_and_no_line_joins_them():
    rows = [r for r in shown("publicity.returns") if r["covers"]]
    assert [r["row"].partition(":")[2] for r in rows] == ["R01", "R02", "R03", "R05", "R11", "R14", "R15", "R16", "R17"]
    for r in rows:
        source = table("repatriations").row(r["row"].partition(":")[2])
        assert source["unit"] == "people per year"
        assert source["trust"] != "low"
        assert {k: source[k] for k in ("low", "central", "high")} == {k: r[k] for k in ("low", "central", "high")}
        assert (r["covers"] == "China") is (source["scope"] == "China")
    layers = PICTURES["publicity.returns"].spec(drawn("publicity.returns"))["layer"]
    assert "line" not in {layer["mark"]["type"] for layer in layers}


def test_an_entry_stands_where_its_day_lies_in_the_year():
    places = {r["row"]: r["time"] for r in shown("publicity.returns") if not r["covers"]}
    assert places["incidents:I01"] == pytest.approx(2001 + (177 - 183) / 365, abs=0.002)  # 26 June
    assert places["incidents:I06"] == pytest.approx(2002 + (73 - 183) / 365, abs=0.002)  # 14 March


def test_returns_before_the_entries_are_as_high_as_in_their_year():
    """What the chapter says of the yearly figures."""
    by_year = {int(r["time"]): r["central"] for r in shown("publicity.returns") if r.get("central")}
    assert min(by_year[1997], by_year[1998]) > by_year[2002]
    (highest,) = [r for r in shown("publicity.returns") if r.get("low")]
    assert (highest["when"], highest["scope"]) == ("2003", "China")
    assert highest["low"] > max(by_year.values())


# One entry


def entry_rows(**given):
    return PICTURES["publicity.entry"].rows(publicity.entry(**given), publicity.entry())


def lane(rows, name):
    return [r for r in rows if r[2] == name]


@pytest.mark.parametrize("given", [{}, {"quiet_exits": 0.003}, {"events": 5, "weight": 2}, {"extra_return": 0.001}])
def test_bars_are_people_for_each_entry_and_the_second_goes_on_where_the_first_ends(given):
    rows, result = entry_rows(**given), publicity.entry(**given)
    out = people_out(result)
    (entered,), (quiet,), (back,) = (
        of(lane(rows, ENTERED), "out"),
        of(lane(rows, QUIETLY), "out"),
        of(lane(rows, RETURNED), "back"),
    )
    assert entered[1] == 0
    assert entered[4] == quiet[1] == pytest.approx(out["entered"] / result["events"])
    assert quiet[4] == pytest.approx((out["entered"] + out["quiet"]) / result["events"])
    assert (back[1], back[4]) == (0, pytest.approx(out["returned"] / result["events"]))
    (even,) = of(rows, "even")
    assert even[1] == pytest.approx(result["break_even_return"] * result["at_risk"])
    assert even[1] == pytest.approx(quiet[4] / result["weight"])


def test_the_count_is_even_where_the_bar_of_returns_meets_the_stroke():
    result = publicity.entry()
    rows = entry_rows(extra_return=result["break_even_return"])
    assert of(rows, "back")[0][4] == pytest.approx(of(rows, "even")[0][1])


@pytest.mark.parametrize("months", [0, 1, 10, 12])
def test_months_are_squares_of_their_own_and_move_no_bar(months):
    rows = entry_rows(months_frozen=months)
    assert len(of(rows, "month")) == months
    assert len(of(rows, "month")) + len(of(rows, "no month")) == 12
    assert {r[2] for r in of(rows, "month") + of(rows, "no month")} == {MONTHS}
    for part in ("out", "back", "even"):
        assert of(rows, part) == of(entry_rows(), part)
    assert "Apart from that" in PICTURES["publicity.entry"].words(
        publicity.entry(months_frozen=months), publicity.entry()
    )


def test_bars_end_at_the_axis_and_the_words_say_what_lies_beyond():
    rows = entry_rows(extra_return=0.02, quiet_exits=0.005, at_risk=300_000)
    assert max(r[4] for r in of(rows, "out") + of(rows, "back")) == PEOPLE_TOP
    assert of(rows, "even") == []
    assert "beyond the picture" in of(rows, "even label")[0][3]
    assert sum("beyond the picture" in r[3] for r in of(rows, "here label")) == 2


@pytest.mark.parametrize("key", ["publicity.entry", "publicity.campaign"])
def test_the_weight_is_called_the_moral_question_under_every_picture_that_uses_it(key):
    assert "the moral question" in PICTURES[key].caption
    assert "the moral question" in model_of(key).verdict(model_of(key)())


def model_of(key):
    return {m.key: m for m in publicity.MODELS}[key]


def test_the_quiet_share_named_in_the_chapter_turns_the_count():
    assert publicity.entry(quiet_exits=0.001)["net"] == pytest.approx(-176.25)
    assert publicity.entry(quiet_exits=0.003)["net"] > 0


# A campaign


def campaign_rows(**given):
    return PICTURES["publicity.campaign"].rows(publicity.campaign(**given), publicity.campaign())


def test_three_lines_and_the_marks_lie_on_them():
    rows = campaign_rows(events=10)
    by_entry = {part: {r[1]: r[2] for r in of(rows, part)} for part in ("out", "returned", "net")}
    (first, none), *_, (last, all_out) = by_entry["out"].items()  # straight, as nobody gets out by quiet ways here
    assert (first, none) == (0, 0)
    for k, net in by_entry["net"].items():
        assert net == pytest.approx(all_out * k / last - by_entry["returned"][k], abs=1e-6)
    (lowest,), (even,), (dot,) = (of(rows, part) for part in ("turn", "even", "here"))
    assert lowest[2] == pytest.approx(min(by_entry["net"].values()), abs=1)
    assert (even[1], even[2]) == (pytest.approx(40, abs=1e-3), 0)
    assert (dot[1], dot[2]) == (10, pytest.approx(publicity.campaign(events=10)["net"]))
    assert max(r[1] for part in by_entry for r in of(rows, part)) <= 60


def test_those_who_get_out_by_quiet_ways_bend_the_line_as_the_model_does():
    rows = campaign_rows(quiet_exits=0.005)
    _, at, out, *_ = of(rows, "out")[10]
    assert out == pytest.approx(publicity.campaign(quiet_exits=0.005, most_returns=0, events=at)["net"])
    ends = {part: of(rows, part)[-1][1] for part in ("out", "returned", "net")}
    assert set(ends.values()) == {60}


def test_a_heavier_weight_moves_the_thick_line_only():
    plain, heavy = campaign_rows(), campaign_rows(weight=2)
    for part in ("out", "returned"):
        plain_at, heavy_at = ({r[1]: r[2] for r in of(rows, part)} for rows in (plain, heavy))
        at = [
            k for k in heavy_at if k <= max(plain_at)
        ]  # the heavier count reaches even later, so its entries lie wider
        drawn = np.interp(at, list(plain_at), list(plain_at.values()))
        assert len(at) > 1
        assert drawn == pytest.approx([heavy_at[k] for k in at], abs=max(plain_at.values()) / 50)
    assert "beyond the picture" in of(heavy, "even label")[0][3]


def test_a_campaign_that_never_falls_behind_has_no_turn():
    rows = campaign_rows(most_returns=0)
    assert of(rows, "turn") == of(rows, "even label") == []
    assert "never falls behind" in PICTURES["publicity.campaign"].words(
        publicity.campaign(most_returns=0), publicity.campaign()
    )


def test_at_entries_gives_what_the_model_gives():
    result = publicity.campaign(weight=3, quiet_exits=0.002)
    out, returned, net = curves.at_entries(result, 7)
    assert net == pytest.approx(publicity.campaign(weight=3, quiet_exits=0.002, events=7)["net"])
    assert out - 3 * returned == pytest.approx(net)
