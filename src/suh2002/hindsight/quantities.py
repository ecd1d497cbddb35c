"""The numbers of the hindsight theme: breaks, the windows they are looked for in, and what is held fixed."""

from dataclasses import replace
from functools import partial

from suh2002.hindsight.causes import BY_KEY, HOLDABLE, Node
from tumen.core import Quantity, assumed, one_of

year = partial(assumed, unit="year", step=1, domain="count", whole=True)

BREAK_YEAR = year(
    "break_year",
    "first year after the break",
    (2006, 2012, 2015),
    note="our choice: the first full year under a new leader in Pyongyang and a tighter border",
)
FIRST_YEAR = year(
    "first_year",
    "first year of the window",
    (1998, 2002, 2003),
    note="our choice; it moves the answer more than anything else does",
)
LAST_YEAR = year(
    "last_year",
    "last year of the window",
    (2017, 2019, 2024),
    note="our choice: the last year before the border closed in 2020",
)

# --- aid beside arrivals -----------------------------------------------------------------------

AID_FIRST = replace(FIRST_YEAR, value=2000, note="our choice: the year of the first large shipment")
AID_LAST = replace(LAST_YEAR, low=2010, value=2011, high=2019, note="our choice: the year before arrivals broke")
AID_BREAK = year(
    "break_year",
    "year in which the trend may break",
    (2005, 2008, 2009),
    note="our choice: the first year for which our table has no food from the government in Seoul",
)

# --- the causal graph --------------------------------------------------------------------------

FREE, HELD = "free", "held"


def hold(node: Node) -> Quantity:
    """The choice to hold one thing of the graph fixed, as a study does that compares like years with like."""
    seen = f"our tables have {'a' if node.series else 'no'} yearly series of it"
    return one_of(
        node.key, node.name, (FREE, HELD), note=f"held: only years in which it was alike are compared; {seen}"
    )


HOLDS = tuple(hold(BY_KEY[key]) for key in HOLDABLE)
