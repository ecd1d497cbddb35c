"""The published estimates of North Koreans in China, by speaker and year, and who is in them: women and children."""

from __future__ import annotations

from collections.abc import Callable

from suh2002 import written
from tumen.core.words import number
from tumen.evidence.dates import WRITTEN
from tumen.evidence.exhibit import Exhibit, Gathered
from tumen.evidence.tables import Table

COLUMNS = (
    "id",
    "reference_year",
    "published",
    "low",
    "central",
    "high",
    "who",
    "who_type",
    "method",
    "definition",
    "verified",
)


def _order(rows):
    kinds = ("government", "IGO", "academic", "NGO", "press")
    return sorted(rows, key=lambda r: (kinds.index(r["who_type"]), r["reference_year"], r["published"]))


def _then(rows):
    return _order([r for r in rows if r["verified"] == "seen"])


def _since(rows):
    later = [r for r in rows if r["public"] and r["public"] > written()]
    return _order([r for r in later if r["verified"] == "seen" and r["reference_year"] <= 2003])


ESTIMATES = Exhibit(
    key="counting.estimates",
    question="What was in print when the report was written?",
    table="china_estimates",
    choose=_then,
    columns=COLUMNS,
    as_of=WRITTEN,
    leaves_out="Figures known only from memory; what was said in private; how many speakers repeat one source.",
    claims=("S2P2-d", "S2P2-e", "S2P3-f"),
)
ESTIMATES_SINCE = Exhibit(
    key="counting.estimates_since",
    question="What has been printed since about the same years?",
    table="china_estimates",
    choose=_since,
    columns=COLUMNS,
    leaves_out="Figures for years after 2003; figures known only from memory.",
    claims=("S2P2-e", "S2P3-f"),
)

# --- who is in the numbers, or left out of them ----------------------------------------------------------

WOMEN = ("S16", "S38", "S39", "S17", "S45", "S52")
CHILDREN = "children born in China"


def _women_and_children(get: Callable[[str], Table]) -> list[dict]:
    """Shares of women, of women sold or forced into marriage, of mothers returned, and numbers of children; only what was read."""
    surveys = {r["id"]: r for r in get("border_survey").rows}
    out = [
        {
            "figure of": r["indicator"],
            "for": r["fieldwork"],
            "figure": f"{number(r['value'])} {r['unit']}",
            "said by": r["survey"],
            "how": r["design"],
            "row": f"border_survey:{r['id']}",
        }
        for r in (surveys[id] for id in WOMEN if id in surveys)
        if r["verified"] == "seen"
    ]
    children = [r for r in get("china_estimates").rows if r["group"] == CHILDREN and r["verified"] == "seen"]
    for r in sorted(children, key=lambda r: (r["reference_year"], r["id"])):
        ends = [number(r[end]) for end in ("low", "central", "high") if r[end] is not None]
        out.append(
            {
                "figure of": r["definition"].replace("CHILDREN", "children"),
                "for": str(r["reference_year"]),
                "figure": f"{' to '.join(ends)} {r['unit']}",
                "said by": r["who"],
                "how": r["method"],
                "row": f"china_estimates:{r['id']}",
            }
        )
    return out


WOMEN_AND_CHILDREN = Gathered(
    key="counting.women_and_children",
    question="Who is in the numbers, and who is left out of them? Women, marriages that were sold or forced, and children.",
    tables=("border_survey", "china_estimates"),
    gather=_women_and_children,
    columns=("figure of", "for", "figure", "said by", "how", "row"),
    leaves_out="prices; figures known only from memory; what any of it was like.",
    claims=("S2P2-d", "S2P2-f"),
)
