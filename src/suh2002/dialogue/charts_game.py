"""How the two games are drawn: demands against trust, and one gain against many losses."""

from __future__ import annotations

from suh2002.dialogue import curves
from tumen.charts.lanes import layered
from tumen.charts.parts import _base, dots, line, mark_at, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET, START
from tumen.core.words import number

# --- recognition first or rights first ---------------------------------------------------------

STEPS_TOP = 8


def _draw_holdup():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="chance Pyongyang gives that the promise is kept (trust)",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(grid=False),
    )
    y = alt.Y("y:Q", title="largest demand it can carry, steps", scale=alt.Scale(domain=[0, STEPS_TOP]))
    return layered(
        start_line("start first", x, y),
        start_line("start linked", x, y),
        mark_at("needed", x, color=QUIET, dash=[2, 3]),
        text("needed left", x, y, align="right", dx=-5, color=QUIET),
        text("needed right", x, y, dx=5, color=QUIET),
        line("first", x, y, width=3),
        line("linked", x, y),
        text("first name", x, y, dx=4, dy=-10, size=13),
        text("linked name", x, y, align="right", dx=-4, dy=-13, size=13),
        line("gap", x, y, width=1, order="y:Q"),
        dots("start here", x, y, filled=False, color=START, shape="diamond", size=70),
        dots("step", x, y, filled=False, size=45),
        dots("said", x, y, filled=False, shape="square", size=80),
        text("said name", x, y, align="right", dx=-9, dy=-3),
        dots("holds", x, y, size=130),
        dots("fails", x, y, filled=False, size=130),
        text("here left", x, y, align="right", dx=-11, dy=13, size=13),
        text("here right", x, y, dx=11, dy=13, size=13),
    )


def _lines(result, prefix=""):
    trust, first, linked = curves.demands_by_trust(result)
    rows = [[prefix + "first", float(trust[i]), float(first[i]), ""] for i in (0, -1)]
    return rows + [[prefix + "linked", x, y, ""] for x, y in zip(trust, linked, strict=True)]


def _holdup_rows(now, start):
    moved = now.inputs != start.inputs
    rows = _lines(start, "start ") if moved else []
    if moved:
        rows.append(["start here", start["trust"], start["linkage"], ""])
    rows += _lines(now)
    first, linked, needed = now["engage"], now["linkage"], now["trust_needed"]
    trust, demands = curves.steps_of_trust(now)
    here = float(trust[-1])
    shown = f"recognition first: {number(first, 2)}" + ("" if first <= STEPS_TOP else ", beyond the picture")
    full = float(curves.demands_by_trust(now, 2)[2][-1])
    rows += [
        ["needed", needed, 0, ""],
        ["needed right" if needed < 0.5 else "needed left", needed, 0.3, f"equal at a trust of {number(needed, 2)}"],
        ["first name", 0, min(first, STEPS_TOP * 0.93), shown],
        ["linked name", 1, min(full, STEPS_TOP * 0.95), "rights first, at each trust"],
        ["gap", here, min(first, STEPS_TOP), ""],
        ["gap", here, min(linked, STEPS_TOP), ""],
    ]
    if len(trust) > 1:
        rows += [["step", t, d, ""] for t, d in zip(trust[1:-1], demands[1:-1], strict=True)]
        rows += [
            ["said", trust[0], demands[0], ""],
            ["said name", max(trust[0], 0.16), min(demands[0], 7.5), "as first said"],
        ]
    part = "holds" if first >= linked else "fails"
    words = f"rights first, here: {number(linked, 2)}" + ("" if linked <= STEPS_TOP else ", beyond the picture")
    side = "here right" if here < 0.55 else "here left"
    return [*rows, [part, here, linked, ""], [side, here, min(max(linked, 0.9), STEPS_TOP * 0.95), words]]


def _holdup_words(now, start):
    trust, _ = curves.steps_of_trust(now)
    history = f", which a history has moved from {number(trust[0], 2)}" if len(trust) > 1 else ""
    return (
        f"The demand each way can carry, against trust. At a trust of {number(trust[-1], 2)}{history}, recognition first carries "
        f"{number(now['engage'], 2)} steps and rights first {number(now['linkage'], 2)} (starting case {number(start['engage'], 2)} "
        f"and {number(start['linkage'], 2)}). The two are equal at a trust of {number(now['trust_needed'], 2)}."
    )


HOLDUP = Picture(
    title="What recognition first and rights first can ask, by trust",
    columns=("part", "x", "y", "label"),
    draw=_draw_holdup,
    rows=_holdup_rows,
    words=_holdup_words,
    caption=(
        "Thick line: recognition first, which does not hang on trust. Thin line: rights first. Dot: your setting on the thin line, "
        "filled where recognition first carries at least as much. Square: trust as first said, before a history of promises kept and "
        "votes; small circles: each year or vote. Every number is an assumption of ours."
    ),
)

# --- one gain, many losses ---------------------------------------------------------------------

ROUNDS, LATER = 8, 9
POINTS_TOP, POINTS_LOW = 6, -3.6


def _bars(part, x, y, *, filled):
    look = {"filled": True} if filled else {"filled": False, "strokeWidth": 1.6, "fill": PAPER}
    return _base(part).mark_bar(size=34, color=INK, clip=True, **look).encode(x=x, y=y, y2="y2:Q")


def _draw_trigger():
    import altair as alt

    labels = f"datum.value == 0 ? 'now' : datum.value == {LATER} ? 'later' : datum.value"
    x = alt.X(
        "x:Q",
        title="rounds after the breach",
        scale=alt.Scale(domain=[-0.6, LATER + 0.6], nice=False),
        axis=alt.Axis(values=list(range(LATER + 1)), labelExpr=labels, grid=False, tickSize=0),
    )
    y = alt.Y(
        "y:Q",
        title="points, as weighed today",
        scale=alt.Scale(domain=[POINTS_LOW, POINTS_TOP]),
        axis=alt.Axis(tickCount=7),
    )
    return layered(
        _bars("gain", x, y, filled=True),
        _bars("loss", x, y, filled=False),
        line("zero", x, y, width=1),
        dots("start", x, y, filled=False, color=START, shape="diamond", size=70),
        text("gain name", x, y, dx=22, size=13),
        text("loss name", x, y, dx=0, size=13),
        text("patience", x, y, align="right", dx=0, size=13),
    )


def _trigger_rows(now, start):
    gain, losses, later = curves.gain_and_losses(now, ROUNDS)
    rows = [["gain", 0, gain, "", 0]]
    rows += [["loss", i, -x, "", 0] for i, x in enumerate([*losses, later], start=1)]
    if now.inputs != start.inputs:
        before, earlier, rest = curves.gain_and_losses(start, ROUNDS)
        rows += [["start", i, y, ""] for i, y in enumerate([before, *-earlier, -rest])]
    deepest = float(max(losses.max(), later))
    beyond = ", beyond the picture" if gain > POINTS_TOP or -deepest < POINTS_LOW else ""
    below = max(-deepest - 0.6, POINTS_LOW * 0.93)
    return [
        *rows,
        ["zero", -0.6, 0, ""],
        ["zero", LATER + 0.6, 0, ""],
        ["gain name", 0, min(max(gain, 0.4), POINTS_TOP * 0.92), f"breaking gains {number(gain, 2)} at once{beyond}"],
        ["loss name", 0.7, below, f"and costs {number(gain, 2)} over all rounds to come"],
        [
            "patience",
            LATER + 0.5,
            POINTS_TOP * 0.75,
            f"holds from a patience of {number(now['patience_needed'], 2)} on",
        ],
    ]


TRIGGER = Picture(
    title="What breaking a bargain gains at once and costs later",
    columns=("part", "x", "y", "label", "y2"),
    draw=_draw_trigger,
    rows=_trigger_rows,
    words=lambda now, start: (
        f"Breaking gains {number(now['temptation'] - now['reward'], 2)} points now and costs "
        f"{number(now['reward'] - now['punishment'], 2)} in each later round. Weighed with a patience of "
        f"{number(now['patience_needed'], 2)}, the later losses add up to the gain (starting case "
        f"{number(start['patience_needed'], 2)}): a side at least so patient keeps the bargain."
    ),
    caption=(
        "Filled bar: what breaking gains at once. Hollow bars: what it costs in each round after, weighed by the least patience that "
        "keeps the bargain; “later” holds all rounds after the eighth. Grey diamonds: the starting case. The numbers are the "
        "textbook’s, and ours."
    ),
)
