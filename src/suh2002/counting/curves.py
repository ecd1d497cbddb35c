"""What the counting models give along one axis: the lines a chart draws, computed by the models themselves."""

import numpy as np

from suh2002.counting.models import CEILING, MULTIPLIER, RATIO, STOCK
from tumen.core import Result


def ceiling_by_occupancy(result: Result, most: float):
    """The ceiling (people) against people per household over all households, up to the most: two points of a straight line."""
    occupancy = np.array([0.0, most])
    return occupancy, CEILING.run(**{**result.inputs, "hosting_share": occupancy, "guests": 1.0})["ceiling"]


def occupancy(result: Result) -> float:
    """People per household over all households, lodged or supported as the limit says."""
    return result["hosting_share"] * result["guests"]


def present_over_time(result: Result, _axis=None, points: int = 17):
    """Years since the beginning, and people present at each of them."""
    years = np.linspace(0, result["years"], points)
    return years, STOCK.run(result["inflow"], result["stay"], np.maximum(years, 1e-9))["present"]


def entered_over_time(result: Result, _axis=None):
    """Years since the beginning, and people who have entered by then: two points of a straight line."""
    years = np.array([0.0, result["years"]])
    return years, STOCK.run(result["inflow"], result["stay"], np.maximum(years, 1e-9))["entered"]


def people_by_share(result: Result, _axis=None):
    """People in China against the share who arrive in a year, at the ends of the share's range in use."""
    share = result.model.quantity("share")
    shares = np.array([share.low, share.high])
    return shares, MULTIPLIER.run(result["arrivals"], shares)["people"]


def guests_per_1000(people: float, hosts: float) -> float:
    """Guests for every 1,000 hosts."""
    return RATIO.run(people, hosts, 1.0)["guests_per_1000_hosts"]
