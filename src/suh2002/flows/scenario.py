"""What-ifs turned into drivers: whose aid, which crackdown, what passage, how fine a step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows.series import FIRST, YEARS, aid_kt
from suh2002.flows.stockflow import STEPS, Drivers

# History as it was: what the sets are fitted to and the rule is held against, whatever a reader sets.
AS_IT_WAS = {
    x.key: x.value
    for x in (
        *(q.AID, q.CRACKDOWN, q.YEARS_EARLIER, q.TRANSIT, q.TRANSIT_CHANGE, q.TRANSIT_YEAR, q.GRANT, q.GRANT_SHARE),
        *(q.STEP, q.NETWORK_LIMIT, q.NETWORK_1998, q.FULL_PROGRAMME, q.HARDSHIP),
    )
}

TIMES = {"actual": 1.0, "none": 0.0, "double": 2.0}


def drivers(v: Mapping, aid: str | None = None) -> Drivers:
    """The drivers of `flows.history` for its inputs `v`; `aid` takes the place of the aid chosen there."""
    usual = STEPS["step_2012"]
    earlier = max(usual - int(v["years_earlier"]), FIRST)  # in force from the beginning, where it comes before
    crackdown = {"actual": usual, "earlier": earlier, "never": None}[v["crackdown"]]
    return Drivers(
        first=FIRST,
        hardship=np.asarray(v["hardship"], float),
        aid=aid_kt() * TIMES[aid or v["aid"]] / v["full_programme"],
        passage=_passage(v),
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
    for name in ONE_VALUE:
        if isinstance(v[name], np.ndarray):
            return f"{name} takes one value at a time; aid_effect and pull_factor can be swept."
    return None


ONE_VALUE = (
    "years_earlier",
    "transit_change",
    "transit_year",
    "grant_share",
    "network_limit",
    "network_1998",
    "full_programme",
)


def _passage(v: Mapping) -> np.ndarray:
    change = {"actual": 1.0, "shut": 1 / v["transit_change"], "open": v["transit_change"]}[v["transit"]]
    return np.where(np.array(YEARS) >= v["transit_year"], change, 1.0)
