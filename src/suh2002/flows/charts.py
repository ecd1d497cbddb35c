"""The pictures of the flows theme by the key of what they draw; what ifs, and two falls that look alike."""

from __future__ import annotations

from suh2002.flows import charts_chain as chain
from suh2002.flows import charts_evidence as evidence
from suh2002.flows import charts_fits as fits
from suh2002.flows import charts_history as history
from suh2002.flows import charts_rule as rule
from suh2002.flows import charts_year as year
from suh2002.flows.curves import FENCES, MEASURE, MORE_AID, NETWORK, ROUTES, WHAT_IF
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, named
from tumen.charts.parts import dots, mark_at, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number

LOW, TOP = 8_000, 200_000


def _draw_worlds():
    title = f"arrivals from {YEARS[0]} to {YEARS[-1]} in all (each step to the right multiplies)"
    x = Axis(title, LOW, TOP, log=True, ticks=(10_000, 20_000, 50_000, 100_000), form=",.0f").encoding("x")
    y = named(bare=False, scale={"paddingOuter": 0.35}, labelLimit=260)
    return layered(
        names("world", x, y),
        mark_at("counted", x, color=BASIS["data"], dash=[4, 3]),
        span("between", x, "x2:Q", y, color=QUIET, width=1.5),
        dots("network", x, y, size=110),
        dots("routes", x, y, size=95, filled=False, shape="diamond"),
        text("right", x, y, dx=9, size=11),
        text("left", x, y, align="right", dx=-9, size=11),
        text("top", x, y, dx=5, dy=-21, size=11, color=BASIS["data"]),
    )


def _worlds_rows(rows):
    out = [["world", LOW, r[WHAT_IF]] for r in rows] + [["counted", rows[0]["counted"], rows[0][WHAT_IF]]]
    out.append(["top", rows[0]["counted"], rows[0][WHAT_IF], f"counted: {number(rows[0]['counted'], 5)}"])
    for r in rows:
        network, routes = r["sums"]
        out.append(["between", min(r["sums"]), r[WHAT_IF], "", max(r["sums"])])
        out += [["network", network, r[WHAT_IF]], ["routes", routes, r[WHAT_IF]]]
        apart = max(r["sums"]) / min(r["sums"])
        if apart < 1.02:
            out.append(["right", max(r["sums"]), r[WHAT_IF], r[NETWORK]])
            continue
        low, high = (r[NETWORK], r[ROUTES]) if network < routes else (r[ROUTES], r[NETWORK])
        out += [["left", min(r["sums"]), r[WHAT_IF], low], ["right", max(r["sums"]), r[WHAT_IF], high]]
    return out


def _worlds_words(rows):
    said = "; ".join(f"{r[WHAT_IF]}: {r[NETWORK]}, or {r[ROUTES]}" for r in rows)
    return (
        f"Arrivals from {YEARS[0]} to {YEARS[-1]} in all under eight what-ifs, {NETWORK}, and then {ROUTES}. {said}. "
        f"Counted: {number(rows[0]['counted'], 5)}."
    )


WHAT_IFS = Picture(
    title="What would have moved arrivals most",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_worlds,
    rows=_worlds_rows,
    words=_worlds_words,
    caption=(
        "Filled dot: if those who came bring others; hollow diamond: if ways out grew easier year by year; both with the aid effect and the "
        "estimate the history starts from. Dashed: arrivals as counted. The dates, sizes and the limit that keeps a network from growing without end are "
        "assumptions of ours."
    ),
    size=(430, 320),
)

# --- two falls that look alike ------------------------------------------------------------------

SHARE_LOW, SHARE_TOP = 60, 105


def _draw_alike():
    x = Axis("per cent of what it was", SHARE_LOW, SHARE_TOP).encoding("x")
    y = named(bare=False, scale={"paddingOuter": 0.45}, labelLimit=260)
    return layered(
        names("measure", x, y),
        mark_at("was", x, color=QUIET, dash=[4, 3]),
        text("was label", x, y, align="right", dx=-6, dy=-38, size=11, color=QUIET),
        span("between", x, "x2:Q", y, color=QUIET, width=1.5),
        dots("aid", x, y, size=300, filled=False, shape="circle"),
        dots("fences", x, y, size=120, shape="square"),
        text("above", x, y, align="center", dx=0, dy=-17, size=11),
        text("below", x, y, align="center", dx=0, dy=18, size=11),
    )


def _alike_rows(rows):
    out = [["measure", SHARE_LOW, r[MEASURE]] for r in rows]
    out += [["was", 100, rows[0][MEASURE]], ["was label", 100, rows[0][MEASURE], "as it was"]]
    for i, r in enumerate(rows):
        aid, fences = r["shares"]
        earlier = "" if i else f", {r['years']} years earlier"
        out += [
            ["between", min(r["shares"]), r[MEASURE], "", max(r["shares"])],
            ["aid", aid, r[MEASURE]],
            ["fences", fences, r[MEASURE]],
            ["above", aid, r[MEASURE], f"twice the aid: {r[MORE_AID]}"],
            ["below", min(fences, 95), r[MEASURE], f"tighter border{earlier}: {r[FENCES]}"],
        ]
    return out


def _alike_words(rows):
    said = "; ".join(
        f"{r[MEASURE]}: {r[MORE_AID]} with twice the food aid, {r[FENCES]} with the border tightened" for r in rows
    )
    return f"Two falls, per cent of what it was, the tightening {rows[0]['years']} years earlier than it came. {said}."


ALIKE = Picture(
    title="Two falls in arrivals that look alike",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_alike,
    rows=_alike_rows,
    words=_alike_words,
    caption=(
        "Hollow: twice the food aid; filled square: the tightening of 2012 as much earlier as it takes to lower arrivals as much. Both in the "
        "story in which ways out grew easier, the only one of the two in which aid can lower arrivals. The count of arrivals cannot tell them "
        "apart; hardship could, and nobody measures it year by year."
    ),
    size=(430, 250),
)


PICTURES = {
    "flows.history": history.HISTORY,
    "flows.year": year.YEAR,
    "flows.reproduction": chain.REPRODUCTION,
    "flows.rule": rule.RULE,
    "flows.codings": rule.CODINGS,
    "flows.settling": chain.SETTLING,
    "flows.arrivals": evidence.ARRIVALS,
    "flows.aid": evidence.AID,
    "flows.givers": evidence.GIVERS,
    "flows.three_fits": fits.THREE,
    "flows.errors": fits.ERRORS,
    "flows.steps": fits.STEPS,
    "flows.what_ifs": WHAT_IFS,
    "flows.alike": ALIKE,
}
