"""How the crowd of a hundred is drawn: each person by how many they wait for, against how many act before them."""

from __future__ import annotations

from suh2002.crisis import curves
from suh2002.crisis.charts_crowds import COLUMNS, SIZE, axis
from tumen.charts.parts import dots, line, start_line, text
from tumen.charts.picture import Picture, only
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number

CROWD_TOP = 104
TENS = [0, 20, 40, 60, 80, 100]


def _draw_crowd():
    import altair as alt

    ends = [-3, CROWD_TOP]
    x = axis(alt.X, "x:Q", "people acting before this person", ends, grid=False, values=TENS)
    y = axis(alt.Y, "y:Q", "people this person waits for", ends, values=TENS)
    return (
        line("diagonal", x, y, color=QUIET, width=1)
        + start_line("start line", x, y)
        + dots("acts", x, y, size=26)
        + dots("waits", x, y, size=26, filled=False)
        + dots("ring", x, y, size=330, filled=False, color=BASIS["assumption"])
        + dots("stop", x, y, size=26, filled=False)
        + text("head", x, y, dx=0, size=13)
        + text("note", x, y, dx=0)
        + text("start note", x, y, dx=0, color=QUIET)
    )


def _crowd_rows(now, start):
    ordered, acting = sorted(now["thresholds"]), now["acting"]
    rows = [["diagonal", 0, 0, ""], ["diagonal", CROWD_TOP, CROWD_TOP, ""]]
    if now.inputs != start.inputs:
        rows += [["start line", x, y] for x, y in _bends(list(enumerate(sorted(start["thresholds"]))))]
    rows += [["acts" if i < acting else "waits", i, t] for i, t in enumerate(ordered) if i != acting]
    if acting < len(ordered):
        rows += [[part, acting, ordered[acting], ""] for part in ("ring", "stop")]
    return [*rows, *_crowd_notes(now, start, ordered)]


def _bends(points):
    """The points of a line without those that lie straight between their neighbours."""
    inner = [b for a, b, c in zip(points, points[1:], points[2:], strict=False) if b[1] - a[1] != c[1] - b[1]]
    return [points[0], *inner, points[-1]] if len(points) > 1 else points


def _crowd_notes(now, start, ordered):
    """What the crowd does, in words in the empty corner."""
    acting, size = now["acting"], len(ordered)
    beyond = max(ordered[-1], size - 1) > CROWD_TOP
    notes = [["head", f"{acting:,} of {size:,} act" + ("; some lie beyond the picture" if beyond else "")]]
    notes.append(["note", _first(ordered)])
    if acting < size:
        notes.append(["note", f"ringed: waits for {number(ordered[acting])}, sees {acting:,}"])
    notes.append(["note", _other(now)])
    if now.inputs != start.inputs:
        notes.append(["start note", f"starting case: {start['acting']:,} of {len(start['thresholds']):,} act"])
    return [[part, 52, 34 - 7 * i, words] for i, (part, words) in enumerate(notes)]


def _other(now):
    """What one other threshold would change, in words."""
    place, threshold, then = curves.one_changed(now)
    return f"if person {place + 1} waited for {threshold:,}, {then:,} would act"


def _first(ordered):
    """The first few thresholds, in words."""
    shown = ", ".join(number(t) for t in ordered[:5])
    return f"they wait for {shown}{' and so on' if len(ordered) > 5 else ''}"


def _crowd_words(now, start):
    ordered, acting = sorted(now["thresholds"]), now["acting"]
    stops = ""
    if acting < len(ordered):
        stops = f" It stops at one who waits for {number(ordered[acting])} and sees {acting:,}."
    return (
        f"An invented crowd of {len(ordered):,} in the order of how many each waits for; {_first(ordered)}. {number(acting)} act in "
        f"the end (starting case {number(start['acting'])}).{stops} And {_other(now)}."
    )


CROWD = Picture(
    title="An invented crowd of a hundred, each waiting for others",
    columns=COLUMNS,
    draw=_draw_crowd,
    rows=_crowd_rows,
    words=_crowd_words,
    caption=(
        "Each mark is one of an invented crowd, in the order of how many they wait for. On or below the diagonal they see enough "
        "and act (filled); the first above it stops the chain (ringed), and nobody after acts (hollow). After Granovetter 1978."
    ),
    size=SIZE,
    known=lambda start: only(_crowd_rows(start, start), "diagonal"),
    axes={"acting": "x"},
)
