"""The numbers of the history of flows, and of its what-ifs, each declared once with its range, basis and source."""

from tumen.core import Quantity

AID_EFFECT = Quantity(
    key="aid_effect",
    label="share of hardship a full aid programme removes",
    value=0.3,
    low=0.0,
    high=0.6,
    unit="share",
    step=0.01,
    basis="assumption",
    source="S3P1-i",
    domain="share",
    note="our number, net of diversion and of imports that aid replaced; arrivals alone can hardly tell it",
)
VARIANT = Quantity(
    key="variant",
    label="what makes arrivals grow",
    kind="choice",
    value="network",
    choices=("network", "routes"),
    basis="assumption",
    note=(
        "network: those who arrived bring others; routes: leaving China grew easier every year. Each has its own "
        "fitted parameters"
    ),
)
STOCKS = Quantity(
    key="stocks",
    label="whose count of people in China is fitted",
    kind="choice",
    value="robinson",
    choices=("robinson", "state"),
    basis="assumption",
    note=(
        "robinson: 75,000 in 1998, about 10,000 in 2007, 8,000 in 2012 (the last recalled); state: the State "
        "Department's and UNHCR's 100,000 to 2000, 40,000 in 2006"
    ),
)
AID = Quantity(
    key="aid",
    label="food aid from the South",
    kind="choice",
    value="actual",
    choices=("actual", "none", "double"),
    basis="assumption",
    note=(
        "actual: the tonnes of rok_aid, government only: rice and maize, and grain, flour and beans through the "
        "World Food Programme; a year without a row is 0; fertiliser is left out"
    ),
)
CRACKDOWN = Quantity(
    key="crackdown",
    label="when the border was tightened as in 2012",
    kind="choice",
    value="actual",
    choices=("actual", "earlier", "never"),
    basis="assumption",
    note="a what-if: earlier is by the years below; never leaves out that step alone",
)
YEARS_EARLIER = Quantity(
    key="years_earlier",
    label="years an earlier tightening comes before 2012",
    value=5,
    unit="years",
    basis="assumption",
    domain="count",
    whole=True,
    note="our number; used only when the tightening is set to earlier",
)
TRANSIT = Quantity(
    key="transit",
    label="passage through third countries",
    kind="choice",
    value="actual",
    choices=("actual", "shut", "open"),
    basis="assumption",
    note="a what-if: shut divides and open multiplies passage to the South by the number below",
)
TRANSIT_CHANGE = Quantity(
    key="transit_change",
    label="by how much shutting or opening changes passage",
    value=2,
    unit="times",
    basis="assumption",
    domain="positive",
    note="our number",
)
TRANSIT_YEAR = Quantity(
    key="transit_year",
    label="year in which third countries shut or open",
    value=2005,
    unit="year",
    basis="assumption",
    domain="count",
    whole=True,
    note="our number: the year after the airlift of 2004",
)
GRANT = Quantity(
    key="grant",
    label="the South's settlement grant",
    kind="choice",
    value="cut",
    choices=("cut", "kept"),
    basis="assumption",
    source="resettlement:H09",
    note="cut in 2005 from 28 to 10 million won; kept is a what-if",
)
GRANT_SHARE = Quantity(
    key="grant_share",
    label="share of the fall in passage in 2005 put down to the cut",
    value=0.3,
    unit="share",
    basis="assumption",
    domain="share",
    note="our number; the counts cannot part the cut from the tighter border of the same year",
)
STEP = Quantity(
    key="step",
    label="how finely time is stepped",
    kind="choice",
    value="year",
    choices=("year", "month"),
    basis="assumption",
    note="the parameters were fitted with yearly steps; monthly steps use the same rates",
)
PULL_FACTOR = Quantity(
    key="pull_factor",
    label="pull of the network, against the fitted one",
    value=1,
    unit="times",
    basis="assumption",
    domain="count",
    note="1 is the fit; 0 means that nobody who arrives brings another",
)
NETWORK_LIMIT = Quantity(
    key="network_limit",
    label="live network above which its pull levels off",
    value=15_000,
    unit="people",
    basis="assumption",
    domain="positive",
    note="our number, above anything the fitted history reaches, so that what-ifs do not explode",
)
NETWORK_1998 = Quantity(
    key="network_1998",
    label="live network at the beginning of 1998",
    value=300,
    unit="people",
    basis="assumption",
    domain="count",
    note="our number; 50 to 900 would do as well",
)
FULL_PROGRAMME = Quantity(
    key="full_programme",
    label="food aid of a full programme",
    value=500,
    unit="kt a year",
    basis="assumption",
    source="rok_aid:B207",
    domain="positive",
    note="our yardstick, the largest year's tonnage: rice in 2005",
)
HARDSHIP = Quantity(
    key="hardship",
    label="hardship before aid, each year from 1998 to 2024",
    kind="list",
    value=(
        *(1.00, 0.85, 0.75, 0.70, 0.65, 0.62, 0.60, 0.58, 0.58, 0.60, 0.60, 0.58, 0.57, 0.55),
        *(0.52, 0.50, 0.48, 0.48, 0.46, 0.48, 0.50, 0.50, 0.55, 0.60, 0.60, 0.55, 0.52),
    ),
    unit="share of 1998",
    basis="assumption",
    domain="count",
    note="our numbers; no yearly index of hardship exists",
)
