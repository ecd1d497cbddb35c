"""From a hand-in to a student's record: marks by the student's own case, and a sentence for everything odd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from tumen.core import Case, Problem
from tumen.course.adjust import Adjusted
from tumen.course.gradebook import Record
from tumen.course.handed import HandIn, words_mark
from tumen.course.issued import Issued, as_issued
from tumen.course.keeping import Received
from tumen.course.lateness import due, earliest, late, wrong_clock
from tumen.course.marking import Runs, marked
from tumen.course.plan import Course
from tumen.course.roster import Student
from tumen.course.variants import Variants, case_mark, case_text
from tumen.course.whose import Chosen
from tumen.course.wording import Terms, in_words
from tumen.tasks import Task

OTHER_NUMBERS = "These answers do not come with the numbers of your own copy; they were checked against your own."


class Grading:
    """One run over one course; what all students share is worked out once."""

    def __init__(self, course: Course):
        self.terms = terms = Terms(course.terms)
        self.course, self.issued, self.adjusted = course, Issued(course), Adjusted(course.folder, course)
        self.tasks = tuple(in_words(t, terms) for t in course.tasks())
        self.keys = {t.key for t in self.tasks}
        self.variants = Variants(course)
        self.run = Runs()
        self._predictions: dict[str, Task | None] = {}
        self._cases: dict[str, Case] = {}
        self._asked: dict[str, tuple[Task, ...]] = {}
        self._whose_case: dict[str, str] | None = None
        self.first = earliest(course)

    def case(self, student: str, given: HandIn | None = None) -> Case:
        """The case a student was issued, with the copy a hand-in was made in where one is given; else drawn from the seed."""
        who = student if student in self.issued.students else ""
        if given is not None and (case := self.issued.case(who, given.case_mark, given.build)):
            return case
        if case := self.issued.case(who, build=given.build if given else ""):
            return case
        if student not in self._cases:
            self._cases[student] = self.variants.case(student)
        return self._cases[student]

    def asked(self, given: HandIn | None) -> tuple[Task, ...]:
        """The graded tasks as the copy of a hand-in asks them; those it does not ask, or does not count, are not there."""
        known = self.issued.builds
        build = given.build if given and given.build in known else self.issued.latest
        if build not in self._asked:
            then = known[build].tasks if build else {t.key: t for t in self.tasks}
            self._asked[build] = tuple(as_issued(t, then[t.key]) for t in self.tasks if t.key in then)
        return self._asked[build]

    def wanted(self, key: str) -> bool:
        """Whether an answer of that key is looked at: a graded one, an alternative, or a prediction of this course."""
        return key in self.keys or key in self.adjusted.alternatives or self.prediction(key) is not None

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
            if self.adjusted.begun(record, self.asked(None)):
                record.case = self.case(student.id)
            return record
        one, case = chosen.received, self.case(student.id, chosen.received.hand_in)
        record.path, record.made, record.flags = one.path, one.hand_in.made, list(chosen.flags)
        record.case, record.tasks = case, self.asked(one.hand_in)
        given = self.adjusted.asked(record, one.hand_in.answers, self._task)
        record.marks = {t.key: marked(t, given.get(t.key), case, self.run) for t in record.tasks}
        self._late(one, record)
        record.flags += self._odd(replace(one, hand_in=replace(one.hand_in, answers=given)), record, student.id)
        record.flags += _only_earlier(record, given, chosen.earlier)
        if one.hand_in.case_mark != case_mark(case):
            record.told.append(OTHER_NUMBERS)
        return record

    def _task(self, key: str) -> Task:
        return in_words(self.course.task(key), self.terms)

    def _late(self, one: Received, record: Record) -> None:
        """Say whether a hand-in is late, by the student's own date and late days where there are any."""
        end, days, words = self.adjusted.end(record.student.id, self._due(one.hand_in))
        record.adjusted += words
        if self.course.late == "flag" and end is not None:
            record.late = late(self.course, one, self.first, end + days, own=bool(words))
            if days and not record.late and (used := late(self.course, one, self.first, end, own=True)):
                record.adjusted.append(f"Within the late days: {used}")

    def _due(self, given: HandIn) -> dt.datetime | None:
        """When a hand-in was due: as the plan says, or as its copy says where that is later."""
        build = self.issued.builds.get(given.build)
        return max(filter(None, [due(self.course), build and build.due]), default=None)

    def _odd(self, one: Received, record: Record, student: str) -> Iterator[str]:
        """A sentence for everything about a hand-in that a person should see."""
        given, case = one.hand_in, record.case
        if given.intact is False:
            yield "the file was changed or damaged after the workbook wrote it."
        if given.intact is None:
            yield "the file has no checksum: the workbook did not write it so."
        if given.build and self.issued.builds and given.build not in self.issued.builds:
            yield "it was made in a copy that this course never issued."
        if given.case_mark != case_mark(case):
            yield self._other_case(given.case_mark, student)
        elif given.case and given.case != words_mark(case_text(self._titled(case, given))):
            yield "its case.toml was edited; the key is of the student's own numbers all the same."
        if given.made is None:
            yield "it does not say when it was made."
        elif wrong := wrong_clock(given.made, self.first):
            yield wrong
        if drafts := [t.key for t in record.tasks if t.key in given.answers and given.answers[t.key].draft]:
            yield f"{', '.join(drafts)}: a draft, which stood in its box and was not recorded; it counts."
        for key, reason in given.odd.items():
            if key in self.keys:
                yield f"{key}: {reason}."
        if missing := [t.key for t in record.tasks if t.key not in given.answers and t.key not in given.odd]:
            yield f"no answer to {', '.join(missing[:5])}{' and others' if len(missing) > 5 else ''}."

    def _titled(self, case: Case, given: HandIn) -> Case:
        """The case as the copy of a hand-in has it: a course may have another title by now."""
        build = self.issued.builds.get(given.build)
        return replace(case, title=build.title) if build else case

    def _other_case(self, mark: str, student: str) -> str:
        if not mark:
            return "it does not say with which numbers it was worked; the key is of the student's own."
        other = self._worker(mark)
        if other:
            return f"it was worked with the numbers of {other}; the key is of {student}'s own."
        return "it was worked with other numbers than the student's own (an edited or an older case); the key is of the student's own."

    def worked_by(self, given: HandIn) -> str:
        """The student whose numbers a hand-in was worked with; "" where they are nobody's, or everybody's."""
        same = given.case_mark == case_mark(self.case(given.student, given)) or not self.course.draws
        return "" if same else self._worker(given.case_mark)

    def _worker(self, mark: str) -> str:
        if self._whose_case is None:
            fresh = [s.id for s in self.course.students if s.id not in self.issued.students]
            self._whose_case = {case_mark(self.case(s)): s for s in fresh} | dict(self.issued.marks())
            self._whose_case[case_mark(self.course.case)] = ""
        return self._whose_case.get(mark, "")


def _only_earlier(record: Record, given: Container[str], earlier: Iterable[Received]) -> Iterator[str]:
    """A sentence for each earlier hand-in that answers what the last one made does not, as of somebody who worked in two copies."""
    for one in earlier:
        if keys := [t.key for t in record.tasks if t.key in one.hand_in.answers and t.key not in given]:
            yield (
                f"{', '.join(keys)}: answered in the earlier {one.path} and not in the last one made, as by somebody who worked in two "
                "copies; ask, or set points in adjust.csv."
            )
