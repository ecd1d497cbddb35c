"""An app without a kernel: one assumption at a time, stepped among runs that were made beforehand."""

from __future__ import annotations

from html import escape

from tumen.analysis.steps import Steps, chosen
from tumen.charts.steps import axis_title, stepped
from tumen.core import Model
from tumen.core.result import judged
from tumen.core.words import amount, exact
from tumen.page.controls import tag
from tumen.site.figure import drawn, figure, table
from tumen.site.rows import csv_of, download, notes
from tumen.site.sheet import Sheet

ABOUT = (
    "Computed steps: every position of the slider is one run of the model that was made beforehand, with all other assumptions "
    "at the starting case. Nothing is filled in between."
)


def stepper(model: Model, offered: tuple[str, ...], sheet: Sheet) -> str:
    """The stepping part of an app as HTML; empty where the model gives no number or has nothing to step."""
    found = chosen(model, offered)
    if not found:
        return ""
    number = sheet.number("stepper")
    able = sum(model.quantity(name).sampled for name in offered)
    which = (
        f"the {len(found)} that move the result most, the strongest first"
        if able > len(found)
        else "the strongest first"
    )
    part = f" Of {able} assumptions, {which}." if len(found) > 1 else ""
    panels = "".join(_panel(s, f"step-{number}-{i}", i == 0, sheet) for i, s in enumerate(found))
    options = "".join(f'<option value="{i}">{escape(s.quantity.label)}</option>' for i, s in enumerate(found))
    picker = (
        f'<p class="pick"><label for="step-{number}">assumption to move</label> <select id="step-{number}">{options}</select></p>'
        if len(found) > 1
        else ""
    )
    return (
        f'<div class="stepper" role="group" aria-label="Computed steps: {escape(model.question)}">'
        f'<p class="note">{ABOUT}{part}</p><div class="live" hidden>{picker}</div>{panels}</div>'
    )


def _panel(found: Steps, name: str, first: bool, sheet: Sheet) -> str:
    q, last = found.quantity, len(found.values) - 1
    label = f"{axis_title(q.label, q.unit)} ({tag(q)})"
    control = (
        f'<div class="live" hidden><p class="slide"><label for="{name}">{escape(label)}</label>'
        f'<input type="range" id="{name}" min="0" max="{last}" step="1" value="{found.start}">'
        f'<span class="value" aria-hidden="true"></span> <button type="button">starting case</button></p>'
        f'<p class="said" role="status"></p></div>'
    )
    picture = stepped(found)
    rows = picture.rows(found)
    image = drawn(picture, rows, picture.words(found), name)
    place, (head, cells, said) = sheet.number("figure"), _steps(found)
    told = table(head, cells, f"{len(cells)} computed steps of {found.quantity.label}", said)
    file = csv_of(head, cells, notes(sheet.stem, place, found.model.question, picture.caption))
    link = download(sheet.stem, place, f"{found.model.key} {found.quantity.key} steps", file)
    told = figure(place, image, picture.caption, told, len(cells), link)
    later = "" if first else " later"
    return f'<div class="panel{later}">{control}{told}</div>'


def _steps(found: Steps) -> tuple[list[str], list[list[str]], list[str]]:
    """The names of the columns, every step as a row, and what is said of it, which travels with the row."""
    gauged = any(h is not None for h in found.holds())
    head = [found.quantity.label, *(axis_title(t.label, t.unit) for t in found.followed)]
    head += [found.flip.claim] if gauged else []
    rows, said = [], []
    columns = [found.of(t) for t in found.followed]
    for i, (value, result, holds) in enumerate(zip(found.values, found.results, found.holds(), strict=True)):
        written = exact(value, found.quantity.unit) + (" (starting case)" if i == found.start else "")
        row = [written, *("no number" if c[i] is None else amount(c[i]) for c in columns)]
        rows.append(row + ([("holds" if holds else "does not hold")] if gauged else []))
        said.append(f' data-says="{escape(_verdict(result))}"')
    return head, rows, said


def _verdict(result) -> str:
    if result.model.verdict:
        return result.model.verdict(result)
    return judged(result.findings)
