"""The sample course, ready to be marked: copied with a secret of its own, built, and handed in by invented students."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.course.build import build
from tumen.course.handin import write_hand_in
from tumen.course.plan import BUILT, FILE, HAND_INS, Course, read_course
from tumen.course.private import write_private
from tumen.course.variants import Variants
from tumen.tasks import Answers
from tumen.tasks.check import run_answer

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
