"""Tasks as an instructor writes them: one TOML file a theme, checked when read."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import field, fields
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from tumen.brief import model as find_model
from tumen.brief import thing
from tumen.core import Problem, nearest, store
from tumen.core.errors import fault_of, shown
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.core.toml import read_toml
from tumen.tasks.ingredients import Anchor, Answer, Became, Between, Faded, Mistake, Strict, Worked

CRITERION = re.compile(r"[^\s()\[\]=+@-][^()\n\r\t|]{0,79}")  # stands at the head of a column
CHANCES = {
    "per cent": 100.0,
    "a share from 0 to 1": 1.0,
}  # units in which a chance is asked, and what is certain in each
OPTION = re.compile(r"\w[\w .+-]{0,39}")  # an option's name stands on pages and in tables


@frozen(kw_only=True)
class Task(Strict):
    """One question: a number, a choice or free text; a prediction is asked before and never marked.

    `graded` is set in a student's copy of a course: the answer is recorded, and its key is not there.
    `marks` are the full marks of a text's rubric, where they are not its points; `criteria` are what it is marked by, each with its
    full marks, where they are marked one by one. `anchors` are two texts that show a marker what the rubric means. `name` stands in a list of tasks, where the
    key's own words would not do.

    `worked` is a like question with its steps, shown before the first number a chapter asks for; `faded` is one with a step
    left out, typed and checked before the task itself (`step`).

    A prediction keeps closed what would answer it, wherever it stands in a notebook, until it is recorded or skipped:
    its `model`, and the models and exhibits of its theme that `hides` names.

    A prediction that `became` something asks for a chance, in per cent or as a share, and is scored against it.

    `prompt`, `right`, `hint` and `solution` may hold {answer} and the names of the answer's inputs in
    braces: they are filled from the model run, so the words follow the case in use.
    """

    key: str
    kind: Literal["number", "choice", "text"]
    prompt: str
    size: Literal["small", "medium", "large"] = "small"
    points: Annotated[float, Between(0, 1000)] = 0
    unit: str = ""
    answer: Answer | None = None
    correct: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    mistake: tuple[Mistake, ...] = ()
    worked: Worked | None = None
    faded: Faded | None = None
    right: str = ""
    hint: str = ""
    solution: str = ""
    views: dict[str, str] = field(default_factory=dict)
    rubric: str = ""
    marks: Annotated[float, Between(0, 1000)] = 0
    criteria: dict[str, float] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()
    prediction: bool = False
    graded: bool = False
    model: str = ""
    hides: tuple[str, ...] = ()
    name: str = ""
    claims: tuple[str, ...] = ()
    became: Became | None = None

    @property
    def full_marks(self) -> float:
        """The full marks of a text as they are declared, 0 where nothing declares them; words of a rubric declare nothing."""
        return self.marks or sum(self.criteria.values()) or max([self.points, *(a.mark for a in self.anchors)])

    @property
    def step(self) -> Task | None:
        """The step that `faded` leaves out, as a task of its own that counts nowhere; None where nothing is left out."""
        if not self.faded:
            return None
        asked = {f.name: getattr(self.faded, f.name) for f in fields(self.faded) if f.name != "says"}
        return Task(key=STEP + self.key, kind="number", prompt=self.faded.says, **asked)

    def __post_init__(self):
        if not self.prompt.strip():
            raise ValueError("prompt: there are no words in it")
        for name in self.options:
            if not OPTION.fullmatch(name):
                raise ValueError(
                    f"options: {shown(name)} cannot name an option; take a letter, a number or a short word"
                )
        if self.kind == "choice" and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        if self.kind == "choice" and self.correct is not None and self.correct not in self.options:
            raise ValueError(f"correct = {self.correct!r} is none of its options")
        for name, most in self.criteria.items():
            if not CRITERION.fullmatch(name):
                raise ValueError(
                    f"criteria: {shown(name)} is no criterion; take a few words on one line, without brackets"
                )
            if not 0 < most <= 1000:
                raise ValueError(f"criteria: {shown(name)} needs its full marks, a number above 0")
        if len({name.lower() for name in self.criteria}) < len(self.criteria):
            raise ValueError("criteria: two of them are called alike")
        if self.criteria and self.kind != "text":
            raise ValueError("criteria are for a text")
        if self.criteria and self.marks and abs(self.marks - sum(self.criteria.values())) > 1e-9:
            raise ValueError(f"marks = {self.marks:g}, and the criteria come to {sum(self.criteria.values()):g}")
        asked = not self.prediction and not self.graded
        if asked and self.kind == "number" and self.answer is None:
            raise ValueError("a number needs an answer that names a model run")
        if asked and self.kind == "choice" and self.correct is None:
            raise ValueError("a choice needs correct, one of its options")
        if self.hides and not self.prediction:
            raise ValueError("hides is of a prediction; a task is asked when everything has been seen")
        if self.faded and not (self.worked and self.kind == "number"):
            raise ValueError("faded follows the worked example of a number")
        if self.became and not (self.prediction and self.kind == "number" and self.unit in CHANCES):
            raise ValueError(f"what became is asked as a prediction in numbers whose unit is {' or '.join(CHANCES)}")
        for m in self.mistake:
            if m.option is not None and m.option not in self.options:
                raise ValueError(f"mistake option {m.option!r} is none of its options")


STEP = "step."  # before the key of the task whose worked example leaves a step out
COPY = "student.toml"  # stands in every copy of a course


def read_tasks(path: str | Path) -> dict[str, Task]:
    """The tasks of one file by key.

    Raises `Problem` with one sentence naming the file, the task and the key at fault.
    """
    from pydantic import ValidationError

    path = Path(path)
    raw = read_toml(path)
    for name in raw:
        if name != "task":
            raise Problem(f"{path.name}: {name!r} is not known here; every task starts with [[task]].")
    entries = raw.get("task", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise Problem(f"{path.name}: 'task' is no list of tables; every task starts with [[task]].")
    out: dict[str, Task] = {}
    for i, entry in enumerate(entries, start=1):
        where = f"{path.name}, task {entry.get('key', i)}"
        try:
            task = Task.model_validate(entry)
            _check_names(task)
        except ValidationError as e:
            raise Problem(f"{where}: {fault_of(e, Task)}.") from None
        except Problem as e:
            raise Problem(f"{where}: {e}") from None
        if task.key in out:
            raise Problem(f"{where}: two tasks have this key.")
        out[task.key] = task
    return out


def _check_names(task: Task) -> None:
    """Raise `Problem` for a model, an output, an input or a {name} in the words that is not there."""
    if task.model:
        find_model(task.model)
    for name in task.hides:
        try:
            thing(name)
        except Problem as e:
            raise Problem(f"hides: {e}") from None
    for answer in (task.answer, *(m.answer for m in task.mistake), task.worked.answer if task.worked else None):
        if answer is None:
            continue
        model = find_model(answer.model)
        model.output(answer.output.partition(".")[0])
        for name, value in answer.set.items():
            q = model.quantity(name)
            q.parse(value) if isinstance(value, str) else q.check(value)
    _check_braces(task.answer, task.prompt, task.right, task.hint, task.solution)
    if task.worked:
        _check_braces(task.worked.answer, task.worked.says)
    if task.step:
        _check_names(task.step)


def _check_braces(answer: Answer | None, *templates: str) -> None:
    filled = find_model(answer.model) if answer else None
    fillable = ["answer", *filled.start] if filled else []
    for words in templates:
        for name in re.findall(r"\{([^{}]*)\}", words):
            if name not in fillable:
                near = filled.nearest(name, fillable) if filled else nearest(name, fillable)
                raise Problem(f"nothing is known to put in place of {{{name}}}; {near}.")


def task_themes(folder: str | Path = ".") -> tuple[str, ...]:
    """The themes that have a file of tasks, beside the notebooks or in the package; of a course's copy, its own only."""
    places = [Path(folder) / "tasks"]
    if not (Path(folder) / COPY).is_file():
        places.append(shipped("workbooks", "tasks"))
    return tuple(sorted({p.stem for place in places for p in place.glob("*.toml")}))


def tasks_of(theme: str, folder: str | Path = ".") -> dict[str, Task]:
    """The tasks of a theme by key: from ./tasks beside the notebooks, else from the package; none where it has none."""
    for place in (Path(folder) / "tasks", shipped("workbooks", "tasks")):
        path = place.absolute() / f"{theme}.toml"
        if path.is_file():
            return _kept(path, path.stat().st_mtime_ns, path.stat().st_size)
    return {}


def predictions_of(thing: str, folder: str | Path = ".") -> tuple[Task, ...]:
    """The predictions that keep a model or an exhibit closed, by its key, in the order of their file."""
    theme = thing.partition(".")[0]
    tasks = (
        tasks_of(theme, folder).values() if theme in task_themes(folder) else ()
    )  # a course's copy asks its own only
    return tuple(t for t in tasks if t.prediction and thing in (t.model, *t.hides))


def find_task(key: str, folder: str | Path = ".") -> Task:
    """The task of that key: from ./tasks beside the notebooks, else from the package.

    Raises `Problem` with the nearest valid key.
    """
    known = tasks_of(key.partition(".")[0], folder)
    if key in known:
        return known[key]
    themes = [p.stem for p in shipped("workbooks", "tasks").glob("*.toml")]
    raise Problem(f"there is no task {key!r}; {nearest(key, known or themes)}.")


@lru_cache(maxsize=16)  # a chapter asks for one file's tasks a dozen times
def _kept(path: Path, *_stamp: int) -> dict[str, Task]:
    """The tasks of a file, from the store where they were checked before against the models as they are now."""
    package = home().meta.package  # where the models stand in files beside the brief, nothing says what they are now
    told = [path.name, hashlib.sha256(path.read_bytes()).hexdigest(), store.code(package)] if package else None
    checked = store.kept(
        "tasks", told, lambda: json.dumps([t.model_dump() for t in read_tasks(path).values()]).encode()
    )
    return {t["key"]: Task.told(t) for t in json.loads(checked)}
