"""What a loaf costs: one chapter of an invented brief, all in one file."""

from tumen.core import Finding, Model, Output, Quantity
from tumen.evidence.exhibit import Exhibit

GRAIN = Quantity(
    key="grain", label="price of grain", unit="coins a sack", value=4, low=1, high=9, basis="data", source="harvests:H2"
)
LOAVES = Quantity(
    key="loaves", label="loaves from a sack", unit="loaves", value=50, low=20, high=90, basis="assumption", note="ours"
)
LOAF = Model(
    key="bread.loaf",
    question="What does a loaf cost?",
    claims=("B1-b",),
    quantities=(GRAIN, LOAVES),
    run=lambda grain, loaves: {"price": grain / loaves},
    outputs=(Output("price", "price of a loaf", "coins"),),
    findings=(Finding("B1-b", "a loaf costs less than a tenth of a coin", "tests", lambda out, q: 0.1 - out["price"]),),
    formula="price = grain ÷ loaves",
    leaves_out="The baker.",
    verdict=lambda r: f"A loaf costs {r['price']:.2f} coins.",
)
HARVESTS = Exhibit(
    key="bread.harvests",
    question="What did grain cost?",
    table="harvests",
    choose=list,
    columns=("id", "year", "coins"),
    as_of="written",
)
MODELS, EXHIBITS, PICTURES = (LOAF,), (HARVESTS,), {}
loaf, harvests = LOAF, HARVESTS
