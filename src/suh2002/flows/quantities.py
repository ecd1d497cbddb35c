"""The numbers of the history of flows, and of its what-ifs, each declared once with its range, basis and source."""

from tumen.core import assumed, one_of

AID_EFFECT = assumed(
    "aid_effect",
    "share of hardship a full aid programme removes",
    (0.0, 0.3, 0.6),
    unit="share",
    step=0.01,
    source="S3P1-i",
    note="our number, net of diversion and of imports that aid replaced; arrivals alone can hardly tell it",
)
VARIANT = one_of(
    "variant",
    "what makes arrivals grow",
    ("network", "routes"),
    note="network: those who arrived bring others; routes: leaving China grew easier every year. Each has its own "
    "fitted parameters",
)
STOCKS = one_of(
    "stocks",
    "whose estimate of people in China is fitted",
    ("robinson", "state"),
    note="robinson, from three of his works: 75,000 in 1998, about 10,000 for 6,000 to 16,000 in 2007, 8,000 in 2012 "
    "(recalled); state: 100,000 as the middle of State's range for 2000, taken for 1998 too, and 40,000 of State's and "
    "UNHCR's in 2006",
)
AID = one_of(
    "aid",
    "food aid from the South",
    ("actual", "none", "double"),
    note="actual: the tonnes of rok_aid, government only: rice and maize, and grain, flour and beans through the "
    "World Food Programme; a year without a row is 0; fertiliser is left out",
)
CRACKDOWN = one_of(
    "crackdown",
    "when the border was tightened as in 2012",
    ("actual", "earlier", "never"),
    note="a what-if: earlier is by the years below; never leaves out that step alone",
)
YEARS_EARLIER = assumed(
    "years_earlier",
    "years an earlier tightening comes before 2012",
    5,
    unit="years",
    domain="count",
    whole=True,
    note="our number; used only when the tightening is set to earlier",
)
TRANSIT = one_of(
    "transit",
    "passage through third countries",
    ("actual", "shut", "open"),
    note="a what-if: shut divides and open multiplies passage to the South by the number below",
)
TRANSIT_CHANGE = assumed(
    "transit_change",
    "by how much shutting or opening changes passage",
    2,
    unit="times",
    domain="positive",
    note="our number",
)
TRANSIT_YEAR = assumed(
    "transit_year",
    "year in which third countries shut or open",
    2005,
    unit="year",
    domain="count",
    whole=True,
    note="our number: the year after the airlift of 2004",
)
GRANT = one_of(
    "grant",
    "the South's settlement grant",
    ("cut", "kept"),
    source="resettlement:H09",
    note="cut in 2005 from 28 to 10 million won; kept is a what-if",
)
GRANT_SHARE = assumed(
    "grant_share",
    "share of the fall in passage in 2005 put down to the cut",
    0.3,
    unit="share",
    note="our number; the counts cannot part the cut from the tighter border of the same year",
)
STEP = one_of(
    "step",
    "how finely time is stepped",
    ("year", "month"),
    note="the parameters were fitted with yearly steps; monthly steps use the same rates",
)
PULL_FACTOR = assumed(
    "pull_factor",
    "pull of the network, against the fitted one",
    1,
    unit="times",
    domain="count",
    note="1 is the fit; 0 means that nobody who arrives brings another",
)
NETWORK_LIMIT = assumed(
    "network_limit",
    "live network above which its pull levels off",
    15_000,
    unit="people",
    domain="positive",
    note="our number, above anything the fitted history reaches, so that what-ifs do not explode",
)
NETWORK_1998 = assumed(
    "network_1998",
    "live network at the beginning of 1998",
    300,
    unit="people",
    note="our number; 50 to 900 would do as well",
)
FULL_PROGRAMME = assumed(
    "full_programme",
    "food aid of a full programme",
    500,
    unit="kt a year",
    source="rok_aid:B207",
    domain="positive",
    note="our yardstick, the largest year's tonnage: rice in 2005",
)
HARDSHIP = assumed(
    "hardship",
    "hardship before aid, each year from 1998 to 2024",
    (
        *(1.00, 0.85, 0.75, 0.70, 0.65, 0.62, 0.60, 0.58, 0.58, 0.60, 0.60, 0.58, 0.57, 0.55),
        *(0.52, 0.50, 0.48, 0.48, 0.46, 0.48, 0.50, 0.50, 0.55, 0.60, 0.60, 0.55, 0.52),
    ),
    kind="list",
    unit="share of 1998",
    domain="count",
    note="our numbers; no yearly index of hardship exists",
)
