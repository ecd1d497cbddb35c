"""Run every measurement that is here and print one table of ratios: `make bench`.

Each script is run by itself, one after the other, so that none disturbs another. One that prints JSON gives rows of the table;
one that does not is shown as it prints. Exit status 1 where a script could not measure; a goal that is missed stands in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
ALL = ("imports", "estimate", "sweep", "flows", "cascade", "grading", "open", "latency")
PARTS = ("run", "opening")  # no measurements by themselves
HEAD = ("what", "ratio", "against", "goal", "met")
NO_BROWSER = 3


def scripts(names: list[str]) -> list[tuple[Path, list[str]]]:
    """The scripts named, each with what stands behind its name, or all that are not run by themselves."""
    here = {p.stem: p for p in sorted(HERE.glob("*.py")) if p.stem not in PARTS}
    asked = [name.split() for name in names]
    for name, *_ in asked:
        if name not in here:
            sys.exit(f"There is no benchmark {name!r}; there are {', '.join(here)}.")
    asked = asked or [[n] for n in ALL]
    return [(here[name], more) for name, *more in asked]


def state() -> str:
    """What machine the figures are of, and in what state it was."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "altair", "jupyterlab"))
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    written = "no bytecode written" if os.environ.get("PYTHONDONTWRITEBYTECODE") else "bytecode written"
    return f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors{load}; {written}."


def measured(script: Path, more: list[str]) -> tuple[list[dict], str]:
    """The rows a script gives, or else what it says."""
    speaks = "--json" in script.read_text(encoding="utf-8")
    words = [sys.executable, str(script), *more, *(["--json"] if speaks else [])]
    run = subprocess.run(words, capture_output=True, text=True)
    if run.returncode == NO_BROWSER:
        return [], run.stderr.strip()
    if speaks and run.returncode == 0:
        return json.loads(run.stdout), ""
    if speaks or "Traceback" in run.stderr:
        raise RuntimeError((run.stderr.strip().splitlines() or ["no reason given"])[-1])
    return [{"what": script.stem, "met": run.returncode == 0}], run.stdout.strip() or run.stderr.strip()[-500:]


def line(row: dict) -> list[str]:
    """A row as cells."""
    met = {True: "yes", False: "no", None: ""}[row.get("met")]
    ratio, goal = (("" if row.get(k) is None else f"{row[k]:g}") for k in ("ratio", "goal"))
    return [row["what"], ratio, row.get("against", "plain NumPy"), goal and f"<= {goal}", met]


def printed(rows: list[list[str]]) -> str:
    """The table in Markdown."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (HEAD, ["---"] * len(HEAD), *rows)]
    return "\n".join(lines)


def main() -> int:
    """Run them and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", help='only these, such as estimate, or with arguments "open 3 --earlier 41afd76"'
    )
    rows, said, good = [], [state()], True
    for script, more in scripts(parser.parse_args().names):
        print(f"{script.stem} …", file=sys.stderr, flush=True)
        try:
            found, words = measured(script, more)
        except RuntimeError as fault:
            found, words, good = [], f"{script.stem} failed: {fault}", False
        rows += [line(row) for row in found]
        said += [words] if words else []
    print("\n\n".join([printed(rows), *said]))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
