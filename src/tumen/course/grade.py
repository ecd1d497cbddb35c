"""Grading a course: read what came, mark it, write what the instructor and each student get; all of it below marked/."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tumen.core import Case, Problem
from tumen.course.build import BUILT
from tumen.course.feedback import write_feedback
from tumen.course.gradebook import Record, write_notes, write_tables
from tumen.course.handin import read_copy
from tumen.course.marking import Runs, marked, solution, with_mark
from tumen.course.plan import Course, read_course
from tumen.course.received import Received, Refused, read_hand_ins
from tumen.course.report import Predicted, write_report
from tumen.course.roster import Student
from tumen.course.sheet import Piece, Sheet, mark_texts
from tumen.course.variants import Variants, case_mark, case_text
from tumen.course.whose import Chosen, Names, choose, shared_answers
from tumen.tasks import Task
from tumen.tasks.check import filled

HAND_INS, MARKED = "handed-in", "marked"
SLACK = dt.timedelta(minutes=1)  # between the clock a hand-in was made by and its file's date
OTHER_NUMBERS = "These answers do not come with the numbers of your own copy; they were checked against your own."
Tell = Callable[[str, int, int], None]  # what is done, how many are, of how many (0: nobody knows yet)


@dataclass
class Graded:
    """What a run of grading did: a record a student, the marking sheet, where it all lies.

    `notes` are what there is to look at, as (student, file, what); `refused` are those among them of files that could not be read.
    """

    folder: Path
    records: list[Record] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    sheet: Sheet | None = None

    @property
    def came(self) -> int:
        """How many students have a hand-in that counts."""
        return sum(r.came for r in self.records)


class Grading:
    """One run over one course; what all students share is worked out once."""

    def __init__(self, course: Course):
        self.course = course
        self.tasks = course.tasks()
        self.keys = {t.key for t in self.tasks}
        self.variants = Variants(course)
        self.run = Runs()
        self._predictions: dict[str, Task | None] = {}
        self._cases: dict[str, Case] = {}
        self._whose_case: dict[str, str] | None = None
        self.build = _build(course)

    def case(self, student: str) -> Case:
        """The student's own case, drawn anew from the seed."""
        if student not in self._cases:
            self._cases[student] = self.variants.case(student)
        return self._cases[student]

    def wanted(self, key: str) -> bool:
        """Whether an answer of that key is looked at: a graded one, or a prediction of this course."""
        return key in self.keys or self.prediction(key) is not None

    def prediction(self, key: str) -> Task | None:
        """The prediction of that key, None where there is none."""
        if key not in self._predictions:
            if len(self._predictions) > 5_000:  # names made up by somebody
                return None
            try:
                task = self.course.task(key)
                self._predictions[key] = task if task.prediction else None
            except Problem:
                self._predictions[key] = None
        return self._predictions[key]

    def record(self, student: Student, chosen: Chosen | None) -> Record:
        """A student's marks, texts not yet marked, and everything odd about the hand-in."""
        record = Record(student)
        if chosen is None:
            return record
        one, case = chosen.received, self.case(student.id)
        record.path, record.made, record.flags = one.path, one.hand_in.made, list(chosen.flags)
        record.marks = {t.key: marked(t, one.hand_in.answers.get(t.key), case, self.run) for t in self.tasks}
        record.late = "" if self.course.late == "accept" else late(self.course, one)
        record.flags += self._odd(one, case, student.id)
        if one.hand_in.case_mark != case_mark(case):
            record.told.append(OTHER_NUMBERS)
        return record

    def _odd(self, one: Received, case: Case, student: str) -> Iterator[str]:
        """A sentence for everything about a hand-in that a person should see."""
        given = one.hand_in
        if given.intact is False:
            yield "the file was changed or damaged after the workbook wrote it."
        if given.intact is None:
            yield "the file has no checksum: the workbook did not write it so."
        if self.build and given.build != self.build:
            yield "it was made with another build of this course than the one in built/."
        if given.case_mark != case_mark(case):
            yield self._other_case(given.case_mark, student)
        elif given.case and given.case.split() != case_text(case).split():
            yield "its case.toml was edited; the key is of the student's own numbers all the same."
        if given.made is None:
            yield "it does not say when it was made."
        elif given.made > (one.dated or given.made) + dt.timedelta(days=1):
            yield "it says it was made more than a day after the file's own date."
        for key, reason in given.odd.items():
            if key in self.keys:
                yield f"{key}: {reason}."
        if missing := [t.key for t in self.tasks if t.key not in given.answers and t.key not in given.odd]:
            yield f"no answer to {', '.join(missing[:5])}{' and others' if len(missing) > 5 else ''}."

    def _other_case(self, mark: str, student: str) -> str:
        if not mark:
            return "it does not say with which numbers it was worked; the key is of the student's own."
        if self._whose_case is None:
            self._whose_case = {case_mark(self.case(s.id)): s.id for s in self.course.students}
            self._whose_case[case_mark(self.course.case)] = ""
        other = self._whose_case.get(mark)
        if other:
            return f"it was worked with the numbers of {other}; the key is of {student}'s own."
        return "it was worked with other numbers than the student's own (an edited or an older case); the key is of the student's own."


def grade(
    folder: str | Path,
    hand_ins: str | Path | None = None,
    by_task: bool = False,
    solutions: bool = True,
    tell: Tell | None = None,
) -> Graded:
    """Grade a course: read the hand-ins below a folder, a zip or a file, and write everything into marked/.

    `hand_ins` is handed-in/ of the instructor's folder where none is given; `by_task` gives the forms for Canvas and
    Moodle a column a task; without `solutions` the feedback keeps them back; `tell` hears how far it is. A file that
    cannot be used never stops the rest: it is listed with its reason. Raises `Problem` for a course that cannot be read, a place
    that is not there, and a marking sheet that cannot be read.
    """
    folder = Path(folder)
    course = read_course(folder)
    place = Path(hand_ins) if hand_ins is not None else folder / HAND_INS
    out = folder / MARKED
    if out.is_symlink():
        raise Problem(f"{MARKED} is a link to another place; grading writes only into the course's own folder.")
    grading = Grading(course)
    done = Graded(out)
    received = list(_slim(read_hand_ins(place), grading, done, tell))
    chosen, notes = choose(received, Names(course.students), course.course)
    del received
    done.notes += [("", path, what) for path, what in notes]
    done.records = [grading.record(s, chosen.get(s.id)) for s in _students(course, chosen)]
    done.sheet = mark_texts(out, _pieces(done.records, grading.tasks), course.title)
    _put_marks(done, grading)
    done.notes += [
        (s, "", f"the same long text at {key} as {first}; it proves nothing by itself.")
        for key, first, s in shared_answers(chosen, grading.keys)
    ]
    _write(done, grading, chosen, by_task, solutions, tell)
    return done


def _slim(found: Iterable[Received | Refused], grading: Grading, done: Graded, tell: Tell | None) -> Iterator[Received]:
    """The hand-ins with no more in them than is looked at; refused files go to the notes."""
    for n, one in enumerate(found, start=1):
        if tell:
            tell("files read", n, 0)
        if isinstance(one, Refused):
            done.refused.append(("", one.path, one.reason))
            done.notes.append(done.refused[-1])
            continue
        answers = {k: v for k, v in one.hand_in.answers.items() if grading.wanted(k)}
        yield replace(one, hand_in=replace(one.hand_in, answers=answers))


def _students(course: Course, chosen: dict[str, Chosen]) -> list[Student]:
    """The roster, or, where there is none, whoever handed in."""
    return list(course.students) or [Student(name) for name in sorted(chosen)]


def _pieces(records: list[Record], tasks: Iterable[Task]) -> list[Piece]:
    texts = {t.key: t for t in tasks if t.kind == "text"}
    return [
        Piece(r.student.id, texts[key], m.given) for r in records for key, m in r.marks.items() if m.state == "unread"
    ]


def _put_marks(done: Graded, grading: Grading) -> None:
    """The marks read back from the sheet, put beside the others."""
    by_key, records = {t.key: t for t in grading.tasks}, {r.student.id: r for r in done.records}
    for (student, key), (value, comment) in done.sheet.marks.items():
        marks = records[student].marks
        marks[key] = with_mark(marks[key], by_key[key], value, comment)
    done.notes += [("", "", trouble) for trouble in done.sheet.troubles]


def _write(
    done: Graded, grading: Grading, chosen: dict[str, Chosen], by_task: bool, solutions: bool, tell: Tell | None
) -> None:
    course = grading.course
    done.notes += [
        (r.student.id, r.path, flag) for r in done.records for flag in ([r.late] if r.late else []) + r.flags
    ]
    done.notes += [(r.student.id, "", "nothing came.") for r in done.records if not r.came]
    came = [r for r in done.records if r.came]
    for n, record in enumerate(came, start=1):
        if tell:
            tell("pages of feedback", n, len(came))
        _give_back(done.folder, grading, record, solutions)
    write_tables(done.folder, course.title, grading.tasks, done.records, by_task)
    write_notes(done.folder, done.notes)

    def prompt(task: Task) -> str:
        return _filled(task.prompt, task, course.case, grading.run)

    predictions = _predicted(grading, chosen)
    write_report(done.folder, course.title, grading.tasks, done.records, predictions, done.notes, prompt)


def _give_back(folder: Path, grading: Grading, record: Record, solutions: bool) -> None:
    case, run = grading.case(record.student.id), grading.run
    write_feedback(
        folder,
        grading.course.title,
        grading.tasks,
        record,
        lambda words, task: _filled(words, task, case, run),
        lambda task: solution(task, case, run) if solutions else "",
    )


def _filled(words: str, task: Task, case: Case, run: Runs) -> str:
    try:
        return filled(words, task, case, run)
    except Problem:
        return words


def _predicted(grading: Grading, chosen: dict[str, Chosen]) -> dict[str, tuple[Task, list[Predicted]]]:
    """Every prediction that was made, by task, beside what the model gives in the student's case."""
    out: dict[str, tuple[Task, list[Predicted]]] = {}
    for student, one in chosen.items():
        for key, given in one.received.hand_in.answers.items():
            task = grading.prediction(key)
            if task is None or given.value is None:
                continue
            case = grading.case(student)
            out.setdefault(key, (task, []))[1].append(Predicted(student, given.value, _key(task, case, grading.run)))
    return dict(sorted(out.items()))


def _key(task: Task, case: Case, run: Runs) -> float | None:
    if task.answer is None or task.kind != "number":
        return None
    try:
        return run(task.answer, case)[0]
    except Problem:
        return None


# --- when it came ---------------------------------------------------------------------------------------


def due(course: Course) -> dt.datetime | None:
    """The moment a course is due: a date is the end of that day, a time without a zone is this machine's."""
    if course.due is None:
        return None
    if isinstance(course.due, dt.datetime):
        return course.due.astimezone(dt.UTC)
    end = dt.datetime.combine(course.due, dt.time.max).replace(microsecond=0)
    return end.astimezone(dt.UTC)


def late(course: Course, one: Received) -> str:
    """How late a hand-in is, by its own clock and by its file's date where that is later; "" where it is in time."""
    end, made, dated = due(course), one.hand_in.made, one.dated
    if end is None or not (made or dated):
        return ""
    file_late = dated is not None and dated > end and (made is None or dated > made + SLACK)
    file_words = f"the file's date is {_moment(dated)}" if file_late else ""
    if made is not None and made > end:
        return f"made {_moment(made)}, {_span(made - end)} late" + (f"; {file_words}" if file_words else "") + "."
    if not file_late:
        return ""
    return f"made in time ({_moment(made)}), but {file_words}." if made else f"{file_words}, {_span(dated - end)} late."


def _moment(time: dt.datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _span(span: dt.timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"


def _build(course: Course) -> str:
    """What the course as it was last built calls itself; "" where it was never built, or not here."""
    try:
        return read_copy(course.folder / BUILT / "instructor").build
    except Problem:
        return ""
