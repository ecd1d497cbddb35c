"""The tensions: whole, in our words, with figures from the rows they name."""

import re

from tumen.brief import models
from tumen.core.home import home
from tumen.evidence.ledger import claim, claims
from tumen.evidence.tables import table
from tumen.evidence.tensions import tensions

ALL = tensions()
COLUMNS = ("total", "low", "central", "high", "value")


def numbers(text):
    return {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def cited(rows):
    out = set()
    for ref in rows:
        name, _, id = ref.partition(":")
        row = table(name).row(id)
        out |= {float(row[c]) for c in COLUMNS if isinstance(row.get(c), (int, float))}
        out |= {float(y) for c in ("start_year", "reference_year") if (y := row.get(c))}
        out |= numbers(
            " ".join(str(row[c]) for c in ("date", "end", "start", "period") if row.get(c)).replace("-", " ")
        )
    return out


def test_each_has_claims_and_a_question():
    assert [t.id for t in ALL] == [f"t{i:02d}" for i in range(1, len(ALL) + 1)]
    assert len({t.title for t in ALL}) == len(ALL) >= 17
    ids = {c.id for c in claims()}
    for t in ALL:
        assert t.claims and set(t.claims) <= ids
        assert t.says.endswith(".")
        assert t.question.endswith("?")
        assert "!" not in t.says + t.question


def test_the_pairs_that_pull_against_each_other():
    pairs = {t.id: set(t.claims) for t in ALL}
    assert pairs["t06"] == {"S2P1-c", "S3P1-e"}
    assert pairs["t07"] == {"S1P2-b", "S2P3-h"}
    assert pairs["t12"] == {"S3P3-a", "S3P3-c"}
    assert pairs["t15"] == {"S2P4-c", "S2P5-a"}
    assert pairs["t17"] == {"S2P2-b", "S2P2-c"}
    assert pairs["t16"] == {"S1P1-a", "S1P3-c"}


def test_every_figure_is_the_reports_or_a_rows():
    report = numbers(" ".join(claim(id).paraphrase for id in ("S2P3-b", "S2P3-d", "S2P3-f"))) | {
        1,
        2,
        2002,
    }  # sections; the year it was written
    for t in ALL:
        assert numbers(re.sub(r"\(S\dP\d\.\d\)", "", t.says)) <= report, t.id
        assert numbers(t.later or "") <= cited(t.rows), t.id
    ratio = next(t for t in ALL if t.id == "t02").says
    words = {5: "one guest for five hosts", 15: "one for fifteen"}
    assert all(words[1_500_000 // guests] in ratio for guests in (300_000, 100_000))


def test_what_came_later_is_withheld_under_an_early_date():
    assert {t.id for t in ALL if t.later} == {"t09", "t14"}
    for day in ("2002-05-07", "2012-01-01", "2025-12-30"):
        assert not [t.id for t in tensions(day) if t.later or (t.rows and t.id in ("t09", "t14"))]
    assert [t.later for t in tensions("2025-12-31")] == [t.later for t in ALL]
    for t in tensions("2002-05-07"):
        assert not re.search(r"\b(200[3-9]|20[12]\d)\b", t.says + t.question), t.id


def test_the_models_exist():
    for t in ALL:
        if t.model:
            theme = t.model.partition(".")[0]
            assert theme in home().meta.chapters
            assert theme not in home().meta.chapters or t.model in models(), t.model
