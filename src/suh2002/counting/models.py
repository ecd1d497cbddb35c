"""Counting a hidden population: seven small models of section 2, paragraphs 2 and 3 of the report."""

from __future__ import annotations

import numpy as np

from suh2002.counting import quantities as q
from suh2002.counting.pooling import POOL
from tumen.core import Finding, Model, Output, refused_where
from tumen.core.words import number, say


def _ratio(people, hosts, household):
    """Guests for a given number of hosts: people / hosts, by person and by household."""
    guests = people / hosts
    return {
        "guests_per_1000_hosts": 1000 * guests,
        "hosts_per_guest": hosts / people,
        "guests_per_household": household * guests,
    }


RATIO = Model(
    key="counting.ratio",
    reads=("korean_chinese_population",),
    question="How many guests would there be for every host?",
    claims=("S2P3-b", "S2P3-d", "S2P3-f"),
    quantities=(q.PEOPLE, q.HOSTS, q.HOUSEHOLD),
    run=_ratio,
    outputs=(
        Output("guests_per_1000_hosts", "guests for every 1,000 hosts", "guests"),
        Output("hosts_per_guest", "hosts for every guest", "hosts"),
        Output("guests_per_household", "guests for every household", "guests"),
    ),
    formula="guests per 1,000 hosts = 1,000 × people ÷ hosts; the report's own comparison (S2P3-d)",
    leaves_out="Who hosts and who does not; Han households, farms, churches and brokers; children born in China.",
    check=refused_where(lambda v: v["people"] == 0, "with no guests there is no number of hosts per guest."),
    verdict="{guests_per_1000_hosts} guests for every 1,000 hosts, one for every {hosts_per_guest}. "
    "At about 200 the report finds considerably too few to turn to for help (S2P3-d); about 67 it lets stand. Where the "
    "line lies it does not say, and guests is our word.",
)


def _ceiling(hosts, household, limit, hosting_share, guests, dependent_share, claimed, nearer):
    """The most people the hosts could lodge, or support, and what two figures would need of a household."""
    needed = household * dependent_share / hosts
    return {
        "ceiling": hosts / household * hosting_share * guests / dependent_share,
        "occupancy_needed_100k": nearer * needed,
        "occupancy_needed_300k": claimed * needed,
    }


def _ceiling_verdict(r):
    most, claimed, nearer = r["ceiling"], r["claimed"], r["nearer"]
    holds = "holds" if claimed >= most else "does not hold"
    side = "more than that" if claimed > most else "no more than that"
    if most < nearer:
        other = "{nearer} does not fit either."
    elif most < claimed:
        other = "{nearer} fits, and so does every figure up to the ceiling: a ceiling is a bound, not an estimate."
    else:
        other = "Both {nearer} and {claimed} fit."
    said = f"about {{ceiling}} people. {{claimed}} would be {side} (S2P3-d {holds} in this setting). {other}"
    return say(f"The hosts could {CARRY[r['limit']]} {said}", r)


CARRY = {"lodging": "house", "support": "support"}
CEILING = Model(
    key="counting.ceiling",
    question="How many people could the hosts carry?",
    claims=("S2P2-f", "S2P3-b", "S2P3-d", "S2P3-f"),
    quantities=(q.HOSTS, q.HOUSEHOLD, q.LIMIT, q.HOSTING_SHARE, q.GUESTS, q.DEPENDENT_SHARE, q.CLAIMED, q.NEARER),
    run=_ceiling,
    outputs=(
        Output("ceiling", "most people the hosts could carry", "people"),
        *(Output(f"occupancy_needed_{n}k", f"people per household needed for {n},000", "people") for n in (100, 300)),
    ),
    findings=(
        Finding(
            "S2P3-d",
            "300,000 is more than the hosts could carry",
            "tests",
            lambda out, v: v["claimed"] - out["ceiling"],
            differs="the report says that for 300,000 there would be considerably too few to turn to for help; the model asks "
            "how many could be lodged, our reading, or supported, and what one household can do is ours in both",
        ),
    ),
    formula="ceiling = hosts ÷ household × share that lodge (or support) others × how many each ÷ share who depend on them; "
    "our reading of S2P3-d",
    leaves_out="Han farm households, churches and brokers; people who come and go, so that one bed serves many; "
    "money sent home by hosts abroad; seasons; children born in China, counted or not.",
    verdict=_ceiling_verdict,
    defaults=lambda values: q.SUPPORT if values["limit"] == "support" else {},
)


def _stock(inflow, stay, years):
    """Present and cumulative entrants after a steady inflow: dS/dt = inflow - S / stay."""
    present = inflow * stay * -np.expm1(-years / stay)
    entered = inflow * years
    return {
        "present": present,
        "entered": entered,
        "entered_per_present": (years / stay) / -np.expm1(-years / stay),
    }


STOCK = Model(
    key="counting.stock",
    question="How many are present, if so many have entered?",
    claims=("S2P2-d", "S2P3-d", "S2P3-f"),
    quantities=(q.INFLOW, q.STAY, q.YEARS),
    run=_stock,
    outputs=(
        Output("present", "present at the end", "people"),
        Output("entered", "entered since the beginning", "people"),
        Output("entered_per_present", "entered for each one present", ""),
    ),
    formula="present = inflow × stay × (1 − exp(−years ÷ stay)); entered = inflow × years; a steady inflow, exits at random",
    leaves_out="Seasons, repeat crossings by one person, and inflows that rise and fall; entries are not persons.",
    verdict="About {entered} have entered and about {present} are present: {entered_per_present:2} entered for each one present.",
)


HALF_AS_LIKELY = 1 / 3  # belief in one of two figures that is half as likely as the other


def _silence(serious, seen):
    """The chance to hear of no serious problem: there is none, or it is not seen and told."""
    return 1 - serious * seen


def _joint(prior, serious_if_300k, serious_if_100k, seen_if_serious):
    """The chances of a figure and of silence at once, for the larger and for the smaller one."""
    return prior * _silence(serious_if_300k, seen_if_serious), (1 - prior) * _silence(serious_if_100k, seen_if_serious)


def _quiet(prior, serious_if_300k, serious_if_100k, seen_if_serious):
    """Bayes' rule for two rival figures and one silence."""
    many, few = _joint(prior, serious_if_300k, serious_if_100k, seen_if_serious)
    return {"posterior": many / (many + few)}


def _quiet_verdict(r):
    many, few = (number(_silence(r[f"serious_if_{n}"], r["seen_if_serious"]), 2) for n in ("300k", "100k"))
    return say(
        f"To hear of no serious problem has a chance of {many} with 300,000 people and of {few} with 100,000: a belief of "
        "{prior:2} in 300,000 becomes {posterior:2}. Silence counts only as far as a serious problem would have been seen and told.",
        r,
    )


QUIET = Model(
    key="counting.quiet",
    question="What does it say to hear of no serious problem?",
    claims=("S2P3-e", "S2P2-e"),
    quantities=(q.PRIOR, q.SERIOUS_300K, q.SERIOUS_100K, q.SEEN),
    run=_quiet,
    outputs=(Output("posterior", "belief in 300,000 after the silence", "probability"),),
    findings=(
        Finding(
            "S2P2-e",
            "to hear of nothing makes 300,000 less than half as likely as 100,000",
            "neighbours",
            lambda out, v: HALF_AS_LIKELY - out["posterior"],
            differs="the report says that the figure is quite possibly far too high; the model asks whether silence leaves it less "
            "than half as likely as 100,000. Half is our mark, and no third figure is weighed",
        ),
    ),
    formula="P(silence) = 1 − P(serious problem) × P(seen and told); "
    "odds after = odds before × P(silence if 300,000) ÷ P(silence if 100,000); Bayes' rule",
    leaves_out="Every figure but these two; problems told of that were none; and whether there was silence at all: crackdowns and "
    "crime stories were reported from 1999 on.",
    check=refused_where(
        lambda v: sum(_joint(**v)) == 0, "with these numbers silence is possible under neither figure."
    ),
    verdict=_quiet_verdict,
    renamed={f"quiet_if_{n}": (f"serious_if_{n}", "seen_if_serious") for n in ("300k", "100k")},
)

MULTIPLIER = Model(
    key="counting.multiplier",
    question="Do arrivals in the South measure the number in China?",
    claims=("S2P3-f",),
    quantities=(q.ARRIVALS, q.SHARE),
    run=lambda arrivals, share: {"people": arrivals / share},
    outputs=(Output("people", "people in China, if that share arrives", "people"),),
    formula="people = arrivals ÷ share who arrive in a year",
    leaves_out="Arrivals left the North earlier, by years on average, and some came from other countries; the share is known only if the answer is.",
    verdict="{arrivals} arrivals mean about {people} people if {share:2%} in 100 arrive each year. "
    "Nobody knows that share, so arrivals are no gauge.",
)


def _recapture(first, second, both):
    """Chapman's estimate of a population from two overlapping lists, with its normal 95 % interval."""
    a, b, m = first + 1, second + 1, both + 1
    estimate = a * b / m - 1
    variance = a * b * (first - both) * (second - both) / (m**2 * (both + 2))
    half = 1.959963984540054 * np.sqrt(variance)
    return {"estimate": estimate, "low": estimate - half, "high": estimate + half}


RECAPTURE = Model(
    key="counting.recapture",
    question="How would two overlapping lists count people nobody can see?",
    claims=(),
    quantities=(q.FIRST, q.SECOND, q.BOTH),
    run=_recapture,
    outputs=(
        Output("estimate", "estimated people", "people"),
        Output("low", "95 % interval, low", "people"),
        Output("high", "95 % interval, high", "people"),
    ),
    formula="Chapman 1951: (first + 1)(second + 1) ÷ (both + 1) − 1",
    leaves_out="Invented lists only. Real ones would name people who can be returned. If some are hard to reach for both "
    "lists, the estimate is too low.",
    check=refused_where(
        lambda v: v["both"] > np.minimum(v["first"], v["second"]), "no more names can be on both lists than on either."
    ),
    verdict="From these invented lists: about {estimate:2} people ({low:2} to {high:2}). "
    "Halve the overlap and the estimate about doubles.",
)

MODELS = (RATIO, CEILING, STOCK, QUIET, POOL, MULTIPLIER, RECAPTURE)
