"""What the counting models give along one axis: the lines a chart draws, computed by the models themselves."""

import numpy as np

from suh2002.counting.models import CEILING, MULTIPLIER, RATIO, STOCK
from tumen.core import Result

OCCUPANCY_TOP = 1.2  # people per household over all households: the right end of the ceiling's picture


def ceiling_by_occupancy(result: Result):
    """The ceiling (people) against people per household over all households: two points of a straight line."""
    occupancy = np.array([0.0, OCCUPANCY_TOP])
    return occupancy, CEILING.run(**{**result.inputs, "hosting_share": occupancy, "guests": 1.0})["ceiling"]


def occupancy(result: Result) -> float:
    """People per household over all households, lodged or supported as the limit says."""
    return result["hosting_share"] * result["guests"]


def stock_over_time(result: Result, points: int = 17):
    """Years since the beginning, people present and people entered at each of them."""
    years = np.linspace(0, result["years"], points)
    out = STOCK.run(result["inflow"], result["stay"], np.maximum(years, 1e-9))
    return years, out["present"], out["entered"]


def people_by_share(result: Result):
    """People in China against the share who arrive in a year, at the ends of the share's range."""
    share = MULTIPLIER.quantity("share")
    shares = np.array([share.low, share.high])
    return shares, MULTIPLIER.run(result["arrivals"], shares)["people"]


def guests_per_1000(people: float, hosts: float) -> float:
    """Guests for every 1,000 hosts."""
    return RATIO.run(people, hosts, 1.0)["guests_per_1000_hosts"]
