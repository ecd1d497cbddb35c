"""The parts of the argument: points, legs, how legs are joined, and how a point stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.evidence.ledger import Claim

STANDS, LEG, LOST, NEVER, TAKEN = (
    "stands",
    "loses a leg",
    "loses all support",
    "never needed it",
    "taken away",
)
LEGS = {"any": "any leg carries it alone", "all": "it needs all its legs"}


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Leg:
    """One support of a conclusion: it stands where all its premises stand.

    `reading` names the reading under which it exists; empty: under any.
    """

    conclusion: str
    name: str
    premises: tuple[str, ...]
    reading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Joint:
    """A choice of how premises are joined: its key, the question, the options in words and the start."""

    key: str
    question: str
    options: Mapping[str, str]
    start: str


@dataclass(frozen=True)
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
