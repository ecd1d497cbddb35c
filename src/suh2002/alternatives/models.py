"""Is engagement the only alternative? Four policies under eleven unknowns, and a table of payoffs to try by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.alternatives import quantities as q
from suh2002.alternatives.curves import row_names, turns
from suh2002.alternatives.policies import case, peeling, utilities
from tumen.analysis import decisions
from tumen.analysis.sampling import MOST, MOVING
from tumen.core import Finding, Model, Output
from tumen.core.words import number

LEAST = 256  # cases below which shares and slices say nothing


def _robust(**v):
    """How each policy fares over the cases drawn, what knowing would be worth, and where engagement is best."""
    draws, utility = utilities(v)
    if not np.isfinite(utility).all():
        raise OverflowError("a utility is beyond what a number can hold")
    regret = decisions.regrets(utility)
    out = {
        "best_share": _by_policy(decisions.best_share(utility)),
        "mean_regret": _by_policy(regret.mean(axis=1)),
        "max_regret": _by_policy(regret.max(axis=1)),
        "evpi": decisions.evpi(utility),
        "evppi": {name: decisions.evppi(utility, column) for name, column in draws.items()},
        "box": _box(v, draws),
    }
    return {**out, "chosen": chosen(out, v["rule"])}


def chosen(outputs: Mapping, rule: str) -> str:
    """The policy that a rule of choice picks: the largest share best, or the smallest mean or largest regret."""
    figures = outputs[q.RULES[rule]]
    return (max if rule == "share best" else min)(figures, key=figures.get)


def _by_policy(values) -> dict[str, float]:
    return dict(zip(q.POLICIES, map(float, values), strict=True))


def _box(v: Mapping, draws: Mapping[str, np.ndarray]) -> dict:
    """The largest box in which engagement is best so surely: its quality, and the limits it sets (low, high)."""
    boxes = peeling(v)
    if not boxes:
        return {"density": 0.0, "coverage": 0.0, "mass": 0.0}
    box = decisions.first_dense(boxes, v["box_density"])
    out = {"density": box.density, "coverage": box.coverage, "mass": box.mass}
    for (name, column), low, high in zip(draws.items(), box.low, box.high, strict=True):
        if np.isfinite(low) or np.isfinite(high):
            out[name] = (float(max(low, column.min())), float(min(high, column.max())))
    return out


def _robust_trouble(v: Mapping) -> str | None:
    for name, value in v.items():
        if isinstance(value, np.ndarray):
            return f"{name} takes one value at a time; each run already draws its own cases."
    if not LEAST <= v["draws"] <= MOST:
        return f"draws needs a whole number from {LEAST:,} to {MOST:,}."
    if v["years"] > 100:
        return "years needs at most 100."
    for x in q.UNCERTAIN:
        if len(v[x.key]) != 1:
            return f"{x.key} needs one range low:high; it has {len(v[x.key])}."
    rows, columns = len(q.POLICIES), len(q.LEVER_TABLE.value[0])
    if len(v["levers"]) != rows or len(v["levers"][0]) != columns:
        return f"levers needs {rows} rows of {columns} numbers, one row a policy."
    return None


def _robust_verdict(r):
    others = {}
    for rule in q.RULES:
        if rule != r["rule"]:
            others.setdefault(chosen(r, rule), []).append(rule)
    alike = others.pop(r["chosen"], [])
    same = f", as by {' and by '.join(alike)}" if alike else ""
    differ = "".join(f"; by {' and by '.join(rules)} it is {SAID[policy]}" for policy, rules in others.items())
    found = "true" if r.findings[0].holds else "false"
    return (
        f"By {r['rule']} the choice is {SAID[r['chosen']]}{same}{differ}. Engagement is best in "
        f"{in_hundred(r['best_share']['engage'])} of 100 cases drawn (beside S3P1-f, a norm without a verdict: at least half is {found} in this setting). "
        "Often best is not the same as no alternative."
    )


def in_hundred(share: float) -> str:
    """A share as so many of 100, in two digits, never rounded up to all."""
    return "over 99" if 0.995 <= share < 1 else number(100 * share, 2)


def worth_learning(r) -> str:
    """What the value of knowing says, in words: the two unknowns most worth learning, or that none would change the choice."""
    learn = [name for name in sorted(r["evppi"], key=r["evppi"].get, reverse=True) if r["evppi"][name] > 0][:2]
    labels = " and ".join(f"“{r.model.quantity(name).label}”" for name in learn)
    if not learn:
        return "Learning any one of the unknowns alone would change no choice."
    return f"Most worth learning: {labels}."


def _turns(r) -> dict[str, str]:
    """What stands beside the control of each unknown: where along it another policy becomes the one most often best."""
    said = {}
    for x in q.UNCERTAIN:
        found = turns(r, x.key)[:2]
        first = [SAID[below] for _, _, below, _ in found[:1]]
        parts = first + [f"from about {number(at, 2)} on {SAID[above]}" for at, _, _, above in found]
        said[x.key] = f"most often best: {', '.join(parts)}" if parts else ""
    return said


SAID = {
    "engage": "engagement",
    "pressure": "pressure",
    "quiet": "the quiet route",
    "conditional": "the conditional mix",
}
BOX_SAID = {
    "density": "share of the cases inside in which it is",
    "coverage": "share of the cases in which it is that lie inside",
    "mass": "share of all cases that lie inside",
}

ROBUST = Model(
    key="alternatives.robust",
    question="Under which assumptions is engagement best?",
    claims=("S3P1-c", "S3P1-e", "S3P1-f"),
    quantities=(q.RULE, *q.UNCERTAIN, q.DRAWS, q.SEED, q.LEVER_TABLE, *q.FIXED),
    run=_robust,
    outputs=(
        Output("best_share", "share of cases in which each policy is best", "share", "table", SAID),
        Output("mean_regret", "mean regret of each policy", "points", "table", SAID),
        Output("max_regret", "largest regret of each policy", "points", "table", SAID),
        Output("evpi", "value of knowing everything", "points"),
        Output("evppi", "value of knowing one quantity", "points", "table"),
        Output("box", "where engagement is best: how surely, and within which limits", "", "table", BOX_SAID),
        Output("chosen", "what the rule chooses", "", "label", SAID),
    ),
    findings=(
        Finding(
            "S3P1-f",
            "engagement is best in at least half of the cases",
            "neighbours",
            lambda out, v: out["best_share"]["engage"] - 0.5,
            differs=(
                "the sentence says that, a surge being likely enough to consider, reconciliation with aid has no alternative; the model asks "
                "whether engagement is best in half of our cases, which is far weaker, and a surge is one of eleven unknowns in them"
            ),
        ),
    ),
    formula=(
        "utility = w (protected ÷ a − returned ÷ b) + (1 − w)(relief ÷ c + rights) − chance of a surge − t × tension, over ten "
        "years of a small stock-flow model; ours. Regret: Savage 1951; box: Bryant and Lempert 2010"
    ),
    leaves_out=(
        "Policies not on the list; links between the unknowns, drawn as if independent; rights as limits rather than points. "
        "The utility is ours until a reader sets it, and the shares describe the assumptions, nothing else."
    ),
    check=_robust_trouble,
    verdict=_robust_verdict,
    beside=_turns,
    moving={"draws": MOVING},
    each=lambda inputs: case(inputs, SAID),
)


def _regret(payoffs, p):
    """The regrets of a table of payoffs, the choice that keeps the largest one smallest, and the value of knowing."""
    table, names, weights = np.asarray(payoffs, float), row_names(payoffs), np.array([p, 1 - p])
    chosen = [name for name, on in zip(names, decisions.minimax_regret(table), strict=True) if on]
    value = np.maximum(table.max(axis=0) @ weights - (table @ weights).max(axis=0), 0.0)
    return {
        "regrets": {name: tuple(map(float, row)) for name, row in zip(names, decisions.regrets(table), strict=True)},
        "minimax_choice": " or ".join(chosen),
        "evpi": value if value.ndim else float(value),
    }


def _regret_trouble(v: Mapping) -> str | None:
    if len(v["payoffs"][0]) != 2:
        return f"payoffs needs two columns, one a state; it has {len(v['payoffs'][0])}."
    if len(v["payoffs"]) < 2:
        return "payoffs needs at least two rows, one a policy."
    return None


REGRET = Model(
    key="alternatives.regret",
    question="Which choice would be regretted least?",
    claims=("S3P1-f",),
    quantities=(q.PAYOFFS, q.P),
    run=_regret,
    outputs=(
        Output("regrets", "regret of each policy in each state", "points", "table"),
        Output("minimax_choice", "choice with the smallest largest regret", "", "label"),
        Output("evpi", "value of knowing the state before choosing", "points"),
    ),
    formula=(
        "regret = best payoff of the state − own payoff (Savage 1951); value of knowing = expected best − best expected "
        "(Raiffa and Schlaifer 1961)"
    ),
    leaves_out="States nobody thought of, payoffs that cannot be put on one scale, and choices that can be put off.",
    check=_regret_trouble,
    verdict=lambda r: (
        f"{r['minimax_choice']} keeps the largest regret smallest. Knowing the state before choosing would be worth "
        f"{number(r['evpi'])} points."
    ),
)

MODELS = (ROBUST, REGRET)
