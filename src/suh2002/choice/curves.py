"""What the models of China's choice give along one axis, for pictures: costs by visibility, parts of the table."""

from __future__ import annotations

import numpy as np

from suh2002.choice import quantities as q
from suh2002.choice.models import TABLE, cost_points, counting_columns, final_weights, open_points
from suh2002.choice.models import WEIGHTS as ALL_WEIGHTINGS
from tumen.analysis.acceptability import central_weights
from tumen.core import Result, once

WEIGHTS = tuple(w for w in TABLE.start if w.startswith("w_"))
MEAN_OF = 16_384  # weightings a mean is taken of at most: it needs fewer than a share, and follows a slider


def _case(result: Result) -> dict:
    return {k: result[k] for k in ("visibility", "precedent", "washington_follows", "scores", "seen")}


@once
def points(result: Result) -> np.ndarray:
    """The cost points of each option on each criterion in this setting, shape (options, criteria)."""
    return cost_points(**_case(result))


@once
def weights(result: Result) -> np.ndarray:
    """The weight of each criterion as it counts, shape (criteria,); they sum to 1."""
    return final_weights(**{w: result[w] for w in (*WEIGHTS, "reputation")})


def parts(result: Result) -> np.ndarray:
    """What each criterion adds to the cost of each option: weight times points, shape (options, criteria)."""
    return points(result) * weights(result)


def ranked(result: Result) -> list[str]:
    """The choices the setting leaves open, the cheapest first."""
    return sorted(result["feasible"], key=lambda o: result[o])


def reading(result: Result) -> tuple[str, str]:
    """Which of the costs we add are let in here: China's name abroad, and what happens to the people."""
    return result["reputation"], result["humanitarian"]


@once
def readings(result: Result) -> dict[tuple[str, str], Result]:
    """The weightings model with and without each of the two costs we add, all else as in this setting."""
    pairs = [(r, h) for h in q.HUMANITARIAN.choices for r in reversed(q.REPUTATION.choices)]
    others = {(r, h): {**result.inputs, "reputation": r, "humanitarian": h} for r, h in pairs}
    return {pair: result if pair == reading(result) else ALL_WEIGHTINGS(**others[pair]) for pair in pairs}


def stacked(result: Result) -> dict[str, tuple[float, float]]:
    """The shares of all weightings laid end to end: for each open option where its part begins and ends."""
    feasible = q.FEASIBLE[result["setting"]]
    ends = np.cumsum([result[o] for o in feasible])
    return {o: (float(end) - result[o], float(end)) for o, end in zip(feasible, ends, strict=True)}


def let_in(result: Result) -> list[str]:
    """The criteria that count in a result of the weightings model, in their order."""
    return [q.CRITERIA[i] for i in counting_columns(*reading(result))]


@once
def typical_weights(result: Result) -> dict[str, dict[str, float]]:
    """For each open option the mean of the weightings in which it is cheapest, by criterion; empty where it never is."""
    points = open_points(*(result[k] for k in ("setting", "reputation", "humanitarian")), **_case(result))
    centres = central_weights(points, min(int(result["draws"]), MEAN_OF))
    by_name = [dict(zip(let_in(result), centre, strict=True)) for centre in centres]
    options = q.FEASIBLE[result["setting"]]
    return {o: {} if np.isnan(c).any() else found for o, c, found in zip(options, centres, by_name, strict=True)}
