"""From the one master of a workbook to a course's copy of it: what is left out, added and said in other words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat

from tumen.core import Problem, nearest
from tumen.core.files import shipped
from tumen.core.folds import MARK
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.course.enclosed import enclosed
from tumen.course.plan import Course
from tumen.course.wording import Terms, known_by
from tumen.tasks import Task
from tumen.tasks.asked import ALSO, NAMED, asked_by, asked_in

NOTE = re.compile(r"^\*Content note\.\*.*$", re.MULTILINE)
MARKED = re.compile(r"<!-- testimony -->(.*?)<!-- /testimony -->", re.DOTALL)
ASSIGNMENT = "assignment"
LINK = re.compile(r"\[([^\]]*)\]\(([\w-]+)\.ipynb\)")

Words = Callable[[Task], str]  # what stands under a task: its solution, a marker's notes, or nothing


def master(stem: str, folder: Path | None = None) -> list[dict]:
    """The cells of a workbook, the package's or else the course's own, without what its last run left: no output, no key in one.

    Raises `Problem` for an own one that is no notebook.
    """
    path = shipped("workbooks") / f"{stem}.ipynb"
    if folder is not None and not path.is_file():
        path = folder / f"{stem}.ipynb"
    try:
        read = nbformat.read(path, as_version=4)
        nbformat.validate(read)
    except Exception as e:  # nbformat has faults of several kinds for what is no notebook
        raise Problem(f"{path.name} cannot be read as a notebook; open it in JupyterLab and save it again.") from e
    cells = []
    for cell in read.cells:
        kept = {k: cell[k] for k in ("cell_type", "id", "source", "attachments") if k in cell}
        kept["metadata"] = {name: cell.metadata[name] for name in ("tags", MARK) if cell.metadata.get(name)}
        cells.append(kept)
    return cells


def title_of(cells: list[dict]) -> str:
    """The first heading of a workbook; "" where it has none."""
    return next((c["source"].partition("\n")[0][2:] for c in cells if c["source"].startswith("# ")), "")


def copy_of(stem: str, course: Course) -> list[dict]:
    """The cells of a workbook as the course wants them; raises `Problem` for a section that is not there."""
    cells = known_by(master(stem, course.folder), stem, course.as_of, course.sensitivity.testimony)
    if not cells or cells[0]["cell_type"] != "markdown":
        raise Problem(f"{stem}.ipynb needs a first cell of markdown with its title.")
    cells = without(cells, course.leave_out.get(stem, ()), stem)
    cells = [c for c in map(_without_off(course), cells) if c["source"].strip()]
    folder = course.folder
    if not (shipped("workbooks") / f"{stem}.ipynb").is_file():
        cells = [enclosed(c, f"{stem}.ipynb", folder, folder) for c in cells]
    for n, own in enumerate(course.passage, start=1):
        if own.workbook == stem:
            new = nbformat_cell("markdown", f"course-passage-{n}", own.words(folder))
            new = enclosed(new, f"passage entry {n}", folder, (folder / own.file).parent if own.file else folder)
            cells = added(cells, [new], own.after, stem, "passage")
    for extra in course.extra:
        if extra.workbook == stem:
            cells = added(cells, [asking(course.task(extra.task))], extra.after, stem, "extra")
    terms = Terms(course.terms)
    for cell in cells:
        if cell["cell_type"] == "markdown":
            words = about_testimony(_noted(cell["source"], stem, course), course.sensitivity.testimony)
            cell["source"] = terms(_linked(words, course))
    head = nbformat_cell("markdown", f"{stem[:2]}-course-note", note(course, stem))
    return [cells[0], head, *cells[1:]]


def asked(cells: list[dict], course: Course | None = None) -> list[str]:
    """The keys of the tasks these cells ask, in order, the predictions a model's card asks among them: the package's or a course's."""
    code = "\n".join(c["source"] for c in cells if c["cell_type"] == "code")
    return list(dict.fromkeys(asked_in(code, course.predictions) if course else asked_by(code, shipped("workbooks"))))


def asking(task: Task) -> dict:
    """A cell that asks a task."""
    verb = "predict" if task.prediction else "argue" if task.kind == "text" else "ask"
    return nbformat_cell("code", f"course-{_id(task.key)}", f'tumen.{verb}("{task.key}")')


def note(course: Course, stem: str) -> str:
    """What a chapter or a page of a course says of itself, under its title."""
    what = "page" if stem in home().meta.pages else "chapter"
    own = (
        " Some numbers in your copy are your own: the tasks and the apps use them, and the text keeps the workbook's."
        if course.draws
        else ""
    )
    return f"*A {what} of your course, “{in_markdown(course.title)}”.* What counts, and how to hand in: [assignment]({ASSIGNMENT}.ipynb).{own}"


def in_markdown(words: str) -> str:
    """Words as they are, where markdown would take a sign in them for its own."""
    return re.sub(r"([\\`*_\[\]<>#|&$])", r"\\\1", words)


def about_testimony(text: str, kept: bool) -> str:
    """Words without the marks around testimony, or without the testimony itself."""
    return MARKED.sub(r"\1" if kept else "", text)


def nbformat_cell(kind: str, name: str, source: str) -> dict:
    """A new cell."""
    return {"cell_type": kind, "id": name[:60], "metadata": {}, "source": source}


def with_words(cells: list[dict], words: Words, course: Course) -> list[dict]:
    """The cells with a cell of words under each that asks a task."""
    out = []
    for cell in cells:
        out.append(cell)
        for key in asked([cell], course):
            if said := words(course.task(key)):
                out.append(nbformat_cell("markdown", f"words-{_id(key)}", said))
    return out


def notebook_text(cells: list[dict], course: Course) -> str:
    """The text of a notebook of these cells, the same for the same cells."""
    made, seen = [], set()
    for cell in cells:
        new = {**cell, "id": _unique(cell["id"], seen), "metadata": dict(cell["metadata"])}
        if course.nbgrader and any(course.is_graded(key) for key in asked([cell], course)):
            new["metadata"]["nbgrader"] = read_only(new["id"])
        if cell["cell_type"] == "code":
            new |= {"execution_count": None, "outputs": []}
        made.append(new)
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    node = nbformat.from_dict({"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 5})
    nbformat.validate(node)
    return nbformat.writes(node) + "\n"


def read_only(name: str) -> dict:
    """What nbgrader is told of a cell that asks a graded task: it may not be changed, and nbgrader marks nothing."""
    return {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": True, "task": False}


# --- parts of a copy -------------------------------------------------------------------------------


def _without_off(course: Course):
    """A function that takes the lines out of a cell that ask a task which is switched off; a model's card stays and asks it no more."""
    off = set(course.tasks_off)

    def strip(cell: dict) -> dict:
        if cell["cell_type"] != "code" or not off & {*NAMED.findall(cell["source"]), *ALSO.findall(cell["source"])}:
            return cell
        lines = [x for x in cell["source"].splitlines() if not off & set(NAMED.findall(x))]
        return {**cell, "source": ALSO.sub(lambda m: "" if m[1] in off else m[0], "\n".join(lines))}

    return strip


def _noted(text: str, stem: str, course: Course) -> str:
    """The text with its note on content as the course wants it."""
    own = course.sensitivity.notes.get(stem)
    if own is not None:
        return NOTE.sub(lambda _: f"*Content note.* {own}", text)
    return text if course.sensitivity.content_notes else NOTE.sub("", text).replace("\n\n\n\n", "\n\n")


def _linked(text: str, course: Course) -> str:
    """The text without links to workbooks that are no part of the course."""

    def known(found: re.Match) -> bool:
        return found.group(2) in (*course.workbooks, ASSIGNMENT)

    lines = []
    for line in text.split("\n"):
        parts = line.split(" · ")
        if len(parts) > 1 and all(LINK.fullmatch(p) for p in parts):  # the line that leads from chapter to chapter
            parts = [p for p in parts if known(LINK.fullmatch(p))]
            line = " · ".join(parts)
        lines.append(LINK.sub(lambda m: m.group() if known(m) else m.group(1), line))
    return "\n".join(lines).rstrip()


def _id(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", key)


def _unique(name: str, seen: set[str]) -> str:
    base, n = name, 2
    while name in seen:
        name, n = f"{base[:60]}-{n}", n + 1
    seen.add(name)
    return name


# --- the sections of a notebook, by their headings ------------------------------------------------

HEADING = re.compile(r"^(#{1,6}) +(.+?) *#* *$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@frozen
class Block:
    """A run of markdown under one heading (level 0 where it has none), or a cell of code."""

    cell: dict
    text: str
    level: int = 0
    heading: str = ""


def blocks(cells: list[dict]) -> list[Block]:
    """The cells in blocks: a markdown cell is parted where a heading stands in it."""
    out = []
    for cell in cells:
        if cell["cell_type"] != "markdown":
            out.append(Block(cell, cell["source"]))
            continue
        text, fenced = cell["source"], [m.span() for m in FENCE.finditer(cell["source"])]
        found = [m for m in HEADING.finditer(text) if not any(a <= m.start() < b for a, b in fenced)]
        ends = [*(m.start() for m in found), len(text)]
        if text[: ends[0]].strip():
            out.append(Block(cell, text[: ends[0]].rstrip()))
        for m, end in zip(found, ends[1:], strict=True):
            out.append(Block(cell, text[m.start() : end].rstrip(), len(m.group(1)), m.group(2)))
    return out


def section(parts: list[Block], heading: str, book: str, key: str) -> tuple[int, int]:
    """Where a section that a key of course.toml names begins and ends; raises `Problem` with the nearest heading."""
    wanted = _plain(heading)
    at = next((i for i, b in enumerate(parts) if b.level and _plain(b.heading) == wanted), None)
    if at is None:
        valid = [b.heading for b in parts if b.level > 1]
        near = nearest(heading, valid)
        if near.startswith("valid"):  # headings are long, and a sentence holds few
            near = "it has such as " + ", ".join(repr(v) for v in valid[:3])
        raise Problem(f"course.toml: {key}: {book} has no section {heading!r}; {near}.")
    level = parts[at].level
    if level == 1:
        raise Problem(
            f"course.toml: {key}: {book}: {heading!r} is its title; leave the whole workbook out of workbooks."
        )
    end = next((i for i in range(at + 1, len(parts)) if 0 < parts[i].level <= level), len(parts))
    return at, end


def without(cells: list[dict], headings: tuple[str, ...], book: str) -> list[dict]:
    """The cells without the sections of these headings; cells that only import stay, for others may need them."""
    parts = blocks(cells)
    gone: set[int] = set()
    for heading in headings:
        gone.update(range(*section(parts, heading, book, "leave_out")))
    return cells_of([b for i, b in enumerate(parts) if i not in gone or _imports(b)])


def cells_of(parts: list[Block]) -> list[dict]:
    """Blocks as cells again, those of one cell together."""
    out: list[dict] = []
    last = None
    for block in parts:
        if block.cell is last and block.cell["cell_type"] == "markdown":
            out[-1]["source"] += f"\n\n{block.text}"
        else:
            out.append({**block.cell, "source": block.text})
        last = block.cell
    return out


def added(cells: list[dict], new: list[dict], after: str, book: str, key: str) -> list[dict]:
    """The cells with new ones at the end of a section, or before the last cell where no section is named."""
    if not after:
        return [*cells[:-1], *new, cells[-1]]
    parts = blocks(cells)
    _, end = section(parts, after, book, key)
    return [*cells_of(parts[:end]), *new, *cells_of(parts[end:])]


def _imports(block: Block) -> bool:
    lines = [line for line in block.text.splitlines() if line.strip()]
    return block.cell["cell_type"] == "code" and all(line.startswith(("import ", "from ")) for line in lines)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", heading).split()).lower()
