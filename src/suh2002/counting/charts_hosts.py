"""How the counting models are drawn."""

from __future__ import annotations

from suh2002.counting import curves, models
from suh2002.counting import quantities as q
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.style import BASIS, QUIET, START
from tumen.core import once
from tumen.core.words import amount, number
from tumen.evidence.given import read

PEOPLE_TOP = 450_000
BLUE = BASIS["report"]
LIMITED = {"lodging": "lodging, our reading", "support": "support, nearer the text"}


# --- the ceiling -----------------------------------------------------------------------------


def _most_per_household(model):
    return 0, model.quantity("hosting_share").high * model.quantity("guests").high


CEILING = declared(
    models.CEILING,
    "The most people the hosts could carry",
    Axis("people per household, over all households", 0, 1.2, follows=(_most_per_household,), form=",~g", grid=False),
    Axis("people", 0, PEOPLE_TOP, form=",.0f"),
    Rule("claimed", "{claimed}: hosts lacking, says S2P3-d", y="claimed", color=BLUE, means="the report's two figures"),
    Rule("nearer", "{nearer}, about: more accurate, says S2P3-f", y="nearer", color=BLUE),
    Line(
        "ceiling",
        lambda r, x: curves.ceiling_by_occupancy(r, x.high),
        "the ceiling, which rises with the people each household lodges, or supports",
        starts="starting case",
    ),
    Dot("here", "each", "ceiling", "about {ceiling}", ("300,000 is more than the ceiling", "it is not")),
    also={
        "each": lambda r: r["hosting_share"] * r["guests"],
        "what": lambda r: LIMITED[r["limit"]],
        "carry": lambda r: models.CARRY[r["limit"]],
    },
    guess={"occupancy_needed_300k": "x"},
    known=("claimed", "nearer"),
    words="Ceiling against people per household, the limit being {what}. At {each} people per household, over all households, the "
    "hosts could {carry} about {ceiling} people (starting case about {start.ceiling}). {nearer} would need {occupancy_needed_100k} "
    "people per household and {claimed} would need {occupancy_needed_300k}.",
    note="The report speaks of whom people could turn to for help (S2P3-d); lodging is our reading of it.",
)

# --- guests for every thousand hosts -----------------------------------------------------------

COUNTED = {"Yanbian, register, 2000": "K44", "Yanbian, census, 2000": "K43", "all China, census, 2000": "K05"}


@once
def _lanes(now):
    """By who may be counted as a host, the reader's number and three rows: guests for every 1,000 with either figure."""
    table = read(now.model.tables, "korean_chinese_population")
    counts = {"hosts in this setting": now["hosts"]} | {who: table.row(row)["koreans"] for who, row in COUNTED.items()}
    return {
        f"{who}|{number(hosts)}": [_of_1000(now.model, figure.value, hosts) for figure in (q.NEARER, q.CLAIMED)]
        for who, hosts in counts.items()
    }


def _of_1000(model, people, hosts):
    return model.run(people, hosts, 1.0)["guests_per_1000_hosts"]


def _guests(which):
    """A dot for one of the two figures, in every lane."""
    return lambda now: [(ends[which], ends[which], lane, number(ends[which])) for lane, ends in _lanes(now).items()]


def _spans(now):
    return [(*ends, lane, "") for lane, ends in _lanes(now).items()]


def _spoken(now):
    return "; ".join(f"{lane.replace('|', ' (')}): {number(a)} to {number(b)}" for a, b, lane, _ in _spans(now))


def _most_guests(model):
    people = max(model.quantity("people").high, q.CLAIMED.value)
    return 0, _of_1000(model, people, max(model.quantity("hosts").low, 1))


RATIO = declared(
    models.RATIO,
    "Guests for every 1,000 hosts, by who counts as a host",
    Axis("guests for every 1,000 hosts", 0, 520, follows=(_most_guests,)),
    Names(_lanes, padding=0.6, lines=True),
    Each("range", _spans, bar=True, size=2, color=START, label=False),
    Each(
        "nearer",
        _guests(0),
        "blue: the report's two figures, 100,000 (hollow) and 300,000 (filled), for four numbers of hosts",
        filled=False,
        color=BLUE,
    ),
    Each("claimed", _guests(1), color=BLUE),
    Dot(
        "here",
        "guests_per_1000_hosts",
        lambda r: next(iter(_lanes(r))),
        "{people} guests: {guests_per_1000_hosts}",
        "your setting",
        shape="diamond",
        size=150,
    ),
    guess={"guests_per_1000_hosts": "x"},
    also={"spans": _spoken},
    words="{people} guests and {hosts} hosts make {guests_per_1000_hosts} guests for every 1,000 hosts (starting case "
    "{start.guests_per_1000_hosts}). "
    f"From {amount(q.NEARER.value)} to {amount(q.CLAIMED.value)} guests, by who counts as a host: {{spans}}.",
    note="Hosts in this setting start at the report's number; the others are rows K44, K43 and K05 of the population table.",
    numbers="",
)

# --- stock and flow ----------------------------------------------------------------------------

STOCK = declared(
    models.STOCK,
    "Entered so far and present now",
    Axis("years since people began to come", 0, 8, follows=("years",), form=",~g", grid=False),
    Axis("people", 0, PEOPLE_TOP, form=",.0f"),
    Rule("claimed", amount(q.CLAIMED.value), y=q.CLAIMED.value, color=BLUE),
    Rule("nearer", amount(q.NEARER.value), "the report's two figures (S2P2-d, S2P3-f)", y=q.NEARER.value, color=BLUE),
    Line("present so far", curves.so_far("present"), "present now", width=3),
    Line("entered so far", curves.so_far("entered"), "entered so far", color=QUIET),
    Dot("present", "years", "present", "present: {present}", size=90),
    Dot("entered", "years", "entered", "entered: {entered}", size=90),
    guess={"present": "y"},
    words="After {years} years at {inflow} a year and a mean stay of {stay} years, {entered} have entered and {present} are present "
    "(starting case {start.entered} and {start.present}).",
)
