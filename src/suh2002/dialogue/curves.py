"""What the dialogue models give along one axis, for three partners as we read them, and for a word that is followed by votes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from suh2002.dialogue.models import HOLDUP, trust_after
from suh2002.dialogue.quantities import COUNTS, LOSS, PARTIES
from tumen.analysis.study import Study
from tumen.core import Model, Result, once
from tumen.core.words import number
from tumen.evidence.exhibit import Gathered
from tumen.evidence.tables import Table


def trust_over_time(result: Result, voted: Sequence[bool]) -> np.ndarray:
    """Trust at the start and after each year, a year with a public vote taking trust and any other restoring some.

    `voted` says for each year whether there was a vote; the path starts from the result's trust, with its gain
    and loss, and has one entry more than there are years.
    """
    path = [float(result["trust"])]
    for vote in voted:
        path.append(trust_after(path[-1], 0 if vote else 1, 1 if vote else 0, result["gain"], result["loss"]))
    return np.array(path)


def carried(result: Result, trust):
    """The demand that rights first carries where trust, whatever the history, has come to stand so."""
    return result.where(trust=trust, kept="none", votes="none")["linkage"]


@once
def steps_of_trust(result: Result) -> list[tuple[float, float]]:
    """Trust as it is said to be, after each year kept and after each vote, with the demand rights first carries at each."""
    trust = trust_over_time(result, [False] * COUNTS[result["kept"]] + [True] * COUNTS[result["votes"]])
    return list(zip(trust.tolist(), carried(result, trust).tolist(), strict=True))


def losses(result: Result, rounds: int) -> np.ndarray:
    """What breaking a bargain costs in each later round, all that come after the last of `rounds` counted to it (points).

    They are weighed as the least patient side that keeps the bargain weighs them, so that they add up to the gain.
    """
    patience = result["patience_needed"]
    lost = (result["reward"] - result["punishment"]) * patience ** np.arange(1, rounds + 1)
    lost[-1] /= 1 - patience
    return lost


PARTNER, PRIZE, FLOW, TRUST, NEEDED = "partner", "prize", "flow a year", "trust", "trust needed"
FIRST, LINKED = "recognition first", "rights first"
BEGINS = 2001  # the year of the first talks on rights
VOTED, TAKES = "vote the year before", "trust if a vote takes"
TAKEN = (LOSS.value / 3, LOSS.value, LOSS.high)  # the part of trust a vote takes: little, as the model starts, much


def _partners(model: Model) -> list[dict]:
    """Each partner's numbers, the trust at which rights first overtakes, and the demand each way carries."""
    rows = []
    for name, given in PARTIES.items():
        result = model(**given)
        rows.append(
            {
                PARTNER: name,
                PRIZE: f"{number(result['prize'])} (assumption)",
                FLOW: f"{number(result['flow'])} (assumption)",
                TRUST: f"{number(result['trust'], 2)} (assumption)",
                NEEDED: number(result["trust_needed"], 2),
                FIRST: number(result["engage"], 2),
                LINKED: number(result["linkage"], 2),
                "from": result["trust"],
                "to": result["trust_needed"],
                "holds": bool(result["engage"] >= result["linkage"]),
            }
        )
    return rows


PARTNERS = Study(
    key="dialogue.partners",
    question="How far is each partner’s word from being enough?",
    model=HOLDUP,
    compute=_partners,
    columns=(PARTNER, PRIZE, FLOW, TRUST, NEEDED, FIRST, LINKED),
    heads={TRUST: "trust in its word"},
    leaves_out="everything that makes these partners more than three numbers each.",
    claims=("S3P4-e", "S3P4-g"),
)


def _trust(get: Callable[[str], Table]) -> list[dict]:
    """Trust at the start of each year from the first talks on, where every year with a public vote takes a part of it.

    The path ends with the unbroken run of yearly votes: a year without one in the table may still hold a text passed unvoted.
    """
    votes = {
        int(r["date"][:4])
        for r in get("recognition").rows
        if r["kind"] == "un_vote" and r["yes"] is not None and r["trust"] != "low"
    }
    last = min(votes, default=BEGINS + 1)
    while last + 1 in votes:
        last += 1
    voted = [year in votes for year in range(BEGINS, last + 1)]
    start = HOLDUP(trust=PARTIES["European Union, 2001"]["trust"])
    paths = [trust_over_time(replace(start, inputs={**start.inputs, "loss": loss}), voted) for loss in TAKEN]
    return [
        {
            "start of": year,
            VOTED: "yes" if i and voted[i - 1] else "no",
            **{f"{TAKES} {number(loss, 2)}": number(path[i], 2) for loss, path in zip(TAKEN, paths, strict=True)},
            "trust": [float(path[i]) for path in paths],
            "needed": start["trust_needed"],
        }
        for i, year in enumerate(range(BEGINS, last + 2))
    ]


TRUST_PATH = Gathered(
    key="dialogue.trust",
    question="What would yearly votes do to a word that was believed in 2001?",
    tables=("recognition",),
    gather=_trust,
    columns=("start of", VOTED, *(f"{TAKES} {number(loss, 2)}" for loss in TAKEN)),
    leaves_out=(
        "what a vote gains by other ways, such as a rapporteur (row N045), a record or steps under pressure; the years after the "
        "unbroken run of votes."
    ),
    claims=("S3P4-g", "S3P4-h"),
)
