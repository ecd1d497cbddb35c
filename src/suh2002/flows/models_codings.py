"""The rule written twice: in which years two people who both mean S3P2-e would disagree."""

from __future__ import annotations

import numpy as np

from suh2002.flows import coding
from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.series import YEARS
from tumen.core import Finding, Model, Output

PARTS = ("indicator", "counted", "threshold", "window", "rises")  # what a rule has to name before two can agree


def fires_of(coder: str, v) -> np.ndarray:
    """In which years the coding of `coder` ("first" or "second") fires, booleans of shape (ensemble, years)."""
    own = {part: v[f"{coder}_{part}"] for part in PARTS}
    return coding.fires(**own, aid_effect=v["aid_effect"], variant=v["variant"], stocks=v["stocks"])


def _codings(**v):
    """When each coding fires, and the years on which they differ."""
    first, second = np.broadcast_arrays(fires_of("first", v), fires_of("second", v))
    found = {"first": first, "second": second, "both": first & second, "apart": first != second}
    counts = {name: x.sum(axis=-1).astype(float) for name, x in found.items()}
    years = {f"years_{name}": coding.years_of(x) for name, x in found.items() if name != "both"}
    if not any(isinstance(x, np.ndarray) and x.ndim for x in v.values()):
        return {k: x[0] for k, x in years.items()} | {k: float(x[0]) for k, x in counts.items()}
    return {k: _listed(x) for k, x in years.items()} | counts


def _listed(years: list[list[int]]) -> np.ndarray:
    out = np.empty(len(years), object)
    out[:] = years
    return out


def years_said(years) -> str:
    """Years in words: in 2002 and 2004, or in no year."""
    said = [str(y) for y in years]
    return f"in {' and '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}" if said else "in no year"


def _verdict(r):
    apart = r["years_apart"]
    said = (
        f"They disagree on {r['apart']:.0f} of {len(YEARS)} years, {years_said(apart)}"
        if apart
        else "They never disagree"
    )
    return (
        f"The first coding fires {years_said(r['years_first'])}, the second {years_said(r['years_second'])}. {said}. Both can "
        "call themselves S3P2-e, which names neither number nor unit, neither amount nor clock."
    )


CODINGS = Model(
    key="flows.codings",
    question="Would two people who follow the report's rule act in the same years?",
    reads=("arrivals", "rok_aid"),
    claims=("S3P2-e",),
    quantities=(*qr.FIRST_CODING, *qr.SECOND_CODING, q.AID_EFFECT, q.VARIANT, q.STOCKS),
    run=_codings,
    outputs=(
        Output("years_first", "years in which the first coding fires", "year", "label"),
        Output("years_second", "years in which the second coding fires", "year", "label"),
        Output("years_apart", "years on which the two disagree", "year", "label"),
        Output("first", "years the first coding fires", "years"),
        Output("second", "years the second coding fires", "years"),
        Output("both", "years in which both fire", "years"),
        Output("apart", "years on which they disagree", "years"),
    ),
    findings=(
        Finding(
            "S3P2-e",
            "two fair readers of the rule can act in different years",
            "illustrates",
            differs="the sentence says when Seoul should urge Pyongyang directly; the model asks whether two readers would hear the same year in it",
        ),
    ),
    formula="each coding fires as in the rule: aid in the window reaches its threshold, and its number has risen so often running",
    leaves_out="What recognition abroad would be, lags, and what else either coder would look at before acting.",
    verdict=_verdict,
)
