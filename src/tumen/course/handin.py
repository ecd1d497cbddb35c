"""The hand-in: one small file of a student's answers, its checksum, and sentences that say what is in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tumen import __version__
from tumen.brief import models
from tumen.core import Case, Problem
from tumen.core.case import CASE
from tumen.core.errors import shown
from tumen.core.files import read_patiently, write_atomic
from tumen.core.frozen import frozen
from tumen.core.words import counted
from tumen.course.roster import is_id
from tumen.course.variants import case_mark
from tumen.tasks import Answers, Task, read_tasks
from tumen.tasks.answers import DRAFT
from tumen.tasks.check import read_number
from tumen.tasks.definitions import COPY as STUDENT
from tumen.tasks.recalled import APART

LARGE = 1e300
LONGEST_CASE = 100_000  # characters of a case.toml that travel with the hand-in
USER = "JUPYTERHUB_USER"  # who a hub says is working, where the copy names nobody


@frozen
class Copy:
    """Whose copy of which course a folder holds, as its student.toml says."""

    course: str
    title: str
    student: str
    build: str
    due: dt.date | None
    case_mark: str
    graded: Mapping[str, float]


def read_copy(folder: str | Path) -> Copy:
    """What the folder's student.toml says; raises `Problem` where there is none, or it was spoilt."""
    path = Path(folder) / STUDENT
    spoilt = Problem(f"{STUDENT} is not as your course made it; take it again from the copy you were given.")
    try:
        raw = tomllib.loads(read_patiently(path))
        graded = {str(k): float(v) for k, v in raw.get("graded", {}).items()}
        words = {k: raw.get(k, "") for k in ("course", "title", "student", "build", "case_mark")}
    except FileNotFoundError:
        raise Problem(
            f"there is nothing to hand in from this folder: it has no {STUDENT}, so it is no copy of a course."
        ) from None
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        raise spoilt from None
    due = raw.get("due")
    named = is_id(str(words["course"])) and (not words["student"] or is_id(str(words["student"])))
    if not named or not all(isinstance(v, str) for v in words.values()) or not isinstance(due, dt.date | None):
        raise spoilt
    return Copy(due=due, graded=graded, **words)


def write_hand_in(folder: str | Path, student: str = "", answers: Answers | None = None) -> tuple[Path, list[str]]:
    """Write hand-in-COURSE-STUDENT.json beside the notebooks; returns it, and the sentences that say what is in it.

    In it is what stands in each box: a text that was typed and not recorded takes the place of the recorded one, and
    is marked. `student` is needed only where the copy names nobody; `answers` are those of the open page, else the
    folder's. Raises `Problem` with one sentence where nothing can be handed in from here.
    """
    folder = Path(folder)
    copy = read_copy(folder)
    who = _who(copy, student)
    answers = answers or Answers(folder)
    answers.reload()
    tasks = _tasks(folder)
    standing = {key: entry for key, entry in answers.standing().items() if not key.startswith(APART)}
    odd: dict[str, str] = {}
    for key, draft in standing.items():
        if draft.get("state") == DRAFT and (why := _unread(draft, tasks.get(key))):
            odd[key], standing[key] = why, answers.get(key) or {"value": None, "state": DRAFT}
    given = {key: _entry(entry, tasks.get(key)) for key, entry in standing.items()}
    case, mark = _case(folder)
    now = dt.datetime.now(dt.UTC)
    hand_in = {
        "format": FORMAT,
        "version": VERSION,
        "course": copy.course,
        "student": who,
        "build": copy.build,
        "tumen": __version__,
        "made": now.isoformat(timespec="seconds"),
        "case": case,
        "case_mark": mark,
        "answers": given,
    }
    hand_in["check"] = checksum(hand_in)
    text = json.dumps(hand_in, indent=1) + "\n"
    if len(text) > LARGEST:
        longest = max(given, key=lambda key: len(str(given[key]["value"])))
        raise Problem(f"the hand-in would be larger than 1 MB; the longest answer, {longest}, has to be shortened.")
    path = folder / f"hand-in-{copy.course}-{who}.json"
    try:
        write_atomic(path, text)
    except OSError as e:
        raise Problem(f"{path.name} could not be written here ({e.strerror}).") from None
    trouble = [answers.trouble] if answers.trouble else []
    return path, [*trouble, *_said(copy, path, given, mark, tasks, now, len(text)), *_as_typed(given, odd)]


def _who(copy: Copy, student: str) -> str:
    """The student's id: the copy's, else the one given, else the hub's."""
    if copy.student:
        if student and student != copy.student:
            raise Problem(f"this copy is {copy.student}'s; it cannot be handed in as {shown(student)}.")
        return copy.student
    who = student or os.environ.get(USER, "")
    if not who:
        raise Problem('this copy names nobody; write your id, as your course knows you: tumen.hand_in("id").')
    if not is_id(who):
        raise Problem(f"{shown(who)} cannot be an id; use letters a to z, digits, - and _.")
    return who


def _unread(draft: Mapping, task: Task | None) -> str:
    """Why what stands in a box cannot be handed in as the answer to its task; nothing where it can."""
    try:
        if task is not None and task.kind == "number":
            read_number(str(draft["value"]), task.unit)
        elif task is not None and task.kind == "choice" and draft["value"] not in task.options:
            return "it is none of the options"
    except Problem as fault:
        return str(fault).rstrip(".")
    return ""


def _entry(entry: Mapping, task: Task | None = None) -> dict:
    """An answer as it travels: a finite number, words or nothing, and how it came about."""
    value, tries = entry.get("value"), entry.get("tries")
    if entry.get("state") == DRAFT and isinstance(value, str):
        typed = {"typed": value} if task is not None and task.kind == "number" else {}
        number_ = read_number(value, task.unit) if typed else value
        return {**_entry({**entry, "value": number_, "state": "", "tries": tries or 0}), **typed, "state": DRAFT}
    if isinstance(value, bool) or (isinstance(value, (int, float)) and not -LARGE < value < LARGE):
        value = None  # no number a reader can have typed: infinite, or of hundreds of digits
    return {
        "value": value,
        "state": str(entry.get("state") or ""),
        "tries": tries if isinstance(tries, int) and 0 <= tries < 2**31 else 1,
        "when": str(entry.get("when") or ""),
    }


def _case(folder: Path) -> tuple[str, str]:
    """The text of the folder's case.toml and its mark; no mark where it cannot be used, nothing where there is none."""
    path = folder / CASE
    try:
        text = read_patiently(path)[:LONGEST_CASE]
    except (OSError, ValueError):
        return "", ""
    try:
        return text, case_mark(Case.read(path, models().values()))
    except Problem:
        return text, ""


def _tasks(folder: Path) -> dict[str, Task]:
    """The tasks of the copy; a file somebody has spoilt is passed over."""
    out: dict[str, Task] = {}
    for path in sorted((folder / "tasks").glob("*.toml")):
        try:
            out.update(read_tasks(path))
        except Problem:
            continue
    return out


# --- in words ---------------------------------------------------------------------------------------


def _said(copy: Copy, path: Path, given: dict, mark: str, tasks: dict[str, Task], now, size: int) -> list[str]:
    done = [key for key in copy.graded if _answered(given.get(key))]
    missing = [key for key in copy.graded if key not in done]
    read = [key for key in done if key in tasks and tasks[key].kind == "text"]
    others = [key for key, entry in given.items() if key not in copy.graded and _answered(entry)]
    predicted = [key for key in others if key in tasks and tasks[key].prediction]
    rest = len(others) - len(predicted)
    out = [f"Written: {path.name} ({max(1, round(size / 1000))} kB), beside this notebook. Nothing has been sent."]
    if copy.graded:
        out.append(
            f"In it: {len(done)} of the {counted(len(copy.graded), 'task')} that count{f': {_names(done, copy)}' if done else ''}."
        )
        out.append(f"Missing: {_names(missing, copy)}." if missing else "Nothing that counts is missing.")
    if read:
        out.append(
            f"Read by a person: {_names(read, copy)}. The rest of what counts is checked by its number or choice."
        )
    also = [counted(n, what) for n, what in ((rest, "other answer"), (len(predicted), "prediction")) if n]
    also = ", ".join([*also, "your case.toml and the time of each answer"])
    out.append(f"Also in it, and without marks: {also}.")
    if mark != copy.case_mark:
        out.append(
            "Your case.toml is not as your course gave it. Your answers are checked against the numbers it gave you."
        )
    if copy.due and _past(copy.due, now):
        out.append("The day it was due has passed; what that means is for your course to say.")
    return out


def _as_typed(given: Mapping, odd: Mapping[str, str]) -> list[str]:
    """What of the hand-in was typed and not recorded, and what stands in a box and could not be taken."""
    drafts = [short_name(key, given) for key, e in given.items() if e["state"] == DRAFT and key not in odd]
    out = []
    if drafts:
        out.append(f"Taken as it stands in the box, though it was not recorded: {', '.join(drafts)}.")
    for key, why in odd.items():
        kept = "what was recorded before is in it" if _answered(given[key]) else "so nothing of it is in it"
        out.append(f"Not taken from the box of {short_name(key, given)}: {why}; {kept}.")
    return out


def _answered(entry: Mapping | None) -> bool:
    return bool(entry) and entry["value"] is not None and str(entry["value"]).strip() != ""


def _past(due: dt.date, now: dt.datetime) -> bool:
    if not isinstance(due, dt.datetime):
        return now.astimezone().date() > due
    return now > (due if due.tzinfo else due.astimezone())


def _names(keys: list[str], copy: Copy) -> str:
    return ", ".join(f"{short_name(key, copy.graded)} ({counted(copy.graded[key], 'point')})" for key in keys)


def short_name(key: str, among: Iterable[str] = ()) -> str:
    """A task's name for a reader: what its key says after the dot, and before it where others end alike."""
    theme, _, name = key.rpartition(".")
    alike = any(other != key and other.rpartition(".")[2] == name for other in among)
    return (f"{theme} {name}" if alike else key.partition(".")[2] or key).replace("_", " ").replace("-", " ").strip()


# --- its checksum: against accidental damage, it is no secret -------------------------------------

FORMAT, VERSION = "tumen hand-in", 1
LARGEST = 1_000_000  # bytes of a hand-in's file


def checksum(hand_in: Mapping) -> str:
    """SHA-256, in hexadecimal, of everything in a hand-in but `check`, written with sorted keys and no spaces."""
    rest = {k: v for k, v in hand_in.items() if k != "check"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def sealed_for(hand_in: Mapping) -> Callable[[str], bool]:
    """A function that says whether the checksum of a hand-in fits another student's id in it, and all else as it is.

    Where it does, the file was made as that student's and only the id was changed afterwards.
    """
    check, before, after = hand_in.get("check"), [], []
    for key in sorted(k for k in hand_in if k != "check"):
        if key != "student":
            part = f"{json.dumps(key)}:{json.dumps(hand_in[key], sort_keys=True, separators=(',', ':'))}"
            (before if key < "student" else after).append(part)
    first = hashlib.sha256(("{" + "".join(f"{p}," for p in before) + '"student":').encode("ascii"))
    rest = ("".join(f",{p}" for p in after) + "}").encode("ascii")

    def fits(student: str) -> bool:
        digest = first.copy()
        digest.update(json.dumps(student).encode("ascii") + rest)
        return digest.hexdigest() == check

    return fits
