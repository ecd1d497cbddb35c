"""Numbers that trap: a tempting reading of the tables, and what the rows say instead."""

from __future__ import annotations

from collections.abc import Callable

from tumen.core import Problem
from tumen.evidence.tables import Table
from tumen.evidence.traps import Trap, Traps

LAST = 2024  # the year up to which the sum of the trap runs: 2025 was first released, then corrected


def _row(of: Table, id: str) -> dict:
    """A row, also one that a newer figure has replaced by the date in use."""
    replaced = next((r for r in of.older if r["id"] == id), None)
    return replaced or of.row(id)


def _number(of: Table, id: str, column: str = "total") -> int:
    value = _row(of, id)[column]
    if value is None:
        raise Problem(f"{of.name}, row {id}, column {column}, is empty.")
    return int(value)


def _block_to_1998(get: Callable[[str], Table]) -> Trap:
    arrivals = get("arrivals")
    block, year = _number(arrivals, "A01"), _number(arrivals, "A41")
    since, to = _row(arrivals, "A01")["start_year"], _row(arrivals, "A01")["end_year"]
    return Trap(
        "block",
        f"{block} is not {to}",
        f"{block} people arrived in {to}.",
        f"{block} is everyone from {since} to {to}, printed in one row. In {to} itself, {year} people arrived.",
        ("arrivals:A01", "arrivals:A41"),
    )


def _block_of_three(get) -> Trap:
    arrivals = get("arrivals")
    block = _number(arrivals, "A02")
    years = [_number(arrivals, id) for id in ("A42", "A56", "A45")]
    said = " + ".join(f"{n:,}" for n in years)
    return Trap(
        "three_years",
        f"{block:,} is not 2001",
        f"{block:,} people arrived in 2001.",
        f"The row covers three years together: {said} = {sum(years):,}. In 2001 alone, {years[-1]} people arrived.",
        ("arrivals:A02", "arrivals:A42", "arrivals:A56", "arrivals:A45"),
    )


def _sum_of_rows(get) -> Trap:
    arrivals = get("arrivals")
    first, second = _number(arrivals, "A01"), _number(arrivals, "A02")
    both = [*arrivals.rows, *arrivals.older]
    rest = [r for r in both if r["series"] == "main_revised" and r["start_year"] > 2001]
    years = {r["start_year"]: int(r["total"]) for r in rest if r["end_year"] <= LAST}
    if sorted(years) != list(range(2002, LAST + 1)):
        raise Problem(f"{arrivals.name} has no row of the series main_revised for every year from 2002 to {LAST}.")
    total, since = first + second + sum(years.values()), _row(arrivals, "A01")["start_year"]
    spans = [_row(arrivals, id)["end_year"] - _row(arrivals, id)["start_year"] + 1 for id in ("A01", "A02")]
    return Trap(
        "sum",
        f"{total:,} is not 1998 to {LAST}",
        f"{total:,} people arrived from 1998 to {LAST}: {first} + {second:,} + the yearly rows from 2002.",
        f"The sum is right and the sentence is wrong. {total:,} is everyone since {since}: the first row is a block of "
        f"{spans[0]} years and the second one of {spans[1]}. The yearly rows alone give {sum(years.values()):,}.",
        ("arrivals:A01", "arrivals:A02", *(f"arrivals:{r['id']}" for r in rest if r["end_year"] <= LAST)),
    )


def _misprint(get) -> Trap:
    arrivals = get("arrivals")
    wrong, right = _row(arrivals, "A26"), _row(arrivals, "A25")
    men, women, total = (int(wrong[c]) for c in ("men", "women", "total"))
    return Trap(
        "misprint",
        f"{men} + {women} is not {total}",
        f"Of the {total} arrivals of {wrong['period']}, {men} were men and {women} women.",
        f"{men} + {women} = {men + women}, not {total}: a misprint that several outlets passed on. Women were {int(right['women'])}.",
        ("arrivals:A26", "arrivals:A25"),
    )


def _not_departures(get) -> Trap:
    arrivals, survey = get("arrivals"), get("border_survey")
    came, abroad = _number(arrivals, "A06"), _row(survey, "S46")
    return Trap(
        "departures",
        "Arrivals are not departures",
        f"{came:,} people left North Korea for the South in 2005.",
        f"{came:,} arrived in 2005. They had been abroad for {abroad['value']:g} years on average, so most of them had left "
        "well before. A table of arrivals tells little of when people left and nothing of those who stayed in China.",
        ("arrivals:A06", "border_survey:S46"),
    )


def _stock_flow_cumulative(get) -> Trap:
    arrivals, estimates = get("arrivals"), get("china_estimates")
    total, year = _number(arrivals, "A46"), _number(arrivals, "A45")
    stock = _number(estimates, "E30", "central")
    return Trap(
        "kinds",
        "A stock, a flow and a total since 1948",
        f"{total:,}, {year} and {stock:,} can be set side by side.",
        f"{total:,} is everyone who arrived by the end of 2001 (a total since 1948), {year} is who arrived in 2001 (a flow), and "
        f"about {stock:,} is the report’s figure for people in China at one time (a stock). Only like goes with like.",
        ("arrivals:A46", "arrivals:A45", "china_estimates:E30"),
    )


TRAPS = Traps(
    key="report.traps",
    question="Which sentences do the tables tempt one to write?",
    tables=("arrivals", "border_survey", "china_estimates"),
    builders=(_block_to_1998, _block_of_three, _sum_of_rows, _misprint, _not_departures, _stock_flow_cumulative),
)
