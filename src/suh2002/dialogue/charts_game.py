"""How the two games are drawn: demands against trust, and one gain against many losses."""

from __future__ import annotations

from suh2002.dialogue import curves, models
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.lanes import layered
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.parts import _base, dots, line, text
from tumen.charts.picture import Picture, following
from tumen.charts.style import INK, PAPER, START
from tumen.core.words import number

# --- recognition first or rights first ---------------------------------------------------------


def _first(result, _axis):
    trust, first, _ = curves.demands_by_trust(result, 2)
    return trust, first


def _linked(result, _axis):
    trust, _, linked = curves.demands_by_trust(result)
    return trust, linked


def _here(result) -> float:
    return curves.steps_of_trust(result)[0][-1]


def _gap(result, _axis):
    return (_here(result),) * 2, (result["engage"], result["linkage"])


def _steps(result):
    """A place for each year or vote between trust as first said and as it stands."""
    return [(t, t, d, "") for t, d in zip(*(values[1:-1] for values in curves.steps_of_trust(result)), strict=True)]


def _said(which):
    return lambda result: curves.steps_of_trust(result)[which][0]


def _holdup_words(now, start):
    trust, _ = curves.steps_of_trust(now)
    history = f", which a history has moved from {number(trust[0], 2)}" if len(trust) > 1 else ""
    return (
        f"The demand each way can carry, against trust. At a trust of {number(trust[-1], 2)}{history}, recognition first carries "
        f"{number(now['engage'], 2)} steps and rights first {number(now['linkage'], 2)} (starting case {number(start['engage'], 2)} "
        f"and {number(start['linkage'], 2)}). The two are equal at a trust of {number(now['trust_needed'], 2)}."
    )


HOLDUP = declared(
    models.HOLDUP,
    "What recognition first and rights first can ask, by trust",
    Axis("chance Pyongyang gives that the promise is kept (trust)", 0, 1, grid=False),
    Axis("largest demand it can carry, steps", 0, 8),
    Rule("needed", "equal at a trust of {trust_needed:2}", x="trust_needed", dash=(2, 3)),
    Line(
        "first",
        _first,
        "recognition first, which does not hang on trust",
        "recognition first: {engage:2}",
        width=3,
        from_left=True,
    ),
    Line("linked", _linked, "rights first", "rights first, at each trust"),
    Line("gap", _gap, width=1, begins=False),
    Dot(
        "here",
        _here,
        "linkage",
        "rights first, here: {linkage:2}",
        ("your setting, where recognition first carries at least as much", "where it does not"),
        holds=lambda r: r["engage"] >= r["linkage"],
    ),
    Each("step", _steps, "small circles: each year or vote", filled=False, size=45, label=False),
    Dot(
        "said",
        _said(0),
        _said(1),
        "as first said",
        "trust as first said, before a history of promises kept and votes",
        filled=False,
        shape="square",
        size=80,
        letters=12,
        shown=lambda r: len(curves.steps_of_trust(r)[0]) > 1,
        begins=False,
    ),
    guess={"trust_needed": "x"},
    words=_holdup_words,
)

# --- one gain, many losses ---------------------------------------------------------------------

ROUNDS, LATER = 8, 9


def _most(model):
    """The most that one round can cost, below zero, and that breaking can gain, over the ranges in use."""
    breaks, keeps, after = (model.quantity(k) for k in ("temptation", "reward", "punishment"))
    return 0.9 * (after.low - keeps.high), breaks.high - keeps.low  # a later round counts less than one today


POINTS = Axis("points, as weighed today", -3.6, 6, follows=(_most,))


def _bars(part, x, y, *, filled):
    look = {"filled": True} if filled else {"filled": False, "strokeWidth": 1.6, "fill": PAPER}
    return _base(part).mark_bar(size=34, color=INK, clip=True, **look).encode(x=x, y=y, y2="y2:Q")


def _draw_trigger(axis):
    import altair as alt

    labels = f"datum.value == 0 ? 'now' : datum.value == {LATER} ? 'later' : datum.value"
    x = alt.X(
        "x:Q",
        title="rounds after the breach",
        scale=alt.Scale(domain=[-0.6, LATER + 0.6], nice=False),
        axis=alt.Axis(values=list(range(LATER + 1)), labelExpr=labels, grid=False, tickSize=0),
    )
    y = axis.encoding(alt.Y, "y")
    return layered(
        _bars("gain", x, y, filled=True),
        _bars("loss", x, y, filled=False),
        line("zero", x, y, width=1),
        dots("start", x, y, filled=False, color=START, shape="diamond", size=70),
        text("gain name", x, y, dx=22, size=13),
        text("loss name", x, y, dx=0, size=13),
        text("patience", x, y, align="right", dx=0, size=13),
    )


def _trigger_rows(axis, now, start):
    gain, losses, later = curves.gain_and_losses(now, ROUNDS)
    rows = [["gain", 0, gain, "", 0]]
    rows += [["loss", i, -x, "", 0] for i, x in enumerate([*losses, later], start=1)]
    if now.inputs != start.inputs:
        before, earlier, rest = curves.gain_and_losses(start, ROUNDS)
        rows += [["start", i, y, ""] for i, y in enumerate([before, *-earlier, -rest])]
    deepest = float(max(losses.max(), later))
    beyond = ", beyond the picture" if not (axis.holds(gain) and axis.holds(-deepest)) else ""
    below = max(-deepest - 0.6, axis.low * 0.93)
    return [
        *rows,
        ["zero", -0.6, 0, ""],
        ["zero", LATER + 0.6, 0, ""],
        ["gain name", 0, min(max(gain, 0.4), axis.high * 0.92), f"breaking gains {number(gain, 2)} at once{beyond}"],
        ["loss name", 0.7, below, f"and costs {number(gain, 2)} over all rounds to come"],
        [
            "patience",
            LATER + 0.5,
            axis.high * 0.75,
            f"holds from a patience of {number(now['patience_needed'], 2)} on",
        ],
    ]


def _trigger_over(model):
    axis = POINTS.on(model)
    return Picture(
        title="What breaking a bargain gains at once and costs later",
        columns=("part", "x", "y", "label", "y2"),
        draw=lambda: _draw_trigger(axis),
        rows=lambda now, start: _trigger_rows(axis, now, start),
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


TRIGGER = following(models.TRIGGER, _trigger_over)
