"""How the chain of people who follow people is drawn, and how settling is: who came, who waits, what grant they were given."""

from __future__ import annotations

from suh2002.flows import curves, models, models_year
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.lanes import layered
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.parts import DASH, _base, level, line, start_line, text
from tumen.charts.picture import Picture, following
from tumen.charts.style import BASIS, INK, PAPER, QUIET
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


COLUMNS = ("part", "x", "y", "label", "x2", "y2")
TOP, GRANT, HIGHEST = 6_000, 5_050, 28e6  # people; where the lane of the grant begins; the largest grant drawn, won
FIRST, LAST = 1997.3, 2028.5


def _draw(scale):
    import altair as alt

    x = alt.X(
        "x:Q",
        title="year",
        scale=alt.Scale(domain=[FIRST, LAST]),
        axis=alt.Axis(format="d", grid=False, values=list(range(2000, 2025, 5))),
    )
    y = alt.Y(
        "y:Q",
        title="people",
        scale=alt.Scale(domain=[0, scale * TOP]),
        axis=alt.Axis(format=",.0f", values=[0, 1_000, 2_000, 3_000, 4_000, 5_000] if scale == 1 else alt.Undefined),
    )

    def bar(part, **style):
        return _base(part).mark_rect(**style).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")

    return layered(
        bar("settled", color=BASIS["data"]),
        bar("over", fill=PAPER, stroke=BASIS["data"], strokeWidth=1.4),
        level("capacity", y, color=INK, dash=DASH),
        text("capacity label", x, y, align="right", dx=0, dy=-8),
        start_line("start", x, y),
        line("waiting", x, y, width=3),
        text("waiting label", x, y, dx=6),
        bar("grant", fill=PAPER, stroke=QUIET, strokeWidth=1.4, strokeDash=[2, 2]),
        text("grant label", x, y, align="center", dx=0, size=11, color=QUIET),
        text("lane", x, y, dx=0, size=11, color=QUIET),
    )


def _rows(scale, now, start):
    rows, room, grant = [], now["capacity"], scale * GRANT
    for r in curves.observed():
        year, people = r["start_year"], r["total"]
        rows.append(["settled", year - 0.38, 0, "", year + 0.38, min(people, room)])
        if people > room:
            rows.append(["over", year - 0.38, room, "", year + 0.38, people])
    over = ", beyond the picture" if room > grant else ""
    rows.append(["capacity", FIRST, min(room, grant), ""])
    rows.append(["capacity label", LAST, min(room, grant * 0.93), f"room for {number(room, 4)} a year{over}"])
    if now.inputs != start.inputs:
        rows += [["start", year, people] for year, people in zip(YEARS, start["waiting"], strict=True)]
    waiting = [["waiting", year, min(people, grant)] for year, people in zip(YEARS, now["waiting"], strict=True)]
    beyond = f"{number(now['most'])} wait, beyond the picture" if now["most"] > grant else ""
    end = min(max(float(now["waiting"][-1]), 420 * scale), grant * 0.85)
    said = f"{number(now['waiting'][-1])} wait" if now["waiting"][-1] else "nobody waits"
    rows += [*waiting, ["waiting label", YEARS[-1], end, said]]
    if beyond:
        rows.append(["lane", 2010.3, grant * 0.93, beyond])
    return rows + _grants(scale)


def _grants(scale):
    """The basic grant as bars on their own lane at the top, each with its year and millions of won."""
    rows = [
        ["lane", FIRST + 0.2, scale * TOP * 0.985, "basic grant, one person, million won (not corrected for prices)"]
    ]
    for r in curves.grants():
        height = scale * 350 * r["value"] / HIGHEST
        rows.append(["grant", r["year"] - 0.3, scale * GRANT, "", r["year"] + 0.3, scale * GRANT + height])
        rows.append(["grant label", r["year"], scale * (GRANT + 110) + height, number(r["value"] / 1e6)])
    return rows


def _settling_words(now, start):
    grants = ", ".join(f"{r['year']} {number(r['value'] / 1e6)}" for r in curves.grants())
    return (
        f"Arrivals a year against room for {number(now['capacity'], 4)} a year. At most {number(now['most'])} people wait at the end of a year "
        f"(starting case {number(start['most'])}), and {number(now['waiting'][-1])} at the end of {YEARS[-1]}. Basic grant in million won: "
        f"{grants}."
    )


def _settling_over(model):
    scale = max(
        1, 1.01 * model.quantity("capacity").high / GRANT
    )  # the grant's lane begins above the room there may be
    return Picture(
        title="Who came, who waits, and the settlement grant",
        columns=COLUMNS,
        draw=lambda: _draw(scale),
        rows=lambda now, start: _rows(scale, now, start),
        words=_settling_words,
        caption=(
            "Bars: arrivals as counted, filled up to the room there is, hollow above it. Thick line: people waiting at the end of the year. At the "
            "top, on a lane of its own, the basic settlement grant (rows H08, H09, H11, H12, H14 to H16 of the resettlement table). The room is an "
            "assumption of ours."
        ),
    )


SETTLING = following(models_year.SETTLING, _settling_over)
