"""The numbers of the choice theme, each declared once with its range, basis and source."""

from tumen.core import Quantity, assumed, one_of

# The order of the rows and columns of every cost table.
OPTIONS = ("recognise", "exit", "tolerate", "repatriate")
CRITERIA = ("dprk", "precedent", "washington", "reputation", "pull", "humanitarian")
FEASIBLE = {"embassy": ("recognise", "exit", "repatriate"), "border": OPTIONS}
MOST_POINTS = 10.0  # the top of the scale of costs
VISIBILITY_AT_BORDER = 0.05  # our number, the start where the case is one at the border

SETTING = Quantity(
    key="setting",
    label="where the case arises",
    value="embassy",
    kind="choice",
    choices=("embassy", "border"),
    basis="report",
    source="S1P1-a",
    note="the report opens with a case in an embassy; inside one, looking away is no choice any more",
)
VISIBILITY = assumed(
    "visibility",
    "visibility of the case, of full visibility",
    (0.0, 1.0, 1.0),
    unit="share",
    note="our scale: 1 is filmed and printed abroad; a case at the border starts at 0.05",
)
PRECEDENT = assumed(
    "precedent",
    "chance that recognition is read as a precedent",
    (0.0, 0.7, 1.0),
    unit="probability",
    source="S1P3-f",
    note="our number; S1P3-f is worded as if it were 1, while China took in some 260,000 people from Indochina "
    "from 1978 on (china_minorities:C17) without such a reading that we know of",
)
WASHINGTON_FOLLOWS = one_of(
    "washington_follows",
    "does Washington's intervening hang on the precedent",
    ("no", "yes"),
    source="S1P3-g",
    note="ours: the wording (S1P3.7) can be read either way; no: one cost is added to the other and stays where it is; "
    "yes: the one follows from the other",
)


def _weight(key, label, value, source="", note="our number; the report gives no weights", high=0.6):
    more = {"unit": "share", "shape": "triangular", "step": 0.01, "source": source, "note": note}
    return assumed(key, label, (0.0, value, high), **more)


REPUTATION = one_of(
    "reputation",
    "China's name abroad, a cost we add",
    ("counted", "left out"),
    note="ours: no sentence of the report gives Beijing this cost; left out, the others share its weight",
)
W_DPRK = _weight("w_dprk", "weight of ties with Pyongyang", 0.25, "S1P3-c")
W_PRECEDENT = _weight("w_precedent", "weight of the precedent for minorities", 0.20, "S1P3-f")
W_WASHINGTON = _weight("w_washington", "weight of quarrels with Washington", 0.20, "S1P3-g")
W_REPUTATION = _weight(
    "w_reputation",
    "weight of China's name abroad (a cost of ours)",
    0.25,
    note="our number and our cost: the report names no such one; a filmed case settled within days suggested it to us",
)
W_PULL = _weight(
    "w_pull",
    "weight of drawing others to come",
    0.10,
    "S1P3-d",
    "our number; what recognition might do inside the North (S1P3-d) we read as more people setting out; the sentence does not say so",
)
W_HUMANITARIAN = _weight(
    "w_humanitarian",
    "weight of what happens to the people",
    0.0,
    high=1.0,
    note="a moral question, and the reader's: the report gives Beijing no such term; the others share what is left",
)

POINTS = {"kind": "table", "unit": "points", "domain": "count"}
SCORES = assumed(
    "scores",
    "cost points of an unseen case (rows: recognise, exit, tolerate, repatriate)",
    (
        (8.0, 10.0, 6.0, 0.0, 7.0, 0.0),
        (4.0, 1.0, 2.0, 1.0, 4.0, 1.0),
        (3.0, 0.0, 1.0, 0.0, 3.0, 4.0),
        (0.0, 0.0, 1.0, 0.0, 0.0, 10.0),
    ),
    note="ours, from 0 to 10, give or take 3; columns: Pyongyang, precedent, Washington, name abroad (a cost we add), "
    "pull, humanitarian; recognition's precedent point counts as far as the precedent is likely",
    **POINTS,
)
SEEN = assumed(
    "seen",
    "cost points that full visibility adds (same rows and columns)",
    (
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 2.0, 0.0, 0.0),
        (0.0, 0.0, 2.0, 10.0, 0.0, 0.0),
    ),
    note="ours: being seen to return people costs with Washington and most of all in China's name abroad",
    **POINTS,
)

HUMANITARIAN = one_of(
    "humanitarian",
    "let the humanitarian term count",
    ("no", "yes"),
    note="no: what happens to the people is no cost to Beijing; whether it should be is the reader's moral question",
)
DRAWS = assumed(
    "draws",
    "weightings tried",
    65_536,
    unit="weightings",
    domain="positive",
    whole=True,
    note="spread evenly over all weightings; a sample of more than 1,024 settings meets fewer, never under 1,024 each",
)


def _cost(key, label, value, made_of, domain) -> Quantity:
    note = f"our number: what the starting weights make of {made_of}"
    return assumed(key, label, value, unit="points", step=0.05, domain=domain, note=note)


REPUTATION_COST = _cost(
    "reputation_cost",
    "cost of returning a person whom all have seen",
    (0.5, 2.9, 8.0),
    "the points that visibility adds; most of it is China's name abroad, a cost we add",
    "positive",
)
EXIT_COST = _cost(
    "exit_cost",
    "what exit costs beyond returning an unseen person",
    (0.0, 2.05, 6.0),
    "ties with Pyongyang and of others who would follow",
    "count",
)
