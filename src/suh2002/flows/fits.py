"""The fitted parameter sets as they are stored, and the set that belongs to any aid effect."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from suh2002 import folder
from suh2002.flows.stockflow import PARAMETERS
from tumen.core import Problem
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows

NAME = "flows_fits"
APART = 3.0  # two neighbouring fits of which a parameter differs by more than this factor lie in different valleys


def path() -> Path:
    """Where the fitted sets are stored."""
    return folder() / f"{NAME}.csv"


def stamp() -> tuple[Path, int]:
    """Which file of fitted sets is in use and when it was written: what changes when the fits do; raises `Problem` without one."""
    return _file()


def stored() -> list[dict]:
    """The fitted sets: one row for each variant, stock count and aid effect, as `data/flows_fits.csv` has them."""
    return [dict(row) for row in _kept(*_file())]


def _file() -> tuple[Path, int]:
    """The stored table and when it was last written, by which what was read of it is kept."""
    found = path()
    try:
        return found, found.stat().st_mtime_ns
    except OSError:
        raise Problem(f"Tumen's own table data/{NAME}.csv is missing; install Tumen again.") from None


@lru_cache(maxsize=2)
def _kept(found: Path, stamp: int) -> list[dict]:
    return read_rows(found, schema(NAME))


def fitted(variant: str, stocks: str, aid_effect: float) -> dict:
    """The stored row of one fit; raises `Problem` where none was made for that aid effect."""
    for row in stored():
        if (row["variant"], row["stocks"]) == (variant, stocks) and abs(row["aid_effect"] - aid_effect) < 1e-9:
            return row
    raise Problem(f"{NAME} holds no fit of {variant}, {stocks} with an aid effect of {aid_effect:g}.")


def parameters(variant: str, stocks: str, aid_effect) -> np.ndarray:
    """The parameter sets that fit with each aid effect, shape (13, n), rows as in `stockflow.PARAMETERS`.

    `aid_effect` has shape (n,). Fits are stored in tenths from 0 to 0.6. Between two of them the logarithms are
    interpolated, unless the two lie in different valleys: then the nearer is taken; beyond the last, the last.
    """
    effects, logs, apart = _grid(*_file(), variant, stocks)
    at = np.clip(np.asarray(aid_effect, float), effects[0], effects[-1])
    left = np.clip(np.searchsorted(effects, at, side="right") - 1, 0, len(effects) - 2)
    weight = (at - effects[left]) / (effects[left + 1] - effects[left])
    weight = np.where(apart[left], np.round(weight), weight)
    out = np.zeros((len(PARAMETERS), at.size))
    used = [i for i, name in enumerate(PARAMETERS) if name in logs]
    table = np.stack([logs[PARAMETERS[i]] for i in used])
    out[used] = np.exp((1 - weight) * table[:, left] + weight * table[:, left + 1])
    return out


@lru_cache(maxsize=4)
def _grid(found: Path, stamp: int, variant: str, stocks: str):
    """Aid effects, the logarithms of each parameter at them, and whether each neighbouring pair lies apart."""
    rows = sorted(
        (r for r in _kept(found, stamp) if (r["variant"], r["stocks"]) == (variant, stocks)),
        key=lambda r: r["aid_effect"],
    )
    if len(rows) < 2:
        raise Problem(f"{NAME} needs at least two fits of {variant}, {stocks}; it has {len(rows)}.")
    logs = {name: np.log([r[name] for r in rows]) for name in PARAMETERS if rows[0][name] is not None}
    apart = np.max([np.abs(np.diff(values)) for values in logs.values()], axis=0) > np.log(APART)
    return np.array([r["aid_effect"] for r in rows]), logs, apart
