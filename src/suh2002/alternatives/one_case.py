"""One case of those that alternatives.robust draws, as a model of its own: what a sweep runs by the million."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from suh2002.alternatives.policies import outcome, worth
from suh2002.alternatives.quantities import POLICIES, UNCERTAIN
from tumen.analysis import decisions
from tumen.core import Finding, Model, Output, Quantity


def case(v: Mapping, said: Mapping[str, str]) -> Model:
    """The model of one case drawn under a setting, with which a sweep draws more of them than one run holds.

    Its quantities are the unknowns over the setting's ranges, in the order in which `draw` draws them; it gives the
    utility and the regret of every policy, and 1 for the best one (a tie is shared), and says where engagement is best. `said` are a reader's words for each policy.
    """

    def run(**draws):
        cases = {name: np.atleast_1d(np.asarray(x, float)) for name, x in draws.items()}
        n = max(map(len, cases.values()))
        cases = {name: np.broadcast_to(x, n) for name, x in cases.items()}
        utility = np.stack([worth(outcome(lever, cases, v), cases, v) for lever in v["levers"]])
        of = {"utility": utility, "regret": decisions.regrets(utility), "best": decisions.wins(utility)}
        found = {
            f"{part}.{policy}": row for part, rows in of.items() for policy, row in zip(POLICIES, rows, strict=True)
        }
        found["lead"] = utility[0] - utility[1:].max(axis=0)
        single = not any(isinstance(x, np.ndarray) for x in draws.values())
        return {name: float(row[0]) for name, row in found.items()} if single else found

    def ranged(q) -> Quantity:
        (low, high), *_ = v[q.key]
        kind = {"kind": "number", "items": "number", "value": (low + high) / 2, "low": low, "high": high}
        return replace(q, **kind)

    parts = {
        "utility": ("utility of {}", "points"),
        "regret": ("regret of {}", "points"),
        "best": ("{} is best, 1 or 0", ""),
    }
    return Model(
        key="alternatives.robust",
        question="Which policy is best in one case of those drawn?",
        quantities=tuple(map(ranged, UNCERTAIN)),
        run=run,
        outputs=tuple(
            Output(f"{part}.{policy}", words.format(said[policy]), unit)
            for part, (words, unit) in parts.items()
            for policy in POLICIES
        ),
        findings=(
            Finding(
                "S3P1-f",
                "engagement is best",
                "neighbours",
                lambda out, _: out["lead"],
                differs="the sentence speaks of what to do about one danger, the model of one drawn case after the other",
            ),
        ),
    )
