"""The numbers of the crisis theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Entry, assumed

FEAR = assumed(
    "fear",
    "mean threshold: share already acting at which people join",
    (0.15, 0.28, 0.40),
    unit="share",
    step=0.005,
    domain="count",
    note="our number; nobody has measured fear, in 2002 or since; 0.25 is the textbook case",
)
SPREAD = assumed(
    "spread",
    "spread of thresholds (standard deviation)",
    (0.05, 0.12, 0.20),
    unit="share",
    step=0.001,
    domain="positive",
    note="our number, near Granovetter's textbook case, where a hair's breadth decides",
)
SIGNAL = assumed(
    "signal",
    "people acting that one leaver counts for",
    (0.0, 5.0, 30.0),
    unit="people",
    step=0.1,
    note="our number: 0 if nobody at home sees who leaves, more the more they see and take heart",
)
EXIT_SHARE = assumed(
    "exit_share",
    "exits, as a share of the population",
    (0.00001, 0.0000256, 0.03),
    unit="share",
    shape="log-uniform",
    source="arrivals:A45",
    note="583 arrivals in the South in 2001 over some 22.8 million people (recalled; UN series give 22.9 to 23.8, macro:M032 23.3)",
)
# Exits to set beside each other; the first is where the cascade starts.
EXITS = (
    Entry(EXIT_SHARE.value, "arrivals", source=EXIT_SHARE.source, note=EXIT_SHARE.note),
    Entry(
        0.0044,
        "people in China",
        source="S2P3-f",
        note="100,000 over some 22.8 million people; a stock, not a year's exits; the population is recalled",
    ),
    Entry(
        0.0134,
        "East Germany",
        source="gdr:G133",
        note="January to 9 November 1989: more than 220,000 over 16.4 million people (gdr:G151)",
    ),
)
SIGNAL_OF_DRAIN = replace(SIGNAL, value=2.0, high=8.0)
EXIT_OF_DRAIN = assumed(
    "exit_share",
    EXIT_SHARE.label,
    (0.0, 0.01, 0.05),
    unit="share",
    step=0.0005,
    note="our number: one person in a hundred",
)
THRESHOLDS = assumed(
    "thresholds",
    "how many must be acting before each person joins",
    tuple(float(n) for n in range(100)),
    kind="list",
    unit="people",
    note="an invented crowd, Granovetter's: one person for each threshold from 0 to 99",
)
HAZARD = assumed(
    "hazard",
    "chance that the regime ends in a year",
    (0.001, 0.05, 0.20),
    unit="probability",
    step=0.001,
    note="our number; taken as the same every year",
)
YEARS = assumed(
    "years",
    "years it has lasted since the report",
    (1.0, 23.0, 50.0),
    unit="years",
    step=1.0,
    domain="count",
    note="from 2002 to 2025",
)

# A dimension, its label, how alike we score the two (0 unlike, 0.5 partly, 1 alike), the claim or row it leans on, and why.
_DIMENSIONS = (
    (
        "army_control",
        "foreign control of the army",
        0.0,
        "gdr:G181",
        "338,000 Soviet soldiers were still in East Germany in October 1990, and its own army had about 173,000 in "
        "1988; none stood in the North",
    ),
    (
        "patron",
        "the patron's stance",
        0.5,
        "S2P4-g",
        "Moscow let go of East Berlin in 1989 and of the North by 1991; Beijing had not let go by 2002",
    ),
    (
        "exit_rate",
        "share of the people leaving",
        0.0,
        "gdr:G133",
        "about 1.3 in 100 within ten months, against 3 in 100,000 reaching the South in 2001",
    ),
    (
        "exit_visibility",
        "exits seen at home",
        0.5,
        "S2P4-d",
        "embassies were filmed in both cases; only East Germans could watch it at home",
    ),
    (
        "rival_state",
        "a richer state of the same nation takes them in",
        1.0,
        "S2P4-d",
        "Bonn and Seoul both counted arrivals as their own citizens",
    ),
    (
        "media",
        "reach of media from outside",
        0.0,
        "gdr:G223",
        "about 85 in 100 East Germans could watch Western television (recalled); sets in the North are fixed by law",
    ),
    (
        "churches",
        "churches or groups of their own",
        0.0,
        "S2P5-b",
        "our reading: churches sheltered groups in East Germany; none independent was known in the North",
    ),
    (
        "elite",
        "cohesion at the top",
        0.5,
        "S2P6-c",
        "our reading: both looked united from outside, as East Berlin did until autumn 1989",
    ),
    (
        "army_size",
        "soldiers for each inhabitant",
        0.0,
        "gdr:G198",
        "about 10 for every 1,000 people against 46, or 54 with paramilitary forces",
    ),
)
MATCHES = tuple(
    assumed(
        f"match_{key}",
        f"alike: {label}",
        (0.0, match, 1.0),
        unit="share",
        step=0.5,
        source=source,
        note=f"our score (0 unlike, 0.5 partly, 1 alike): {why}",
    )
    for key, label, match, source, why in _DIMENSIONS
)
WEIGHTS = tuple(
    assumed(
        f"weight_{key}",
        f"weight: {label}",
        (0.0, 1.0, 3.0),
        unit="times",
        step=0.5,
        domain="count",
        note="our number: every dimension counts the same until you say otherwise",
    )
    for key, label, *_ in _DIMENSIONS
)
