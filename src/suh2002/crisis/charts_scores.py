"""How survival and the comparison of two cases are drawn."""

from __future__ import annotations

from suh2002.crisis import curves, models
from suh2002.crisis import quantities as q
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Line, Note
from tumen.charts.parts import dots, mark_at, names, text
from tumen.charts.picture import Picture, only, rows_of
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core.words import number

# --- survival ----------------------------------------------------------------------------------------


def _stem(hazard):
    """An upright from nothing to the chance of lasting under a yearly hazard."""

    def along(result, _axis):
        at = hazard(result)
        return (at, at), (0, curves.lasting(result, at))

    return along


def _reference(_result) -> float:
    return curves.REFERENCE


OURS = {"width": 3, "color": BASIS["assumption"], "begins": False}

SURVIVAL = declared(
    models.SURVIVAL,
    "How likely so many years are under each yearly hazard",
    Axis("chance that the regime ends in a year", 0, 0.2, follows=("hazard",), form=".0%", grid=False),
    Axis("chance of lasting all the years", 0, 1, form=".0%"),
    Line(
        "line",
        curves.survival_by_hazard,
        "the chance of lasting all the years if every year carries the same risk",
        width=3,
    ),
    Line("stem", _stem(_reference), **OURS),
    Line("own stem", _stem(lambda r: r["hazard"]), **OURS),
    Dot("here", "hazard", "probability", "{hazard:%} in 100 a year: {probability:2}", "your risk, with its stem"),
    Dot(
        "reference",
        _reference,
        lambda r: curves.lasting(r, curves.REFERENCE),
        "1 in 100 a year: {lasting:2}",
        "a risk of 1 in 100, with its stem",
        filled=False,
        size=90,
        letters=12,
        begins=False,
    ),
    Note("ratio", "1 in 100 explains {years} years {likelihood_ratio_to_1pct} times as well"),
    Note("why", "the ratio of the two stems", color=QUIET, letters=12),
    guess={"probability": "y"},
    also={"lasting": lambda r: curves.lasting(r, curves.REFERENCE)},
    words="The chance of lasting {years} years, against the chance of ending in any one of them. At {hazard:%} in 100 a year it is "
    "{probability} (starting case {start.probability}); at 1 in 100 it is {lasting}, {likelihood_ratio_to_1pct} times as much.",
    note="How much taller one stem is than the other is what survival says between them. All numbers are ours but the years.",
    numbers="",
    size=(560, 360),
)

# --- East Germany beside North Korea ---------------------------------------------------------------------

WORDS = {0.0: "unlike", 0.5: "partly", 1.0: "alike"}
TOTAL = "all nine together"


def _draw_comparison():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="share of the weight on which the two are alike, added up from the top",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    y = alt.Y("y:N", title=None, sort=None, axis=alt.Axis(labelLimit=300, labelPadding=8, ticks=False, domain=False))

    def bar(part, **mark):
        drawn = alt.Chart().transform_filter(rows_of(part)).mark_bar(orient="horizontal", opacity=1, **mark)
        return drawn.encode(x=x, x2="x2:Q", y=y)

    return (
        names("name", x, y)
        + mark_at("half", x, color=QUIET, dash=[4, 3])
        + bar("weight", size=16, filled=False, color=QUIET, strokeWidth=1)
        + bar("alike", size=16, color=INK)
        + bar("total", size=16, color=INK)
        + dots("start total", x, y, filled=False, color=START)
        + text("label", x, y, dx=8)
        + text("total label", x, y, dx=8, size=13)
        + text("half label", x, y, dx=6, color=QUIET)
    )


def _comparison_rows(now, start):
    # the names first, in order; the last line is the sum
    parts = curves.shares_of_weight(now)
    rows = [["name", 0, name, "", None] for name, *_ in parts] + [["name", 0, TOTAL, "", None]]
    rows.append(["half", 0.5, TOTAL, "", None])
    so_far = 0.0
    for (name, share, added), match in zip(parts, q.MATCHES, strict=True):
        if share > 0:
            rows.append(["weight", so_far, name, "", min(1.0, so_far + share)])
        if added > 0:
            rows.append(["alike", so_far, name, "", so_far + added])
        score = WORDS.get(now[match.key], f"{number(now[match.key])} alike")
        rows.append(["label", min(1.0, so_far + share), name, score if share > 0 else f"{score}, no weight", None])
        so_far = min(1.0, so_far + added)
    total = now["similarity"]
    rows.append(["total", 0, TOTAL, "", total])
    if now.inputs != start.inputs:
        rows.append(["start total", start["similarity"], TOTAL, "", None])
    rows.append(["half label", 0.5, parts[0][0], "half: the finding on S2P4-d turns", None])
    return [*rows, ["total label", total, TOTAL, f"{number(100 * total, 2)} in 100", None]]


def _comparison_words(now, start):
    said = "; ".join(
        f"{name}: {WORDS.get(now[m.key], number(now[m.key]))}, weight {number(100 * share, 2)} in 100"
        for (name, share, _), m in zip(curves.shares_of_weight(now), q.MATCHES, strict=True)
    )
    return (
        f"East Germany in 1989 beside North Korea in 2002 on nine dimensions. {said}. Together they are alike on a share of "
        f"{number(now['similarity'])} of the weight (starting case {number(start['similarity'])})."
    )


COMPARISON = Picture(
    title="East Germany in 1989 and North Korea in 2002, dimension by dimension",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_comparison,
    rows=_comparison_rows,
    words=_comparison_words,
    caption=(
        "Each frame is the weight of a dimension, the filled part how much of it counts as alike; every bar starts where the one above "
        "ended, and the last is their sum. Dimensions, scores and weights are ours; the reason for each score stands in the table."
    ),
    size=(430, 340),
    known=lambda start: only(_comparison_rows(start, start), "name", "half"),
    axes={"similarity": "x"},
)
