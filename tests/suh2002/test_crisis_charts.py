"""The pictures of the crisis theme: what each draws of its model or of its rows, and what the words beside it say."""

from itertools import pairwise

import pytest

from suh2002 import crisis
from suh2002.crisis import curves
from suh2002.crisis import quantities as q
from suh2002.crisis.charts import PICTURES
from tumen.core import find_flips
from tumen.core.words import number
from tumen.evidence.tables import table

ARRIVALS, IN_CHINA, EAST_GERMANY = (e.value for e in crisis.exits)
ONE_CHANGED = (0, 2, 2, *range(3, 100))


def drawn(model, **given):
    """The picture's rows for a setting, by their part, without the part."""
    found = {}
    picture = PICTURES[model.key]
    for part, *row in picture.rows(model(**given), model()):
        found.setdefault(part, []).append(row)
    return found


def shown(exhibit, as_of=None):
    """The exhibit's rows, and its picture's by their part."""
    rows = exhibit.rows(lambda name: table(name, as_of=as_of))
    found = {}
    for part, *row in PICTURES[exhibit.key].rows(rows):
        found.setdefault(part, []).append(row)
    return rows, found


def labels(rows):
    return [row[2] for row in rows]


def test_every_model_and_exhibit_has_its_picture():
    assert set(PICTURES) == {x.key for x in (*crisis.MODELS, *crisis.EXHIBITS)}


# The cascade


def test_cascade_rests_where_the_curve_meets_the_diagonal():
    result, parts = crisis.cascade(), drawn(crisis.cascade)
    ((x, y, *_),) = parts["rest"]
    assert x == y == result["acting"]
    assert "rest not" not in parts
    assert parts["said label"][0][2] == "rests: 1.3 in 100 act"
    tipped = drawn(crisis.cascade, exit_share=EAST_GERMANY)
    assert tipped["rest not"][0][0] > 0.99
    assert "rest" not in tipped
    assert "turn" not in tipped


def test_point_of_no_return_parts_the_crowds_that_stop_from_those_that_go_on():
    result = crisis.cascade()
    turn = curves.no_return(result)
    parts = drawn(crisis.cascade)
    assert parts["turn"] == [[turn, turn]]
    assert labels(parts["turn label"]) == ["no return: 16 in 100"]
    below, above = (float(curves._next(result, turn + step)) for step in (-1e-3, 1e-3))
    assert below < turn - 1e-3
    assert above > turn + 1e-3
    assert curves.no_return(crisis.cascade(fear=0.2)) is None
    assert curves.no_return(crisis.cascade(spread=0.6)) is None


def test_rounds_climb_between_curve_and_diagonal_to_the_resting_point():
    steps = drawn(crisis.cascade, exit_share=IN_CHINA)["rounds"]
    assert steps[0][:2] == [0, 0]
    assert all(b[0] >= a[0] and b[1] >= a[1] for a, b in pairwise(steps))
    result = crisis.cascade(exit_share=IN_CHINA)
    assert steps[-1][0] == steps[-1][1] == pytest.approx(result["acting"], abs=2e-3)
    for before, after in zip(steps[::2], steps[1::2], strict=False):  # upright to the curve
        assert before[0] == after[0]
        assert after[1] == pytest.approx(float(curves._next(result, before[0])))


def test_corner_says_what_one_leaver_must_count_for():
    said = labels(drawn(crisis.cascade)["exits label"])
    assert said[1:] == [
        "1,310 for arrivals",
        "7.6 for people in China",
        "2.49 for East Germany: met",
    ]
    assert labels(drawn(crisis.cascade, signal=2.4)["exits label"])[-1].endswith("East Germany")
    words = PICTURES["crisis.cascade"].words(crisis.cascade(), crisis.cascade())
    assert "1,310 for arrivals; 7.6 for people in China; 2.49 for East Germany: met." in words
    assert "From 16 in 100 acting on" in words


# The drain


def test_drain_marks_where_fewest_act_and_how_large_three_exits_were():
    parts = drawn(crisis.drain)
    at, least = curves.calmest_exit(crisis.drain())
    assert parts["calmest"][0][:2] == [at, least]
    assert labels(parts["calmest label"]) == ["fewest act if 2 in 100 leave"]
    cases = [parts[e.speaker][0][0] for e in crisis.exits]
    assert cases == [ARRIVALS, IN_CHINA, EAST_GERMANY]
    assert parts["without"][0][1] == crisis.drain()["acting_without_exit"]
    assert labels(drawn(crisis.drain, signal=6)["calmest label"]) == ["every exit stirs"]
    words = PICTURES["crisis.drain"].words(crisis.drain(signal=1), crisis.drain())
    assert f"starting case {number(crisis.drain()['acting'])}" in words and "fewest act if 1.3 in 100 leave" in words


def test_drain_says_what_lies_beyond():
    assert labels(drawn(crisis.drain)["here label"]) == ["0.79 in 100"]
    assert "beyond the picture" in labels(drawn(crisis.drain, exit_share=0.2)["here label"])[0]


@pytest.mark.parametrize("given", [{}, {"signal": 3}, {"signal": 0}, {"fear": 0.2}, {"spread": 0.15, "signal": 0.5}])
def test_line_of_exits_is_the_models_own_and_has_both_sides_of_every_leap(given):
    line = drawn(crisis.drain, **given)["line"]
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    for x, y in line:
        assert crisis.drain(**given, exit_share=x)["acting"] == pytest.approx(y, abs=1e-12)
    for (x, y), (after, then) in pairwise(line):
        if abs(then - y) > 0.3:
            assert after - x < 2e-6
        elif not y == then == 0 and min(y, then) < 0.999:
            assert after - x < 2e-3


# The crowd


def test_crowd_fills_those_who_act_and_rings_the_one_it_stops_at():
    whole = drawn(crisis.crowd)
    assert len(whole["acts"]) == 100
    assert "ring" not in whole
    assert whole["notes label"][-1][2] == "if person 2 waited for 2, 1 would act"
    changed = drawn(crisis.crowd, thresholds=ONE_CHANGED)
    assert len(changed["acts"]) == 1
    assert len(changed["waits"]) == 99
    assert changed["ring"][0][:2] == changed["stop"][0][:2] == [1, 2]
    said = labels(changed["notes label"])
    assert said == [
        "they wait for 0, 2, 2, 3, 4 and so on",
        "the next (ringed) waits for 2, sees 1",
        "if person 2 waited for 1, 100 would act",
    ]
    assert labels(changed["start order label"]) == ["starting case: 100 of 100 act"]


@pytest.mark.parametrize("thresholds", [(0,), (3,), (0, 1, 1, 5, 6), ONE_CHANGED, tuple(range(100))])
def test_one_changed_person_is_counted_anew(thresholds):
    result = crisis.crowd(thresholds=thresholds)
    place, threshold, then = curves.one_changed(result)
    ordered = sorted(thresholds)
    ordered[place] = threshold
    assert crisis.crowd(thresholds=ordered)["acting"] == then
    assert threshold == (result["acting"] if result["acting"] < len(thresholds) else place + 1)


def test_crowd_beyond_the_picture_is_said():
    assert "beyond the picture" in drawn(crisis.crowd, thresholds=range(200))["head label"][0][2]
    assert "beyond the picture" not in drawn(crisis.crowd)["head label"][0][2]


# Survival


def test_stems_stand_in_the_ratio_that_is_written():
    parts = drawn(crisis.survival)
    heights = [parts["stems"][top][1] for top in (1, 3)]
    assert heights[0] / heights[1] == pytest.approx(crisis.survival()["likelihood_ratio_to_1pct"])
    assert parts["ratio label"][0][2] == "1 in 100 explains 23 years 2.58 times as well"
    assert heights[0] == parts["reference"][0][1] == crisis.survival(hazard=0.01)["probability"]
    assert "here" not in drawn(crisis.survival, hazard=0.3)
    assert "beyond the picture" in drawn(crisis.survival, hazard=0.3)["here label"][0][2]


# The comparison


def test_bars_add_up_to_the_similarity():
    for given in ({}, {"weight_media": 0, "weight_rival_state": 3, "match_exit_rate": 1}):
        parts = drawn(crisis.comparison, **given)
        alike = sum(row[3] - row[0] for row in parts["alike"])
        assert parts["total"][0][3] == crisis.comparison(**given)["similarity"] == pytest.approx(alike)
        assert sum(row[3] - row[0] for row in parts["weight"]) == pytest.approx(1)
    assert parts["start total"][0][0] == crisis.comparison()["similarity"]
    said = dict(zip((row[1] for row in parts["weight label"]), labels(parts["weight label"]), strict=True))
    assert said["reach of media from outside"] == "unlike, no weight"
    assert said["share of the people leaving"] == "alike"
    assert labels(parts["weight label"]).count("partly") == 3


def test_comparison_names_every_dimension_in_order():
    names = [row[1] for row in drawn(crisis.comparison)["name"]]
    assert names[:-1] == [m.label.removeprefix("alike: ") for m in q.MATCHES]
    assert names[-1] == "all nine together"


def test_no_single_score_turns_the_finding_as_the_chapter_says():
    flips = find_flips(crisis.comparison, "S2P4-d", names=[m.key for m in q.MATCHES])
    assert all(flip.value is None or not 0 <= flip.value <= 1 for flip in flips.values())


# The evidence


def test_hardship_stands_by_year_with_its_rows():
    rows, parts = shown(crisis.hardship)
    assert [r["year"] for r in rows] == list(range(1990, 2006))
    by_year = {r["year"]: r for r in rows}
    assert by_year[1997]["growth, % a year"] == table("macro").row("M067")["value"]
    assert by_year[1997]["deaths per 1,000"] == table("macro").row("M226")["value"]
    assert by_year[2001]["arrivals"] == table("arrivals").row("A45")["total"]
    assert by_year[2002]["arrivals"] == table("arrivals").row("A03")["total"]
    assert by_year[1995]["arrivals"] is None  # known from memory only
    for r in rows:
        for source in r["rows"].split(", "):
            name, row = source.split(":")
            assert table(name).row(row)["verified"] == "seen"
    assert [[x, end] for x, _, _, _, end in parts["growth"]] == [[r["year"], r["growth, % a year"]] for r in rows]
    assert labels(parts["deaths"]) == ["28.9", "45.6", "56"]


def test_motives_keep_the_two_surveys_apart():
    rows, parts = shown(crisis.motives)
    assert {r["verified"] for r in rows} == {"seen"}
    assert [row[3] for row in parts["in China"]] == [95, 4, 10, 97]
    assert [row[3] for row in parts["in the South"]] == [56.7, 27]  # both reasons in both places
    assert labels(parts["in the South label"])[0] == "56.7, in the South"
    words = PICTURES["crisis.motives"].words(rows)
    assert "95 per cent of 1,346, asked in China" in words
    assert "56.7 per cent of 300, asked in the South" in words


def test_autumn_marks_memory_and_draws_every_source_of_an_evening():
    rows, parts = shown(crisis.autumn)
    months = [r for r in rows if r["what"] == "left in the month"]
    assert {r["known"] for r in months} == {"from memory"}  # the chart dashes all of them and says so
    assert sum(r["value"] for r in months) == pytest.approx(table("gdr").row("G105")["value"], rel=1e-3)
    told = [r for r in rows if r["what"] == "crowd in Leipzig"]
    assert {r["known"] for r in told} == {"read"}
    assert len(parts["one source"]) == len(told)
    assert len(parts["crowd"]) == len({r["date"] for r in told}) == 8
    for x, least, _, _, _, most in parts["crowd"]:
        evening = [row[1] for row in parts["one source"] if row[0] == x]
        assert (least, most) == (min(evening), max(evening))
    assert labels(parts["day label"]) == ["11 Sep: Hungary opens its border", "9 Nov: the Wall opens"]
    assert "low" not in {table("gdr").row(r["row"])["trust"] for r in rows}


def test_one_evening_differs_sixfold_as_the_exhibit_says():
    rows, _ = shown(crisis.autumn)
    evening = [r["value"] for r in rows if r["date"] == "1989-09-25"]
    assert max(evening) == 6 * min(evening)
    assert "six times" in crisis.autumn.leaves_out


def test_two_cases_divide_rows_by_people():
    rows, parts = shown(crisis.two_cases)
    per = {(r["measure"], r["case"].split(",")[0]): r["per 1,000"] for r in rows}
    gdr, people = table("gdr"), table("macro").row("M032")["value"]
    germans = gdr.row("G151")["value"]
    left = "left or arrived, about a year"
    assert per[left, "East Germany"] == pytest.approx(1000 * gdr.row("G133")["value"] / germans, rel=5e-3)
    assert per[left, "North Korea"] == pytest.approx(1000 * table("arrivals").row("A45")["total"] / people, rel=5e-3)
    assert per["in China, as the report has it", "North Korea"] == pytest.approx(1e8 / people, rel=5e-3)
    assert per["soldiers of its patron", "East Germany"] == pytest.approx(
        1000 * gdr.row("G181")["value"] / germans, rel=5e-3
    )
    assert per["could watch the rival’s television", "East Germany"] == 10 * gdr.row("G223")["value"]
    assert [row[0] for row in parts["east, from memory"]] == [850]
    assert [row[0] for row in parts["north, report"]] == [pytest.approx(4.29, abs=0.01)]


@pytest.mark.parametrize("exhibit", crisis.EXHIBITS, ids=lambda e: e.key)
def test_an_early_date_leaves_rows_out_and_nothing_breaks(exhibit):
    all_rows, _ = shown(exhibit)
    known, _ = shown(exhibit, as_of="2002-05-07")
    assert len(known) < len(all_rows)
    words = PICTURES[exhibit.key].words(known)
    assert f"{len(known)} " in words
    assert ". ." not in words
    assert PICTURES[exhibit.key].words([]).count(".") == 1


# What the words of chapter and tasks suppose


def test_numbers_of_the_words_are_the_models():
    assert (round(EAST_GERMANY, 4), round(IN_CHINA, 4)) == (0.0134, 0.0044)
    assert round(IN_CHINA / ARRIVALS, -1) == 170
    assert round(table("macro").row("M032")["value"] / 1e6, 1) == 23.3
    textbook = {"fear": 0.25, "signal": 0}
    assert crisis.cascade(**textbook, spread=0.1222)["tipped"] is False
    assert crisis.cascade(**textbook, spread=0.123)["tipped"] is True
    ratio = crisis.survival()["likelihood_ratio_to_1pct"]
    assert round(10 * ratio / (1 + ratio)) == 7
    start, now = crisis.comparison()["similarity"], crisis.comparison(weight_rival_state=3)["similarity"]
    assert 0.5 < (now - start) / (0.5 - start) < 0.7  # more than half of the way to the line
    arrived = sum(r["total"] for r in table("arrivals").rows if r["series"] == "main_revised")
    assert 34_000 < arrived < 35_000
    assert curves.signals_needed(crisis.cascade())[0] > crisis.cascade.quantity("signal").high
    assert number(crisis.cascade()["signal_needed"]) == "1,310"


def test_verdict_on_survival_calls_evidence_weak_only_where_it_is():
    said = crisis.survival.verdict
    assert said(crisis.survival()).endswith("weaker than it feels.")
    assert "clearly against" in said(crisis.survival(hazard=0.18))
