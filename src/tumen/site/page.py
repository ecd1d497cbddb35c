"""One page: a notebook's cells in the frame of the site, with all it needs inside."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import nbformat
from traitlets import List

from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.evidence.dates import said_of
from tumen.site.asked import shared
from tumen.site.clean import clean, policy
from tumen.site.prose import Heading, fit, tongues

HERE = Path(__file__).parent
SCRIPTS = (HERE / "answering.js", HERE.parent / "front" / "static" / "folds.js", HERE / "site.js")
WORDS_A_MINUTE = 200  # an easy pace for a text with figures in it: a convention, not a measurement


def _exporter():
    """The exporter class, made on first use: nbconvert takes half a second to load."""
    from jinja2 import pass_context
    from nbconvert.exporters.html import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter

    class Reader(HTMLExporter):
        """nbconvert's HTML, in a frame of ours that fetches nothing."""

        pages = List()
        headings = List()

        @pass_context
        def markdown2html(self, context, source):
            return fit(super().markdown2html(context, source), self.pages, self.headings)

        def from_notebook_node(self, nb, resources=None, **kw):
            # what HTMLExporter does beyond this is to parse the whole page again, which spoils the names in an SVG
            return TemplateExporter.from_notebook_node(self, nb, self._init_resources(resources), **kw)

    return Reader


@frozen
class Link:
    """A way to another page: its file's stem and what is written on it."""

    stem: str
    words: str


@frozen
class Page:
    """A page to be written: its name, its title, its cells, and the pages before and after it.

    `closed` are what stays closed on it, printed at its end; `note` stands under its title; `kind` is a word for its style.
    """

    stem: str
    title: str
    notebook: nbformat.NotebookNode
    before: Link | None = None
    after: Link | None = None
    closed: tuple = ()
    note: str = ""
    kind: str = "chapter"


def site_links() -> tuple[Link, ...]:
    """The pages a site can have beside its chapters, in their order."""
    own = ((stem, stem.replace("-", " ").capitalize()) for stem in home().meta.pages)
    named = (
        ("index", "Contents"),
        *own,
        ("references", "References"),
        ("code", "In code"),
        ("instructor", "For teachers"),
    )
    return tuple(Link(stem, words) for stem, words in named)


def written(page: Page, pages, folder: Path) -> str:
    """The page as HTML that needs nothing else; `folder` is where its pictures are looked for."""
    headings: list[Heading] = []
    exporter = _exporter()(
        template_name="template",
        extra_template_basedirs=[str(HERE)],
        exclude_anchor_links=True,
        embed_images=True,
        pages=list(pages),
    )
    exporter.headings = headings
    script = "\n".join(
        path.read_text(encoding="utf-8").strip().replace("export function", "function") for path in SCRIPTS
    )
    resources = {
        "metadata": {"path": str(folder), "name": page.stem},
        "page": page,
        "report": said_of(),
        "site": [link for link in site_links() if link.stem in pages],
        "style": (HERE / "site.css").read_text(encoding="utf-8"),
        "script": script,
        "policy": policy(f"\n{script}\n"),
        "rules": shared() if 'data-task="' in str(page.notebook.cells) else "",
    }
    html, _ = exporter.from_notebook_node(page.notebook, resources)
    return tongues(html.replace("<!--contents-->", _contents(exporter.headings) if page.kind == "chapter" else ""))


def _contents(headings: list[Heading]) -> str:
    items = "".join(f'<li><a href="#{h.id}">{escape(h.words)}</a></li>' for h in headings if h.level == 2)
    if items.count("<li>") < 2:
        return ""
    return (
        '<nav class="contents" aria-label="On this page"><details><summary>On this page</summary>'
        f"<ol>{items}</ol></details></nav>"
    )


def framed(title: str, html: str) -> str:
    """A page of its own from HTML that somebody else wrote: cleaned, and allowed to run and to fetch nothing."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"</head>\n<body>\n<main>\n{clean(html)}\n</main>\n</body>\n</html>\n"
    )


def notebook(*sources: str) -> nbformat.NotebookNode:
    """A notebook of Markdown cells; HTML in Markdown stays HTML."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(s) for s in sources])


def html_cell(html: str):
    """A cell that leaves this HTML."""
    return nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", {"text/html": html})])


def minutes(html: str) -> int:
    """How long the words of a page take to read, in steps of five minutes; what is closed, drawn or tabled is not counted."""
    html = re.sub(
        r'<details class="guess">(.*?</summary>)', r"<div>\1", html
    )  # what answers a guess is read, once it was made
    for name in ("script", "style", "svg", "table", "nav", "details"):
        html = re.sub(rf"<{name}\b.*?</{name}>", " ", html, flags=re.DOTALL)
    body = html.partition("<main")[2].partition('<section class="paper"')[0]
    words = re.findall(r"[^\W_][\w'’.,-]*", re.sub(r"<[^>]+>", " ", body))
    return max(5, round(len(words) / WORDS_A_MINUTE / 5) * 5)
