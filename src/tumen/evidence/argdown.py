"""The argument as Argdown, a plain text that other programs draw: written from the map, and read back as a map of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from textwrap import shorten

from tumen.core import Problem
from tumen.core.cells import plain_text
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.evidence.argdown_text import (
    ITEM,
    LARGEST,
    LINE,
    MARKS,
    NAMED,
    NUMBERED,
    PREMISE,
    SIGNS,
    UNNAMED,
    bare_text,
    named,
    text_of_argdown,
)
from tumen.evidence.argument import Argument, Leg, Point
from tumen.evidence.ledger import claims


@frozen
class Own:
    """Somebody's own words on a point: `side` is + for it, - against it, and empty where that is not said."""

    name: str
    text: str
    point: str
    side: str = ""


@frozen
class Read:
    """A map that was read: the `argument`; by point, what is said against it; and its headings, by number of chain."""

    argument: Argument
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chains: Mapping[int, str] = field(default_factory=dict)


# --- out ----------------------------------------------------------------------------------------------


def written(argument: Argument, own: Iterable[Own] = (), title: str = "The report's argument, as we read it") -> str:
    """The map as Argdown: a statement a point, a premise-conclusion argument a leg, then one's own words for and against."""
    own = list(own)
    out = ["===", f"title: {title}", "==="]
    for chain in sorted({p.chain for p in argument.points.values()}):
        out += ["", f"# {home().meta.chains.get(chain, str(chain))}", ""]
        legs: list[str] = []
        for id, point in argument.points.items():
            if point.chain == chain:
                out.append(f"[{id}]: {_line(point.says)}")
                out += [f"  {o.side} <{o.name}>" for o in own if o.point == id and o.side]
                for leg in _legs(argument, id):
                    legs += ["", *_leg(leg)]
        out += legs
    if own:
        out += ["", "# In our own words", ""]
        out += [
            f"<{o.name}>: {_line(o.text)}"
            + ("" if o.side else f" // on [{o.point}]; begin it with + or - to say for or against")
            for o in own
        ]
    return "\n".join(out) + "\n"


def _legs(argument: Argument, id: str) -> list[Leg]:
    """The legs of a conclusion as the map starts; where it needs all of them they are one argument."""
    legs = argument.legs_of(id)
    if len(legs) < 2 or argument.joined().get(id, "any") == "any":
        return legs
    premises = tuple(dict.fromkeys(p for g in legs for p in g.premises))
    return [Leg(id, " and ".join(g.name for g in legs), premises)]


def _leg(leg: Leg) -> list[str]:
    read = f" ({leg.reading})" if leg.reading else ""
    out = [f"<{leg.conclusion}, {leg.name or 'support'}{read}>: {_line(leg.note)}".rstrip(": "), ""]
    out += [f"({i}) [{id}]" for i, id in enumerate(leg.premises, start=1)]
    return [*out, "----", f"({len(leg.premises) + 1}) [{leg.conclusion}]"]


def _line(words: str) -> str:
    """Words on one line, with nothing in them that Argdown would take for a mark of its own."""
    return " ".join(plain_text(words).translate(MARKS).replace("//", "/ /").split())


# --- in -----------------------------------------------------------------------------------------------


class _Reader:
    """What was read so far: statements and arguments by name, what supports and what attacks what."""

    def __init__(self, source: str):
        self.where = source
        self.points: dict[str, str] = {}
        self.chains: dict[str, int] = {}
        self.arguments: dict[str, str] = {}
        self.legs: list[Leg] = []
        self.pro: list[tuple[str, str]] = []  # (what supports, what is supported), names with their brackets
        self.con: list[tuple[str, str]] = []
        self.inside: dict[str, tuple[str, ...]] = {}  # the premises of an argument that is spelled out
        self.chain = 1
        self.headings: dict[int, str] = {}

    def name(self, marked: str, text: str | None) -> str:
        """Take note of a statement or an argument."""
        name = marked[1:-1].strip() or "…"
        known = self.points if marked[0] == "[" else self.arguments
        if text and known.get(name, name) not in (name, text):
            raise Problem(
                f"{self.where}: {shown(name)} is said here in other words than before; give one of the two another name."
            )
        if text or name not in known:
            known[name] = text or known.get(name) or name
        self.chains.setdefault(marked[0] + name, self.chain)
        return marked[0] + name

    def relate(self, sign: str, parent: str, child: str) -> None:
        """Take note of a relation: of the child to its parent, or with > the other way round."""
        if sign in ("><", "<>"):  # the two cannot both hold
            self.con += [(child, parent), (parent, child)]
            return
        pair = (parent, child) if sign.endswith(">") else (child, parent)
        (self.pro if "+" in sign else self.con).append(pair)


def read(text: str, source: str = "the text") -> Read:
    """Read statements, arguments, premises with conclusions, and what supports or attacks what; raises `Problem`.

    `source` names the text in a sentence of refusal. Tags and data in braces are passed over.
    """
    if len(text) > LARGEST:
        raise Problem(f"{source} is too long for an argument; at most {LARGEST:,} characters are read.")
    found, pending, current = _Reader(source), None, ""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(bare_text(text, source).expandtabs(4).splitlines(), start=1):
        bare, where = line.strip(), f"{source}, line {number}"
        found.where = where
        if bare and bare[0] in "–—−＋":
            bare = bare[0].translate(SIGNS) + bare[1:]
        indent = len(line) - len(line.lstrip())
        if not bare:
            continue
        if bare.startswith("#"):
            found.chain += bool(found.chains)
            found.headings[found.chain] = bare.strip("# ")
            _concluded(pending)
            above, pending = [], None
        elif premise := PREMISE.match(bare):
            pending = _premise(found, premise[2], pending or {"name": current, "at": where}, where)
            above = [(indent, "[" + pending["last"])]
        elif pending and bare[:2] == bare[-2:] == "--":
            pending["ruled"] = True
        elif LINE.fullmatch(bare):
            if above and above[-1][1].startswith("<"):
                raise Problem(f"{where}: a line of dashes stands here without a premise such as (1) above it.")
        elif item := ITEM.match(bare) or (UNNAMED.match(bare) if above or indent else None):
            above = [a for a in above if a[0] < indent]
            name = found.name(item[2] if item.re is ITEM else f"[{named(item['text'])}]", item["text"])
            if item["sign"] and not above:
                raise Problem(
                    f"{where}: {shown(bare[:60])} stands under nothing that it could support or attack; indent it below that."
                )
            if item["sign"]:
                found.relate(item["sign"], above[-1][1], name)
            else:
                _concluded(pending)
                current, pending = name, None
            above.append((indent, name))
        elif pending and pending["ruled"] and not pending["done"]:
            continue  # the name of an inference, between two lines
        elif bare[0] in "[<" and re.match(rf"{NAMED}\s", bare):
            raise Problem(f"{where}: {shown(bare[:60])} needs a colon behind its name.")
        elif re.match(rf"[*•]\s*{NAMED}", bare):
            raise Problem(f"{where}: {shown(bare[:60])} says neither for nor against; begin it with + or -.")
        elif above and above[-1][1].startswith("<") and NUMBERED.match(bare):
            raise Problem(
                f"{where}: a premise begins with its number in brackets, such as (1), and not with {shown(bare.split()[0])}."
            )
        elif not above and pending is None:
            found.name(f"[{named(bare)}]", bare)
        elif above:
            _goes_on(found, above[-1][1], bare)
    _concluded(pending)
    return _made(found, source)


def _concluded(pending: dict | None) -> None:
    """Raise `Problem` where premises stand without a conclusion."""
    if pending and not pending["done"]:
        raise Problem(
            f"{pending['at']}: premises stand here without a conclusion; write a line of ---- below them and then it."
        )


def read_file(name: str | Path) -> Read:
    """The same of a file; raises `Problem` where it cannot be read or is no text."""
    return read(text_of_argdown(Path(name)), Path(name).name)


def _premise(found: _Reader, rest: str, pending: dict, where: str) -> dict:
    """Take note of a premise, or of the conclusion where a line was drawn above it."""
    item = ITEM.match(rest)
    marked, text = (item[2], item["text"]) if item else (f"[{named(rest)}]", rest)
    if marked[0] != "[":
        raise Problem(
            f"{where}: a premise is a statement in square brackets or a sentence; {shown(rest[:60])} is an argument."
        )
    name = found.name(marked, text)[1:]
    if not pending.get("ruled"):
        return {
            **pending,
            "premises": [*pending.get("premises", ()), name],
            "ruled": False,
            "done": False,
            "last": name,
        }
    argument = pending["name"][1:] if pending["name"].startswith("<") else ""
    found.legs.append(Leg(name, argument or f"{name} {len(found.legs) + 1}", tuple(pending["premises"])))
    found.inside[argument] = tuple(pending["premises"])
    return {"name": pending["name"], "at": where, "premises": [name], "ruled": False, "done": True, "last": name}


def _goes_on(found: _Reader, name: str, more: str) -> None:
    known = found.points if name[0] == "[" else found.arguments
    known[name[1:]] = f"{known[name[1:]]} {more}"


def _made(found: _Reader, source: str) -> Read:
    """The map: an argument that is not spelled out is a point of its own, and so supports or attacks as one."""
    ledger = {c.id: c for c in claims()}
    both = {f"<{n}" for n in found.arguments if n in found.points and n not in found.inside}
    if both:  # a statement and an argument of one name are two

        def apart(name: str) -> str:
            return f"{name} (argument)" if name in both else name

        found.arguments = {apart(f"<{n}")[1:]: t for n, t in found.arguments.items()}
        found.chains = {apart(n): c for n, c in found.chains.items()}
        found.pro, found.con = ([(apart(a), apart(b)) for a, b in pairs] for pairs in (found.pro, found.con))
    shut = {n: t for n, t in found.arguments.items() if n not in found.inside}
    says = {**found.points, **{n: t for n, t in shut.items() if n not in found.points}}
    if not says:
        raise Problem(f"{source} holds no statement; Argdown writes one as [name]: sentence.")
    legs = list(found.legs)
    against: dict = {}
    for child, parent in found.pro:
        if parent[1:] in says:
            premises = found.inside.get(child[1:], (child[1:],)) if child[0] == "<" else (child[1:],)
            legs.append(Leg(parent[1:], child[1:], premises))
    for child, parent in found.con:
        against.setdefault(parent[1:], []).append(child[1:])
    legs = list({(g.conclusion, g.premises): g for g in legs}.values())
    layers = _layers(says, legs, source)
    joined = {id for id in says if sum(g.conclusion == id for g in legs) > 1}
    points = {
        id: Point(
            id, "claim" if id in ledger else "own", found.chains.get(f"[{id}", found.chains.get(f"<{id}", 1)), shorten(text, 60, placeholder="…") or id, text,
            layers[id], float(i), "any" if id in joined else "", claim=ledger.get(id),
        )
        for i, (id, text) in enumerate(says.items())
    }  # fmt: skip
    used = sorted({p.chain for p in points.values()})
    return Read(
        Argument(points, tuple(legs)),
        {k: tuple(v) for k, v in against.items()},
        {chain: found.headings.get(chain, "") for chain in used},
    )


def _layers(says: Iterable[str], legs: list[Leg], source: str) -> dict[str, int]:
    """How far each point stands from the premises; raises `Problem` where something carries itself."""
    layer = dict.fromkeys(says, 0)
    for _ in range(len(layer) + 1):
        moved = False
        for g in legs:
            above = 1 + max(layer[p] for p in g.premises)
            if layer[g.conclusion] < above:
                layer[g.conclusion], moved = above, True
        if not moved:
            return layer
    raise Problem(f"{source} goes in a circle: {shown(max(layer, key=layer.__getitem__))} in it carries itself.")
