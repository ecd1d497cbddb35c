"""How the evidence is drawn: blocks as wide as their years, three measures of aid, two tallies of givers."""

from __future__ import annotations

from suh2002.flows.exhibits import MEASURES
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, plane
from tumen.charts.parts import block, dots, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, PAPER, QUIET
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label", "x2", "y2", "tip")
FIRST, LAST, TOP = 1946, 2027, 3_400


def _draw_blocks():
    years = "year: each block is as wide as its years, so its area is people"
    x = Axis(years, FIRST, LAST, form="d", grid=False, ticks=range(1950, 2030, 10)).encoding("x")
    y = Axis("people for each year of the block", 0, TOP, form=",.0f", ticks=range(0, 3_001, 1_000)).encoding("y")
    tips = told("row")
    return layered(
        block("all", x, y, fill=PAPER, stroke=BASIS["data"], strokeWidth=0.9, also=tips),
        block("women", x, y, color=BASIS["data"], also=tips),
        text("right", x, y, align="right", dx=-6, dy=0, size=12),
        text("centre", x, y, align="center", dx=0, dy=-10, size=12),
        text("left", x, y, dx=0, size=13),
    )


def _block_rows(rows):
    out = []
    for r in rows:
        years = r["end_year"] - r["start_year"] + 1
        tip = f"{r['id']}: {r['period']}, {number(r['total'], 4)} people, {number(r['women'] or 0, 4)} of them women"
        ends = r["start_year"] - 0.5, r["end_year"] + 0.5
        out.append(["all", ends[0], 0, "", ends[1], r["total"] / years, tip])
        if r["women"]:
            out.append(["women", ends[0], 0, "", ends[1], r["women"] / years, tip])
        if years > 5:
            said = f"{number(r['total'], 4)} in {years} years ({r['period']})"
            out.append(["centre", sum(ends) / 2, r["total"] / years, said])
        elif years > 1:
            out.append(["right", ends[0], r["total"] / years + 60, f"{number(r['total'], 4)} in {years} years"])
    if rows:
        most = max(rows, key=lambda r: r["total"] / (r["end_year"] - r["start_year"] + 1))
        out.append(
            ["right", most["start_year"] - 2.6, most["total"], f"{number(most['total'], 4)} in {most['period']}"]
        )
        out.append(["left", FIRST + 2, TOP * 0.95, f"{number(rows[-1]['so far'], 5)} in all to {rows[-1]['end_year']}"])
    return out


def _block_words(rows):
    if not rows:
        return "0 blocks: the table was not yet published."
    said = "; ".join(f"{r['period']}: {number(r['total'], 4)}, women {number(r['women'], 4)}" for r in rows)
    return f"{len(rows)} blocks of arrivals that add up to {number(rows[-1]['so far'], 5)}. {said}."


ARRIVALS = Picture(
    title="The ministry's table, each block as wide as its years",
    columns=COLUMNS,
    draw=_draw_blocks,
    rows=_block_rows,
    words=_block_words,
    caption=(
        "Outline: everyone; filled: women. The first block is half a century, not a year; the second is three years. Rows A01 to A25 of the "
        "arrivals table, the ministry's revised series to the end of 2024."
    ),
)

# --- three measures of what Seoul sent -------------------------------------------------------------

WIDTH, HEIGHT, ROOM = 620, 400, 74
FEET = dict(zip(MEASURES, (112, 228, 344), strict=True))


def _draw_aid():
    x = Axis("year", 1994.3, 2010.7, form="d", grid=False, ticks=range(1995, 2011)).encoding("x")
    y = plane((0, WIDTH), (HEIGHT - 30, 0))[1]
    tips = told("row")
    return layered(
        block("sent", x, y, color=BASIS["data"], also=tips),
        block("from memory", x, y, fill=PAPER, stroke=BASIS["data"], strokeWidth=1.4, strokeDash=[3, 2], also=tips),
        dots("nothing", x, y, shape="circle", size=10, color=QUIET),
        text("value", x, y, align="center", dx=0, dy=-8, size=11),
        text("lane", x, y, dx=0, size=12, color=INK),
    )


def _aid_rows(rows):
    out = []
    for name, foot in FEET.items():
        most = max((r[name] or 0 for r in rows), default=0)
        out.append(["lane", 1994.4, foot - ROOM - 24, name])
        for r in rows:
            if not r[name]:
                out.append(["nothing", r["year"], foot - 2])
                continue
            part = "from memory" if r[f"memory: {name}"] else "sent"
            top = foot - ROOM * r[name] / most
            out.append([part, r["year"] - 0.36, foot, "", r["year"] + 0.36, top, f"{r['year']}: {r[f'rows: {name}']}"])
            out.append(["value", r["year"], top, number(r[name], 4 if r[name] >= 1_000 else 3)])
    return out


def _aid_words(rows):
    said = "; ".join(
        f"{name}: " + ", ".join(f"{r['year']} {number(r[name], 4)}" for r in rows if r[name])
        for name in MEASURES
        if rows
    )
    return f"Aid of the government in Seoul in three measures, {len(rows)} years. {said}{'.' if said else ''}".strip()


AID = Picture(
    title="What the government in Seoul sent, in three measures",
    columns=COLUMNS,
    draw=_draw_aid,
    rows=_aid_rows,
    words=_aid_words,
    caption=(
        "Each lane has its own scale; a dot is a year for which the table has nothing. Food: rice and maize, as loan or gift, and grain, flour "
        "and beans paid for through the World Food Programme. The models use the first lane. Broken outline: known to us from memory. Rows "
        "of rok_aid, which mixes ministry and press figures; trust is high or medium."
    ),
    size=(WIDTH, HEIGHT),
)

# --- who gave how much ----------------------------------------------------------------------------

LEFT, SPAN, LINE = 150, 300, 24


def _draw_givers():
    (x, y), tips = plane((0, 560), (290, 0)), told("row")
    return layered(
        block("seoul", x, y, color=BASIS["data"], also=tips),
        block("beijing", x, y, color=INK, also=tips),
        block("giver", x, y, fill=PAPER, stroke=QUIET, strokeWidth=1.2, also=tips),
        text("name", x, y, align="right", dx=0),
        text("value", x, y, dx=6),
        text("heading", x, y, dx=0, size=12, color=INK),
    )


def _giver_rows(rows):
    out, height, tally = [], 0, ""
    for r in rows:
        if r["tally"] != tally:
            tally = r["tally"]
            height += 18
            out.append(["heading", 0, height, tally])
            height += 22
        most = max(x["value"] for x in rows if x["tally"] == tally)
        part = {"South Korea": "seoul", "China": "beijing"}.get(r["giver"], "giver")
        out += [
            [
                part,
                LEFT,
                height + 8,
                "",
                LEFT + SPAN * r["value"] / most,
                height - 8,
                f"{r['id']}, {r['source_org']}, public {r['public']}",
            ],
            ["name", LEFT - 8, height, r["giver"]],
            ["value", LEFT + SPAN * r["value"] / most, height, f"{number(r['value'])} {r['unit']}"],
        ]
        height += LINE
    return out


def _giver_words(rows):
    said = "; ".join(f"{r['tally']}, {r['giver']}: {number(r['value'])} {r['unit']}" for r in rows)
    return f"Two tallies of aid to the North, {len(rows)} figures. {said}{'.' if said else ''}".strip()


GIVERS = Picture(
    title="Who gave how much, in two tallies that measure two things",
    columns=COLUMNS,
    draw=_draw_givers,
    rows=_giver_rows,
    words=_giver_words,
    caption=(
        "Above: food of all kinds and channels by weight (World Food Programme's records, as printed in 2012). Below: everything, in dollars, as "
        "Seoul's ministry reckoned it in 2002; rice stands in it at Japanese prices for Japan, and Seoul is not listed. Neither counts Chinese "
        "crude oil."
    ),
    size=(560, 290),
)
