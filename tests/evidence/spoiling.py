"""Tumen's own table as lines to be changed, and written where a reader's own would lie."""

import csv

from tumen.core.files import shipped


def own(name="arrivals"):
    """The lines of Tumen's own table as lists of cells."""
    with (shipped("data") / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.reader(f))


def put(path, lines, **options):
    with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as f:
        csv.writer(f, lineterminator="\n", **options).writerows(lines)
    return path


def changed(lines, id, column, value):
    """The lines with one cell changed."""
    at = lines[0].index(column)
    return [[value if line[0] == id and i == at else c for i, c in enumerate(line)] for line in lines]
