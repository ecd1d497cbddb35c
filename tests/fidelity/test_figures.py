"""Figures of the ledger have a row or are said to be recalled; a mean is not read as most; people in hiding are not “counted”."""

import csv
import re

import pytest
from words import files, passages

from tumen.core.files import shipped

NUMBER = re.compile(r"(?<![\w.:-])\d[\d,]*(?:\.\d+)?(?: million)?")
MARKED = re.compile(r"recalled|from memory|by memory", re.IGNORECASE)
SAID = [
    f
    for f in files()
    if f.parts[0] in ("src", "workbooks", "data") and f.suffix in (".py", ".ipynb", ".toml", ".md", ".csv")
]


def rows(name):
    with shipped("data", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(found):
    digits, _, million = found.partition(" ")
    return float(digits.replace(",", "")) * (1_000_000 if million else 1)


IN_TABLES = {
    value(found)
    for path in shipped("data").glob("*.csv")
    if path.stem != "claims"
    for row in rows(path.stem)
    for cell in row.values()
    for found in NUMBER.findall(cell or "")
}


def held(found):
    """Whether a table has the number, to as many digits as are given: 1.83 million of 1,830,929, 34,000 of 34,537."""
    said = value(found)
    digits = found.split()[0].replace(",", "")
    step = 10.0 ** -len(digits.partition(".")[2]) if "." in digits else 10.0 ** (len(digits) - len(digits.rstrip("0")))
    step *= 1_000_000 if found.endswith("million") else 1
    return any(said - step / 2 <= v < said + step for v in IN_TABLES)


def unheld(text):
    """Figures of a text that no table holds, in clauses that do not say that they are recalled; years and small numbers apart."""
    out = []
    for clause in re.split(r"; |\. (?=[A-Z])|: ", text):
        for found in NUMBER.findall(clause):
            small = value(found) < 10 and "." not in found
            year = re.fullmatch(r"(19|20)\d\d", found)
            if not small and not year and not MARKED.search(clause) and not held(found):
                out.append(found)
    return out


@pytest.mark.parametrize("row", rows("claims"), ids=lambda r: r["id"])
def test_a_figure_of_the_ledger_stands_in_a_table_or_is_recalled(row):
    for column in ("strongest_counter", "later_evidence"):
        assert unheld(row[column]) == [], column


def test_a_figure_nobody_holds_would_be_found():
    assert unheld("2010: employed 38.8 v. 59.1 percent") == ["38.8", "59.1"]
    assert unheld("Employed 38.8 v. 59.1 percent in 2010 (recalled)") == []
    assert unheld("1.83 million in 2010, and more than 34,000 since") == []


# A mean time abroad (border_survey:S46) says of no one how long, and the row is of 2005 alone.
MOST_LEFT = re.compile(
    r"(?:mostly|most (?:of them )?had) left|left the North years (?:before|earlier)|Arrivals left years before"
)
# How many there are in China is estimated; arrivals are counted.
COUNTED_IN_HIDING = re.compile(r"counts? of people in China|Robinson[’']s count")


@pytest.mark.parametrize("path", SAID, ids=str)
def test_a_mean_is_no_majority_and_an_estimate_no_count(path):
    text = "\n".join(passages(path)).replace("a better count of people in China", "")  # an anchor of one mark says so
    assert MOST_LEFT.findall(text) == []
    assert COUNTED_IN_HIDING.findall(text) == []
