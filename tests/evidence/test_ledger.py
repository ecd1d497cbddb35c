"""The ledger: its kinds and verdicts, what carries the argument, and nothing later under an early date."""

import datetime as dt
import re
from dataclasses import FrozenInstanceError, fields

import pytest

from tumen.brief import models
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.evidence.ledger import (
    Claim,
    cited_works,
    claim,
    claims,
    kinds,
    known_by,
    paragraph,
    paragraphs,
    parts_known_by,
    tensions,
)
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows
from tumen.evidence.tables import table

LOAD_BEARING = (
    *("S1P3-c", "S1P3-i", "S2P1-c", "S2P3-d", "S2P3-f", "S2P4-d", "S2P5-b", "S3P1-c"),
    *("S3P1-d", "S3P1-f", "S3P1-i", "S3P2-e", "S3P3-e", "S3P3-f", "S3P4-g", "S3P5-g"),
)


def test_every_kind_is_used_and_sixteen_claims_carry_the_argument():
    found = claims()
    assert {c.kind for c in found} == set(kinds())
    assert {c.id for c in found if c.load_bearing} == set(LOAD_BEARING)


def test_a_verdict_is_of_the_claims_kind():
    for c in claims():
        assert c.status in kinds()[c.kind].verdicts, c.id
        assert c.status_at_writing in kinds()[c.kind].grounds, c.id
        assert (c.kind == "norm") == (c.status == "no verdict"), c.id
        assert (c.status == "no verdict") == c.later_evidence.startswith("No verdict on "), c.id


def test_a_word_its_kind_cannot_take_is_refused(tmp_path, refusal):
    text = (shipped("data") / "claims.csv").read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    norm = next(r for r in rows if r.startswith("S3P1-d,"))
    for wrong in ("contested", "untestable"):
        path = tmp_path / "claims.csv"
        path.write_text(f"{header}\n{norm.replace(',no verdict,', f',{wrong},')}\n", encoding="utf-8")
        said = refusal(read_rows, path, schema("claims"))
        assert "S3P1-d" in said and "a norm cannot be" in said and said.endswith("no verdict.")


def test_what_is_no_forecast_is_not_judged_as_one():
    assert {c.id for c in claims() if c.kind == "prediction"} == {"S1P1-e", "S2P4-b", "S3P1-e"}
    for id in ("S3P5-c", "S3P5-f", "S2P1-c"):
        assert claim(id).kind == "description"
    assert claim("S3P2-d").kind == "norm"


def test_ids_say_where_a_claim_stands():
    found = claims()
    assert [c.id for c in found] == sorted(c.id for c in found)
    for c in found:
        assert c.id.startswith(f"{c.place}-")
        assert c.paraphrase.endswith(".")


def test_a_paragraph_in_order():
    found = paragraph("S2P3")
    assert [c.id for c in found] == [f"S2P3-{x}" for x in "abcdefgh"]
    spans = [c.sentence for c in found]
    assert spans == sorted(spans)
    assert [c for ref in paragraphs() for c in paragraph(ref)] == claims()


def test_a_claim_is_typed_and_frozen():
    c = claim("S2P3-d")
    assert (c.section, c.paragraph, c.load_bearing, c.kind) == (2, 3, True, "counterfactual")
    assert c.themes == ("counting",)
    assert claim("S1P1-b").themes == ("choice", "publicity")
    with pytest.raises(FrozenInstanceError):
        c.status = "supported"
    assert {f.name for f in fields(Claim)} >= {"strongest_counter", "hidden_assumptions", "status_at_writing"}


def test_themes_are_the_registered_folders():
    assert {t for c in claims() for t in c.themes} <= set(home().meta.chapters)
    assert all(c.themes for c in claims())


def test_an_early_date_withholds_what_came_later():
    for day in (dt.date(2002, 5, 7), "2012-01-01", "2025-12-30"):
        assert all(c.status is None and c.later_evidence is None for c in claims(as_of=day))
    assert all(c.status_at_writing for c in claims(as_of="2002-05-07"))
    assert all(c.status and c.later_evidence for c in claims(as_of="2025-12-31"))
    assert claim("S2P3-d", as_of="2002-05-07").status is None
    assert paragraph("S2P3", as_of="2002-05-07")[0].status is None


def test_mistyped_names_are_answered_with_the_nearest(refusal):
    assert "'S2P3-d'" in refusal(claim, "S2P3d")
    assert "'S2P3'" in refusal(paragraph, "s2p3")
    assert "S1P1-a" in refusal(claim, "nonsense")
    assert "2024-05-31" in refusal(claims, "soon")


def test_the_report_is_linked():
    assert home().meta.link.startswith("https://oldsite.nautilus.org/")


def test_each_row_has_one_line_that_says_whether_it_was_changed_and_why():
    lines = (shipped("data") / "claims.md").read_text(encoding="utf-8").splitlines()
    told = [line.strip("| ").split(" | ") for line in lines if line.startswith("| S")]
    assert [parts[0] for parts in told] == [c.id for c in claims()]
    assert {parts[1] for parts in told} == {"kept", "changed", "new"}
    assert all(len(parts[2]) > 10 for parts in told)


# --- the tensions ---------------------------------------------------------------------------------

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
    assert len({t.title for t in ALL}) == len(ALL) >= 18
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
    assert pairs["t18"] == {"S2P4-b", "S3P5-a", "S3P5-b"}
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


# --- what a sentence of the ledger draws on -------------------------------------------------------

WORKS = cited_works()
REPORT = dt.date(2002, 5, 7)


@pytest.mark.parametrize(
    ("text", "date", "known"),
    [
        ("A counter with no date at all", REPORT, True),
        ("Trouble was reported in May 2000", REPORT, True),
        ("said on 7 May 2002", REPORT, True),
        ("said on 8 May 2002", REPORT, False),
        ("said in May 2002", REPORT, False),  # the month may mean its last day
        ("said in April 2002", REPORT, True),
        ("said in 2002", REPORT, False),
        ("from 1997-2003", REPORT, False),
        ("from 1998-99 on", REPORT, True),
        ("said in Sept 2001 and in 1989", REPORT, True),
        ("by 2025", dt.date(2024, 12, 31), False),
        ("by 2025", dt.date(2025, 12, 31), True),
        ("on 31 June 2002", dt.date(2002, 7, 1), False),  # no such day: the year alone is sure
        ("300,000 people and 2000 others", REPORT, True),
    ],
)
def test_dates_in_a_sentence(text, date, known):
    assert known_by(text, date, []) is known


def test_a_work_counts_from_the_last_day_its_date_of_issue_can_mean():
    works = [("HRW 2002", "2002-11"), ("HRW 2002; more", "2010"), ("Salon", "2002-03")]
    assert not known_by("as told (HRW 2002)", dt.date(2002, 11, 29), works[:1])
    assert known_by("as told (HRW 2002)", dt.date(2002, 11, 30), works[:1])
    assert known_by("cameras (Salon, no year)", REPORT, works)


def test_every_phrase_has_a_date_and_longer_phrases_come_first():
    assert len(WORKS) > 20
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", issued) for _, issued in WORKS)
    lengths = [len(phrase) for phrase, _ in WORKS]
    assert lengths == sorted(lengths, reverse=True)


def test_items_of_a_list_are_left_out_one_by_one():
    assert parts_known_by("treaty texts; COI 2014; protests of 1989", REPORT, []) == "treaty texts; protests of 1989"
    assert parts_known_by("arrivals 1998-2025", REPORT, []) == ""


@pytest.mark.parametrize("day", [REPORT, dt.date(2007, 6, 1), dt.date(2012, 1, 1), dt.date(2024, 1, 1)])
def test_no_later_year_stands_in_the_ledger_under_a_date(day):
    for c in claims(as_of=day):
        for text in (c.strongest_counter or "", c.linked_data, c.hidden_assumptions, c.what_to_vary, c.paraphrase):
            assert all(int(year) <= day.year for year in re.findall(r"\b(?:19|20)\d\d\b", text)), (c.id, text)


@pytest.mark.parametrize("id", ["S1P3-i", "S2P2-b", "S2P6-c", "S3P1-a", "S3P1-i", "S3P5-b", "S3P5-f", "S3P5-g"])
def test_objections_that_draw_on_what_came_later_are_withheld_in_may_2002(id):
    assert claim(id, as_of=REPORT).strongest_counter is None
    assert claim(id).strongest_counter


def test_objections_that_were_in_print_are_not_withheld():
    kept = [c for c in claims(as_of=REPORT) if c.strongest_counter]
    assert {"S1P1-b", "S2P2-e", "S2P3-d", "S2P3-g"} <= {c.id for c in kept}
    assert 30 < len(kept) < 60
    later = [c for c in claims(as_of="2012-01-01") if c.strongest_counter]
    assert {c.id for c in kept} < {c.id for c in later}
    assert all(c.strongest_counter for c in claims(as_of="2025-12-31"))
