"""How the chain of arrivals is drawn: what each arrival brings, against one."""

from __future__ import annotations

from suh2002.flows import curves, models
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.style import INK, QUIET
from tumen.core.words import number


def _along(result, _axis):
    grid, brings = curves.reproduction_by_enforcement(result)
    return grid[[0, -1]], brings[[0, -1]]  # straight on this scale


def _fitted(_result):
    chain = curves.fitted_chain()
    return [(e, e, r, label) for (_, e, r), label in zip(chain, _named(chain), strict=True)]


def _named(chain) -> list[str]:
    """A label for each fitted year; one that lies on the year before it shares that one's."""
    out = []
    for i, (year, e, _) in enumerate(chain):
        if i and abs(e - chain[i - 1][1]) < 0.2:
            out[-1], label = "", f"{chain[i - 1][0]}, {year}"
        else:
            label = str(year)
        out.append(label)
    return out


def _words(now, start):
    fitted = ", ".join(f"{year} {number(r, 2)}" for year, _, r in curves.fitted_chain())
    return (
        f"Further arrivals each arrival brings in the end, against enforcement. At an enforcement of {number(now['enforcement'])} each "
        f"brings {number(now['reproduction'])} (starting case {number(start['reproduction'])}); it is one at "
        f"{number(now['enforcement_at_one'])}. By the fit of the history: {fitted}."
    )


REPRODUCTION = declared(
    models.REPRODUCTION,
    "What each arrival brings, against one",
    Axis(
        "enforcement added since 1998, log points: 0.7 halves passage, 1.4 quarters it",
        -0.12,
        4.25,
        follows=("enforcement",),
        ticks=(0, 1, 2, 3, 4),
        grid=False,
        nice=False,
    ),
    Axis(
        "further arrivals each one brings (each step up multiplies)", 0.02, 30, log=True, ticks=(0.1, 1, 10), form="~g"
    ),
    Rule("one", "above one: grows by itself", y=1, color=INK, side="above"),
    Rule("below", "below one: dies out by itself", y=1, color=INK, side="below"),
    Rule("turn", "one at {enforcement_at_one}", x="enforcement_at_one", dash=(1, 4), size=11),
    Line("brings", _along, "further arrivals each arrival brings in the end", width=2.5),
    Dot(
        "here",
        "enforcement",
        "reproduction",
        "in this setting each brings {reproduction}",
        ("your setting above one", "your setting below one"),
        holds=lambda r: r["reproduction"] > 1,
        size=140,
    ),
    Each(
        "fitted",
        _fitted,
        "diamonds: the years in which enforcement changed, by the fit of the history (flows_fits:F04)",
        filled=False,
        color=QUIET,
        shape="diamond",
        size=60,
        letters=11,
    ),
    guess={"reproduction": "y", "enforcement_at_one": "x"},
    known=("one", "below"),
    words=_words,
    numbers="All of it is ours; nobody counts who was brought by whom.",
)
