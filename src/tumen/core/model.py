"""One model is one declaration: quantities, a pure function, outputs and findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tumen.core.errors import Problem, nearest
from tumen.core.quantity import Quantity
from tumen.core.words import amount

RELATIONS = ("tests", "neighbours", "illustrates")


@dataclass(frozen=True)
class Output:
    """One result of a model: its key, label and unit, and whether it is a number, a label or a series.

    A `table` output is a mapping of names to numbers; a series is one number a year, years last.
    """

    key: str
    label: str
    unit: str = ""
    kind: str = "number"


@dataclass(frozen=True)
class Finding:
    """What a model has to say on one claim of the report.

    `relation` is tests (the margin is the claim's own quantity), neighbours (a near question; `differs`
    says how it differs) or illustrates (no margin). `margin(outputs, inputs)` is 0 or more where the
    claim holds, and broadcasts.
    """

    claim: str
    says: str
    relation: str = "tests"
    margin: Callable[[Mapping, Mapping], object] | None = None
    differs: str = ""

    def __post_init__(self):
        if self.relation not in RELATIONS:
            raise Problem(f"finding {self.claim}: relation {self.relation!r}; {nearest(self.relation, RELATIONS)}.")
        if (self.margin is None) != (self.relation == "illustrates"):
            raise Problem(f"finding {self.claim}: a margin is needed unless the model only illustrates the claim.")


@dataclass(frozen=True)
class Verdict:
    """A finding under given inputs; `holds` and `margin` are None where the model only illustrates the claim."""

    claim: str
    says: str
    relation: str
    holds: object
    margin: object


@dataclass(frozen=True)
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
        raise Problem(f"{self.model.key} has no result {name!r}; {nearest(name, [*self.outputs, *self.inputs])}.")

    def __repr__(self):
        lines = [self.model.question]
        for out in self.model.outputs:
            lines.append(f"  {out.label}: {amount(self.outputs[out.key], out.unit)}")
        lines += [f"  {v.claim}: {verdict_words(v)}" for v in self.findings]
        return "\n".join(lines)

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
    if isinstance(v.holds, np.ndarray):
        return f"{v.says}: holds in {int(v.holds.sum())} of {v.holds.size} settings"
    return f"{v.says}: {'holds' if v.holds else 'does not hold'} in this setting"


def plain(value):
    """Turn arrays, NumPy scalars and tuples into what JSON can hold; a number that is not finite becomes None."""
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


@dataclass(frozen=True, eq=False)
class Model:
    """A question, its declared quantities, a pure function of them, and what it says of the report's claims.

    `run` takes keyword arguments named as the quantities, floats or arrays (first axis the ensemble), and
    returns a dict of outputs. `check(inputs)` may return one sentence where a combination makes no sense.
    `formula` states the equation and where it is from. Calling the model gives a `Result`. Where a start
    follows from another input, `defaults(values)` gives it by name; a value given, or set by a case (in
    `settled`), comes before it.
    """

    key: str
    question: str
    quantities: tuple[Quantity, ...]
    run: Callable[..., dict]
    outputs: tuple[Output, ...]
    claims: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    leaves_out: str = ""
    formula: str = ""
    check: Callable[[Mapping], str | None] | None = None
    verdict: Callable[[Result], str] | None = None
    defaults: Callable[[Mapping], Mapping] | None = None
    settled: frozenset[str] = frozenset()
    case_title: str = ""
    origin: Model | None = field(default=None, repr=False)

    def __post_init__(self):
        keys = [q.key for q in self.quantities]
        if len(set(keys)) != len(keys):
            raise Problem(f"{self.key}: two quantities have one name.")

    @property
    def theme(self) -> str:
        """The theme the model belongs to: what its key says before the dot."""
        return self.key.partition(".")[0]

    @property
    def start(self) -> dict:
        """The starting case: every quantity's value by its key."""
        return self._completed({})

    def _completed(self, given: Mapping) -> dict:
        """The given values, and the starting value of every other quantity."""
        values = {q.key: q.value for q in self.quantities} | dict(given)
        late = self.defaults(values) if self.defaults else {}
        return values | {k: v for k, v in late.items() if k not in self.settled and k not in given}

    def quantity(self, name: str) -> Quantity:
        """The quantity of that name, or `Problem` with the nearest valid name."""
        for q in self.quantities:
            if q.key == name:
                return q
        raise Problem(f"{self.key} has no quantity {name!r}; {nearest(name, self.start)}.")

    def output(self, name: str) -> Output:
        """The output of that name, or `Problem` with the nearest valid name."""
        for out in self.outputs:
            if out.key == name:
                return out
        raise Problem(f"{self.key} has no output {name!r}; {nearest(name, [o.key for o in self.outputs])}.")

    def finding(self, claim: str) -> Finding:
        """The finding on that claim, or `Problem` with the nearest one the model has."""
        for f in self.findings:
            if f.claim == claim:
                return f
        raise Problem(f"{self.key} has no finding on {claim!r}; {nearest(claim, [f.claim for f in self.findings])}.")

    def inputs(self, given: Mapping) -> dict:
        """The starting case with the given values in place, each checked; raises `Problem`."""
        out = self._completed({name: self.quantity(name).check(value) for name, value in given.items()})
        arrays = {k: v.shape for k, v in out.items() if isinstance(v, np.ndarray)}
        try:
            np.broadcast_shapes(*arrays.values())
        except ValueError:
            raise Problem(f"{self.key}: {' and '.join(arrays)} need arrays of one length.") from None
        with np.errstate(all="ignore"):
            trouble = self.check(out) if self.check else None
        if trouble:
            raise Problem(f"{self.key}: {trouble}")
        return out

    def __call__(self, /, **given) -> Result:
        """Run the model on the starting case with these values in place.

        Values may be scalars or arrays of one length (an ensemble). Raises `Problem` for an unknown name,
        a value that is no number, or one the formula cannot take. A value beyond the declared range is
        computed and listed in `beyond_range`.
        """
        inputs = self.inputs(given)
        try:
            with np.errstate(all="ignore"):
                outputs = self.run(**inputs)
        except (ZeroDivisionError, OverflowError):
            raise Problem(f"{self.key}: these values give no finite answer.") from None
        for out in self.outputs:
            if out.kind == "number" and not np.isfinite(outputs[out.key]).all():
                raise Problem(f"{self.key}: these values give no finite answer for {out.label}.")
        beyond = tuple(q.key for q in self.quantities if q.key in given and q.beyond(inputs[q.key]))
        return Result(self, inputs, outputs, self.judge(inputs, outputs), beyond)

    def judge(self, inputs: Mapping, outputs: Mapping) -> tuple[Verdict, ...]:
        """Every finding's verdict for these inputs and outputs; raises `Problem` where a margin is undefined."""
        out = []
        for f in self.findings:
            with np.errstate(all="ignore"):
                margin = None if f.margin is None else f.margin(outputs, inputs)
            if margin is not None and np.isnan(margin).any():
                raise Problem(f"{self.key}: these values give no answer on {f.claim}.")
            holds = None if margin is None else margin >= 0
            if isinstance(holds, np.generic):
                holds = bool(holds)
            out.append(Verdict(f.claim, f.says, f.relation, holds, margin))
        return tuple(out)

    def with_quantities(self, changed: Mapping[str, Quantity], title: str = "", settled: Iterable[str] = ()) -> Model:
        """A copy with quantities replaced, `settled` naming those whose value was set; `origin` stays as declared."""
        new = tuple(changed.get(q.key, q) for q in self.quantities)
        kept = self.settled | set(settled)
        return replace(self, quantities=new, settled=kept, case_title=title, origin=self.origin or self)
