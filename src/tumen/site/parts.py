"""The pages that are no chapter: the contents, the instructor's set, and the references, written out from CSL-JSON in author-date form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.core.templates import HEAD, source
from tumen.core.words import listed
from tumen.evidence.dates import MONTHS_IN_FULL, say
from tumen.site.books import Book
from tumen.site.page import Link, Page, framed, html_cell, notebook

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
    return listed(names)


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


def works_list() -> str:
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


def index(books: Sequence[Book], minutes: Mapping[str, int], aside: Sequence[Link], printed: bool, case: str) -> Page:
    """The contents: every chapter with its question, its objectives and how long it takes; `minutes` are by stem."""
    items = "".join(_entry(b, minutes[b.stem], printed) for b in books)
    meta = home().meta
    about = ABOUT.format(author=meta.author, title=meta.title, publisher=meta.publisher, date=say(meta.date))
    made = notebook(about)
    pdf = " Each chapter is also a PDF for printing, with hints and solutions at its end." if printed else ""
    follow = f"<p>These copies follow the case {escape(case)}.</p>" if case else ""
    made.cells.append(
        html_cell(f'<p>{HOW}{pdf}</p>{follow}<h2 id="chapters">Chapters</h2><ul class="chapters">{items}</ul>')
    )
    more = "\n".join(f"- [{link.words}]({link.stem}.html)" for link in aside if link.stem != "instructor")
    instructor = any(link.stem == "instructor" for link in aside)
    teachers = "\n## For teachers\n\n[The printable instructor set](instructor.html)" if instructor else ""
    if instructor and printed:
        teachers += ", also as [one PDF](instructor.pdf)"
    made.cells += notebook(f"## Beside the chapters\n\n{more}", f"{teachers}{'.' if teachers else ''}").cells
    return Page("index", "Tumen: reading copies", made, kind="plain")


ABOUT = """# Tumen: reading copies

A workbook that takes one policy report’s argument apart, with respect: {author}, *{title}*, {publisher}, {date}. These are copies to read: on paper, on a phone, with a screen
reader, with no network and nothing installed."""
HOW = (
    "Every picture has its words, its table and its rows to download. What answers a question is closed until you open it, and so are "
    "hints, solutions and what came later. An answer is checked on the page and kept in your browser; nothing is sent. Where a model can "
    "be moved here, a slider steps among runs that were computed beforehand; the live workbook, opened with <code>tumen lab</code>, moves "
    "everything and keeps your answers with your notes."
)


def _entry(book: Book, minutes: int, printed: bool) -> str:
    about = f"<p>{escape(book.summary)}</p>" if book.summary else ""
    goals = "".join(f"<li>{escape(_bare(o))}</li>" for o in book.objectives)
    goals = f"<p>After it you can</p><ul>{goals}</ul>" if goals else ""
    with_tasks = f"; with its tasks {escape(book.time.rstrip('.'))}" if book.time else ""
    part = f" Part of the report: {escape(book.part.rstrip('.'))}." if book.part else ""
    pdf = f' <a href="{escape(book.stem)}.pdf">PDF of {escape(book.title)}</a>.' if printed else ""
    return (
        f'<li><h3 id="{escape(book.stem)}"><a href="{escape(book.stem)}.html">{escape(book.title)}</a></h3>{about}{goals}'
        f'<p class="note">About {minutes} minutes to read{with_tasks}.{part}{pdf}</p></li>'
    )


def _bare(words: str) -> str:
    return re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", words)


def references() -> Page:
    """Every work behind the tables and the text."""
    made = notebook(
        "# References\n\nThe works behind the tables, the ledger and the chapters, as data/references.json keeps them. Where a work is "
        "known to us from memory only, or could not be opened, its entry says so."
    )
    made.cells.append(html_cell(works_list()))
    return Page("references", "References", made, kind="plain")


def instructor(notes: Sequence[Path], sheets: Sequence[Path] = ()) -> Page:
    """The notes for teachers as one set to print, each on a page of its own, and links to the sheets for a class."""
    titles = [_title(p) for p in notes]
    made = notebook("# For teachers: the instructor set")
    items = "".join(f'<li><a href="#{escape(p.stem)}">{escape(t)}</a></li>' for p, t in zip(notes, titles, strict=True))
    made.cells.append(html_cell(f"<ul>{items}</ul>"))
    if sheets:
        ways = "".join(
            f'<li><a href="{escape(sheet_name(p))}.html">{escape(_title_of_page(p))}</a></li>' for p in sheets
        )
        made.cells.append(html_cell(f"<p>Sheets to print for a class:</p><ul>{ways}</ul>"))
    for path in notes:
        made.cells.append(html_cell(f'<div class="sheet" id="{escape(path.stem)}"></div>'))
        made.cells += notebook(_lower(path.read_text(encoding="utf-8"))).cells
    return Page("instructor", "For teachers", made, kind="plain")


def notes_of(folder: Path) -> list[Path]:
    """The instructor's notes of a folder of workbooks: those without a number first, then by name."""
    found = (folder / "instructor").rglob("*.md")
    return sorted(found, key=lambda p: (p.stem[:1].isdigit(), p.relative_to(folder).as_posix()))


def sheets_of(folder: Path) -> list[Path]:
    """The pages an instructor prints for a class, which are whole as they stand."""
    return sorted((folder / "instructor").rglob("*.html"))


def sheet_name(path: Path) -> str:
    """The name of a sheet's copy on the site: worksheets/02-x.html becomes worksheet-02-x."""
    return f"{path.parent.name.removesuffix('s')}-{path.stem}"


def sheet_page(path: Path) -> str:
    """A sheet as it stands where it allows its browser nothing, as every worksheet does; else cleaned, in a frame that does."""
    html = path.read_text(encoding="utf-8", errors="replace")
    if html.startswith(source(HEAD)):
        return html
    body = re.search(r"<body\b[^>]*>(.*)</body>", html, re.DOTALL | re.IGNORECASE)
    return framed(_title_of_page(path), body[1] if body else html)


def _title_of_page(path: Path) -> str:
    found = re.search(r"<title>(.*?)</title>", path.read_text(encoding="utf-8", errors="replace"), re.DOTALL)
    return unescape(found[1]).strip() if found else path.stem


def _title(path: Path) -> str:
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return _bare(found[1]) if found else path.stem


def _lower(text: str) -> str:
    """Markdown with every heading one level lower, as it stands within a page that has a title of its own."""
    out, fenced = [], False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        out.append(f"#{line}" if line.startswith("#") and not fenced else line)
    return "\n".join(out)
