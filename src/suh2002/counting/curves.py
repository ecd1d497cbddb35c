"""What the counting models give along one axis, and what the shape of an assumption changes: middle values likelier, or all alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from suh2002.counting.models import CEILING
from tumen.analysis import Ensemble
from tumen.analysis.study import Study
from tumen.analysis.targets import evaluate, quantiles
from tumen.core import Model, Result
from tumen.core.words import number


def ceiling_by_occupancy(result: Result, most: float):
    """The ceiling (people) against people per household over all households, up to the most: two points of a straight line."""
    occupancy = np.array([0.0, most])
    return occupancy, result.where(hosting_share=occupancy, guests=1.0)["ceiling"]


def so_far(output: str, points: int = 17):
    """What makes a line up to now of a result: years since the beginning, and an output after each of them."""

    def along(result: Result, _axis):
        years = np.linspace(0, result["years"], points)
        return years, result.where(years=np.maximum(years, 1e-9))[output]

    return along


def people_by_share(result: Result, _axis=None):
    """People in China against the share who arrive in a year, at the ends of the share's range in use."""
    shares = np.array(result.model.quantity("share").ends)
    return shares, result.where(share=shares)["people"]


POINTS = (1 - np.cos(np.linspace(0.0, np.pi, 61))) / 2  # of the curve that is drawn: close together at both ends
WITHIN, MIDDLE = "within each range", "middle of the ceiling"
PREFERRED, REJECTED = "too low for the figure the report prefers", "too low for the figure it doubts"
AS_DECLARED, FLAT = "middle values likelier", "all values alike"


def flat(model: Model) -> Model:
    """The model with every triangular range made uniform: the same ends, no value likelier than another."""
    changed = {x.key: replace(x, shape="uniform", mode=None) for x in model.quantities if x.shape == "triangular"}
    return model.with_quantities(changed)


def _ceilings(ensemble: Ensemble) -> np.ndarray:
    return np.sort(evaluate(ensemble.model, ensemble.inputs(), ensemble.n)["ceiling"])


def compute(model: Model) -> list[dict]:
    """A row a shape: the shares of cases below the report's two figures, in 100, and the curve of the ceiling."""
    claimed, nearer = model.start["claimed"], model.start["nearer"]
    rows, declared = [], Ensemble(model)
    for words, ensemble in ((AS_DECLARED, declared), (FLAT, declared.on(flat(model)))):
        ceilings = _ceilings(ensemble)
        shares = {figure: 100 * float((ceilings <= figure).mean()) for figure in (nearer, claimed)}
        rows.append({
            WITHIN: words,
            PREFERRED: f"{number(shares[nearer], 2)} in 100 cases",
            REJECTED: f"{number(shares[claimed], 2)} in 100 cases",
            MIDDLE: f"{number(quantiles(ceilings, 0.5), 2)} people",
            "shares": shares,
            "curve": list(zip(quantiles(ceilings, POINTS).tolist(), (100 * POINTS).tolist(), strict=True)),
        })  # fmt: skip
    return rows


SHAPES = Study(
    key="counting.shapes",
    question="Does it matter how likely we take each value of a range to be?",
    model=CEILING,
    compute=compute,
    columns=(WITHIN, PREFERRED, REJECTED, MIDDLE),
    leaves_out="Other shapes, and that the assumptions may hang together; both would move the shares again.",
    claims=("S2P3-d", "S2P3-f"),
)
