"""The numbers of the dialogue theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import assumed, one_of

PRIZE = assumed(
    "prize",
    "what recognition is worth, once",
    (0.0, 5.0, 12.0),
    unit="points",
    step=0.5,
    domain="count",
    note="our number; for the European Union in 2002 nothing was left of it, for Washington and Tokyo most of it",
)
FLOW = assumed(
    "flow",
    "what relations are worth, a year",
    (0.0, 1.0, 4.0),
    unit="points a year",
    step=0.1,
    domain="count",
    note="our number, in the same points: aid, trade and talks",
)
PATIENCE = assumed(
    "patience",
    "what next year counts for, of this year",
    (0.5, 0.9, 0.98),
    unit="share",
    step=0.01,
    note="our number: how far Pyongyang looks ahead",
)
TRUST = assumed(
    "trust",
    "chance Pyongyang gives that the promise is kept",
    (0.0, 0.2, 1.0),
    unit="probability",
    step=0.01,
    source="S3P4-e",
    note="our reading: the report calls the relations between the two hostile and gives no number; whose word is believed it does not say",
)
COST = assumed(
    "cost",
    "what the first step on rights costs Pyongyang",
    (0.25, 1.0, 4.0),
    unit="points",
    step=0.05,
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
KEPT = one_of(
    "kept",
    "years of promises kept before",
    tuple(COUNTS),
    note="ours; none, to begin with: trust is then what it is said to be",
)
VOTES = one_of(
    "votes",
    "public votes naming Pyongyang since",
    tuple(COUNTS)[:5],
    source="recognition:N044",
    note="ours; none, to begin with; the first in the Commission on Human Rights was in April 2003",
)
GAIN = assumed(
    "gain",
    "part of the missing trust a kept promise restores, a year",
    (0.0, 0.1, 0.3),
    unit="share",
    step=0.01,
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
BARGAIN = {"unit": "points", "step": 0.1, "domain": "real", "note": "our number, the textbook's"}
TEMPTATION = assumed("temptation", "what breaking the bargain brings, once", (4.5, 5.0, 8.0), **BARGAIN)
REWARD = assumed("reward", "what keeping it brings, each time", (2.5, 3.0, 4.0), **BARGAIN)
PUNISHMENT = assumed("punishment", "what is left each time once it is broken", (0.0, 1.0, 2.0), **BARGAIN)
