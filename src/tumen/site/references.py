"""The works behind the tables, written out from CSL-JSON in author-date form."""

from __future__ import annotations

import json
import re
from html import escape

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.evidence.dates import MONTHS_IN_FULL

IN_A_WHOLE = (
    "article-journal",
    "article-newspaper",
    "article-magazine",
    "chapter",
    "post-weblog",
    "webpage",
    "article",
)
MONTHS = ("", *MONTHS_IN_FULL)  # the first stands for no month


def works() -> list[dict]:
    """Every work of data/references.json, by author and year; raises `Problem` where the file cannot be read."""
    try:
        found = json.loads((shipped("data") / "references.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Problem("Tumen's data/references.json cannot be read; install Tumen again.") from None
    return sorted(found, key=lambda w: (sort_name(w).casefold(), _date(w), w["title"]))


def sort_name(work: dict) -> str:
    """The name a work is filed under."""
    first = work.get("author", [{}])[0]
    return first.get("family") or first.get("literal") or work["title"]


def _date(work: dict) -> tuple:
    return tuple(int(p) for p in work.get("issued", {}).get("date-parts", [[0]])[0])


def _authors(work: dict) -> str:
    names = []
    for i, a in enumerate(work.get("author", ())):
        if "family" not in a:
            names.append(a.get("literal", ""))
        else:
            names.append(f"{a['family']}, {a.get('given', '')}" if i == 0 else f"{a.get('given', '')} {a['family']}")
    if not names or names == [work["title"]]:
        return ""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _year(work: dict) -> str:
    date = _date(work)
    return str(date[0]) if date and date[0] else "no date"


def _day(work: dict) -> str:
    """The day and month, where they are known."""
    _, *rest = _date(work) or (0,)
    return f"{rest[1]} {MONTHS[rest[0]]}" if len(rest) == 2 else MONTHS[rest[0]] if rest else ""


def written(work: dict) -> str:
    """One work as HTML: authors, year, title, where it stands, its address as a link, and what we know of it."""
    inside = work["type"] in IN_A_WHOLE
    title = escape(work["title"])
    named = f"“{title}.”" if inside else f"<cite>{title}</cite>."
    authors, year = _authors(work), f"{_year(work)}."
    parts = [f"{escape(authors).rstrip('.')}.", year, named] if authors else [named, f"{year[:1].upper()}{year[1:]}"]
    where = _where(work)
    if where:
        parts.append(where.rstrip(".") + ".")
    if day := _day(work):
        parts.append(f"{day}.")
    if url := work.get("URL"):
        parts.append(f'<a href="{escape(url)}" rel="noopener">{escape(_host(url))}</a>.')
    if note := work.get("note"):
        parts.append(f'<span class="note">{escape(_note(note))}</span>')
    return " ".join(p for p in parts if p)


def _note(note: str) -> str:
    """What we know of a work, without the marks of the reading list (its number; S seen, R recalled)."""
    said = re.sub(r"^(?:Reading list \d+\.\s*)?(?:[SR]: )?", "", note)
    return said[:1].upper() + said[1:]


def _where(work: dict) -> str:
    whole = work.get("container-title") or work.get("collection-title")
    out = [f"<cite>{escape(whole)}</cite>"] if whole else []
    if volume := work.get("volume"):
        out.append(escape(str(volume)) + (f"({escape(str(work['issue']))})" if work.get("issue") else ""))
    said = " ".join(out)
    tail = [escape(str(work[k])) for k in ("genre", "number", "page", "publisher", "publisher-place") if work.get(k)]
    return ", ".join([said, *tail] if said else tail)


def _host(url: str) -> str:
    """The name of the site an address leads to, which is what a link says."""
    return url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")


def listed() -> str:
    """All works as HTML: first the reading list in its order, then every work by the first letter of its author."""
    found = works()
    reading = sorted((w for w in found if w.get("custom", {}).get("reading")), key=lambda w: w["custom"]["reading"])
    letters: dict[str, list[dict]] = {}
    for work in found:
        first = sort_name(work)[:1].upper()
        letters.setdefault(first if first.isascii() and first.isalpha() else "other", []).append(work)
    jump = "".join(f'<li><a href="#works-{k}">{k}</a></li>' for k in letters)
    parts = ["<h2 id='reading'>To read first</h2>", *(_item(w) for w in reading)]
    parts.append(f"<h2 id='all'>All {len(found)} works</h2><ul class='letters'>{jump}</ul>")
    for letter, works_of in letters.items():
        parts.append(f'<h3 id="works-{letter}">{letter}</h3>')
        parts += [_item(w, w["id"]) for w in works_of]
    return "".join(parts)


def _item(work: dict, id: str = "") -> str:
    name = f' id="{escape(id)}"' if id else ""
    return f'<p class="reference"{name}>{written(work)}</p>'
