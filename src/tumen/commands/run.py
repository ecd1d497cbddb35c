"""`tumen run`: one model, one setting or one sweep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from tumen.brief import model as find_model
from tumen.brief import models
from tumen.commands import sample
from tumen.commands.console import print_json
from tumen.core import Case, Model, Problem, Result
from tumen.core.words import amount, exact

MOST = 10_000


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser("run", help="run a model", description="Run a model on its starting case or your values.")
    p.add_argument("key", help="a model's key; tumen models lists them")
    p.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a value (hosts=854000), a sweep (people=10000:300000:30), a list (points=1,2,3) or ranges (experts=5:10,20:40)",
    )
    p.add_argument("--case", metavar="FILE", help="start from a case file (default: case.toml here, if there is one)")
    p.add_argument("--json", action="store_true", help="print JSON")
    p.add_argument("--sample", type=int, metavar="N", help="draw N cases from the declared ranges and say how sure")
    sample.add_range(p)
    sample.add_draws(p)
    p.set_defaults(do=do)


def do(args) -> None:
    """Print the result of one run."""
    model = sample.ranged_model(started(args.key, args.case), args.range)
    given = settings(model, args.set)
    result = model(**given)
    found = sample.sampled(model, given, args)
    if args.json:
        shown = swept(result).as_dict() | ({"sample": sample.as_dict(found)} if found else {})
        print_json(shown)
        return
    print_result(result, given)
    if found:
        sample.print_estimate(found)


def started(key: str, case_file: str | None) -> Model:
    """The model as a case file, or the folder's case.toml, starts it."""
    model, case = find_model(key), case_of(case_file)
    return model if case is None else case.apply(model)


def case_of(case_file: str | None) -> Case | None:
    """The case file, or the folder's case.toml, or None where there is none; raises `Problem` as `Case.read` does."""
    path = Path(case_file) if case_file else Path("case.toml")
    return Case.read(path, models().values()) if case_file or path.is_file() else None


def settings(model: Model, given: list[str]) -> dict:
    """The values of every --set, parsed; raises `Problem` with the nearest valid name."""
    out, sweep = {}, None
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals:
            raise Problem(f"--set needs NAME=VALUE, such as {next(iter(model.start))}=1; you gave {text!r}.")
        if name in out:
            raise Problem(f"{name} is set twice.")
        q = model.quantity(name)
        if q.kind in ("number", "fixed") and ":" in value:
            if sweep:
                raise Problem(f"one quantity can be swept at a time; you gave {sweep} and {name}.")
            sweep, out[name] = name, _sweep(name, value)
            q.check(out[name])
        else:
            out[name] = q.parse(value)
    return out


def _sweep(name: str, text: str) -> np.ndarray:
    try:
        start, stop, count = (part.strip() for part in text.split(":"))
        ends, n = (float(start), float(stop)), int(count)
    except ValueError:
        raise Problem(
            f"a sweep of {name} needs from:to:how many, such as 10000:300000:30; you gave {text!r}."
        ) from None
    if not all(map(np.isfinite, ends)):
        raise Problem(f"a sweep of {name} needs two finite numbers; you gave {text!r}.")
    if not 2 <= n <= MOST:
        raise Problem(f"a sweep of {name} needs between 2 and {MOST:,} points; you gave {n:,}.")
    with np.errstate(all="ignore"):
        return np.linspace(*ends, n)


def swept(result: Result) -> Result:
    """The result with every output and verdict as a list over the sweep, where there is one."""
    length = next((v.shape[0] for v in result.inputs.values() if isinstance(v, np.ndarray)), None)
    if length is None:
        return result
    series = {out.key for out in result.model.outputs if out.kind == "series"}
    spread = {k: _spread(v, length, axes=2 if k in series else 1) for k, v in result.outputs.items()}
    findings = tuple(
        v if v.margin is None else replace(v, holds=_spread(v.holds, length), margin=_spread(v.margin, length))
        for v in result.findings
    )
    return Result(result.model, result.inputs, spread, findings, result.beyond_range)


def _spread(value, length: int, axes: int = 1):
    """The value as it is where it moves with the sweep, else once for each point of it."""
    return value if isinstance(value, np.ndarray) and value.ndim == axes else [value] * length


def print_result(result: Result, given: dict) -> None:
    """The result in words."""
    model = result.model
    print(model.question)
    for q in model.quantities:
        value = result.inputs[q.key]
        basis = "your value" if q.key in given else q.basis
        said = f"{exact(value, q.unit)} {q.unit}".strip() if q.whole and np.ndim(value) == 0 else amount(value, q.unit)
        print(f"  {q.label} ({q.key}): {said}  [{basis}]")
    print(*repr(result).split("\n")[1:], sep="\n")
    if model.verdict and not any(isinstance(v, np.ndarray) for v in result.inputs.values()):
        print(f"  {model.verdict(result)}")
    for name in result.beyond_range:
        q = model.quantity(name)
        print(f"  {name} is beyond the range our sources support ({amount(q.low)} to {amount(q.high, q.unit)}).")
