"""`tumen course grade` in words: what came, what could not be used, where to look."""

import json

import pytest

from tumen.cli import main

PLAN = 'course = "c"\ntitle = "A course"\nroster = "roster.csv"\n[[graded]]\ntask = "counting.bound"\n[[graded]]\ntask = "counting.mind"\npoints = 4\n'


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "course.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\nann,Ann\nben,Ben\n", encoding="utf-8")
    (tmp_path / "handed-in").mkdir()
    return tmp_path


def hand_in(folder, student="ann", **given):
    entries = {k.replace("__", "."): {"value": v} for k, v in given.items()}
    made = {"format": "tumen hand-in", "version": 1, "course": "c", "student": student, "answers": entries}
    (folder / f"{student}.json").write_text(json.dumps(made), encoding="utf-8")


def test_it_says_what_came_and_where_to_look(course, capsys):
    hand_in(course / "handed-in", counting__bound="c", counting__mind="Because.")
    (course / "handed-in" / "x.zip").write_bytes(b"no zip")
    assert main(["course", "grade"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("1 of 2 students handed in.\nNot used: x.zip: the zip cannot be read: ")
    assert "1 text to read: see marked/marking-sheet.html" in said.out
    assert "Open marked/report.html" in said.out


def test_several_markers_are_sent_to_their_sheets_and_to_agree(course, capsys):
    (course / "course.toml").write_text(
        f'{PLAN}[marking]\nmarkers = ["kim", "lee"]\neach = 2\napart = 1\n', encoding="utf-8"
    )
    hand_in(course / "handed-in", counting__bound="c", counting__mind="Because.")
    assert main(["course", "grade"]) == 0
    said = capsys.readouterr().out
    assert "1 text to read: each marker types into a sheet of their own in marked/sheets (kim, lee); then run" in said
    for name, mark in (("kim", "0"), ("lee", "4")):
        sheet = course / f"marked/sheets/{name}.csv"
        head, row, *rest = sheet.read_text(encoding="utf-8").split("\n")
        at = head.split(",").index('"mark"')
        cells = row.split(",")
        cells[at] = f'"{mark}"'
        sheet.write_text("\n".join([head, ",".join(cells), *rest]), encoding="utf-8")
    assert main(["course", "grade"]) == 0
    assert (
        "too far apart (1 text, see report.html) the agreed one goes into marking-sheet.csv" in capsys.readouterr().out
    )


def test_another_place_and_another_folder_can_be_named(course, capsys, monkeypatch):
    (course / "download").mkdir()
    hand_in(course / "download", "ben", counting__bound="c")
    monkeypatch.chdir(course.parent)
    assert main(["course", "grade", str(course), str(course / "download"), "--by-task", "--keep-solutions"]) == 0
    assert "1 of 2 students handed in." in capsys.readouterr().out
    assert "A course: counting.bound" in (course / "marked" / "canvas.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["course", "grade", "nowhere"], "there is no course.toml in nowhere"),
        (["course", "grade", ".", "nowhere"], "nowhere: there is no such file or folder of hand-ins."),
        (["course", "grad"], "'grade'"),
        (["course"], "new, build, grade, worksheets, handouts, roster, collect, forget"),
    ],
)
def test_a_slip_is_one_sentence(course, capsys, words, told):
    assert main(words) == 2
    assert told in capsys.readouterr().err


def test_many_bad_files_are_counted_not_all_printed(course, capsys):
    for i in range(30):
        (course / "handed-in" / f"{i}.json").write_text("no JSON", encoding="utf-8")
    assert main(["course", "grade"]) == 0
    said = capsys.readouterr().out
    assert said.count("Not used:") == 20
    assert "and 10 more files" in said
    assert (course / "marked" / "to-look-at.csv").read_text(encoding="utf-8").count("no valid JSON") == 30
