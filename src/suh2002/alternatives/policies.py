"""Ten years under each of four policies, for every case drawn: what happens, what it is worth to the reader; one case as a model of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from suh2002.alternatives.quantities import POLICIES, UNCERTAIN
from tumen.analysis import decisions
from tumen.core import Finding, Model, Output

MOST_LEAVE = 0.3  # at most this share of those in China reaches the South in a year
READINGS = ("rule", "box_density")  # inputs that say how the cases are read and change none of them
HARSHER = 0.5  # added enforcement raises returns by this much for each log point


@dataclass(frozen=True)
class Outcome:
    """What one policy brings over the years, an array of shape (cases,) each.

    `protected` and `returned` are people, `relief` the share of hardship removed, `surge` a probability, `tension`
    and `rights` points between 0 and 1.
    """

    protected: np.ndarray
    returned: np.ndarray
    relief: np.ndarray
    surge: np.ndarray
    tension: np.ndarray
    rights: np.ndarray


def outcome(lever, draws: Mapping[str, np.ndarray], v: Mapping) -> Outcome:
    """What a policy brings in every case drawn.

    `lever` is its row of the table of levers, `draws` an array of shape (cases,) for each uncertain quantity, `v` the
    model's fixed numbers. With h = 1 - effect x aid (1 - diversion) and f = exp(-added enforcement), each year C = c h f,
    A = min((rate S + factor x pull N) f exp(-E), 0.3 S), R = r S (1 + max(added, 0) / 2), S = max(0, S + C - A - R -
    other S), N = (1 - decay) N + A. The formulas are ours.
    """
    aid, per_reciprocity, per_crackdown, per_failure, factor, engaged, engaged_if_kept, tension, rights = lever
    kept = draws["credibility"]
    added = per_reciprocity * draws["reciprocity"] + draws["crackdown"] * (per_crackdown + per_failure * (1 - kept))
    hardship = 1 - draws["aid_effect"] * aid * (1 - draws["diversion"])
    protected, returned = _years(hardship, added, factor * draws["pull"], draws["decay"], v)
    bearing = engaged + engaged_if_kept * kept
    chance = np.clip(draws["surge"] * (1 - draws["surge_reduction"] * bearing), 0.0, 1.0)
    return Outcome(
        protected,
        returned,
        1 - hardship,
        1 - (1 - chance) ** int(v["years"]),
        np.full(kept.shape, tension),
        rights * kept,
    )


def _years(hardship, added, pull, decay, v: Mapping) -> tuple[np.ndarray, np.ndarray]:
    """People who reach the South and people returned, added up over the years, each of shape (cases,)."""
    fence = np.exp(-added)
    crossed = v["crossings"] * hardship * fence
    passing = fence * np.exp(-v["enforcement"])
    alone, pull = v["exit_rate"] * passing, pull * passing
    taken = v["return_rate"] * (1 + HARSHER * np.maximum(added, 0.0))
    staying, live = 1 - taken - v["other_loss"], 1 - decay
    here, network = np.full(fence.shape, float(v["present"])), np.full(fence.shape, float(v["network"]))
    protected, returned, arrived, spare = (np.zeros(fence.shape) for _ in range(4))
    for _ in range(int(v["years"])):
        np.multiply(alone, here, out=arrived)
        np.multiply(pull, network, out=spare)
        arrived += spare
        np.multiply(here, MOST_LEAVE, out=spare)
        np.minimum(arrived, spare, out=arrived)
        protected += arrived
        np.multiply(taken, here, out=spare)
        returned += spare
        here *= staying
        here += crossed
        here -= arrived
        np.maximum(here, 0.0, out=here)
        network *= live
        network += arrived
    return protected, returned


def worth(o: Outcome, draws: Mapping[str, np.ndarray], v: Mapping) -> np.ndarray:
    """The reader's utility of an outcome in every case, shape (cases,): an openly chosen sum, no measurement.

    w (protected / a - returned / b) + (1 - w) (relief / c + rights) - surge - t tension, with w the weight on those
    who leave, t that on tension, and a, b, c what counts as one point.
    """
    leavers = o.protected / v["per_protected"] - o.returned / v["per_returned"]
    stayers = o.relief / v["per_relief"] + o.rights
    weight = draws["weight_leavers"]
    return weight * leavers + (1 - weight) * stayers - o.surge - draws["weight_tension"] * o.tension


def draw(v: Mapping) -> dict[str, np.ndarray]:
    """The cases of a setting: an array of shape (draws,) for each uncertain quantity, from frozen Sobol points."""
    from tumen.analysis.sampling import sobol_points

    points = sobol_points(len(UNCERTAIN), int(v["draws"]), int(v["seed"]))
    out = {}
    for q, u in zip(UNCERTAIN, points, strict=True):
        (low, high), *_ = v[q.key]
        out[q.key] = low + u * (high - low)
    return out


def utilities(v: Mapping) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The cases of a setting and the utility of every policy in them, shape (policies, cases); not to be written to."""
    return _drawn(tuple((name, v[name]) for name in sorted(v) if name not in READINGS))


def peeling(v: Mapping) -> list[decisions.Box]:
    """Ever smaller boxes for engagement, the whole space first, their limits in the order of the unknowns; none where it is never best."""
    draws, utility = utilities(v)
    engaged = utility.argmax(axis=0) == 0
    return decisions.prim_boxes(np.stack(list(draws.values())), engaged) if engaged.any() else []


@lru_cache(maxsize=3)  # a picture, its tab and its table ask for the cases of one setting, beside the starting one
def _drawn(given: tuple) -> tuple[dict[str, np.ndarray], np.ndarray]:
    v = dict(given)
    draws = draw(v)
    utility = _utility(draws, v)
    for kept in (*draws.values(), utility):
        kept.flags.writeable = False
    return draws, utility


def _utility(cases: Mapping[str, np.ndarray], v: Mapping) -> np.ndarray:
    return np.stack([worth(outcome(lever, cases, v), cases, v) for lever in v["levers"]])


def case(v: Mapping, said: Mapping[str, str]) -> Model:
    """The model of one case drawn under a setting, with which a sweep draws more of them than one run holds.

    Its quantities are the unknowns over the setting's ranges, in the order in which `draw` draws them; it gives the
    utility and the regret of every policy, and 1 for the best one (a tie is shared), and says where engagement is best. `said` are a reader's words for each policy.
    """

    def run(**draws):
        cases = np.broadcast_arrays(*(np.atleast_1d(np.asarray(x, float)) for x in draws.values()))
        utility = _utility(dict(zip(draws, cases, strict=True)), v)
        of = {"utility": utility, "regret": decisions.regrets(utility), "best": decisions.wins(utility)}
        found = {f"{part}.{p}": row for part, rows in of.items() for p, row in zip(POLICIES, rows, strict=True)}
        found["lead"] = utility[0] - utility[1:].max(axis=0)
        single = not any(isinstance(x, np.ndarray) for x in draws.values())
        return {name: float(row[0]) for name, row in found.items()} if single else found

    return Model(
        key="alternatives.robust",
        question="Which policy is best in one case of those drawn?",
        quantities=tuple(
            x.with_value((low + high) / 2, kind="number", items="number", low=low, high=high)
            for x in UNCERTAIN
            for low, high in v[x.key][:1]
        ),
        run=run,
        outputs=(
            *(Output(f"utility.{p}", f"utility of {said[p]}", "points") for p in POLICIES),
            *(Output(f"regret.{p}", f"regret of {said[p]}", "points") for p in POLICIES),
            *(Output(f"best.{p}", f"{said[p]} is best, 1 or 0") for p in POLICIES),
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
