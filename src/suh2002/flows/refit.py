"""Fit the stock-flow model again: `python -m suh2002.flows.refit` writes data/flows_fits.csv.

No reader needs this: the fitted sets are stored. Run it after a change of the arrivals, the aid or the equations.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np

from suh2002.flows.models import HISTORY
from suh2002.flows.scenario import drivers
from suh2002.flows.series import FIRST, arrivals
from suh2002.flows.stockflow import PARAMETERS, path, simulate
from tumen.analysis.fit import Fit, fit
from tumen.core.files import write_atomic

EFFECTS = tuple(k / 10 for k in range(7))  # aid effects fitted; 0, 0.3 and 0.6 are the three compared in class
COLUMNS = ("id", "variant", "stocks", "aid_effect", *PARAMETERS, "log_rmse", "cost")
ERROR = 0.25  # log points: how far a year's arrivals may lie from the model's

# What each estimate of people in China says: year, people, standard deviation of the log, row of china_estimates.
# The widths are ours; 10,000 is about the middle of 6,000 to 16,000, 100,000 and 40,000 are middles of ranges;
# 8,000 rests on a recalled figure and 100,000 for 1998 is 2000's carried back.
TARGETS = {
    "robinson": ((1998, 75_000, 0.3, "E02"), (2007, 10_000, 0.4, "E56"), (2012, 8_000, 0.5, "E64")),
    "state": ((1998, 100_000, 0.3, "E13"), (2000, 100_000, 0.3, "E13"), (2006, 40_000, 0.4, "E53")),
}

# Weak log-normal priors, our assumption: centre and standard deviation of the log. The slope has none; the
# number beside it is where the search begins and how far it is scattered.
PRIORS = {
    "crossings": (50_000, 1),
    "present": (75_000, 0.5),
    "exit_rate": (0.003, 1.5),
    "exit_slope": (0.003, 1.5),
    "pull": (0.35, 0.5),
    "decay": (0.15, 0.5),
    "loss": (0.8, 0.5),
    "fence": (1, 0.5),
    "step_2002": (0.1, 1),
    "step_2005": (0.1, 1),
    "step_2012": (0.5, 0.7),
    "step_2020": (2.0, 0.7),
    "relief_2023": (0.8, 0.7),
}
WITHOUT = {"network": ("exit_slope",), "routes": ("pull", "decay")}
REACH = 9.0  # log points a parameter may move from its centre: beyond what any fit needs


def free(variant: str) -> tuple[str, ...]:
    """The parameters a variant fits, in the order of `stockflow.PARAMETERS`."""
    return tuple(name for name in PARAMETERS if name not in WITHOUT[variant])


def refit(variant: str, stocks: str, aid_effect: float) -> dict:
    """Fit one variant to one estimate of stocks with one aid effect; returns a row of the stored table without its id."""
    names = free(variant)
    found, log_rmse = search(variant, stocks, aid_effect)
    values = dict(zip(names, np.exp(found.values).tolist(), strict=True))
    row = {"variant": variant, "stocks": stocks, "aid_effect": aid_effect}
    row |= {name: values.get(name) for name in PARAMETERS}
    return row | {"log_rmse": log_rmse, "cost": found.cost}


def search(variant: str, stocks: str, aid_effect: float, starts: int = 8) -> tuple[Fit, float]:
    """The fit over the logarithms of the free parameters, and its log error over all years."""
    centre, spread = np.array([PRIORS[name] for name in free(variant)], float).T
    residuals = objective(variant, stocks, aid_effect)
    found = fit(
        residuals,
        np.log(centre),
        0.8 * spread,
        low=np.log(centre) - REACH,
        high=np.log(centre) + REACH,
        starts=starts,
    )
    years = len(arrivals(HISTORY.tables))
    return found, float(np.sqrt(np.mean((found.residuals[:years] * ERROR) ** 2)))


def objective(variant: str, stocks: str, aid_effect: float):
    """The residuals as a function of the logarithms of the free parameters, shape (p, n) to (r, n).

    Every year's log error of arrivals (each plus one) over 0.25; every stock target's over its width; every
    parameter's distance from its prior, the slope's excepted.
    """
    names = free(variant)
    rows = [PARAMETERS.index(name) for name in names]
    targets = TARGETS[stocks]
    places = [year - FIRST for year, *_ in targets]
    aimed, width = (np.array([t[i] for t in targets], float)[:, None] for i in (1, 2))
    held = [i for i, name in enumerate(names) if name != "exit_slope"]
    centre, spread = np.array([PRIORS[names[i]] for i in held], float).T[:, :, None]
    outside = replace(drivers(HISTORY.tables, HISTORY.start), limit=np.inf)
    observed = np.log1p(arrivals(HISTORY.tables))[:, None]

    def residuals(logs: np.ndarray) -> np.ndarray:
        sets = np.zeros((len(PARAMETERS), logs.shape[1]))
        sets[rows] = np.exp(logs)
        flows = simulate(sets, aid_effect, outside)
        stock = np.maximum(flows.present.T[places], 1.0)
        return np.concatenate(
            [
                (np.log1p(flows.arrivals.T) - observed) / ERROR,
                (np.log(stock) - np.log(aimed)) / width,
                (logs[held] - np.log(centre)) / spread,
            ]
        )

    return residuals


def everything() -> list[dict]:
    """Every fitted set, in the order in which it is stored."""
    kinds = [(variant, stocks) for variant in WITHOUT for stocks in TARGETS]
    rows = [refit(variant, stocks, effect) for variant, stocks in kinds for effect in EFFECTS]
    return [{"id": f"F{i:02d}", **row} for i, row in enumerate(rows, start=1)]


def as_csv(rows: list[dict]) -> str:
    """The stored table's text: numbers as Python writes them, unrounded; a parameter a variant lacks is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: repr(v) if isinstance(v, float) else v for k, v in row.items()} for row in rows)
    return out.getvalue()


def main() -> None:
    """Fit everything and store it."""
    rows = everything()
    write_atomic(path(), as_csv(rows))
    for row in rows:
        print(
            f"{row['id']} {row['variant']}, {row['stocks']}, aid effect {row['aid_effect']}: log error {row['log_rmse']:.4f}"
        )


if __name__ == "__main__":
    main()
