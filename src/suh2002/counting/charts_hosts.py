"""How the counting models are drawn."""

from __future__ import annotations

from suh2002.counting import curves
from suh2002.counting import quantities as q
from tumen.charts.parts import dots, level, line, span, start_line, text
from tumen.charts.picture import Picture, only
from tumen.charts.style import BASIS, QUIET, START
from tumen.core.words import amount, number
from tumen.in_use import current

XY = ("part", "x", "y", "label")
PEOPLE_TOP = 450_000
TWO_LINES = "split(datum.label, '|')"  # an axis label and, under it, its number


def _axes(x_title, y_title, x_top, y_top, *, x_format=",~g", y_format=",.0f"):
    import altair as alt

    x = alt.X("x:Q", title=x_title, scale=alt.Scale(domain=[0, x_top]), axis=alt.Axis(format=x_format, grid=False))
    y = alt.Y("y:Q", title=y_title, scale=alt.Scale(domain=[0, y_top]), axis=alt.Axis(format=y_format))
    return x, y


# --- the ceiling -----------------------------------------------------------------------------


def _draw_ceiling():
    x, y = _axes(
        "people per household, over all households",
        "people",
        curves.OCCUPANCY_TOP,
        PEOPLE_TOP,
        y_format=",.0f",
    )
    return (
        level("report", y, color=BASIS["report"])
        + text("report", "x:Q", y, align="right", dx=0, dy=-8, color=BASIS["report"])
        + start_line("start line", x, y)
        + dots("start", x, y, filled=False, color=START, size=70)
        + text("start label", x, y, dy=13, dx=6, color=QUIET)
        + text("start label left", x, y, align="right", dy=-10, dx=-4, color=QUIET)
        + line("now line", x, y)
        + dots("holds", x, y, size=130)
        + dots("fails", x, y, size=130, filled=False)
        + text("here", x, y, dx=12, dy=12, size=13)
    )


def _ceiling_rows(now, start):
    right = curves.OCCUPANCY_TOP
    rows = [
        ["report", right, now["claimed"], f"{amount(now['claimed'])}: hosts lacking, says S2P3-d"],
        ["report", right, now["nearer"], f"{amount(now['nearer'])}, about: more accurate, says S2P3-f"],
    ]
    moved = now.inputs != start.inputs
    for part, result in (("start line", start if moved else None), ("now line", now)):
        if result:
            rows += [[part, x, y, ""] for x, y in zip(*curves.ceiling_by_occupancy(result), strict=True)]
    if moved:
        rows.append(["start", curves.occupancy(start), start["ceiling"], ""])
        # the words stand away from the thick line
        steeper = start["occupancy_needed_300k"] < now["occupancy_needed_300k"]
        label = "start label left" if steeper else "start label"
        rows.append([label, start["occupancy_needed_300k"], start["claimed"], "starting case"])
    at, top = curves.occupancy(now), now["ceiling"]
    part = "holds" if now["claimed"] >= top else "fails"
    shown, place = f"about {number(top)}", (min(at, right * 0.8), min(top, PEOPLE_TOP * 0.97))
    if top > PEOPLE_TOP or at > right:
        shown += ", beyond the picture"
    return [*rows, [part, at, top, ""], ["here", *place, shown]]


LIMITED = {"lodging": ("lodging, our reading", "house"), "support": ("support, nearer the text", "support")}


def _ceiling_words(now, start):
    what, could = LIMITED[now["limit"]]
    return (
        f"Ceiling against people per household, the limit being {what}. At {number(curves.occupancy(now))} people per household, "
        f"over all households, the hosts could {could} about {number(now['ceiling'])} people (starting case about "
        f"{number(start['ceiling'])}). "
        f"{number(now['nearer'])} would need {number(now['occupancy_needed_100k'])} people per household and "
        f"{number(now['claimed'])} would need {number(now['occupancy_needed_300k'])}."
    )


CEILING = Picture(
    title="The most people the hosts could carry",
    columns=XY,
    draw=_draw_ceiling,
    rows=_ceiling_rows,
    words=_ceiling_words,
    known=lambda start: only(_ceiling_rows(start, start), "report"),
    axes={"occupancy_needed_300k": "x"},
    caption=(
        "The ceiling rises with the people each household lodges, or supports. Filled: 300,000 is more than the ceiling; hollow: it "
        "is not. Blue lines: the report's two figures. Hosts are the report's number; the rest are assumptions of ours. The report "
        "speaks of whom people could turn to for help (S2P3-d); lodging is our reading of it."
    ),
)


# --- guests for every thousand hosts -----------------------------------------------------------

RATIO_TOP = 520


def _host_counts(now):
    """Who may be counted as a host, and how many: the reader's number and three rows of the table."""
    population = current("korean_chinese_population", package="suh2002")
    rows = (
        ("Yanbian, register, 2000", "K44"),
        ("Yanbian, census, 2000", "K43"),
        ("all China, census, 2000", "K05"),
    )
    return [
        ("hosts in this setting", now["hosts"]),
        *((name, population.row(row)["koreans"]) for name, row in rows),
    ]


def _draw_ratio():
    import altair as alt

    x = alt.X("x:Q", title="guests for every 1,000 hosts", scale=alt.Scale(domain=[0, RATIO_TOP]))
    y = alt.Y("y:N", title=None, sort=None, scale=alt.Scale(paddingOuter=0.3), axis=alt.Axis(labelExpr=TWO_LINES))
    report = {"color": BASIS["report"]}
    return (
        span("range", x, "x2:Q", y, color=START, width=2)
        + dots("nearer", x, y, filled=False, size=80, **report)
        + dots("claimed", x, y, size=80, **report)
        + text("nearer", x, y, dy=-15, dx=0, align="center", **report)
        + text("claimed", x, y, dy=-15, dx=0, align="center", **report)
        + dots("start", x, y, filled=False, color=START, shape="diamond", size=90)
        + dots("dot", x, y, shape="diamond", size=150)
        + text("here", x, y, dy=18, dx=0, align="center", size=13)
    )


def _ratio_rows(now, start):
    rows = []
    for who, hosts in _host_counts(now):
        name = f"{who}|{number(hosts)}"
        low, high = (curves.guests_per_1000(figure.value, hosts) for figure in (q.NEARER, q.CLAIMED))
        rows += [
            ["range", low, name, "", high],
            ["nearer", low, name, number(low)],
            ["claimed", high, name, number(high)],
        ]
    mine, at = rows[0][2], now["guests_per_1000_hosts"]
    if now.inputs != start.inputs:
        rows.append(["start", start["guests_per_1000_hosts"], mine, ""])
    beyond = ", beyond the picture" if at > RATIO_TOP else ""
    place = min(max(at, RATIO_TOP * 0.13), RATIO_TOP * 0.87)
    return [
        *rows,
        ["dot", at, mine, ""],
        ["here", place, mine, f"{number(now['people'])} guests: {number(at)}{beyond}"],
    ]


def _ratio_words(now, start):
    spans = [
        f"{who} ({number(hosts)}): {number(curves.guests_per_1000(q.NEARER.value, hosts))} to "
        f"{number(curves.guests_per_1000(q.CLAIMED.value, hosts))}"
        for who, hosts in _host_counts(now)
    ]
    return (
        f"{number(now['people'])} guests and {number(now['hosts'])} hosts make {number(now['guests_per_1000_hosts'])} guests "
        f"for every 1,000 hosts (starting case {number(start['guests_per_1000_hosts'])}). "
        f"From {amount(q.NEARER.value)} to {amount(q.CLAIMED.value)} guests, by who counts as a host: "
        + "; ".join(spans)
        + "."
    )


RATIO = Picture(
    title="Guests for every 1,000 hosts, by who counts as a host",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_ratio,
    rows=_ratio_rows,
    words=_ratio_words,
    caption=(
        "Blue: the report's two figures, 100,000 (hollow) and 300,000 (filled), for four numbers of hosts. Diamond: your setting. "
        "Hosts in this setting start at the report's number; the others are rows K44, K43 and K05 of the population table."
    ),
)

# --- stock and flow ----------------------------------------------------------------------------

STOCK_TOP, YEARS_TOP = 450_000, 8


def _draw_stock():
    x, y = _axes("years since people began to come", "people", YEARS_TOP, STOCK_TOP, y_format=",.0f")
    return (
        level("report", y, color=BASIS["report"])
        + text("report", "x:Q", y, align="left", dx=4, dy=-8, color=BASIS["report"])
        + start_line("start entered", x, y)
        + start_line("start present", x, y)
        + line("entered", x, y, width=2, dashed=False, color=QUIET)
        + line("present", x, y, width=3)
        + dots("end", x, y)
        + text("end label", x, y, dy=-11, size=13)
    )


def _stock_rows(now, start):
    rows = [["report", 0, figure.value, amount(figure.value)] for figure in (q.CLAIMED, q.NEARER)]
    runs = [("", now)] if now.inputs == start.inputs else [("start ", start), ("", now)]
    for prefix, result in runs:
        years, present, entered = curves.stock_over_time(result)
        rows += [[prefix + "present", t, n, ""] for t, n in zip(years, present, strict=True)]
        rows += [[prefix + "entered", t, n, ""] for t, n in zip(years[[0, -1]], entered[[0, -1]], strict=True)]
    for what in ("entered", "present"):
        inside = now[what] <= STOCK_TOP
        words = f"{what}: {number(now[what])}" + ("" if inside else ", beyond the picture")
        rows += [["end", now["years"], now[what], ""]] if inside else []
        rows.append(["end label", now["years"], min(now[what], STOCK_TOP * 0.97), words])
    return rows


def _stock_words(now, start):
    return (
        f"After {number(now['years'])} years at {number(now['inflow'])} a year and a mean stay of {number(now['stay'])} years, "
        f"{number(now['entered'])} have entered and {number(now['present'])} are present "
        f"(starting case {number(start['entered'])} and {number(start['present'])})."
    )


STOCK = Picture(
    title="Entered so far and present now",
    columns=XY,
    draw=_draw_stock,
    rows=_stock_rows,
    words=_stock_words,
    caption=(
        "Thick line: present now. Thin line: entered so far. Blue levels: the report's two figures (S2P2-d, S2P3-f). "
        "Inflow, stay and years are assumptions of ours."
    ),
)
