"""What a task is made of: its key, its likely mistakes, its worked example and the texts that show how it is marked."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import MISSING, field, fields, replace
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from tumen.core.frozen import frozen


@frozen(kw_only=True)
class Strict:
    """A part of a task file, each a dataclass: what it does not know it refuses where it is read, and nothing changes it.

    Its methods are called as pydantic's. That library, which takes longer to import than anything else a reader's kernel
    needs, is asked only where a file is checked.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    @classmethod
    def model_validate(cls, raw: Any) -> Self:
        """What a file says, checked whole; raises pydantic's `ValidationError`."""
        return _checker(cls).validate_python(raw)  # type: ignore[arg-type]  # a class can be a key

    @classmethod
    def told(cls, dump: Mapping[str, Any]) -> Self:
        """What `model_dump` told, checked before and so not again."""
        return cls(**{name: _told(PARTS.get(name), value) for name, value in dump.items()})

    def model_dump(
        self, *, mode: str = "python", exclude_defaults: bool = False, exclude: Container[str] = ()
    ) -> dict[str, Any]:
        """Its fields by name, other parts as dicts; with `mode` "json" what is several is a list."""

        def plain(value):
            if isinstance(value, Strict):
                return value.model_dump(mode=mode, exclude_defaults=exclude_defaults)
            if isinstance(value, tuple):
                return (list if mode == "json" else tuple)(map(plain, value))
            return value

        every = ((f, getattr(self, f.name)) for f in fields(self) if f.name not in exclude)
        return {f.name: plain(value) for f, value in every if not (exclude_defaults and value == _default(f))}

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values for some fields, which are not checked."""
        return replace(self, **update)


def _told(part: type[Strict] | None, value):
    if isinstance(value, list):
        return tuple(_told(part, v) for v in value)
    return part.told(value) if part and value is not None else value


def _default(f):
    return f.default if f.default_factory is MISSING else f.default_factory()


@cache
def _checker(cls: Any):
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


class Between:
    """Beside a field's type: the least and the most that it may be."""

    def __init__(self, low: float, high: float = float("inf")):
        self.low, self.high = low, high

    def __get_pydantic_core_schema__(self, kind, handler):
        return handler(kind) | {"ge": self.low, "le": self.high}


class Value:
    """Beside the type of what an input may be set to: whatever else is given is told in one sentence."""

    def __get_pydantic_core_schema__(self, kind, handler):
        from pydantic import BeforeValidator

        return BeforeValidator(_value).__get_pydantic_core_schema__(kind, handler)


def _value(value):
    if not isinstance(value, (int, float, str, list)):
        raise ValueError("a value is a number, words in quotes or a list")
    return value


@frozen(kw_only=True)
class Answer(Strict):
    """A number computed by a model run: `output` of `model` with `set` in place, times `times`, right within a share.

    An output that is a table is asked by one of its names, such as best_share.engage.
    """

    model: str
    set: dict[str, Annotated[float | str | list, Value()]] = field(default_factory=dict)
    output: str
    within: Annotated[float, Between(0)] = 0.02  # relative; absolute where the answer is 0
    times: float = 1.0


@frozen(kw_only=True)
class Mistake(Strict):
    """A likely wrong answer (a number, a model run or an option) and the sentence that helps."""

    value: float | None = None
    answer: Answer | None = None
    option: str | None = None
    says: str

    def __post_init__(self):
        if sum(x is not None for x in (self.value, self.answer, self.option)) != 1:
            raise ValueError("a mistake needs one of value, answer or option")


@frozen(kw_only=True)
class Worked(Strict):
    """A like question answered step by step before the task asks for one of the steps: a model run and its words.

    `says` may hold {answer} and the names of the run's inputs in braces.
    """

    answer: Answer
    says: str


@frozen(kw_only=True)
class Faded(Strict):
    """The worked example once more with a step left out: a ? stands for it in `says`, and `answer` is the run it is checked by.

    `says` may hold the names of the run's inputs in braces, `right` and `solution` {answer} too. What is typed
    counts nowhere.
    """

    answer: Answer
    says: str
    unit: str = ""
    right: str = ""
    solution: str = "{answer}."
    mistake: tuple[Mistake, ...] = ()

    def __post_init__(self):
        if self.says.count("?") != 1:
            raise ValueError("a step left out is shown by one ? in says")
        if "{answer}" in self.says:
            raise ValueError("says must not hold {answer}: it is the step left out")


@frozen(kw_only=True)
class Anchor(Strict):
    """A text a person marks by, and the marks it would get."""

    text: str
    mark: Annotated[float, Between(0)]


@frozen(kw_only=True)
class Became(Strict):
    """What became of a forecast, read from a row of a table: it came where the row's number is `at_least` so much."""

    table: str
    row: str
    column: str
    at_least: float


PARTS: dict[str, type[Strict]] = {  # by the names of the fields that hold them
    "became": Became,
    "answer": Answer,
    "mistake": Mistake,
    "anchors": Anchor,
    "worked": Worked,
    "faded": Faded,
}
