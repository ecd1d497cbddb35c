"""Built copies: complete, the same bytes for the same plan, and nothing in a student's that should not be."""

import hashlib
import io
import json
import os
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
from plans import PLAN, ROSTER, SEED, TASKS

from tumen.brief import models
from tumen.core import Case
from tumen.core.words import number
from tumen.course.build import build
from tumen.course.copies import asked, without
from tumen.course.plan import read_course
from tumen.course.variants import Variants, case_mark
from tumen.tasks import predictions_of, read_tasks
from tumen.tasks.check import run_answer

TOLD = {"key", "kind", "prompt", "options", "unit", "points", "graded"}
ALL_SECRET = re.compile(r"(HINT|SOLUTION|RIGHT|MISTAKE|RUBRIC|VIEW|ANCHOR)-OF-LAW")


def tree(folder):
    """Every file under a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    (folder / "tasks").mkdir()
    (folder / "course.toml").write_text(PLAN, encoding="utf-8")
    (folder / "tasks" / "law.toml").write_text(TASKS, encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    build(folder)
    return folder


# --- what is in a copy ------------------------------------------------------------------------------


def test_each_student_has_a_folder_and_a_zip_of_the_same_files(built):
    assert sorted(p.name for p in (built / "built/students").iterdir()) == ["ann", "ben", "cho"]
    for student in ("ann", "ben", "cho"):
        with zipfile.ZipFile(built / f"built/zips/{student}.zip") as archive:
            inside = {n.removeprefix("korea-301/"): archive.read(n) for n in archive.namelist()}
            assert all(n.startswith("korea-301/") for n in archive.namelist())
        assert inside == tree(built / "built/students" / student)


def test_a_student_gets_the_case_that_grading_will_use(built):
    course = read_course(built)
    for student in course.students:
        folder = built / "built/students" / student.id
        case = Case.read(folder / "case.toml", models().values())
        due = Variants(course).case(student.id)
        assert case.overrides == due.overrides
        about = tomllib.loads((folder / "student.toml").read_text(encoding="utf-8"))
        assert (about["student"], about["course"], about["copy"]) == (student.id, "korea-301", "student")
        assert about["case_mark"] == case_mark(case) == case_mark(due)
        assert about["graded"] == {"counting.guests": 1, "counting.bound": 3, "law.ceiling": 4, "law.reason": 4}


def test_every_notebook_is_valid_clean_and_asks_only_tasks_of_the_copy(built):
    for copy in ("students/ann", "solutions", "instructor"):
        folder = built / "built" / copy
        tasks = {k: t for p in (folder / "tasks").glob("*.toml") for k, t in read_tasks(p).items()}
        keys, cards = [], set()
        for path in sorted(folder.glob("*.ipynb")):
            read = nbformat.read(path, as_version=4)
            nbformat.validate(read)
            code = [c for c in read.cells if c.cell_type == "code"]
            assert all(c.outputs == [] and c.execution_count is None for c in code)
            keys += [key for key in asked(read.cells) if key not in cards]
            cards |= {
                key for key in keys if tasks[key].prediction and tasks[key].model
            }  # a model may have a card in two chapters
        assert sorted(keys) == sorted(tasks)
        assert {"counting.guests", "law.ceiling", "law.reason", "law.warm_up"} <= set(keys)


def test_a_graded_task_is_asked_with_the_students_numbers_and_holds_nothing_else(built):
    for student in ("ann", "cho"):
        folder = built / "built/students" / student
        case = Case.read(folder / "case.toml", models().values())
        law = tomllib.loads((folder / "tasks/law.toml").read_text(encoding="utf-8"))["task"]
        counting = tomllib.loads((folder / "tasks/counting.toml").read_text(encoding="utf-8"))["task"]
        graded = [t for t in [*law, *counting] if t.get("graded")]
        assert [t["key"] for t in graded] == ["law.ceiling", "law.reason", "counting.guests", "counting.bound"]
        assert all(set(t) <= TOLD for t in graded)
        hosts = case.overrides["counting.ceiling"]["hosts"].value
        assert graded[0]["prompt"].startswith(f"{hosts:,.0f} hosts live 3.5 to a household")
        assert f"{hosts:,.0f} " in graded[2]["prompt"]
        formative = next(t for t in counting if t["key"] == "counting.occupancy")
        assert {"answer", "hint", "solution", "mistake"} <= set(formative)


# --- what must not be in one ------------------------------------------------------------------------


def test_no_byte_of_a_students_copy_tells_a_key_a_rubric_the_seed_or_another_student(built):
    course = read_course(built)
    variants = Variants(course)
    others = {
        "ann": ("ben", "cho", "조은"),
        "ben": ("ann@example.org", "cho", "조은"),
        "cho": ("ben", "ann@example.org"),
    }
    for student, unwanted in others.items():
        files = tree(built / "built/students" / student)
        with zipfile.ZipFile(built / f"built/zips/{student}.zip") as archive:
            raw = (built / f"built/zips/{student}.zip").read_bytes()
            assert all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())
        text = b"\n".join([*files.values(), raw]).decode("utf-8", "replace")
        assert not ALL_SECRET.search(text)
        for word in (SEED, hashlib.sha256(SEED.encode()).hexdigest(), "course.toml", str(built), *unwanted):
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), word
        case = variants.case(student)
        for task in variants.tasks:
            key = run_answer(task.answer, case)[0]
            for said in {f"{key:.6g}", f"{key:.0f}", f"{key:,.0f}", number(key, 4), repr(key)}:
                assert len(said) < 4 or said not in text, (task.key, said)


def test_the_searched_for_words_are_in_the_instructors_copy(built):
    """The search above would find them: every one stands where it should."""
    text = "\n".join(d.decode() for n, d in tree(built / "built/instructor").items() if n.endswith((".ipynb", ".csv")))
    assert {m.group(1) for m in ALL_SECRET.finditer(text)} >= {"SOLUTION", "MISTAKE", "RUBRIC", "ANCHOR", "VIEW"}
    course = read_course(built)
    key = run_answer(course.task("law.ceiling").answer, Variants(course).case("ann"))[0]
    assert f"{key:.0f}" in text


def test_the_worked_solution_has_no_markers_notes(built):
    text = "\n".join(d.decode() for d in tree(built / "built/solutions").values())
    assert "SOLUTION-OF-LAW-CEILING" in text and "VIEW-OF-LAW-REASON" in text
    for word in ("RUBRIC-OF-LAW", "ANCHOR-OF-LAW", "For markers", SEED, "조은"):
        assert word not in text


# --- the same again, and only what changed ----------------------------------------------------------


def test_the_same_plan_and_seed_give_the_same_bytes_anywhere(built, tmp_path):
    other = tmp_path / "another place"
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("built"))
    build(other)
    assert tree(other / "built") == tree(built / "built")


def test_a_rebuild_writes_nothing_and_a_change_only_what_it_changes(make_course):
    folder = make_course()
    first = build(folder)
    assert (first.students, first.same, first.removed) == (3, 0, 0)
    times = {p: p.stat().st_mtime_ns for p in (folder / "built").rglob("*")}
    again = build(folder)
    assert (again.written, again.removed) == (0, 0)
    assert again.same >= first.written
    assert {p: p.stat().st_mtime_ns for p in (folder / "built").rglob("*")} == times

    before = tree(folder / "built")
    (folder / "roster.csv").write_text(ROSTER.replace("ben,Ben,\n", "") + "dora,Dora,\n", encoding="utf-8")
    third = build(folder)
    after = tree(folder / "built")
    changed = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    assert {n.split("/")[1].removesuffix(".zip") for n in changed if "/" in n} == {"ben", "dora", "variants.csv"} | {
        "instructor"
    } - {"instructor"}
    assert not (folder / "built/students/ben").exists()
    assert third.removed == sum(n in before and n not in after for n in changed)


def test_a_students_own_files_in_a_built_folder_are_left_alone(make_course):
    folder = make_course()
    build(folder)
    mine = folder / "built/students/ben/answers.json"
    mine.write_text("{}", encoding="utf-8")
    (folder / "built/students/ben/case.toml").write_text("# mine\n", encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER.replace("ben,Ben,\n", ""), encoding="utf-8")
    done = build(folder)
    assert mine.is_file()
    assert (folder / "built/students/ben/case.toml").read_text() == "# mine\n"
    assert "students/ben/case.toml" in " ".join(done.notes)


def test_a_spoilt_manifest_takes_nothing_away_outside(make_course):
    folder = make_course()
    build(folder)
    outside = folder / "roster.csv"
    digest = hashlib.sha256(outside.read_bytes()).hexdigest()
    (folder / "built/manifest.json").write_text(json.dumps({"../roster.csv": digest, str(outside): digest}))
    build(folder)
    assert outside.is_file()


def test_progress_is_told_for_every_copy(make_course):
    told = []
    build(make_course(), lambda n, whole: told.append((n, whole)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# --- what an instructor chooses ---------------------------------------------------------------------


def cells(folder, stem, copy="student"):
    return nbformat.read(folder / "built" / copy / f"{stem}.ipynb", as_version=4).cells


def prose(folder, stem, copy="student"):
    return "\n\n".join(c.source for c in cells(folder, stem, copy) if c.cell_type == "markdown")


def test_without_a_roster_there_is_one_copy_for_all_and_the_build_says_so(make_course):
    folder = make_course(plan=PLAN.replace('roster = "roster.csv"\n', ""))
    done = build(folder)
    assert (folder / "built/student/assignment.ipynb").is_file()
    assert not (folder / "built/students").exists()
    assert "nobody has numbers of their own" in " ".join(done.notes)


def test_sections_and_tasks_are_left_out_with_what_depended_on_them(make_course):
    plan = PLAN.replace('task = "counting.bound"\npoints = 3', 'task = "start.block"').replace(
        'roster = "roster.csv"', 'tasks_off = ["counting.taste", "counting.overlap"]'
    )
    plan = plan.replace('"02-counting-the-hidden"]', '"02", "timeline", "traps"]')
    folder = make_course(plan=plan, end='\n[leave_out]\n"timeline" = ["who is who"]\n')
    build(folder)
    text = prose(folder, "timeline")
    assert "## Who is who" not in text and "## Where\n" in text and "A page of your course" in text
    code = "\n".join(c.source for c in cells(folder, "timeline") if c.cell_type == "code")
    assert "report.who" not in code and "report.timeline" in code
    assert any("start.block" in c.source for c in cells(folder, "traps"))
    assert "[Numbers that trap](traps.ipynb)" in text and "Glossary" not in text
    tasks = read_tasks(folder / "built/student/tasks/counting.toml")
    assert "counting.taste" not in tasks and "counting.overlap" not in tasks and "counting.occupancy" in tasks
    assert not predictions_of("counting.quiet", folder / "built/student"), "the model's card stays and asks it no more"
    book = "\n".join(c.source for c in cells(folder, "02-counting-the-hidden") if c.cell_type == "code")
    assert "tumen.explore(counting.quiet)" in book
    assert "counting.taste" not in (folder / "built/solutions/02-counting-the-hidden.ipynb").read_text(encoding="utf-8")


def test_a_prediction_asked_by_a_card_goes_with_the_section_that_holds_it(make_course):
    folder = make_course(
        plan=PLAN.replace('task = "counting.bound"\npoints = 3', 'task = "start.kinds"'),
        end='\n[leave_out]\n"02" = ["Can 300,000 and 100,000 both be true?"]\n',
    )
    build(folder)
    tasks = read_tasks(folder / "built/students/ann/tasks/counting.toml")
    assert "counting.present" not in tasks and {"counting.taste", "counting.ceiling"} <= set(tasks)


def test_leaving_out_a_section_keeps_the_imports_in_it():
    kinds = (("markdown", "## Before"), ("code", "import tumen"), ("code", "tumen.traps()"), ("markdown", "## After"))
    whole = [{"cell_type": kind, "source": source, "metadata": {}} for kind, source in kinds]
    assert [c["source"] for c in without(whole, ("Before",), "02")] == ["import tumen", "## After"]


@pytest.mark.parametrize(
    ("top", "end", "words"),
    [
        (
            "",
            '[leave_out]\n"02" = ["Beginning"]\n',
            ["course.toml", "leave_out", "'Beginning'", "such as 'The report counts by its hosts'"],
        ),
        ("", '[leave_out]\n"02" = ["What does silence says?"]\n', ["'What does silence say?'"]),
        ("", '[leave_out]\n"02" = ["02 · Counting the hidden"]\n', ["its title"]),
        ("", '[[extra]]\ntask = "law.warm_up"\nworkbook = "02"\nafter = "Sourcez"\n', ["extra", "'Sources'"]),
        ("", '[[graded]]\ntask = "crisis.stops"\n', ["crisis.stops", "03-crisis-or-hardship"]),
        (
            "",
            '[[graded]]\ntask = "law.warm_up"\npoints = 1\n[leave_out]\n"02" = ["The report counts by its hostz"]\n',
            ["'The report counts by its hosts'"],
        ),
    ],
)
def test_what_cannot_be_built_is_told(top, end, words, make_course, refusal):
    sentence = refusal(build, make_course(top=top, end=end))
    for word in words:
        assert word in sentence


def test_a_task_of_the_course_is_asked_where_it_says(make_course):
    folder = make_course(
        end='\n[[extra]]\ntask = "law.warm_up"\nworkbook = "02"\nafter = "The report counts by its hosts"\n'
    )
    build(folder)
    source = [c.source for c in cells(folder, "02-counting-the-hidden", "students/ann")]
    at = source.index('tumen.ask("law.warm_up")')
    later = next(i for i, s in enumerate(source) if s.startswith("## What was in print differed"))
    assert at == later - 1
    assert "law.warm_up" not in "\n".join(c.source for c in cells(folder, "assignment", "students/ann"))


def test_the_courses_title_is_said_as_it_is_and_is_no_markup(make_course):
    folder = make_course(plan=PLAN.replace("Korea and the law", "Exit <b>& *voice* [a](b)"))
    build(folder)
    said = r"Exit \<b\>\& \*voice\* \[a\](b) of refuge"
    for name in ("assignment", "02-counting-the-hidden"):
        cells = nbformat.read(folder / f"built/students/ann/{name}.ipynb", 4).cells
        assert any(said in c.source for c in cells)


def test_links_lead_only_to_pages_of_the_copy(built):
    folder = built / "built/students/ann"
    for path in folder.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for target in re.findall(r"\]\(([^)]+)\)", cell.source):
                assert target.startswith("https://") or (folder / target).is_file(), (path.name, target)


def test_words_are_the_courses_in_text_and_tasks_and_nowhere_else(make_course):
    folder = make_course(end='\n[terms]\n"guests" = "lodgers"\n"North Koreans in China" = "border crossers"\n')
    build(folder)
    text = prose(folder, "02-counting-the-hidden", "students/ann")
    assert "lodgers" in text and "## How many lodgers are too many?" in text and "order crossers" in text
    code = "\n".join(c.source for c in cells(folder, "02-counting-the-hidden", "students/ann") if c.cell_type == "code")
    assert 'tumen.ask("counting.guests")' in code and "lodgers" not in code
    tasks = read_tasks(folder / "built/students/ann/tasks/counting.toml")
    assert "lodgers" in tasks["counting.guests"].prompt
    whole = read_tasks(folder / "built/solutions/tasks/counting.toml")["counting.guests"]
    assert any("lodgers" in m.says for m in whole.mistake)
    assert tasks["counting.occupancy"].answer.output == "occupancy_needed_100k"


def test_notes_on_content_are_kept_left_out_or_said_otherwise(make_course):
    kept, none, own = (
        make_course(name, end=end)
        for name, end in (
            ("kept", ""),
            ("none", "\n[sensitivity]\ncontent_notes = false\n"),
            ("own", '\n[sensitivity]\nnotes = { "02" = "Ask me first." }\n'),
        )
    )
    for folder, said in ((kept, "*Content note.* Hunger, women"), (none, ""), (own, "*Content note.* Ask me first.")):
        build(folder)
        found = re.findall(r"\*Content note\.\*.{12}", prose(folder, "02-counting-the-hidden", "students/ann"))
        assert bool(found) == bool(said)
        assert said in prose(folder, "02-counting-the-hidden", "students/ann")


def test_testimony_is_kept_or_left_out_by_its_tag_and_its_marks(make_course, monkeypatch):
    """Cells by their tag, words by their marks, in a chapter and in the guide to it."""
    from tumen.course import copies

    shown = copies.master

    def master(stem, folder=None):
        told = {"cell_type": "markdown", "id": "told", "metadata": {"tags": ["testimony"]}, "source": "SOMEBODY-TOLD"}
        marked = {"cell_type": "markdown", "id": "marked", "metadata": {}, "source": MARKED_WORDS}
        cells = shown(stem, folder)
        return [*cells[:2], told, marked, *cells[2:]] if stem.startswith("05") else cells

    monkeypatch.setattr(copies, "master", master)
    plan = PLAN.replace('"00", ', '"00", "05", ')
    for name, end, kept in (("with", "", True), ("without", "\n[sensitivity]\ntestimony = false\n", False)):
        folder = make_course(name, plan=plan, end=end)
        build(folder)
        text = prose(folder, "05-publicity-and-crackdown", "students/ann")
        guide = (folder / "built/instructor/guide/05-publicity-and-crackdown.md").read_text(encoding="utf-8")
        assert ("SOMEBODY-TOLD" in text) == kept
        assert ("ANOTHER-TOLD" in text) == kept
        assert ("memoir by an adult" in guide) == kept
        assert "before and after" in text and "<!--" not in text + guide


MARKED_WORDS = "ANOTHER: <!-- testimony -->ANOTHER-TOLD<!-- /testimony -->before and after"


def test_own_tables_travel_with_the_copy_and_are_the_ones_used(make_course, monkeypatch):
    from tumen.core.files import shipped
    from tumen.evidence.tables import table

    folder = make_course(end='\n[data]\narrivals = "data/mine.csv"\n')
    (folder / "data").mkdir()
    shutil.copyfile(shipped("data") / "arrivals.csv", folder / "data/mine.csv")
    build(folder)
    copy = folder / "built/students/ann"
    case = Case.read(copy / "case.toml", models().values())
    shutil.rmtree(folder / "data")  # nothing in a copy may need the instructor's folder
    assert "data/arrivals.csv" in tree(copy)
    assert table("arrivals", case=case).whose.startswith("arrivals.csv, which Korea and the law of refuge")


def test_an_own_table_in_another_encoding_is_read_in_the_copy_as_in_the_course(make_course, refusal):
    from tumen.evidence.tables import table

    own = Path(__file__).parents[1] / "evidence" / "own_tables" / "ours_cp949.csv"
    folder = make_course(end='\n[data.arrivals]\nfile = "mine.csv"\n')
    shutil.copyfile(own, folder / "mine.csv")
    assert 'write encoding = "cp949" (Korean) under [data.arrivals], beside file = "mine.csv"' in refusal(build, folder)
    plan = (folder / "course.toml").read_text(encoding="utf-8")
    (folder / "course.toml").write_text(plan + 'encoding = "cp949"\n', encoding="utf-8")
    build(folder)
    case = Case.read(folder / "built/students/ann/case.toml", models().values())
    assert table("arrivals", case=case).rows[0]["source_org"] == "통일부"
    (folder / "course.toml").write_text(plan.replace("file =", "fiel ="), encoding="utf-8")
    assert "[data.arrivals] has no 'fiel'; the nearest is 'fill' or 'file'" in refusal(build, folder)


def test_evidence_is_as_of_the_courses_date(make_course):
    folder = make_course(top="as_of = 2002-05-07\n")
    build(folder)
    case = Case.read(folder / "built/students/ann/case.toml", models().values())
    assert case.as_of.isoformat() == "2002-05-07"


def test_a_zip_does_not_know_the_day_it_was_made(built):
    with zipfile.ZipFile(io.BytesIO((built / "built/zips/ann.zip").read_bytes())) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(make_course, refusal):
    folder = make_course()
    folder.chmod(0o500)
    try:
        assert "cannot be written" in refusal(build, folder)
    finally:
        folder.chmod(0o700)


def test_memory_does_not_grow_with_the_class(make_course):
    """Ninety more copies, of some hundred kilobytes each, take no more than their lines in the manifest."""
    import gc
    import tracemalloc

    peaks = []
    for turn, n in enumerate((2, 10, 100, 100)):  # the first brings what is read once; what grows does so each time
        folder = make_course(f"turn-{turn}", roster="id,name\n" + "".join(f"s{i:03},\n" for i in range(n)))
        gc.collect()
        tracemalloc.start()
        build(folder)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sum(len(d) for d in tree(folder / "built/students/s000").values()) > 40_000
    assert min(peaks[2:]) - peaks[1] < 1_500_000, peaks
