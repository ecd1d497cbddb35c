"""The numbers of the hindsight theme: one break and the window it is looked for in."""

from tumen.core import Quantity

BREAK_YEAR = Quantity(
    key="break_year",
    label="first year after the break",
    value=2012,
    low=2006,
    high=2015,
    unit="year",
    step=1,
    basis="assumption",
    domain="count",
    whole=True,
    note="our choice: the first full year under a new leader in Pyongyang and a tighter border",
)
FIRST_YEAR = Quantity(
    key="first_year",
    label="first year of the window",
    value=2002,
    low=1998,
    high=2003,
    unit="year",
    step=1,
    basis="assumption",
    domain="count",
    whole=True,
    note="our choice; it moves the answer more than anything else does",
)
LAST_YEAR = Quantity(
    key="last_year",
    label="last year of the window",
    value=2019,
    low=2017,
    high=2024,
    unit="year",
    step=1,
    basis="assumption",
    domain="count",
    whole=True,
    note="our choice: the last year before the border closed in 2020",
)
