"""`tumen run`: one model, one setting or one sweep; and the setting and the drawn cases that other commands share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tumen.analysis import Estimate, estimate, with_ranges
from tumen.analysis.streamed import Ends
from tumen.brief import model as find_model
from tumen.commands.console import print_json
from tumen.core import Model, Problem, Result
from tumen.core.words import amount, exact, number
from tumen.page.frame import case_here


def add_range(p) -> None:
    """Add --range to a parser."""
    p.add_argument(
        "--range", action="append", default=[], metavar="NAME=LOW:HIGH", help="another range (hosts=800000:1900000)"
    )


def add_draws(p) -> None:
    """Add --hold and --seed to a parser."""
    p.add_argument("--hold", action="append", default=[], metavar="NAME", help="keep a quantity at its value")
    p.add_argument("--seed", type=int, metavar="N", help="another sample (default: the workbook's own)")


def ranged_model(model: Model, given: list[str]) -> Model:
    """The model with the ranges of every --range in place; raises `Problem` for what is no range."""
    ranges = {}
    for text in given:
        name, _, ends = text.partition("=")
        low, _, high = ends.partition(":")
        try:
            ranges[name.strip()] = (float(low), float(high))
        except ValueError:
            raise Problem(f"--range needs NAME=LOW:HIGH, such as hosts=800000:1900000; you gave {text!r}.") from None
    return with_ranges(model, ranges) if ranges else model


def sampled(model: Model, given: dict, args) -> Estimate | None:
    """The estimate that --sample asks for, if it does; raises `Problem` for a sample that cannot be drawn."""
    if args.sample is None:
        if args.hold or args.seed is not None:
            raise Problem("--hold and --seed say how to draw a sample; add --sample N.")
        return None
    return estimate(model, given, hold=args.hold, n=args.sample, seed=args.seed)


def as_dict(found: Estimate, rows: list[dict] | None = None) -> dict:
    """An estimate ready for JSON: the size and the seed, a row an output, a row a finding (its own or `rows`), and the reading."""
    rows = [dict(row) for row in rows or found.rows()]
    return {
        "n": found.n,
        "seed": found.seed,
        "held": list(found.held),
        "reading": found.reading(),
        "outputs": [row for row in rows if row.pop("part") == "output"],
        "findings": [row for row in rows if "claim" in row],
    }


def print_estimate(found: Estimate, ends: Mapping[str, Ends] | None = None) -> None:
    """The estimate in words, with the mean of every output where `ends` has it."""
    print(f"Over the declared ranges, {found.n:,} cases (seed {found.seed}):")
    for s in found.spreads:
        if s.middle is None:
            print(f"  {s.label}: no answer in these ranges")
            continue
        mean = f", on average {number(ends[s.output].mean)}" if ends else ""
        span = f"{number(s.low)} to {amount(s.high, s.unit)} in 90 of 100 cases"
        print(f"  {s.label}: {span}, middle {number(s.middle)}{mean}")
    for s in found.shares:
        held = "no answer in these ranges" if s.share is None else f"holds in {number(100 * s.share)} of 100 cases"
        print(f"  {s.claim}: {s.says}: {held}")
    print(found.reading())
    if found.shares:
        print(found.caution())
    print(found.caveat)


# --- `tumen run` ----------------------------------------------------------------------------------

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
    add_range(p)
    add_draws(p)
    p.set_defaults(do=do)


def do(args) -> None:
    """Print the result of one run."""
    model = ranged_model(started(args.key, args.case), args.range)
    given = settings(model, args.set)
    result = model(**given)
    found = sampled(model, given, args)
    if args.json:
        shown = swept(result).as_dict() | ({"sample": as_dict(found)} if found else {})
        print_json(shown)
        return
    print_result(result, given)
    if found:
        print_estimate(found)


def started(key: str, case_file: str | None) -> Model:
    """The model as a case file, or the folder's case.toml, starts it."""
    return case_here(case_file).apply(find_model(key))


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


# --- what `sensitivity` and `flip` share ----------------------------------------------------------


def add_setting(p) -> None:
    """Add --set, --range, --case and --json to a parser."""
    p.add_argument("key", help="a model's key; tumen models lists them")
    p.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a value (hosts=854000)")
    add_range(p)
    p.add_argument("--case", metavar="FILE", help="start from a case file (default: case.toml here, if there is one)")
    p.add_argument("--json", action="store_true", help="print JSON")


def chosen(args) -> tuple[Model, dict]:
    """The model and the one setting that the arguments name."""
    model = ranged_model(started(args.key, args.case), args.range)
    return model, one_setting(model, settings(model, args.set))


def one_setting(model: Model, given: dict) -> dict:
    """Values of --set, or `Problem` where one of them is a sweep."""
    swept = [name for name, value in given.items() if isinstance(value, np.ndarray)]
    if swept:
        raise Problem(f"{model.key} needs one setting here; {swept[0]} is a sweep.")
    return given
