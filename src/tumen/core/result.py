"""What a model gives for one setting: numbers, and what they say of the report's claims."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

import numpy as np

from tumen.core.errors import Problem
from tumen.core.frozen import frozen
from tumen.core.words import amount

if TYPE_CHECKING:
    from tumen.core.model import Finding, Model


KEPT = 4  # a reader's and the starting one, asked of in two ways


@frozen
class Verdict:
    """A finding under given inputs; `holds` and `margin` are None where the model only illustrates the claim."""

    claim: str
    says: str
    relation: str
    holds: Any
    margin: Any


@frozen
class Result:
    """What a model gives for one set of inputs; numbers are floats, or arrays where an input was an array."""

    model: Model
    inputs: dict
    outputs: dict
    findings: tuple[Verdict, ...]
    beyond_range: tuple[str, ...] = ()

    def __getitem__(self, name):
        if name in self.outputs:
            return self.outputs[name]
        if name in self.inputs:
            return self.inputs[name]
        raise Problem(
            f"{self.model.key} has no result {name!r}; {self.model.nearest(name, [*self.outputs, *self.inputs])}."
        )

    def __repr__(self):
        lines = [self.model.question]
        for out in self.model.outputs:
            lines.append(f"  {out.label}: {self.said(out.key, out.unit)}")
        lines += [f"  {place(v)}: {verdict_words(v)}" for v in self.findings]
        return "\n".join(lines)

    def where(self, **values) -> dict:
        """The outputs of the same setting where these inputs have other values, floats or arrays, unchecked: for curves.

        Raises `Problem` for a name that is no input.
        """
        for name in values:
            self.model.quantity(name)
        return self.model.run(**{**self.inputs, **values})

    def said(self, output: str, unit: str = "") -> str:
        """An output in words, with its unit: what a table or a label names goes by a reader's words, not by its key."""
        return amount(self.model.named(output, self.outputs[output]), unit)

    def as_dict(self) -> dict:
        """The result as plain lists, numbers and words, ready for JSON."""
        return {
            "model": self.model.key,
            "inputs": {k: plain(v) for k, v in self.inputs.items()},
            "outputs": {k: plain(v) for k, v in self.outputs.items()},
            "findings": [
                {
                    "claim": v.claim,
                    "says": v.says,
                    "relation": v.relation,
                    "holds": plain(v.holds),
                    "margin": plain(v.margin),
                }
                for v in self.findings
            ],
            "beyond_range": list(self.beyond_range),
        }


def verdict_words(v: Verdict) -> str:
    """A verdict in words, for this setting only: never a statement about the world."""
    if v.holds is None:
        return f"{v.says} (illustrated, not tested)"
    holds, fails = ("holds", "does not hold") if v.relation == "tests" else ("true", "false")
    if isinstance(v.holds, np.ndarray):
        return f"{v.says}: {holds} in {int(v.holds.sum())} of {v.holds.size} settings"
    return f"{v.says}: {holds if v.holds else fails} in this setting"


def place(v: Verdict) -> str:
    """Where a verdict stands towards its claim: on it where the model tests it, else beside it, as what it answers is near."""
    return v.claim if v.relation == "tests" else f"beside {v.claim}"


def judged(findings: Iterable[Verdict]) -> str:
    """Every verdict in a sentence, with the claim it is on or beside."""
    return " ".join(f"{place(v)}: {verdict_words(v)}." for v in findings)


def nearness(finding: Finding) -> str:
    """How near a finding comes to its claim: its relation, and where it asks another question, what that is."""
    differs = f": {finding.differs}" if finding.differs else ""
    return f"{finding.claim}: this model {finding.relation} the claim{differs}."


def plain(value):
    """Turn arrays, NumPy scalars and tuples into what JSON can hold; a number that is not finite becomes None, -0 is 0."""
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value + 0.0 if math.isfinite(value) else None
    return value


def one_or_many(run: Callable[..., dict]) -> Callable[..., dict]:
    """A model's function whose outputs are arrays, the ensemble first: where no input is an array, what they hold for that setting."""

    @wraps(run)
    def given(*args, **inputs):
        found = run(*args, **inputs)
        if any(isinstance(x, np.ndarray) and x.ndim for x in inputs.values()):
            return found
        return {k: x[0].item() if isinstance(x[0], np.generic) else x[0] for k, x in found.items()}

    return given


def once(make: Callable) -> Callable:
    """A function of a result, and of more that can be compared, not worked out again for the results it was asked of last.

    What it gives is shared by all who ask, and not to be changed.
    """
    last: list[tuple] = []

    @wraps(make)
    def kept(result, *more, **named):
        wanted = (more, named)
        for one, asked, found in last:
            if one is result and asked == wanted:
                return found
        found = make(result, *more, **named)
        last[:] = [(result, wanted, found), *last[: KEPT - 1]]
        return found

    return kept
