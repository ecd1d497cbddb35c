"""How large crowds are drawn: the cascade against the diagonal, exit as drain and as signal."""

from __future__ import annotations

from itertools import pairwise

from suh2002.crisis import curves, models
from suh2002.crisis import quantities as q
from tumen.charts.parts import dots, level, line, mark_at, start_line, text
from tumen.charts.picture import Picture, following, only, rows_of
from tumen.charts.style import BASIS, QUIET, START
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label", "order")
SIZE = (560, 400)


def in_100(share: float) -> str:
    """A share as people in a hundred, in at most two digits."""
    return f"{number(100 * share, 2)} in 100"


def axis(channel, field, title, domain, **marks):
    """An axis of numbers whose ends stay where they are."""
    import altair as alt

    return channel(field, title=title, scale=alt.Scale(domain=domain, nice=False), axis=alt.Axis(**marks))


def along(part, x, y, *, foot=False):
    """Words that run up a rule on its right side, ending at the place given, or beginning there."""
    import altair as alt

    mark = (
        alt.Chart()
        .transform_filter(rows_of(part))
        .mark_text(angle=270, align="left" if foot else "right", baseline="top", dy=4, color=QUIET, fontSize=12)
    )
    return mark.encode(x=x, y=y, text="label:N")


# --- the cascade ---------------------------------------------------------------------------------


POINTS, ROUNDS = 41, 24  # a move must be short to send
ROUND = [-0.02, 1.03]  # a little beyond the shares, so that no mark is cut at the edge
FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]


def _draw_cascade():
    import altair as alt

    x = axis(alt.X, "x:Q", "share already acting", ROUND, format=".0%", grid=False, values=FIFTHS)
    y = axis(alt.Y, "y:Q", "share that would act on seeing it", ROUND, format=".0%", values=FIFTHS)
    steps = {"color": BASIS["assumption"], "width": 1.5}
    return (
        line("diagonal", x, y, color=QUIET, width=1)
        + text("diagonal label", x, y, color=QUIET, dx=6, dy=12)
        + start_line("start curve", x, y)
        + line("curve", x, y, width=3)
        + line("rounds", x, y, order="order:Q", **steps)
        + dots("start", x, y, filled=False, color=START)
        + dots("turn", x, y, filled=False, shape="diamond", size=110)
        + text("turn", x, y, dx=12, dy=12)
        + dots("holds", x, y, size=130)
        + dots("fails", x, y, filled=False, size=130)
        + text("rest", x, y, dx=0, size=13)
        + text("exits", x, y, dx=0)
    )


def _cascade_rows(now, start):
    rows = [["diagonal", 0, 0, ""], ["diagonal", 1, 1, ""]]
    rows.append(["diagonal label", 0.66, 0.66, "on this line nobody more joins"])
    if now.inputs != start.inputs:
        rows += [["start curve", x, y] for x, y in zip(*curves.willing(start, POINTS), strict=True)]
        rows.append(["start", start["acting"], start["acting"], ""])
    rows += [["curve", x, y] for x, y in zip(*curves.willing(now, POINTS), strict=True)]
    rows += _staircase(curves.rounds(now, ROUNDS))
    turn, rest = curves.no_return(now), now["acting"]
    if turn is not None and not now["tipped"]:
        rows.append(["turn", turn, turn, f"no return: {in_100(turn)}"])
    rows.append(["holds" if now.findings[0].holds else "fails", rest, rest, ""])
    return [*rows, ["rest", LEFT, 0.40, f"comes to rest where {in_100(rest)} act"], *_exits(now)]


def _staircase(path):
    """The rounds from nobody acting: up to the curve, across to the diagonal, and again."""
    places = [(path[0], 0.0)]
    for before, after in pairwise(path):
        places += [(before, after), (after, after)]
    return [["rounds", x, y, "", i] for i, (x, y) in enumerate(places)]


LEFT = 0.51  # where the words in the empty corner begin
SHORT = ("arrivals in the South, 2001", "people in China, S2P3-f", "East Germany, 1989")


def _exits(now):
    """What one leaver must count for, by which exits are taken: words in the empty corner."""
    rows = [["exits", LEFT, 0.30, "to tip it, one leaver must count for"]]
    for i, (name, needed) in enumerate(zip(SHORT, curves.signals_needed(now), strict=True)):
        reached = ": reached" if now["signal"] > needed else ""
        rows.append(["exits", LEFT, 0.235 - 0.065 * i, f"{number(needed)} acting, {name}{reached}"])
    return rows


def _cascade_words(now, start):
    needed = "; ".join(
        f"{number(n)} for {entry.speaker}" for entry, n in zip(q.EXITS, curves.signals_needed(now), strict=True)
    )
    turn = curves.no_return(now)
    beyond = f" From {in_100(turn)} acting on, the rest would follow." if turn is not None and not now["tipped"] else ""
    return (
        "The share that would act, against the share already acting. From nobody acting the crowd comes to rest where "
        f"{in_100(now['acting'])} act (a share of {number(now['acting'])}; starting case {number(start['acting'])}).{beyond} To tip "
        f"this crowd one leaver must count for more than so many people acting: {needed}."
    )


CASCADE = Picture(
    title="A crowd that waits, and where it comes to rest",
    columns=COLUMNS,
    draw=_draw_cascade,
    rows=_cascade_rows,
    words=_cascade_words,
    caption=(
        "Where the curve meets the diagonal nobody more joins. Steps: the first rounds, from nobody. Filled: fewer than half act; hollow: "
        "more. Diamond: the point of no return. Fear and its spread are ours. Exits: arrivals:A45 and S2P3-f over 22.8 million "
        "people (recalled); gdr:G133 over gdr:G151."
    ),
    size=SIZE,
    known=lambda start: only(_cascade_rows(start, start), "diagonal", "diagonal label"),
    axes={"acting": "x"},
)

# --- exit as drain and as signal -------------------------------------------------------------------

DRAIN_RIGHT = 0.05  # the axis goes further where the exits in use do
LOW = 0.002  # a share below which words under a mark would stand on the axis


def _draw_drain(right):
    import altair as alt

    x = axis(alt.X, "x:Q", "exits, as a share of the people", [-0.016 * right, right], format="~%", grid=False)
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
        columns=COLUMNS,
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
