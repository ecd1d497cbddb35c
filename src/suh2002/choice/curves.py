"""What the models of China's choice give along one axis, for pictures: costs by visibility, parts of the table."""

from __future__ import annotations

import numpy as np

from suh2002.choice import quantities as q
from suh2002.choice.models import SWITCH, TABLE, cost_points, counted, final_weights
from suh2002.choice.models import WEIGHTS as ALL_WEIGHTINGS
from tumen.analysis.acceptability import central_weights
from tumen.core import Result, once

WEIGHTS = tuple(w for w in TABLE.start if w.startswith("w_"))
MEAN_OF = 16_384  # weightings a mean is taken of at most: it needs fewer than a share, and follows a slider


def points(result: Result) -> np.ndarray:
    """The cost points of each option on each criterion in this setting, shape (options, criteria)."""
    return cost_points(*(result[k] for k in ("visibility", "precedent", "washington_follows", "scores", "seen")))


def weights(result: Result) -> np.ndarray:
    """The weight of each criterion as it counts, shape (criteria,); they sum to 1."""
    return final_weights(**{w: result[w] for w in (*WEIGHTS, "reputation")})


def parts(result: Result) -> np.ndarray:
    """What each criterion adds to the cost of each option: weight times points, shape (options, criteria)."""
    return points(result) * weights(result)


def ranked(result: Result) -> list[str]:
    """The choices the setting leaves open, the cheapest first."""
    return sorted(result["feasible"], key=lambda o: result[o])


def costs_along(result: Result, name: str, count: int = 41) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The cost of each open option (points) along the range of one number, and the values of that number."""
    moved = TABLE.quantity(name)
    values = np.linspace(moved.low, moved.high, count)
    out = TABLE.run(**{**_inputs(result), name: values})
    return values, {o: np.broadcast_to(out[o], values.shape) for o in out["feasible"]}


def turns_along(result: Result, name: str, count: int = 2001) -> list[tuple[float, str]]:
    """Where the cheapest option changes along the range of one number: each value, and what is cheapest from there.

    The first entry is the low end of the range; a turn is exact to a two-thousandth of the range.
    """
    moved = TABLE.quantity(name)
    values = np.linspace(moved.low, moved.high, count)
    best = np.broadcast_to(TABLE.run(**{**_inputs(result), name: values})["best"], values.shape)
    starts = [0, *(np.flatnonzero(best[1:] != best[:-1]) + 1)]
    return [(float(values[i]), str(best[i])) for i in starts]


def best_without(result: Result, weight: str) -> str:
    """What is cheapest once one criterion counts for nothing and the others share its weight."""
    return TABLE(**{**_inputs(result), weight: 0.0})["best"]


def switch(result: Result) -> Result | None:
    """The two-choice core of this table, exit against return as the visibility grows.

    None where return costs more than exit even unseen, or gains no cost by being seen.
    """
    unseen, seen = (TABLE.run(**{**_inputs(result), "visibility": v}) for v in (0.0, 1.0))
    lead, growth = unseen["exit"] - unseen["repatriate"], seen["repatriate"] - seen["exit"]
    if lead < 0 or lead + growth <= 0:
        return None
    return SWITCH(reputation_cost=lead + growth, exit_cost=lead)


@once
def switch_lines(result: Result) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Visibility at its two ends, and what return and exit cost there (points beyond an unseen return)."""
    seen = np.array([0.0, 1.0])
    return seen, {"repatriate": result["reputation_cost"] * seen, "exit": np.full(2, float(result["exit_cost"]))}


def reading(result: Result) -> tuple[str, str]:
    """Which of the costs we add are let in here: China's name abroad, and what happens to the people."""
    return result["reputation"], result["humanitarian"]


def readings(result: Result) -> dict[tuple[str, str], Result]:
    """The weightings model with and without each of the two costs we add, all else as in this setting."""
    out = {}
    for h in q.HUMANITARIAN.choices:
        for r in reversed(q.REPUTATION.choices):
            here = (r, h) == reading(result)
            out[r, h] = result if here else ALL_WEIGHTINGS(**{**result.inputs, "reputation": r, "humanitarian": h})
    return out


def stacked(result: Result) -> dict[str, tuple[float, float]]:
    """The shares of all weightings laid end to end: for each open option where its part begins and ends."""
    feasible = q.FEASIBLE[result["setting"]]
    ends = np.cumsum([result[o] for o in feasible])
    return {o: (float(end) - result[o], float(end)) for o, end in zip(feasible, ends, strict=True)}


def typical_weights(result: Result) -> dict[str, np.ndarray]:
    """For each open option the mean of the weightings in which it is cheapest, by criterion (NaN where never).

    `result` is of the weightings model; each array has one number a criterion that counts there, in their order.
    """
    feasible = q.FEASIBLE[result["setting"]]
    rows = [q.OPTIONS.index(o) for o in feasible]
    centres = central_weights(points(result)[rows][:, counted(*reading(result))], min(int(result["draws"]), MEAN_OF))
    return dict(zip(feasible, centres, strict=True))


def _inputs(result: Result) -> dict:
    return {k: result.inputs[k] for k in TABLE.start}
