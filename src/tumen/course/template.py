"""What a new course is written from: a commented plan that builds as it stands, or the sample course with its hand-ins."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tumen.brief import brief
from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.course.build import build
from tumen.course.checks import stems
from tumen.course.handed import Given
from tumen.course.handin import write_hand_in
from tumen.course.marking import marked
from tumen.course.plan import BUILT, FILE, HAND_INS, Course, read_course
from tumen.course.variants import Variants
from tumen.course.written import write_private
from tumen.evidence.package import names
from tumen.tasks import Answers, Task
from tumen.tasks.check import run_answer

TEXTS = Path(__file__).parent / "start"  # what is written, with names in braces
STARTER = "starter.toml"  # beside a brief.toml: what a course on its report begins with

ROSTER = "id,name,email\n"


def new(folder: str | Path) -> list[Path]:
    """Write the files of a new course into a folder; raises `Problem` where one is there already."""
    folder = Path(folder)
    name = re.sub(r"[^A-Za-z0-9]+", "-", folder.resolve().name).strip("-")[:40].strip("-") or "course"
    if (folder / FILE).exists():
        raise Problem(f"there is a {FILE} in {folder} already; it was left as it is.")
    parts = _parts()
    texts = {
        FILE: _begun("course").format(
            folder=folder,
            course=name,
            title=folder.resolve().name.replace('"', "").replace("\\", "") or "A course",
            books="\n".join(f'  "{stem}",' for stem in stems()),
            seed=secrets.token_urlsafe(24),
            **parts,
        ),
        "tasks/own.toml": _begun("tasks").format(tasks=parts["tasks"]),
        "roster.csv": ROSTER,
    }
    return _written(folder, {name: text for name, text in texts.items() if not (folder / name).exists()})


def _written(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder; raises `Problem` where one cannot be written."""
    out = []
    for name, text in texts.items():
        try:
            out.append(write_private(folder / name, text))
        except OSError as e:
            raise Problem(f"{folder / name} cannot be written: {e.strerror}.") from None
    return out


def _begun(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


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
        "tasks": _begun("reason"),
    }


# --- the sample course, ready to be marked --------------------------------------------------------

ANSWERS = "answers.toml"  # beside the sample's plan: what its students answer
SEED = re.compile(r'^seed = ".*"$', re.MULTILINE)


def new_sample(folder: str | Path) -> list[Path]:
    """Write the sample course into a folder, build it, and hand in for its students; returns what was written, the hand-ins last.

    Each hand-in is made in the student's own copy as the last cell of a copy makes it. The secret is one under which a number copied
    from a neighbour is wrong. Raises `Problem` where a course is there already.
    """
    folder, source = Path(folder), shipped("workbooks", "instructor", "sample")
    if (folder / FILE).exists():
        raise Problem(f"there is a {FILE} in {folder} already; it was left as it is.")
    files = sorted(p for p in source.rglob("*") if p.is_file() and p.name != ANSWERS)
    texts = {str(p.relative_to(source)): p.read_text(encoding="utf-8") for p in files}
    students = read_toml(source / ANSWERS)["student"]
    course = _own_secret(read_course(source))
    while not told_apart(course, students):
        course = _own_secret(course)
    texts[FILE] = SEED.sub(f'seed = "{course.seed}"', texts[FILE])
    written = _written(folder, texts)
    build(folder)
    course = read_course(folder)
    variants = Variants(course)
    return [*written, *(_hand_in(course, variants, student) for student in students)]


def _own_secret(course: Course) -> Course:
    return course.model_copy(update={"seed": secrets.token_urlsafe(24)})


def told_apart(course: Course, students: Iterable[Mapping]) -> bool:
    """Whether every number that one of the students takes from a neighbour is wrong with the student's own numbers.

    Raises `Problem` where a course's draws leave a graded task without meaning.
    """
    variants = Variants(course)
    for student in students:
        if "key_of" in student:
            own, other = variants.case(student["id"]), variants.case(student["key_of"])
            for key, times in student["times"].items():
                task = course.task(key)
                if variants.moves[key] and marked(task, Given(_number(task, other, times)), own).state == "right":
                    return False
    return True


def _number(task: Task, case: Case, times: float) -> float:
    """What a student answers: so many times the key of a case, in six digits."""
    return float(f"{times * run_answer(task.answer, case)[0]:.6g}")


def _hand_in(course: Course, variants: Variants, student: Mapping) -> Path:
    """Answer in a copy of a student's folder and hand in; the folder itself stays as it was built."""
    name = student["id"]
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(course.folder / BUILT / "students" / name, Path(place) / name))
        answers, case = Answers(copy), variants.case(student.get("key_of", name))
        for key, times in student.get("times", {}).items():
            answers.put(key, _number(course.task(key), case, times), "recorded")
        for key, words in student.get("answers", {}).items():
            if key in student.get("drafts", ()):
                answers.draft(key, words)
            else:
                answers.put(key, words, "recorded")
        made = write_hand_in(copy)[0]
        return write_private(course.folder / HAND_INS / made.name, made.read_bytes())
