"""How the history of flows is drawn: arrivals as counted and as modelled, and the crossings nobody counts."""

from __future__ import annotations

from suh2002.flows import curves
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, line, mark_at, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label", "tip")
FIRST, LAST, LOW, TOP = 1997.3, 2031.5, 20, 60_000
APART = 1.55  # the least ratio between two labels that stand above one another


def axes(y_title: str, low: float = LOW, top: float = TOP):
    """Years across, and people a year on a scale where each step up multiplies."""
    ticks = tuple(v for v in (10, 100, 1_000, 10_000, 100_000) if low <= v <= top)
    people = Axis(f"{y_title} (each step up multiplies)", low, top, log=True, ticks=ticks, form=",.0f")
    return Axis("year", FIRST, LAST, form="d", grid=False, ticks=range(2000, 2025, 5)).encoding("x"), people.encoding(
        "y"
    )


def counted_rows(observed: list[dict]) -> list[list]:
    """The counted arrivals (as `curves.observed` gives them) as dots: filled from the ministry's table, hollow as printed at the time."""
    return [
        [
            "counted" if r["series"] == "main_revised" else "printed",
            r["start_year"],
            r["total"],
            "",
            r["id"],
        ]
        for r in observed
    ]


def counted_layers(x, y):
    """The layers that draw `counted_rows`."""
    import altair as alt

    tip = [
        alt.Tooltip("x:Q", title="year", format="d"),
        alt.Tooltip("y:Q", title="people", format=",.0f"),
        alt.Tooltip("tip:N", title="row of arrivals"),
    ]
    green = {"color": BASIS["data"], "size": 40, "tooltip": tip}
    return dots("counted", x, y, **green), dots("printed", x, y, filled=False, **green)


def spread(labels: list[tuple[float, str]], low: float, top: float, apart: float = APART) -> list[tuple[float, str]]:
    """Heights for labels on a scale of ratios, pushed apart where they would stand on one another."""
    out, floor = [], low * 1.15
    for height, words in sorted(labels):
        height = min(max(height, floor), top / 1.15)
        out.append((height, words))
        floor = height * apart
    for i in range(len(out) - 2, -1, -1):  # what was pushed out at the top pushes back down
        out[i] = (min(out[i][0], out[i + 1][0] / apart), out[i][1])
    return out


def line_rows(part: str, series) -> list[list]:
    """A yearly series as rows; what lies below the picture stays below it."""
    return [[part, year, _short(max(people, 1.0))] for year, people in zip(YEARS, series, strict=True)]


def _short(people: float) -> float:
    """Four digits are more than a pixel shows; whole from a hundred on."""
    short = float(f"{people:.4g}")
    return round(short) if short >= 100 else short


def packed(rows: list[list]) -> list[list]:
    """Rows of parts with one point a year as one row a part: its first year and its heights, a third of the bytes.

    A slider sends all rows at every move; the layers of `unpacked` spread them out again in the page.
    """
    parts: dict[str, list] = {}
    for row in rows:
        parts.setdefault(row[0], []).append(row)
    return [
        [part, own[0][1], [r[2] for r in own], *(["", [r[4] for r in own]] if len(own[0]) > 4 else [])]
        for part, own in parts.items()
    ]


def unpacked(layer, *more: str):
    """A layer over rows as `packed` makes them: heights, and the fields named in `more`, one to a year."""
    years = "sequence(datum.x, datum.x + length(datum.y))"
    return layer.transform_calculate(x=years).transform_flatten(["x", "y", *more])


def _where_it_differs(rows: list[list], series) -> list[list]:
    """The rows of a starting line from where it leaves the present one to where it comes back to it."""
    apart = [i for i, (row, n) in enumerate(zip(rows, series, strict=True)) if abs(row[2] / max(n, 1.0) - 1) > 0.005]
    return rows[max(apart[0] - 1, 0) : apart[-1] + 2] if apart else []


def _draw():
    x, y = axes("people a year")
    return layered(
        mark_at("tighter", x, color=QUIET, dash=[1, 4]),
        mark_at("eased", x, color=QUIET, dash=[6, 4]),
        text("step label", x, y, dx=4, size=11, color=QUIET),
        unpacked(start_line("start crossings", x, y)),
        unpacked(start_line("start arrivals", x, y)),
        unpacked(line("crossings", x, y, width=1.5)),
        unpacked(line("arrivals", x, y, width=3)),
        *(unpacked(layer, "tip") for layer in counted_layers(x, y)),
        text("name", x, y, dx=5),
    )


def _rows(now, start):
    rows = []
    for name, year in curves.steps(now).items():
        rows.append(["eased" if name.startswith("relief") else "tighter", year - 0.5])
        if name == "step_2012":
            rows.append(["step label", year - 0.5, TOP / 1.4, "tightened as in 2012"])
    if now.inputs != start.inputs:
        for name in ("crossings", "arrivals"):
            rows += packed(_where_it_differs(line_rows(f"start {name}", start[name]), now[name]))
    rows += packed(
        [
            *line_rows("crossings", now["crossings"]),
            *line_rows("arrivals", now["arrivals"]),
            *counted_rows(curves.observed(now.model.tables)),
        ]
    )
    ends = [(float(now["crossings"][-1]), "crossings, modelled"), (float(now["arrivals"][-1]), "arrivals, modelled")]
    return rows + [["name", YEARS[-1], height, words] for height, words in spread(ends, LOW, TOP)]


def _words(now, start):
    def peak(result, name):
        series = result[name]
        at = int(series.argmax())
        return f"{number(series[at])} in {YEARS[at]}"

    counted = {r["start_year"]: r["total"] for r in curves.observed(now.model.tables)}
    most = max(counted, key=counted.get)
    return (
        f"Arrivals and crossings a year on a scale where each step multiplies. Modelled arrivals add up to "
        f"{number(now['arrivals'].sum())} from {YEARS[0]} to {YEARS[-1]} (starting case {number(start['arrivals'].sum())}; counted "
        f"{number(sum(counted.values()), 5)}) and peak at {peak(now, 'arrivals')}; counted arrivals peak at {number(counted[most], 4)} "
        f"in {most}. Modelled crossings peak at {peak(now, 'crossings')}, and nobody counts them."
    )


HISTORY = Picture(
    title="Arrivals as counted and as modelled, and the crossings nobody counts",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Dots: arrivals as counted, filled from the ministry's revised table, hollow as printed at the time (1998 to 2001; rows A41, "
        "A42, A44, A45). Thick: arrivals by the model; thin: crossings by the model. Grey dashes: the starting case. Dotted uprights: "
        "the border is tightened as fitted; dashed upright: eased. Nothing of 2025 is in it."
    ),
)
