"""A table's file taken apart by its declaration: typed rows and how it was read, or one sentence naming file, row and column."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.errors import MOST, shown
from tumen.core.own import Own
from tumen.core.words import listed
from tumen.evidence.cell import NOTHING, Form, proved, typed
from tumen.evidence.lines import Lines, ask, heading_names, our_names, table_lines
from tumen.evidence.package import PROVENANCE, Field, Schema, schemas
from tumen.evidence.reading import Read
from tumen.evidence.sheets import Number

SUM = re.compile(
    r"(?:grand )?(?:totals?|sum)|(?:gesamt)?summe|gesamt|totale|somme|suma|toplam|합계|총계|계|总计|總計|合计|合計|計",
    re.IGNORECASE,
)


def take_apart(path: Path, schema: Schema, own: Own, ours: bool) -> tuple[list[dict], Read]:
    """The rows of a file and how it was read, `ours` where it is one of a brief's own; raises `Problem` (see `read_table`)."""
    renamed = {their: [o for t, o in own.columns if heading_names([t]) == [their]] for their in _theirs(own)}
    wanted = {*schema.columns, *renamed}
    lines, how = table_lines(path, own, schema.name, wanted)
    if not lines:
        raise Problem(f"{path.name} is empty; it needs a line of column names and a row for each entry.")
    at = 0 if ours else _heading_at(lines, wanted)
    line, heading = lines[at][0], heading_names(lines[at][1])
    for theirs, our in zip(heading, our_names(heading, wanted), strict=True):
        if our != theirs and our not in heading and our not in (o for _, o in own.columns):
            renamed.setdefault(theirs, renamed.get(our, [our]))
    body, below = _parted_from_notes(lines[at + 1 :], len(heading))
    body, heading = _without_spare(path, body, heading)
    names = _names(path.name + (f", whose headings stand on line {line}," if at else ""), heading, renamed, own, schema)
    if not body:
        raise Problem(f"{path.name} has column names and no rows.")
    form = Form(own, schema.name, ours)
    fields = [[_field(schema, n) for n in ns] for ns in names]
    if not ours:
        _look_over(form, body, fields)
    rows = _rows(path, body, fields, schema, form)
    given = {n for ns in names for n in ns}
    above = [f"line {n} above the headings ({shown(' '.join(filter(None, c)))})" for n, c in lines[:at]]
    read = Read(
        how,
        line,
        tuple((h, n) for h, ns in zip(heading, names, strict=True) for n in ns if n in schema.columns),
        tuple(n for ns in names for n in ns if n not in schema.columns),
        tuple(c for c in schema.columns if c not in given and c not in dict(own.fill)),
        (*above, *(f"line {n} below the rows ({shown(next(filter(None, map(str.strip, c))))})" for n, c in below)),
        form.changes(),
        () if ours else _doubts(rows, schema),
    )
    return rows, read


def _doubts(rows: list[dict], schema: Schema) -> tuple[str, ...]:
    """Questions on columns whose numbers hardly are what they count: parts of 1 for per cent, people below none."""
    out = []
    for f in schema.fields:
        values = [row[f.name] for row in rows if isinstance(row[f.name], (int, float))]
        odd = [v for v in values if v < 0] if f.unit in ("people", "votes", "days", "percent") else []
        if odd:
            out.append(f"{f.name} counts {f.unit} and holds {odd[0]:g}; is it a slip?")
        if f.unit == "percent" and len(values) > 1 and max(map(abs, values)) <= 1 and any(v % 1 for v in values):
            out.append(
                f"{f.name} counts per cent and holds only parts of 1, such as {values[0]:g}; is it meant as {100 * values[0]:g}?"
            )
        if f.unit == "percent" and any(v > 100 for v in values):
            out.append(f"{f.name} counts per cent and holds {max(values):g}; is it a slip?")
    return tuple(out)


def _theirs(own: Own) -> list[str]:
    return list(dict.fromkeys(heading_names([their for their, _ in own.columns])))


def _field(schema: Schema, name: str) -> Field:
    return next((f for f in schema.fields if f.name == name), Field(name))


def _look_over(form: Form, body: Lines, fields: list[list[Field]]) -> None:
    """What the whole of each column tells of one cell: whether points are decimal points, which marks mean nothing."""
    counted = [(i, f) for i, fs in enumerate(fields) for f in fs if f.type in ("integer", "number")]
    columns = {f.name: [cells[i] for _, cells in body if i < len(cells)] for i, f in counted}
    form.proved = frozenset(name for name, cells in columns.items() if proved(cells))
    marks = {c.strip() for cells in columns.values() for c in cells if c.strip().lower() in NOTHING}
    form.nothing = (*form.own.empty, *sorted(marks - set(form.own.empty)))


# --- headings --------------------------------------------------------------------------------------


def _heading_at(lines: Lines, wanted: set[str]) -> int:
    """Which line holds the headings: the first with most of those looked for, below lines of title and unit."""
    met = [len(wanted.intersection(our_names(heading_names(cells), wanted))) for _, cells in lines[:20]]
    if max(met) > 1:  # one alone may be a cell of a row, such as “year”
        return met.index(max(met))
    filled = [sum(bool(c.strip()) for c in cells) for _, cells in lines[:20]]
    return next((i for i, n in enumerate(filled) if n > 1), 0)


def _parted_from_notes(lines: Lines, width: int) -> tuple[Lines, Lines]:
    """The rows, and what stands below them: notes, lines of which only the first cell holds something, and sums."""
    end = len(lines)
    while end and SUM.fullmatch(next((c.strip() for c in lines[end - 1][1] if c.strip()), "")):
        end -= 1
    while width > 2 and end and not any(c.strip() for c in lines[end - 1][1][1:]):
        if not re.search(r"[\s:：※*]", lines[end - 1][1][0].strip()):
            break
        end -= 1
    return lines[:end], lines[end:]


def _without_spare(path: Path, body: Lines, heading: list[str]) -> tuple[Lines, list[str]]:
    """The table without columns that have neither a heading nor a cell, as spreadsheets add them."""
    keep = [i for i, name in enumerate(heading) if name]
    if len(keep) == len(heading):
        return body, heading
    for line, cells in body:
        for i, c in enumerate(cells[: len(heading)]):
            if c.strip() and not heading[i]:
                raise Problem(f"{path.name}, line {line}, holds {shown(c)} in column {i + 1}, which has no heading.")
    cut = [(line, [c for i, c in enumerate(cells) if i >= len(heading) or heading[i]]) for line, cells in body]
    return cut, [heading[i] for i in keep]


def _names(file: str, heading: list[str], renamed: dict[str, list[str]], own: Own, schema: Schema) -> list[list[str]]:
    """What each heading is called here; raises `Problem` where one stands twice, or one that the table needs is missing."""
    for part, pairs in (("columns", own.columns), ("fill", [(name, name) for name, _ in own.fill])):
        for their, our in pairs:
            if our not in schema.columns:
                raise Problem(f"[data.{schema.name}] {part}: {our!r} is no column; {nearest(our, schema.columns)}.")
            if part == "columns" and heading_names([their])[0] not in heading:
                near = get_close_matches(their, heading, 1, 0.5)
                said = f"; the nearest there is {near[0]!r}" if near else f"; it has {shown(', '.join(heading))}"
                raise Problem(f"{file} has no heading {their!r}, which [data.{schema.name}] columns names{said}.")
    names = [renamed.get(name, [name]) for name in heading]
    every = [*(n for ns in names for n in ns), *dict(own.fill)]
    twice = [name for name in dict.fromkeys(every) if every.count(name) > 1]
    if twice:
        raise Problem(f"{file} has the column {twice[0]!r} {every.count(twice[0])} times.")
    missing = [name for name in schema.columns if name not in every and name not in PROVENANCE]
    if not missing:
        return names
    other = _looks_like(every, schema)
    if other:
        raise Problem(f"{file} should hold {schema.name} but has the columns of {other}.")
    raise Problem(_lacks(file, missing, [n for n in every if n not in schema.columns], own, schema))


def _lacks(file: str, missing: list[str], spare: list[str], own: Own, schema: Schema) -> str:
    """The sentence on what a table lacks, by our headings, and how its own can be named for them."""
    told = [*map(repr, missing[:MOST]), *([f"{len(missing) - MOST} more"] if len(missing) > MOST else [])]
    said = f"{file} has no column{'s' if told[1:] else ''} {listed(told)}, which {schema.name} needs"
    if not own.file:  # a table of a brief itself
        return f"{said}; write its headings as data/datapackage.json names them."
    for name in missing:
        if near := get_close_matches(name.lower(), {s.lower(): s for s in spare}, 1, 0.55):
            their = next(s for s in spare if s.lower() == near[0])
            how = f'columns = {{ "{their}" = "{name}" }}'
            return f"{said}; if {their!r} is meant for {name!r}, {ask(own, schema.name, how)}."
    how = f'columns = {{ "heading of yours" = "{missing[0]}" }} (or fill = {{ … }} for what all rows share)'
    return f"{said}; {ask(own, schema.name, how)}."


def _looks_like(heading: list[str], schema: Schema) -> str | None:
    """The other table whose columns a heading holds in full, if there is one."""
    for name, other in schemas().items():
        own = [c for c in other.columns if c not in PROVENANCE]
        if name != schema.name and all(c in heading for c in own):
            return name
    return None


# --- rows ------------------------------------------------------------------------------------------


def _rows(path: Path, body: Lines, fields: list[list[Field]], schema: Schema, form: Form) -> list[dict]:
    seen: dict[str, int] = {}
    rows = []
    for line, cells in body:
        row = _row(path, line, cells, fields, schema, form)
        if row["id"] in seen:
            raise Problem(f"{path.name}: the id {row['id']!r} stands on line {seen[row['id']]} and on line {line}.")
        seen[row["id"]] = line
        rows.append(row)
    return rows


def _row(path: Path, line: int, cells: list[str], fields: list[list[Field]], schema: Schema, form: Form) -> dict:
    if len(cells) > len(fields) and not any(c.strip() for c in cells[len(fields) :]):
        cells = cells[: len(fields)]
    if len(cells) != len(fields):
        raise Problem(
            f"{path.name}, line {line}, has {len(cells)} cells and the heading has {len(fields)}; "
            "a cell that holds the mark between cells needs quotes around it."
        )
    given = {f.name: (f, _stripped(text)) for fs, text in zip(fields, cells, strict=True) for f in fs}
    given |= {name: (_field(schema, name), text) for name, text in form.own.fill}
    where = f"{path.name}, row {given['id'][1]}" if given["id"][1] else f"{path.name}, line {line}"
    unit = given["unit"][1] if "unit" in given else ""
    row = dict.fromkeys(schema.columns)
    row.update((n, typed(text, f, f"{where}, column {n}", form, unit)) for n, (f, text) in given.items())
    _check_kind(row, schema, where)
    return row


def _stripped(text: str) -> str:
    return text if isinstance(text, Number) else text.strip()


def _check_kind(row: dict, schema: Schema, where: str) -> None:
    """A claim's two statuses stand in words that its kind may take."""
    for kind in schema.kinds:
        if kind.word == row["kind"]:
            for column, words in (("status", kind.verdicts), ("status_at_writing", kind.grounds)):
                if row[column] not in words:
                    raise Problem(
                        f"{where}, column {column}: a {kind.word} cannot be {row[column]!r}; {nearest(row[column], words)}."
                    )
