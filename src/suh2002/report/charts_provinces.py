"""A schematic map: a block for each province and country, what the tables say of it, and nothing on the ground."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from textwrap import wrap

from tumen.charts.lanes import plane
from tumen.charts.parts import block, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET

WIDTH, HEIGHT = 698, 436
NARROW, TALLER, NEXT = 400, 1.4, 13  # on a phone: pixels across, how much higher a block is, and from line to line


def _draw(width: int = WIDTH, height: int = HEIGHT, size: float = 12):
    x, y = plane((0, width), (height, 0))
    look = {"strokeWidth": 1, "opacity": 1, "also": told(" ")}
    return (
        block("country", x, y, fill="#F1EFE8", stroke="#C9C5BA", **look)
        + block("province", x, y, fill="#FFFFFF", stroke="#8A8F98", **look)
        + text("over", x, y, dx=0, size=12, color=QUIET)
        + text("name", x, y, dx=0, align="center", size=size, color=INK)
        + text("says", x, y, dx=0, align="center", size=10.5, color=BASIS["data"])
    )


def _rows(blocks: list[dict]) -> list[list]:
    out, seen = [], set()
    for b in blocks:
        tip = f"{b['name']}{', ' + b['country'] if b['country'] else ''}{': ' + b['says'] if b['says'] else ''}"
        out.append([b["kind"], b["x"], b["y"], "", tip, b["x2"], b["y2"]])
        centre, middle = (b["x"] + b["x2"]) / 2, (b["y"] + b["y2"]) / 2
        out.append(["name", centre, middle - (8 if b["says"] else 0), b["name"], "", None, None])
        if b["says"]:
            out.append(["says", centre, middle + 9, b["says"], "", None, None])
        if b["country"] and b["country"] not in seen:
            seen.add(b["country"])
            mine = [o for o in blocks if o["country"] == b["country"]]
            left, top = min(o["x"] for o in mine), min(o["y"] for o in mine)
            out.append(["over", left, top - 12, b["country"], "", None, None])
    return out


def _words(blocks: list[dict]) -> str:
    countries = dict.fromkeys(b["country"] or b["name"] for b in blocks)
    parts = []
    for country in countries:
        mine = [b["name"] + (f" ({b['says']})" if b["says"] else "") for b in blocks if b["country"] == country]
        parts.append(f"{country}: {', '.join(mine)}" if mine else country)
    return (
        f"A schematic map of {len(blocks)} blocks. North Korea lies between China’s north-eastern provinces and South Korea, "
        f"Japan across the sea, Russia to the north-east. {'; '.join(parts)}."
    )


def _small(rows: list[list]) -> tuple[Picture, list[list]]:
    """For a phone: narrower and higher blocks, their words in as many lines as they have words."""
    across, out = NARROW / WIDTH, []
    for i, (part, x, y, label, tip, x2, y2) in enumerate(rows):
        if part == "name":
            below = [r for r in rows[i + 1 : i + 2] if r[0] == "says"]
            lines = [(part, said) for said in _lines(label)] + [("says", said) for r in below for said in _lines(r[3])]
            middle = (y + sum(r[2] - y for r in below) / 2) * TALLER
            for j, (kind, said) in enumerate(lines):
                out.append([kind, x * across, middle + NEXT * (j - (len(lines) - 1) / 2), said, tip, None, None])
        elif part != "says":  # that stands under its name
            out.append([part, x * across, y * TALLER, label, tip, x2 and x2 * across, y2 and y2 * TALLER])
    up = min(row[2] for row in out) - 8
    out = [[part, x, y - up, label, tip, x2, y2 and y2 - up] for part, x, y, label, tip, x2, y2 in out]
    height = round(max(row[6] or 0 for row in out)) + 4
    return replace(MAP, size=(NARROW, height), draw=partial(_draw, NARROW, height, 11)), out


def _lines(words: str) -> list[str]:
    """Words in lines of at most ten letters, as a narrow block holds them."""
    return wrap(words, 10, break_long_words=False)


MAP = Picture(
    title="Countries and provinces, schematically",
    columns=("part", "x", "y", "label", "tip", "x2", "y2"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Blocks say roughly which lies beside which; sizes and distances mean nothing. In China: Korean Chinese by the census of 2000; "
        "in North Hamgyong: the share of the arrivals of 2003 who came from there; both where the tables in use have it."
    ),
    size=(WIDTH, HEIGHT),
    small=_small,
)
