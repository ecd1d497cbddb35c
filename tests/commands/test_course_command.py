"""`tumen course`: a course that is begun builds as it stands, and every slip is one sentence."""

import tomllib

import pytest

from tumen.commands import lab
from tumen.commands.course import bar
from tumen.course.plan import Course


def test_a_course_that_is_begun_builds_as_it_stands(tumen, tmp_path):
    begun = tumen("course", "new", "spring term")
    assert begun.status == 0
    assert begun.out.count("written: ") == 3
    (tmp_path / "spring term/roster.csv").write_text("id,name\nann,Ann\nben,Ben\n", encoding="utf-8")
    built = tumen("course", "build", "spring term")
    assert built.status == 0, built.err
    assert built.out.startswith("2 students; ")
    assert "Note:" not in built.out
    assert (tmp_path / "spring term/built/zips/ben.zip").is_file()
    assert built.err == ""  # no bar where nobody is looking
    again = tumen("course", "build", "spring term")
    assert again.out.startswith("2 students; 0 files written")
    assert "there is nothing to hand out again" in again.out
    (tmp_path / "spring term/roster.csv").write_text("id,name\nann,Ann\nben,Ben\ncho,\n", encoding="utf-8")
    assert "New or changed: cho; give these students their zip" in tumen("course", "build", "spring term").out


def test_the_folder_is_this_one_where_none_is_named(tumen, tmp_path, monkeypatch):
    tumen("course", "new", "here")
    monkeypatch.chdir(tmp_path / "here")
    assert tumen("course", "build").out.startswith("one copy for all; ")


def test_every_key_of_a_course_is_in_the_file_that_begins_one(tumen, tmp_path):
    """Written out or behind a #, so that an instructor finds it."""
    tumen("course", "new", "here")
    plan = (tmp_path / "here" / "course.toml").read_text(encoding="utf-8")
    for key in Course.model_fields:
        assert f"{key} = " in plan or f"[{key}" in plan, key


def test_lines_behind_a_mark_are_right_once_it_is_taken_away(tumen, tmp_path):
    tumen("course", "new", "c")
    path = tmp_path / "c/course.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    code = [line[2:] if line.startswith("# ") and " = " in line and "arrivals" not in line else line for line in lines]
    opened = "\n".join(line.replace("# [[", "[[") for line in code)
    assert opened.count("#") < "\n".join(lines).count("#") - 8
    tomllib.loads(opened)
    path.write_text(opened, encoding="utf-8")
    built = tumen("course", "build", "c")
    assert built.status == 0, built.err


def test_two_courses_begun_have_two_seeds(tumen, tmp_path):
    seeds = set()
    for name in ("a", "b"):
        tumen("course", "new", name)
        seeds.add(tomllib.loads((tmp_path / name / "course.toml").read_text(encoding="utf-8"))["seed"])
    assert len(seeds) == 2 and all(len(s) >= 32 for s in seeds)


def test_a_course_is_never_overwritten(tumen, tmp_path):
    tumen("course", "new", "c")
    (tmp_path / "c/course.toml").write_text("mine", encoding="utf-8")
    assert "already" in tumen("course", "new", "c").refusal
    assert (tmp_path / "c/course.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["course"], ["new, build, grade, worksheets, handouts, roster, collect, forget"]),
        (["course", "bild"], ["'bild'", "'build'"]),
        (["course", "build", "nowhere"], ["course.toml", "nowhere", "tumen course new"]),
        (["course", "new"], ["FOLDER"]),
    ],
)
def test_a_slip_is_one_sentence(arguments, words, tumen):
    refusal = tumen(*arguments).refusal
    for word in words:
        assert word in refusal


def test_a_fault_in_the_plan_is_one_sentence(tumen, tmp_path):
    tumen("course", "new", "c")
    path = tmp_path / "c/course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("title =", "titel ="), encoding="utf-8")
    assert tumen("course", "build", "c").refusal == "course.toml: 'titel' is not known here; the nearest is 'title'."


def test_the_bar_is_drawn_where_somebody_is_looking(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    show = bar("copies")
    for done in (1, 2):
        show(done, 2)
    assert capsys.readouterr().err == f"\r[{'#' * 15}{'.' * 15}] 1 of 2 copies\r[{'#' * 30}] 2 of 2 copies\n"


def test_lab_opens_a_courses_copy_where_it_stands(tumen, tmp_path, monkeypatch):
    tumen("course", "new", "c")
    tumen("course", "build", "c")
    copy = tmp_path / "c/built/student"
    monkeypatch.chdir(copy)
    folder = lab.workbook_folder()
    assert folder == copy
    assert "--LabApp.default_url=/lab/tree/assignment.ipynb" in lab.command(folder)
    assert f"--ServerApp.root_dir={copy}" in lab.command(folder)
    assert not (copy / "workbooks").exists()
