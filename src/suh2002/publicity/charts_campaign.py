"""How a campaign is drawn: people out and people returned as two thin lines, and the count as a thick one."""

from __future__ import annotations

from suh2002.publicity import curves
from tumen.charts.parts import dots, level, line, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET
from tumen.core.words import number

ENTRIES_TOP, ENTRIES_EDGE = 60, 70  # where the axis ends, and where the words beside the lines may end
LOW, HIGH, GAP = -1_200, 1_700, 150


def _draw_campaign():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="entries so far",
        scale=alt.Scale(domain=[0, ENTRIES_EDGE], nice=False),
        axis=alt.Axis(grid=False, values=list(range(0, 61, 10))),
    )
    y = alt.Y(
        "y:Q", title="people", scale=alt.Scale(domain=[LOW, HIGH], nice=False), axis=alt.Axis(format=",.0f", grid=False)
    )
    return (
        level("zero", y, color=QUIET)
        + start_line("start", x, y)
        + line("out", x, y, width=1.5, color=QUIET)
        + line("returned", x, y, width=1.5, color=QUIET)
        + line("net", x, y, width=3)
        + text("name", x, y, dx=5)
        + dots("turn", x, y, filled=False, size=100)
        + dots("dot", x, y, shape="diamond", size=130)
        + text("turn label", x, y, dx=0, dy=19, align="center")
        + text("even label", x, y, dx=10, dy=17)
        + text("here", x, y, dx=13, size=13)
        + text("here below", x, y, dx=9, dy=16, size=13)
    )


def _inside(value: float) -> float:
    return min(max(value, LOW + GAP), HIGH - GAP)


def _campaign_rows(now, start):
    entries, out, returned = curves.sides(now)
    _, net = curves.campaign(now)
    rows = [["zero", None, 0, ""]]
    line_out = _as_far("out", entries, out)
    rows += [line_out[0], line_out[-1]]  # a straight line needs its ends only
    for part, values in (("returned", returned), ("net", net)):
        rows += _as_far(part, entries, values)
    if now.inputs != start.inputs:
        rows += _as_far("start", *curves.campaign(start))
    ends = dict(zip(("got out", "returned", "the count"), curves.at_entries(now, ENTRIES_TOP), strict=True))
    for words, height in _apart(ends).items():
        rows.append(["name", ENTRIES_TOP, height, words])
    return [*rows, *_turn_rows(now), *_here_rows(now)]


def _as_far(part, entries, values):
    """A line as far as the axis goes."""
    return [[part, k, v, ""] for k, v in zip(entries, values, strict=True) if k <= ENTRIES_TOP]


def _apart(ends: dict[str, float]) -> dict[str, float]:
    """The names at the ends of the lines, moved up where they would stand on one another."""
    placed: dict[str, float] = {}
    for words, value in sorted(ends.items(), key=lambda e: e[1]):
        placed[words] = max(_inside(value), *(h + GAP for h in placed.values()), LOW)
    return placed


def _turn_rows(now):
    """The lowest point and where the count is even again, where there are such."""
    even, worst, at = now["break_even_events"], now["worst"], now["worst_at"]
    if even == 0:
        return []
    rows = []
    if at <= ENTRIES_TOP and worst >= LOW:
        said = f"lowest: {number(-worst)} behind, at {number(at, 2)}"
        rows += [["turn", at, worst, ""], ["turn label", min(max(at, 11), 50), max(worst, LOW + GAP), said]]
    said = f"even again at {number(even, 2)}"
    if even > ENTRIES_TOP:
        return [*rows, ["even label", 40, 0, f"{said}, beyond the picture"]]
    return [*rows, ["turn", even, 0, ""], ["even label", min(even, 54), 0, said]]


def _here_rows(now):
    events, net = now["events"], now["net"]
    said = f"after {number(events)}: {_balance(net)}"
    if LOW <= net <= HIGH and events <= ENTRIES_TOP:
        side = "here" if events < now["worst_at"] else "here below"
        place = events if events <= 52 else 52
        return [["dot", events, net, ""], [side, place, _inside(net), said]]
    return [["here", min(events, 36), _inside(net), f"{said}, beyond the picture"]]


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


CAMPAIGN = Picture(
    title="A campaign: people out and people returned as the entries go on",
    columns=("part", "x", "y", "label"),
    draw=_draw_campaign,
    rows=_campaign_rows,
    words=_campaign_words,
    caption=(
        "Thin lines: people who got out, and people returned. Thick line, the count: the first less the second, returns by the weight you "
        "gave. Diamond: the number of entries you set. Hollow: where the count turns and where it is even again. People and number at "
        "risk are the report's; the rest are assumptions of ours, the mechanism and the ceiling of the crackdown above all. What a "
        "return weighs against a rescue is the moral question."
    ),
)
