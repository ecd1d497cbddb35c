"""How survival and the comparison of two cases are drawn."""

from __future__ import annotations

from suh2002.crisis import curves
from suh2002.crisis import quantities as q
from tumen.charts.parts import dots, line, mark_at, names, start_line, text
from tumen.charts.picture import Picture, rows_of
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core.words import number

# --- survival ----------------------------------------------------------------------------------------

HAZARD_RIGHT, POINTS = 0.20, 41


def _draw_survival():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="chance that the regime ends in a year",
        scale=alt.Scale(domain=[0, HAZARD_RIGHT]),
        axis=alt.Axis(format=".0%", grid=False),
    )
    y = alt.Y(
        "y:Q", title="chance of lasting all the years", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%")
    )
    stem = alt.Chart().transform_filter(rows_of("stem")).mark_rule(color=BASIS["assumption"], strokeWidth=3)
    return (
        start_line("start line", x, y)
        + line("line", x, y, width=3)
        + stem.encode(x=x, y=y, y2="y2:Q")
        + dots("start", x, y, filled=False, color=START)
        + dots("reference", x, y, filled=False, color=INK)
        + dots("here", x, y, size=130)
        + text("reference", x, y, dx=12, dy=-8)
        + text("here", x, y, dx=12, dy=-8, size=13)
        + text("here, far", x, y, align="right", dx=-10, dy=-14, size=13)
        + text("ratio", x, y, dx=0, align="right", size=13)
        + text("ratio, why", x, y, dx=0, align="right", color=QUIET)
    )


def _survival_rows(now, start):
    rows = []
    if now.inputs != start.inputs:
        rows += [["start line", x, y] for x, y in zip(*curves.survival_by_hazard(start, POINTS), strict=True)]
        rows.append(["start", start["hazard"], start["probability"], "", None])
    rows += [["line", x, y] for x, y in zip(*curves.survival_by_hazard(now, POINTS), strict=True)]
    base, hazard, chance = curves.lasting(now, curves.REFERENCE), now["hazard"], now["probability"]
    inside = hazard <= HAZARD_RIGHT
    rows.append(["stem", curves.REFERENCE, 0, "", base])
    rows.append(["reference", curves.REFERENCE, base, f"1 in 100 a year: {number(base, 2)}", None])
    if inside:
        rows += [["stem", hazard, 0, "", chance], ["here", hazard, chance, "", None]]
    said = f"{number(100 * hazard)} in 100 a year: {number(chance, 2)}"
    part = "here, far" if hazard > 0.6 * HAZARD_RIGHT else "here"
    rows.append([part, min(hazard, HAZARD_RIGHT), chance, said + ("" if inside else ", beyond the picture"), None])
    ratio = now["likelihood_ratio_to_1pct"]
    years = number(now["years"])
    rows.append(["ratio", HAZARD_RIGHT, 0.94, f"1 in 100 explains {years} years {number(ratio)} times as well", None])
    return [*rows, ["ratio, why", HAZARD_RIGHT, 0.87, "the ratio of the two stems", None]]


def _survival_words(now, start):
    return (
        f"The chance of lasting {number(now['years'])} years, against the chance of ending in any one of them. At "
        f"{number(100 * now['hazard'])} in 100 a year it is {number(now['probability'])} (starting case "
        f"{number(start['probability'])}); at 1 in 100 it is {number(curves.lasting(now, curves.REFERENCE))}, "
        f"{number(now['likelihood_ratio_to_1pct'])} times as much."
    )


SURVIVAL = Picture(
    title="How likely so many years are under each yearly hazard",
    columns=("part", "x", "y", "label", "y2"),
    draw=_draw_survival,
    rows=_survival_rows,
    words=_survival_words,
    caption=(
        "The line: the chance of lasting all the years if every year carries the same risk. Stems: a risk of 1 in 100 (hollow) and "
        "yours (filled); how much taller one is than the other is what survival says between them. All numbers are ours but the years."
    ),
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
)
