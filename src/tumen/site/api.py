"""The page of names: what a notebook or a script may call, with the words that stand in the code, and every model."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from html import escape
from importlib import import_module

from tumen.brief import models
from tumen.core import Model, Quantity
from tumen.core.words import amount
from tumen.site.figure import folded, table
from tumen.site.page import Page, html_cell, notebook

ROOMS = ("tumen", "tumen.core", "tumen.analysis", "tumen.tasks")  # in the order in which a newcomer meets them


def page() -> Page:
    """Every public name of the library, room by room, and every model of the brief in use, as their docstrings say."""
    made = notebook(
        "# Names for those who compute\n\nWhat `import tumen` and its rooms offer, and what each model takes and gives. The words are "
        "those of the code; `help(tumen.explore)` and the like show them in a notebook."
    )
    for room in ROOMS:
        module = import_module(room)
        entries = "".join(_entry(room, name, thing) for name, thing in public(room))
        made.cells += notebook(f"## `{room}`").cells
        made.cells.append(html_cell(f"{_words(module.__doc__)}<dl>{entries}</dl>"))
    made.cells += notebook("## Models\n\n`tumen.brief.model(key)` gives one; called, it runs.").cells
    made.cells += [html_cell(_model(m)) for m in models().values()]
    return Page("code", "In code", made, kind="plain")


def public(room: str) -> Iterator[tuple[str, object]]:
    """The functions and classes that a room offers in its `__all__`, by name; plain values are left out."""
    module = import_module(room)
    for name in sorted(module.__all__, key=str.casefold):
        thing = getattr(module, name)
        if inspect.isclass(thing) or inspect.isroutine(thing):
            yield name, thing


def _entry(room: str, name: str, thing) -> str:
    called = f"{room}.{name}{_signature(thing)}"
    members = "".join(
        f"<dt><code>{escape(part)}{escape(_signature(inner))}</code></dt><dd>{_words(inspect.getdoc(inner))}</dd>"
        for part, inner in (_members(thing) if inspect.isclass(thing) else ())
    )
    more = f"<dl>{members}</dl>" if members else ""
    return f'<dt id="{escape(room)}.{escape(name)}"><code>{escape(called)}</code></dt><dd>{_words(inspect.getdoc(thing))}{more}</dd>'


def _members(cls: type) -> Iterator[tuple[str, object]]:
    """What a class of ours declares for others: its public methods and properties that have words of their own."""
    for name, inner in tuple(vars(cls).items()):  # pydantic keeps a signature on its class when it is first asked for
        inner = getattr(inner, "fget", None) or getattr(inner, "__func__", inner)
        if not name.startswith("_") and inspect.isroutine(inner) and inner.__doc__:
            yield name, inner


def _signature(thing) -> str:
    """How a thing is called, without types; a property is not called."""
    try:
        given = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return ""
    plain = [p.replace(annotation=p.empty) for p in given if p.name not in ("self", "cls")]
    return re.sub(r"<[^<>]*>", "…", str(inspect.Signature(plain)))


def _words(doc: str | None) -> str:
    """A docstring as HTML: paragraphs, `code`, and examples as they stand."""
    out = []
    for part in filter(None, re.split(r"\n\s*\n", escape(inspect.cleandoc(doc or "")))):
        example = part.startswith("&gt;&gt;&gt;")
        out.append(f"<pre>{part}</pre>" if example else f"<p>{_coded(part)}</p>")
    return "".join(out)


def _coded(words: str) -> str:
    return re.sub(r"`+([^`]+)`+", r"<code>\1</code>", words)


def _model(model: Model) -> str:
    """A model: its question, what its function says of itself, what it takes and what it gives."""
    takes = [[q.key, q.label, amount(q.value, q.unit), _range(q), q.basis] for q in model.quantities]
    gives = [[o.key, o.label, o.unit] for o in model.outputs]
    tables = (
        ("takes", ("name", "what it is", "starts at", "range", "basis"), takes),
        ("gives", ("name", "what it is", "unit"), gives),
    )
    said = "".join(
        folded(table(head, rows, f"It {way}"), f"what {model.key} {way}", len(rows)) for way, head, rows in tables
    )
    about = f"<p>{escape(model.question)}</p>{_words(inspect.getdoc(model.run))}{_words(model.formula)}"
    return f'<h3 id="{escape(model.key)}">{escape(model.key)}</h3>{about}{said}'


def _range(q: Quantity) -> str:
    return f"{amount(q.low)} to {amount(q.high, q.unit)}" if q.sampled else ""
