"""The pictures of China's choice by their rows and words: the table's order, the parted bars, the crossing, the walk."""

import itertools

import pytest

from suh2002 import choice
from suh2002.choice import curves
from suh2002.choice import quantities as q
from suh2002.choice.charts import PICTURES
from tumen.charts.picture import tidy
from tumen.core.files import shipped
from tumen.core.words import exact, number
from tumen.evidence.tables import table
from tumen.tasks import read_tasks
from tumen.tasks.check import run_answer

TABLE, WEIGHTS, SWITCH = (PICTURES[f"choice.{k}"] for k in ("table", "weights", "switch"))
BARS = {  # the four bars: by whether China's name abroad and what happens to the people are let in
    ("left out", "no"): "S1P3|alone",
    ("counted", "no"): "+ China's|name*",
    ("left out", "yes"): "+ the|people*",
    ("counted", "yes"): "+ both*",
}
ADDED = {"precedent": 0, "washington_follows": "yes", "humanitarian": "yes"}


def parts(picture, rows, part):
    """The rows of one part, each as a dict by column."""
    return [dict(zip(picture.columns, row, strict=False)) for row in rows if row[0] == part]


def heads(rows):
    """The words over each column, the criteria by turns above and below, and under them the weights."""
    return [r["label"] for r in sorted(parts(TABLE, rows, "head label"), key=lambda r: (r["x"], r["dy"])) if r["label"]]


def table_rows(**given):
    return TABLE.rows(choice.table(**given), choice.table())


def exhibit(e, as_of=None):
    return e.rows(lambda name: table(name, as_of=as_of or e.as_of))


# The table


def lines(rows):
    """The lines of the heat table from top to bottom: what stands at the left, in the order drawn."""
    found = {r["y"]: r["lane"] for r in parts(TABLE, rows, "name")}
    return sorted(found, key=found.get)


def test_the_rows_of_the_table_stand_by_their_cost():
    assert [line.partition("|")[0] for line in lines(table_rows())] == [
        "criterion", "exit via a", "return", "recognise", "look away"
    ]  # fmt: skip
    border = table_rows(setting="border")
    assert [line.partition("|")[0] for line in lines(border)][1:] == ["return", "look away", "exit via a", "recognise"]
    said = {r["y"]: r["label"] for part in ("least label", "more label") for r in parts(TABLE, border, part)}
    ranks = ["least", "2nd", "3rd", "4th"]
    assert [said[line].partition(", ")[2] for line in lines(border)[1:]] == ranks


def test_every_row_carries_the_place_of_its_line_so_that_lines_can_change_places():
    for rows in (table_rows(), table_rows(setting="border"), table_rows(w_humanitarian=0.5)):
        assert all(len(row) == len(TABLE.columns) for row in rows)
        places = {}
        for row in rows:
            places.setdefault(row[2], set()).add(row[-1])
        assert sorted(places.values(), key=min) == [{i} for i in range(5)]
    y = next(layer["encoding"]["y"] for layer in TABLE.spec(table_rows())["layer"])
    assert y["sort"] == {"field": "lane", "op": "min"}


@pytest.mark.parametrize(
    "given", [{}, {"setting": "border"}, {"precedent": 0.2, "visibility": 0.4, "w_humanitarian": 0.3}]
)
def test_cells_add_up_to_the_bars(given):
    result, rows = choice.table(**given), table_rows(**given)
    bars = {r["y"]: r["x2"] for r in rows_of_bars(rows)}
    assert sorted(bars.values()) == pytest.approx(sorted(result[o] for o in result["feasible"]))
    assert all(r["x"] == 0 for r in rows_of_bars(rows))
    cells = parts(TABLE, rows, "cell")
    assert len(cells) == 24
    for line, cost in bars.items():
        adds = [float(r["label"].partition("\n+")[2]) for r in cells if r["y"] == line]
        assert sum(adds) == pytest.approx(cost, abs=0.2)  # each is written in two digits
    assert heads(rows)[1::2] == [number(w, 2) for w in curves.weights(result)]


def rows_of_bars(rows):
    return parts(TABLE, rows, "least") + parts(TABLE, rows, "more")


def test_the_more_a_cell_adds_the_darker_it_is():
    drawn = [r["strength"] for r in parts(TABLE, table_rows(), "cell")]
    assert [4 * shade for shade in drawn] == pytest.approx(curves.parts(choice.table()).ravel())
    cell = next(layer for layer in TABLE.spec(table_rows())["layer"] if "opacity" in layer["encoding"])
    scale = cell["encoding"]["opacity"]["scale"]
    assert scale["clamp"] and scale["range"][1] < 0.6  # the numbers stay legible on the darkest


def test_only_the_cheapest_open_choice_has_the_thick_bar_and_a_closed_one_has_none():
    rows = table_rows()
    assert [r["y"] for r in parts(TABLE, rows, "least")] == ["exit via a|third country"]
    assert [r["label"] for r in parts(TABLE, rows, "least label")] == ["2.25, least"]
    assert [r["label"] for r in parts(TABLE, rows, "closed label")] == ["not open here"]
    assert len(rows_of_bars(rows)) == 3
    assert parts(TABLE, table_rows(setting="border"), "closed label") == []
    tied = table_rows(w_humanitarian=1, scores=((1.0,) * 6,) * 4, seen=((0.0,) * 6,) * 4)
    assert len(parts(TABLE, tied, "least")) == 3


def test_the_starting_cost_of_a_choice_stands_in_its_line_of_now():
    rows, start = table_rows(w_humanitarian=0.5), choice.table()
    begun = {r["y"]: r["x"] for part in ("start least", "start more") for r in parts(TABLE, rows, part)}
    assert sorted(begun.values()) == sorted(start[o] for o in start["feasible"])
    assert begun["return"] == start["repatriate"]
    assert set(begun) == {r["y"] for r in rows_of_bars(rows)}


def test_cells_do_not_overlap_and_stand_left_of_the_bars():
    cell = next(layer for layer in TABLE.spec(table_rows())["layer"] if layer["mark"]["type"] == "rect")
    low, _ = cell["encoding"]["x"]["scale"]["domain"]
    places = sorted({(r["x"], r["x2"]) for r in parts(TABLE, table_rows(), "cell")})
    assert len(places) == 6
    assert all(a[1] < b[0] for a, b in itertools.pairwise(places))
    assert low < places[0][0]
    assert places[-1][1] < 0


def test_on_a_phone_the_cells_keep_their_numbers():
    small, rows = TABLE.small(table_rows())
    wide = TABLE.size[0]
    assert small.size[0] < wide
    said, was = ([r["label"] for r in parts(TABLE, one, "cell")] for one in (rows, table_rows()))
    assert said == [words.replace("+", "") for words in was] != was


def test_the_words_of_the_table_name_every_choice_its_cost_and_what_adds_to_it():
    words = TABLE.words(choice.table(), choice.table())
    assert "1. exit through a third country: 2.25 points (Pyongyang 1," in words
    assert "2. return: 3.1 points (Washington 0.6, its name* 2.5; starting case 3.1)" in words
    assert "Columns with a star are ours" in words
    assert "Not open in this setting: looking away." in words
    assert "Not open" not in TABLE.words(choice.table(setting="border"), choice.table())


# All weightings


@pytest.mark.parametrize("given", [{}, {"setting": "border"}, ADDED, {"setting": "border", "humanitarian": "yes"}])
def test_each_bar_is_all_weightings_parted_by_what_is_cheapest(given):
    now = choice.weights(**given)
    rows = WEIGHTS.rows(now, choice.weights())
    for (reputation, humanitarian), name in BARS.items():
        bar = [r for r in parts(WEIGHTS, rows, "part") if r["y"] == name]
        expected = choice.weights(**given | {"reputation": reputation, "humanitarian": humanitarian})
        assert [r["x2"] - r["x"] for r in bar] == pytest.approx([expected[o] for o in q.FEASIBLE[now["setting"]]])
        assert bar[0]["x"] == pytest.approx(0)
        assert bar[-1]["x2"] == pytest.approx(1)
        assert all(a["x2"] == pytest.approx(b["x"]) for a, b in itertools.pairwise(bar))
        assert len({r["strength"] for r in bar}) == len(bar)


def test_the_starting_case_stands_on_the_bar_of_its_own_reading():
    start = choice.weights()
    rows = WEIGHTS.rows(choice.weights(**ADDED), start)
    begun = parts(WEIGHTS, rows, "start met")
    assert {r["y"] for r in begun} == {"+ China's|name*"}
    assert [r["x"] for r in begun] == pytest.approx([start["recognise"], start["recognise"] + start["exit"]])
    assert parts(WEIGHTS, WEIGHTS.rows(start, start), "start met") == []
    assert {r["y"] for r in parts(WEIGHTS, rows, "met")} == {"+ both*"}


def test_below_the_bars_stand_the_mean_weights_of_each_choice():
    now = choice.weights(**ADDED)
    rows = WEIGHTS.rows(now, now)
    lengths = {}
    for o, weights in curves.typical_weights(now).items():
        bars = [r for r in parts(WEIGHTS, rows, "mean") if r["y"].startswith(f"{_short(o)}|")]
        lengths |= {(o, i): (r["x2"] - r["x"], w) for i, (r, w) in enumerate(zip(bars, weights.values(), strict=True))}
    scale = {round(long / weight, 9) for long, weight in lengths.values()}
    assert len(scale) == 1  # a bar is as long as its weight
    assert scale.pop() < 1 / 6  # and none reaches the next column
    left_out = WEIGHTS.rows(choice.weights(reputation="left out", humanitarian="yes"), now)
    assert [r["label"] for r in parts(WEIGHTS, left_out, "column label")] == [
        "Pyongyang", "precedent", "Washington", "pull", "people*"
    ]  # fmt: skip
    columns = [r["x"] for r in parts(WEIGHTS, left_out, "column label")]
    assert {r["x"] for r in parts(WEIGHTS, left_out, "mean")} == set(columns)
    never = parts(WEIGHTS, WEIGHTS.rows(choice.weights(setting="border"), now), "never label")
    assert {r["y"].partition("|")[0] for r in never} == {"recognition", "exit"}


def _short(option):
    return {"recognise": "recognition", "exit": "exit", "tolerate": "looking away", "repatriate": "return"}[option]


def test_a_share_that_is_not_none_is_never_told_as_none():
    rows = WEIGHTS.rows(choice.weights(), choice.weights())
    lines_ = {r["y"] for r in parts(WEIGHTS, rows, "name")}
    assert "recognition|first in under 1 of 100" in lines_
    unseen = WEIGHTS.rows(choice.weights(setting="border"), choice.weights())
    assert "exit|first in 0 of 100" in {r["y"] for r in parts(WEIGHTS, unseen, "name")}


def test_the_first_bar_is_the_reports_costs_alone_and_a_star_marks_what_we_add():
    rows = WEIGHTS.rows(choice.weights(), choice.weights())
    first, second = [r["y"] for r in parts(WEIGHTS, rows, "name")][:2]
    assert first == "S1P3|alone"
    wide = {y: [r["x2"] - r["x"] for r in parts(WEIGHTS, rows, "part") if r["y"] == y][1] for y in (first, second)}
    assert wide[first] < 0.04 < 0.45 < wide[second]  # of exit
    assert all("*" in name for name in BARS.values() if name != first)
    stars = {name for name in heads(table_rows()) if name.endswith("*")}
    assert stars == {"its name*", "people*"}
    assert "which we add" in WEIGHTS.words(choice.weights(), choice.weights())


# The switch


def test_the_dot_stands_where_the_lines_cross():
    now = choice.switch(reputation_cost=4, exit_cost=1)
    rows = SWITCH.rows(now, choice.switch())
    back, out = ([(r["x"], r["y"]) for r in parts(SWITCH, rows, o)] for o in ("repatriate", "exit"))
    (dot,) = parts(SWITCH, rows, "switch")
    assert dot["x"] == now["visibility_at_switch"] == 0.25
    assert dot["y"] == pytest.approx(back[0][1] + 0.25 * (back[1][1] - back[0][1]))
    assert out == [(0, 1), (1, 1)]
    assert back == [(0, 0), (1, 4)]
    assert [r["y"] for r in parts(SWITCH, rows, "start repatriate")] == [0, 2.9]


def test_a_crossing_beyond_full_visibility_is_said_and_not_drawn():
    rows = SWITCH.rows(choice.switch(exit_cost=5), choice.switch())
    assert parts(SWITCH, rows, "switch") == []
    assert "beyond the picture" in parts(SWITCH, rows, "switch label")[0]["label"]


# The law as a walk


def test_the_walk_goes_from_the_definition_to_hungary_and_says_what_is_from_memory():
    steps = exhibit(choice.legal_path)
    picture = PICTURES["choice.legal_path"]
    rows = picture.rows(steps)
    assert [s["id"] for s in steps] == [
        "L01", "L03", "L05", "L32", "L02", "L08", "L09", "L12", "L13", "L34", "L33", "L28"
    ]  # fmt: skip
    assert [r["order"] for r in parts(picture, rows, "walk")] == list(range(12))
    recalled = {s["step"] for s in steps if s["verified"] == "recalled"}
    assert (
        {r["y"] for r in parts(picture, rows, "from memory")}
        == recalled
        == {"Abroad|from where?", "And those who|are none?"}
    )
    for named in parts(picture, rows, "named"):
        assert ("from memory" in named["label"]) is (named["y"] in recalled)


def test_the_protocol_of_1986_is_the_public_report_of_it_and_its_day_is_not_said():
    step = next(s for s in exhibit(choice.legal_path) if s["id"] == "L13")
    assert step["source_org"].startswith("KBS World")
    words = PICTURES["choice.legal_path"].words(exhibit(choice.legal_path))
    assert "August 1986" in words
    assert "12 August" not in words


def test_the_chief_argument_against_status_elsewhere_is_in_the_walk_and_points_neither_way():
    steps = {s["id"]: s for s in exhibit(choice.legal_path)}
    assert steps["L32"]["points to"] == "depends"
    assert steps["L32"]["verified"] == "seen"
    assert "second paragraph" in table("law").row("L29")["provision"]
    assert {"L30", "L31"} <= {r["id"] for r in table("law").rows}


def test_the_exception_for_disaster_is_in_both_protocols_and_hunger_is_our_inference():
    law = table("law")
    assert "disaster" in law.row("L34")["provision"]
    assert "inference of ours" in law.row("L12")["point_for_the_report"]
    steps = {s["id"]: s for s in exhibit(choice.legal_path)}
    assert steps["L34"]["asks"] == "Is disaster still excepted?"
    assert "suspended agreement" in law.row("L28")["point_for_the_report"]
    assert not law.row("L34")["public"]  # when it was put up is not known, so it is in no view of an earlier date


def test_only_the_border_protocol_points_to_return_and_it_was_not_public_in_may_2002():
    steps = exhibit(choice.legal_path)
    assert [s["id"] for s in steps if s["points to"] == "return"] == ["L13"]
    known = {s["id"] for s in exhibit(choice.legal_path, "2002-05-07")}
    assert {"L01", "L02", "L05"} <= known
    assert not known & {"L12", "L13"}


# Those let leave and those sent back


def test_what_was_in_print_holds_the_25_and_those_sent_back():
    cases = {c["row"]: c for c in exhibit(choice.practice)}
    assert cases["incidents:I06"] | {"central": 25, "days": 1, "fate": "let leave"} == cases["incidents:I06"]
    assert cases["incidents:I00"]["fate"] == cases["repatriations:R05"]["fate"] == "sent back"
    words = PICTURES["choice.practice"].words(list(cases.values()))
    assert "25 let leave, after 1 day;" in words
    assert "up to 6,000 sent back per year" in words


@pytest.mark.parametrize("e", [choice.practice, choice.practice_since], ids=lambda e: e.key)
def test_every_case_is_drawn_once_with_its_number_and_none_is_of_low_trust(e):
    picture, cases = PICTURES[e.key], exhibit(e)
    rows = picture.rows(cases)
    marks = parts(picture, rows, "let leave") + parts(picture, rows, "sent back") + parts(picture, rows, "range")
    assert len(marks) == len(cases)
    assert {c["trust"] for c in cases} <= {"high", "medium"}
    assert {c["verified"] for c in cases} == {"seen"}
    for c in cases:
        said = [
            r["label"] for r in parts(picture, rows, "left") + parts(picture, rows, "right") if c["row"] in r["tip"]
        ]
        assert len(said) == 1
        for figure in (c["low"], c["central"], c["high"]):
            assert figure is None or exact(figure) in said[0]
        assert c["fate"] in said[0]


def test_what_is_known_since_was_not_in_print_by_then():
    then = {c["row"] for c in exhibit(choice.practice)}
    since = {c["row"] for c in exhibit(choice.practice_since)}
    assert not then & since
    assert exhibit(choice.practice_since, "2002-05-07") == []


def test_returns_since_2020_say_who_counts_and_seouls_own_return_stands_among_them():
    cases = {c["row"].partition(":")[2]: c for c in exhibit(choice.practice_since)}
    assert (cases["R23"]["low"], cases["R30"]["low"]) == (406, 1_076)
    assert cases["R30"]["low"] - cases["R23"]["low"] == 670
    assert (cases["I28"]["central"], cases["I28"]["fate"], cases["I28"]["date"]) == (2, "sent back", "2019-11-07")
    picture = PICTURES["choice.practice_since"]
    assert (cases["R23"]["where"], cases["R30"]["where"]) == ("one informant's count", "in part verified")
    words = picture.words(list(cases.values()))
    assert "2024 to October 2025, one informant's count: 406 or more sent back" in words
    assert "7 November 2019, Panmunjom (by South Korea): 2 sent back" in words
    assert "one informant" in picture.caption and "one informant" not in PICTURES["choice.practice"].caption


def test_the_25_are_told_with_the_eleven_under_20_and_what_they_said_of_an_earlier_return():
    told = table("incidents").row("I06")["breakdown"]
    for words in (
        "11 under 20",
        "13 male and 12 female",
        "two orphan girls",
        "issued in their name",
        "been returned by China, many of them",
    ):
        assert words in told


# Who was let in before


def test_only_nationals_inside_their_own_state_have_the_hollow_mark():
    picture, groups = PICTURES["choice.precedents"], exhibit(choice.precedents)
    rows = picture.rows(groups)
    assert {r["y"].partition(",")[0] for r in parts(picture, rows, "at home")} == {
        "Uighurs in China",
        "Tibetans in China",
    }
    assert all(g["verified"] == "seen" for g in groups)
    assert "260,000" in picture.words(groups)


@pytest.mark.parametrize("e", choice.EXHIBITS, ids=lambda e: e.key)
def test_pictures_of_exhibits_are_whole_under_an_early_date(e):
    picture = PICTURES[e.key]
    for as_of in ("1990-01-01", "2002-05-07", "2010-01-01"):
        rows = exhibit(e, as_of)
        assert tidy(picture.rows(rows)) is not None
        assert picture.words(rows).endswith(".")


# Words and numbers of the tasks that no single run gives


@pytest.fixture(scope="module")
def tasks():
    return read_tasks(shipped("workbooks", "tasks") / "choice.toml")


def test_the_options_of_the_turn_are_the_models_turns(tasks):
    task = tasks["choice.turn"]
    best = ["repatriate", "tolerate", "exit", "recognise"]
    for letter, turn in zip("abc", itertools.pairwise(best), strict=True):
        at = float(task.options[letter].removeprefix("about "))
        sides = (choice.table(setting="border", w_humanitarian=at + off)["best"] for off in (-0.006, 0.006))
        assert tuple(sides) == turn
    assert task.correct == "a"


def test_the_solutions_points_are_the_tables(tasks):
    scores, seen = q.SCORES.value, q.SEEN.value
    washington, name, pull = (q.CRITERIA.index(c) for c in ("washington", "reputation", "pull"))
    assert (scores[3][washington], seen[3][washington], seen[3][name]) == (1, 2, 10)
    assert "(1 + 2 × {visibility}) + {w_reputation} × 10 ×" in tasks["choice.border"].solution
    assert (scores[0][0], scores[0][name], scores[0][pull]) == (8, 0, 7)
    assert "{w_dprk} × 8, China's name {w_reputation} × 0, pull {w_pull} × 7" in tasks["choice.linked"].solution
    assert scores[1][-1] == 1


def test_slips_typed_as_numbers_are_what_the_slip_gives(tasks):
    slips = {m.says[:14]: m.value for k in ("choice.vstar", "choice.humanitarian") for m in tasks[k].mistake if m.value}
    switch, table_ = choice.switch(), choice.table()
    assert slips["You subtracted"] == pytest.approx(switch["reputation_cost"] - switch["exit_cost"])
    assert slips["You added the "] == pytest.approx(table_["exit"] + 0.3 * q.SCORES.value[1][-1])


def test_the_words_on_the_weightings_are_what_the_models_give(tasks):
    exit_, linked = (run_answer(tasks[k].answer)[0] for k in ("choice.weights", "choice.share"))
    assert exit_ + 100 * choice.weights()["repatriate"] > 99.5  # “in nearly all others it is return”
    assert 100 * choice.weights()["repatriate"] == pytest.approx(50, abs=3)  # “about half of all weightings”
    assert linked == pytest.approx(100 * choice.weights(**ADDED)["exit"], abs=1.5)  # “about as often as exit”
    assert 100 * choice.weights(humanitarian="yes")["recognise"] < 1  # “under one”
    joined = {"precedent": 0, "washington_follows": "yes"}
    assert choice.weights(**joined)["recognise"] == pytest.approx(0.25, abs=0.03)  # “about a quarter”
    assert choice.weights(**joined, reputation="left out")["recognise"] < 0.1  # “under a tenth”
    fifth = run_answer(tasks["choice.fifth"].answer)[0]
    assert fifth == pytest.approx(100 * choice.weights(reputation="left out")["exit"])
    assert "it is 48" in tasks["choice.fifth"].solution and exit_ == pytest.approx(48, abs=0.5)
    assert "(S1P3.7)" in tasks["choice.premise"].prompt and "wording allows both" in tasks["choice.premise"].right
