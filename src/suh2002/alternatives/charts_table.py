"""The picture of a table of payoffs: a line a policy between the two states, what knowing adds, and the regrets at both ends."""

from __future__ import annotations

from suh2002.alternatives import curves, models
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import QUIET
from tumen.core.words import number

LOW, TOP = -1, 5
DOTTED = (1, 3)
AT_END = 0.035  # how far beyond a state the regrets stand, and how far apart


def _payoffs(result):
    """The payoffs in both states; a policy is named at the one where it is farther from every other."""
    lines = curves.by_chance(result)
    for name, pair in lines.items():
        gaps = [min(abs(pair[x] - other[x]) for key, other in lines.items() if key != name) for x in (0, 1)]
        for x, v in enumerate(pair):
            yield x, x, v, f"{name}: {number(v)}" if x == gaps.index(max(gaps)) else number(v)


def _behind(result):
    """Each state, its best payoff, and the payoffs of the policies that fall short of it."""
    columns = zip(*curves.by_chance(result).values(), strict=True)
    for x, best, column in zip((0, 1), curves.known(result)[1], columns, strict=True):
        yield x, best, [v for v in column if v < best]


def _regrets(result):
    """The regrets of the policies that have one, beside each state: a rule up to the best payoff."""
    for x, best, behind in _behind(result):
        for k, v in enumerate(behind, start=1):
            yield x + (2 * x - 1) * AT_END * k, v, best, ""


def _lengths(state: int):
    """The lengths of those rules beside a state, in words halfway up the last one."""

    def places(result):
        for x, best, behind in _behind(result):
            if x == state and behind:
                middle = min(max((behind[-1] + best) / 2, LOW + 0.3), TOP - 0.8)  # in the frame, under the state's name
                lengths = ", ".join(number(best - v, 2) for v in behind)
                said = f"regret\n{lengths}" if behind[1:] else f"regret {lengths}"
                yield x + (2 * x - 1) * AT_END * len(behind), middle, said

    return places


def _knowing(result) -> float:
    _, (second, first) = curves.known(result)
    return second + result["p"] * (first - second)


def _worth(result):
    return [(result["p"], _knowing(result) - result["evpi"], _knowing(result), "")]


def _said(result) -> str:
    return "; ".join(
        f"{name}: regret {number(first, 2)} in the first state, {number(second, 2)} in the second"
        for name, (first, second) in result["regrets"].items()
    )


TABLE = declared(
    models.REGRET,
    "A table of payoffs as lines between two states",
    Axis("chance of the first state", -0.28, 1.28, ticks=(0, 0.25, 0.5, 0.75, 1), grid=False, form=".2~f"),
    Axis("payoff to expect, points", LOW, TOP),
    Rule("second", x=0),
    Rule("first", x=1),
    Note("second", "second state", at=(0, TOP), align="right", off=(-6, 11), color=QUIET, letters=12),
    Note("first", "first state", at=(1, TOP), off=(6, 11), color=QUIET, letters=12),
    Rule("here", x="p", dash=DOTTED),
    Line("policy", curves.policy_lines(chosen=False), pieces=True),
    Line("chosen", curves.policy_lines(chosen=True), width=4, pieces=True),
    Line("known", curves.known, color=QUIET, width=1.5, dash=DOTTED, begins=False),
    Each("payoff", _payoffs, size=30),
    Each("regret", _regrets, upright=True, color=QUIET, size=2, label=False),
    Note("regret before", places=_lengths(0), align="right", off=(-8, 0), color=QUIET, letters=11),
    Note("regret behind", places=_lengths(1), off=(8, 0), color=QUIET, letters=11),
    Each("worth", _worth, upright=True, size=5, label=False),
    Dot("knowing", "p", _knowing, "knowing is worth {evpi:2}", size=30),
    words="{regrets said}. The smallest largest regret: {minimax_choice} (starting case {start.minimax_choice}). At a chance of {p:2} of "
    "the first state, knowing which comes is worth {evpi:2} points (starting case {start.evpi:2}).",
    also={"regrets said": _said},
    note="A line a policy: its payoff if the second state is certain (left), if the first is (right), and what to expect between. Thick: "
    "the smallest largest regret. Beside each state, grey rules: how far a policy falls short there. Dotted: what one would expect "
    "if one knew before choosing; heavy rule: what that adds.",
    numbers="The numbers are ours, for the exercise.",
)
