"""The numbers of the publicity theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import assumed, stated

PEOPLE = stated(
    "people",
    "people who enter each time",
    (2.0, 25.0, 468.0),
    "S1P1-a",
    unit="people",
    shape="log-uniform",
    step=1.0,
    domain="positive",
    note="the Spanish Embassy, March 2002; the range reaches to the airlift of July 2004, a government's, with 468",
)
SUCCESS = assumed(
    "success",
    "share of them who get out",
    (0.2, 0.95, 1.0),
    unit="share",
    step=0.01,
    source="incidents:I10",
    note="our number; the five seized at Shenyang in May 2002 were let go after two weeks, others were not",
)
AT_RISK = stated(
    "at_risk",
    "people in hiding who bear the risk",
    (10_000.0, 100_000.0, 300_000.0),
    "S2P3-f",
    unit="people",
    shape="log-uniform",
    step=1_000.0,
    domain="positive",
    note="the report's figure for all North Koreans in China; how many of them were at risk nobody knows",
)
EXTRA_RETURN = assumed(
    "extra_return",
    "extra chance of return in a year that one entry brings on each",
    (0.0, 0.003, 0.02),
    unit="probability",
    step=0.0001,
    note="our number: 300 in 100,000; returns after an entry were reported, and part would have come without it",
)
WEIGHT = assumed(
    "weight",
    "how many rescues one return weighs",
    (0.5, 1.0, 5.0),
    unit="rescues",
    step=0.1,
    domain="positive",
    note="the moral question, and yours: no number settles it, 1 included",
)
QUIET_EXITS = assumed(
    "quiet_exits",
    "quiet exits one entry opens, of those at risk",
    (0.0, 0.001, 0.005),
    unit="share",
    step=0.0001,
    note="our number: 100 in 100,000; arrivals rose in 2002, and why is disputed",
)
EVENTS = assumed(
    "events", "entries", (1.0, 1.0, 60.0), unit="entries", step=1.0, domain="count", note="one entry, to begin with"
)
MONTHS_FROZEN = assumed(
    "months_frozen",
    "months of talks frozen after each",
    (0.0, 0.0, 12.0),
    unit="months",
    step=1.0,
    domain="count",
    source="incidents:I24",
    note="ours; the long freeze on record, about ten months, followed a government's airlift in 2004",
)
MOST_RETURNS = assumed(
    "most_returns",
    "share of those at risk returned at most, however many entries",
    (0.0, 0.01, 0.05),
    unit="share",
    step=0.001,
    note="our number",
)
SPEED = assumed(
    "speed",
    "how fast the crackdown reaches its most, an entry",
    (0.05, 0.5, 2.0),
    unit="per entry",
    step=0.05,
    domain="positive",
    note="our number: at 0.5 two entries bring on almost two thirds of all there is to come",
)
ALL_OUT = replace(SUCCESS, value=1.0)
QUIET_AT_MOST = replace(
    QUIET_EXITS,
    label="quiet exits the entries open at most, of those at risk",
    value=0.0,
    high=0.02,
    note="our number: none, to begin with; they come as fast as the crackdown does",
)
