"""The numbers of the hindsight theme: breaks, the windows they are looked for in, and what is held fixed."""

from dataclasses import replace

from suh2002.flows.quantities_rule import YEAR
from suh2002.hindsight.causes import BY_KEY, HOLDABLE, Node
from tumen.core import Quantity, one_of

BREAK_YEAR = replace(
    YEAR,
    key="break_year",
    label="first year after the break",
    value=2012,
    low=2006,
    high=2015,
    note="our choice: the first full year under a new leader in Pyongyang and a tighter border",
)
FIRST_YEAR = replace(
    YEAR,
    key="first_year",
    label="first year of the window",
    value=2002,
    low=1998,
    high=2003,
    note="our choice; it moves the answer more than anything else does",
)
LAST_YEAR = replace(
    YEAR,
    key="last_year",
    label="last year of the window",
    value=2019,
    low=2017,
    high=2024,
    note="our choice: the last year before the border closed in 2020",
)

# --- aid beside arrivals -----------------------------------------------------------------------

AID_FIRST = replace(
    FIRST_YEAR,
    value=2000,
    note="our choice: the year of the first large shipment",
)
AID_LAST = replace(
    LAST_YEAR,
    value=2011,
    low=2010,
    high=2019,
    note="our choice: the year before arrivals broke",
)
AID_BREAK = replace(
    BREAK_YEAR,
    label="year in which the trend may break",
    value=2008,
    low=2005,
    high=2009,
    note="our choice: the first year without food from Seoul",
)

# --- the causal graph --------------------------------------------------------------------------

FREE, HELD = "free", "held"


def hold(node: Node) -> Quantity:
    """The choice to hold one thing of the graph fixed, as a study does that compares like years with like."""
    seen = "our tables have a yearly series of it" if node.series else "our tables have no yearly series of it"
    return one_of(
        node.key, node.name, (FREE, HELD), note=f"held: only years in which it was alike are compared; {seen}"
    )


HOLDS = tuple(hold(BY_KEY[key]) for key in HOLDABLE)
