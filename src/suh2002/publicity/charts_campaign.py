"""How a campaign is drawn: people out and people returned as two thin lines, and the count as a thick one."""

from __future__ import annotations

from suh2002.publicity import curves, models
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Line, Rule
from tumen.charts.style import QUIET
from tumen.core.words import number

LOW, HIGH = -1_200, 1_700


def _as_far(which):
    """One of the three lines as far as the axis of entries goes; a straight one by its ends."""

    def along(result, axis):
        entries, *lines = (*curves.sides(result), curves.campaign(result)[1])
        kept = entries <= axis.high
        xs, ys = entries[kept], lines[which][kept]
        return (xs[[0, -1]], ys[[0, -1]]) if which == 0 else (xs, ys)

    return along


def _balance(net: float) -> str:
    return "even" if abs(net) < 0.5 else f"{number(abs(net))} {'ahead' if net > 0 else 'behind'}"


def _campaign_words(now, start):
    out, returned, _ = curves.at_entries(now, now["events"])
    turns = (
        f"Lowest at entry {number(now['worst_at'], 2)} ({number(-now['worst'])} behind), even again at entry "
        f"{number(now['break_even_events'], 2)}."
        if now["break_even_events"]
        else "It never falls behind."
    )
    return (
        f"With {_entries(now)}, {number(out)} got out and {number(returned)} were returned; the count, out less returned by weight, "
        f"is {number(now['net'])} (starting case {number(start['net'])} with {_entries(start)}). {turns}"
    )


def _entries(result) -> str:
    return f"{number(result['events'])} {'entry' if result['events'] == 1 else 'entries'}"


def _falls(result) -> bool:
    return result["break_even_events"] != 0


THIN = {"width": 1.5, "color": QUIET, "begins": False}
TURN = {"filled": False, "size": 100, "letters": 12, "shown": _falls, "begins": False}

CAMPAIGN = declared(
    models.CAMPAIGN,
    "A campaign: people out and people returned as the entries go on",
    Axis("entries so far", 0, 60, follows=("events",), grid=False, nice=False),
    Axis("people", LOW, HIGH, form=",.0f", grid=False, nice=False),
    Rule("zero", y=0),
    Line("out", _as_far(0), "people who got out", "got out", **THIN),
    Line("returned", _as_far(1), "people returned", "returned", **THIN),
    Line(
        "net", _as_far(2), "the count: the first less the second, returns by the weight you gave", "the count", width=3
    ),
    Dot(
        "here",
        "events",
        "net",
        lambda r: f"after {number(r['events'])}: {_balance(r['net'])}",
        "the number of entries you set",
        shape="diamond",
    ),
    Dot(
        "turn",
        "worst_at",
        "worst",
        lambda r: f"lowest: {number(-r['worst'])} behind, at {number(r['worst_at'], 2)}",
        "where the count turns and where it is even again",
        **TURN,
    ),
    Dot("even", "break_even_events", 0, "even again at {break_even_events:2}", **TURN),
    guess={"break_even_events": "x"},
    known=("zero",),
    words=_campaign_words,
    note="The mechanism and the ceiling of the crackdown above all are ours. What a return weighs against a rescue is the moral question.",
)
