"""Forgetting a student: taken out of every file of a course, hand-ins inside zips and backups too, and said what went."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.cells import csv_rows, csv_text
from tumen.core.files import decoded
from tumen.core.words import counted
from tumen.course import adjust, mark_history, whose
from tumen.course.give_back import CANVAS_ZIP, MOODLE_ZIP, WORKSHEET
from tumen.course.gradebook import CANVAS, GRADEBOOK, MOODLE, NOTES
from tumen.course.issued import FILE as ISSUED
from tumen.course.issued import Issued
from tumen.course.keeping import Kept, Received, shown_place
from tumen.course.mark_sheets import SHEETS
from tumen.course.markers import Panel
from tumen.course.plan import BUILT, FILE, MARKED, Course, read_course
from tumen.course.received import opened, read_hand_ins
from tumen.course.roster import Student
from tumen.course.whose import Names
from tumen.course.written import MANIFEST, write_private
from tumen.course.zip_names import names_of

LARGEST_SEARCHED = 50_000_000  # bytes of a file that is searched for what is left
ORDINARY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PAGES = ("report.html", "marking-sheet.html", MOODLE_ZIP, CANVAS_ZIP, WORKSHEET)  # grading writes them anew


class Forgotten:
    """One student being taken out of a course; `said` is what was done, a sentence each."""

    def __init__(self, course: Course, student: Student):
        self.course, self.student, self.said = course, student, []
        self.folder, self.names = course.folder, Names(course.students or [student])
        self.people = [s.name for s in (*(course.students or ()), student)]
        self.panel = Panel(self.folder / MARKED, course.marking)
        self.code = self.panel.codes.get(student.id, "")
        self.names.ids.setdefault(student.id.lower(), student.id)

    def is_theirs(self, cell: str) -> bool:
        """Whether a cell of a table names the student; a spreadsheet makes 7 of 007."""
        cell, own = cell.strip().removeprefix("'").lower(), self.student.id.lower()
        spoilt = own.isdigit() and cell.isdigit() and int(cell) == int(own) and cell not in self.names.ids
        return cell in (own, self.code.lower() or own) or spoilt

    def shows(self, path: str) -> bool:
        """Whether a path lies in the student's place, by how platforms and workbooks name such."""
        return self.names.hint(path, self.course.course) == self.student.id

    def hand_ins(self) -> None:
        """Take away what the student handed in, wherever in the course's folder, also inside zips."""
        loose, packed = 0, 0
        for path in [p for p in self.folder.rglob("*") if p.is_file() and not p.is_symlink()]:
            inside = path.relative_to(self.folder)
            if inside.parts[0] in (BUILT, MARKED) or str(inside) in (FILE, ISSUED, self.course.roster):
                continue
            found = list(read_hand_ins(path, self.people)) if path.suffix != ".toml" else []
            theirs = {r.path for r in found if isinstance(r, Received) and self.is_theirs(r.hand_in.student)}
            if self.shows(inside.as_posix()) or path.name in theirs:
                path.unlink()
                loose += 1
            elif zipfile.is_zipfile(path):
                packed += self._from_zip(path, theirs)
        if loose or packed:
            self.said.append(
                f"hand-ins: {counted(loose, 'file')} taken away, and {counted(packed, 'file')} inside zips."
            )

    def _from_zip(self, path: Path, theirs: set[str]) -> int:
        """Write a zip anew without the student's files; one in which another zip holds theirs goes whole."""
        new = path.with_name(f".{path.name}.part")
        try:
            with path.open("rb") as f:
                archive, members = opened(f)
                named = zip(members, names_of(members, self.people), strict=True)
                gone = [m for m, name in named if self._inside(path.name, name, theirs)]
                if not gone:
                    return 0
                if any(m.compress_type not in ORDINARY or m.flag_bits & 0x1 for m in members if m not in gone):
                    raise Problem("something in it is locked, or packed in a way that is not read here")
                with archive, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as out:
                    for member in members:
                        if member in gone:
                            continue
                        with archive.open(member) as one, out.open(_plain(member), "w", force_zip64=True) as to:
                            shutil.copyfileobj(one, to)
            new.chmod(path.stat().st_mode & 0o777)
            new.replace(path)
        except Exception as e:  # a member that cannot be read: the zip stays as it is, and is named
            new.unlink(missing_ok=True)
            self.said.append(
                f"{path.name} could not be written anew ({e}); it may still hold their files: take it away yourself."
            )
            return 0
        return len(gone)

    def _inside(self, zip_name: str, name: str, theirs: set[str]) -> bool:
        place = shown_place((zip_name, *(p for p in name.replace("\\", "/").split("/") if p not in ("", "."))))
        return self.shows(place.partition("/")[2]) or any(t == place or t.startswith(f"{place}/") for t in theirs)

    def table(self, path: Path, columns: tuple[str, ...], theirs: Callable[[str], bool] | None = None) -> int:
        """Take the rows out of a CSV file that name the student in one of these columns; how many there were."""
        if not path.is_file():
            return 0
        reader, mark = csv_rows(decoded(path.read_bytes()))
        head = [c.strip().lower() for c in reader[0]] if reader else []
        at = [head.index(c) for c in columns if c in head]
        theirs = theirs or self.is_theirs
        left = [r for i, r in enumerate(reader) if not i or not any(theirs(r[j]) for j in at if j < len(r))]
        if len(left) < len(reader):
            bare = path.name in (CANVAS, MOODLE, "variants.csv")
            write_private(path, ("" if bare else "\ufeff") + csv_text(left, mark, as_given=True))
        return len(reader) - len(left)

    def tables(self) -> None:
        """Take the student out of the class list, the exceptions, and every table of marks and its backups."""
        marked = self.folder / MARKED
        places = [(self.folder / self.course.roster, ("id",))] if self.course.roster else []
        places += [(self.folder / name, ("student",)) for name in (adjust.FILE, whose.FILE)]
        places += [(marked / name, ("student",)) for name in (mark_history.FILE, NOTES, "marking-sheet.csv")]
        places += [(path, ("student",)) for path in sorted((marked / "backups").rglob("*.csv"))]
        places += [(path, ("student",)) for path in sorted((marked / SHEETS).glob("*.csv"))]
        places += [(marked / GRADEBOOK, ("id",)), (marked / CANVAS, ("sis login id",))]
        places += [(marked / MOODLE, ("id number",)), (self.folder / BUILT / "instructor/variants.csv", ("id",))]
        done = [(path, n) for path, columns in places if (n := self.table(path, columns))]
        self.said += [f"{p.relative_to(self.folder).as_posix()}: {counted(n, 'line')} taken out." for p, n in done]

    def copies(self) -> None:
        """Take away the student's copy, and what the build knows of it."""
        built, student = self.folder / BUILT, self.student.id
        there = (built / f"students/{student}").is_dir() or (built / f"zips/{student}.zip").is_file()
        shutil.rmtree(built / "students" / student, ignore_errors=True)
        (built / f"zips/{student}.zip").unlink(missing_ok=True)
        try:
            known = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        ours = (f"students/{student}/", f"zips/{student}.zip")
        left = {name: digest for name, digest in known.items() if not name.startswith(ours)}
        if (table := built / "instructor/variants.csv").is_file():
            left["instructor/variants.csv"] = hashlib.sha256(table.read_bytes()).hexdigest()
        if left != known:
            write_private(built / MANIFEST, json.dumps(left, indent=0, sort_keys=True) + "\n")
        if there:
            self.said.append("built: the student's copy and its zip taken away.")

    def marks(self) -> None:
        """Take away the hand-ins kept, the page of feedback, and the pages that grading writes anew."""
        marked = self.folder / MARKED
        kept = Kept(marked)
        gone = {r.path for r in kept.others() if self.shows(r.path) or self._said_in(r)}
        if n := kept.remove(gone):
            self.said.append(f"{MARKED}: {counted(n, 'hand-in')} that grading had kept taken away.")
        self.panel.forget(self.student.id)
        self.panel.save()
        sheets = [f"{SHEETS}/{path.name}" for path in (marked / SHEETS).glob("*.html")]
        own = [f"feedback/{who}.html" for who in (self.student.id, self.code) if who]
        for name in (*own, *PAGES, *sheets):
            if (marked / name).is_file():
                (marked / name).unlink()
                self.said += [f"{MARKED}/{name} taken away."] if name in own else []

    def _said_in(self, one) -> bool:
        return isinstance(one, Received) and self.is_theirs(one.hand_in.student)

    def left(self) -> Iterator[str]:
        """The files that still name the student."""
        words = [w for w in (self.student.id, self.student.name, self.student.email) if len(w) > 2]
        pattern = re.compile(
            "|".join(rf"(?<![\w.-]){re.escape(w)}(?![\w-])" for w in words).encode("utf-8") or rb"(?!)"
        )
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and not p.is_symlink()):
            if path.stat().st_size <= LARGEST_SEARCHED and pattern.search(path.read_bytes()):
                yield path.relative_to(self.folder).as_posix()


def forget(folder: str | Path, student: str) -> list[str]:
    """Take a student out of a course everywhere, and say what was done, a sentence each.

    Pages of the class are written anew without them. Raises `Problem` for an id the course does not know, and for a class list
    that is no text, where the line has to be taken out by hand first.
    """
    course = read_course(folder)
    issued, marked = Issued(course), course.folder / MARKED
    others = [*(s for s, _ in mark_history.read_history(marked).last), *filter(None, issued.students)]
    ids = {s: Student(s) for s in others} | {s.id: s for s in course.students}
    found = next((s for s in ids.values() if s.id.lower() == student.lower()), None)
    if found is None:
        raise Problem(f"{student!r} is not known in this course; {nearest(student, ids)}.")
    if found in course.students and (course.folder / course.roster).read_bytes().startswith(b"PK\x03\x04"):
        raise Problem(
            f"{course.roster} is a spreadsheet; take the line of {found.id} out of it first, and run this again."
        )
    by_task, solutions, graded = _as_before(marked)
    one = Forgotten(course, found)
    anonymous = any((marked / f"feedback/{code}.html").is_file() for code in one.panel.codes.values())
    one.hand_ins()
    one.marks()
    one.tables()
    if issued.forget(found.id):
        issued.save()
        one.said.append(f"{ISSUED}: the numbers issued taken out.")
    one.copies()
    if graded:
        _anew(course.folder, by_task, solutions, anonymous, one.said)
    if still := list(one.left()):
        one.said.append(f"Still named, perhaps by chance, in {', '.join(still[:10])}; look there yourself.")
    one.said.append(
        "What lies elsewhere (downloads, uploads to a platform, backups of this folder) was not touched; a class list your platform "
        "exports with them in it brings them back."
    )
    return one.said


def _as_before(marked: Path) -> tuple[bool, bool, bool]:
    """How the course was graded last: by task, with solutions; and whether it was."""
    try:
        head = (marked / CANVAS).read_text(encoding="utf-8").partition("\n")[0]
    except OSError:
        return False, True, False
    pages = (marked / "feedback").glob("*.html")
    return ": " in head, any("<b>Solution.</b>" in p.read_text(encoding="utf-8") for p in pages), True


def _anew(folder: Path, by_task: bool, solutions: bool, anonymous: bool, said: list[str]) -> None:
    from tumen.course.grade import grade

    try:
        grade(folder, by_task=by_task, solutions=solutions, anonymous=anonymous)
        said.append(f"{MARKED}: report, sheets and forms written anew without them.")
    except Problem as e:
        said.append(f"{MARKED}: the class's pages were taken away and wait for tumen course grade: {e}")


def _plain(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same member to be written: its name and date, packed as usual."""
    info = zipfile.ZipInfo(member.filename, member.date_time)
    info.external_attr, info.create_system = member.external_attr, member.create_system
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
