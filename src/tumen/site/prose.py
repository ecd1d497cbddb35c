"""Words as they come from Markdown, made fit for a page: links, tables, headings and languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tumen.core.frozen import frozen
from tumen.site.clean import clean
from tumen.site.figure import folded

TONGUES = (  # a run of one script is marked with the language it is read in
    (
        "ko",
        re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+(?:[ ·,]+[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+)*"),
    ),
    ("ja", re.compile(r"[\u4e00-\u9fff]*[\u3040-\u30ff][\u3040-\u30ff\u4e00-\u9fff]*")),
    ("zh", re.compile(r"[\u4e00-\u9fff]+")),
)
FOREIGN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]")


@frozen
class Heading:
    """A heading of a page: its level, its words and the name it is reached by."""

    level: int
    words: str
    id: str


def fit(html: str, pages: Iterable[str], taken: list[Heading]) -> str:
    """HTML from Markdown, cleaned, with links to the pages that there are, tables that scroll, headings that have names.

    `pages` are the stems of the pages; a link to a notebook or a note among them leads to its page, one to any other
    local file leaves its words only. Each heading is added to `taken`.
    """
    from bs4 import BeautifulSoup

    soup, pages = BeautifulSoup(clean(html), "html.parser"), set(pages)
    for a in soup.find_all("a"):
        _lead(a, pages)
    for cell in soup.select("thead th"):
        cell["scope"] = "col"
        if not cell.get_text(strip=True):
            cell.append(BeautifulSoup('<span class="unseen">number</span>', "html.parser"))
    for tag in soup.find_all(re.compile("^h[1-6]$")):
        words = tag.get_text(" ", strip=True)
        tag["id"] = _name(words, {h.id for h in taken})
        taken.append(Heading(int(tag.name[1]), words, tag["id"]))
    for box in soup.find_all("table"):
        about = box.find_previous(re.compile("^h[1-6]$"))
        name = about.get_text(" ", strip=True) if about else "table"
        rows = len(box.select("tbody tr"))
        box.replace_with(BeautifulSoup(folded(str(box), f"table: {name}", rows), "html.parser"))
    return str(soup)


def _lead(a, pages: set[str]) -> None:
    target, _, place = (a.get("href") or "").partition("#")
    if re.match(r"[a-z]+:", target):
        a["rel"] = "noopener"
        return
    if not target:
        return
    stem = re.sub(r"\.(ipynb|md|html)$", "", target.rpartition("/")[2])
    if stem in pages:
        a["href"] = f"{stem}.html" + (f"#{place}" if place else "")
    else:
        a.unwrap()


def _name(words: str, taken: set[str]) -> str:
    base = re.sub(r"[^\w]+", "-", words.lower()).strip("-") or "part"
    name, n = base, 2
    while name in taken:
        name, n = f"{base}-{n}", n + 1
    return name


def tongues(html: str) -> str:
    """The page with each run of Korean, Chinese or Japanese marked as such, in its text only."""
    parts = re.split(r"(<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]+>)", html, flags=re.DOTALL)
    return "".join(p if p.startswith("<") or not FOREIGN.search(p) else _marked(p) for p in parts)


def _marked(text: str) -> str:
    spans: Mapping[int, tuple[int, str]] = {}
    for tongue, pattern in TONGUES:
        for found in pattern.finditer(text):
            if not any(a < found.end() and found.start() < b for a, (b, _) in spans.items()):
                spans[found.start()] = (found.end(), tongue)
    out, at = "", 0
    for start in sorted(spans):
        end, tongue = spans[start]
        out += f'{text[at:start]}<span lang="{tongue}">{text[start:end]}</span>'
        at = end
    return out + text[at:]
