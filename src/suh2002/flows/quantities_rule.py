"""The numbers of the chain of arrivals, of settling and of the rule, each declared once with its range, basis and source."""

from dataclasses import replace

from tumen.core import Quantity, assumed, one_of

COUNTED = one_of(
    "counted",
    "what counts as aid",
    ("food", "rice and maize", "food and fertiliser"),
    source="S3P2-e",
    note="tonnes sent by the government in Seoul, as gift or loan; food: rice and maize, and grain, flour and beans "
    "through the World Food Programme; fertiliser of 2006 is known to us from memory",
)
CAPACITY = assumed(
    "capacity",
    "arrivals the South can settle in a year",
    (1_000, 3_000, 5_000),
    unit="people a year",
    step=100,
    note="our number",
)
PULL = assumed(
    "pull",
    "arrivals each live member of the network brings in a year, without enforcement",
    (0.1, 0.605, 0.9),
    unit="people a year",
    step=0.005,
    source="flows_fits:F04",
    domain="positive",
    note="our fit, rounded: network, Robinson's stocks, an aid effect of 0.3",
)
DECAY = assumed(
    "decay",
    "share of the network that falls silent in a year",
    (0.05, 0.154, 0.4),
    unit="share a year",
    step=0.001,
    source="flows_fits:F04",
    domain="positive share",
    note="our fit, rounded",
)
ENFORCEMENT = assumed(
    "enforcement",
    "enforcement added since 1998",
    (0.0, 0.0, 4.0),
    unit="log points",
    step=0.05,
    note="0 is 1998; 0.7 halves passage, 1.4 quarters it",
)
INDICATOR = one_of(
    "indicator",
    "the number that must rise",
    ("arrivals", "present", "crossings"),
    source="S3P2-e",
    note="the report says numbers; arrivals are observed, people present in China and crossings are the model's",
)
THRESHOLD = assumed(
    "threshold",
    "food aid that counts as enough",
    (100, 1_000, 2_000),
    unit="kt in the window",
    step=50,
    source="S3P2-e",
    domain="count",
    note="our number; the report says enough to be recognised abroad",
)
WINDOW = assumed(
    "window",
    "years over which aid is added up",
    (1, 3, 5),
    unit="years",
    step=1,
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

YEAR = assumed(
    "year",
    "year",
    (1998, 2002, 2024),
    unit="year",
    step=1,
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
