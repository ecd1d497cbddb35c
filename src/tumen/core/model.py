"""One model is one declaration: quantities, a pure function, outputs and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, update_wrapper, wraps
from inspect import signature
from typing import Any

import numpy as np

from tumen.core.errors import Problem, nearest
from tumen.core.frozen import frozen
from tumen.core.own import Tables
from tumen.core.quantity import Quantity
from tumen.core.result import Result, Verdict
from tumen.core.words import listed, say

RELATIONS = ("tests", "neighbours", "illustrates")


@frozen
class Output:
    """One result of a model: its key, label and unit, and whether it is a number, a label or a series.

    A `table` output is a mapping of names to numbers; a series is one number a year, years last, and its years may be
    summed only where it is a `flow`: so many a year, not what is there in a year. `names` are the words a reader sees in
    place of a table's names or of a label.
    """

    key: str
    label: str
    unit: str = ""
    kind: str = "number"
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    flow: bool = False


@frozen
class Finding:
    """What a model has to say on one claim of the report.

    `relation` is tests (the margin is the claim's own quantity), neighbours (a near question; `differs`
    says how it differs) or illustrates (no margin); where it is not said, tests with a margin and illustrates without.
    `margin(outputs, inputs)` is 0 or more where the claim holds, and broadcasts.
    """

    claim: str
    says: str
    relation: str = ""
    margin: Callable[[Mapping, Mapping], Any] | None = None
    differs: str = ""

    def __post_init__(self):
        if not self.relation:
            object.__setattr__(self, "relation", "tests" if self.margin else "illustrates")
        if self.relation not in RELATIONS:
            raise Problem(f"finding {self.claim}: relation {self.relation!r}; {nearest(self.relation, RELATIONS)}.")
        if (self.margin is None) != (self.relation == "illustrates"):
            raise Problem(f"finding {self.claim}: a margin is needed unless the model only illustrates the claim.")


@dataclass(frozen=True, eq=False)
class Model:
    """A question, its declared quantities, a pure function of them, and what it says of the report's claims.

    `run` takes keyword arguments named as the quantities, floats or arrays (first axis the ensemble), and
    returns a dict of outputs. `check(inputs)` may return one sentence where a combination makes no sense.
    `formula` states the equation and where it is from; `reads` names the tables of evidence it is run on, beside
    its quantities, and `tables` says whose they are: its package's own, as declared. Whichever of `run`, `check`, `each` and
    a finding's `margin` takes `tables` is handed them; what gets a result has them as `result.model.tables`. Calling the
    model gives a `Result`. Where a start
    follows from another input, `defaults(values)` gives it by name; a value given, or set by a case (in
    `settled`), comes before it. `verdict` makes a sentence of a result, or is one with its numbers in braces, as `say` takes it. `moving` holds values that stand in for a slow model's while a control moves;
    `beside(result)` may say a word by quantity where the model has no break-even to stand beside a control.
    `renamed` maps a name a quantity or an output once had to the names that took its place: whoever still writes
    the old one is told the new. A model that draws its own cases (its `draws` and `seed`) says in `each(inputs)`
    which model one of them is run on, its quantities in the order in which they are drawn, so that a sweep can draw as
    many as it likes. Raises `Problem` where two quantities share a name, `run` does not take them, or a new name is none.
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
    reads: tuple[str, ...] = ()
    check: Callable[[Mapping], str | None] | None = None
    verdict: Callable[[Result], str] | str | None = None
    defaults: Callable[[Mapping], Mapping] | None = None
    moving: Mapping = field(default_factory=dict)
    beside: Callable[[Result], Mapping[str, str]] | None = None
    renamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: Callable[[Mapping], Model] | None = None
    settled: frozenset[str] = frozenset()
    case_title: str = ""
    origin: Model | None = field(default=None, repr=False)
    tables: Tables = None  # type: ignore[assignment]  # from then on there is one

    def __post_init__(self):
        self._check_renamed()
        keys = [q.key for q in self.quantities]
        if len(set(keys)) != len(keys):
            raise Problem(f"{self.key}: two quantities have one name.")
        if self.tables is None:
            object.__setattr__(self, "tables", Tables(getattr(self.run, "__module__", "").partition(".")[0]))
        if isinstance(self.verdict, str):
            object.__setattr__(self, "verdict", partial(say, self.verdict))
        self._check_run(keys)
        self._hand_out()

    def _hand_out(self) -> None:
        """Have the functions that take the tables be given them, those of an earlier copy of this model anew."""
        run = getattr(self.run, "bare", self.run)
        made: dict[str, Any] = {"run": _guarded(self.key, _handed(run, self.tables) if self.reads else run)}
        if self.reads:
            margins = [_handed(f.margin, self.tables) for f in self.findings]
            made["findings"] = tuple(replace(f, margin=m) for f, m in zip(self.findings, margins, strict=True))
            made |= {name: _handed(getattr(self, name), self.tables) for name in ("check", "each")}
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def theme(self) -> str:
        """The theme the model belongs to: what its key says before the dot."""
        return self.key.partition(".")[0]

    @property
    def declared(self) -> Model:
        """The model as declared, before any case, on the tables that this one is run on."""
        found = self.origin or self
        return found if found.tables is self.tables else replace(found, tables=self.tables)

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
        raise Problem(f"{self.key} has no quantity {name!r}; {self.nearest(name, self.start)}.")

    def output(self, name: str) -> Output:
        """The output of that name, or `Problem` with the nearest valid name."""
        for out in self.outputs:
            if out.key == name:
                return out
        raise Problem(f"{self.key} has no output {name!r}; {self.nearest(name, [o.key for o in self.outputs])}.")

    def _check_renamed(self) -> None:
        names = {q.key for q in self.quantities} | {o.key for o in self.outputs}
        for old, new in self.renamed.items():
            if old in names or not new or not names.issuperset(new):
                said = ", ".join(new) or "nothing"
                raise Problem(f"{self.key}: {old!r} is said to be renamed, but {said} is no new name.")

    def _check_run(self, keys: list[str]) -> None:
        takes = list(signature(getattr(self.run, "bare", self.run)).parameters.values())
        if self.reads:
            if "tables" in keys:
                raise Problem(f"{self.key}: tables is the name of what it reads; give the quantity another.")
            takes = [p for p in takes if p.name != "tables"]
        if any(p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in takes):
            return
        unknown = [key for key in keys if key not in {p.name for p in takes}]
        missing = [p.name for p in takes if p.default is p.empty and p.name not in keys]
        if unknown or missing:
            said = [f"does not take {', '.join(unknown)}"] if unknown else []
            said += [f"needs {', '.join(missing)}, no quantity of the model"] if missing else []
            raise Problem(f"{self.key}: its run {' and '.join(said)}; it takes its quantities by their keys.")

    def nearest(self, name: str, valid: Iterable[str]) -> str:
        """What took the place of a name the model once had, or which of the valid names are nearest to it."""
        if name not in self.renamed:
            return nearest(name, valid)
        return f"it is now {listed(map(repr, self.renamed[name]))}"

    def named(self, output: str, value):
        """An output's value with a reader's words for what a table or a label names; any other value as it is."""
        words = {q.key: q.label for q in self.quantities} if isinstance(value, Mapping) else {}
        words |= next((out.names for out in self.outputs if out.key == output), {})
        if isinstance(value, Mapping):
            return {words.get(key, key): part for key, part in value.items()}
        return words.get(value, value) if isinstance(value, str) else value

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
        outputs = self.run(**inputs)
        for out in self.outputs:
            found = outputs[out.key]
            if not np.isfinite(found).all() if out.kind == "number" else _endless(found):
                raise Problem(f"{self.key}: these values give no finite answer for {out.label}.")
        beyond = tuple(q.key for q in self.quantities if q.key in given and q.beyond(inputs[q.key]))
        return Result(self, inputs, outputs, self.judge(inputs, outputs), beyond)

    def judge(self, inputs: Mapping, outputs: Mapping) -> tuple[Verdict, ...]:
        """Every finding's verdict for these inputs and outputs; raises `Problem` where a margin is undefined."""
        out = []
        for f in self.findings:
            with np.errstate(all="ignore"):
                margin = None if f.margin is None else f.margin(outputs, inputs)
            if margin is not None and not np.isfinite(margin).all():
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


def _guarded(key: str, run: Callable[..., dict]) -> Callable[..., dict]:
    """The function such that whoever calls it meets a sentence, never a warning or a fault of arithmetic."""

    @wraps(run)
    def guarded(*args, **kwargs):
        try:
            with np.errstate(all="ignore"):
                return run(*args, **kwargs)
        except ArithmeticError:
            raise Problem(f"{key}: these values give no finite answer.") from None

    guarded.bare = getattr(run, "bare", run)  # type: ignore[attr-defined]
    return guarded


def _handed(function, tables: Tables):
    """The function with the tables in place where it takes them; any other, and none, as it is."""
    bare = getattr(function, "bare", function)
    if bare is None or "tables" not in signature(bare).parameters:
        return function
    given: Any = update_wrapper(partial(bare, tables=tables), bare)
    given.bare = bare
    return given


def _endless(value) -> bool:
    """Whether an output, a table or a series, holds an infinite number; NaN there may say: not defined."""
    if isinstance(value, Mapping):
        return any(map(_endless, value.values()))
    numbers = np.asarray(value) if isinstance(value, (list, tuple, float, np.ndarray)) else None
    return numbers is not None and numbers.dtype.kind == "f" and bool(np.isinf(numbers).any())
