"""The pictures of the choice theme by the key of what they draw; the two-choice core."""

from suh2002.choice import charts_evidence as evidence
from suh2002.choice import charts_table as table
from suh2002.choice import models
from suh2002.choice import quantities as q
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Line, Rule
from tumen.charts.style import QUIET
from tumen.core.words import number

DOTTED = (2, 3)


def _crossing(result) -> str:
    at = result["visibility_at_switch"]
    return f"exit costs less from {number(at, 2)} on" if at <= 1 else f"they cross at {number(at)}"


SWITCH = declared(
    models.SWITCH,
    "Return against exit as a case becomes visible",
    Axis("visibility of the case (0 unseen, 1 seen by all)", 0, 1.02, form=".1f", grid=False, nice=False),
    Axis("cost beyond an unseen return, points", 0, 8.5, follows=("reputation_cost", "exit_cost"), nice=False),
    Rule("border", "unseen, at the border", x=q.VISIBILITY_AT_BORDER, dash=DOTTED),
    Rule("embassy", "filmed, in an embassy", x=q.VISIBILITY.value, dash=DOTTED),
    Line("repatriate", lambda r, _: ((0, 1), (0, r["reputation_cost"])), "return", label="return", width=3),
    Line(
        "exit",
        lambda r, _: ((0, 1), (r["exit_cost"], r["exit_cost"])),
        "exit",
        label="exit",
        color=QUIET,
        from_left=True,
    ),
    Dot("switch", "visibility_at_switch", "exit_cost", _crossing, "where they cross", size=150),
    guess={"visibility_at_switch": "x"},
    words="The cost of return rises with visibility from 0 to {reputation_cost} points; exit costs {exit_cost} at any visibility. They "
    "meet at a visibility of {visibility_at_switch} (starting case {start.visibility_at_switch}); above it exit costs less, below it "
    "return.",
    note="Both costs are counted from an unseen return, and both are what the weights of the table make of its points. Most of the slope "
    "is China's name abroad, a cost the report does not name.",
)


PICTURES = {
    "choice.table": table.TABLE,
    "choice.weights": table.WEIGHTS,
    "choice.switch": SWITCH,
    "choice.legal_path": evidence.LEGAL_PATH,
    "choice.practice": evidence.PRACTICE,
    "choice.practice_since": evidence.PRACTICE_SINCE,
    "choice.precedents": evidence.PRECEDENTS,
}
