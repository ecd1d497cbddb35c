"""The numbers of the alternatives theme: eleven uncertain quantities, what the policies do, and what is valued.

All of it is ours and none of it the report's; the weights are the reader's to move.
"""

from tumen.core import Entry, Quantity, assumed, one_of


def _range(
    key: str, label: str, drawn: tuple[float, float], unit: str, note: str, domain: str = "real", ends=None
) -> Quantity:
    """An uncertain quantity as a range to draw from, uniformly; `ends` are those of its slider, the range's own if None."""
    least, most = ends or drawn
    return Quantity(
        key=key,
        label=label,
        kind="list",
        items="range",
        value=(drawn,),
        low=least,
        high=most,
        unit=unit,
        basis="assumption",
        domain=domain,
        note=f"our range, drawn from uniformly; {note}",
    )


AID_EFFECT = _range(
    "aid_effect",
    "share of hardship a full aid programme removes",
    (0, 0.6),
    "share",
    "arrivals alone cannot tell it",
    "share",
)
CREDIBILITY = _range(
    "credibility", "chance that promises are kept and believed", (0.1, 0.9), "probability", "see dialogue", "share"
)

UNCERTAIN = (
    AID_EFFECT,
    _range(
        "reciprocity", "how much engagement loosens the border", (0, 0.5), "log points", "0 means not at all", "count"
    ),
    _range(
        "diversion", "share of aid that never reaches those in need", (0.05, 0.6), "share", "estimates differ", "share"
    ),
    _range(
        "pull",
        "arrivals each live member of the network brings in a year",
        (0.1, 0.7),
        "people a year",
        "see flows",
        "count",
    ),
    _range(
        "decay", "share of the network that falls silent in a year", (0.08, 0.3), "share a year", "see flows", "share"
    ),
    _range("crackdown", "enforcement that pressure calls forth", (0, 2), "log points", "0.7 halves passage", "count"),
    _range(
        "surge", "chance of a sudden mass exit in a year", (0.002, 0.05), "share a year", "nobody knows it", "share"
    ),
    _range(
        "surge_reduction",
        "share of that chance which engagement takes away",
        (-0.3, 0.8),
        "share",
        "below 0 aid props up what later breaks",
    ),
    CREDIBILITY,
    _range(
        "weight_leavers",
        "weight on those who leave, against those who stay",
        (0.2, 0.8),
        "share",
        "a value, not a fact, and the reader's to set",
        "share",
        (0, 1),
    ),
    _range(
        "weight_tension",
        "weight on tension between the states",
        (0, 0.4),
        "share",
        "a value, not a fact, and the reader's to set",
        "count",
        (0, 1),
    ),
)

POLICIES = ("engage", "pressure", "quiet", "conditional")
RULES = {"share best": "best_share", "mean regret": "mean_regret", "max regret": "max_regret"}
RULE = one_of(
    "rule",
    "the rule by which one policy is chosen",
    tuple(RULES),
    value="share best",
    note="share best: best in the most cases; mean or max regret: the smallest mean, or the smallest largest, regret",
)
# What a row of the table of levers says, in the order of its columns.
LEVERS = (
    "aid, share of a full programme",
    "added enforcement for each unit of reciprocity",
    "added enforcement for each unit of crackdown",
    "added enforcement for each unit of crackdown where promises fail",
    "factor on the network's pull",
    "engagement that bears on a surge",
    "engagement that bears on a surge where promises hold",
    "tension",
    "rights gained where promises hold",
)
LEVER_TABLE = Quantity(
    key="levers",
    label=f"what each policy does, a row each for {', '.join(POLICIES)}",
    kind="table",
    value=(
        (1.0, -0.5, 0.0, 0.0, 0.8, 1.0, 0.0, 0.2, 0.3),
        (0.0, 0.0, 1.0, 0.0, 1.1, 0.0, 0.0, 0.8, 0.1),
        (0.3, 0.0, 0.15, 0.0, 1.2, 0.2, 0.0, 0.4, 0.15),
        (0.6, 0.0, 0.0, 0.4, 1.0, 0.0, 0.5, 0.5, 0.8),
    ),
    basis="assumption",
    note=f"our numbers; columns: {'; '.join(LEVERS)}",
)


def _fixed(
    key: str, label: str, value: float, unit: str, note: str = "our number", domain: str = "count", **more
) -> Quantity:
    """A number the model holds still: it can be set, and is not drawn."""
    return assumed(key, label, value, unit=unit, domain=domain, note=note, **more)


DRAWS = _fixed(
    "draws", "cases drawn", 65_536, "cases", "enough for shares in steady whole per cents", "positive", whole=True
)
SEED = _fixed(
    "seed",
    "which sample is drawn",
    2002,
    "sample number",
    "any whole number; another one shows the sampling error",
    whole=True,
)
MORAL = "ours, and a moral question: the reader's to set or to refuse"

FIXED = (
    _fixed("years", "years looked ahead", 10, "years", domain="positive", whole=True),
    _fixed("crossings", "crossings in a year without aid", 30_000, "people a year"),
    _fixed("present", "people in China at the start", 60_000, "people"),
    _fixed("network", "live network at the start", 1_000, "people"),
    _fixed(
        "exit_rate",
        "share of those in China who reach the South alone in a year",
        0.003,
        "share a year",
        domain="share",
    ),
    _fixed("enforcement", "enforcement on passage already there", 0.4, "log points", domain="real"),
    _fixed("return_rate", "share of those in China who are returned in a year", 0.15, "share a year", domain="share"),
    _fixed(
        "other_loss", "share of those in China who leave it otherwise in a year", 0.35, "share a year", domain="share"
    ),
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
P = assumed(
    "p", "chance of the first state", (0.0, 0.6, 1.0), unit="probability", step=0.01, domain="share", note="our number"
)
