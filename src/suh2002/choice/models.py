"""China's choice: the points each option costs, the weights they count with, and the three models that follow from them."""

from __future__ import annotations

import numpy as np

from suh2002.choice import quantities as q
from tumen.analysis.acceptability import MOST, acceptability
from tumen.core import Finding, Model, Output
from tumen.core.words import number

RECOGNISE = q.OPTIONS.index("recognise")
MINORITIES, ABROAD = q.CRITERIA.index("precedent"), q.CRITERIA.index("washington")


def cost_points(visibility, precedent, washington_follows, scores, seen):
    """Cost points of each option on each criterion, shape (options, criteria) or (options, criteria, n).

    `scores` counts at once and `seen` as far as the case is visible. What recognition costs as a precedent
    counts as far as the precedent is likely; so does what it costs with Washington where the one hangs on the
    other, measured against the starting chance of a precedent and at most 10.
    """
    v, p = np.broadcast_arrays(np.asarray(visibility, float), np.asarray(precedent, float))
    grow = (...,) + (None,) * v.ndim  # one axis more where the inputs are an ensemble
    points = np.asarray(scores, float)[grow] + np.asarray(seen, float)[grow] * v
    points[RECOGNISE, MINORITIES] *= p
    if washington_follows == "yes":
        linked = points[RECOGNISE, ABROAD] * p / q.PRECEDENT.value
        points[RECOGNISE, ABROAD] = np.minimum(q.MOST_POINTS, linked)
    return points


def counting_columns(reputation, humanitarian="yes") -> list[int]:
    """Which columns of the table count: China's name abroad (ours) and the humanitarian term only where let in."""
    out = {"reputation": reputation == "left out", "humanitarian": humanitarian == "no"}
    return [i for i, c in enumerate(q.CRITERIA) if not out.get(c)]


def final_weights(w_dprk, w_precedent, w_washington, w_reputation, w_pull, w_humanitarian, reputation="counted"):
    """The six weights as they count: the humanitarian one as it stands, the others scaled to share the rest.

    Shape (criteria,) or (criteria, n); with `reputation` left out its weight is 0; five weights of 0 stay 0.
    """
    w_reputation = np.multiply(w_reputation, reputation != "left out")
    five = np.stack(np.broadcast_arrays(w_dprk, w_precedent, w_washington, w_reputation, w_pull, w_humanitarian))
    five, sixth = five[:-1], five[-1]
    total = five.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.where(total > 0, five * ((1 - sixth) / total), 0.0)
    return np.concatenate([shared, sixth[None]])


def weighted(points, weights):
    """The cost of each option: points times weights summed over the criteria, shape (options,) or (options, n)."""
    return (points.T * weights.T[..., None]).sum(axis=-2).T  # the ensemble first, so that either may have one


def open_points(setting, reputation, humanitarian, **case):
    """Cost points as `cost_points` gives them, of the options a setting leaves open on the criteria that count."""
    rows = [q.OPTIONS.index(o) for o in q.FEASIBLE[setting]]
    return cost_points(**case)[rows][:, counting_columns(reputation, humanitarian)]


def table_trouble(v) -> str | None:
    """One sentence where the tables have another shape than options by criteria."""
    for name in ("scores", "seen"):
        if np.shape(v[name]) != (len(q.OPTIONS), len(q.CRITERIA)):
            return f"{name} needs {len(q.OPTIONS)} rows of {len(q.CRITERIA)} numbers."
    return None


def start_of(values) -> dict:
    """The starting values that follow from the setting: a case at the border is hardly seen."""
    return {"visibility": q.VISIBILITY_AT_BORDER} if values["setting"] == "border" else {}


SHORT = {"recognise": "recognition", "exit": "exit", "tolerate": "looking away", "repatriate": "return"}
NAMES = SHORT | {"exit": "exit through a third country"}
CASE = (q.SETTING, q.VISIBILITY, q.PRECEDENT, q.WASHINGTON_FOLLOWS)
TABLES = (q.SCORES, q.SEEN)
FIVE = (q.W_DPRK, q.W_PRECEDENT, q.W_WASHINGTON, q.W_REPUTATION, q.W_PULL)


def _plain(values):
    """A number where there is one, else the array."""
    return values if np.ndim(values) else values.item()


def _table(setting, visibility, precedent, washington_follows, reputation, scores, seen, **weights):
    """Cost of each option, and the cheapest of those the setting leaves open."""
    points = cost_points(visibility, precedent, washington_follows, scores, seen)
    costs = weighted(points, final_weights(**weights, reputation=reputation))
    feasible = q.FEASIBLE[setting]
    rows = [q.OPTIONS.index(o) for o in feasible]
    best = np.array(feasible)[costs[rows].argmin(axis=0)]
    outputs = {o: _plain(c) for o, c in zip(q.OPTIONS, costs, strict=True)}
    return {**outputs, "feasible": feasible, "best": _plain(best)}


def _lead_of_exit(out, v):
    """How much dearer than exit the cheapest other open option is, in points."""
    others = [out[o] for o in q.FEASIBLE[v["setting"]] if o != "exit"]
    return np.min(np.broadcast_arrays(*others), axis=0)[()] - out["exit"]


def _table_trouble(v):
    left = [w for w in FIVE if w is not q.W_REPUTATION or v["reputation"] == "counted"]
    total = sum(np.asarray(v[w.key]) for w in left)
    if np.any((total == 0) & (np.asarray(v["w_humanitarian"]) < 1)):
        many = "five" if len(left) == len(FIVE) else "four"
        return f"the {many} weights besides the humanitarian one are all 0, so there is nothing to share out."
    return table_trouble(v)


def _table_verdict(r):
    ranked = sorted(r["feasible"], key=lambda o: r[o])
    where = "In an embassy" if r["setting"] == "embassy" else "At the border"
    if np.isclose(r[ranked[0]], r[ranked[1]]):
        first = f"{NAMES[ranked[0]]} and {NAMES[ranked[1]]} cost Beijing the same, {number(r[ranked[0]])} points"
    else:
        first = (
            f"{NAMES[ranked[0]]} costs Beijing least, {number(r[ranked[0]])} points, "
            f"before {NAMES[ranked[1]]} with {number(r[ranked[1]])}"
        )
    left = r["reputation"] == "left out"
    name = "China's name abroad, a cost we add, is left out" if left else "so is one of the costs, China's name abroad"
    return (
        f"{where}, at a visibility of {number(r['visibility'])}, {first}. Points and weights are ours; {name}. "
        f"{ANOTHER_QUESTION} Whether a duty belongs in a table of costs at all is a question the table cannot answer."
    )


# What the sentence claims, what the table asks, and how they differ: said with the verdict and with the finding.
ONLY = (
    "of the case just settled the report says, with a “seems” (S1P3.8), that exit was the one choice that could work; "
    "the table asks which choice is cheapest, and the cheapest need be neither the only one nor one that works"
)
ANOTHER_QUESTION = f"The claim and the table differ: {ONLY}."
CHEAPEST = "S1P3-i speaks of what could work for Beijing; here, what costs it least."


TABLE = Model(
    key="choice.table",
    question="Which of four choices costs Beijing least?",
    claims=("S1P1-a", "S1P1-b", "S1P3-c", "S1P3-f", "S1P3-g", "S1P3-i"),
    quantities=(*CASE, *FIVE, q.W_HUMANITARIAN, q.REPUTATION, *TABLES),
    run=_table,
    outputs=(
        Output("recognise", "cost of recognising them as refugees", "points"),
        Output("exit", "cost of letting them leave for a third country", "points"),
        Output("tolerate", "cost of looking away", "points"),
        Output("repatriate", "cost of returning them", "points"),
        Output("feasible", "choices the setting leaves open", kind="label"),
        Output("best", "the cheapest of these", kind="label"),
    ),
    findings=(
        Finding(
            "S1P3-c",
            "ties with Pyongyang keep Beijing from acting alone",
            "illustrates",
            differs=(
                "the report says that China cannot leave those ties out of account; the table shows what is cheapest with "
                "that term and without it"
            ),
        ),
        Finding(
            "S1P3-i",
            "exit through a third country costs Beijing least of the choices open to it",
            "neighbours",
            _lead_of_exit,
            differs=f"{ONLY}; the points are ours, and so is one of the costs, China's name abroad",
        ),
    ),
    formula=(
        "cost = sum over criteria of weight × points; points = unseen + seen × visibility, recognition's precedent × "
        "its chance; a criterion left out weighs 0; additive scoring, the scale, the weights and one criterion ours"
    ),
    leaves_out=(
        "Law as a duty rather than a cost: on that view non-refoulement bounds the choice and is no row to be traded. "
        "The spill-over of S1P1.1, bargaining with Pyongyang, local officials, UNHCR, and what each choice costs the people themselves unless a "
        "weight is given to it."
    ),
    check=_table_trouble,
    verdict=_table_verdict,
    defaults=start_of,
)


def _weights(setting, draws, reputation, humanitarian, **case):
    """How often each open option is cheapest, over all weightings of the four to six criteria that count."""
    points = open_points(setting, reputation, humanitarian, **case)
    shares = dict(zip(q.FEASIBLE[setting], acceptability(points, int(draws)), strict=True))
    nowhere = np.zeros(points.shape[2:])
    return {o: _plain(shares.get(o, nowhere)) for o in q.OPTIONS}


def _weights_trouble(v):
    if isinstance(v["draws"], np.ndarray):
        return "draws needs one number; it cannot be swept."
    if v["draws"] > MOST:
        return f"draws needs at most {MOST:,} weightings."
    return table_trouble(v)


def _weights_verdict(r):
    ranked = sorted(q.FEASIBLE[r["setting"]], key=lambda o: -r[o])
    said = ", ".join(f"{NAMES[o]} in {number(100 * r[o], 2)}" for o in ranked)
    lets_in = {
        "China's name abroad": r["reputation"] == "counted",
        "what happens to the people": r["humanitarian"] == "yes",
    }
    ours = [cost for cost, let_in in lets_in.items() if let_in]
    added = f" and, added by us, {' and '.join(ours)}" if ours else " alone"
    return (
        f"Of 100 ways to weigh the four costs we read in S1P3{added}, cheapest is {said}. Spread evenly, "
        "weightings say how much hangs on the weights and on the costs let in, not which are right. "
        f"{CHEAPEST}"
    )


WEIGHTS = Model(
    key="choice.weights",
    question="In what share of all weightings is each choice the cheapest?",
    claims=("S1P3-c", "S1P3-f", "S1P3-g", "S1P3-i"),
    quantities=(*CASE, q.HUMANITARIAN, q.DRAWS, q.REPUTATION, *TABLES),
    run=_weights,
    outputs=tuple(Output(o, f"{SHORT[o]} is cheapest", "share") for o in q.OPTIONS),
    formula=(
        "weights drawn evenly over all that are 0 or more and sum to 1; share of them in which an open option costs "
        "least (rank acceptability, Lahdelma, Hokkanen and Salminen 1998)"
    ),
    leaves_out=(
        "Which weights anyone holds: every weighting counts the same here. The points are ours, and which costs are let "
        "in moves the shares: see them with China's name abroad, which we add, and without it. A choice the setting "
        "rules out has a share of 0."
    ),
    check=_weights_trouble,
    verdict=_weights_verdict,
    defaults=start_of,
)


def _switch(reputation_cost, exit_cost):
    """The visibility above which exit costs less than return: v × reputation cost = exit cost."""
    return {"visibility_at_switch": exit_cost / reputation_cost}


def _switch_verdict(r):
    at = r["visibility_at_switch"]
    if at > 1:
        return (
            f"Return would cost as much as exit only at a visibility of {number(at)}, beyond 1: "
            "with these two costs even a case that all have seen ends in return."
        )
    if at == 0:
        return "With nothing to pay for exit, it costs no more than return at any visibility."
    return (
        f"Below a visibility of {number(at)} return costs less, above it exit: the same two costs give both practices, "
        "exit for the filmed and return for the unseen. That being seen costs Beijing its name abroad is our assumption. "
        f"{CHEAPEST}"
    )


SWITCH = Model(
    key="choice.switch",
    question="How visible must a case be before exit costs less than return?",
    claims=("S1P1-a", "S1P3-i"),
    quantities=(q.REPUTATION_COST, q.EXIT_COST),
    run=_switch,
    outputs=(Output("visibility_at_switch", "visibility at which exit overtakes return", "share"),),
    formula="return where visibility × reputation cost < exit cost; the switch is at exit cost ÷ reputation cost",
    leaves_out="Every choice but two; that visibility is made, by cameras and by those who bring them; law as a duty.",
    verdict=_switch_verdict,
)

MODELS = (TABLE, WEIGHTS, SWITCH)
