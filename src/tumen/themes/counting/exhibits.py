"""The published estimates of North Koreans in China, by speaker and year: then, and since."""

from tumen.evidence.exhibit import Exhibit

WRITTEN = "2002-05-07"  # the date line of the report
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
    later = [r for r in rows if r["public"] and r["public"] > WRITTEN]
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
