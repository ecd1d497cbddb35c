"""What of a model can be measured over an ensemble: its scalar outputs and the margins of its findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from typing import Any

import numpy as np

from tumen.core import Finding, Model, Problem
from tumen.core.frozen import frozen

BLOCK = 65_536  # cases run at once: bounds the memory a yearly series takes

SUM = "sum"  # of a flow alone: what is there in one year is there in the next
PARTS = {
    "last": ("last year", lambda series: series[..., -1]),
    SUM: ("sum of all years", lambda series: series.sum(axis=-1)),
    "peak": ("peak year", lambda series: series.max(axis=-1)),
}


@frozen
class Target:
    """One number a case gives: an output, a part of a yearly series, or the margin of a finding.

    `key` is the output's key, `output.last`, `output.peak`, of a flow `output.sum`, or the claim; `kind` is output
    or finding; `read(outputs, inputs)` gives the number, one a case.
    """

    key: str
    label: str
    unit: str
    kind: str
    read: Callable[[Mapping, Mapping], Any] = field(repr=False, compare=False)


def targets(model: Model) -> tuple[Target, ...]:
    """Every scalar numeric output of a model, last year and peak of every yearly series, the sum of a flow, every margin."""
    out = []
    for o in model.outputs:
        if o.kind == "number":
            out.append(Target(o.key, o.label, o.unit, "output", partial(_output, o.key)))
        elif o.kind == "series":
            out += [_part(o, part) for part in PARTS if o.flow or part != SUM]
    out += [Target(f.claim, f.says, "", "finding", f.margin) for f in model.findings if f.margin is not None]
    return tuple(out)


def _output(key: str, results: Mapping, _inputs: Mapping) -> object:
    return results.get(key)


def _part(output, part: str) -> Target:
    words, reduce = PARTS[part]

    def read(results, _):
        return reduce(np.asarray(results[output.key], float))

    unit = output.unit.removesuffix(" a year") if part == SUM else output.unit
    return Target(f"{output.key}.{part}", f"{output.label}, {words}", unit, "output", read)


def target(model: Model, name: str) -> Target:
    """The target of that name, or `Problem` with the nearest valid one."""
    known = {t.key: t for t in targets(model)}
    if name not in known:
        summed = next((o for o in model.outputs if name == f"{o.key}.{SUM}" and o.kind == "series"), None)
        if summed:
            raise Problem(
                f"{model.key}: {summed.label} says how things stand in a year, so its years are not summed; "
                f"take {summed.key}.last or {summed.key}.peak."
            )
        raise Problem(f"{model.key} has nothing to measure named {name!r}; {model.nearest(name, known)}.")
    return known[name]


def finding_of(model: Model, claim: str | None = None) -> Finding:
    """The finding on that claim, or the model's first with a margin; raises `Problem` where there is none."""
    able = [f for f in model.findings if f.margin is not None]
    if claim is not None and model.findings:
        finding = model.finding(claim)
        if finding.margin is None:
            raise Problem(f"{model.key} only illustrates {claim}; there is no margin that could turn.")
        return finding
    if not able or claim is not None:
        on = f" on {claim!r}" if claim is not None else ""
        raise Problem(f"{model.key} has no finding{on}, so there is nothing in it that could hold or turn.")
    return able[0]


def quantiles(ordered: np.ndarray, levels) -> np.ndarray:
    """The quantiles of sorted values at these levels from 0 to 1, linear between neighbours, in the levels' shape.

    NumPy's own, which sorts, imports its masked arrays first and takes longer for it than all a chapter asks of it.
    """
    return np.interp(levels, np.linspace(0, 1, len(ordered)), ordered)


def evaluate(model: Model, inputs: Mapping, n: int, chosen=None) -> dict[str, np.ndarray]:
    """Run a model over an ensemble and measure every target.

    `inputs` holds one array of shape (n,) for each quantity that varies and one value for each other;
    `chosen` are targets, all of them by default. Returns an array of shape (n,) for each target's key,
    NaN where a case has no number. Raises `Problem` where the model's own check finds a combination of
    inputs that cannot be, or where it does not take an ensemble.
    """
    chosen = targets(model) if chosen is None else chosen
    out = {t.key: np.empty(n) for t in chosen}
    for start in range(0, n, BLOCK):
        part = slice(start, min(start + BLOCK, n))
        given = {k: v[part] if isinstance(v, np.ndarray) else v for k, v in inputs.items()}
        with np.errstate(all="ignore"):
            if model.check and (trouble := model.check(given)):
                raise Problem(f"{model.key}: these ranges hold combinations that cannot be: {trouble}")
            results = model.run(**given)
            for t in chosen:
                try:
                    out[t.key][part] = np.asarray(t.read(results, given), float)
                except (TypeError, ValueError):
                    raise Problem(f"{model.key} does not give one number a case for {t.label}.") from None
    return out
