"""`tumen.table`: a table of evidence for those who want to compute, as the working folder's case puts it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from tumen.brief import models
from tumen.core import Case
from tumen.evidence import tables

if TYPE_CHECKING:
    import pandas as pd


def case_here(file: str | None = None) -> Case:
    """The case of that file, else of the working folder; raises `Problem` where it cannot be used."""
    return Case.read(file, models().values()) if file else Case.of(Path.cwd(), models)


def table(name: str, as_of: dt.date | str | None = None) -> pd.DataFrame:
    """A table of evidence by its name, as a tidy pandas DataFrame; `tumen data` lists the tables.

    The working folder's own table and the tables and date of its case.toml take the place of ours. With `as_of`, such
    as "2024-05-31", only what was public on that day remains. `attrs` of the frame holds title, description, units,
    sources and how its rows are known, as `tumen.evidence.tables.frame` says. Raises `Problem`, in one sentence.
    """
    return tables.table(name, as_of=as_of, case=case_here()).frame()
