"""What a new course is written from: a commented plan that builds as it stands, or the sample course with its hand-ins."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tumen.brief import brief
from tumen.core import Problem
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.course.build import build
from tumen.course.checks import stems
from tumen.course.handin import write_hand_in
from tumen.course.plan import BUILT, FILE, HAND_INS, Course, read_course
from tumen.course.variants import Variants
from tumen.course.written import write_private
from tumen.evidence.package import names
from tumen.tasks import Answers
from tumen.tasks.check import run_answer

STARTER = "starter.toml"  # beside a brief.toml: what a course on its report begins with

PLAN = """# The plan of your course. Lines that begin with # are notes; take the # away to use what stands behind it.
# Then, in a terminal:  tumen course build {folder}      and after the hand-ins are in:  tumen course grade {folder}
# Keep this folder to yourself: it holds keys, rubrics and the secret seed. Give out only what stands in built/zips.

course = "{course}"                # a short name without spaces; it stands in every hand-in
title = "{title}"
# starts = 2027-03-01
# due = 2027-03-15T18:00:00          # a day, or a day and an hour, in the time zone of the next line, which it needs
# zone = "Asia/Seoul"                # or Europe/Berlin, America/New_York, and so on
late = "flag"                        # flag: marked and shown as late; accept: not shown
roster = "roster.csv"                # columns id, name and, if you like, email; without students there is one copy for all

# Which chapters, by name or by number; all where none is named. A notebook of your own beside this file is named likewise ("09-law").
workbooks = [
{books}
]

# Tasks that are not asked. tumen lab shows every task; its name stands in the code above it.
tasks_off = []

# The day up to which tables, charts and ledgers go; passages that can only be known later are left out. A build lists the passages
# that a day does not reach, as they speak of earlier and later days at once.
# as_of = {date}

# Metadata for a hub that hands out and collects with nbgrader. Marking stays here.
nbgrader = false

# The secret from which each student's numbers are drawn. Keep it: with another one everybody has other numbers.
seed = "{seed}"

# Sections left out, by the words of their headings.
[leave_out]
{leave_out}

# --- What is graded -------------------------------------------------------------------------------------------------
# In a student's copy these tasks record an answer and say nothing of it. Points and within (how near a number must come,
# as a share of it) are the task's own where you give none. Tasks that come with Tumen are public, and a number that a
# model computes can be computed by anyone: let marks rest on each student's own numbers, and on reasons.

{graded}

# --- Tasks of your own ----------------------------------------------------------------------------------------------
# They stand in tasks/*.toml. Each is asked on the page "assignment", unless you say where:

# [[extra]]
# task = "own.reason"
# workbook = "{book}"
# after = "What we have claimed"     # at the end of the section of that heading

# --- Passages of your own, in markdown: at the end of a section, else at the end of the chapter --------------------------

# [[passage]]
# workbook = "{book}"
# after = "What we have claimed"
# text = "In class we speak of one term a week."        # or file = "passages/claimed.md"

# --- Who marks the texts: one of you, or several ---------------------------------------------------------------------
# Each marker gets a sheet of their own in marked/sheets. by: student, task or criterion (each text then needs criteria).
# each: how many mark a text. Marks that lie further apart than this wait for an agreed one. anonymous: codes for ids and names.
[marking]
# markers = ["kim", "lee"]
# by = "student"
# each = 2
# apart = 1
# anonymous = true

# --- Numbers of their own -------------------------------------------------------------------------------------------
# Each student gets a value of each quantity named here, between low and high (the declared range where you give none),
# in steps. It depends on the seed and the student's id alone: students who join or leave change nobody else's.
# tumen models lists models with what each takes and gives; tumen run {model} shows the values one starts from.

{draw}

# --- Values, ranges and controls for everyone -----------------------------------------------------------------------
# A control may be "locked" (shown, and cannot be moved) or "hidden" (not offered, and still in the printed assumptions).

{models}

# --- Tables of your own, with the columns of the table they replace (tumen data lists them) --------------------------
[data]
# {table} = "data/my_{table}.csv"

# --- Words ----------------------------------------------------------------------------------------------------------
# Whole words in our own voice are replaced; quotations, italics, links and code stay.
[terms]
{terms}

# --- With care ------------------------------------------------------------------------------------------------------
[sensitivity]
testimony = true                     # false leaves out what people have told or published of their own lives and views
content_notes = true                 # false leaves out the notes on content
{notes}
"""

TASKS = """# Tasks of your own. A number is checked against a model run, so each student's key follows the student's numbers.
# Names in braces are filled in from that run. tumen models lists what each model takes and gives.

{tasks}"""

OWN = """[[task]]
key = "own.reason"
kind = "text"
points = 4
prompt = "Which claim of the report does a model of yours speak to, and what does it leave open? Name the claim, use a number of your run, say what would change your answer, and give the strongest reason against it. At most 200 words."
criteria = { "Names the claim" = 1, "Uses a number of the run" = 1, "Says what would change the answer" = 1, "Gives the strongest opposing reason fairly" = 1 }

  [[task.anchors]]
  mark = 4
  text = "The model speaks to one claim and says nothing of its neighbour. With the number of my run its finding holds, by little: were its first assumption half as large, it would turn. Against it: the formula knows one way in which things may have gone, and the claim allows for others."

  [[task.anchors]]
  mark = 1
  text = "The model shows that the report is right."
"""

ROSTER = "id,name,email\n"


def new(folder: str | Path) -> list[Path]:
    """Write the files of a new course into a folder; raises `Problem` where one is there already."""
    folder = Path(folder)
    name = re.sub(r"[^A-Za-z0-9]+", "-", folder.resolve().name).strip("-")[:40].strip("-") or "course"
    if (folder / FILE).exists():
        raise Problem(f"there is a {FILE} in {folder} already; it was left as it is.")
    parts = _parts()
    texts = {
        FILE: PLAN.format(
            folder=folder,
            course=name,
            title=folder.resolve().name.replace('"', "").replace("\\", "") or "A course",
            books="\n".join(f'  "{stem}",' for stem in stems()),
            seed=secrets.token_urlsafe(24),
            **parts,
        ),
        "tasks/own.toml": TASKS.format(tasks=parts["tasks"]),
        "roster.csv": ROSTER,
    }
    written = []
    for part, text in texts.items():
        path = folder / part
        try:
            if not path.exists():
                written.append(write_private(path, text))
        except OSError as e:
            raise Problem(f"{path} cannot be written: {e.strerror}.") from None
    return written


def _parts() -> dict[str, str]:
    """The parts of a plan that speak of a report: of its brief's own starter.toml, else made from its tasks and models."""
    own = shipped("data") / STARTER
    return _made() | {k: v.strip("\n") for k, v in (read_toml(own) if own.is_file() else {}).items()}


def _made() -> dict[str, str]:
    """The parts of a plan for any report: every one of them builds, and what needs a choice stands behind a #."""
    here, books, tables = brief(), stems() or ("01",), names() or ["a_table"]
    asked = [t.key for t in here.tasks.values() if not t.prediction][:2]
    able = ((m, q) for m in here.models.values() for q in m.quantities if q.kind == "number" and q.low is not None)
    model, q = next(able, (None, None))
    draw = f'[[draw]]\nmodel = "{model.key}"\nquantity = "{q.key}"\nlow = {q.low}\nhigh = {q.high}' if q else ""
    return {
        "date": here.meta.date.isoformat(),
        "book": books[0],
        "table": tables[0],
        "model": model.key if model else "a.model",
        "leave_out": f'# "{books[0]}" = ["The heading of a section"]',
        "graded": "\n\n".join(f'[[graded]]\ntask = "{key}"' for key in [*asked, "own.reason"]),
        "draw": "\n".join(f"# {line}" for line in draw.splitlines()),
        "models": f"[models.{model.key}]\n# {q.key} = {q.value}" if q else "",
        "terms": '# "a word of ours" = "a word of yours"',
        "notes": f'# notes = {{ "{books[0]}" = "A word to my students before this chapter." }}',
        "tasks": OWN,
    }


# --- the sample course, ready to be marked --------------------------------------------------------

ANSWERS = "answers.toml"  # beside the sample's plan: what its students answer
SEED = re.compile(r'^seed = ".*"$', re.MULTILINE)


def new_sample(folder: str | Path) -> list[Path]:
    """Write the sample course into a folder, build it, and hand in for its students; returns what was written, the hand-ins last.

    Each hand-in is made in the student's own copy as the last cell of a copy makes it. Raises `Problem` where a course is there already.
    """
    folder, source = Path(folder), shipped("workbooks", "instructor", "sample")
    if (folder / FILE).exists():
        raise Problem(f"there is a {FILE} in {folder} already; it was left as it is.")
    written = []
    for path in sorted(p for p in source.rglob("*") if p.is_file() and p.name != ANSWERS):
        text = path.read_text(encoding="utf-8")
        if path.name == FILE:
            text = SEED.sub(f'seed = "{secrets.token_urlsafe(24)}"', text)
        try:
            written.append(write_private(folder / path.relative_to(source), text))
        except OSError as e:
            raise Problem(f"{folder} cannot be written: {e.strerror}.") from None
    build(folder)
    course = read_course(folder)
    variants = Variants(course)
    for student in read_toml(source / ANSWERS)["student"]:
        written.append(_hand_in(course, variants, student))
    return written


def _hand_in(course: Course, variants: Variants, student: Mapping) -> Path:
    """Answer in a copy of a student's folder and hand in; the folder itself stays as it was built."""
    name = student["id"]
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(course.folder / BUILT / "students" / name, Path(place) / name))
        answers, case = Answers(copy), variants.case(student.get("key_of", name))
        for key, times in student.get("times", {}).items():
            answers.put(key, float(f"{times * run_answer(course.task(key).answer, case)[0]:.6g}"), "recorded")
        for key, words in student.get("answers", {}).items():
            if key in student.get("drafts", ()):
                answers.draft(key, words)
            else:
                answers.put(key, words, "recorded")
        made = write_hand_in(copy)[0]
        return write_private(course.folder / HAND_INS / made.name, made.read_bytes())
