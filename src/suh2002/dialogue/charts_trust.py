"""How trust is drawn: what three partners have and would need, and what yearly votes do to it."""

from __future__ import annotations

from suh2002.dialogue.studies import FIRST, LINKED, NEEDED, PARTNER, TAKEN, VOTED
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, level, line, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number

OURS = BASIS["assumption"]

# --- three partners ----------------------------------------------------------------------------


def _draw_partners():
    import altair as alt

    x = alt.X("x:Q", title="trust, from 0 to 1", scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:N", title=None, sort=None, scale=alt.Scale(paddingOuter=0.4), axis=alt.Axis(ticks=False, domain=False))
    return layered(
        names("name", x, y),
        span("way", x, "x2:Q", y, color=QUIET, width=2),
        dots("trust", x, y, color=OURS, size=110),
        dots("needed", x, y, filled=False, shape="triangle-up", size=110),
        text("trust", x, y, align="center", dx=0, dy=-17, color=OURS),
        text("needed", x, y, align="center", dx=0, dy=-17),
        text("demands", x, y, align="left", dx=0, dy=19, color=INK),
    )


def _partner_rows(rows, _start=None):
    out = []
    for row in rows:
        name = row[PARTNER]
        out += [
            ["name", row["from"], name, "", None],
            ["way", row["from"], name, "", row["to"]],
            ["trust", row["from"], name, f"believed at {number(row['from'], 2)}", None],
            ["needed", row["to"], name, f"would need {row[NEEDED]}", None],
            [
                "demands",
                min(row["from"], row["to"], 0.4),
                name,
                f"recognition first {row[FIRST]}, rights first {row[LINKED]}",
                None,
            ],
        ]
    return out


def _partner_words(rows, _start=None) -> str:
    said = "; ".join(
        f"{r[PARTNER]}: trust {number(r['from'], 2)}, needed {r[NEEDED]}, {FIRST} carries {r[FIRST]} steps and {LINKED} {r[LINKED]}"
        for r in rows
    )
    return f"Three partners of Pyongyang, as we read them. {said}."


PARTNERS = Picture(
    title="The trust three partners have, and what rights first would need",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_partners,
    rows=_partner_rows,
    words=_partner_words,
    caption=(
        "Dot: the trust we give each partner’s word. Triangle: the trust at which rights first overtakes recognition first. Under "
        "each line: the steps that either way can carry. Every number put in is an assumption of ours: the report "
        "gives none."
    ),
    size=(420, 240),
)

# --- votes and a believed word -----------------------------------------------------------------

YEARS = (2000.5, 2012.5)
VOTES = 0.93  # the height of the votes
LINES = ("little", "middle", "much")
NAMED = {
    "little": 6,
    "middle": 4,
    "much": 3,
}  # the year from the first at which each line is named, clear of the others


def _draw_trust():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="start of the year",
        scale=alt.Scale(domain=list(YEARS), nice=False),
        axis=alt.Axis(values=list(range(2001, 2013)), format="d", grid=False),
    )
    y = alt.Y("y:Q", title="trust", scale=alt.Scale(domain=[0, 1]))
    return layered(
        level("needed", y, color=QUIET, dash=[2, 3]),
        text("needed", x, y, align="right", dx=-4, dy=-9, color=QUIET),
        line("little", x, y, color=OURS, width=1.2),
        line("middle", x, y, color=OURS, width=3),
        line("much", x, y, color=OURS, width=1.2),
        text("name little", x, y, dx=8, dy=-9, color=OURS),
        text("name middle", x, y, dx=8, dy=-9, color=OURS),
        text("name much", x, y, align="right", dx=-9, color=OURS),
        dots("vote", x, y, color=BASIS["data"], shape="triangle-up", size=60),
        text("votes", x, y, align="right", dx=-8, color=BASIS["data"]),
    )


def _trust_rows(rows, _start=None):
    if not rows:
        return []
    needed = rows[0]["needed"]
    out = [["needed", YEARS[1], needed, f"rights first overtakes at {number(needed, 2)}"]]
    for row in rows:
        out += [[part, row["start of"], t, ""] for part, t in zip(LINES, row["trust"], strict=True)]
    for i, (part, loss) in enumerate(zip(LINES, TAKEN, strict=True)):
        row = rows[min(NAMED[part], len(rows) - 1)]
        out.append([f"name {part}", row["start of"], row["trust"][i], f"a vote takes {number(loss, 2)}"])
    votes = [row["start of"] - 0.5 for row in rows if row[VOTED] == "yes"]
    out += [["vote", at, VOTES, ""] for at in votes]
    return [*out, ["votes", min(votes), VOTES, "a public vote"]] if votes else out


def _trust_words(rows, _start=None) -> str:
    if not rows:
        return "No years to show: 0 rows."
    ends = "; ".join(
        f"{number(t, 2)} if a vote takes {number(loss, 2)} of it"
        for loss, t in zip(TAKEN, rows[-1]["trust"], strict=True)
    )
    votes = sum(row[VOTED] == "yes" for row in rows)
    return (
        f"A word believed at {number(rows[0]['trust'][0], 2)} in {rows[0]['start of']} and a public vote in {votes} of "
        f"{len(rows) - 1} years: at the start of {rows[-1]['start of']} trust is {ends}. Rights first would overtake at "
        f"{number(rows[0]['needed'], 2)}."
    )


TRUST = Picture(
    title="A word that was believed in 2001, and a vote a year",
    columns=("part", "x", "y", "label"),
    draw=_draw_trust,
    rows=_trust_rows,
    words=_trust_words,
    caption=(
        "Green: years with a public vote on rights in the North, rows N044 to N055 of the recognition table. Lines: trust in an "
        "outsider who joins each vote, as the hold-up has it; a year without a vote restores a tenth of what is missing. The dates are "
        "data; the trust and what moves it are assumptions of ours."
    ),
)
