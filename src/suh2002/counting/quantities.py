"""The numbers of the counting theme, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Entry, Quantity, assumed, one_of, stated

CLAIMED = stated(
    "claimed",
    "the figure the report doubts",
    300_000,
    "S2P2-d",
    unit="people",
    note="more than that by some estimates, in circulation since 1999; quite possibly inflated, says the report (S2P2-e)",
)
NEARER = replace(
    CLAIMED,
    key="nearer",
    label="the figure the report prefers",
    value=100_000,
    source="S2P3-f",
    note="given as approximate and more accurate (S2P3.6), from the hosts; how a number follows from them is not said",
)
PEOPLE = replace(
    CLAIMED,
    key="people",
    label="North Koreans in China",
    low=10_000,
    high=400_000,
    shape="log-uniform",
    step=5_000,
    note="the range spans what was in print by May 2002, with room above",
    kind="number",
)
HOSTS = stated(
    "hosts",
    "Korean Chinese who could host",
    (1_300_000, 1_500_000, 1_920_000),
    "S2P3-b",
    unit="people",
    shape="triangular",
    step=10_000,
    domain="positive",
    note="most likely about so many, says the report, and gives no source; the census of 2000 found 1.92 million",
)
HOUSEHOLD = assumed(
    "household",
    "people in a host household",
    (2.8, 3.3, 4.0),
    unit="people",
    shape="triangular",
    step=0.05,
    domain="positive",
    note="our number; no survey of host households was found",
)
LIMIT = one_of(
    "limit",
    "what is limited",
    ("lodging", "support"),
    source="S2P2-f",
    note="lodging is our reading; support is nearer the text, which speaks of help (S2P3-d) and of a living (S2P2-f)",
)
SUPPORT = {"hosting_share": 0.30, "guests": 1.0}  # where the two start if the limit is support; ours too
HOSTING_SHARE = assumed(
    "hosting_share",
    "share of households that host",
    (0.05, 0.20, 0.45),
    unit="share",
    shape="triangular",
    step=0.01,
    note="our number, 0.3 where the limit is support; nobody measured it",
)
GUESTS = assumed(
    "guests",
    "guests in a hosting household",
    (1.0, 1.3, 2.5),
    unit="people",
    shape="triangular",
    step=0.05,
    note="our number, 1 where the limit is support: people a household keeps beyond its own; nobody measured it",
)
DEPENDENT_SHARE = assumed(
    "dependent_share",
    "share of the people who depend on Korean Chinese",
    (0.6, 0.95, 1.0),
    mode=0.9,
    unit="share",
    shape="triangular",
    step=0.01,
    source="S2P2-f",
    domain="positive share",
    note="almost all of those who stay long, says the report; 0.95 is our number for that, taken here for everyone; later surveys suggest less",
)
INFLOW = assumed(
    "inflow",
    "people entering China and staying, a year",
    (10_000, 60_000, 200_000),
    unit="people a year",
    step=1_000,
    note="our number, chosen so that five years bring 300,000",
)
STAY = assumed(
    "stay",
    "mean stay in China",
    (0.25, 1.8, 5.0),
    unit="years",
    step=0.05,
    domain="positive",
    note="our number; stays ranged from days to many years",
)
YEARS = assumed(
    "years",
    "years since people began to come",
    (4, 5, 7),
    unit="years",
    step=0.25,
    source="S2P2-a",
    domain="positive",
    note="our number; the report dates the crossings from the shortages of 1995 to 1997",
)
PRIOR = assumed(
    "prior",
    "belief in 300,000 before the silence",
    (0.05, 0.5, 0.95),
    unit="probability",
    step=0.01,
    note="our number: even odds between 300,000 and 100,000",
)
SERIOUS_300K = assumed(
    "serious_if_300k",
    "chance that 300,000 people would make a serious problem",
    (0.05, 0.875, 1.0),
    unit="probability",
    step=0.005,
    source="S2P3-e",
    note="our number; the report says that they would have, and gives no ground for it",
)
SERIOUS_100K = assumed(
    "serious_if_100k",
    "chance that 100,000 people would make one",
    (0.0, 0.25, 0.95),
    unit="probability",
    step=0.005,
    note="our number; the report does not ask this of the figure it prefers",
)
SEEN = assumed(
    "seen_if_serious",
    "chance that a serious problem would be seen and told",
    (0.0, 0.8, 1.0),
    unit="probability",
    step=0.005,
    note="our number, and the same for either figure; the report does not speak of it",
)
ARRIVALS = stated(
    "arrivals",
    "arrivals in South Korea in the year",
    (71, 583, 2_914),
    "arrivals:A45",
    unit="people a year",
    shape="log-uniform",
    step=1,
    note="2001, as released in January 2002; the range runs from 1998 to 2009, the peak",
)
SHARE = assumed(
    "share",
    "share of those in China who reach the South in a year",
    (0.0009, 0.0058, 0.30),
    unit="share a year",
    shape="log-uniform",
    domain="positive share",
    note="our number, the one at which 583 arrivals mean 100,000; it moved some 300-fold within eleven years",
)
FIRST = assumed(
    "first",
    "names on the first invented list",
    (100, 400, 1_000),
    unit="names",
    step=10,
    domain="count",
    whole=True,
    note="invented: no real list is or should be used",
)
SECOND = replace(FIRST, key="second", label="names on the second invented list", value=300)
BOTH = replace(FIRST, key="both", label="names on both invented lists", value=12, low=2, high=60, step=1)


def _printed(value, speaker: str, row: str, ours: str = "") -> Entry:
    """A figure by its row of the estimates; it counts as an assumption where something in it is `ours`."""
    return Entry(value, speaker, "assumption" if ours else "data", f"china_estimates:{row}", ours)


POINTS = Quantity(
    key="points",
    label="four published figures",
    kind="list",
    unit="people",
    basis="assumption",
    domain="positive",
    note="which four to take is our choice; three are rows of the table, one is a midpoint",
    entries=(
        _printed(10_000, "Government of China, as reported, 2001", "E17"),
        _printed(30_000, "UNHCR, as reported by Seoul, February 2002", "E23"),
        _printed(100_000, "US State Department, for 2000", "E13", "midpoint of 75,000 to 125,000, printed in 2005"),
        _printed(300_000, "Good Friends, 1999", "E06"),
    ),
)
EXPERTS = replace(
    POINTS,
    key="experts",
    label="five speakers' ranges",
    items="range",
    note="read as 90 per cent ranges, which no speaker said they were",
    value=None,
    entries=(
        _printed((5_000, 10_000), "Government of China", "E24", "the source says 10,000 or fewer; 5,000 is ours"),
        _printed((20_000, 40_000), "UNHCR", "E23", "the source says 30,000; the width is ours"),
        _printed(
            (50_000, 100_000),
            "US Committee for Refugees",
            "E36",
            "50,000 for 2001, 100,000 for 2002: two editions joined by us",
        ),
        _printed((75_000, 125_000), "US State Department, for 2000", "E13"),
        _printed(
            (150_000, 300_000),
            "Good Friends and other NGOs",
            "E26",
            "the source says 200,000 to 300,000; the lower end is widened by us",
        ),
    ),
)
