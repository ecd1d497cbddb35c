"""How the two games and trust are drawn: demands against trust, one gain against many losses, three partners, yearly votes."""

from __future__ import annotations

from suh2002.dialogue import curves, models
from suh2002.dialogue.curves import FIRST, LINKED, NEEDED, PARTNER, TAKEN, VOTED
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import ASIDE, BASIS, INK, QUIET
from tumen.core.words import number

# --- recognition first or rights first ---------------------------------------------------------


def _linked(result, axis):
    trust = axis.points(25) ** 2  # close together where the curve is steep
    return trust, curves.carried(result, trust)


def _steps(result):
    """A place for each year or vote between trust as first said and as it stands."""
    return [(trust, trust, demand, "") for trust, demand in curves.steps_of_trust(result)[1:-1]]


def _moved(result) -> bool:
    return len(curves.steps_of_trust(result)) > 1


HOLDUP = declared(
    models.HOLDUP,
    "What recognition first and rights first can ask, by trust",
    Axis("chance Pyongyang gives that the promise is kept (trust)", 0, 1, grid=False),
    Axis("largest demand it can carry, steps", 0, 8),
    Rule("needed", "equal at a trust of {trust_needed:2}", x="trust_needed", dash=(2, 3)),
    Line(
        "first",
        lambda r, _axis: ((0, 1), (r["engage"],) * 2),
        "recognition first, which does not hang on trust",
        "recognition first: {engage:2}",
        width=3,
        from_left=True,
    ),
    Line("linked", _linked, "rights first", "rights first, at each trust"),
    Line("gap", lambda r, _axis: ((models.believed(r),) * 2, (r["engage"], r["linkage"])), width=1, begins=False),
    Dot(
        "here",
        models.believed,
        "linkage",
        "rights first, here: {linkage:2}",
        ("your setting, where recognition first carries at least as much", "where it does not"),
        holds=lambda r: r["engage"] >= r["linkage"],
    ),
    Each("step", _steps, "small circles: each year or vote", filled=False, size=45, label=False),
    Dot(
        "said",
        "trust",
        lambda r: curves.carried(r, r["trust"]),
        "as first said",
        "trust as first said, before a history of promises kept and votes",
        shape="square",
        size=80,
        shown=_moved,
        **ASIDE,
    ),
    guess={"trust_needed": "x"},
    also={
        "here": models.believed,
        "history": lambda r: f", which a history has moved from {number(r['trust'], 2)}" if _moved(r) else "",
    },
    words="The demand each way can carry, against trust. At a trust of {here:2}{history}, recognition first carries {engage:2} steps and "
    "rights first {linkage:2} (starting case {start.engage:2} and {start.linkage:2}). The two are equal at a trust of {trust_needed:2}.",
)

# --- one gain, many losses ---------------------------------------------------------------------

LATER = 9  # the place of all rounds after the eighth
BARS = {"upright": True, "size": 34, "letters": 13}


def _most(model):
    """The most that one round can cost, below zero, and that breaking can gain, over the ranges in use."""
    breaks, keeps, after = (model.quantity(k) for k in ("temptation", "reward", "punishment"))
    return 0.9 * (after.low - keeps.high), breaks.high - keeps.low  # a later round counts less than one today


def _gain(result) -> float:
    return result["temptation"] - result["reward"]


def _losses(result):
    """A bar for each round after, and one for all later; what they come to stands at the deepest."""
    depths = curves.losses(result, LATER).tolist()
    said = "and costs {gain:2} over all rounds to come"
    return [(i, 0, -x, said if x == max(depths) else "") for i, x in enumerate(depths, start=1)]


TRIGGER = declared(
    models.TRIGGER,
    "What breaking a bargain gains at once and costs later",
    Axis(
        "rounds after the breach",
        -0.6,
        LATER + 0.6,
        ticks=range(LATER + 1),
        labels=f"datum.value == 0 ? 'now' : datum.value == {LATER} ? 'later' : datum.value",
        grid=False,
    ),
    Axis("points, as weighed today", -3.6, 6, follows=(_most,)),
    Each("gain", lambda r: [(0, 0, _gain(r), "breaking gains {gain:2} at once")], begins=True, **BARS),
    Each("loss", _losses, filled=False, begins=True, **BARS),
    Rule("zero", y=0, color=INK),
    Note("patience", "holds from a patience of {patience_needed:2} on"),
    also={"gain": _gain, "loss": lambda r: r["reward"] - r["punishment"]},
    words="Breaking gains {gain:2} points now and costs {loss:2} in each later round. Weighed with a patience of {patience_needed:2}, the "
    "later losses add up to the gain (starting case {start.patience_needed:2}): a side at least so patient keeps the bargain.",
    note="Filled bar: what breaking gains at once. Hollow bars: what it costs in each round after, weighed by the least patience that "
    "keeps the bargain; “later” holds all rounds after the eighth. The numbers are the textbook’s, and ours.",
    numbers="",
)


OURS = BASIS["assumption"]

# --- three partners ----------------------------------------------------------------------------


def _trusted(row) -> str:
    return f"believed at {number(row['from'], 2)}"


def _asked(rows):
    said = "recognition first {}, rights first {}"
    return [(min(r["from"], r["to"], 0.4), r[PARTNER], said.format(r[FIRST], r[LINKED])) for r in rows]


def _partner_words(rows) -> str:
    said = "; ".join(
        f"{r[PARTNER]}: trust {number(r['from'], 2)}, needed {r[NEEDED]}, {FIRST} carries {r[FIRST]} steps and {LINKED} {r[LINKED]}"
        for r in rows
    )
    return f"Three partners of Pyongyang, as we read them. {said}."


PARTNERS = declared(
    None,
    "The trust three partners have, and what rights first would need",
    Axis("trust, from 0 to 1", 0, 1),
    Names(lambda rows: [r[PARTNER] for r in rows], padding=0.7),
    Each(
        "way",
        lambda rows: [(r["from"], r["to"], r[PARTNER], "") for r in rows],
        bar=True,
        size=2,
        color=QUIET,
        label=False,
    ),
    Each("trust", lambda rows: [(r["from"], r["from"], r[PARTNER], _trusted(r)) for r in rows], color=OURS, size=110),
    Each(
        "needed",
        lambda rows: [(r["to"], r["to"], r[PARTNER], f"would need {r[NEEDED]}") for r in rows],
        filled=False,
        shape="triangle-up",
        size=110,
    ),
    Note("demands", places=_asked, off=(0, 19), letters=12),
    words=_partner_words,
    note="Dot: the trust we give each partner’s word. Triangle: the trust at which rights first overtakes recognition first. Under "
    "each line: the steps that either way can carry. Every number put in is an assumption of ours: the report gives none.",
    size=(420, 240),
)

# --- votes and a believed word -----------------------------------------------------------------

VOTES = 0.93  # the height of the votes


def _path(i):
    return lambda rows, _axis: ([r["start of"] for r in rows], [r["trust"][i] for r in rows])


def _votes(rows):
    years = [r["start of"] - 0.5 for r in rows if r[VOTED] == "yes"]
    return [(at, at, VOTES, "" if i else "a public vote") for i, at in enumerate(years)]


def _line(i, name, width):
    said = f"a vote takes {number(TAKEN[i], 2)}"
    return Line(name, _path(i), label=said, width=width, color=OURS, size=12, begins=False)


def _trust_words(rows) -> str:
    if not rows:
        return "No years to show: 0 rows."
    ends = "; ".join(
        f"{number(t, 2)} if a vote takes {number(loss, 2)} of it"
        for loss, t in zip(TAKEN, rows[-1]["trust"], strict=True)
    )
    votes = sum(row[VOTED] == "yes" for row in rows)
    return (
        f"A word believed at {number(rows[0]['trust'][0], 2)} in {rows[0]['start of']} and a public vote in {votes} of "
        f"{len(rows) - 1} years: at the start of {rows[-1]['start of']} trust is {ends}. Rights first would overtake at "
        f"{number(rows[0]['needed'], 2)}."
    )


TRUST = declared(
    None,
    "A word that was believed in 2001, and a vote a year",
    Axis("start of the year", 2000.5, 2012.5, ticks=range(2001, 2013), form="d", grid=False),
    Axis("trust", 0, 1),
    Rule(
        "needed",
        lambda rows: f"rights first overtakes at {number(rows[0]['needed'], 2)}",
        y=lambda rows: rows[0]["needed"],
        dash=(2, 3),
    ),
    _line(0, "little", 1.2),
    _line(1, "middle", 3),
    _line(2, "much", 1.2),
    Each("vote", _votes, color=BASIS["data"], shape="triangle-up", size=60),
    words=_trust_words,
    note="Green: years with a public vote on rights in the North, rows N044 to N055 of the recognition table. Lines: trust in an "
    "outsider who joins each vote, as the hold-up has it; a year without a vote restores a tenth of what is missing. The dates are "
    "data; the trust and what moves it are assumptions of ours.",
)
