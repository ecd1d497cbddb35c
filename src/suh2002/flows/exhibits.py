"""The evidence the chapter stands on: the ministry's blocks, what Seoul sent in three measures, and who gave how much."""

from suh2002.flows.series import FOOD
from tumen.evidence.exhibit import Exhibit, Gathered

CREDIT = ("id", "source_org", "public", "verified")


def _blocks(rows):
    """The ministry's revised table in order, each block with what has come so far."""
    out, total = [], 0
    for r in sorted(
        (r for r in rows if r["series"] == "main_revised" and r["end_year"] <= 2024), key=lambda r: r["start_year"]
    ):
        total += r["total"]
        out.append({**r, "so far": total})
    return out


ARRIVALS = Exhibit(
    key="flows.arrivals",
    question="What does the ministry's table add up to?",
    table="arrivals",
    choose=_blocks,
    columns=("id", "period", "total", "men", "women", "so far", "public", "verified"),
    heads={"so far": "total so far"},
    leaves_out="2025, which was corrected after its first release; the years inside the first two blocks, which were printed elsewhere.",
    claims=("S3P1-e", "S3P1-i"),
)

MEASURES = {
    "food, kt": FOOD,
    "fertiliser, kt": ("fertiliser",),
    "all aid, hundred million won": ("government_total_incl_loans",),
}
UNITS = ("kt", "100 million KRW")


def _plain(value: float) -> float:
    """A whole number without its point."""
    return int(value) if float(value).is_integer() else value


def _measures(get):
    """What the government in Seoul sent from 1995 to 2010, a row a year: two tonnages and the won."""
    rows = [
        r
        for r in get("rok_aid").rows
        if r["supplier"] == "ROK government" and r["unit"] in UNITS and r["year"] is not None and r["value"] is not None
    ]
    out = []
    for year in range(1995, 2011):
        line = {"year": year}
        for name, wanted in MEASURES.items():
            own = [r for r in rows if r["year"] == year and r["indicator"] in wanted]
            line[name] = _plain(sum(r["value"] for r in own)) if own else None
            line[f"rows: {name}"] = ", ".join(r["id"] for r in own)
            line[f"memory: {name}"] = any(r["verified"] == "recalled" for r in own)
        out.append(line)
    return out if any(line[name] is not None for line in out for name in MEASURES) else []


AID = Gathered(
    key="flows.aid",
    question="What did the government in Seoul send, and in which unit?",
    tables=("rok_aid",),
    gather=_measures,
    columns=("year", *(c for name in MEASURES for c in (name, f"rows: {name}"))),
    leaves_out="private gifts; what was bought and not given; who ate it.",
    claims=("S3P2-c", "S3P2-e"),
)

SHARES, DOLLARS = ("B319", "B321", "B322", "B323", "B324"), ("B226", "B227", "B228", "B229")


def _givers(get):
    """Who gave what part of all food, and who gave how many dollars: two tallies that measure two things."""
    by_id = {r["id"]: r for r in get("rok_aid").rows}
    rows = [by_id[i] for i in (*SHARES, *DOLLARS) if i in by_id]
    return [
        {
            "tally": "part of all food by weight, 1996–2009"
            if r["unit"] == "percent"
            else "all aid, 1995 to autumn 2002",
            "giver": {"ROK": "South Korea"}.get(r["supplier"], r["supplier"]),
            "value": _plain(r["value"]),
            "unit": "per cent" if r["unit"] == "percent" else r["unit"],
            **{c: r[c] for c in CREDIT},
        }
        for r in rows
    ]


GIVERS = Gathered(
    key="flows.givers",
    question="Did Seoul give more than Beijing?",
    tables=("rok_aid",),
    gather=_givers,
    columns=("tally", "giver", "value", "unit", *CREDIT),
    leaves_out=(
        "Chinese crude oil, trade on easy terms, and Seoul itself in the second tally. S3P2-d says that giving justifies calling on both "
        "capitals, S3P2-f that rank matters for Chinese support when needed; the tallies ask who gave how much, and test neither."
    ),
    claims=("S3P2-d", "S3P2-f"),
)
