"""`tumen run --sample N`: how sure, over the declared ranges."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.analysis import Estimate, estimate, with_ranges
from tumen.analysis.streamed import Ends
from tumen.core import Model, Problem
from tumen.core.words import amount, number


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
