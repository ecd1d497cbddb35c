"""Grading a course: read what came, mark it, write what the instructor and each student get; all of it below marked/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tumen.core import Case, Problem
from tumen.course.give_back import comment_of, give_back, in_html, write_feedback
from tumen.course.gradebook import Record, write_notes, write_tables
from tumen.course.grading import Grading
from tumen.course.keeping import Kept
from tumen.course.mark_history import read_history
from tumen.course.mark_sheets import Sheet, mark_texts
from tumen.course.markers import Panel
from tumen.course.marking import Runs, solution, with_mark
from tumen.course.plan import HAND_INS, MARKED, Course, read_course
from tumen.course.received import Received, Refused, read_hand_ins
from tumen.course.report import Predicted, write_report
from tumen.course.roster import Student, first_few
from tumen.course.sheet_page import Piece
from tumen.course.whose import Chosen, Names, Words, choose, decided, shared_answers
from tumen.course.written import close_to_others
from tumen.lesson import HELD as LESSONS
from tumen.lesson.held import Record as Lesson
from tumen.lesson.held import read as read_lesson
from tumen.tasks import Task
from tumen.tasks.check import asked_words

Tell = Callable[[str, int, int], None]  # what is done, how many are, of how many (0: nobody knows yet)


@dataclass
class Outcome:
    """What a run of grading did: a record a student, the marking sheet, where it all lies.

    `notes` are what there is to look at, as (student, file, what); `refused` are those among them of files that could not be read;
    `given_back` says how many students' pages each zip for a platform holds.
    """

    folder: Path
    records: list[Record] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    sheet: Sheet | None = None
    given_back: dict[str, int] = field(default_factory=dict)

    @property
    def came(self) -> int:
        """How many students have a hand-in that counts."""
        return sum(r.came for r in self.records)


def grade(
    folder: str | Path,
    hand_ins: str | Path | None = None,
    by_task: bool = False,
    solutions: bool = True,
    tell: Tell | None = None,
    yes: bool = False,
    anonymous: bool = False,
) -> Outcome:
    """Grade a course: read the hand-ins below a folder, a zip or a file, and write everything into marked/.

    `hand_ins` is handed-in/ of the instructor's folder where none is given; `by_task` gives the forms for Canvas and
    Moodle a column a task; without `solutions` the feedback keeps them back; `tell` hears how far it is; `anonymous` puts codes in
    the place of ids and names on sheets and pages of feedback. A file that
    cannot be used never stops the rest: it is listed with its reason. What was read in earlier runs counts as well. Nothing
    is marked anew where somebody would lose points, unless `yes`: `Lowered` says whose and why. Raises `Problem` for a course that cannot be read, a place
    that is not there, and a marking sheet that cannot be read.
    """
    folder = Path(folder)
    course = read_course(folder)
    out = folder / MARKED
    place = Path(hand_ins) if hand_ins is not None else folder / HAND_INS
    names = decided(folder, course)
    if out.is_symlink():
        raise Problem(f"{MARKED} is a link to another place; grading writes only into the course's own folder.")
    for older in (out, *out.rglob("*")):
        close_to_others(older)
    grading, kept, history = Grading(course), Kept(out), read_history(out)
    panel = Panel(out, course.marking, anonymous)
    done = Outcome(out)
    received = list(_slim(_all(place, kept, course), grading, done, tell))
    kept.save()
    words = Words(names, kept.meant(names))
    known = Names(course.students, grading.worked_by)
    chosen, notes = choose(received, known, course.course, words)
    whose = words.paths(received)
    del received
    done.notes += [("", path, what) for path, what in notes]
    done.records = [grading.record(s, chosen.get(s.id)) for s in _students(course, chosen)]
    _say_unused(done, known, course.course)

    def agree(marks: dict, by: dict) -> None:
        _put_marks(done, marks, by)
        for record in done.records:
            grading.adjusted.put(record)
        if not yes and (lowered := history.lowered(done.records, whose)):
            raise lowered

    done.sheet = mark_texts(out, _pieces(done.records), course.title, agree, panel)
    done.notes += [("", "", trouble) for trouble in done.sheet.troubles]
    done.notes += [
        (s, "", f"the same long text at {key} as {first}; it proves nothing by itself.")
        for key, first, s in shared_answers(chosen, grading.keys)
    ]
    if panel.anonymous:
        done.notes += _named_in_text(done.records)
    _write(done, grading, chosen, panel, by_task, solutions, tell)
    history.add(done.records)
    return done


def _all(place: Path, kept: Kept, course: Course) -> Iterator[Received | Refused]:
    """What lies there, those for this course kept for later runs; then what earlier runs read and is not there now."""
    nothing_new = not place.exists() and place == course.folder / HAND_INS and kept.any
    for one in () if nothing_new else read_hand_ins(place, (s.name for s in course.students or ())):
        ours = isinstance(one, Received) and one.hand_in.course == course.course
        yield kept.add(one) if ours else one
    yield from kept.others()


def _slim(
    found: Iterable[Received | Refused], grading: Grading, done: Outcome, tell: Tell | None
) -> Iterator[Received]:
    """The hand-ins with no more in them than is looked at; refused files go to the notes."""
    for n, one in enumerate(found, start=1):
        if tell:
            tell("files read", n, 0)
        if isinstance(one, Refused):
            done.refused.append(("", one.path, one.reason))
            done.notes.append(done.refused[-1])
            continue
        answers = {k: v for k, v in one.hand_in.answers.items() if grading.wanted(k)}
        yield replace(one, data=b"", hand_in=replace(one.hand_in, answers=answers))


def _students(course: Course, chosen: dict[str, Chosen]) -> list[Student]:
    """The roster, or, where there is none, whoever handed in."""
    return list(course.students) or [Student(name) for name in sorted(chosen)]


def _pieces(records: list[Record]) -> list[Piece]:
    """The texts to be read, each with its task as the student was asked it."""
    return [
        Piece(r.student.id, task, mark.given, mark.draft)
        for r in records
        for task in r.tasks
        if (mark := r.marks[task.key]).state == "unread"
    ]


def _named_in_text(records: list[Record]) -> Iterator[tuple[str, str, str]]:
    """The texts that say who wrote them, so that a sheet without names hides nothing."""
    for r in records:
        words = [w for w in (r.student.id, r.student.name, r.student.email) if len(w) > 2]
        told = re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in words) or "(?!)", re.IGNORECASE)
        for key, mark in r.marks.items():
            if mark.state in ("unread", "marked") and isinstance(mark.given, str) and told.search(mark.given):
                yield (
                    r.student.id,
                    r.path,
                    f"{key}: the text names its writer, and stands so on the sheet without names.",
                )


def _put_marks(done: Outcome, given: dict[tuple[str, str], tuple[float, str]], by: dict[tuple[str, str], str]) -> None:
    """The marks read back from the sheets, put beside the others."""
    records = {r.student.id: r for r in done.records}
    for (student, key), (value, comment) in given.items():
        marks, task = records[student].marks, next(t for t in records[student].tasks if t.key == key)
        marks[key] = with_mark(marks[key], task, value, comment, by[student, key])


def _write(
    done: Outcome,
    grading: Grading,
    chosen: dict[str, Chosen],
    panel: Panel,
    by_task: bool,
    solutions: bool,
    tell: Tell | None,
) -> None:
    course, there = grading.course, {r.student.id for r in done.records}
    left = [s for s in grading.issued.students if s not in there and (done.folder / f"feedback/{s}.html").is_file()]
    gone = "this page is of somebody who is no longer in the class list; it was left as it was."
    done.notes += [("", f"feedback/{s}.html", gone) for s in left]
    done.notes += [
        (r.student.id, r.path, flag) for r in done.records for flag in ([r.late] if r.late else []) + r.flags
    ]
    done.notes += [(r.student.id, "", "nothing came.") for r in done.records if not r.came and not r.flags]
    done.notes += _not_asked(grading, done.records)
    came = [r for r in done.records if r.came or r.counts]
    for n, record in enumerate(came, start=1):
        if tell:
            tell("pages of feedback", n, len(came))
        _give_back(done.folder, grading, record, panel, solutions)
    panel.save()
    write_tables(done.folder, course.title, grading.tasks, done.records, by_task, _comment)
    done.given_back = give_back(done.folder, done.records, sum(t.points for t in grading.tasks))
    write_notes(done.folder, done.notes)

    def prompt(task: Task) -> str:
        return asked_words(task, course.case, grading.run)

    predictions, lessons = _predicted(grading, chosen), _lessons(done, course.folder)
    differences = done.sheet.differences if done.sheet else ()
    write_report(
        done.folder, course.title, grading.tasks, done.records, predictions, done.notes, prompt, differences, lessons
    )


def _comment(record: Record) -> str:
    """A student's feedback as Moodle takes it; only of lateness while a text still waits, as no grade is given either."""
    return in_html(record.late if record.waiting else comment_of(record))


def _say_unused(done: Outcome, names: Names, course: str) -> None:
    """Say of whom nothing came but a file that cannot be used, by its place and name: no student is to be taken for one who sent nothing."""
    without = {r.student.id: r for r in done.records if not r.came}
    for _, path, _ in done.refused:
        if record := without.get(names.hint(path, course)):
            record.flags.append(f"nothing came that can be used, and {path} is there; ask for the file again.")


def _lessons(done: Outcome, folder: Path) -> list[Lesson]:
    """The lessons whose files lie in the instructor's folder; a file that is none is noted."""
    found = []
    for path in sorted(folder.glob(LESSONS)):
        try:
            found.append(read_lesson(path))
        except Problem as fault:
            done.notes.append(("", path.name, str(fault)))
    return found


def _not_asked(grading: Grading, records: list[Record]) -> Iterator[tuple[str, str, str]]:
    """The tasks that count now and did not in the copies that some worked in."""
    for task in grading.tasks:
        without = [r.student.id for r in records if r.came and task.key not in r.marks and task.key not in r.left_out]
        if without:
            yield (
                "",
                "",
                (
                    f"{task.key} did not count in the copy that {first_few(without)} worked in, so it counts neither for nor against "
                    "them; in the forms their total is the same share of all points."
                ),
            )


def _give_back(folder: Path, grading: Grading, record: Record, panel: Panel, solutions: bool) -> None:
    """Write a student's page, and take away the one that an earlier run wrote under the other name."""
    case, run, student = record.case, grading.run, record.student.id
    record.page = write_feedback(
        folder,
        grading.course.title,
        record.tasks,
        record,
        lambda task: asked_words(task, case, run),
        lambda task: solution(task, case, run) if solutions else "",
        panel.shown(student) if panel.anonymous else "",
    )
    if other := student if panel.anonymous else panel.codes.get(student):
        record.page.with_name(f"{other}.html").unlink(missing_ok=True)


def _predicted(grading: Grading, chosen: dict[str, Chosen]) -> dict[str, tuple[Task, list[Predicted]]]:
    """Every prediction that was made, by task, beside what the model gives in the student's case."""
    out: dict[str, tuple[Task, list[Predicted]]] = {}
    for student, one in chosen.items():
        for key, given in one.received.hand_in.answers.items():
            task = grading.prediction(key)
            if task is None or given.value is None:
                continue
            case = grading.case(student, one.received.hand_in)
            out.setdefault(key, (task, []))[1].append(Predicted(student, given.value, _key(task, case, grading.run)))
    return dict(sorted(out.items()))


def _key(task: Task, case: Case, run: Runs) -> float | None:
    if task.answer is None or task.kind != "number":
        return None
    try:
        return run(task.answer, case)[0]
    except Problem:
        return None
