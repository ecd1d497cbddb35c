"""A workbook's cells as they stand on a page: words stay, verbs are read, other code leaves what is stored of it."""

from __future__ import annotations

import ast
from html import escape
from pathlib import Path

import nbformat

from tumen.core import Problem
from tumen.core.folds import folds
from tumen.site import veil
from tumen.site.clean import clean
from tumen.site.page import html_cell
from tumen.site.prose import fit
from tumen.site.sheet import Sheet
from tumen.site.verbs import READ


def settled(path: Path, sheet: Sheet) -> nbformat.NotebookNode:
    """The workbook with each code cell replaced by the HTML it leaves; raises `Problem` naming the cell at fault."""
    notebook = nbformat.read(path, as_version=4)
    names: dict = {}
    asked = veil.predictions([c.source for c in notebook.cells if c.cell_type == "code"], sheet)
    sheet.answers |= veil.answering(asked)
    cells, parts = [], folds(notebook.cells)
    for cell, (ends, begins) in zip(notebook.cells, parts, strict=False):
        cells += [html_cell(veil.unfold(sheet)) for _ in range(ends)]
        if begins:
            cells += [html_cell('<section class="fold">'), *_markdown(cell, cell.source), html_cell(veil.fold(sheet))]
            sheet.level = _last_level(cell.source, sheet.level)
            continue
        if cell.cell_type == "markdown":
            before, after = veil.parted(cell.source, sheet)
            if after:
                cells += [*_markdown(cell, before), html_cell(veil.lift(sheet))]
                cell.source = after
            sheet.level = _last_level(cell.source, sheet.level)
        elif cell.cell_type == "code":
            html = _told(cell, names, sheet, path.name)
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": html})] if html else []
        cells.append(cell)
    cells += [html_cell(veil.unfold(sheet)) for _ in range(parts[-1][0])]
    notebook.cells = [*cells, html_cell(veil.lift(sheet))]
    return notebook


def _markdown(cell, source: str) -> list:
    """A Markdown cell of a part of another's words, with its pictures, where there is something in it."""
    held = {"attachments": cell.attachments} if "attachments" in cell else {}
    return [nbformat.v4.new_markdown_cell(source, **held)] if source.strip() else []


def _last_level(source: str, before: int) -> int:
    fenced = False
    for line in source.splitlines():
        fenced ^= line.startswith("```")
        mark = line.split(" ")[0]
        if not fenced and mark and set(mark) == {"#"} and len(mark) <= 6:
            before = len(mark)
    return before


def _told(cell, names: dict, sheet: Sheet, where: str) -> str:
    """The HTML a code cell leaves: its verbs read in order, else what the notebook stores of it."""
    try:
        lines = ast.parse(cell.source).body
    except SyntaxError:
        return _stored(cell)
    parts, other = [], False
    for line in lines:
        call = _verb(line)
        try:
            if call:
                args = [_value(a, names) for a in call.args]
                kwargs = {k.arg: _value(k.value, names) for k in call.keywords}
                parts.append(READ[call.func.attr](sheet, *args, **kwargs))
            elif isinstance(line, (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef)):
                exec(compile(ast.Module([line], []), where, "exec"), names)
            else:
                other = True
        except Exception as fault:  # whatever the cell does, the page's maker is told which one it was
            said = str(fault) if isinstance(fault, Problem) else f"{type(fault).__name__}: {fault}"
            raise Problem(f"{where}, “{ast.unparse(line)}”: {said}") from fault
    return "".join(parts) + (_stored(cell) if other else "")


def _verb(line) -> ast.Call | None:
    """The call in a line such as tumen.show(...), if it is one."""
    call = line.value if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) else None
    func = call.func if call else None
    ours = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "tumen"
    return call if ours and func.attr in READ else None


def _value(node, names: dict):
    return eval(compile(ast.Expression(node), "argument", "eval"), names)


def _stored(cell) -> str:
    """What the notebook stores of a cell's run, as text; its code is kept, closed."""
    said = []
    for out in cell.outputs:
        data = out.get("data", {})
        if "image/png" in data:
            alt = out.get("metadata", {}).get("image/png", {}).get("alt", data.get("text/plain", "a picture"))
            png = escape("".join(str(data["image/png"]).split()))
            said.append(clean(f'<p><img src="data:image/png;base64,{png}" alt="{escape(str(alt))}"></p>'))
        elif "<table" in data.get("text/html", ""):
            said.append(fit(data["text/html"], (), []))
        elif text := out.get("text") or data.get("text/plain"):
            said.append(f"<pre>{escape(text)}</pre>")
    code = f"<details><summary>code</summary><pre>{escape(cell.source)}</pre></details>"
    return f'<div class="stored">{"".join(said)}{code}</div>' if said else ""
