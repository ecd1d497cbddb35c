"""How crowds are drawn: the cascade against the diagonal, a hundred people one by one, exit as drain and as signal."""

from __future__ import annotations

import numpy as np

from suh2002.crisis import curves, models
from suh2002.crisis import quantities as q
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import ASIDE, BASIS, QUIET
from tumen.core.words import number

SIZE = (560, 400)


def _needed(now) -> list[str]:
    """What one leaver must count for, by which exits are taken."""
    counts = zip(curves.signals_needed(now), q.EXITS, strict=True)
    return [f"{number(n)} for {exits.speaker}{': met' if now['signal'] > n else ''}" for n, exits in counts]


WHICH = (
    "arrivals in the South in 2001 (arrivals:A45) and people in China (S2P3-f) over 22.8 million people (recalled); East Germany from "
    "January to 9 November 1989 (gdr:G133 over gdr:G151)."
)
THIN = {"width": 1, "color": QUIET, "begins": False}

# --- the cascade ---------------------------------------------------------------------------------


SHARES = {"low": -0.02, "high": 1.03, "form": ".0%", "ticks": (0, 0.2, 0.4, 0.6, 0.8, 1)}


def _staircase(result, _axis):
    """The rounds from nobody acting: up to the curve, across to the diagonal, and again."""
    path = np.repeat(curves.rounds(result, 24), 2)
    return path[:-1], path[1:]


def _beyond(result) -> str:
    turn = curves.no_return(result)
    return "" if turn is None else f" From {number(100 * turn, 2)} in 100 acting on, the rest would follow."


CASCADE = declared(
    models.CASCADE,
    "A crowd that waits, and where it comes to rest",
    Axis("share already acting", grid=False, **SHARES),
    Axis("share that would act on seeing it", **SHARES),
    Line("diagonal", lambda _r, _axis: ((0, 1),) * 2, **THIN),
    Note("diagonal", "on this line\nno more join", at=(1.02, 0.7), align="right", color=QUIET, letters=12),
    Line("rounds", _staircase, "the first rounds, from nobody", width=1.5, color=BASIS["assumption"], begins=False),
    Line("curve", curves.willing, "where it meets the diagonal nobody more joins", width=3),
    Dot(
        "turn",
        curves.no_return,
        curves.no_return,
        "no return: {no_return:2%} in 100",
        "the point of no return",
        shape="diamond",
        shown=lambda r: curves.no_return(r) is not None,
        **ASIDE,
    ),
    Dot("rest", "acting", "acting", means=("fewer than half act", "more"), holds=lambda r: r.findings[0].holds),
    Note("said", "rests: {acting:2%} in 100 act", at=(0.56, 0.52)),
    Note("exits", lambda r: "\n".join(["tips if a leaver counts for", *_needed(r)]), at=(0.47, 0.42), letters=12),
    guess={"acting": "x"},
    known=("diagonal",),
    also={"no_return": curves.no_return, "beyond": _beyond, "needed": lambda r: "; ".join(_needed(r))},
    words="The share that would act, against the share already acting. From nobody acting the crowd comes to rest where {acting:2%} in "
    "100 act (a share of {acting}; starting case {start.acting}).{beyond} To tip this crowd one leaver must count for more than so "
    "many people acting: {needed}.",
    note=f"Exits: {WHICH}",
    numbers="Fear and its spread are ours.",
    size=SIZE,
)

# --- a hundred people ----------------------------------------------------------------------------

CROWD_TOP = 104
PEOPLE = {"low": -3, "high": CROWD_TOP, "ticks": (0, 20, 40, 60, 80, 100)}


def _people(result):
    """A place for each person: how many act before them, and how many they wait for."""
    return [(i, i, t, "") for i, t in enumerate(sorted(result["thresholds"]))]


def _stop(result):
    """The first who waits, where one does."""
    return _people(result)[result["acting"] :][:1]


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


def _told(result) -> list[str]:
    """What they wait for, where it stops, and what one other threshold would change."""
    ordered, acting = sorted(result["thresholds"]), result["acting"]
    place, threshold, then = curves.one_changed(result)
    first = ", ".join(map(number, ordered[:5])) + (" and so on" if len(ordered) > 5 else "")
    stops = [f"the next (ringed) waits for {number(ordered[acting])}, sees {acting:,}"] if acting < len(ordered) else []
    return [f"they wait for {first}", *stops, f"if person {place + 1} waited for {threshold:,}, {then:,} would act"]


PERSON = {"size": 26, "label": False}
CROWD = declared(
    models.CROWD,
    "An invented crowd of a hundred, each waiting for others",
    Axis("people acting before this person", grid=False, **PEOPLE),
    Axis("people this person waits for", **PEOPLE),
    Line("diagonal", lambda _r, axis: ((0, axis.high),) * 2, **THIN),
    Line("order", _order, starts=lambda r: f"starting case: {_of_all(r)}", **THIN | {"begins": True}),
    Each("acts", lambda r: _people(r)[: r["acting"]], **PERSON),
    Each("waits", lambda r: _people(r)[r["acting"] :], filled=False, **PERSON),
    Each("ring", _stop, filled=False, color=BASIS["assumption"], size=330, label=False),
    Each("stop", _stop, filled=False, **PERSON),
    Note("head", _head, at=(40, 32)),
    Note("notes", lambda r: "\n".join(_told(r)), at=(28, 21), letters=12),
    guess={"acting": "x"},
    known=("diagonal",),
    also={"head": _of_all, "told": lambda r: "; ".join(_told(r))},
    words="An invented crowd in the order of how many each waits for: {head} in the end (starting case {start.acting}); {told}.",
    numbers="Each mark is one of an invented crowd, in the order of how many they wait for. On or below the diagonal they see enough "
    "and act (filled); the first above it stops the chain (ringed), and nobody after acts (hollow). After Granovetter 1978.",
    size=SIZE,
)

# --- exit as drain and as signal -------------------------------------------------------------------


def _fewest(result) -> str:
    at, _ = curves.calmest_exit(result)
    return f"fewest act if {number(100 * at, 2)} in 100 leave" if at > 0 else "every exit stirs"


DRAIN = declared(
    models.DRAIN,
    "What exits do to protest among those who stay",
    Axis("exits, as a share of the people", -0.0008, 0.05, follows=("exit_share",), form="~%", grid=False),
    Axis(
        "share of those who stay that acts (stretched near 0)",
        -0.0006,
        1.3,
        stretched=0.004,
        ticks=(0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1),
        form=".1~%",
    ),
    *(Rule(exits.speaker, exits.speaker, x=exits.value, dash=(2, 3)) for exits in q.EXITS),
    Rule("without", "if nobody leaves: {acting_without_exit:2%} in 100", y="acting_without_exit"),
    Line("line", curves.acting_by_exits, width=3),
    Dot(
        "calmest",
        lambda r: curves.calmest_exit(r)[0],
        lambda r: curves.calmest_exit(r)[1],
        _fewest,
        "the exit rate at which fewest act",
        shape="diamond",
        size=110,
        **ASIDE,
    ),
    Dot("here", "exit_share", "acting", "{acting:2%} in 100"),
    also={"fewest": _fewest, "least": lambda r: curves.calmest_exit(r)[1]},
    words="The share of those who stay that acts, against exits. If {exit_share:2%} in 100 leave, {acting:2%} in 100 act (a share of "
    "{acting}; starting case {start.acting}); if nobody leaves, {acting_without_exit:2%} in 100. Over all exits {fewest} "
    "({least:2%} in 100 act at the least).",
    note="The upright axis is stretched near 0, so that small shares can be seen. Below the level line exit calms, above it exit stirs. "
    f"Dotted uprights: how large three exits were: {WHICH}",
    numbers="The crowd is ours.",
    size=SIZE,
)
