"""The pictures of the publicity theme by the key of what they draw; one entry, and a campaign."""

from __future__ import annotations

from suh2002.publicity import charts_cases as cases
from suh2002.publicity import curves, models
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Note, Rule
from tumen.charts.style import QUIET
from tumen.core.words import number

PEOPLE_TOP, PEOPLE_EDGE = 600, 850  # where the axis ends, and where the words beside the bars may end
ENTERED, QUIETLY, RETURNED, MONTHS = "out by entering", "out by quiet ways", "returned", "months of frozen talks"
SQUARES, STEP, NEAR = 12, 30, 60


def _held(value: float, words: str) -> tuple[float, str]:
    """A place on the axis and its words, which say so where the value lies beyond it."""
    return min(value, PEOPLE_TOP), words if value <= PEOPLE_TOP else f"{words}, beyond the picture"


def _each(result) -> dict[str, float]:
    """People and months for one entry, and the returns at which the count is even."""
    each = curves.people_out({**result.inputs, "events": 1})
    return {
        **each,
        "out": each["entered"] + each["quiet"],
        "even": result["break_even_return"] * result["at_risk"],
        "months": result["months_frozen"],
    }


def _out(result):
    """People who get out, the second bar going on where the first ends."""
    v = _each(result)
    entered, out = min(v["entered"], PEOPLE_TOP), min(v["out"], PEOPLE_TOP)
    return [(0, entered, ENTERED, ""), (entered, out, QUIETLY, "")]


def _back(result):
    return [(0, min(_each(result)["returned"], PEOPLE_TOP), RETURNED, "")]


def _even(result):
    """A thick stroke at as many returned as would make the count even."""
    even = _each(result)["even"]
    return [(even, even + 4, RETURNED, "")] if even <= PEOPLE_TOP else []


def _even_said(result):
    place, words = _held(_each(result)["even"], f"even at {number(_each(result)['even'])}")
    return [(max(place, 40), RETURNED, words)]


def _said(result):
    """The numbers beside the bars and the squares."""
    v = _each(result)
    found = []
    for lane, end in ((ENTERED, v["entered"]), (QUIETLY, v["out"]), (RETURNED, v["returned"])):
        place, words = _held(end, _count_words(lane, v))
        if lane == RETURNED and place <= v["even"] < place + NEAR:  # the words go past the stroke
            place = min(v["even"], PEOPLE_TOP)
        found.append((place, lane, words))
    beyond = ", beyond the picture" if round(v["months"]) > SQUARES else ""
    return [
        *found,
        (SQUARES * STEP, MONTHS, f"{number(v['months'])} month{'' if v['months'] == 1 else 's'}{beyond}"),
    ]


def _count_words(lane, v) -> str:
    if lane == ENTERED:
        return number(v["entered"])
    if lane == QUIETLY:
        return f"{number(v['quiet'])}; out in all {number(v['out'])}"
    return number(v["returned"])


def _squares(frozen):
    """A square a month, beside the axis of people and not on it."""

    def places(result):
        months = [(i + 0.5) * STEP for i in range(SQUARES) if (i < round(result["months_frozen"])) is frozen]
        return [(x, x, MONTHS, "") for x in months]

    return places


def _entry_words(now, start):
    v, s = _each(now), _each(start)
    return (
        f"For each entry {number(v['entered'])} get out by entering and {number(v['quiet'])} by quiet ways; {number(v['returned'])} more "
        f"are returned; the count would be even at {number(v['even'])} returned. Apart from that: {number(v['months'])} months of "
        f"frozen talks. In all, weighted: {number(now['net'])} (starting case: {number(s['out'])} out, {number(s['returned'])} returned, "
        f"{number(start['net'])} in all)."
    )


BAR = {"bar": True, "size": 17, "label": False}
MONTH = {"shape": "square", "size": 130, "color": QUIET, "label": False}
ENTRY = declared(
    models.ENTRY,
    "One entry: people out, people returned, and months of frozen talks apart",
    Axis("people, for each entry", 0, PEOPLE_EDGE, ticks=range(0, 601, 100), form=",.0f", grid=False, nice=False),
    Names(lambda _: [MONTHS, " ", ENTERED, QUIETLY, RETURNED]),
    Rule("apart", y=lambda _: " ", dash=(1, 5)),
    Each("out", _out, color=QUIET, begins=True, **BAR),
    Each("back", _back, filled=False, begins=True, **BAR),
    Each("even", _even, **BAR | {"size": 40}),
    Each("month", _squares(True), **MONTH),
    Each("no month", _squares(False), filled=False, **MONTH),
    Note("here", places=_said, off=(9, 0)),
    Note("even", places=_even_said, align="center", off=(0, -28), letters=12),
    words=_entry_words,
    numbers="Filled: people who get out, the second bar going on where the first ends. Outlined: people returned. Thick stroke: as many "
    "returned as would make the count even, by the weight you gave. Squares: months of frozen talks after each entry; they are not on "
    "the axis of people, as the two have no common measure. The 25 and the 100,000 in China are the report's; that all of these "
    "are at risk, and the rest, are assumptions of ours, and so is the mechanism: S3P3 speaks of reconciliation. What a return weighs against a rescue is the moral question.",
    size=(600, 270),
)


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


PICTURES = {
    "publicity.entry": ENTRY,
    "publicity.campaign": CAMPAIGN,
    "publicity.entries": cases.ENTRIES,
    "publicity.entries_since": cases.ENTRIES_SINCE,
    "publicity.returns": cases.RETURNS,
    "publicity.chronicle": cases.CHRONICLE,
}
