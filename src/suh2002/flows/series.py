"""The yearly series the models stand on: food the South sent, and people who arrived there."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tumen.core import Problem, nearest
from tumen.core.own import Tables
from tumen.evidence.given import read
from tumen.evidence.tables import Table

FIRST, LAST = 1998, 2024
YEARS = tuple(range(FIRST, LAST + 1))
AID_FROM = 1995  # the first year in which Seoul sent food

# What may count as aid, by the indicators of the table rok_aid: tonnes all. Private gifts and the won value of a
# year's aid are other measures and never enter.
FOOD = ("rice", "maize", "maize_via_WFP", "wheat_flour_via_WFP", "soybean_via_WFP", "mixed_grain_via_WFP")
AID = {
    "food": FOOD,
    "rice and maize": ("rice", "maize", "maize_via_WFP"),
    "food and fertiliser": (*FOOD, "fertiliser"),
}


def aid_kt(tables: Tables, first: int = FIRST, last: int = LAST, counted: str = "food") -> np.ndarray:
    """Aid sent by the government in Seoul, kt a year from `first` to `last`, shape (years,).

    `counted` is "food" (rice and maize sent directly, on loan or as a gift, and all grain, flour and beans
    paid for through the World Food Programme), "rice and maize" (these two only, by either way) or "food and
    fertiliser". A year without a row of the table is 0. Raises `Problem` for another word.
    """
    if counted not in AID:
        raise Problem(f"there is no measure of aid {counted!r}; {nearest(counted, AID)}.")
    return _aid(read(tables, "rok_aid"), first, last, counted)


# A slider's one move runs a model fifty times to find its break-evens; adding a table up costs as much as the run.
@lru_cache(maxsize=32)
def _aid(table: Table, first: int, last: int, counted: str) -> np.ndarray:
    out = np.zeros(last - first + 1)
    for row in table.rows:
        sent = row["indicator"] in AID[counted] and row["supplier"] == "ROK government" and row["unit"] == "kt"
        if sent and row["value"] is not None and row["year"] is not None and first <= row["year"] <= last:
            out[row["year"] - first] += row["value"]
    out.flags.writeable = False
    return out


def arrivals(tables: Tables, first: int = FIRST, last: int = LAST) -> np.ndarray:
    """People who arrived in the South, a year from `first` to `last`, shape (years,).

    The ministry's revised table from 2002 on; before that, where it gives only blocks of years, the yearly
    figure published at the time. Raises `Problem` naming a year the table does not hold.
    """
    return _counted(read(tables, "arrivals"), first, last)


@lru_cache(maxsize=32)
def _counted(table: Table, first: int, last: int) -> np.ndarray:
    rows = _yearly(table)
    missing = [year for year in range(first, last + 1) if year not in rows]
    if missing:
        raise Problem(f"arrivals has no yearly figure for {missing[0]}; its years run from {min(rows)} to {max(rows)}.")
    out = np.array([rows[year]["total"] for year in range(first, last + 1)], float)
    out.flags.writeable = False
    return out


def arrival_rows(tables: Tables) -> dict[int, dict]:
    """The row of the table arrivals used for each year from 1998 on, in order of the years; raises `Problem` where it has none."""
    return _yearly(read(tables, "arrivals"))


def _yearly(table: Table) -> dict[int, dict]:
    revised, at_the_time = {}, {}
    for row in table.rows:
        if row["start_year"] != row["end_year"] or row["total"] is None or row["start_year"] < FIRST:
            continue
        if row["series"] == "main_revised":
            revised[row["start_year"]] = row
        elif row["series"].startswith("vintage"):
            at_the_time.setdefault(row["start_year"], row)
    if not revised:
        raise Problem("arrivals has no yearly row of the series main_revised.")
    return dict(sorted({**at_the_time, **revised}.items()))
