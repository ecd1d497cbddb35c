"""The numbers of the alternatives theme: eleven uncertain quantities, what the policies do, and what is valued.

All of it is ours and none of it the report's; the weights are the reader's to move.
"""

from tumen.core import Entry, Quantity, assumed, one_of


def _range(key: str, label: str, drawn: tuple[float, float], unit: str, note: str, **more) -> Quantity:
    """An uncertain quantity as a range to draw from, uniformly; its slider has the same ends unless `more` has others."""
    given = {"low": drawn[0], "high": drawn[1], "unit": unit, "note": f"our range, drawn from uniformly; {note}"} | more
    return assumed(key, label, (drawn,), kind="list", items="range", **given)


VALUED = "a value, not a fact, and the reader's to set"
COUNT = {"domain": "count"}

UNCERTAIN = (
    _range(
        "aid_effect",
        "share of hardship a full aid programme removes",
        (0, 0.6),
        "share",
        "arrivals alone cannot tell it",
    ),
    _range(
        "reciprocity", "how much engagement loosens the border", (0, 0.5), "log points", "0 means not at all", **COUNT
    ),
    _range("diversion", "share of aid that never reaches those in need", (0.05, 0.6), "share", "estimates differ"),
    _range(
        "pull", "arrivals each live member of the network brings in a year", (0.1, 0.7), "people a year", "see flows"
    ),
    _range("decay", "share of the network that falls silent in a year", (0.08, 0.3), "share a year", "see flows"),
    _range("crackdown", "enforcement that pressure calls forth", (0, 2), "log points", "0.7 halves passage", **COUNT),
    _range("surge", "chance of a sudden mass exit in a year", (0.002, 0.05), "share a year", "nobody knows it"),
    _range(
        "surge_reduction",
        "share of that chance which engagement takes away",
        (-0.3, 0.8),
        "share",
        "below 0 aid props up what later breaks",
        domain="real",
    ),
    _range("credibility", "chance that promises are kept and believed", (0.1, 0.9), "probability", "see dialogue"),
    _range(
        "weight_leavers",
        "weight on those who leave, against those who stay",
        (0.2, 0.8),
        "share",
        VALUED,
        low=0,
        high=1,
    ),
    _range("weight_tension", "weight on tension between the states", (0, 0.4), "share", VALUED, high=1, **COUNT),
)

POLICIES = ("engage", "pressure", "quiet", "conditional")
RULES = {"share best": "best_share", "mean regret": "mean_regret", "max regret": "max_regret"}
RULE = one_of(
    "rule",
    "the rule by which one policy is chosen",
    tuple(RULES),
    note="share best: best in the most cases; mean or max regret: the smallest mean, or the smallest largest, regret",
)
LEVER_TABLE = assumed(
    "levers",
    f"what each policy does, a row each for {', '.join(POLICIES)}",
    (
        (1.0, -0.5, 0.0, 0.0, 0.8, 1.0, 0.0, 0.2, 0.3),
        (0.0, 0.0, 1.0, 0.0, 1.1, 0.0, 0.0, 0.8, 0.1),
        (0.3, 0.0, 0.15, 0.0, 1.2, 0.2, 0.0, 0.4, 0.15),
        (0.6, 0.0, 0.0, 0.4, 1.0, 0.0, 0.5, 0.5, 0.8),
    ),
    kind="table",
    note="our numbers; columns: aid, share of a full programme; added enforcement for each unit of reciprocity; added "
    "enforcement for each unit of crackdown; added enforcement for each unit of crackdown where promises fail; factor on "
    "the network's pull; engagement that bears on a surge; engagement that bears on a surge where promises hold; tension; "
    "rights gained where promises hold",
)


def _fixed(key: str, label: str, value: float, unit: str, note: str = "our number", **more) -> Quantity:
    """A number the model holds still: it can be set, and is not drawn."""
    return assumed(key, label, value, unit=unit, note=note, **more)


WHOLE = {"domain": "positive", "whole": True}
DRAWS = _fixed("draws", "cases drawn", 65_536, "cases", "enough for shares in steady whole per cents", **WHOLE)
SEED = _fixed(
    "seed",
    "which sample is drawn",
    2002,
    "sample number",
    "any whole number; another one shows the sampling error",
    domain="count",
    whole=True,
)
MORAL = "ours, and a moral question: the reader's to set or to refuse"

FIXED = (
    _fixed("years", "years looked ahead", 10, "years", **WHOLE),
    _fixed("crossings", "crossings in a year without aid", 30_000, "people a year"),
    _fixed("present", "people in China at the start", 60_000, "people"),
    _fixed("network", "live network at the start", 1_000, "people"),
    _fixed("exit_rate", "share of those in China who reach the South alone in a year", 0.003, "share a year"),
    _fixed("enforcement", "enforcement on passage already there", 0.4, "log points"),
    _fixed("return_rate", "share of those in China who are returned in a year", 0.15, "share a year"),
    _fixed("other_loss", "share of those in China who leave it otherwise in a year", 0.35, "share a year"),
    _fixed("per_protected", "people protected that count as one point", 15_000, "people", MORAL, domain="positive"),
    _fixed("per_returned", "people returned that cost one point", 60_000, "people", MORAL, domain="positive"),
    _fixed("per_relief", "hardship relieved that counts as one point", 0.5, "share", MORAL, domain="positive"),
    _fixed("box_density", "how sure the box must make engagement", 0.9, "share", domain="positive share"),
)

NAMES = ("Engage", "Quiet exits")
PAYOFFS = Quantity(
    key="payoffs",
    label="what each policy is worth in each of two states, a row a policy",
    kind="table",
    basis="assumption",
    note="our numbers, for the exercise: the first row is Engage, the second Quiet exits",
    entries=(
        Entry((3.0, 0.0), NAMES[0], note="3 if the first state comes, 0 if the second"),
        Entry((2.0, 1.5), NAMES[1], note="2 if the first state comes, 1.5 if the second"),
    ),
)
P = assumed("p", "chance of the first state", (0.0, 0.6, 1.0), unit="probability", note="our number")
