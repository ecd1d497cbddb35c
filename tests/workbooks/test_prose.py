"""Every number in the workbooks' words comes from a model run, a data row or a claim, and is compared with it."""

import re
import tomllib
from pathlib import Path

import pytest
from books import CHAPTERS, FOLDER, PAGES, prose

from tumen.evidence.ledger import bearing, claim, claims, tensions
from tumen.evidence.tables import table
from tumen.tasks import Answer, read_tasks
from tumen.tasks.check import run_answer

LINES = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))["number"]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# What is no quantity: links, code, claim ids, dates, years, sections, list numbers, chapter numbers.
NOT_NUMBERS = [
    r"\]\([^)]*\)",
    r"`[^`]*`",
    r"\{[^}]*\}",
    r"\bS\dP\d+(\.\d+(-\d+)?)?(-\w)?\b",
    rf"\b\d{{1,2}} ({MONTHS}) \d{{4}}\b",
    r"\b(19|20)\d{2}\b",
    r"\b(sections?|paragraphs?) \d+( (and|to) \d+)*",
    r"\b(art\.|articles?) \d+[A-Z]?(\(\d+\))*",
    r"^\s*\d+\. ",
    r"^# \d\d\b",
    r"\[\d\d ",
    r"^\| \d\d \|",
]


def numbers(text: str) -> list[str]:
    """Every number of a text that a reader takes for a quantity; the sources at the end are citations."""
    text = text.split("## Sources")[0]
    for pattern in NOT_NUMBERS:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return [n.rstrip(",") for n in NUMBER.findall(text)]


def texts() -> dict[str, str]:
    """The words of every workbook and of every file of tasks, by a short name."""
    out = {p.stem[:2]: prose(p) for p in CHAPTERS} | {p.stem: prose(p) for p in PAGES}
    for path in sorted((FOLDER / "tasks").glob("*.toml")):
        parts = []
        for t in read_tasks(path).values():
            parts += [t.prompt, t.right, t.hint, t.solution, *t.options.values(), *t.views.values()]
            parts += [m.says for m in t.mistake]
        out[path.stem] = "\n".join(parts)
    return out


ASKED = ("kind", "status", "status_at_writing", "load_bearing", "place", "bearing")


def counted(asked: dict | str) -> int:
    """How many claims of the ledger have these words, or how many tensions there are."""
    old = {"claims": {}, "load-bearing claims": {"load_bearing": True}}
    asked = old[asked] if isinstance(asked, str) else asked
    if asked.get("tensions"):
        return len(tensions())
    assert set(asked) <= set(ASKED)
    rows = [{**vars(c), "place": c.place, "bearing": bearing(c.status)} for c in claims()]
    return sum(all(r[k] == v for k, v in asked.items()) for r in rows)


def test_both_claims_that_no_evidence_bears_out_and_shares_follow_from_the_ledger():
    assert counted({"status_at_writing": "asserted without evidence", "bearing": "for it"}) == 0  # "none", in 07
    assert counted({"bearing": "against it"}) == 0  # "no claim is judged to have failed", in 07
    open_causes = {c.id for c in claims() if c.load_bearing and c.kind == "cause" and bearing(c.status) == "open"}
    assert len(open_causes) == 3 and "S3P5-g" in open_causes  # "3 are causal", in 07
    assert counted({"load_bearing": True, "kind": "norm"}) == 4  # "4 are norms", in 07


def test_shares_of_the_ledger_named_in_the_tasks():
    load = counted({"load_bearing": True})
    assert counted({"load_bearing": True, "bearing": "open"}) / load == 0.5
    assert counted({"load_bearing": True, "bearing": "for it"}) / load == 0.25
    assert round(counted({"bearing": "open"}) / counted({}), 2) == 0.33


def value(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.mark.parametrize("name", list(texts()))
def test_every_number_is_explained_and_every_line_is_used(name):
    explained = {line["text"] for line in LINES if line["in"] == name}
    found = set(numbers(texts()[name]))
    assert found - explained == set(), "numbers no line of prose.toml explains"
    assert explained - found == set(), "lines of prose.toml whose number is not in the text"


@pytest.mark.parametrize("line", LINES, ids=[f"{x['in']}: {x['text']}" for x in LINES])
def test_a_number_is_what_its_source_says(line):
    said = value(line["text"])
    if "claim" in line:
        assert line["text"] in claim(line["claim"]).paraphrase.replace("one hundred thousand", "100,000")
    elif "row" in line:
        name, row = line["row"].split(":")
        assert said == pytest.approx(table(name).row(row)[line["column"]])
    elif "run" in line:
        got, _ = run_answer(Answer(**line["run"]))
        assert said == pytest.approx(got, rel=line.get("rounded", 0.005))
    elif "input" in line:
        from tumen.brief import model

        key, _, quantity = line["input"].rpartition(".")
        assert said == model(key).quantity(quantity).value
    elif "count" in line:
        assert said == counted(line["count"])
    else:
        assert len(line["supposed"]) > 10, "say why the number may be supposed"


def test_both_figures_are_true_at_that_stay():
    months = next(float(line["text"]) for line in LINES if line["in"] == "02" and "stay in months" in str(line))
    run = {"model": "counting.stock", "set": {"inflow": 60_000, "years": 5, "stay": months / 12}}
    entered, _ = run_answer(Answer(**run, output="entered"))
    present, _ = run_answer(Answer(**run, output="present"))
    assert entered == 300_000
    assert present == pytest.approx(100_000, rel=0.02)


def test_the_check_finds_what_is_not_explained():
    assert numbers("On 7 May 2002 claim S2P3-d said 4,321 in section 2, paragraph 3; `x = 5`.") == ["4,321"]


def test_names_are_covered():
    assert {*(p.stem[:2] for p in CHAPTERS), *(p.stem for p in PAGES)} <= set(texts())
