"""What may move what: the causal graph as a declared table, and which ways between two things stay open."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

AID, ARRIVALS = "aid", "arrivals"


@dataclass(frozen=True)
class Node:
    """One thing in the graph: its name, its place in the drawing, and where a yearly series of it can be read.

    `series` names tables of the data package; empty means that we have no yearly numbers for it. `holdable`
    says whether the app offers to hold it fixed.
    """

    key: str
    name: str
    x: float
    y: float
    series: str = ""
    holdable: bool = False


@dataclass(frozen=True)
class Arrow:
    """One arrow: what moves what, why we draw it, and the claim or table row nearest to it.

    That a claim is near does not mean that it says so: no arrow is the report's, and how publicity might harm is ours.
    """

    cause: str
    effect: str
    why: str
    source: str = ""


NODES = (
    Node("harvest", "harvests, floods", 1.5, 0.85, "food", holdable=True),
    Node("policy", "policy in Seoul", -0.05, 3.25, holdable=True),
    Node("leadership", "leadership in Pyongyang", 1.36, 2.95, holdable=True),
    Node("aid", "food aid from Seoul", 0.62, 1.8, "rok_aid"),
    Node("food", "food at home", 2.05, 1.8, "food", holdable=True),
    Node("crossings", "crossings", 3.0, 1.8, holdable=True),
    Node("present", "people in China", 3.94, 1.8),
    Node("arrivals", "arrivals", 5.1, 1.8, "arrivals"),
    Node("border", "border control", 2.8, 2.95, holdable=True),
    Node("closure", "closure of 2020", 2.8, 4.1),
    Node("publicity", "publicity", 3.35, 0.2),
    Node("enforcement", "checks in China", 4.78, 0.65),
    Node("ways", "ways to the South", 4.42, 2.8),
    Node("diplomacy", "quiet diplomacy", 4.05, 3.9, holdable=True),
    Node("earlier", "arrivals of earlier years", 0.95, 5.0),
    Node("grant", "settlement grant", 2.85, 5.45),
    Node("network", "kin and brokers", 5.0, 4.65, holdable=True),
)

ARROWS = (
    Arrow("policy", "aid", "the government in Seoul decides what is sent", "S3P1-g"),
    Arrow("policy", "diplomacy", "and how it speaks with Beijing", "S1P2-c"),
    Arrow("policy", "grant", "and what a new arrival is paid", "resettlement:H14"),
    Arrow("policy", "earlier", "policy lasts: it moved arrivals before, too", "S3P1-a"),
    Arrow("leadership", "aid", "missile and nuclear tests stop shipments", "timeline:T55"),
    Arrow("leadership", "border", "and orders guard the river", "S3P2-a"),
    Arrow("leadership", "earlier", "as they did in earlier years", "S2P2-b"),
    Arrow("harvest", "aid", "aid is asked for and sent when harvests fail", "timeline:T06"),
    Arrow("harvest", "food", "a harvest is most of what there is to eat", "S2P2-a"),
    Arrow("aid", "food", "the report’s aim: help, so that people have enough to eat", "S3P1-i"),
    Arrow("food", "crossings", "hunger sends people over the river", "S2P2-a"),
    Arrow("border", "crossings", "guards and fences keep them back", "S3P2-b"),
    Arrow("border", "ways", "and raise the price of a way on", "S3P2-b"),
    Arrow("closure", "border", "the epidemic shut the border", "S3P2-a"),
    Arrow("crossings", "present", "who crosses and stays is in China", "S2P2-d"),
    Arrow("present", "arrivals", "who is in China may go on to the South", "S1P1-c"),
    Arrow("publicity", "enforcement", "our mechanism: seen cases bring checks", "incidents:I07"),
    Arrow("enforcement", "present", "ours: checks send people back", "repatriations:R11"),
    Arrow("enforcement", "ways", "ours: and close ways on", "incidents:I14"),
    Arrow("diplomacy", "ways", "quiet talks open ways on", "S1P2-e"),
    Arrow("ways", "arrivals", "who finds a way arrives", "S1P1-c"),
    Arrow("earlier", "network", "who arrived earlier has kin and money", ""),
    Arrow("network", "arrivals", "kin pay brokers to bring their own", ""),
    Arrow("grant", "network", "the grant pays the broker", ""),
)

BY_KEY = {n.key: n for n in NODES}
HOLDABLE = tuple(n.key for n in NODES if n.holdable)
CAUSES = {n.key: frozenset(a.cause for a in ARROWS if a.effect == n.key) for n in NODES}
EFFECTS = {n.key: frozenset(a.effect for a in ARROWS if a.cause == n.key) for n in NODES}


def ways(*way: str) -> list[tuple[str, ...]]:
    """Every way to arrivals that begins so, along the arrows in either direction, and meets nothing twice."""
    if way[-1] == ARRIVALS:
        return [way]
    onward = sorted((CAUSES[way[-1]] | EFFECTS[way[-1]]).difference(way))
    return [found for step in onward for found in ways(*way, step)]


def is_open(way: tuple[str, ...], held: Collection[str]) -> bool:
    """Whether a way carries an association while some things are held fixed (Pearl 1988, d-separation).

    It is closed where a held thing stands in it as cause or go-between, or where two arrows meet in a thing
    that is not held and moves nothing that is.
    """
    for before, here, after in zip(way, way[1:], way[2:], strict=False):
        if {before, after} <= CAUSES[here]:  # two arrows meet here
            if not ({here} | moved_by(here)) & set(held):
                return False
        elif here in held:
            return False
    return True


@cache
def moved_by(key: str) -> frozenset[str]:
    """Everything further along the arrows, which run in no circle."""
    return EFFECTS[key].union(*map(moved_by, EFFECTS[key]))


def through(way: tuple[str, ...]) -> bool:
    """Whether a way follows the arrows all along, from cause to effect."""
    return all(b in EFFECTS[a] for a, b in itertools.pairwise(way))


def open_ways(held: Collection[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The ways from aid to arrivals left open, the shortest first: those along the arrows, and all the others."""
    left = sorted((w for w in ways(AID) if is_open(w, held)), key=len)
    return [w for w in left if through(w)], [w for w in left if not through(w)]
