"""How the scorecard is drawn, one mark a claim; and the four yearly numbers that were in print."""

from __future__ import annotations

import math

from suh2002.hindsight.exhibits import BORNE, SINCE_WORDS, THEN_WORDS
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.lanes import plane
from tumen.charts.marks import Each, Rule
from tumen.charts.note import Note
from tumen.charts.parts import chart_of, dots, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number

NOTHING = "The date in use leaves out what came later, so nothing is shown."

# --- one mark a claim --------------------------------------------------------------------------

ACROSS, GAP = 6, 0.75  # marks in a line of a cell, and the space between two kinds, in lines
LINES = 22.5  # the height of the picture in lines of marks


def _draw_marks():
    x, y = plane((-1.75, 5), (LINES, 0))
    return (
        dots("claim", x, y, filled=False, size=44)
        + dots("weight", x, y, size=44)
        + text("count", x, y, dx=-5, align="right", size=12)
        + text("kind", x, y, dx=0, align="left", size=12)
        + text("head", x, y, dx=0, align="left", size=11, color=QUIET)
        + text("key", x, y, dx=7, align="left", size=11, color=QUIET)
    )


def _mark_rows(words):
    def rows(found):
        if not found:
            return []
        out = []
        for i, word in enumerate(words):
            short = word.removesuffix(" in May 2002")
            first, second = ("", short) if len(short) < 13 else short.split(" ", 1)
            out += [["head", i, 0.6, first], ["head", i, 1.35, second]]
        top = 2.5
        for row in found:
            out.append(["kind", -1.75, top, f"{row['claims']} ({row['total']})"])
            for word, (claims, heavy) in row["counts"].items():
                column = words.index(word)
                out.append(["count", column, top, number(claims)])
                for k in range(claims):
                    place = column + 0.02 + (k % ACROSS) * 0.125, top + k // ACROSS
                    out.append(["weight" if k < heavy else "claim", *place, ""])
            top += math.ceil(max(c for c, _ in row["counts"].values()) / ACROSS) + GAP
        out += [
            ["weight", -1.7, 0.6, ""],
            ["key", -1.7, 0.6, "load-bearing"],
            ["claim", -1.7, 1.35, ""],
            ["key", -1.7, 1.35, "other"],
        ]
        return out

    return rows


def _spoken_kinds(found):
    if not found:
        return NOTHING
    each = []
    for row in found:
        parts = ", ".join(
            f"{n} {word}" + (f" ({heavy} load-bearing)" if heavy else "") for word, (n, heavy) in row["counts"].items()
        )
        each.append(f"{row['claims']}, {row['total']}: {parts}")
    return f"Claims by kind. {'; '.join(each)}."


def _marks(title, words, caption):
    return Picture(
        title=title,
        columns=("part", "x", "y", "label"),
        draw=_draw_marks,
        rows=_mark_rows(words),
        words=_spoken_kinds,
        caption=caption,
        size=(640, 440),
    )


THEN = _marks(
    "Kinds of claim and how good they were in May 2002",
    THEN_WORDS,
    "One mark a claim of the report; filled: the argument rests on it. Numbers in brackets: claims of that kind.",
)
SINCE = _marks(
    "Kinds of claim on evidence to 2025",
    SINCE_WORDS,
    "One mark a claim of the report; filled: the argument rests on it. Numbers in brackets: claims of that kind. Each kind has words of "
    f"its own: {'; '.join(BORNE.values())}.",
)

# --- from then to since ------------------------------------------------------------------------------

SPACE, STEPS = 7, 16  # the gap between two bands, in claims, and the steps of a band's bend


def _draw_bands():
    x, y = plane((-0.62, 1.38), (120, -6))

    def bands(part, color, opacity):
        return chart_of(part).mark_area(color=color, opacity=opacity).encode(x=x, y=y, y2="y2:Q", detail="label:N")

    return (
        bands("band", QUIET, 0.32)
        + bands("strong", INK, 0.75)
        + bands("weak", BASIS["assumption"], 0.5)
        + text("left", x, y, dx=-8, align="right", size=12)
        + text("right", x, y, dx=8, align="left", size=12)
        + text("head", x, y, dx=0, align="center", size=12, color=QUIET)
    )


EMPHASIS = {THEN_WORDS[0]: "strong", THEN_WORDS[3]: "weak"}


def _stacked(totals: dict[str, int]) -> dict[str, float]:
    """Where each band begins, from the top, in claims."""
    tops, top = {}, 0.0
    for word, n in totals.items():
        tops[word] = top
        top += n + SPACE if n else 0
    return tops


def _band_rows(found):
    if not found:
        return []
    left = {row["claims"]: row["total"] for row in found}
    right = {w: sum(row["counts"].get(w, (0, 0))[0] for row in found) for w in SINCE_WORDS}
    tops = _stacked(left), _stacked(right)
    rows = [["head", 0, -4.5, "in May 2002", None], ["head", 1, -4.5, "on evidence to 2025", None]]
    rows += [["left", 0, tops[0][w] + n / 2, f"{w.removesuffix(' in May 2002')} {n}", None] for w, n in left.items()]
    rows += [["right", 1, tops[1][w] + n / 2, f"{w} {n}", None] for w, n in right.items() if n]
    for row in found:
        for word, (n, _) in row["counts"].items():
            a, b = tops[0][row["claims"]], tops[1][word]
            part = EMPHASIS.get(row["claims"], "band")
            for k in range(STEPS + 1):
                t = k / STEPS
                y = a + (b - a) * (3 * t**2 - 2 * t**3)
                rows.append([part, t, y, f"{row['claims']} to {word}", y + n])
            tops[0][row["claims"]] += n
            tops[1][word] += n
    return rows


def _spoken_bands(found):
    if not found:
        return NOTHING
    each = []
    for row in found:
        parts = ", ".join(f"{n} {word}" for word, (n, _) in row["counts"].items())
        each.append(f"of {row['total']} {row['claims']}: {parts}")
    return f"Claims by their grounds in May 2002, and how they have fared on evidence to 2025. {'; '.join(each)}."


CARRIED = Picture(
    title="From the grounds of 2002 to the evidence since",
    columns=("part", "x", "y", "label", "y2"),
    draw=_draw_bands,
    rows=_band_rows,
    words=_spoken_bands,
    caption=(
        "The width of a band is a number of claims. Dark: well supported in May 2002. Orange: asserted without evidence. The same hands "
        "judged both sides, knowing the outcome."
    ),
    size=(600, 360),
)

# --- what was in print -----------------------------------------------------------------------------


def _stems(found):
    years = [(r["start_year"], r["total"]) for r in found if r["start_year"] == r["end_year"]]
    return [(year, 0, total, number(total, 5)) for year, total in years]


def _spoken_known(found):
    said = [f"{r['period']}: {number(r['total'], 5)} [{r['id']}]" for r in found]
    return f"Arrivals in print on the date shown: {'; '.join(said)}." if said else NOTHING


KNOWN = declared(
    None,
    "Arrivals in print on 7 May 2002",
    Axis("year", 1997.3, 2025.7, form="d", grid=False, ticks=range(2000, 2026, 5)),
    Axis("arrivals a year", 0, 3_100, form=",.0f"),
    Rule("written", x=2001.85, color=BASIS["report"]),
    Note(
        "written",
        "7 May 2002: the report is dated here",
        at=(2001.85, 2_900),
        off=(8, 0),
        color=BASIS["report"],
        letters=12,
    ),
    Note("blank", "what follows had not happened", at=(2001.85, 2_600), off=(8, 0), color=QUIET, letters=12),
    Each("stem", _stems, upright=True, color=BASIS["data"], size=7),
    words=_spoken_known,
    note="Rows A41, A42, A56 and A45 of the arrivals table; row A46, in the table below, is the total from 1948 to 2001. The axis runs to 2025.",
)
