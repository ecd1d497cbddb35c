"""How recognition is drawn: a step for each member of the EU, up to the report."""

from __future__ import annotations

from suh2002 import written
from suh2002.dialogue.exhibits import EU_15, MEMBER, UNION, ZERO, in_years
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, level, line, mark_at, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import listed
from tumen.evidence.dates import short

DATA, REPORT = BASIS["data"], BASIS["report"]
YEAR = f"format(datum.value + {ZERO}, 'd')"  # an axis label, where dates are counted from a zero


def when(date: str) -> str:
    """A date to the month, such as Mar 2001: some days are known to us from memory only."""
    return short(date[:7])


FROM, TO = -0.25, 2.75  # where the picture begins and ends
MARKS, NAMES, NONE = -1.4, -2.6, -3.8  # the lines under the steps


def _draw_recognition():
    x = Axis("beginning of the year", FROM, TO, ticks=(0, 1, 2), labels=YEAR, grid=False).encoding("x")
    y = Axis("members of the EU with relations", -4.4, 16.4, ticks=(0, 5, 10, 15)).encoding("y")
    return layered(
        mark_at("report", x, color=REPORT, dash=[4, 3]),
        text("report name", x, y, dx=5, color=REPORT),
        level("all", y, color=QUIET, dash=[2, 3]),
        text("all", x, y, dx=4, dy=-9, color=QUIET),
        line("steps", x, y, color=DATA, width=1.5, order="order:Q"),
        dots("member", x, y, color=DATA, size=60),
        dots("member, from memory", x, y, color=DATA, filled=False, size=60),
        dots("union", x, y, color=DATA, shape="diamond", size=120),
        text("right", x, y, dx=8, size=11.5),
        text("left", x, y, align="right", dx=-8, size=11.5),
        text("under", x, y, dx=2, dy=12, size=11.5),
        dots("other", x, y, color=DATA, shape="square", size=40),
        dots("other, from memory", x, y, color=DATA, shape="square", filled=False, size=40),
        text("below", x, y, dx=4, size=11.5, color=QUIET),
    )


def _mark(kind: str, row: dict) -> str:
    return f"{kind}, from memory" if row["known"] == "from memory" else kind


def _place(row: dict) -> float:
    return max(in_years(row["relations since"]), FROM + 0.05)


def _recognition_rows(rows):
    end = in_years(written())
    out = [
        ["report", end, 0, ""],
        ["report name", end, 1, "the report"],
        ["all", FROM, 15, f"all {len(EU_15)} members"],
    ]
    members = [r for r in rows if r["of the EU"] == MEMBER and r["then"]]
    before = [r for r in members if in_years(r["relations since"]) < FROM]
    corners, n = [], 0
    for row in members:
        at = _place(row)
        corners += [(at, n), (at, n + 1)] if row not in before else [(at, n + 1)]
        n += 1
        if row not in before or row is before[-1]:
            out.append([_mark("member", row), at, n, ""])
        if row not in before:
            side = "under" if at < 0.5 else "left"
            out.append([side, at, n, f"{row['party']}, {when(row['relations since'])}"])
    if before:
        years = f"{before[0]['relations since'][:4]} to {before[-1]['relations since'][:4]}"
        said = f"{listed(r['party'] for r in before)},"
        out += [
            ["right", FROM + 0.05, len(before) - 1.2, said],
            ["right", FROM + 0.05, len(before) - 2.2, f"{years}, from memory"],
        ]
    out += [["steps", x, y, "", i] for i, (x, y) in enumerate([*corners[max(len(before) - 1, 0) :], (end, n)])]
    out += [_union(row, n) for row in rows if row["of the EU"] == UNION] + _withheld(rows)
    return out + _others(rows)


def _union(row: dict, n: int) -> list:
    return ["union", in_years(row["relations since"]), n, ""]


def _withheld(rows) -> list[list]:
    """What is said beside the last step: the Union itself, and the members that had no relations in May 2002."""
    out = []
    for row in rows:
        if row["of the EU"] == UNION:
            out.append(
                [
                    "right",
                    in_years(row["relations since"]) + 0.02,
                    11.9,
                    f"the Union itself, {when(row['relations since'])}",
                ]
            )
    missing = [r for r in rows if r["of the EU"] == MEMBER and not r["then"]]
    said = [f"{r['party']} ({_until(r)})" for r in missing]
    return out + ([["below", FROM, 14.1, f"without: {', '.join(sorted(said))}"]] if said else [])


def _until(row: dict) -> str:
    return "none" if row["relations since"] == "none" else f"until {when(row['relations since'])}{_memory(row, ', ')}"


def _others(rows) -> list[list]:
    others = [r for r in rows if r["of the EU"] not in (MEMBER, UNION)]
    have, none = [r for r in others if r["then"]], [r["party"] for r in others if not r["then"]]
    out = [[_mark("other", r), _place(r), MARKS, ""] for r in have]
    if have:
        out.append(["below", FROM, NAMES, f"others: {', '.join(r['party'] for r in have)}"])
    return out + ([["below", FROM, NONE, f"none: {' and '.join(none)}"]] if none else [])


def _recognition_words(rows) -> str:
    members = [r for r in rows if r["of the EU"] == MEMBER and r["then"]]
    said = "; ".join(f"{r['party']}, {when(r['relations since'])}{_memory(r)}" for r in members)
    without = [r["party"] for r in rows if r["of the EU"] == MEMBER and not r["then"]]
    others = [r for r in rows if r["of the EU"] == "other"]
    have = ", ".join(f"{r['party']}, {when(r['relations since'])}{_memory(r)}" for r in others if r["then"])
    return (
        f"By May 2002, {len(members)} of {len(EU_15)} members of the EU had relations with Pyongyang: {said or 'none known'}. "
        f"Without: {' and '.join(without) or 'none known'}. "
        + "".join(f"The Union itself: {when(r['relations since'])}. " for r in rows if r["of the EU"] == UNION)
        + f"Others with relations: {have or 'none known'}. "
        f"Without: {' and '.join(r['party'] for r in others if not r['then']) or 'none known'}."
    )


def _memory(row: dict, before: str = "") -> str:
    said = "from memory" if row["known"] == "from memory" else ""
    return f"{before}{said}" if before and said else f" ({said})" if said else ""


RECOGNITION = Picture(
    title="Members of the EU with relations to Pyongyang, up to the report",
    columns=("part", "x", "y", "label", "order"),
    draw=_draw_recognition,
    rows=_recognition_rows,
    words=_recognition_words,
    caption=(
        "Each step: a member of the EU takes up relations. Diamond: the Union itself. Squares: other states. A hollow mark is known to us "
        "from memory only. Row N030 of the recognition table counts the same thirteen of fifteen."
    ),
    size=(560, 400),
)
