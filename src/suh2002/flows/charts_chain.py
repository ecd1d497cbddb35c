"""How the chain of people who follow people is drawn, and how settling is: who came, who waits, what grant they were given."""

from __future__ import annotations

from suh2002.flows import curves, models, models_year
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis, swept
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Note, Rule
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core import once
from tumen.core.words import number


@once
def _chain(_result):
    return curves.fitted_chain()


def _fitted(now):
    chain = _chain(now)
    return [(e, e, r, label) for (_, e, r), label in zip(chain, _named(chain), strict=True)]


def _named(chain) -> list[str]:
    """A label for each fitted year; one that lies on the year before it shares that one's."""
    out = []
    for i, (year, e, _) in enumerate(chain):
        if i and abs(e - chain[i - 1][1]) < 0.2:
            out[-1], label = "", f"{chain[i - 1][0]}, {year}"
        else:
            label = str(year)
        out.append(label)
    return out


def _words(now, start):
    fitted = ", ".join(f"{year} {number(r, 2)}" for year, _, r in _chain(now))
    return (
        f"Further arrivals each arrival brings in the end, against enforcement. At an enforcement of {number(now['enforcement'])} each "
        f"brings {number(now['reproduction'])} (starting case {number(start['reproduction'])}); it is one at "
        f"{number(now['enforcement_at_one'])}. By the fit of the history: {fitted}."
    )


REPRODUCTION = declared(
    models.REPRODUCTION,
    "What each arrival brings, against one",
    Axis(
        "enforcement added since 1998, log points: 0.7 halves passage, 1.4 quarters it",
        -0.12,
        4.25,
        follows=("enforcement",),
        ticks=(0, 1, 2, 3, 4),
        grid=False,
        nice=False,
    ),
    Axis(
        "further arrivals each one brings (each step up multiplies)", 0.02, 30, log=True, ticks=(0.1, 1, 10), form="~g"
    ),
    Rule("one", "above one: grows by itself", y=1, color=INK, side="above"),
    Rule("below", "below one: dies out by itself", y=1, color=INK, side="below"),
    Rule("turn", "one at {enforcement_at_one}", x="enforcement_at_one", dash=(1, 4), size=11),
    Line(
        "brings", swept("enforcement", "reproduction", 5), "further arrivals each arrival brings in the end", width=2.5
    ),
    Dot(
        "here",
        "enforcement",
        "reproduction",
        "in this setting each brings {reproduction}",
        ("your setting above one", "your setting below one"),
        holds=lambda r: r["reproduction"] > 1,
        size=140,
    ),
    Each(
        "fitted",
        _fitted,
        "diamonds: the years in which enforcement changed, by the fit of the history (flows_fits:F04)",
        filled=False,
        color=QUIET,
        shape="diamond",
        size=60,
        letters=11,
    ),
    guess={"reproduction": "y", "enforcement_at_one": "x"},
    known=("one", "below"),
    words=_words,
    numbers="All of it is ours; nobody counts who was brought by whom.",
)


TOP, GRANT, HIGHEST = 6_000, 5_050, 28e6  # people; where the lane of the grant begins; the largest grant drawn, won
FIRST, LAST = 1997.3, 2028.5


def _scale(model) -> float:
    """How much higher the picture is drawn, so that the grant's lane begins above the room there may be."""
    return max(1, 1.01 * model.quantity("capacity").high / GRANT)


def _came(over):
    """The counted arrivals of each year up to the room there is, or above it."""

    def places(result):
        room, rows = result["capacity"], curves.observed(result.model.tables)
        ends = [
            (r["start_year"], min(room, r["total"]) if over else 0, r["total"] if over else min(room, r["total"]))
            for r in rows
        ]
        return [(year, foot, top, "") for year, foot, top in ends if top > foot]

    return places


def _waiting(result, _axis):
    return YEARS, [min(people, _scale(result.model) * GRANT) for people in result["waiting"]]


def _room(result, axis):
    return (axis.low, axis.high), (result["capacity"],) * 2


def _last(result):
    """How many wait at the end, beside the line, clear of the axis and of the grant's lane."""
    scale, waits = _scale(result.model), result["waiting"][-1]
    end = min(max(float(waits), 420 * scale), 0.85 * GRANT * scale)
    said = f"{number(waits)} wait" if waits else "nobody waits"
    most = [(2010.3, 0.93 * GRANT * scale, f"{number(result['most'])} wait, beyond the picture")]
    return [(YEARS[-1], end, said), *(most if result["most"] > GRANT * scale else [])]


def _grants(result):
    """The basic grant as bars on their own lane at the top."""
    scale = _scale(result.model)
    return [(r["year"], scale * GRANT, scale * (GRANT + 350 * r["value"] / HIGHEST), "") for r in curves.grants(result)]


def _millions(result):
    tops = [top + 110 * _scale(result.model) for _, _, top, _ in _grants(result)]
    return [(r["year"], top, number(r["value"] / 1e6)) for r, top in zip(curves.grants(result), tops, strict=True)]


def _lane(result):
    said = "basic grant, one person, million won (not corrected for prices)"
    return [(FIRST + 0.2, 0.985 * TOP * _scale(result.model), said)]


def _settling_words(now, start):
    grants = ", ".join(f"{r['year']} {number(r['value'] / 1e6)}" for r in curves.grants(now))
    return (
        f"Arrivals a year against room for {number(now['capacity'], 4)} a year. At most {number(now['most'])} people wait at the end of a year "
        f"(starting case {number(start['most'])}), and {number(now['waiting'][-1])} at the end of {YEARS[-1]}. Basic grant in million won: "
        f"{grants}."
    )


BAR = {"upright": True, "size": 13, "filled": False, "label": False}
SMALL = {"color": QUIET, "letters": 11}
SETTLING = declared(
    models_year.SETTLING,
    "Who came, who waits, and the settlement grant",
    Axis("year", FIRST, LAST, form="d", grid=False, ticks=range(2000, 2025, 5)),
    Axis("people", 0, TOP, follows=(lambda m: (0, TOP * _scale(m)),), form=",.0f", ticks=range(0, 5_001, 1_000)),
    Each("settled", _came(False), color=BASIS["data"], **BAR | {"filled": True}),
    Each("over", _came(True), color=BASIS["data"], **BAR),
    Line("capacity", _room, label="room for {capacity:4} a year", width=1.2, size=12),
    Line("waiting", _waiting, width=3),
    Note("waiting", places=_last, off=(6, 0), letters=12),
    Each("grant", _grants, **BAR),
    Note("grant", places=_millions, align="center", **SMALL),
    Note("lane", places=_lane, **SMALL),
    words=_settling_words,
    note="Bars: arrivals as counted, filled up to the room there is, hollow above it. Thick line: people waiting at the end of the year. At the "
    "top, on a lane of its own, the basic settlement grant (rows H08, H09, H11, H12, H14 to H16 of the resettlement table). The room is an "
    "assumption of ours.",
    numbers="",
)
