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
LIMITED = {"lodging": ("lodging, our reading", "house"), "support": ("support, nearer the text", "support")}


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
    Dot(
        "here",
        curves.occupancy,
        "ceiling",
        "about {ceiling}",
        ("300,000 is more than the ceiling", "it is not"),
        holds=lambda r: r["claimed"] >= r["ceiling"],
    ),
    also={
        "each": curves.occupancy,
        "what": lambda r: LIMITED[r["limit"]][0],
        "carry": lambda r: LIMITED[r["limit"]][1],
    },
    guess={"occupancy_needed_300k": "x"},
    known=("claimed", "nearer"),
    words="Ceiling against people per household, the limit being {what}. At {each} people per household, over all households, the "
    "hosts could {carry} about {ceiling} people (starting case about {start.ceiling}). {nearer} would need {occupancy_needed_100k} "
    "people per household and {claimed} would need {occupancy_needed_300k}.",
    note="The report speaks of whom people could turn to for help (S2P3-d); lodging is our reading of it.",
)

# --- guests for every thousand hosts -----------------------------------------------------------


@once
def _host_counts(now):
    """Who may be counted as a host, and how many: the reader's number and three rows of the table."""
    population = read(now.model.tables, "korean_chinese_population")
    rows = (
        ("Yanbian, register, 2000", "K44"),
        ("Yanbian, census, 2000", "K43"),
        ("all China, census, 2000", "K05"),
    )
    return [
        ("hosts in this setting", now["hosts"]),
        *((name, population.row(row)["koreans"]) for name, row in rows),
    ]


@once
def _lanes(now):
    return [f"{who}|{number(hosts)}" for who, hosts in _host_counts(now)]


@once
def _guests(now, figure):
    """A dot for one of the report's figures, in the lane of each count of hosts."""
    found = [curves.guests_per_1000(figure.value, hosts) for _, hosts in _host_counts(now)]
    return [(x, x, name, number(x)) for x, name in zip(found, _lanes(now), strict=True)]


def _spans(now):
    low, high = _guests(now, q.NEARER), _guests(now, q.CLAIMED)
    return [(a, b, name, "") for (a, _, name, _), (b, *_) in zip(low, high, strict=True)]


def _ratio_words(now, start):
    counts, low, high = _host_counts(now), _guests(now, q.NEARER), _guests(now, q.CLAIMED)
    spans = [f"{who} ({number(hosts)}): {a[3]} to {b[3]}" for (who, hosts), a, b in zip(counts, low, high, strict=True)]
    return (
        f"{number(now['people'])} guests and {number(now['hosts'])} hosts make {number(now['guests_per_1000_hosts'])} guests "
        f"for every 1,000 hosts (starting case {number(start['guests_per_1000_hosts'])}). "
        f"From {amount(q.NEARER.value)} to {amount(q.CLAIMED.value)} guests, by who counts as a host: "
        + "; ".join(spans)
        + "."
    )


def _most_guests(model):
    people = max(model.quantity("people").high, q.CLAIMED.value)
    return 0, curves.guests_per_1000(people, max(model.quantity("hosts").low, 1))


RATIO = declared(
    models.RATIO,
    "Guests for every 1,000 hosts, by who counts as a host",
    Axis("guests for every 1,000 hosts", 0, 520, follows=(_most_guests,)),
    Names(_lanes, padding=0.6, lines=True),
    Each("range", _spans, bar=True, size=2, color=START, label=False),
    Each(
        "nearer",
        lambda r: _guests(r, q.NEARER),
        "blue: the report's two figures, 100,000 (hollow) and 300,000 (filled), for four numbers of hosts",
        filled=False,
        color=BLUE,
    ),
    Each("claimed", lambda r: _guests(r, q.CLAIMED), color=BLUE),
    Dot(
        "here",
        "guests_per_1000_hosts",
        lambda r: _lanes(r)[0],
        "{people} guests: {guests_per_1000_hosts}",
        "your setting",
        shape="diamond",
        size=150,
    ),
    guess={"guests_per_1000_hosts": "x"},
    words=_ratio_words,
    note="Hosts in this setting start at the report's number; the others are rows K44, K43 and K05 of the population table.",
    numbers="",
)

# --- stock and flow ----------------------------------------------------------------------------

STOCK = declared(
    models.STOCK,
    "Entered so far and present now",
    Axis("years since people began to come", 0, 8, follows=("years",), form=",~g", grid=False),
    Axis("people", 0, PEOPLE_TOP, form=",.0f"),
    Rule(
        "claimed",
        amount(q.CLAIMED.value),
        y=q.CLAIMED.value,
        color=BLUE,
        means="the report's two figures (S2P2-d, S2P3-f)",
    ),
    Rule("nearer", amount(q.NEARER.value), y=q.NEARER.value, color=BLUE),
    Line("present so far", curves.present_over_time, "present now", width=3),
    Line("entered so far", curves.entered_over_time, "entered so far", color=QUIET),
    Dot("present", "years", "present", "present: {present}", size=90),
    Dot("entered", "years", "entered", "entered: {entered}", size=90),
    guess={"present": "y"},
    words="After {years} years at {inflow} a year and a mean stay of {stay} years, {entered} have entered and {present} are present "
    "(starting case {start.entered} and {start.present}).",
)
