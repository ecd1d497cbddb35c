"""What the flows models give year by year and side by side: other aid effects, other steps, other worlds."""

from __future__ import annotations

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows.models import HISTORY, aid_ratio
from suh2002.flows.scenario import drivers
from suh2002.flows.series import FIRST, YEARS, aid_kt, arrival_rows, arrivals
from suh2002.flows.stockflow import STEPS as ENFORCED
from suh2002.flows.stockflow import fitted
from tumen.analysis.study import Study
from tumen.core import Model, Result, once
from tumen.core.own import Tables
from tumen.core.words import number
from tumen.evidence.given import read

COMPARED = (0.0, 0.3, 0.6)  # the aid effects whose fits no arrivals can tell apart


def observed(tables: Tables) -> list[dict]:
    """The counted arrivals, one row of the table for each year from 1998 to 2024, with series, source and date."""
    return [row for year, row in arrival_rows(tables).items() if year in YEARS]


def grants(result: Result) -> list[dict]:
    """The basic settlement grant of a single household, the rows of the table resettlement in order of years (won)."""
    kept = ("single household, basic grant", "single household, basic grant only")
    rows = [
        r for r in read(result.model.tables, "resettlement").rows if r["country"] == "ROK" and r["indicator"] in kept
    ]
    return sorted(rows, key=lambda r: r["year"])


@once
def steps(result: Result) -> dict[str, int]:
    """The year in which each step of enforcement comes into force, by its name; a step left out is not there."""
    return {name: year for name, year in drivers(result.model.tables, result.inputs).steps.items() if year is not None}


@once
def fitted_chain(_result) -> list[tuple[int, float, float]]:
    """By the fit the chain starts from: each year in which enforcement changed, its enforcement, and the reproduction."""
    row = fitted(q.VARIANT.value, q.STOCKS.value, q.AID_EFFECT.value)
    added = np.cumsum([0.0, *(-row[step] if step == "relief_2023" else row[step] for step in ENFORCED)])
    brings = row["pull"] / row["decay"] * np.exp(-added)
    return list(zip((FIRST, *ENFORCED.values()), added.tolist(), brings.tolist(), strict=True))


EFFECT, ERROR, OUT_BY, STORY, COUNT = "aid effect", "log error", "a typical year is out by", "story", "estimate"
CROSSED, ARRIVED, HOLDS = "crossings 2000–07 without aid", "arrivals without aid", "5 % more arrive"
STEP, SUM, YEARLY, COUNTED = "step", "arrivals 1998–2024", "yearly", "counted"
WITHIN = (2000, 2007)  # the years of large food aid
STORIES = {"network": "those who came bring others", "routes": "ways out grew easier"}
COUNTS = {"robinson": "Robinson’s estimate", "state": "State’s and UNHCR’s"}


def _more(ratio: float) -> str:
    """A ratio as a change in per cent, with its sign."""
    per_cent = 100 * (ratio - 1)
    return "no change" if abs(per_cent) < 0.005 else f"{'+' if per_cent > 0 else '−'}{number(abs(per_cent), 2)} %"


def _fit(result) -> dict:
    """One fit as a row: how well it fits, and what it says of aid."""
    finding = next(f for f in result.findings if f.claim == "S3P1-i")
    return {
        EFFECT: number(result["aid_effect"]),
        ERROR: f"{result['log_rmse']:.3f}",
        OUT_BY: f"{np.exp(result['log_rmse']):.2f}",
        CROSSED: _more(aid_ratio(result.model.tables, result.inputs, "crossings", WITHIN)),
        ARRIVED: _more(aid_ratio(result.model.tables, result.inputs)),
        HOLDS: "yes" if finding.holds else "no",
        "factor": float(np.exp(result["log_rmse"])),
        "holds": bool(finding.holds),
    }


def _three(model: Model) -> list[dict]:
    """The three fits of the story and the count in use, with their yearly series."""
    runs = [model(aid_effect=effect) for effect in COMPARED]
    counted = observed(model.tables)
    return [{**_fit(r), "arrivals": r["arrivals"], "crossings": r["crossings"], COUNTED: counted} for r in runs]


def _twelve(model: Model) -> list[dict]:
    """Every story with every count and each of the three aid effects."""
    return [
        {STORY: words, COUNT: count_words, **_fit(model(variant=story, stocks=count, aid_effect=effect))}
        for story, words in STORIES.items()
        for count, count_words in COUNTS.items()
        for effect in COMPARED
    ]


def _steps(model: Model) -> list[dict]:
    """Both stories stepped by the year and by the month, with what each says of aid."""
    rows = []
    for story in STORIES:
        for step in q.STEP.choices:
            result = model(variant=story, step=step)
            row = {STORY: STORIES[story], STEP: step, SUM: number(result["arrivals"].sum()), **_fit(result)}
            rows.append({**row, YEARLY: result["arrivals"], COUNTED: observed(model.tables)})
    return rows


FITS = Study(
    key="flows.three_fits",
    question="Which of three aid effects do the arrivals favour?",
    model=HISTORY,
    compute=_three,
    columns=(EFFECT, ERROR, OUT_BY, CROSSED, ARRIVED, HOLDS),
    leaves_out="every aid effect between; the app has those.",
    claims=("S3P1-i",),
)
ERRORS = Study(
    key="flows.errors",
    question="Does that depend on the story and on whose estimate is used?",
    model=HISTORY,
    compute=_twelve,
    columns=(STORY, COUNT, EFFECT, ERROR, OUT_BY, CROSSED, ARRIVED, HOLDS),
    leaves_out="stories that are neither; with another, the twelve errors would be others.",
    claims=("S3P1-i",),
)
STEPS = Study(
    key="flows.steps",
    question="Does the answer depend on how finely time is stepped?",
    model=HISTORY,
    compute=_steps,
    columns=(STORY, STEP, SUM, ERROR, CROSSED, ARRIVED, HOLDS),
    leaves_out="a fit made anew with monthly steps; it would find other rates.",
    claims=("S3P1-i",),
)

# --- other worlds --------------------------------------------------------------------------------

WHAT_IF, NETWORK, ROUTES = "what if", "if those who came bring others", "if ways out grew easier"
WORLDS = {
    "as it was": {},
    "no food aid": {"aid": "none"},
    "twice the food aid": {"aid": "double"},
    "border tightened five years earlier": {"crackdown": "earlier"},
    "border never tightened as in 2012": {"crackdown": "never"},
    "third countries shut in 2005": {"transit": "shut"},
    "third countries opened in 2005": {"transit": "open"},
    "settlement grant not cut": {"grant": "kept"},
}


def _worlds(model: Model) -> list[dict]:
    """Arrivals in all under each what-if, in both stories."""
    rows = []
    for words, given in WORLDS.items():
        sums = [float(model(variant=story, **given)["arrivals"].sum()) for story in STORIES]
        rows.append({WHAT_IF: words, NETWORK: number(sums[0]), ROUTES: number(sums[1]), "sums": sums})
    return [{**row, COUNTED: float(arrivals(model.tables).sum())} for row in rows]


WHAT_IFS = Study(
    key="flows.what_ifs",
    question="What would have moved arrivals most?",
    model=HISTORY,
    compute=_worlds,
    columns=(WHAT_IF, NETWORK, ROUTES),
    leaves_out="answers to the change: a closed way makes people look for another, and a state that is fed may tighten its border.",
    claims=("S3P1-d", "S3P1-i", "S3P2-a"),
)

# --- two falls that look alike --------------------------------------------------------------------

MEASURE, MORE_AID, FENCES = "per cent of what it was", "twice the food aid", "tighter border"


def _hardship(result) -> float:
    """Hardship left after aid in the years of large aid, as a mean of its yearly shares of 1998."""
    sent = aid_kt(result.model.tables) * {"actual": 1, "none": 0, "double": 2}[result["aid"]] / result["full_programme"]
    left = np.maximum(0.0, np.asarray(result["hardship"]) * (1 - result["aid_effect"] * sent))
    return float(left[WITHIN[0] - YEARS[0] : WITHIN[1] - YEARS[0] + 1].mean())


def _alike(model: Model) -> list[dict]:
    """Twice the aid, and the tightening that lowers arrivals as much, in the story in which aid can lower them."""
    was, aid = model(variant="routes"), model(variant="routes", aid="double")
    earlier = [model(variant="routes", crackdown="earlier", years_earlier=n) for n in range(1, 11)]
    fences = min(earlier, key=lambda r: abs(r["arrivals"].sum() - aid["arrivals"].sum()))
    of = {
        "arrivals in the South, 1998–2024": lambda r: float(r["arrivals"].sum()),
        "crossings, 1998–2024": lambda r: float(r["crossings"].sum()),
        "hardship in the North, 2000–07": _hardship,
    }
    rows = []
    for words, measure in of.items():
        shares = [100 * measure(r) / measure(was) for r in (aid, fences)]
        rows.append({MEASURE: words, MORE_AID: number(shares[0]), FENCES: number(shares[1]), "shares": shares})
    return [{**row, "years": int(fences["years_earlier"])} for row in rows]


ALIKE = Study(
    key="flows.alike",
    question="Can the count of arrivals tell better lives from better fences?",
    model=HISTORY,
    compute=_alike,
    columns=(MEASURE, MORE_AID, FENCES),
    leaves_out="returns and punishment, which a tighter border brings and more food does not.",
    claims=("S3P1-d", "S3P2-b"),
)
