"""Tasks as a copy holds them: whole where they teach, without key and rubric where they count."""

from __future__ import annotations

from collections.abc import Iterable

from tumen.core import Case
from tumen.core.toml import toml_key, toml_value
from tumen.course.plan import Course
from tumen.course.terms import Terms
from tumen.tasks import Task
from tumen.tasks.check import filled

HEAD = "# The tasks of this copy. A graded one holds no key: the answer is recorded, and marked by your course.\n"
# all that a student's copy holds of a graded task
TOLD = ("key", "kind", "name", "prompt", "options", "unit", "points")
WORDS = ("name", "prompt", "right", "hint", "solution", "unit", "rubric")


class TaskFiles:
    """The task files of a copy; what does not depend on a case is written out once."""

    def __init__(self, course: Course, keys: Iterable[str]):
        self.course = course
        terms = Terms(course.terms)
        self.tasks = {key: in_words(course.task(key), terms) for key in dict.fromkeys(keys)}
        self._whole = {key: table(task.model_dump(exclude_defaults=True)) for key, task in self.tasks.items()}

    def for_student(self, case: Case) -> dict[str, str]:
        """The files by name, with graded tasks as a student of this case is asked them."""
        return self._files(lambda key: table(told(self.tasks[key], case)) if self.course.is_graded(key) else None)

    def with_solutions(self) -> dict[str, str]:
        """The files by name, with every key and without what is for markers."""
        return self._files(
            lambda key: table(self.tasks[key].model_dump(exclude_defaults=True, exclude={"rubric", "anchors"}))
        )

    def for_instructor(self) -> dict[str, str]:
        """The files by name, whole."""
        return self._files(lambda key: None)

    def _files(self, other) -> dict[str, str]:
        """One file a theme, of what `other` gives for a task, and the whole task where it gives None."""
        parts: dict[str, list[str]] = {}
        for key in self.tasks:
            parts.setdefault(key.partition(".")[0], []).append(other(key) or self._whole[key])
        return {f"tasks/{theme}.toml": HEAD + "".join(tables) for theme, tables in parts.items()}


def told(task: Task, case: Case) -> dict:
    """What a student's copy holds of a graded task: the question, with this case's numbers in it, and no more."""
    given = {name: getattr(task, name) for name in TOLD if getattr(task, name)}
    return {**given, "prompt": filled(task.prompt, task, case), "graded": True}


def table(task: dict) -> str:
    """A task as a table of a TOML file."""
    return "\n[[task]]\n" + "".join(f"{toml_key(k)} = {toml_value(v)}\n" for k, v in task.items())


def in_words(task: Task, terms: Terms) -> Task:
    """The task in the course's words."""
    if not terms.words:
        return task
    changed = {name: terms(getattr(task, name)) for name in WORDS}
    changed["options"] = {k: terms(v) for k, v in task.options.items()}
    changed["views"] = {terms(k): terms(v) for k, v in task.views.items()}
    changed["mistake"] = tuple(m.model_copy(update={"says": terms(m.says)}) for m in task.mistake)
    for part in ("worked", "faded"):
        if example := getattr(task, part):
            says = {name: terms(getattr(example, name)) for name in WORDS if hasattr(example, name)}
            changed[part] = example.model_copy(update={**says, "says": terms(example.says)})
    return task.model_copy(update=changed)
