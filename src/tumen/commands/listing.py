"""`tumen models` and `tumen claims`: what there is."""

from __future__ import annotations

from dataclasses import fields

from tumen.brief import models
from tumen.commands.console import print_json
from tumen.core import Problem, nearest
from tumen.core.home import home
from tumen.core.model import Model
from tumen.core.result import plain
from tumen.evidence.ledger import Claim, claims


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser("models", help="list the models", description="List every model with its quantities.")
    p.add_argument("--json", action="store_true", help="print JSON")
    p.set_defaults(do=do_models)
    p = commands.add_parser("claims", help="list the report's claims", description="List the claim ledger.")
    p.add_argument("where", nargs="?", help="a claim or a paragraph by its id; all where none is given")
    p.add_argument(
        "--as-of", metavar="DATE", help="leave out what was not known on that day, such as 2024-05-31, or `written`"
    )
    p.add_argument("--json", action="store_true", help="print JSON")
    p.set_defaults(do=do_claims)


def described(model: Model) -> dict:
    """A model's declaration as plain words and numbers."""
    parts = ("key", "label", "unit", "kind", "value", "low", "high", "shape", "basis", "source", "note")
    quantities = []
    for q in model.quantities:
        row = {p: plain(getattr(q, p)) for p in parts}
        if q.choices:
            row["choices"] = list(q.choices)
        if q.entries:
            row["entries"] = [
                {"value": plain(e.value), "speaker": e.speaker, "basis": e.basis, "source": e.source, "note": e.note}
                for e in q.entries
            ]
        quantities.append(row)
    return {
        "key": model.key,
        "theme": model.theme,
        "question": model.question,
        "claims": list(model.claims),
        "quantities": quantities,
        "outputs": [
            {"key": o.key, "label": o.label, "unit": o.unit, "kind": o.kind, "flow": o.flow} for o in model.outputs
        ],
        "findings": [{"claim": f.claim, "says": f.says, "relation": f.relation} for f in model.findings],
    }


def do_models(args) -> None:
    """Print every model."""
    if args.json:
        print_json([described(m) for m in models().values()])
        return
    for m in models().values():
        print(f"{m.key}: {m.question}")
        for q in m.quantities:
            print(f"    {q.key}: {q.label} [{q.basis}]")
        print(*(f"    gives {o.key}: {o.label}{f' ({o.unit})' if o.unit else ''}" for o in m.outputs), sep="\n")


def speaking_to(claim: str) -> list[str]:
    """The keys of the models that have a finding on a claim, or name it among those they speak to."""
    return [m.key for m in models().values() if claim in m.claims or any(f.claim == claim for f in m.findings)]


def as_row(claim: Claim) -> dict:
    """A claim as the ledger's columns, and the models that speak to it."""
    row = {f.name: getattr(claim, f.name) for f in fields(Claim)}
    return {**row, "models": speaking_to(claim.id)}


def do_claims(args) -> None:
    """Print the ledger, or a part of it."""
    chosen = claims(args.as_of)
    if args.where:
        chosen = [c for c in chosen if args.where in (c.id, c.place)]
        if not chosen:
            known = {x for c in claims() for x in (c.id, c.place)}
            raise Problem(f"there is no claim or paragraph {args.where!r}; {nearest(args.where, known)}.")
    if args.json:
        print_json([as_row(c) for c in chosen])
        return
    known = f"to {home().meta.evidence_to.year}"
    for c in chosen:
        weight = "*" if c.load_bearing else " "
        print(
            f"{c.id:8}{weight} {c.paraphrase} [{c.kind}; then: {c.status_at_writing}; {known}: {c.status or 'left out'}]"
        )
    if not args.where:
        print(f"{len(chosen)} claims; * marks the {sum(c.load_bearing for c in chosen)} the argument rests on.")
