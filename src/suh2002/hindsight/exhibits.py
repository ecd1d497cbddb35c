"""The scorecard by kind of claim, then and since; and the arrivals that were in print when the report was."""

from __future__ import annotations

from collections import Counter

from suh2002.hindsight.causes import ARROWS, BY_KEY
from tumen.evidence.dates import WRITTEN
from tumen.evidence.exhibit import Exhibit, Gathered
from tumen.evidence.ledger import BEARINGS, BEARS, bearing, kinds

THEN_WORDS = (
    "well supported in May 2002",
    "plausible in May 2002",
    "contestable in May 2002",
    "asserted without evidence",
    "value or definition",
)
SINCE_WORDS = BEARINGS


def crossed(rows, across: str, words, down: str, names) -> list[dict]:
    """Claims counted by two columns of the ledger, a row a name and a column a word, load-bearing ones apart.

    `counts` of a row holds (claims, load-bearing claims) by word. No rows where the ledger withholds a column.
    """
    if any(r[across] is None or r[down] is None for r in rows):
        return []
    every = Counter((r[down], r[across]) for r in rows)
    heavy = Counter((r[down], r[across]) for r in rows if r["load_bearing"] == "yes")
    out = []
    for name in names:
        counts = {w: (every[name, w], heavy[name, w]) for w in words if every[name, w]}
        cells = {w: _cell(*counts.get(w, (0, 0))) for w in words}
        total = [sum(c[i] for c in counts.values()) for i in (0, 1)]
        out.append({"claims": name, "in all": _cell(*total), **cells, "counts": counts, "total": total[0]})
    return out


def _cell(claims: int, load_bearing: int) -> str:
    return f"{claims} ({load_bearing})" if load_bearing else f"{claims}" if claims else ""


def _borne(rows) -> list[dict]:
    """The ledger's rows with each verdict read by what it bears on its claim."""
    return [{**r, "status": r["status"] and bearing(r["status"])} for r in rows]


def _then(get):
    return crossed(get("claims").rows, "status_at_writing", THEN_WORDS, "kind", kinds())


def _since(get):
    return crossed(_borne(get("claims").rows), "status", SINCE_WORDS, "kind", kinds())


def _carried(get):
    return crossed(_borne(get("claims").rows), "status", SINCE_WORDS, "status_at_writing", THEN_WORDS)


def _known(rows):
    """One row a year, and the total printed with them."""
    years = [r for r in rows if r["start_year"] == r["end_year"] and r["start_year"] >= 1998 and r["total"]]
    total = [r for r in rows if r["measure"] == "cumulative since 1948" and r["series"].startswith("vintage")]
    return sorted(years, key=lambda r: r["start_year"]) + sorted(total, key=lambda r: r["end_year"])[-1:]


HEAVY = "; in brackets: load-bearing"
BORNE = {b: f"{b}: {', '.join(words)}" for b, words in BEARS.items() if words != (b,)}  # each kind has words of its own
COUNTED = "a total or a score: counts depend on how finely sentences are split, and every word is our reading."
THEN = Gathered(
    key="hindsight.then",
    question="How good was each kind of claim on what could be known in May 2002?",
    tables=("claims",),
    gather=_then,
    columns=("claims", "in all", *THEN_WORDS),
    heads={"claims": f"kind of claim{HEAVY}"},
    leaves_out=COUNTED,
)
SINCE = Gathered(
    key="hindsight.since",
    question="How has each kind of claim fared on evidence to 2025?",
    tables=("claims",),
    gather=_since,
    columns=("claims", "in all", *SINCE_WORDS),
    heads={"claims": f"kind of claim{HEAVY}", **BORNE},
    leaves_out=COUNTED,
)
CARRIED = Gathered(
    key="hindsight.carried",
    question="Did claims with good grounds then fare better since?",
    tables=("claims",),
    gather=_carried,
    columns=("claims", "in all", *SINCE_WORDS),
    heads={"claims": f"grounds in May 2002{HEAVY}", **BORNE},
    leaves_out="a blind second coder: whoever judged the grounds of 2002 knew what came later.",
)
KNOWN = Exhibit(
    key="hindsight.known",
    question="Which yearly arrivals from 1998 on were in print on 7 May 2002?",
    table="arrivals",
    choose=_known,
    columns=("id", "period", "total", "public", "source_org", "verified", "trust"),
    as_of=WRITTEN,
    leaves_out="1996 and 1997, in print since 2000 (A39, A40), and earlier years, which were printed in blocks.",
    claims=("S3P1-e", "S3P1-h"),
)


def _arrows(_get) -> list[dict]:
    """Every arrow of the causal graph, with the reason why it is drawn."""
    return [
        {
            "from": BY_KEY[a.cause].name,
            "to": BY_KEY[a.effect].name,
            "why we draw it": a.why,
            "nearest claim or row": a.source,
        }
        for a in ARROWS
    ]


ARROW_TABLE = Gathered(
    key="hindsight.arrows",
    question="What may move what, and why do we draw it?",
    tables=(),
    gather=_arrows,
    columns=("from", "to", "why we draw it", "nearest claim or row"),
    leaves_out="every arrow we left out; each of those is an assumption too.",
)
EXHIBITS = (THEN, SINCE, CARRIED, KNOWN, ARROW_TABLE)
