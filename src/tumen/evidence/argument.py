"""The argument as premises and conclusions: what still stands when a premise is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from tumen.core import Problem, nearest
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.evidence.ledger import Claim, claims
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows

STANDS, LEG, LOST, NEVER, TAKEN = (
    "stands",
    "loses a leg",
    "loses all support",
    "never needed it",
    "taken away",
)
LEGS = {"any": "any leg carries it alone", "all": "it needs all its legs"}


@frozen
class Point:
    """A premise or a conclusion: a claim of the report, a step it leaves unsaid, or a support from the tables.

    `says` is the sentence in full and `short` its few words; `layer` and `line` place it in the drawing;
    `if_taken` says what to see when it is taken away; `rows` are the table rows a support rests on.
    """

    id: str
    kind: str
    chain: int
    short: str
    says: str
    layer: int
    line: float
    joined: str = ""
    if_taken: str = ""
    rows: tuple[str, ...] = ()
    claim: Claim | None = None

    @property
    def load_bearing(self) -> bool:
        """Whether the ledger counts it among the claims the argument rests on."""
        return self.claim is not None and self.claim.load_bearing

    @property
    def tag(self) -> str:
        """What it is called on the page: a claim by its id, the others by what they are."""
        return self.id if self.claim else {"step": "unsaid", "data": "tables", "own": "ours"}[self.kind]


@frozen
class Leg:
    """One support of a conclusion: it stands where all its premises stand.

    `reading` names the reading under which it exists; empty: under any.
    """

    conclusion: str
    name: str
    premises: tuple[str, ...]
    reading: str = ""
    note: str = ""


@frozen
class Joint:
    """A choice of how premises are joined: its key, the question, the options in words and the start."""

    key: str
    question: str
    options: Mapping[str, str]
    start: str


@frozen
class Standing:
    """How a point fares: its state, how many legs it has and how many of them still stand."""

    id: str
    state: str
    legs: int = 0
    left: int = 0

    @property
    def words(self) -> str:
        """The state in words, with the count of legs where one is lost."""
        if self.state == LEG:
            return f"stands on {self.left} of {self.legs} legs"
        return self.state


# --- the argument as premises and conclusions -----------------------------------------------------


@frozen
class Argument:
    """The points by id and the legs that join them; `without` takes premises away."""

    points: dict[str, Point]
    legs: tuple[Leg, ...]

    def legs_of(self, id: str, joined: Mapping[str, str] | None = None) -> list[Leg]:
        """The legs of one conclusion under the readings chosen; none for a mere premise."""
        return self._supports(self.joined(joined)).get(id, [])

    def conclusions(self, joined: Mapping[str, str] | None = None) -> list[str]:
        """The ids of all points that rest on others, in the order of the drawing."""
        resting = self._supports(self.joined(joined))
        return [id for id in self.points if id in resting]

    def _supports(self, chosen: Mapping[str, str]) -> dict[str, list[Leg]]:
        """The legs of every conclusion under the readings chosen."""
        out: dict[str, list[Leg]] = {}
        for g in self.legs:
            if not g.reading or chosen.get(g.premises[0]) == g.reading:
                out.setdefault(g.conclusion, []).append(g)
        return out

    def premises(self) -> list[str]:
        """The ids of all points that carry another under some reading."""
        carrying = {p for g in self.legs for p in g.premises}
        return [id for id in self.points if id in carrying]

    def joints(self) -> dict[str, Joint]:
        """The choices of how premises are joined, by key: one a reading, one a conclusion with several legs."""
        out = {}
        for g in self.legs:
            if g.reading:
                options = home().meta.readings[g.reading]
                says = self.points[g.premises[0]].short
                out[g.premises[0]] = Joint(g.premises[0], f"{g.premises[0]} ({says})", options, next(iter(options)))
        for id, point in self.points.items():
            if point.joined:
                out[id] = Joint(id, f"{point.tag} ({point.short})", LEGS, point.joined)
        return out

    def joined(self, given: Mapping[str, str] | None = None) -> dict[str, str]:
        """Every joint's setting, the given ones in place; raises `Problem` with the nearest valid name."""
        joints = self.joints()
        out = {key: joint.start for key, joint in joints.items()}
        for key, value in (given or {}).items():
            if key not in joints:
                raise Problem(f"nothing is joined at {key!r}; {nearest(key, joints)}.")
            if value not in joints[key].options:
                raise Problem(f"{key} cannot be joined as {value!r}; {nearest(str(value), joints[key].options)}.")
            out[key] = value
        return out

    def ids(self, given: str | Iterable[str]) -> set[str]:
        """Points named by id; a paragraph's stands for its points. Raises `Problem` for another name."""
        out = set()
        for name in [given] if isinstance(given, str) else given:
            found = (
                {name}
                if name in self.points
                else {i for i, p in self.points.items() if p.claim and p.claim.place == name}
            )
            if not found:
                raise Problem(f"the argument has no premise {name!r}; {nearest(str(name), self.points)}.")
            out |= found
        return out

    def without(
        self, premises: str | Iterable[str] = (), joined: Mapping[str, str] | None = None
    ) -> dict[str, Standing]:
        """How every point stands once these premises are taken away, by id.

        A conclusion stands, loses a leg and stands on another, loses all support, or never needed what was
        taken; a premise that rests on nothing stands or is taken away. Raises `Problem` for an unknown name.
        """
        taken, chosen = self.ids(premises), self.joined(joined)
        supports = self._supports(chosen)
        out: dict[str, Standing] = {}
        fallen, touched = set(taken), set(taken)
        for id in self._order(supports):
            legs = supports.get(id, [])
            left = sum(not fallen & set(g.premises) for g in legs)
            if any(touched & set(g.premises) for g in legs):
                touched.add(id)
            state = _state(id, len(legs), left, chosen.get(id, "any"), taken, touched)
            if state == LOST:
                fallen.add(id)
            out[id] = Standing(id, state, len(legs), left)
        return {id: out[id] for id in self.points}

    def _order(self, supports: Mapping[str, list[Leg]]) -> list[str]:
        """The points with every premise before what it carries; raises `Problem` where the argument is circular."""
        carried_by = {id: {p for g in supports.get(id, ()) for p in g.premises} for id in self.points}
        try:
            return list(TopologicalSorter(carried_by).static_order())
        except CycleError as e:
            raise Problem(f"argument.csv goes in a circle: {' carries '.join(e.args[1])}.") from None


def argument() -> Argument:
    """The argument as data/argument.csv and data/argument_points.csv declare it; raises `Problem` where they are wrong."""
    ledger = {c.id: c for c in claims()}
    rows = read_rows(shipped("data") / "argument_points.csv", schema("argument_points"))
    points = {row["id"]: _point(row, ledger) for row in rows}
    return Argument(points, _legs(points))


def _legs(points: Mapping[str, Point]) -> tuple[Leg, ...]:
    grouped: dict[tuple[str, str], list[dict]] = {}
    for row in read_rows(shipped("data") / "argument.csv", schema("argument")):
        for part in ("conclusion", "premise"):
            if row[part] not in points:
                raise Problem(
                    f"argument.csv, row {row['id']}, column {part}: {row[part]!r} is no point; {nearest(row[part], points)}."
                )
        grouped.setdefault((row["conclusion"], row["leg"]), []).append(row)
    return tuple(
        Leg(conclusion, name, tuple(r["premise"] for r in rows), rows[0]["reading"] or "", rows[0]["note"] or "")
        for (conclusion, name), rows in grouped.items()
    )


def _point(row: dict, ledger: Mapping[str, Claim]) -> Point:
    claim = ledger.get(row["id"])
    if row["kind"] == "claim" and claim is None:
        raise Problem(f"argument_points.csv: {row['id']!r} is no claim; {nearest(row['id'], ledger)}.")
    return Point(
        id=row["id"],
        kind=row["kind"],
        chain=row["chain"],
        short=row["short"],
        says=claim.paraphrase if claim else row["says"],
        layer=row["layer"],
        line=row["line"],
        joined=row["joined"] or "",
        if_taken=row["if_taken"] or "",
        rows=tuple(part.strip() for part in (row["rows"] or "").split(";") if part.strip()),
        claim=claim,
    )


def _state(id: str, legs: int, left: int, joined: str, taken: set[str], touched: set[str]) -> str:
    if id in taken:
        return TAKEN
    if not legs:
        return STANDS
    if id not in touched:
        return NEVER if taken else STANDS
    if left == legs:
        return STANDS
    return LEG if left and joined == "any" else LOST
