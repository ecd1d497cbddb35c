"""The stocks and flows themselves, year by year or month by month, and the parameters that fit the arrivals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from suh2002 import folder
from tumen.core import Problem
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows

PARAMETERS = (
    "crossings",
    "present",
    "exit_rate",
    "exit_slope",
    "pull",
    "decay",
    "loss",
    "fence",
    "step_2002",
    "step_2005",
    "step_2012",
    "step_2020",
    "relief_2023",
)
STEPS = {"step_2002": 2002, "step_2005": 2005, "step_2012": 2012, "step_2020": 2020, "relief_2023": 2023}


@dataclass(frozen=True)
class Drivers:
    """What acts on the flows from outside, one value a year, and how finely a year is stepped.

    `hardship` (before aid) and `aid` (as a share of a full programme) have shape (years,); `steps` maps each
    step of enforcement to the year it comes, or to None; `lifted` is the share of the step of 2005 that
    passage is spared; `passage` multiplies passage to the South, shape (years,). The live network starts at
    `network` and its pull levels off above `limit`.
    """

    first: int
    hardship: np.ndarray
    aid: np.ndarray
    passage: np.ndarray
    steps: Mapping[str, int | None]
    lifted: float = 0.0
    network: float = 300.0
    limit: float = np.inf
    parts: int = 1


@dataclass(frozen=True)
class Flows:
    """People a year (arrivals, crossings) and at its start and its end (present, after): arrays of shape (ensemble, years).

    `passage` is the share of passage to the South that enforcement leaves in each year; 1 is 1998.
    """

    arrivals: np.ndarray
    present: np.ndarray
    crossings: np.ndarray
    after: np.ndarray
    passage: np.ndarray


def simulate(parameters: np.ndarray, aid_effect, drivers: Drivers) -> Flows:
    """Run the yearly stock-flow model for every parameter set at once.

    `parameters` has shape (13, ensemble), rows as in `PARAMETERS`; `aid_effect` is one number or an array of
    shape (ensemble,). A pull of 0 leaves the network out. With E the enforcement in force and f = exp(-E):
    hardship H = max(0, H0 (1 - effect x aid)), crossings C = c H exp(-fence E), arrivals A = (rate + slope t) f S +
    pull f N; then S becomes max(0, S + C - (rate + slope t) f S - loss S) and N becomes (1 - decay) N + A. With
    more than one part a year, every rate is divided by the parts (Euler steps). The formulas are ours.
    """
    parameters = np.asarray(parameters, float)
    years, n = len(drivers.hardship), parameters.shape[1]
    rates = _Rates(parameters, drivers)
    # One block for all that is kept: above 4 MB the system then maps it in large pages, ten times faster.
    kept = np.empty((4 * years + 1, n))
    arrivals, crossings, passing, present = np.split(kept, [years, 2 * years, 3 * years])
    present[0] = parameters[PARAMETERS.index("present")]
    network = np.full(n, float(drivers.network)) if rates.network else None
    eased, spare, more = np.empty(n), np.empty(n), np.empty(n)
    for year in range(years):
        rates.move_to(year)
        passing[year] = rates.passing
        needy = _hardship(drivers.hardship[year], drivers.aid[year], aid_effect, eased)
        here, crossed, arrived = present[year + 1], crossings[year], arrivals[year]
        np.multiply(rates.crossing, needy, out=crossed)
        before = present[year]
        for part in range(drivers.parts):
            now = arrived if part == 0 else more
            if rates.network:
                _pulled(network, rates.pull, drivers.limit, now, spare)
                np.multiply(rates.leaving, before, out=spare)
                now += spare
                network *= rates.staying_live
                network += now
            else:
                np.multiply(rates.leaving, before, out=now)
            np.multiply(rates.staying, before, out=here)
            here += crossed
            np.maximum(here, 0.0, out=here)
            before = here
            if part:
                arrived += more
        if drivers.parts > 1:
            crossed *= drivers.parts
    return Flows(arrivals.T, present[:-1].T, crossings.T, present[1:].T, passing.T)


def _hardship(before: float, aid: float, effect, out):
    """Hardship left after aid; a year without aid needs no array."""
    if aid == 0:
        return before
    np.multiply(effect, -before * aid, out=out)
    out += before
    return np.maximum(out, 0.0, out=out)


def _pulled(network, pull, limit: float, out, spare) -> None:
    """Write into `out` the arrivals the live network pulls after it; above `limit` its pull levels off at twice that."""
    if np.isfinite(limit) and network.max() > limit:
        np.subtract(network, limit, out=spare)
        np.maximum(spare, 0.0, out=spare)
        np.minimum(network, limit, out=out)
        out += spare / (1 + spare / limit)
        out *= pull
    else:
        np.multiply(pull, network, out=out)


class _Rates:
    """The rates of each part of a year, worked out again only in the years in which they change.

    Exponentials cost more than all else together, and enforcement changes in five years of twenty-seven.
    """

    def __init__(self, parameters: np.ndarray, drivers: Drivers):
        self.p = dict(zip(PARAMETERS, parameters, strict=True))
        self.drivers = drivers
        self.network = bool(self.p["pull"].any())
        self.sloped = bool(self.p["exit_slope"].any())
        self.enforcement = np.zeros(parameters.shape[1])
        self.spared = np.zeros(parameters.shape[1])
        self.staying_live = 1 - self.p["decay"] / drivers.parts if self.network else None

    def move_to(self, year: int) -> None:
        """Bring every rate to the given year, counted from 0; years are taken in order."""
        coming = [k for k, when in self.drivers.steps.items() if when is not None and when == self.drivers.first + year]
        for name in coming:
            self.enforcement += -self.p[name] if name == "relief_2023" else self.p[name]
            if name == "step_2005" and self.drivers.lifted:
                self.spared += self.drivers.lifted * self.p[name]
        change = self.drivers.passage
        if year == 0 or coming or change[year] != change[year - 1]:
            self._work_out(change[year])
        elif not self.sloped:
            return
        rate = self.p["exit_rate"] + self.p["exit_slope"] * year if self.sloped else self.p["exit_rate"]
        self.leaving = rate * self.passing
        if self.drivers.parts > 1:
            self.leaving /= self.drivers.parts
        self.staying = 1 - self.p["loss"] / self.drivers.parts - self.leaving

    def _work_out(self, change: float) -> None:
        self.passing = np.exp(self.spared - self.enforcement)
        if change != 1:
            self.passing *= change
        self.crossing = np.exp(-self.p["fence"] * self.enforcement)
        self.crossing *= self.p["crossings"]
        self.crossing /= self.drivers.parts
        if self.network:
            self.pull = self.p["pull"] * self.passing
            self.pull /= self.drivers.parts


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
    for row in _kept(*_file()):
        if (row["variant"], row["stocks"]) == (variant, stocks) and abs(row["aid_effect"] - aid_effect) < 1e-9:
            return dict(row)
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
