"""From a hand-in to a student's record: marks by the student's own case, and a sentence for everything odd."""

from __future__ import annotations

from collections.abc import Iterator

from tumen.core import Case, Problem
from tumen.course.gradebook import Record
from tumen.course.handed import HandIn, words_mark
from tumen.course.handin import read_copy
from tumen.course.lateness import earliest, late, wrong_clock
from tumen.course.marking import Runs, marked
from tumen.course.one_file import Received
from tumen.course.plan import BUILT, Course
from tumen.course.roster import Student
from tumen.course.variants import Variants, case_mark, case_text
from tumen.course.whose import Chosen
from tumen.tasks import Task

OTHER_NUMBERS = "These answers do not come with the numbers of your own copy; they were checked against your own."


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
        self.build, self.first = _build(course), earliest(course)

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
        given = one.hand_in.answers
        record.marks = {t.key: marked(t, given.get(t.key), case, self.run) for t in self.tasks}
        record.late = "" if self.course.late == "accept" else late(self.course, one, self.first)
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
        elif given.case and given.case != words_mark(case_text(case)):
            yield "its case.toml was edited; the key is of the student's own numbers all the same."
        if given.made is None:
            yield "it does not say when it was made."
        elif wrong := wrong_clock(given.made, self.first):
            yield wrong
        if drafts := [t.key for t in self.tasks if t.key in given.answers and given.answers[t.key].draft]:
            yield f"{', '.join(drafts)}: a draft, which stood in its box and was not recorded; it counts."
        for key, reason in given.odd.items():
            if key in self.keys:
                yield f"{key}: {reason}."
        if missing := [t.key for t in self.tasks if t.key not in given.answers and t.key not in given.odd]:
            yield f"no answer to {', '.join(missing[:5])}{' and others' if len(missing) > 5 else ''}."

    def _other_case(self, mark: str, student: str) -> str:
        if not mark:
            return "it does not say with which numbers it was worked; the key is of the student's own."
        other = self._worker(mark)
        if other:
            return f"it was worked with the numbers of {other}; the key is of {student}'s own."
        return "it was worked with other numbers than the student's own (an edited or an older case); the key is of the student's own."

    def worked_by(self, given: HandIn) -> str:
        """The student whose numbers a hand-in was worked with; "" where they are nobody's, or everybody's."""
        same = given.case_mark == case_mark(self.case(given.student)) or not self.course.draws
        return "" if same else self._worker(given.case_mark)

    def _worker(self, mark: str) -> str:
        if self._whose_case is None:
            self._whose_case = {case_mark(self.case(s.id)): s.id for s in self.course.students}
            self._whose_case[case_mark(self.course.case)] = ""
        return self._whose_case.get(mark, "")


def _build(course: Course) -> str:
    """What the course as it was last built calls itself; "" where it was never built, or not here."""
    try:
        return read_copy(course.folder / BUILT / "instructor").build
    except Problem:
        return ""
