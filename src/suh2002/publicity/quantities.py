"""The numbers of the publicity theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Quantity

PEOPLE = Quantity(
    key="people",
    label="people who enter each time",
    value=25.0,
    low=2.0,
    high=468.0,
    unit="people",
    shape="log-uniform",
    step=1.0,
    basis="report",
    source="S1P1-a",
    domain="positive",
    note="the Spanish Embassy, March 2002; the range reaches to the airlift of July 2004, a government's, with 468",
)
SUCCESS = Quantity(
    key="success",
    label="share of them who get out",
    value=0.95,
    low=0.2,
    high=1.0,
    unit="share",
    step=0.01,
    basis="assumption",
    domain="share",
    source="incidents:I10",
    note="our number; the five seized at Shenyang in May 2002 were let go after two weeks, others were not",
)
AT_RISK = Quantity(
    key="at_risk",
    label="people in hiding who bear the risk",
    value=100_000.0,
    low=10_000.0,
    high=300_000.0,
    unit="people",
    shape="log-uniform",
    step=1_000.0,
    basis="report",
    source="S2P3-f",
    domain="positive",
    note="the report's figure for all North Koreans in China; how many of them were at risk nobody knows",
)
EXTRA_RETURN = Quantity(
    key="extra_return",
    label="extra chance of return in a year that one entry brings on each",
    value=0.003,
    low=0.0,
    high=0.02,
    unit="probability",
    step=0.0001,
    basis="assumption",
    domain="share",
    note="our number: 300 in 100,000; returns after an entry were reported, and part would have come without it",
)
WEIGHT = Quantity(
    key="weight",
    label="how many rescues one return weighs",
    value=1.0,
    low=0.5,
    high=5.0,
    unit="rescues",
    step=0.1,
    basis="assumption",
    domain="positive",
    note="the moral question, and yours: no number settles it, 1 included",
)
QUIET_EXITS = Quantity(
    key="quiet_exits",
    label="quiet exits one entry opens, of those at risk",
    value=0.001,
    low=0.0,
    high=0.005,
    unit="share",
    step=0.0001,
    basis="assumption",
    domain="share",
    note="our number: 100 in 100,000; arrivals rose in 2002, and why is disputed",
)
EVENTS = Quantity(
    key="events",
    label="entries",
    value=1.0,
    low=1.0,
    high=60.0,
    unit="entries",
    step=1.0,
    basis="assumption",
    domain="count",
    note="one entry, to begin with",
)
MONTHS_FROZEN = Quantity(
    key="months_frozen",
    label="months of talks frozen after each",
    value=0.0,
    low=0.0,
    high=12.0,
    unit="months",
    step=1.0,
    basis="assumption",
    domain="count",
    source="incidents:I24",
    note="ours; the long freeze on record, about ten months, followed a government's airlift in 2004",
)
MOST_RETURNS = Quantity(
    key="most_returns",
    label="share of those at risk returned at most, however many entries",
    value=0.01,
    low=0.0,
    high=0.05,
    unit="share",
    step=0.001,
    basis="assumption",
    domain="share",
    note="our number",
)
SPEED = Quantity(
    key="speed",
    label="how fast the crackdown reaches its most, an entry",
    value=0.5,
    low=0.05,
    high=2.0,
    unit="per entry",
    step=0.05,
    basis="assumption",
    domain="positive",
    note="our number: at 0.5 two entries bring on almost two thirds of all there is to come",
)
SUCCESS_OF_CAMPAIGN = replace(SUCCESS, value=1.0)
QUIET_OF_CAMPAIGN = replace(
    QUIET_EXITS,
    label="quiet exits the entries open at most, of those at risk",
    value=0.0,
    high=0.02,
    note="our number: none, to begin with; they come as fast as the crackdown does",
)
