"""The numbers of the chain of arrivals, of settling and of the rule, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Quantity

COUNTED = Quantity(
    key="counted",
    label="what counts as aid",
    kind="choice",
    value="food",
    choices=("food", "rice and maize", "food and fertiliser"),
    basis="assumption",
    source="S3P2-e",
    note=(
        "tonnes sent by the government in Seoul, as gift or loan; food: rice and maize, and grain, flour and beans "
        "through the World Food Programme; fertiliser of 2006 is known to us from memory"
    ),
)
CAPACITY = Quantity(
    key="capacity",
    label="arrivals the South can settle in a year",
    value=3_000,
    low=1_000,
    high=5_000,
    unit="people a year",
    step=100,
    basis="assumption",
    domain="count",
    note="our number",
)
PULL = Quantity(
    key="pull",
    label="arrivals each live member of the network brings in a year, without enforcement",
    value=0.605,
    low=0.1,
    high=0.9,
    unit="people a year",
    step=0.005,
    basis="assumption",
    source="flows_fits:F04",
    domain="positive",
    note="our fit, rounded: network, Robinson's stocks, an aid effect of 0.3",
)
DECAY = Quantity(
    key="decay",
    label="share of the network that falls silent in a year",
    value=0.154,
    low=0.05,
    high=0.4,
    unit="share a year",
    step=0.001,
    basis="assumption",
    source="flows_fits:F04",
    domain="positive share",
    note="our fit, rounded",
)
ENFORCEMENT = Quantity(
    key="enforcement",
    label="enforcement added since 1998",
    value=0.0,
    low=0.0,
    high=4.0,
    unit="log points",
    step=0.05,
    basis="assumption",
    note="0 is 1998; 0.7 halves passage, 1.4 quarters it",
)
INDICATOR = Quantity(
    key="indicator",
    label="the number that must rise",
    kind="choice",
    value="arrivals",
    choices=("arrivals", "present", "crossings"),
    basis="assumption",
    source="S3P2-e",
    note="the report says numbers; arrivals are observed, people present in China and crossings are the model's",
)
THRESHOLD = Quantity(
    key="threshold",
    label="food aid that counts as enough",
    value=1_000,
    low=100,
    high=2_000,
    unit="kt in the window",
    step=50,
    basis="assumption",
    source="S3P2-e",
    domain="count",
    note="our number; the report says enough to be recognised abroad",
)
WINDOW = Quantity(
    key="window",
    label="years over which aid is added up",
    value=3,
    low=1,
    high=5,
    unit="years",
    step=1,
    basis="assumption",
    source="S3P2-e",
    domain="positive",
    whole=True,
    note="our number, the year itself included; the report gives no clock",
)
RISES = replace(
    WINDOW,
    key="rises",
    label="rises in a row that count as still increasing",
    value=2,
    high=4,
    unit="rises",
    note="our number; the report says still",
)

YEAR = Quantity(
    key="year",
    label="year",
    value=2002,
    low=1998,
    high=2024,
    unit="year",
    step=1,
    basis="assumption",
    domain="count",
    whole=True,
    note="the year of the report to begin with",
)


def _of(coder: str, quantity: Quantity, **changes) -> Quantity:
    """A quantity of the rule as one of two coders sets it."""
    words = f"{coder} coding: {quantity.label}"
    return replace(quantity, key=f"{coder}_{quantity.key}", label=words, **changes)


RULE_PARTS = (INDICATOR, COUNTED, THRESHOLD, WINDOW, RISES)
FIRST_CODING = tuple(_of("first", x) for x in RULE_PARTS)
SECOND_CODING = (
    *(_of("second", x) for x in (INDICATOR, COUNTED)),
    _of("second", THRESHOLD, value=500, note="another reader's number; the report says enough to be recognised abroad"),
    _of("second", WINDOW, value=1, note="another reader's clock: the year itself"),
    _of("second", RISES, value=1, note="another reader's: up on the year before"),
)
