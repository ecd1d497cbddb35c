"""Forgetting: no file of the course names the student any more, and everybody else's is as it was."""

import json
import zipfile

import pytest
from classroom import COURSE, book, put, rows, work
from hostile import text, zipped

from tumen.cli import main
from tumen.course.build import build
from tumen.course.forget import forget
from tumen.course.grade import grade
from tumen.course.handin import write_hand_in

ROSTER = "id,name,email\nann01,Ann Alpha,ann01@example.org\nben02,Ben Beta,ben02@example.org\n007,Cho Gamma,\n"


@pytest.fixture
def folder(make_course):
    """A course of three in which one has handed in by every way, was excepted, marked and given feedback."""
    folder = make_course(roster=ROSTER)
    build(folder)
    for s in ("ann01", "ben02", "007"):
        put(folder, work(folder, s))
    name = f"hand-in-{COURSE}-ann01.json"
    later = text(work(folder, "ann01", made="2027-03-11T10:00:00+00:00"))
    inner = zipped({"mine.json": text(work(folder, "ann01", made="2027-03-12T10:00:00+00:00"))})
    members = {f"annalpha_12_34_{name}": later, "Ann Alpha_7_assignsubmission_file_/notes.txt": b"mine"}
    members |= {"x/packed.zip": inner, f"benbeta_12_35_hand-in-{COURSE}-ben02.json": text(work(folder, "ben02"))}
    (folder / "handed-in/all.zip").write_bytes(zipped(members))
    write_hand_in(folder / "built/students/ann01")
    grade(folder, by_task=True)
    sheet = folder / "marked/marking-sheet.csv"
    lines = sheet.read_text("utf-8-sig").replace('"law.reason","ann01",""', '"law.reason","ann01","3"')
    sheet.write_text(lines, encoding="utf-8")
    (folder / "adjust.csv").write_text(
        "student,task,what,value,reason\nann01,,extension,3 days,ill\nben02,,extension,3 days,away\n", encoding="utf-8"
    )
    grade(folder, by_task=True)
    put(folder, work(folder, "ann01", made="2027-03-13T10:00:00+00:00", **{"law.reason": "Another text."}))
    grade(folder, by_task=True, yes=True)
    assert (folder / "marked/backups").is_dir()
    return folder


def named(folder, *words: str) -> list[str]:
    """The files that hold one of these words, members of zips and zips in zips too."""
    out = []

    def look(name: str, data: bytes) -> None:
        out.extend([name] * any(w.encode() in data or w in name for w in words))
        if data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(__import__("io").BytesIO(data)) as archive:
                for member in archive.namelist():
                    look(f"{name}/{member}", archive.read(member))

    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        look(path.relative_to(folder).as_posix(), path.read_bytes())
    return out


def test_no_file_names_the_student_and_everybody_else_is_as_before(folder, capsys):
    before = book(folder)
    copy = {p: p.read_bytes() for p in (folder / "built/students/ben02").rglob("*") if p.is_file()}
    assert main(["course", "forget", "ann01", str(folder)]) == 0
    said = capsys.readouterr().out
    assert named(folder, "ann01", "Ann Alpha", "annalpha") == []
    assert "Still named" not in said
    for words in ("hand-ins: 1 file taken away, and 3 files inside zips.", "roster.csv: 1 line", "issued.json", "feedback/ann01.html",
                  "marked/backups/", "marked/history.csv", "adjust.csv: 1 line", "the student's copy", "was not touched"):  # fmt: skip
        assert words in said, words
    assert {s: r["points"] for s, r in book(folder).items()} == {s: before[s]["points"] for s in ("ben02", "007")}
    assert "2 of 2 students handed in." in (folder / "marked/report.html").read_text("utf-8")
    assert {p: p.read_bytes() for p in copy} == copy
    assert [c for c in rows(folder / "marked/canvas.csv")[0] if ": law.reason" in c]  # still a column a task
    with zipfile.ZipFile(folder / "handed-in/all.zip") as archive:
        assert archive.namelist() == [f"benbeta_12_35_hand-in-{COURSE}-ben02.json"]


def test_what_is_built_and_graded_afterwards_does_not_bring_them_back(folder):
    forget(folder, "ANN01")
    issued = json.loads((folder / "issued.json").read_text("utf-8"))["students"]
    build(folder)
    grade(folder, by_task=True)
    assert named(folder, "ann01", "Ann Alpha") == []
    assert json.loads((folder / "issued.json").read_text("utf-8"))["students"] == issued


def test_an_id_of_digits_takes_no_other_number(folder):
    before = book(folder)
    forget(folder, "007")
    assert {s: r["points"] for s, r in book(folder).items()} == {s: before[s]["points"] for s in ("ann01", "ben02")}
    assert named(folder, "Cho Gamma", '"007"', f"-{COURSE}-007") == []


def test_a_student_nobody_knows_and_a_spreadsheet_are_refused_and_nothing_is_lost(folder, refusal):
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert "'ann1' is not known in this course; the nearest is 'ann01'" in refusal(forget, folder, "ann1")
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_zip_that_cannot_be_written_anew_stays_and_is_named(folder):
    path = folder / "handed-in/odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("annalpha_12_34_x.txt", "mine")
        archive.writestr("big.bin", b"0" * 1000, zipfile.ZIP_BZIP2)
    before = path.read_bytes()
    said = forget(folder, "ann01")
    assert [s for s in said if s.startswith("odd.zip could not be written anew")]
    assert path.read_bytes() == before
