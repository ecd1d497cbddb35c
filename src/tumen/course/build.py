"""Building a course: from the one master to every student's folder, the worked solutions and the instructor's copy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tumen.core import Case, Problem, nearest
from tumen.core.files import in_turn, shipped
from tumen.core.toml import toml_key, toml_value
from tumen.core.words import counted
from tumen.course import marking
from tumen.course.assignment import own_page
from tumen.course.checks import stems
from tumen.course.copies import ASSIGNMENT, about_testimony, asked, copy_of, master, notebook_text, with_words
from tumen.course.issued import FILE as ISSUED
from tumen.course.issued import Issued
from tumen.course.keeping import Kept
from tumen.course.lateness import due
from tumen.course.plan import BUILT, HAND_INS, MARKED, Course, read_course
from tumen.course.received import Received, read_hand_ins
from tumen.course.remarks import said_of
from tumen.course.roster import first_few
from tumen.course.variants import Variants, case_mark, case_text
from tumen.course.wording import TaskFiles, beyond, beyond_tasks
from tumen.course.written import Folder, zipped
from tumen.evidence.dates import say
from tumen.tasks.definitions import COPY as STUDENT

Tell = Callable[[int, int], None]
BEYOND = "beyond-as-of.md"  # lists what a date does not reach


@dataclass
class Built:
    """What a build did: how many copies, how many files were written (`changed` names them), left as they were and taken away."""

    path: Path
    students: int
    digest: str
    written: int = 0
    same: int = 0
    removed: int = 0
    notes: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


class Copies:
    """Everything of a course's copies that does not depend on who gets them."""

    def __init__(self, course: Course):
        self.course = course
        self.books = {stem: copy_of(stem, course) for stem in course.workbooks}
        found = {stem: beyond(cells, course.as_of) for stem, cells in self.books.items()} if course.as_of else {}
        self.beyond = {stem: passages for stem, passages in found.items() if passages}
        self.books[ASSIGNMENT] = own_page(course, self.books)
        keys = [key for cells in self.books.values() for key in asked(cells, course)]
        _all_asked(course, keys)
        self.tasks = TaskFiles(course, keys)
        if course.as_of and (late := beyond_tasks(self.tasks.tasks, course.as_of)):
            self.beyond["tasks"] = late
        self.variants = Variants(course)
        self.plain = {f"{s}.ipynb": _bytes(notebook_text(c, course)) for s, c in self.books.items()}
        self.data = self._tables(course.case)
        self.digest = self._digest()

    def _digest(self) -> str:
        """What tells one build of a course from another: the files all share, and the questions."""
        common = {**self.plain, **self.data, **_encoded(self.tasks.for_student(self.course.case))}
        counts = [[t.key, t.points] for t in self.course.tasks()]
        parts = [f"{n} {hashlib.sha256(d).hexdigest()}" for n, d in sorted(common.items())]
        return hashlib.sha256(_bytes("\n".join([repr(counts), *parts]))).hexdigest()[:12]

    def of_student(self, student: str, case: Case) -> dict[str, bytes]:
        """The files of one student's copy."""
        questions = _encoded(self.tasks.for_student(case))
        return {**self.plain, **self._tables(case), **questions, **self._about("student", student, case)}

    def solutions(self) -> dict[str, bytes]:
        """The files of the worked solution, with the course's numbers and nothing that is for markers."""
        case = self.course.case
        return {
            **self._with_words(lambda task: marking.worked(task, self.course)),
            **self.data,
            **_encoded(self.tasks.with_solutions()),
            **self._about("solution", "", case),
        }

    def instructor(self) -> dict[str, bytes]:
        """The files of the instructor's copy: solutions, rubrics, the guides, and who has which numbers."""
        course = self.course
        files = {
            **self._with_words(lambda task: marking.for_markers(task, course)),
            **self.data,
            **_encoded(self.tasks.for_instructor()),
            **self._about("instructor", "", course.case),
        }
        for stem in course.workbooks:
            guide = shipped("workbooks", "instructor", f"{stem}.md")
            if guide.is_file():
                files[f"guide/{stem}.md"] = _bytes(
                    about_testimony(guide.read_text(encoding="utf-8"), course.sensitivity.testimony)
                )
        return files

    def _with_words(self, words) -> dict[str, bytes]:
        return {
            f"{stem}.ipynb": _bytes(notebook_text(with_words(cells, words, self.course), self.course))
            for stem, cells in self.books.items()
        }

    def _tables(self, case: Case) -> dict[str, bytes]:
        """The own tables of a case, as they stand in a copy."""
        return {f"data/{name}.csv": (self.course.folder / own).read_bytes() for name, own in case.data.items()}

    def _about(self, copy: str, student: str, case: Case) -> dict[str, bytes]:
        return _encoded({"case.toml": case_text(case), STUDENT: self._student_toml(copy, student, case)})

    def _student_toml(self, copy: str, student: str, case: Case) -> str:
        course = self.course
        about = {"course": course.course, "title": course.title, "copy": copy, "student": student}
        about |= {"build": self.digest, "due": due(course) if course.zone else course.due, "case_mark": case_mark(case)}
        lines = [f"{k} = {toml_value(v)}" for k, v in about.items() if v is not None]
        points = [f"{toml_key(t.key)} = {toml_value(t.points)}" for t in course.tasks()]
        head = "# Whose copy this is, and what counts in it. It is needed for the hand-in; please leave it as it is."
        return "\n".join([head, *lines, "", "[graded]", *points]) + "\n"


def build(folder: str | Path, tell: Tell | None = None, redraw: Collection[str] = ()) -> Built:
    """Build the course of a folder into its `built`; `tell` is called with how many copies of how many are done.

    What a student was issued by an earlier build stays; `redraw` names those who get new numbers all the same. The same
    files, seed and numbers issued give the same bytes; a file that has not changed is not written again. Raises `Problem`.
    """
    course = read_course(folder)
    try:
        with in_turn(course.folder / ISSUED):
            return _build(course, Issued(course), redraw, tell)
    except TimeoutError:
        raise Problem("this course is being built already; wait until that is done.") from None
    except OSError as e:
        raise Problem(f"{course.folder} cannot be written: {e.strerror}.") from None


def new_numbers(folder: str | Path, who: str) -> tuple[tuple[str, ...], str]:
    """Who would get new numbers by `all` or ids with commas between, and what there is to say of it before it happens.

    Raises `Problem` for a student who was issued none.
    """
    course = read_course(folder)
    there = Issued(course).students
    ids = there if who.strip() == "all" else tuple(dict.fromkeys(filter(None, re.split(r"[\s,;]+", who))))
    for student in ids:
        if student not in there:
            raise Problem(f"--redraw: {student!r} was issued no numbers; {nearest(student, there)}.")
    if not ids:
        raise Problem("--redraw needs all, or the ids of students with commas between.")
    came = sorted(handed_in(course) & set(ids))
    students = "the copy for all" if ids == ("",) else counted(len(ids), "student")
    names = f" ({first_few(came)})" if came else ""
    gets = "gets" if len(ids) == 1 else "get"
    has = "has" if len(came) == 1 else "have"
    return ids, f"{students} {gets} new numbers, {len(came) or 'none'} of whom {has} handed in{names}"


def _build(course: Course, issued: Issued, redraw: Collection[str], tell: Tell | None) -> Built:
    copies, out = Copies(course), Folder(course.folder / BUILT)
    done = Built(out.path, len(course.students), copies.digest, notes=_notes(course, copies))
    rows = list(_cases(course, copies, issued, redraw))
    issued.save()  # before a copy is written: nothing is given out that is not known
    done.notes += _of_earlier(issued, copies.variants, rows)
    for stem, found in copies.beyond.items():
        done.notes.append(_not_reached(stem, found))
    if copies.beyond:
        out.put(f"instructor/{BEYOND}", _bytes(_all_not_reached(course, copies.beyond)))
    out.put_all("solutions", copies.solutions())
    out.put_all("instructor", copies.instructor())
    for n, (student, case) in enumerate(rows, start=1):
        files = copies.of_student(student, case)
        if not student:
            out.put_all("student", files)
            continue
        out.put_all(f"students/{student}", files)
        out.put(f"zips/{student}.zip", zipped({f"{course.course}/{name}": data for name, data in files.items()}))
        if tell:
            tell(n, len(rows))
    if course.nbgrader:
        out.put_all(f"nbgrader/source/{course.course}", copies.of_student("", course.case))
        out.put("nbgrader/nbgrader_config.py", _bytes(NBGRADER.format(course=course.course)))
    if course.students and course.draws:
        out.put("instructor/variants.csv", _bytes(marking.variants_table(course, copies.variants, rows)))
    out.finish()
    done.written, done.same, done.removed, done.changed = out.written, out.same, out.removed, out.changed
    done.notes += [f"built/{name} was changed by hand and belongs to no one now; it was kept." for name in out.kept]
    return done


def _cases(course: Course, copies: Copies, issued: Issued, redraw: Collection[str]) -> Iterator[tuple[str, Case]]:
    """Each student (or "", where there is one copy for all) with the case that was issued, or is now."""
    issued.add_build(copies.digest)
    for student in [s.id for s in course.students] or [""]:
        case = None if student in redraw else issued.case(student)
        if case is None:
            case = copies.variants.case(student, issued.rounds(student)) if student else course.case
            issued.add(student, case, copies.digest)
        yield student, case


def _of_earlier(issued: Issued, variants: Variants, rows: list[tuple[str, Case]]) -> Iterator[str]:
    """What there is to know of numbers that were issued earlier and are kept."""
    kept = {student: case for student, case in rows if issued.of_another_plan(student)}
    if not kept:
        return
    who = "the copy for all keeps" if "" in kept else f"{len(kept):,} student{' keeps' if len(kept) == 1 else 's keep'}"
    yield (
        f"{who} the numbers, as_of and tables issued earlier, though the plan would now give others; --redraw "
        f"{'all' if '' in kept else 'all, or --redraw with ids,'} gives new ones."
    )
    for student, case in kept.items():
        for key, why in variants.empty(case).items():
            yield f"{student}: {key}, with the numbers issued: {why}."


def handed_in(course: Course) -> set[str]:
    """The students of whom a hand-in came, by what the files say of themselves."""
    place = course.folder / HAND_INS
    people = (s.name for s in course.students or ())
    found = chain(read_hand_ins(place, people) if place.exists() else (), Kept(course.folder / MARKED).others())
    return {r.hand_in.student for r in found if isinstance(r, Received) and r.hand_in.course == course.course}


NBGRADER = """# nbgrader hands out and collects these notebooks; Tumen marks them (tumen course grade).
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "{course}"
"""


def _all_asked(course: Course, keys: list[str]) -> None:
    """Raise `Problem` for a graded task that no page of the course asks, and for one asked twice."""
    for task in course.tasks():
        if task.key not in keys:
            home = _home(task.key)
            where = f" it stands in {home}, which the course leaves out, or in a section it leaves out" if home else ""
            raise Problem(f"course.toml: graded task {task.key} is asked on no page of this course;{where}.")
        if keys.count(task.key) > 1:
            raise Problem(f"course.toml: graded task {task.key} is asked {keys.count(task.key)} times in this course.")


def _home(key: str) -> str:
    """The workbook of the package that asks a task."""
    return next((stem for stem in stems() if key in asked(master(stem))), "")


def _notes(course: Course, copies: Copies) -> list[str]:
    """What an instructor should know of this build, a sentence each."""
    out = [f"{d.name} is drawn for each student, but no graded number moves with it." for d in copies.variants.idle()]
    if not course.students:
        why = f"{course.roster} names nobody" if course.roster else "The course has no roster"
        more = ", so nobody has numbers of their own" if course.draws else ""
        out.append(f"{why}: there is one copy for all, in built/student{more}.")
    for task in course.tasks():
        if task.kind == "text" and not (task.rubric or task.criteria):
            out.append(f"{task.key} is read by a person and has no rubric.")
    out += said_of(course)
    if course.nbgrader and course.draws:
        out.append(
            "nbgrader hands everyone the same files: for numbers of their own, students unpack their zip over the fetched folder."
        )
    return out


def _not_reached(stem: str, found: list[str]) -> str:
    """What a date does not reach in a workbook, in a sentence."""
    n = "a passage that speaks" if len(found) == 1 else f"{len(found)} passages that speak"
    return f"{stem}: as_of does not reach {n} of later days, such as ‘{found[0][:60]}…’; instructor/{BEYOND} lists all."


def _all_not_reached(course: Course, beyond: dict[str, list[str]]) -> str:
    lines = [
        f"# Passages that speak of days after {say(course.as_of)}",
        "",
        "`as_of` cuts tables, charts and ledgers at that day, and leaves out the passages that can only be known later as a whole. These "
        "stay: leave their sections out (`leave_out` in course.toml), switch tasks off (`tasks_off`), or tell your students. The apps' own "
        "questions and findings were not looked through.",
    ]
    for stem, found in beyond.items():
        lines += ["", f"## {stem}", "", *(f"- {words.lstrip('-*+| ')}" for words in found)]
    return "\n".join(lines) + "\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: _bytes(text) for name, text in files.items()}
