"""How the evidence on hardship is drawn: growth, deaths and arrivals, and what those who left said."""

from __future__ import annotations

from suh2002.crisis.exhibits import FIRST_YEAR, LAST_YEAR
from tumen.charts.parts import level, names, span, text
from tumen.charts.picture import Picture, rows_of
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number

DATA = BASIS["data"]


def upright(part, x, y, *, color=DATA, width=6, dash=(1, 0)):
    """A bar from y to the column y2."""
    import altair as alt

    mark = (
        alt.Chart()
        .transform_filter(rows_of(part))
        .mark_rule(color=color, strokeWidth=width, strokeCap="butt", strokeDash=list(dash), clip=True)
    )
    return mark.encode(x=x, y=y, y2="y2:Q", tooltip=[alt.Tooltip("tip:N", title="row")])


# --- hunger, growth and arrivals ------------------------------------------------------------------------

GROWTH = 9


def _draw_hardship():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="year",
        scale=alt.Scale(domain=[FIRST_YEAR - 1.6, LAST_YEAR + 0.6]),
        axis=alt.Axis(format="d", grid=False, values=list(range(FIRST_YEAR, LAST_YEAR + 1)), labelAngle=-45),
    )
    y = alt.Y(
        "y:Q", title="growth of output, per cent a year", scale=alt.Scale(domain=[-GROWTH - 3.5, GROWTH + 3]),
        axis=alt.Axis(values=[-8, -4, 0, 4, 8], format="d"),
    )  # fmt: skip
    return (
        level("zero", y, color=QUIET)
        + upright("growth", x, y, width=14)
        + text("arrivals", x, y, align="center", dx=0, size=11)
        + text("arrivals head", x, y, dx=0, size=12)
        + text("deaths", x, y, align="center", dx=0, size=11)
        + text("deaths head", x, y, dx=0, size=12)
    )


def _hardship_rows(rows, _start=None):
    out = [["zero", FIRST_YEAR - 1, 0, "", "", None]]
    for r in rows:
        out.append(["growth", r["year"], 0, "", r["rows"], r["growth, % a year"]])
        if r["arrivals"] is not None:
            out.append(["arrivals", r["year"], GROWTH, number(r["arrivals"], 4), r["rows"], None])
        if r["deaths per 1,000"] is not None:
            out.append(["deaths", r["year"], -GROWTH - 0.4, number(r["deaths per 1,000"]), r["rows"], None])
    if rows:
        out.append(["arrivals head", FIRST_YEAR + 7.6, GROWTH + 1.8, "arrivals in the South in the year", "", None])
        said = "deaths a year per 1,000 in families of people who left"
        out.append(["deaths head", FIRST_YEAR + 0.5, -GROWTH - 2.2, said, "", None])
    return out


def _hardship_words(rows, _start=None):
    def said(r):
        parts = [f"growth {number(r['growth, % a year'])} per cent"]
        if r["deaths per 1,000"] is not None:
            parts.append(f"{number(r['deaths per 1,000'])} deaths per 1,000")
        if r["arrivals"] is not None:
            parts.append(f"{number(r['arrivals'], 4)} arrivals")
        return f"{r['year']}: {', '.join(parts)}"

    return f"Hardship and arrivals by year, {len(rows)} years." + (f" {'; '.join(map(said, rows))}." if rows else "")


HARDSHIP = Picture(
    title="Output fell until 1998; arrivals in the South rose afterwards",
    columns=("part", "x", "y", "label", "tip", "y2"),
    draw=_draw_hardship,
    rows=_hardship_rows,
    words=_hardship_words,
    caption=(
        "Bars: the Bank of Korea's estimate of growth in the North. Deaths: 440 adults from 15 sites in China, asked in 1998 about their "
        "households, most of them from the north-east; the census of 1993 had 5.5 per 1,000. Arrivals: by year of arrival in the South, "
        "not of leaving. Rows of the tables macro and arrivals stand beside each year."
    ),
    size=(620, 320),
)

# --- what those who left said ------------------------------------------------------------------------------

WHERE = {"HRNK / Chang": "asked in China, 2004 to 2005", "Seoul survey": "asked in the South, 2008"}


def _draw_motives():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="per cent of those asked",
        scale=alt.Scale(domain=[0, 118]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100]),
    )
    y = alt.Y("y:N", title=None, sort=None, axis=alt.Axis(labelLimit=330, labelPadding=8, ticks=False, domain=False))
    tip = [alt.Tooltip("tip:N", title="row")]
    return (
        names("name", x, y)
        + span("in China", x, "x2:Q", y, color=DATA, width=14, tooltip=tip)
        + span("in the South", x, "x2:Q", y, color=INK, width=5, tooltip=tip)
        + text("label", x, y, dx=7)
    )


def _motives_rows(rows, _start=None):
    out = []
    for r in rows:
        name = f"{r['indicator']} [{r['id']}]"
        part = "in China" if r["survey"] == "HRNK / Chang" else "in the South"
        tip = f"{r['id']}: {r['design']}; {r['source_org']}"
        out.append(["name", 0, name, "", "", None])
        out.append([part, 0, name, "", tip, r["value"]])
        out.append(
            [
                "label",
                r["value"],
                name,
                f"{number(r['value'])}{'' if part == 'in China' else ', in the South'}",
                tip,
                None,
            ]
        )
    return out


def _motives_words(rows, _start=None):
    said = "; ".join(
        f"{r['indicator']}: {number(r['value'])} per cent of {number(r['n'], 4)}, {WHERE[r['survey']]}" for r in rows
    )
    return f"What those who left said, {len(rows)} answers." + (f" {said}." if rows else "")


MOTIVES = Picture(
    title="What those who left said of why they left",
    columns=("part", "x", "y", "label", "tip", "x2"),
    draw=_draw_motives,
    rows=_motives_rows,
    words=_motives_words,
    caption=(
        "Wide bars: 1,346 adults asked in China in 2004 and 2005, reached through helpers and churches. Thin bars: 300 asked in the South in "
        "2008. Neither is a sample of those who stayed, and one person can have more than one reason. Rows of the table border_survey."
    ),
    size=(380, 180),
)
