"""What-ifs turned into what acts on the flows from outside, and the flows that follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from suh2002.flows.quantities import STOCKS
from suh2002.flows.series import FIRST, YEARS, aid_kt
from suh2002.flows.stockflow import PARAMETERS, STEPS, Drivers, Flows, parameters, simulate, stamp
from tumen.core.own import Tables

PULL, DECAY = PARAMETERS.index("pull"), PARAMETERS.index("decay")
OTHER_COUNT = dict(zip(STOCKS.choices, STOCKS.choices[::-1], strict=True))  # of people in China
SWEPT = ("aid_effect", "pull_factor")
TIMES = {"actual": 1.0, "none": 0.0, "double": 2.0}


def drivers(tables: Tables, v: Mapping) -> Drivers:
    """The drivers of `flows.history` for its inputs `v`."""
    usual = STEPS["step_2012"]
    earlier = max(usual - int(v["years_earlier"]), FIRST)  # in force from the beginning, where it comes before
    crackdown = {"actual": usual, "earlier": earlier, "never": None}[v["crackdown"]]
    change = {"actual": 1.0, "shut": 1 / v["transit_change"], "open": v["transit_change"]}[v["transit"]]
    return Drivers(
        first=FIRST,
        hardship=np.asarray(v["hardship"], float),
        aid=aid_kt(tables) * TIMES[v["aid"]] / v["full_programme"],
        passage=np.where(np.array(YEARS) >= v["transit_year"], change, 1.0),
        steps={**STEPS, "step_2012": crackdown},
        lifted=v["grant_share"] if v["grant"] == "kept" else 0.0,
        network=v["network_1998"],
        limit=v["network_limit"],
        parts=12 if v["step"] == "month" else 1,
    )


def trouble(v: Mapping) -> str | None:
    """One sentence where a setting cannot be run."""
    if len(v["hardship"]) != len(YEARS):
        return f"hardship needs {len(YEARS)} numbers, one a year from {YEARS[0]} to {YEARS[-1]}; it has {len(v['hardship'])}."
    for name, value in v.items():
        if isinstance(value, np.ndarray) and name not in SWEPT:
            return f"{name} takes one value at a time; {' and '.join(SWEPT)} can be swept."
    return None


def sets_of(v: Mapping) -> tuple[np.ndarray, np.ndarray]:
    """The parameter sets and aid effects of a setting, shapes (13, n) and (n,)."""
    effect, factor = (np.reshape(x, -1) for x in np.broadcast_arrays(v["aid_effect"], v["pull_factor"]))
    sets = parameters(v["variant"], v["stocks"], effect)
    sets[PULL] *= factor
    return sets, effect


def flows_of(tables: Tables, v: Mapping) -> Flows:
    """The flows of a setting of `flows.history` as arrays of shape (ensemble, years), not to be written to."""
    if max(np.size(v[name]) for name in SWEPT) > 256:
        return simulate(*sets_of(v), drivers(tables, v))
    setting = tuple((k, tuple(x.tolist()) if isinstance(x, np.ndarray) and x.ndim else x) for k, x in v.items())
    return _kept(tables, setting, stamp(), aid_kt(tables).tobytes())


# One move of a slider asks for the same flows several times: for the picture, the finding, the verdict, the break-evens.
@lru_cache(maxsize=32)
def _kept(tables: Tables, setting: tuple, *_of_files) -> Flows:
    v = dict(setting)
    flows = simulate(*sets_of(v), drivers(tables, v))
    for series in vars(flows).values():
        series.flags.writeable = False
    return flows
