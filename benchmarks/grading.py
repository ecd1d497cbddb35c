"""Grading a class of 500 against nbgrader's autograde, by turns in one run, and whether memory grows with the class.

    python benchmarks/grading.py [ROUNDS] [--json]

Ours: a course of four graded tasks, 500 hand-ins, from the files to gradebook, forms, marking sheet, feedback and report.
Theirs: a notebook with three tests of a number each, a few submissions, `nbgrader autograde`, nothing more. Both are told
in seconds a submission. Without the extra `nbgrader` only ours is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tumen.course.handin import FORMAT, VERSION, checksum
from tumen.course.plan import read_course
from tumen.course.variants import Variants, case_mark, case_text
from tumen.tasks.check import run_answer

GOAL = 0.01  # of nbgrader's time a submission
MEMORY = 1.5  # times the memory for ten times the class
STUDENTS, THEIRS = 500, 6
PLAN = """course = "class"
title = "A class"
due = 2026-11-01
roster = "roster.csv"
seed = "measured and no secret at all"

[[graded]]
task = "counting.guests"
[[graded]]
task = "counting.occupancy"
[[graded]]
task = "counting.bound"
[[graded]]
task = "counting.mind"
points = 4

[[draw]]
model = "counting.ratio"
quantity = "hosts"
also = ["counting.ceiling"]
"""
WORDS = "If most people stayed for under a year, S2P3-d tests the wrong number, says {id}. " * 10


def our_class(folder: Path, students: int) -> None:
    """A course folder with a hand-in from every student."""
    (folder / "handed-in").mkdir(parents=True)
    (folder / "course.toml").write_text(PLAN, encoding="utf-8")
    roster = "".join(f"s{i:05},Student {i}\n" for i in range(students))
    (folder / "roster.csv").write_text("id,name\n" + roster, encoding="utf-8")
    course = read_course(folder)
    variants = Variants(course)
    for i, student in enumerate(course.students):
        case = variants.case(student.id)
        numbers = {k: run_answer(course.task(k).answer, case)[0] for k in ("counting.guests", "counting.occupancy")}
        given = {k: v * (1, 1.05, 3)[i % 3] for k, v in numbers.items()}
        given |= {"counting.bound": "abcd"[i % 4], "counting.mind": WORDS.format(id=student.id)}
        made = {
            "format": FORMAT,
            "version": VERSION,
            "course": "class",
            "student": student.id,
            "build": "",
            "tumen": "",
            "made": "2026-10-01T10:00:00+00:00",
            "case": case_text(case),
            "case_mark": case_mark(case),
            "answers": {k: {"value": v, "state": "recorded", "tries": 1, "when": ""} for k, v in given.items()},
        }
        made["check"] = checksum(made)
        (folder / "handed-in" / f"hand-in-class-{student.id}.json").write_text(json.dumps(made), encoding="utf-8")


def ours(folder: Path) -> tuple[float, float]:
    """Seconds of grading the folder in a fresh interpreter, and the most memory it took, in MB; nothing marked before."""
    shutil.rmtree(folder / "marked", ignore_errors=True)
    code = (
        "import sys, time, resource; t = time.perf_counter(); from tumen.course.grade import grade; done = grade(sys.argv[1]);"
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, done.came)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    seconds, memory, _ = map(float, run.stdout.split())
    return seconds, memory


# --- the peer --------------------------------------------------------------------------------------


def _cell(name: str, source: str, solution: bool) -> dict:
    about = {"schema_version": 3, "grade_id": name, "grade": not solution, "solution": solution, "locked": not solution}
    about |= {"task": False} if solution else {"task": False, "points": 1}
    return {
        "cell_type": "code",
        "id": name,
        "execution_count": None,
        "outputs": [],
        "metadata": {"nbgrader": about},
        "source": source,
    }


def their_class(folder: Path, students: int) -> None:
    """nbgrader's course folder: one notebook, three questions, a few students."""
    cells = []
    for q, (given, key) in enumerate((("300000 / 1500", 200), ("100000 * .95 / (1500000 / 3.3)", 0.209), ("'c'", "c"))):
        test = (
            f"assert answer_{q} == {key!r}" if isinstance(key, str) else f"assert abs(answer_{q} / {key} - 1) <= .015"
        )
        solution = f"### BEGIN SOLUTION\nanswer_{q} = {given}\n### END SOLUTION"
        cells += [_cell(f"q{q}", solution, True), _cell(f"t{q}", test, False)]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": spec, "cells": cells}
    (folder / "source" / "ps1").mkdir(parents=True)
    (folder / "source" / "ps1" / "book.ipynb").write_text(json.dumps(book), encoding="utf-8")
    _nbgrader(folder, "generate_assignment", "ps1")
    for i in range(students):
        at = folder / "submitted" / f"s{i}" / "ps1"
        at.mkdir(parents=True)
        handed = json.loads((folder / "release" / "ps1" / "book.ipynb").read_text(encoding="utf-8"))
        for q, given in enumerate(("300000 / 1500", "0.21", "'c'")):
            handed["cells"][2 * q]["source"] = f"answer_{q} = {given}"
        (at / "book.ipynb").write_text(json.dumps(handed), encoding="utf-8")


def theirs(folder: Path) -> float:
    """Seconds of autograding every submission."""
    start = time.perf_counter()
    _nbgrader(folder, "autograde", "ps1", "--force")
    return time.perf_counter() - start


def _nbgrader(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "nbgrader", words[0], *words[1:], "--course", "class"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # it calls alembic by name
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PATH": path})
    if run.returncode:
        raise RuntimeError(f"nbgrader {words[0]}: {(run.stderr.strip().splitlines() or ['no reason given'])[-1]}")


def has_peer() -> bool:
    """Whether nbgrader can be run here."""
    import importlib.util

    return importlib.util.find_spec("nbgrader") is not None


# --- the race ----------------------------------------------------------------------------------------


def table(rounds: int) -> list[dict]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        our_class(here / "ours", STUDENTS)
        our_class(here / "tenth", STUDENTS // 10)
        peer = has_peer()
        if peer:
            their_class(here / "theirs", THEIRS)
        mine, other, memory = [], [], []
        for _ in range(rounds):
            seconds, most = ours(here / "ours")
            mine.append(seconds / STUDENTS)
            memory.append(most / ours(here / "tenth")[1])
            if peer:
                other.append(theirs(here / "theirs") / THEIRS)
    each, rows = statistics.median(mine), []
    said = f"grading {STUDENTS} hand-ins, {each * STUDENTS:.1f} s in all, {1000 * each:.1f} ms each"
    if peer:
        beside = statistics.median(other)
        ratio = each / beside
        against = f"nbgrader autograde, {beside:.2f} s each"
        rows.append({"what": said, "against": against, "ratio": round(ratio, 4), "goal": GOAL, "met": ratio <= GOAL})
    else:
        rows.append({"what": said, "against": "nbgrader (not installed)", "ratio": None, "goal": GOAL, "met": None})
    grown = statistics.median(memory)
    against = f"memory for {STUDENTS // 10}"
    rows.append({"what": f"memory to grade {STUDENTS}", "against": against, "ratio": round(grown, 2), "goal": MEMORY})
    rows[-1]["met"] = grown <= MEMORY
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", nargs="?", type=int, default=3, help="alternating rounds (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    rows = table(args.rounds)
    if args.json:
        print(json.dumps(rows))
        return
    for row in rows:
        met = {True: "met", False: "not met", None: "not measured"}[row["met"]]
        print(f"{row['what']}: {row['ratio']} x {row['against']} (goal {row['goal']}: {met})")


if __name__ == "__main__":
    main()
