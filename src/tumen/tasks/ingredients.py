"""What a task is made of: its key, its likely mistakes, its worked example and the texts that show how it is marked."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """A part of a task file: what it does not know it refuses, and nothing changes it."""

    # what stands inside another is checked by its checker; one of its own is made only where it is read by itself
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _set_value(value):
    if not isinstance(value, (int, float, str, list)):
        raise ValueError("a value is a number, words in quotes or a list")
    return value


class Answer(Strict):
    """A number computed by a model run: `output` of `model` with `set` in place, times `times`, right within a share.

    An output that is a table is asked by one of its names, such as best_share.engage.
    """

    model: str
    set: dict[str, Annotated[float | str | list, BeforeValidator(_set_value)]] = {}
    output: str
    within: float = Field(0.02, ge=0, description="relative tolerance; absolute where the answer is 0")
    times: float = 1.0


class Mistake(Strict):
    """A likely wrong answer (a number, a model run or an option) and the sentence that helps."""

    value: float | None = None
    answer: Answer | None = None
    option: str | None = None
    says: str

    @model_validator(mode="after")
    def _one_of(self):
        if sum(x is not None for x in (self.value, self.answer, self.option)) != 1:
            raise ValueError("a mistake needs one of value, answer or option")
        return self


class Worked(Strict):
    """A like question answered step by step before the task asks for one of the steps: a model run and its words.

    `says` may hold {answer} and the names of the run's inputs in braces.
    """

    answer: Answer
    says: str


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

    @model_validator(mode="after")
    def _left_out(self):
        if self.says.count("?") != 1:
            raise ValueError("a step left out is shown by one ? in says")
        if "{answer}" in self.says:
            raise ValueError("says must not hold {answer}: it is the step left out")
        return self


class Anchor(Strict):
    """A text a person marks by, and the marks it would get."""

    text: str
    mark: float = Field(ge=0)


class Became(Strict):
    """What became of a forecast, read from a row of a table: it came where the row's number is `at_least` so much."""

    table: str
    row: str
    column: str
    at_least: float
