"""The pictures of the publicity theme by the key of what they draw; one entry, and a campaign."""

from __future__ import annotations

from suh2002.publicity import charts_cases as cases
from suh2002.publicity import curves, models
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.placing import BEYOND
from tumen.charts.style import QUIET
from tumen.core import once
from tumen.core.words import number

PEOPLE_TOP, PEOPLE_EDGE = 600, 850  # where the axis ends, and where the words beside the bars may end
ENTERED, QUIETLY, RETURNED, MONTHS = "out by entering", "out by quiet ways", "returned", "months of frozen talks"
STEP, NEAR = 30, 60
# a square a month, beside the axis of people and not on it
SQUARES = tuple((x, x, MONTHS, "") for x in range(STEP // 2, 12 * STEP, STEP))


@once
def _each(result) -> dict[str, float]:
    """People and months for one entry, and the returns at which the count is even."""
    each = models.people_out({**result.inputs, "events": 1})
    even = result["break_even_return"] * result["at_risk"]
    return each | {"out": each["entered"] + each["quiet"], "even": even, "months": result["months_frozen"]}


def _bar(start, end, lane):
    """A bar of a lane, cut off where the axis of people ends."""
    return min(start, PEOPLE_TOP), min(end, PEOPLE_TOP), lane, ""


def _out(result):
    """People who get out, the second bar going on where the first ends."""
    v = _each(result)
    return [_bar(0, v["entered"], ENTERED), _bar(v["entered"], v["out"], QUIETLY)]


def _even(result):
    """A thick stroke at as many returned as would make the count even."""
    even = _each(result)["even"]
    return [(even, even + 4, RETURNED, "")] if even <= PEOPLE_TOP else []


def _beside(value, lane, words):
    """Words beside a bar, which say so where it is cut off."""
    return min(value, PEOPLE_TOP), lane, words + BEYOND * (value > PEOPLE_TOP)


def _even_said(result):
    even = _each(result)["even"]
    place, *words = _beside(even, RETURNED, f"even at {number(even)}")
    return [(max(place, 40), *words)]


def _said(result):
    """The numbers beside the bars and the squares; that of the returned goes past the stroke."""
    v = _each(result)
    entered, quiet, out, returned = (number(v[key]) for key in ("entered", "quiet", "out", "returned"))
    place, *words = _beside(v["returned"], RETURNED, returned)
    if place <= v["even"] < place + NEAR:
        place = min(v["even"], PEOPLE_TOP)
    months = f"{number(v['months'])} month{'' if v['months'] == 1 else 's'}"
    beyond = BEYOND * (round(v["months"]) > len(SQUARES))
    return [
        _beside(v["entered"], ENTERED, entered),
        _beside(v["out"], QUIETLY, f"{quiet}; out in all {out}"),
        (place, *words),
        (len(SQUARES) * STEP, MONTHS, months + beyond),
    ]


BAR = {"bar": True, "size": 17, "label": False}
MONTH = {"shape": "square", "size": 130, "color": QUIET, "label": False}
ENTRY = declared(
    models.ENTRY,
    "One entry: people out, people returned, and months of frozen talks apart",
    Axis("people, for each entry", 0, PEOPLE_EDGE, ticks=range(0, 601, 100), form=",.0f", grid=False, nice=False),
    Names(lambda _: [MONTHS, " ", ENTERED, QUIETLY, RETURNED]),
    Rule("apart", y=lambda _: " ", dash=(1, 5)),
    Each("out", _out, color=QUIET, begins=True, **BAR),
    Each("back", lambda r: [_bar(0, _each(r)["returned"], RETURNED)], filled=False, begins=True, **BAR),
    Each("even", _even, **BAR | {"size": 40}),
    Each("month", lambda r: SQUARES[: round(r["months_frozen"])], **MONTH),
    Each("no month", lambda r: SQUARES[round(r["months_frozen"]) :], filled=False, **MONTH),
    Note("here", places=_said, off=(9, 0)),
    Note("even", places=_even_said, align="center", off=(0, -28), letters=12),
    also={key: lambda r, key=key: _each(r)[key] for key in ("entered", "quiet", "out", "returned", "even")},
    words="For each entry {entered} get out by entering and {quiet} by quiet ways; {returned} more are returned; the count would be "
    "even at {even} returned. Apart from that: {months_frozen} months of frozen talks. In all, weighted: {net} (starting case: "
    "{start.out} out, {start.returned} returned, {start.net} in all).",
    numbers="Filled: people who get out, the second bar going on where the first ends. Outlined: people returned. Thick stroke: as many "
    "returned as would make the count even, by the weight you gave. Filled squares: months of frozen talks after each entry; they are not on "
    "the axis of people, as the two have no common measure. The 25 and the 100,000 in China are the report's; that all of these "
    "are at risk, and the rest, are assumptions of ours, and so is the mechanism: S3P3 speaks of reconciliation. What a return weighs against a rescue is the moral question.",
    size=(600, 270),
)


def _line(which):
    """One of the three lines, as far as the axis of entries goes."""
    return lambda result, axis: curves.so_far(result, axis)[which]


def _turns(result):
    if not _falls(result):
        return "It never falls behind."
    worst, at, even = (result[key] for key in ("worst", "worst_at", "break_even_events"))
    return f"Lowest at entry {number(at, 2)} ({number(-worst)} behind), even again at entry {number(even, 2)}."


def _falls(result) -> bool:
    return result["break_even_events"] != 0


THIN = {"width": 1.5, "color": QUIET, "begins": False}
TURN = {"filled": False, "size": 100, "letters": 12, "shown": _falls, "begins": False}

CAMPAIGN = declared(
    models.CAMPAIGN,
    "A campaign: people out and people returned as the entries go on",
    Axis("entries so far", 0, 60, follows=("events",), grid=False, nice=False),
    Axis("people", -1_200, 1_700, form=",.0f", grid=False, nice=False),
    Rule("zero", y=0),
    Line("out", _line(0), "people who got out", "got out", **THIN),
    Line("returned", _line(1), "people returned", "returned", **THIN),
    Line("net", _line(2), "the count: the first less the second, returns by the weight you gave", "the count", width=3),
    Dot("here", "events", "net", "after {events}: {balance}", "the number of entries you set", shape="diamond"),
    Dot(
        "turn",
        "worst_at",
        "worst",
        "lowest: {deepest} behind, at {worst_at:2}",
        "where the count turns and where it is even again",
        **TURN,
    ),
    Dot("even", "break_even_events", 0, "even again at {break_even_events:2}", **TURN),
    guess={"break_even_events": "x"},
    known=("zero",),
    also={
        "entries": models.entries,
        "balance": lambda r: models.balance(r["net"]),
        "out": lambda r: curves.at_entries(r, r["events"])[0],
        "returned": lambda r: curves.at_entries(r, r["events"])[1],
        "turns": _turns,
        "deepest": lambda r: -r["worst"],
    },
    words="With {entries}, {out} got out and {returned} were returned; the count, out less returned by weight, is {net} (starting "
    "case {start.net} with {start.entries}). {turns}",
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
