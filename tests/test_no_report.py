"""The library knows no report: nothing under src/tumen names one, its author, its claims, its chapters or its date."""

import re
from pathlib import Path

import pytest

import suh2002
import tumen
from tumen.brief import Brief
from tumen.core.home import DEFAULT, home_at
from tumen.evidence.package import schemas

ROOT = Path(tumen.__file__).parent
BRIEF = Brief(home_at(suh2002.folder() / "brief.toml"))
META = BRIEF.meta
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.rglob("*"))
    if path.suffix in (".py", ".js", ".css", ".html", ".j2", ".toml", ".json", ".svg", ".tpl")
    and "_shipped" not in path.parts
}
PLAIN = {"choice", "report", "hindsight"}  # words that the library has uses of its own for; their keys are looked for


def told() -> dict[str, str]:
    """What would name the report, by what it is, as regular expressions."""
    words = [w for w in re.findall(r"\w+", META.title) if len(w) > 7]
    year, month, day = META.date.isoformat().split("-")
    keys = [k for k in (*BRIEF.models, *BRIEF.exhibits, *BRIEF.tasks) if not k.startswith("report.")]
    chapters = [name for name in META.chapters if name not in PLAIN]
    return {
        "the author": "|".join(rf"\b{part}\b" for part in META.author.split()),
        "the title": "|".join(rf"\b{word}" for word in words),
        "the publisher": META.publisher.split()[0],
        "the link": re.escape(META.link.split("/")[2]),
        "an id": rf"\b(?:{META.ids})",
        "the date": rf"{year}-{month}-{day}|{int(day)} {META.date:%B} {year}|{META.month}|\b{year}\b",
        "the end of its evidence": rf"\b{META.evidence_to.year}\b|evidence_to_",
        "the package": META.package,
        "a chapter": rf"\b(?:{'|'.join(map(re.escape, keys))})\b|[\"'`](?:{'|'.join(chapters)})[\"'`]",
        "a table": "|".join(rf"[\"'`]{name}[\"'`]" for name, s in schemas(suh2002.folder()).items() if s.evidence),
        "its subject": r"North Korea|\bDPRK\b|\bChina\b|\bdefector|\brefugee",
    }


TOLD = told()

# What may stand there all the same, and why.
MAY = {
    ("core/home.py", "the package"): "the one place that names the report that is read where no other is found",
    ("analysis/sampling.py", "the date"): "the number from which drawn cases start, on which kept results depend",
}


@pytest.mark.parametrize("what", TOLD)
def test_the_library_names_no_report(what):
    found = {
        (name, what): [m.group() for m in re.finditer(TOLD[what], text, re.IGNORECASE)] for name, text in TEXTS.items()
    }
    named = {where: some for where, some in found.items() if some}
    assert {where: some for where, some in named.items() if where not in MAY} == {}
    assert all(len(some) == 1 for some in named.values())


def test_the_default_report_is_named_once_and_every_exception_is_needed():
    assert META.package == DEFAULT
    for (name, what), _why in MAY.items():
        assert re.search(TOLD[what], TEXTS[name], re.IGNORECASE), name


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("the author", "On Suh Dong-man's claim"),
        ("the title", "a page on defectors"),
        ("an id", "the claim S2P3-d"),
        ("the date", "as of 7 May 2002"),
        ("a chapter", 'model("counting.ceiling")'),
        ("a chapter", "choose `publicity` first"),
        ("a table", 'table("arrivals")'),
    ],
)
def test_a_line_that_names_it_would_be_found(what, line):
    assert re.search(TOLD[what], line, re.IGNORECASE)
