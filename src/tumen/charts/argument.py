"""The argument as a map: premises at the left, what they carry to the right, each with its status in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from textwrap import shorten

from tumen.charts.lanes import plane
from tumen.charts.parts import DASH, block, chart_of, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET, START
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.evidence.argument import LEG, LOST, TAKEN, Argument, Leg, Point, Standing, argument
from tumen.evidence.argument_words import carried_by, verdict

# words of the ledger in short, and their colours (contrast on white at least 4.5; never colour alone)
GOOD, FAIR, WEAK, POOR, PLAIN = "#2E6B34", "#5B4A9C", "#8A5A00", "#A3234B", QUIET
STATUS = {
    "well supported": ("well supported", GOOD),
    "plausible": ("plausible", FAIR),
    "contestable": ("contestable", WEAK),
    "asserted without evidence": ("asserted", POOR),
    "value or definition": ("a value", PLAIN),
    "held": ("held", GOOD),
    "supported": ("supported", GOOD),
    "came true": ("came true", GOOD),
    "fires": ("fires", GOOD),
    "contested": ("contested", WEAK),
    "depends on its coding": ("by coding", WEAK),
    "a model's": ("a model’s", FAIR),
    "not yet": ("not yet", FAIR),
    "did not hold": ("failed", POOR),
    "not supported": ("not borne", POOR),
    "did not come true": ("failed", POOR),
    "does not fire": ("no case", POOR),
    "untestable": ("untestable", PLAIN),
    "no verdict": ("no verdict", PLAIN),
}
OURS = {"step": ("in our words", PLAIN), "data": ("not in the report", PLAIN), "own": ("not in the ledger", PLAIN)}

WIDE, HIGH, STEP, LINE, TOP = 170, 28, 202, 31, 34  # pixels: a point, from column to column, from line to line
SIZE = (3 * STEP + WIDE + 4, TOP + 26 * LINE + HIGH)
BEND = 17  # where the premises of one leg meet, before the conclusion


@frozen
class Drawn:
    """What is drawn: the argument, how each point stands, the joints, each claim's status, and failing findings.

    `status` maps a point's id to the ledger's word; `failing` holds the ids of claims whose finding does not
    hold in a model under the case in use; `against` what is said against a point, and `chains` the headings by number,
    empty for the report's own.
    """

    argument: Argument
    standing: Mapping[str, Standing]
    joined: Mapping[str, str] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    failing: frozenset[str] = frozenset()
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chains: Mapping[int, str] = field(default_factory=dict)


def _draw(size: tuple[int, int] = SIZE):
    import altair as alt

    x, y = plane((0, size[0]), (size[1], 0))
    own = {"color": alt.Color("color:N", scale=None, legend=None)}

    def rule(part, **mark):
        return chart_of(part).mark_rule(**mark).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")

    def box(part, **mark):
        return block(part, x, y, cornerRadius=2, opacity=1, also=told(" "), **mark)

    def mark(part, **look):
        return chart_of(part).mark_point(filled=True, opacity=1, **look).encode(x=x, y=y)

    return (
        rule("edge", color=QUIET, strokeWidth=1.1)
        + rule("edge gone", color=START, strokeWidth=1.1, strokeDash=[3, 3])
        + rule("against", color=POOR, strokeWidth=1.6, strokeDash=[2, 2])
        + mark("meet", size=26, color=QUIET)
        + mark("head", shape="triangle-right", size=46, color=QUIET)
        + box("point", fill="#FFFFFF", stroke="#A9ADB3", strokeWidth=1)
        + box("heavy", fill="#FFFFFF", stroke=INK, strokeWidth=2)
        + box("gone", fill=PAPER, stroke=START, strokeWidth=1.2, strokeDash=DASH)
        + block("bar", x, y, opacity=1, also=own)
        + mark("cross", shape="cross", angle=45, size=60, color=POOR)
        + text("label", x, y, dx=0, size=11).encode(**own)
        + text("below", x, y, dx=0, size=10).encode(**own)
        + rule("strike", color=INK, strokeWidth=1.2)
        + text("chain", x, y, dx=0, size=12, color=INK)
    )


def _place(point: Point) -> tuple[float, float]:
    """The left edge and the middle height of a point."""
    return 2 + point.layer * STEP, TOP + point.line * LINE


def _rows(now: Drawn) -> list[list]:
    out = []
    for number, name in (now.chains or home().meta.chains).items():
        first = min((p for p in now.argument.points.values() if p.chain == number), key=lambda p: (p.line, p.layer))
        left, middle = _place(first)
        out.append(["chain", left, middle - 24, f"{number}  {name}" if name else "", INK, "", None, None])
    for id in now.argument.conclusions(now.joined):
        legs = sorted(now.argument.legs_of(id, now.joined), key=lambda g: _height(now, g))
        for i, leg in enumerate(legs):
            out += _leg_rows(now, leg, (i - (len(legs) - 1) / 2) * min(10, 27 / len(legs)))
    for target, attackers in now.against.items():
        for id in attackers:
            out += _against_rows(now, target, id)
    for id in now.argument.points:
        out += _point_rows(now, id)
    return out


def _against_rows(now: Drawn, target: str, id: str) -> list[list]:
    """The line from what speaks against a point to that point, with a cross at its end."""
    points = now.argument.points
    if not {target, id} <= set(points):
        return []
    (left, middle), (from_left, from_middle) = _place(points[target]), _place(points[id])
    side = WIDE - 14 if left == from_left else WIDE / 2
    end = middle + (HIGH / 2 if from_middle > middle else -HIGH / 2)
    start = from_middle - (HIGH / 2 if from_middle > middle else -HIGH / 2)
    return [
        ["against", from_left + side, start, "", "", "", left + side, end],
        ["cross", left + side, end, "", "", "", None, None],
    ]


def _height(now: Drawn, leg: Leg) -> float:
    """Where a leg's premises stand on average: legs enter a conclusion in that order, so that few lines cross."""
    return sum(now.argument.points[p].line for p in leg.premises) / len(leg.premises)


def _leg_rows(now: Drawn, leg: Leg, shift: float) -> list[list]:
    """The lines of one leg: from each premise to where they meet, and on to the conclusion."""
    left, middle = _place(now.argument.points[leg.conclusion])
    fallen = {p for p in leg.premises if now.standing[p].state in (TAKEN, LOST)}
    if now.argument.points[leg.premises[0]].layer == now.argument.points[leg.conclusion].layer:
        _, above = _place(now.argument.points[leg.premises[0]])
        kind = "edge gone" if fallen else "edge"
        return [[kind, left + 80, above + HIGH / 2, "", "", "", left + 80, middle - HIGH / 2]]
    out, end = [], (left - 5, middle + shift)
    meet = (left - BEND, middle + shift) if len(leg.premises) > 1 else end
    for id in leg.premises:
        start, height = _place(now.argument.points[id])
        out.append(["edge gone" if id in fallen else "edge", start + WIDE, height, "", "", "", *meet])
    if len(leg.premises) > 1:
        out.append(["edge gone" if fallen else "edge", *meet, "", "", "", *end])
        out.append(["meet", *meet, "", "", "", None, None])
    return [*out, ["head", *end, "", "", "", None, None]]


def _point_rows(now: Drawn, id: str) -> list[list]:
    """The box of one point, its words, and the line through what was taken away."""
    point, standing = now.argument.points[id], now.standing[id]
    left, middle = _place(point)
    top, bottom, right = middle - HIGH / 2, middle + HIGH / 2, left + WIDE
    gone = standing.state in (TAKEN, LOST)
    kind = "gone" if gone else "heavy" if point.load_bearing else "point"
    said, colour = _below(now, point, standing)
    ink = QUIET if gone else INK
    tip = f"{point.tag}: {point.says}"
    out = [[kind, left, top, "", "", tip, right, bottom]]
    if not gone:
        out.append(["bar", left + 1, top + 1, "", colour, "", left + 6, bottom - 1])
    out.append(["label", left + 11, middle - 5.5, point.short, ink, "", None, None])
    out.append(["below", left + 11, middle + 7, f"{point.tag} · {said}", colour, "", None, None])
    if standing.state == TAKEN:
        out.append(["strike", left + 9, middle - 5, "", "", "", left + 13 + 5.4 * len(point.short), middle - 5])
    return out


def _below(now: Drawn, point: Point, standing: Standing) -> tuple[str, str]:
    """The words under a point's label and their colour: its state where it lost something, else its status."""
    if standing.state in (TAKEN, LOST):
        return ("taken away" if standing.state == TAKEN else "all support lost"), INK
    short, colour = OURS.get(point.kind) or STATUS[now.status[point.id].removesuffix(f" in {home().meta.month}")]
    if hit := next((t for t, by in now.against.items() if point.id in by), ""):
        return f"against {shorten(hit, 18, placeholder='…')}", POOR
    if standing.state == LEG:
        return f"{standing.left} of {standing.legs} legs left", colour
    if point.id in now.failing:
        return f"{short}; model: no", colour
    return short, colour


def _words(now: Drawn) -> str:
    """The map in words: the verdict, then each conclusion with what carries it and how it stands."""
    resting = set(now.argument.conclusions(now.joined))
    parts = [
        f"{p.tag}, {p.short}: {now.standing[id].words}; carried by {carried_by(now.argument, id, now.joined)}"
        for id, p in now.argument.points.items()
        if id in resting
    ]
    parts += [f"against {target}: {', '.join(by)}" for target, by in now.against.items()]
    said = verdict(now.argument, now.standing, now.joined)
    many = len(now.chains or home().meta.chains)
    chains = f"{many} chains" if many > 1 else "one chain"
    return f"A map of the argument with {len(now.argument.points)} points in {chains}. {said} {'. '.join(parts)}."


MAP = Picture(
    title="The argument: what carries what",
    columns=("part", "x", "y", "label", "color", "tip", "x2", "y2"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Premises stand at the left of what they carry. Lines that meet in a dot are needed together; separate arrows are separate "
        "legs. A heavy frame marks the claims the ledger counts as load-bearing. Under each point: its claim and its status, as "
        "our ledger reads it. “Model: no” means that a model’s finding on the claim does not hold in the case in use. “Unsaid” "
        "steps are in our words; “tables” is a support the report does not use. How claims hang together is our reading."
    ),
    size=SIZE,
)


def whole(found: Argument | None = None) -> Drawn:
    """An argument, the report's where none is given, with nothing taken away, each claim with its status at the time of writing."""
    found = found or argument()
    status = {id: p.claim.status_at_writing for id, p in found.points.items() if p.claim}
    return Drawn(found, found.without(), {}, status)


WHOLE = replace(MAP, rows=lambda rows: _rows(whole()), words=lambda rows, start=None: _words(whole()))
