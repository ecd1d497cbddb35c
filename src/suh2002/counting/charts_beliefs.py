"""How the silence, the pools, the multiplier and the invented lists are drawn."""

from __future__ import annotations

from suh2002.counting import curves, models
from suh2002.counting import quantities as q
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.style import BASIS
from tumen.core import Entry, once
from tumen.core.words import amount, number

# --- the silence ---------------------------------------------------------------------------


MANY, FEW = amount(q.CLAIMED.value), amount(q.NEARER.value)
NEARER = {"color": BASIS["report"], "begins": False}
QUIET = declared(
    models.QUIET,
    "Belief before and after hearing of no serious problem",
    Axis(
        "hearing of no serious problem", -0.5, 1.7, ticks=(0, 1), labels="datum.value ? 'after' : 'before'", grid=False
    ),
    Axis("belief", 0, 1),
    Line("claimed", lambda r, _: ((0, 1), (r["prior"], r["posterior"])), f"{MANY} people", width=3),
    Line("nearer", lambda r, _: ((0, 1), (1 - r["prior"], 1 - r["posterior"])), f"{FEW} people", **NEARER),
    Dot("before", 0, "prior", size=90, begins=False),
    Dot("nearer before", 0, "before", filled=False, size=90, **NEARER),
    Dot("after", 1, "posterior", f"{MANY}: {{posterior:2}}", size=90, begins=False),
    Dot("nearer after", 1, "rest", f"{FEW}: {{rest:2}}", filled=False, size=90, **NEARER),
    also={"rest": lambda r: 1 - r["posterior"], "before": lambda r: 1 - r["prior"]},
    words=f"Belief before and after hearing of no serious problem. Belief in {MANY} goes from {{prior:2}} to "
    f"{{posterior:2}}, in {FEW} from {{before:2}} to {{rest:2}} (starting case: {{start.prior:2}} to {{start.posterior:2}}).",
    note="Belief in the two figures of the report, if they were the only two. How likely so many people would make a serious problem, "
    "and how likely it would be seen and told, are two questions.",
    guess={"posterior": "y"},
    known=("before", "nearer before"),
)

# --- pooling ---------------------------------------------------------------------------------


def _stated(model):
    """The least and the most that the ranges and the figures in use name."""
    named = [end for range_ in model.quantity("experts").value for end in range_]
    named += model.quantity("points").value
    return min(named), max(named)


@once
def _speakers(result):
    """The ends of each range in use, the lane of its speaker, and whether it stands in a table or is partly ours."""
    entries = {e.value: e for e in (result.model.origin or result.model).quantity("experts").entries}
    found = []
    for i, ends in enumerate(result["experts"], start=1):
        known = entries.get(ends, Entry(ends, f"range {i} of yours"))
        found.append((*ends, f"{known.speaker} ({known.basis})", known.basis))
    return found


def _ranges(basis):
    """The ranges of one basis."""
    return lambda r: [(*range_, "") for *range_, kind in _speakers(r) if kind == basis]


FOUR = "four single figures"
POOLS = {"linear pool: mixed": "linear", "log pool: multiplied": "log"}


def _pooled(low, high, label=lambda _: ""):
    """Both pools from one of their points to another."""
    return lambda r: [
        (r[f"{key}_{low}"], r[f"{key}_{high}"], lane, label(r[f"{key}_{low}"])) for lane, key in POOLS.items()
    ]


POOL = declared(
    models.POOL,
    "Five ranges and two ways to pool them",
    Axis("people (each step to the right multiplies)", 3_000, 400_000, follows=(_stated,), log=True, form=",.0f"),
    Names(lambda r: [*(lane for _, _, lane, _ in _speakers(r)), FOUR, *POOLS]),
    Rule("nearer", x=q.NEARER.value, color=BASIS["report"]),
    Rule("claimed", x=q.CLAIMED.value, color=BASIS["report"]),
    Each("data", _ranges("data"), color=BASIS["data"], size=8, bar=True),
    Each("assumption", _ranges("assumption"), color=BASIS["assumption"], size=4, bar=True),
    Each("pool", _pooled("low", "high"), bar=True, size=10, label=False),
    Each("middle", _pooled("median", "median", lambda x: number(x, 2)), filled=False, size=90, letters=13),
    Each(
        "point", lambda r: [(v, v, FOUR, "") for v in r["points"]], shape="diamond", filled=False, size=70, label=False
    ),
    words="Ranges by speaker, and two pools of them. Mixed: middle {linear_median:2}, from {linear_low:2} to {linear_high:2}. "
    "Multiplied: middle {log_median:2}, from {log_low:2} to {log_high:2}. Four single figures have mean {mean:2}, geometric mean "
    "{geometric_mean:2}, median {median:2}.",
    numbers="Bars: each speaker's range; the word behind the name says whether it is a row of the table or partly ours. "
    "Diamonds: four single figures. Blue rules: 100,000 and 300,000.",
)

# --- arrivals as a gauge ----------------------------------------------------------------------


MULTIPLIER = declared(
    models.MULTIPLIER,
    "One number of arrivals, any number of people",
    Axis.of(q.SHARE, "share of people in China who reach the South in a year", form="~%"),
    Axis("people in China", 1_000, 1_000_000, log=True, form=",.0f"),
    Line("people", curves.people_by_share, "what so many arrivals mean, by share"),
    Dot("here", "share", "people", "about {people}", "your setting"),
    guess={"people": "y"},
    also={"span": lambda r: amount(curves.people_by_share(r)[1])},
    words="{arrivals} arrivals in a year mean {people} people in China if {share:%} in 100 arrive (starting case {start.people}); "
    "over the whole range of the share they mean {span}.",
    note="The arrivals are those of 2001, released in January 2002.",
)

# --- two invented lists -------------------------------------------------------------------------

NAMES = "names, and estimated people (each step to the right multiplies)"
LISTS = {"first": "first invented list", "second": "second invented list", "both": "on both"}
ESTIMATED = "estimated people"
INVENTED = {"shape": "square", "color": BASIS["assumption"], "size": 90}


def _lists(*keys):
    return lambda r: [(r[k], r[k], LISTS[k], f"{number(r[k])} invented names") for k in keys]


RECAPTURE = declared(
    models.RECAPTURE,
    "Two invented lists and what they would imply",
    Axis(NAMES, 1, 200_000, follows=("first", "second", "both"), log=True, form=",.0f"),
    Names(lambda _: [*LISTS.values(), ESTIMATED]),
    Each("list", _lists("first", "second"), **INVENTED),
    Each("both", _lists("both"), filled=False, **INVENTED),
    Each("range", lambda r: [(r["low"], r["high"], ESTIMATED, "")], bar=True, size=4, label=False),
    Dot("estimate", "estimate", lambda _: ESTIMATED, "{estimate:2}", size=120),
    words="Invented lists of {first} and {second} names with {both} on both give about {estimate:2} people, 95 % interval {low:2} to "
    "{high:2} (starting case {start.estimate:2}).",
    numbers="Invented lists: the names do not exist. Dot: Chapman's estimate; bar: its 95 % interval. Real lists can get people returned.",
)
