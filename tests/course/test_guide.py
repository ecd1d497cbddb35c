"""The instructor's guide is followed word by word in a fresh folder, and the sample course validates, builds and grades."""

import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from classroom import rows
from hostile import zipped

from tumen.cli import main, parser
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.course.assignment import write_worksheets
from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.handin import write_hand_in
from tumen.course.plan import read_course
from tumen.course.template import ANSWERS, new, told_apart
from tumen.tasks import Answers, read_tasks

HERE = shipped("workbooks", "instructor")
GUIDE = (HERE / "guide.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S+)(?: ([^\n]*))?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def hand_in(copy: Path, **given) -> Path:
    """Answer in a student's copy and hand in, as the last cell of the page “assignment” does."""
    answers = Answers(copy)
    for key, value in given.items():
        answers.put(key.replace("__", "."), value, "recorded")
    return write_hand_in(copy)[0]


def ready(folder: Path) -> None:
    """What the guide asks of people between two commands: students answer, and the file of each is collected."""
    place = folder / "my-course" / "handed-in"
    if place.exists() or not (folder / "my-course" / "built").exists():
        return
    place.mkdir()
    members = {}
    for copy in sorted((folder / "my-course" / "built" / "students").iterdir()):
        path = hand_in(copy, counting__guests=200.0, own__reason=f"S2P3-d, says {copy.name}.")
        shutil.copy(path, place)
        members[f"{copy.name}student_101_9001_{path.name}"] = path.read_bytes()
    (folder / "submissions.zip").write_bytes(zipped(members))
    (folder / "submitted").mkdir()


def test_the_guides_own_question_can_be_asked_and_counted(tmp_path):
    (question,) = [text for kind, _, text in BLOCKS if kind == "toml"]
    new(tmp_path)
    with (tmp_path / "tasks" / "own.toml").open("a", encoding="utf-8") as f:
        f.write(f"\n{question}")
    with (tmp_path / "course.toml").open("a", encoding="utf-8") as f:
        f.write('\n[[graded]]\ntask = "own.who"\n')
    assert read_course(tmp_path).tasks()[-1].key == "own.who"


def test_every_command_of_the_guide_runs_in_a_fresh_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    ran = []
    for kind, name, text in BLOCKS:
        if kind == "csv":
            (tmp_path / name).write_text(text, encoding="utf-8")
        if kind != "sh":
            continue
        for line in text.strip().splitlines():
            ready(tmp_path)
            words = shlex.split(line)
            assert words[0] == "tumen"
            assert main(words[1:]) == 0, capsys.readouterr().err
            ran.append(words[2])
    assert {"new", "build", "grade", "worksheets"} <= set(ran)
    book = rows(tmp_path / "my-course" / "marked" / "gradebook.csv")
    assert [r["id"] for r in book] == ["s001", "s002", "s003"]
    assert all(r["to be marked"] == "1" for r in book)
    said = capsys.readouterr().out
    assert "3 of 3 students handed in" in said
    assert "3 texts to read" in said


def test_commands_named_in_the_text_are_there():
    named = set(re.findall(r"`tumen (\w+)(?: (\w+))?", GUIDE))
    assert named
    known = parser()._subparsers._group_actions[0].choices
    for verb, action in named:
        assert verb in known
        if verb == "course":
            assert action in known["course"]._subparsers._group_actions[0].choices
    actions = known["course"]._subparsers._group_actions[0].choices.values()
    options = {o for kind in actions for a in kind._actions for o in a.option_strings}
    assert set(re.findall(r"`(--[\w-]+)[^`]*`", GUIDE)) <= options


def test_what_cannot_be_run_here_is_there_all_the_same(tmp_path):
    said = "".join(text for kind, _, text in BLOCKS if kind == "console")
    assert "jupyter lab my-course/built/students/s001/assignment.ipynb" in said
    run = subprocess.run([sys.executable, "-m", "jupyter", "lab", "--version"], capture_output=True, text=True)
    assert run.returncode == 0
    shutil.copytree(HERE / "sample", tmp_path / "c")
    build(tmp_path / "c")
    assert (tmp_path / "c" / "built" / "students" / "s001" / "assignment.ipynb").is_file()


def test_every_file_and_heading_the_guide_links_is_there():
    heads = {
        re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", GUIDE)  # a picture in it is an example to type
    assert len(links) > 10
    for link in links:
        assert link[1:] in heads if link.startswith("#") else (HERE / link).resolve().exists(), link


def test_messages_the_guide_quotes_are_messages_we_give():
    own = (
        Path(grade.__code__.co_filename).parents[1].glob("co*/*.py")
    )  # a course's own, and core, which says faults of form
    source = "".join(p.read_text(encoding="utf-8") for p in own)
    for words in ("is not known here", "was not saved as UTF-8", "close it where it is open"):
        assert words in GUIDE
        assert words in source


# --- the sample -----------------------------------------------------------------------------------


@pytest.fixture
def sample(tmp_path):
    shutil.copytree(HERE / "sample", tmp_path / "sample")
    return tmp_path / "sample"


def test_the_sample_names_nobody(sample):
    course = read_course(sample)
    assert len(course.students) == 8
    assert [(s.id, s.name) for s in course.students[:2]] == [("s001", "Student One"), ("s002", "Student Two")]
    assert all(s.email.endswith("@example.org") for s in course.students)


def test_half_of_the_samples_points_are_reasons(sample):
    tasks = read_course(sample).tasks()
    assert sum(t.points for t in tasks) == 12
    assert sum(t.points for t in tasks if t.kind == "text") == 6
    assert all(len(t.anchors) == 2 for t in tasks if t.kind == "text")


def test_marking_can_be_rehearsed_on_the_sample(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["course", "new", "try", "--sample"]) == 0
    assert "7 hand-ins of invented students" in capsys.readouterr().out
    seed = re.search('^seed = "(.+)"', (tmp_path / "try/course.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert seed not in (HERE / "sample/course.toml").read_text(encoding="utf-8") and len(seed) >= 32
    done = grade(tmp_path / "try")
    states = {r.student.id: {k: m.state for k, m in r.marks.items()} for r in done.records}
    assert states["s001"]["counting.guests"] == states["s001"]["counting.occupancy"] == "right"
    assert states["s002"]["counting.occupancy"] == "wrong" and states["s003"]["counting.guests"] == "close"
    assert states["s004"]["counting.occupancy"] != "right" and states["s006"]["counting.mind"] == "missing"
    assert [r.student.id for r in done.records if not r.came] == ["s008"]
    assert "a draft" in " ".join(next(r for r in done.records if r.student.id == "s005").flags)
    assert done.sheet.waiting == 13 and not done.refused
    assert main(["course", "new", "try", "--sample"]) == 2


def test_a_secret_under_which_a_neighbours_number_is_right_is_not_taken(sample):
    students = read_toml(HERE / "sample" / ANSWERS)["student"]
    course = read_course(sample)
    apart = {i: told_apart(course.model_copy(update={"seed": f"{i:040}"}), students) for i in (12, 13)}
    assert apart == {12: True, 13: False}  # under the second, both students have households of nearly one size


def test_the_sample_builds_is_answered_and_grades(sample):
    build(sample)
    (sample / "handed-in").mkdir()
    keys = {r["id"]: r for r in rows(sample / "built" / "instructor" / "variants.csv")}
    for student in ("s001", "s002"):
        guests = float(keys[student]["key counting.guests"])
        path = hand_in(
            sample / "built" / "students" / student,
            start__block="c",
            counting__guests=guests,
            counting__occupancy=float(keys["s001"]["key counting.occupancy"]),
            counting__bound="c",
            counting__mind="S2P3-d: a survey of homes.",
            counting__ratio=150.0,
            sample__words="One scholar reckons with at most 100,000.",
        )
        shutil.copy(path, sample / "handed-in")
    done = grade(sample)
    book = {r["id"]: r for r in rows(sample / "marked" / "gradebook.csv")}
    assert [book["s001"][k] for k in ("start.block", "counting.guests", "counting.occupancy", "counting.bound")] == [
        "1",
        "1",
        "2",
        "2",
    ]
    assert book["s002"]["counting.guests"] == "1"
    assert float(book["s002"]["counting.occupancy"]) < 2  # the key of another student
    assert (done.sheet.waiting, done.came) == (4, 2)
    assert all(r.flags == [] for r in done.records)


def test_a_hand_in_of_an_earlier_build_is_no_fault(sample):
    build(sample)
    (sample / "handed-in").mkdir()
    shutil.copy(hand_in(sample / "built" / "students" / "s001", counting__bound="c"), sample / "handed-in")
    plan = sample / "course.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("points = 4", "points = 5"), encoding="utf-8")
    build(sample)
    grade(sample)
    book = {r["id"]: r for r in rows(sample / "marked" / "gradebook.csv")}
    assert book["s001"]["to look at"].startswith("no answer to ")


def test_grading_leaves_what_was_built_and_handed_in_alone(sample):
    build(sample)
    (sample / "handed-in").mkdir()
    shutil.copy(hand_in(sample / "built" / "students" / "s001", counting__bound="c"), sample / "handed-in")
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in sample.rglob("*") if p.is_file()}
    time.sleep(0.01)
    grade(sample)
    assert {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in before} == before
    assert {p.name for p in sample.iterdir()} >= {"marked", "built", "handed-in"}
    assert [p.name for p in (sample / "marked" / "feedback").iterdir()] == ["s001.html"]


# --- worksheets -------------------------------------------------------------------------------------


def test_the_worksheets_are_as_the_tasks_now_are(tmp_path):
    made = {p.name: p.read_text(encoding="utf-8") for p in write_worksheets(tmp_path)}
    there = {p.name: p.read_text(encoding="utf-8") for p in (HERE / "worksheets").glob("*.html")}
    stale = [name for name in {*made, *there} if made.get(name) != there.get(name)]
    assert not stale, "a task or a chapter changed: run tumen course worksheets workbooks/instructor/worksheets"


def test_a_worksheet_asks_everything_and_answers_nothing(tmp_path):
    page = next(p for p in write_worksheets(tmp_path) if p.name.startswith("02")).read_text(encoding="utf-8")
    assert page.index("Predict, before") < page.index("Work it out") < page.index("Exit ticket")
    assert "300,000 people depend on 1,500,000 Korean Chinese" in page
    for task in read_tasks(shipped("workbooks", "tasks", "counting.toml")).values():
        for words in (
            task.hint,
            task.solution,
            task.rubric,
            task.right,
            *task.views.values(),
            *(a.text for a in task.anchors),
        ):
            assert not words or words not in page
    assert "{" not in re.sub(r"(?s)<style>.*?</style>", "", page)


def test_a_courses_worksheets_have_its_chapters_and_tasks(sample):
    course = read_course(sample)
    names = [p.name for p in write_worksheets(sample / "worksheets", course)]
    assert names == ["00-start-here.html", "02-counting-the-hidden.html", "traps.html", "assignment.html"]


def test_own_tasks_that_stand_in_no_chapter_have_a_worksheet_of_their_own(tmp_path):
    new(tmp_path)
    pages = {p.name: p.read_text(encoding="utf-8") for p in write_worksheets(tmp_path / "out", read_course(tmp_path))}
    own = [name for name, page in pages.items() if "which claim of the report does the ceiling speak to" in page]
    assert own == ["assignment.html"]
    assert "Names the claim (1)" not in pages["assignment.html"]
    assert "The paragraph, in one sentence" not in pages["assignment.html"]
    assert "The paragraph, in one sentence" in pages["02-counting-the-hidden.html"]
