"""Chances that were given, beside what became of each."""

from __future__ import annotations

from tumen.charts.axis import Axis
from tumen.charts.lanes import named
from tumen.charts.parts import dots, names, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, QUIET, START
from tumen.core.words import number


def _draw():
    quarters = (0, 0.25, 0.5, 0.75, 1)
    x = Axis("chance that was given", -0.08, 1.08, form=".0%", ticks=quarters, grid=True).encoding("x")
    y = named(bare=False, scale={"paddingOuter": 0.6}, labelLimit=260)
    return (
        names("name", x, y)
        + dots("class", x, y, filled=False, color=START, size=50)
        + dots("mean", x, y, shape="square", size=90, color=QUIET)
        + dots("you", x, y, shape="diamond", size=150)
        + dots("came", x, y, shape="triangle-down", size=130, filled=True, color=INK)
        + text("came", x, y, dy=-15, dx=0, align="center")
        + text("you", x, y, dy=15, dx=0, align="center")
    )


def _rows(items) -> list:
    rows = [["name", 0, item["name"], ""] for item in items]
    for item in items:
        name = item["name"]
        rows += [["class", p, name, ""] for p in item["class"]]
        if item["class"]:
            rows.append(["mean", sum(item["class"]) / len(item["class"]), name, ""])
        if item["you"] is not None:
            rows.append(["you", item["you"], name, "you"])
        rows.append(["came", float(item["came"]), name, "it came" if item["came"] else "it did not"])
    return rows


def _words(items) -> str:
    parts = []
    for item in items:
        told = [f"you said {100 * item['you']:.0f} per cent"] if item["you"] is not None else []
        if item["class"]:
            mean = 100 * sum(item["class"]) / len(item["class"])
            told.append(f"{len(item['class'])} of a class said {number(mean)} per cent on average")
        parts.append(
            f"{item['name']}: {'; '.join(told) or 'no chance given'}; it {'came' if item['came'] else 'did not come'}"
        )
    return ". ".join(parts) + "."


FORECASTS = Picture(
    title="Chances given, and what became of each",
    columns=("part", "x", "y", "label"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Diamond: your chance. Circles: a class's, from a lesson's file beside this notebook; square: their mean. Triangle: what "
        "became, at 100 per cent where it came and at 0 where it did not."
    ),
    size=(480, 250),
)
