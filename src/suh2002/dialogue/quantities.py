"""The numbers of the dialogue theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Quantity

PRIZE = Quantity(
    key="prize",
    label="what recognition is worth, once",
    value=5.0,
    low=0.0,
    high=12.0,
    unit="points",
    step=0.5,
    basis="assumption",
    domain="count",
    note="our number; for the European Union in 2002 nothing was left of it, for Washington and Tokyo most of it",
)
FLOW = Quantity(
    key="flow",
    label="what relations are worth, a year",
    value=1.0,
    low=0.0,
    high=4.0,
    unit="points a year",
    step=0.1,
    basis="assumption",
    domain="count",
    note="our number, in the same points: aid, trade and talks",
)
PATIENCE = Quantity(
    key="patience",
    label="what next year counts for, of this year",
    value=0.9,
    low=0.5,
    high=0.98,
    unit="share",
    step=0.01,
    basis="assumption",
    domain="share",
    note="our number: how far Pyongyang looks ahead",
)
TRUST = Quantity(
    key="trust",
    label="chance Pyongyang gives that the promise is kept",
    value=0.2,
    low=0.0,
    high=1.0,
    unit="probability",
    step=0.01,
    basis="assumption",
    source="S3P4-e",
    domain="share",
    note="our reading: the report calls the relations between the two hostile and gives no number; whose word is believed it does not say",
)
COST = Quantity(
    key="cost",
    label="what the first step on rights costs Pyongyang",
    value=1.0,
    low=0.25,
    high=4.0,
    unit="points",
    step=0.05,
    basis="assumption",
    domain="positive",
    note="our number; a demand twice as large costs four times as much",
)
# Three partners of Pyongyang as we read them: inputs of the hold-up that differ from its start. All of it is ours.
PARTIES = {
    "European Union, 2001": {"prize": 0.0, "flow": 1.0, "trust": 0.6},
    "United States, 2002": {"prize": 10.0, "flow": 1.0, "trust": 0.2},
    "Japan, 2002": {"prize": 7.0, "flow": 3.0, "trust": 0.3},
}
# How many, in words: a history is a choice to make, not a number to be unsure about.
COUNTS = {"none": 0, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}
KEPT = Quantity(
    key="kept",
    label="years of promises kept before",
    value="none",
    kind="choice",
    choices=tuple(COUNTS),
    basis="assumption",
    note="ours; none, to begin with: trust is then what it is said to be",
)
VOTES = replace(
    KEPT,
    key="votes",
    label="public votes naming Pyongyang since",
    choices=tuple(COUNTS)[:5],
    source="recognition:N044",
    note="ours; none, to begin with; the first in the Commission on Human Rights was in April 2003",
)
GAIN = Quantity(
    key="gain",
    label="part of the missing trust a kept promise restores, a year",
    value=0.1,
    low=0.0,
    high=0.3,
    unit="share",
    step=0.01,
    basis="assumption",
    domain="share",
    note="our number",
)
LOSS = replace(
    GAIN,
    key="loss",
    label="part of the trust a public vote takes",
    value=0.3,
    high=0.6,
    note="our number; what a vote gains by other ways is not in this model",
)
TEMPTATION = Quantity(
    key="temptation",
    label="what breaking the bargain brings, once",
    value=5.0,
    low=4.5,
    high=8.0,
    unit="points",
    step=0.1,
    basis="assumption",
    domain="real",
    note="our number, the textbook's",
)
REWARD = replace(
    TEMPTATION,
    key="reward",
    label="what keeping it brings, each time",
    value=3.0,
    low=2.5,
    high=4.0,
)
PUNISHMENT = replace(
    TEMPTATION,
    key="punishment",
    label="what is left each time once it is broken",
    value=1.0,
    low=0.0,
    high=2.0,
)
