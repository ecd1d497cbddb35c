"""Pages from templates: jinja2, which Jupyter brings, with autoescaping on: words from anywhere stand on a page as words."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path

from tumen.core.cells import FROM_RIGHT, TURNS, plain_text
from tumen.core.words import number

HERE = Path(__file__).parents[1]  # a template stands beside the code that fills it, and is named from here
HEAD = "course/html/head.html"  # how a page begins that may run and fetch nothing


def rendered(template: str, **values) -> str:
    """The page that a template such as `course/html/report.html` makes of some values.

    Every value is escaped, and loses control characters and marks that turn the direction of reading; only what a
    template calls `safe` is HTML already, of our own making. A name that is not given raises jinja2's `UndefinedError`.
    """
    return _environment().get_template(template).render(values)


def source(template: str) -> str:
    """The text of a template."""
    return (HERE / template).read_text(encoding="utf-8")


@lru_cache(maxsize=1)  # a class has hundreds of pages of one template
def _environment():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def said(value):
        """A value as it stands on a page."""
        return value if hasattr(value, "__html__") else Markup(escape(TURNS.sub("", plain_text(str(value)))))

    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=said,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["number"] = number
    made.tests["from_right"] = lambda value: bool(FROM_RIGHT.search(str(value)))
    return made
