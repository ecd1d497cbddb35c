"""The marking sheets: every text with its rubric and two anchors, to read as a page and to mark as a CSV file.

There is one sheet, and where several mark one for each of them; then the first shows their marks side by side, and a mark typed
into it is the agreed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path

from tumen.core import Problem
from tumen.core.frozen import frozen
from tumen.core.words import counted, number
from tumen.course.checks import MARKER
from tumen.course.markers import Panel, Together, said, together
from tumen.course.marking import full_marks
from tumen.course.plan import Marking
from tumen.course.roster import first_few
from tumen.course.sheet_file import Judged, Key, SheetFile
from tumen.course.sheet_page import FILE, Piece, sheet_page
from tumen.course.written import written_out

PAGE, SHEETS = "marking-sheet.html", "sheets"
TRIES = 5  # how often the sheets are read again when someone saves one meanwhile


@frozen
class Sheet:
    """What the marks typed so far come to: (student, task) to mark and comment, and `by` whom; what cannot be used, with its reason.

    `differences` are the texts whose markers differ: student, task, what each gave, how far they lie apart, and what counts;
    `to_agree` is how many of them wait for an agreed mark, and `markers` are those who have a sheet of their own.
    """

    marks: dict[Key, tuple[float, str]]
    troubles: tuple[str, ...]
    waiting: int
    path: Path
    by: dict[Key, str] = field(default_factory=dict)
    differences: tuple[tuple[str, str, str, str, str], ...] = ()
    markers: tuple[str, ...] = ()
    to_agree: int = 0


def mark_texts(
    folder: Path,
    pieces: Iterable[Piece],
    title: str,
    agree: Callable[[dict, dict], None] = lambda marks, by: None,
    panel: Panel | None = None,
) -> Sheet:
    """Read the marks typed so far, and write the sheets anew with every text in them.

    `agree` is given the marks, and by whom each is, before anything is written, and may raise.
    Nothing typed is ever lost: a mark for a text that has changed or gone is kept in the sheet and said to be so, and a
    copy of a sheet as it was found is kept whenever it changes. Raises `Problem`, with nothing written, where
    a sheet that is there cannot be read.
    """
    panel = panel or Panel(folder, Marking())
    pieces = panel.coded(pieces)
    for _ in range(TRIES):
        main, others = _read(folder, pieces, panel)
        panel.deal(pieces, partial(_typed, others))
        found = {(p.student, p.task.key): _together(p, main, others, panel.marking) for p in pieces}
        marks = {key: (t.mark, t.comment) for key, t in found.items() if t.mark is not None}
        by = {key: found[key].by for key in marks}
        agree(marks, by)
        if all(sheet.unchanged for sheet in (main, *others.values())):
            break
    else:
        raise Problem(f"{FILE} is being changed by another program; close it there, and run this again.")
    panel.save()
    _write(folder, title, pieces, main, others, panel, found)
    troubles = [*(t for sheet in (main, *others.values()) for t in sheet.troubles), *_again(main, others)]
    troubles += [
        f"{path.relative_to(folder).as_posix()} is no marker's sheet, by its name, and was not read."
        for path in sorted((folder / SHEETS).glob("*.csv"))
        if path.stem not in others
    ]
    differences, to_agree = _differences(pieces, others, found), sum(t.differs for t in found.values())
    waiting = len(pieces) - len(marks)
    return Sheet(marks, tuple(troubles), waiting, main.path, by, differences, tuple(others), to_agree)


def _read(folder: Path, pieces: list[Piece], panel: Panel) -> tuple[SheetFile, dict[str, SheetFile]]:
    """The sheet, and that of every marker of the plan and of whoever was one before."""
    there = [p.stem for p in sorted((folder / SHEETS).glob("*.csv")) if MARKER.fullmatch(p.stem)]
    students = panel.students
    others = {
        m: SheetFile(folder, f"{SHEETS}/{m}.csv", pieces, students)
        for m in dict.fromkeys([*panel.marking.markers, *there])
    }
    return SheetFile(folder, FILE, pieces, students), others


def _typed(others: Mapping[str, SheetFile], marker: str, p: Piece, criterion: str) -> bool:
    """Whether a marker typed a mark for a text, or for one criterion of it."""
    t = others[marker].typed.get((p.student, p.task.key)) if marker in others else None
    return bool(t and (t.mark or (criterion.lower() in t.parts if criterion else t.parts)))


def _given(p: Piece, others: Mapping[str, SheetFile]) -> dict[str, Judged]:
    """What the markers gave a text, of those who gave something."""
    found = {m: sheet.judged.get((p.student, p.task.key)) for m, sheet in others.items()}
    return {m: j for m, j in found.items() if j and (j.whole is not None or j.parts or j.comment)}


def _together(p: Piece, main: SheetFile, others: Mapping[str, SheetFile], marking: Marking) -> Together:
    given = _given(p, others)
    marked = {m: j for m, j in given.items() if j.whole is not None or j.parts}
    own = main.judged.get((p.student, p.task.key), Judged())
    return together(p.task, own, marked or given, marking)


# --- what is written ----------------------------------------------------------------------------------


def _write(
    folder: Path,
    title: str,
    pieces: list[Piece],
    main: SheetFile,
    others: Mapping[str, SheetFile],
    panel: Panel,
    found: Mapping[Key, Together],
) -> None:
    beside: dict[str, dict[Key, str]] = {f"mark of {m}": {} for m in others}
    for p in pieces:
        for m, words in said(_given(p, others)).items():
            beside[f"mark of {m}"][p.student, p.task.key] = words
    if others:
        beside["apart"] = {key: number(t.apart) for key, t in found.items() if t.apart}
    main.write(pieces, lambda task: tuple(task.criteria), panel.shown, beside)
    stands = {key: _stands(key, t, main) for key, t in found.items()}
    columns = "“mark”, or those of the criteria,"
    criteria = any(p.task.criteria for p in pieces)
    written_out(folder / PAGE, sheet_page(title, pieces, stands, FILE, columns if criteria else "“mark”"))
    parted = panel.marking.by == "criterion"
    for m, sheet in others.items():
        mine = {(p.student, p.task.key): c for p in pieces if (c := panel.criteria(m, p)) is not None}
        theirs = [p for p in pieces if (p.student, p.task.key) in mine or sheet.marked((p.student, p.task.key))]
        names = {p.task.key: mine.get((p.student, p.task.key), tuple(p.task.criteria)) for p in theirs}
        sheet.write(theirs, lambda task, names=names: names.get(task.key, ()), panel.shown, whole=not parted)
        own = {key: _stands(key, found[key], sheet) for key in ((p.student, p.task.key) for p in theirs)}
        where = "of the criteria" if parted else columns if criteria else "“mark”"
        written_out(folder / SHEETS / f"{m}.html", sheet_page(title, theirs, own, f"{m}.csv", where))


def _stands(key: Key, t: Together, sheet: SheetFile) -> str:
    """How a text stands on a sheet: its mark there, or that it waits for one."""
    full, own = number(full_marks(sheet.pieces[key].task)), sheet.judged.get(key, Judged())
    again = ", by an earlier rubric" if own.earlier else ""
    if own.whole is not None:
        return f"marked {number(own.whole)} of {full}{again}"
    if own.parts:
        return f"marked {', '.join(f'{c} {number(v)}' for c, v in own.parts.items())}{again}"
    if not sheet.name.startswith(SHEETS) and t.mark is not None:
        return f"{t.by}: {number(t.mark)} of {full}"
    if not sheet.name.startswith(SHEETS) and t.differs:
        return f"markers lie {number(t.apart)} apart; agreed mark: ____ of {full}"
    return ""


def _again(main: SheetFile, others: Mapping[str, SheetFile]) -> list[str]:
    """The marks given by an earlier rubric, a sentence a sheet and task."""
    out = []
    for sheet in (main, *others.values()):
        by_task: dict[str, list[str]] = {}
        for (student, task), j in sheet.judged.items():
            if j.earlier:
                by_task.setdefault(task, []).append(student)
        out += [
            f"{sheet.name}: {counted(len(who), 'mark')} at {task} by an earlier rubric ({first_few(who)}): "
            "counted as the same share of the full marks of now; look again, then empty “rubric id” in the row."
            for task, who in by_task.items()
        ]
    return out


def _differences(
    pieces: list[Piece], others: Mapping[str, SheetFile], found: Mapping[Key, Together]
) -> tuple[tuple[str, str, str, str, str], ...]:
    """Where markers differ, the widest first."""
    rows = []
    for p in pieces:
        t = found[p.student, p.task.key]
        if t.apart:
            gave = "; ".join(f"{m} {words}" for m, words in said(_given(p, others)).items() if words)
            counts = "waits for an agreed mark" if t.differs else "" if t.mark is None else f"{number(t.mark)}, {t.by}"
            rows.append((t.apart, (p.student, p.task.key, gave, number(t.apart), counts)))
    return tuple(row for _, row in sorted(rows, key=lambda r: (-r[0], r[1])))
