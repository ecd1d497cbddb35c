"""How crowds are drawn: the cascade against the diagonal, a hundred people one by one, exit as drain and as signal."""

from __future__ import annotations

from itertools import pairwise

from suh2002.crisis import curves, models
from suh2002.crisis import quantities as q
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Note
from tumen.charts.parts import dots, level, line, mark_at, start_line, text
from tumen.charts.picture import Picture, following
from tumen.charts.style import BASIS, QUIET, START
from tumen.core.words import number

SIZE = (560, 400)


def in_100(share: float) -> str:
    """A share as people in a hundred, in at most two digits."""
    return f"{number(100 * share, 2)} in 100"


def along(part, x, y, *, foot=False):
    """Words that run up a rule on its right side, ending at the place given, or beginning there."""
    align = "left" if foot else "right"
    return text(part, x, y, angle=270, align=align, baseline="top", dx=0, dy=4, color=QUIET)


def _diagonal(_result, _axis):
    """From nobody to all."""
    return (0, 1), (0, 1)


THIN = {"width": 1, "color": QUIET, "begins": False}

# --- the cascade ---------------------------------------------------------------------------------


SHARES = {"low": -0.02, "high": 1.03, "form": ".0%", "ticks": (0, 0.2, 0.4, 0.6, 0.8, 1), "nice": False}


def _staircase(result, _axis):
    """The rounds from nobody acting: up to the curve, across to the diagonal, and again."""
    path = curves.rounds(result, 24)
    places = [(path[0], 0.0)]
    for before, after in pairwise(path):
        places += [(before, after), (after, after)]
    return zip(*places, strict=True)


def _turns(result) -> bool:
    return curves.no_return(result) is not None and not result["tipped"]


SHORT = ("arrivals in the South, 2001", "people in China, S2P3-f", "East Germany, 1989")


def _exits(now) -> str:
    """What one leaver must count for, by which exits are taken, a line each."""
    lines = ["to tip it, one leaver must count for"]
    for name, needed in zip(SHORT, curves.signals_needed(now), strict=True):
        lines.append(f"{number(needed)} acting, {name}{': reached' if now['signal'] > needed else ''}")
    return "\n".join(lines)


def _cascade_words(now, start):
    needed = "; ".join(
        f"{number(n)} for {entry.speaker}" for entry, n in zip(q.EXITS, curves.signals_needed(now), strict=True)
    )
    beyond = f" From {in_100(curves.no_return(now))} acting on, the rest would follow." if _turns(now) else ""
    return (
        "The share that would act, against the share already acting. From nobody acting the crowd comes to rest where "
        f"{in_100(now['acting'])} act (a share of {number(now['acting'])}; starting case {number(start['acting'])}).{beyond} To tip "
        f"this crowd one leaver must count for more than so many people acting: {needed}."
    )


CASCADE = declared(
    models.CASCADE,
    "A crowd that waits, and where it comes to rest",
    Axis("share already acting", grid=False, **SHARES),
    Axis("share that would act on seeing it", **SHARES),
    Line("diagonal", _diagonal, **THIN),
    Note("diagonal", "on this line nobody more joins", at=(0.68, 0.62), color=QUIET, letters=12),
    Line("rounds", _staircase, "the first rounds, from nobody", width=1.5, color=BASIS["assumption"], begins=False),
    Line("curve", lambda r, _: curves.willing(r, 41), "where it meets the diagonal nobody more joins", width=3),
    Dot(
        "turn",
        curves.no_return,
        curves.no_return,
        lambda r: f"no return: {in_100(curves.no_return(r))}",
        "the point of no return",
        filled=False,
        shape="diamond",
        letters=12,
        shown=_turns,
        begins=False,
    ),
    Dot(
        "rest",
        "acting",
        "acting",
        means=("fewer than half act", "more"),
        holds=lambda r: r.findings[0].holds,
    ),
    Note("said", "comes to rest where {acting:2%} in 100 act", at=(0.51, 0.40)),
    Note("exits", _exits, at=(0.51, 0.30), letters=12),
    guess={"acting": "x"},
    known=("diagonal",),
    words=_cascade_words,
    note="Exits: arrivals:A45 and S2P3-f over 22.8 million people (recalled); gdr:G133 over gdr:G151.",
    numbers="Fear and its spread are ours.",
    size=SIZE,
)

# --- a hundred people ----------------------------------------------------------------------------

CROWD_TOP = 104
PEOPLE = {"low": -3, "high": CROWD_TOP, "ticks": (0, 20, 40, 60, 80, 100), "nice": False}


def _persons(which):
    """A place for each person that acts, or waits, or is the first to wait: acting before them, and how many they wait for."""

    def places(result):
        acting = int(result["acting"])
        kept = {"acts": slice(acting), "waits": slice(acting, None), "ring": slice(acting, acting + 1)}[which]
        return [(i, i, t, "") for i, t in list(enumerate(sorted(result["thresholds"])))[kept]]

    return places


def _order(result, _axis):
    """The bends of the line through all in order."""
    points = list(enumerate(sorted(result["thresholds"])))
    inner = [b for a, b, c in zip(points, points[1:], points[2:], strict=False) if b[1] - a[1] != c[1] - b[1]]
    return zip(*dict.fromkeys([points[0], *inner, points[-1]]), strict=True)


def _of_all(result) -> str:
    return f"{result['acting']:,} of {len(result['thresholds']):,} act"


def _head(result) -> str:
    beyond = max(*result["thresholds"], len(result["thresholds"]) - 1) > CROWD_TOP
    return _of_all(result) + ("; some lie beyond the picture" if beyond else "")


def _notes(result) -> str:
    """What the crowd does, a line each."""
    ordered, acting = sorted(result["thresholds"]), result["acting"]
    stops = [f"ringed: waits for {number(ordered[acting])}, sees {acting:,}"] if acting < len(ordered) else []
    return "\n".join([_first(ordered), *stops, _other(result)])


def _other(result) -> str:
    """What one other threshold would change, in words."""
    place, threshold, then = curves.one_changed(result)
    return f"if person {place + 1} waited for {threshold:,}, {then:,} would act"


def _first(ordered) -> str:
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


PERSON = {"size": 26, "label": False}
CROWD = declared(
    models.CROWD,
    "An invented crowd of a hundred, each waiting for others",
    Axis("people acting before this person", grid=False, **PEOPLE),
    Axis("people this person waits for", **PEOPLE),
    Line("diagonal", lambda _r, axis: ((0, axis.high),) * 2, **THIN),
    Line("order", _order, starts=lambda r: f"starting case: {_of_all(r)}", **THIN | {"begins": True}),
    Each("acts", _persons("acts"), **PERSON),
    Each("waits", _persons("waits"), filled=False, **PERSON),
    Each("ring", _persons("ring"), filled=False, color=BASIS["assumption"], size=330, label=False),
    Each("stop", _persons("ring"), filled=False, **PERSON),
    Note("head", _head, at=(52, 34)),
    Note("notes", _notes, at=(52, 27), letters=12),
    guess={"acting": "x"},
    known=("diagonal",),
    words=_crowd_words,
    numbers="Each mark is one of an invented crowd, in the order of how many they wait for. On or below the diagonal they see enough "
    "and act (filled); the first above it stops the chain (ringed), and nobody after acts (hollow). After Granovetter 1978.",
    size=SIZE,
)

# --- exit as drain and as signal -------------------------------------------------------------------

DRAIN_RIGHT = 0.05  # the axis goes further where the exits in use do
LOW = 0.002  # a share below which words under a mark would stand on the axis


def _draw_drain(right):
    import altair as alt

    x = Axis("exits, as a share of the people", -0.016 * right, right, form="~%", grid=False).encoding("x")
    ticks = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]
    y = alt.Y(
        "y:Q",
        title="share of those who stay that acts (stretched near 0)",
        scale=alt.Scale(domain=[-0.0006, 1.3], type="symlog", constant=0.004, nice=False),
        axis=alt.Axis(values=ticks, format=".1~%"),
    )
    return (
        mark_at("case", x, color=QUIET, dash=[2, 3])
        + along("case label", x, y)
        + level("without", y, color=QUIET)
        + text("without label", x, y, align="right", dx=0, dy=-9, color=QUIET)
        + start_line("start line", x, y)
        + line("line", x, y, width=3)
        + dots("start", x, y, filled=False, color=START)
        + dots("calmest", x, y, filled=False, shape="diamond", size=110)
        + text("calmest", x, y, dx=10, dy=17)
        + text("calmest, low", x, y, dx=10, dy=-34)
        + dots("here", x, y, size=130)
        + text("here", x, y, dx=9, dy=-12, size=13)
        + text("here, far", x, y, align="right", dx=-12, dy=14, size=13)
    )


def _drain_rows(right, now, start):
    rows = []
    for entry, name in zip(q.EXITS, SHORT, strict=True):
        rows += [["case", entry.value, None, ""], ["case label", entry.value, 1, name]]
    without = now["acting_without_exit"]
    rows.append(["without", right, without, ""])
    rows.append(["without label", right, without, f"if nobody leaves: {in_100(without)}"])
    if now.inputs != start.inputs:
        rows += [["start line", x, y] for x, y in curves.acting_by_exits(start)]
        rows.append(["start", start["exit_share"], start["acting"], ""])
    rows += [["line", x, y] for x, y in curves.acting_by_exits(now)]
    at, least = curves.calmest_exit(now)
    rows.append(["calmest", at, least, ""])
    said = f"fewest act: {in_100(at)} leave" if at > 0 else "every exit stirs"
    rows.append(["calmest" if least > LOW else "calmest, low", at, least, said])
    x = now["exit_share"]
    far = x > 0.6 * right
    beyond = ", beyond the picture" if x > right else ""
    rows.append(["here", min(x, right), now["acting"], "" if far else in_100(now["acting"])])
    if far:
        rows.append(["here, far", min(x, right), now["acting"], in_100(now["acting"]) + beyond])
    return rows


def _drain_words(now, start):
    at, least = curves.calmest_exit(now)
    calm = f"Fewest act where {in_100(at)} leave: {in_100(least)}." if at > 0 else "Every exit stirs."
    return (
        f"The share of those who stay that acts, against exits. If {in_100(now['exit_share'])} leave, {in_100(now['acting'])} act (a "
        f"share of {number(now['acting'])}; starting case {number(start['acting'])}); if nobody leaves, "
        f"{in_100(now['acting_without_exit'])}. {calm}"
    )


def _drain(model):
    right = max(DRAIN_RIGHT, model.quantity("exit_share").high)
    return Picture(
        title="What exits do to protest among those who stay",
        columns=("part", "x", "y", "label"),
        draw=lambda: _draw_drain(right),
        rows=lambda now, start: _drain_rows(right, now, start),
        words=_drain_words,
        caption=(
            "The upright axis is stretched near 0, so that small shares can be seen. Below the level line exit calms, above it exit "
            "stirs. Diamond: the exit rate at which fewest act. Dotted uprights: how large three exits were (arrivals:A45, S2P3-f, "
            "gdr:G133). The crowd is ours."
        ),
        size=SIZE,
    )


DRAIN = following(models.DRAIN, _drain)
