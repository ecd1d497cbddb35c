"""Published estimates: each speaker's range or figure in a line of its own, never one curve of the population."""

import pytest
from drawn import EXHIBITS, PICTURES, all_rows, domains, exhibit_rows, layers

from tumen.core.words import number

KEYS = [k for k in EXHIBITS if EXHIBITS[k].table == "china_estimates"]


def by_id(key):
    """The drawn rows of each row of the table, by the id in its name."""
    found = {}
    for part, x, name, label, tip, x2 in all_rows(key)[0]:
        found.setdefault(name.rpartition("[")[2].rstrip("]"), []).append((part, x, x2, label, tip))
    return found


def test_there_are_exhibits_of_estimates():
    assert {"counting.estimates", "counting.estimates_since"} <= set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_no_line_joins_the_estimates_and_no_dot_stands_for_people(key):
    assert {layer["mark"]["type"] for _, layer in layers(key)} <= {"rule", "point", "text"}
    assert all("order" not in layer["encoding"] for _, layer in layers(key))


@pytest.mark.parametrize("key", KEYS)
def test_every_row_of_the_exhibit_is_drawn_once_with_its_figures(key):
    drawn = by_id(key)
    rows = exhibit_rows(key)
    assert list(drawn) == [r["id"] for r in rows]
    for row in rows:
        marks = {part: (x, x2) for part, x, x2, _, _ in drawn[row["id"]]}
        low, mid, high = row["low"], row["central"], row["high"]
        if "suh" in marks:
            assert marks["suh"] == (mid, None)
        elif low is not None and high is not None:
            assert marks["range"] == (low, high)
            assert low < high
            assert ("single" in marks) is (mid is not None)
        elif mid is not None:
            assert marks["single"] == (mid, None)
            assert "range" not in marks
        else:
            part, at = ("at least", low) if low is not None else ("at most", high)
            assert marks[part] == (at, None)
            assert "single" not in marks


@pytest.mark.parametrize("key", KEYS)
def test_each_mark_tells_its_row_and_each_line_its_speaker_and_year(key):
    for row in exhibit_rows(key):
        marks = by_id(key)[row["id"]]
        for part, _, _, _, tip in marks:
            assert part == "name" or (tip.startswith(f"{row['id']}: ") and row["source_org"] in tip)
        name = next(r[2] for r in all_rows(key)[0] if r[2].endswith(f"[{row['id']}]"))
        assert f", {row['reference_year']} [" in name


@pytest.mark.parametrize("key", KEYS)
def test_every_figure_lies_inside_the_axis(key):
    low, high = domains(key)["x"]
    for _, x, _, _, _, x2 in all_rows(key)[0]:
        assert low <= x <= high
        assert x2 is None or low <= x2 <= high


@pytest.mark.parametrize("key", KEYS)
def test_the_words_name_every_speaker_with_every_figure(key):
    words = PICTURES[key].words(exhibit_rows(key))
    assert f"{len(exhibit_rows(key))} figures." in words
    for row in exhibit_rows(key):
        assert f"{row['who']}, for {row['reference_year']}" in words
        figures = (
            [row["low"], row["high"]] if row["low"] and row["high"] else [row["central"] or row["low"] or row["high"]]
        )
        for figure in figures:
            assert number(figure) in words


@pytest.mark.parametrize("key", KEYS)
def test_the_picture_is_as_tall_as_its_lines_need(key):
    assert PICTURES[key].size[1] / len(exhibit_rows(key)) >= 20


def test_the_report_is_told_apart_by_its_mark_and_by_name():
    marks = by_id("counting.estimates")["E30"]
    assert {part for part, *_ in marks} == {"name", "suh", "label"}
    assert "the report" in [label for *_, label, _ in marks]


def test_bounds_are_said_in_words():
    said = [label for key in KEYS for marks in by_id(key).values() for part, _, _, label, _ in marks if part == "label"]
    assert set(said) <= {"the report", "or more", "or fewer"}
    assert "or more" in said


def test_no_rows_give_no_marks_and_a_sentence():
    drawn = PICTURES["counting.estimates"]
    assert drawn.rows([]) == []
    assert drawn.words([]).endswith("0 figures.")
