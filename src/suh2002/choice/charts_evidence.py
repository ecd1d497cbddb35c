"""How the evidence is drawn: the law as a walk, those let leave beside those sent back, and who was let in before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from suh2002.choice.exhibits import AT_HOME, OPEN, PROTECT, RETURN
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, named
from tumen.charts.parts import dots, line, names, span, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number
from tumen.evidence.dates import public_span, say

DATA = BASIS["data"]
TWO_LINES = "split(datum.label, '|')"
PEOPLE = "people (each step to the right multiplies)"


def _when(text: str) -> str:
    """A date as a reader writes it, as full as it is known: 9 June 1964, August 1986, 1979, 2020 to October 2025."""
    if " to " in text:
        return " to ".join(map(_when, text.split(" to ")))
    first = public_span(text)[0]
    return (text, f"{first:%B %Y}", say(first))[text.count("-")]


# --- the legal path ---------------------------------------------------------------------------------

LANES = {PROTECT: 0.5, OPEN: 1.5, RETURN: 2.5}
WORDS, PATH_END = 3.3, 10.6  # where the answers stand, and the right end
LANE_NAMES = "{0.5: ['towards', 'protection'], 1.5: ['it', 'depends'], 2.5: ['towards', 'return']}[datum.value]"


def _draw_path():
    x = Axis(
        "where the answer points for the person concerned",
        0,
        PATH_END,
        ticks=tuple(LANES.values()),
        labels=LANE_NAMES,
        grid=True,
    ).encoding("x", orient="top", domain=False, ticks=False, titleAnchor="start")
    y = named(scale={"paddingInner": 0, "paddingOuter": 0}, labelExpr=TWO_LINES)
    tip = told("row")
    return layered(
        names("name", x, y),
        line("walk", x, y, color=QUIET, width=1.5, order="order:Q"),
        dots("read", x, y, color=DATA, size=150, **tip),
        dots("from memory", x, y, color=DATA, filled=False, size=150, **tip),
        text("named", x, y, dx=0, dy=-9, size=11, color=QUIET),
        text("says", x, y, dx=0, dy=8, size=13),
    )


def _path_rows(steps):
    rows = [["name", 0, s["step"], "", "", 0] for s in steps]
    for i, s in enumerate(steps):
        at = LANES[s["points to"]]
        memory = s["verified"] != "seen"
        tip = f"{s['id']}: {s['instrument']}; {s['source_org']}"
        named = f"{s['named']}, {_when(s['date'])} [{s['id']}{', from memory' if memory else ''}]"
        rows += [
            ["walk", at, s["step"], "", "", i],
            ["from memory" if memory else "read", at, s["step"], "", tip, i],
            ["named", WORDS, s["step"], named, tip, i],
            ["says", WORDS, s["step"], s["says"], tip, i],
        ]
    return rows


def _path_words(steps):
    said = [
        f"{i}. {s['asks']} {s['named']}, {_when(s['date'])}: {s['says']} (points to: {s['points to']}"
        f"{'; from memory' if s['verified'] != 'seen' else ''})"
        for i, s in enumerate(steps, 1)
    ]
    return f"The law as a walk of {len(steps)} steps. {'; '.join(said)}."


LEGAL_PATH = Picture(
    title="The law as a walk, from the definition to Hungary in 1989",
    columns=("part", "x", "y", "label", "tip", "order"),
    draw=_draw_path,
    rows=_path_rows,
    words=_path_words,
    caption=(
        "Each step is a row of the law table (its number in brackets), put as a question, with the answer in our words. A filled "
        "mark was read in a source, a hollow one is from memory. Which way an answer points is our reading. The protocol of 1986 "
        "is known through a leak that the Korean broadcaster KBS reported in 2003; the later text stands on a Chinese legal site, "
        "and its year is from memory; L09 rests on groups that plead for the people concerned and on a scholar, L32 on a copy of a headnote, L33 "
        "on a newspaper, and where its law says so is from memory. The judgments turn on article 1A(2), second paragraph (L29, from "
        "memory); the case won in 2011 is L30, the American act L25. What article 33(2) excepts is from memory too. Hungary's joining is L27."
    ),
    size=(580, 460),
)

# --- those let leave and those sent back ---------------------------------------------------------------


def _draw_practice():
    x = Axis(PEOPLE, 0.9, 12_000, log=True, ticks=(1, 10, 100, 1_000, 10_000), form=",.0f").encoding("x")
    y, tip = named(labelLimit=300), told("row")
    return layered(
        names("name", x, y),
        span("range", x, "x2:Q", y, color=DATA, width=7, **tip),
        dots("let leave", x, y, color=DATA, size=110, **tip),
        dots("sent back", x, y, color=DATA, shape="square", filled=False, size=110, **tip),
        text("right", x, y, dx=10),
        text("left", x, y, align="right", dx=-10),
    )


def _at(case) -> float:
    """Where a case stands on the axis: its figure, the upper end of a range, or the bound that is given."""
    return next(case[k] for k in ("central", "high", "low") if case[k] is not None)


def _practice_rows(cases):
    label = {
        c[
            "row"
        ]: f"{_when(c['date'])}, {c['where'].partition(',')[0].partition(' and ')[0]} [{c['row'].partition(':')[2]}]"
        for c in cases
    }
    rows = [["name", 1, name, "", "", None] for name in label.values()]
    for c in cases:
        name, at = label[c["row"]], _at(c)
        tip = f"{c['row']}: {c['source']}"
        if c["low"] is not None and c["high"] is not None:
            rows.append(["range", c["low"], name, "", tip, c["high"]])
        else:
            rows.append([c["fate"], at, name, "", tip, None])
        rows.append(["right" if at < 40 else "left", at if at < 40 else c["low"] or at, name, c["told"], tip, None])
    return rows


def _practice_words(title):
    def words(cases):
        told = "; ".join(f"{_when(c['date'])}, {c['where']}: {c['told']}" for c in cases)
        return f"{title}. {len(cases)} cases. {told}."

    return words


def _practice(title, lines, more=""):
    return Picture(
        title=title,
        columns=("part", "x", "y", "label", "tip", "x2"),
        draw=_draw_practice,
        rows=_practice_rows,
        words=_practice_words(title),
        caption=(
            "Filled circle: let leave for a third country; hollow square or bar: sent back. In brackets: rows of the tables of incidents "
            "(I) and of returns (R). An entry is a case, a year's returns are many; most rest on press and relief organisations."
            + more
        ),
        size=(400, 27 * lines),
    )


PRACTICE = _practice("Let leave and sent back, as printed by 7 May 2002", 6)
PRACTICE_SINCE = _practice(
    "Let leave and sent back, as printed since",
    15,
    " The two spans since 2020 are Human Rights Watch’s: at least so many; the shorter from what one informant reports, the longer "
    "adding what it had verified before, with the operation of October 2023. “Up to” so many days: some had entered later; “5 of 29”: for the "
    "others we have no day. The two of "
    "November 2019 were returned by Seoul.",
)

# --- who was let in before --------------------------------------------------------------------------------


FIRST = 5_000  # people, where words begin


def _draw_precedents(narrow: bool = False):
    ticks = (10_000, 100_000, 1_000_000, 10_000_000)
    x = Axis(PEOPLE, 4_000, 20_000_000, log=True, ticks=ticks, form=",.0f").encoding("x")
    y, tip = named(labelExpr=TWO_LINES, labelLimit=240), told("row")
    if narrow:
        y = y.axis(None)
    over = [text("name", x, y, align="left", dx=0, dy=-30, size=12, label="y:N")] if narrow else []
    return layered(
        *over,
        names("name", x, y),
        span("range", x, "x2:Q", y, color=DATA, width=8, **tip),
        dots("abroad", x, y, color=DATA, size=130, **tip),
        dots("at home", x, y, color=DATA, shape="square", filled=False, size=130, **tip),
        text("from", x, y, align="left", dx=0, dy=-16, size=12),
    )


def _spread(group) -> str:
    return number(group["central"]) if group["central"] else f"{number(group['low'])} to {number(group['high'])}"


def _precedent_rows(groups):
    label = {g["id"]: f"{g['who']}, {g['when']}|{g['stand']} [{g['id']}]" for g in groups}
    rows = [["name", 10_000, name, "", "", None] for name in label.values()]
    for g in groups:
        tip = f"{g['id']}: {g['source_org']}, {g['source_year']}"
        name = label[g["id"]]
        if g["central"] is None:
            rows.append(["range", g["low"], name, "", tip, g["high"]])
        else:
            rows.append(["at home" if g["stand"] == AT_HOME else "abroad", g["central"], name, "", tip, None])
        rows.append(["from", FIRST, name, f"{_spread(g)}, {g['given']}", tip, None])
    return rows


def _small_precedents(rows) -> tuple[Picture, list[list]]:
    """For a phone: a group's name in one line above its number."""
    moved = [[part, FIRST if part == "name" else x, y.replace("|", ", "), *rest] for part, x, y, *rest in rows]
    return replace(PRECEDENTS, size=(350, 380), draw=partial(_draw_precedents, narrow=True)), moved


PRECEDENTS = Picture(
    title="Whom the precedent speaks of, and who was let in before",
    columns=("part", "x", "y", "label", "tip", "x2"),
    draw=_draw_precedents,
    rows=_precedent_rows,
    words=lambda groups: (
        "Groups the premise speaks of, and groups that crossed a border. "
        + "; ".join(f"{g['who']}, {g['stand']}, {g['when']}: {_spread(g)}, {g['given']}" for g in groups)
        + "."
    ),
    caption=(
        "Hollow square: nationals inside their own state; filled circle or bar: people who came from another state. In brackets: rows "
        "of the table of minorities. The figure for Indochina was printed in 2007 of arrivals from 1978 to 1982: the author could know of "
        "the arrivals, not of this figure. The Kachin came ten years after the report."
    ),
    size=(400, 290),
    small=_small_precedents,
)
