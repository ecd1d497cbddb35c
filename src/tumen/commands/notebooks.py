"""`python -m tumen.commands.notebooks FILES`: run workbooks and write them back in one normal form.

Each is run in a temporary copy of its folder, with no answers and no case, so that what a maintainer
saved never reaches a reader. Widget views and widget state are stripped; what is left are pictures and text.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

from tumen.core.files import write_atomic
from tumen.core.folds import MARK
from tumen.core.home import home
from tumen.page.guard import STRICT

VIEW = "application/vnd.jupyter.widget-view+json"
PRIVATE = ("answers*.json", "case.toml", "cases", "notes*.html", "memo*.html", "report.txt", ".ipynb_checkpoints")


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook after a run in a temporary copy of its folder; raises `CellExecutionError` where a cell fails."""
    path = path.resolve()
    notebook = nbformat.read(path, as_version=4)
    data = home(path.parent).data
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / path.parent.name
        shutil.copytree(path.parent, work, ignore=shutil.ignore_patterns(*PRIVATE))
        if data == path.parent.parent / "data":  # the brief goes along
            shutil.copytree(data, Path(folder) / "data")
        # IPC, not ports: ports can clash where several kernels start at once
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", connection_file=str(Path(folder) / "kernel.json")
        )
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=300,
            resources={"metadata": {"path": str(work)}},
            store_widget_state=False,
        )
        client.execute(env={**os.environ, STRICT: "1"})  # a fault must stop the run, not be told in a cell
    return notebook


def normal(notebook: nbformat.NotebookNode, stem: str) -> nbformat.NotebookNode:
    """The notebook without widget views, widget state, timings or local names, and with stable cell ids."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    seen: set[str] = set()
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {k: v for k, v in cell.metadata.items() if k in ("tags", "jupyter", "nbgrader", MARK)}
        )
        cell.id = _name(cell, stem, seen)
        if cell.cell_type == "code":
            cell.outputs = [out for out in map(_output, cell.outputs) if out is not None]
    nbformat.validate(notebook)
    return notebook


def _output(out):
    if "data" not in out:
        return out
    out.data = nbformat.from_dict({k: v for k, v in out.data.items() if k != VIEW})
    return out if out.data else None


def _name(cell, stem: str, seen: set[str]) -> str:
    """An id a person can read, from the cell's first words; it stays while those words stay."""
    words = re.sub(r"[^a-z0-9]+", "-", cell.source.lower().removeprefix("tumen.")).strip("-")[:40].strip("-")
    base = f"{stem[:2]}-{words or 'empty'}"
    name, n = base, 2
    while name in seen:
        name, n = f"{base}-{n}", n + 1
    seen.add(name)
    return name


def main(paths: list[str]) -> int:
    """Run and normalise each notebook named."""
    for path in map(Path, paths):
        print(path.name, flush=True)
        done = normal(executed(path), path.stem)
        write_atomic(path, nbformat.writes(done) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
