"""`tumen sensitivity` and `tumen flip`: what matters, and where a finding turns."""

from __future__ import annotations

from tumen.analysis import flip_map, flips, sensitivity, tornado
from tumen.analysis.sobol import BASE, default_target
from tumen.analysis.targets import target
from tumen.commands.console import print_json
from tumen.commands.run import add_draws, add_setting, chosen
from tumen.core import Problem
from tumen.core.result import plain
from tumen.core.words import amount, number


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser(
        "sensitivity",
        help="which quantity matters most",
        description="Sobol indices and one-at-a-time ranges of a model's quantities.",
    )
    add_setting(p)
    add_draws(p)
    p.add_argument(
        "--of", metavar="NAME", help="an output or a claim (default: the first finding, else the first output)"
    )
    p.add_argument("--sample", type=int, default=BASE, metavar="N", help=f"base cases (default: {BASE:,})")
    p.set_defaults(do=do_sensitivity)
    p = commands.add_parser(
        "flip", help="where a finding turns", description="The value of each quantity at which a finding turns."
    )
    add_setting(p)
    p.add_argument("--claim", metavar="ID", help="the finding on this claim (default: the model's first)")
    p.add_argument("--of", action="append", metavar="NAME", help="only this quantity; may be given again")
    p.add_argument("--map", nargs=2, metavar=("X", "Y"), help="map the finding over two quantities as well")
    p.set_defaults(do=do_flip)


def do_sensitivity(args) -> None:
    """Print what matters for one target."""
    model, given = chosen(args)
    name = default_target(model) if args.of is None else target(model, args.of).key
    seed = {} if args.seed is None else {"seed": args.seed}
    found = sensitivity(model, given, hold=args.hold, n=args.sample, **seed)
    alone = tornado(model, given, [i.quantity for i in found.of(name)])
    if args.json:
        _print({
            "model": model.key, "of": name, "n": found.n, "runs": found.runs, "seed": found.seed,
            "reading": found.reading(name), "learn_more": list(found.learn_more(name)),
            "rows": [row for row in found.rows() if row["target"] == name],
            "one_at_a_time": [row for row in alone.rows() if row["target"] == name],
        })  # fmt: skip
        return
    what = target(model, name)
    print(f"{model.question}\n  what moves {what.label if what.kind == 'output' else f'the margin of {name}'}:")
    bars = {bar.quantity: bar for bar in alone.of(name)}
    for i in found.of(name):
        part = "no answer" if i.total is None else f"alone {_hundred(i.first)}, with the others {_hundred(i.total)}"
        bar = bars[i.quantity]
        ends = f"{number(bar.at_low)} at {number(bar.low)}, {number(bar.at_high)} at {number(bar.high)}"
        print(f"  {i.label} ({i.quantity}): {part} in 100 of the variance; one at a time {ends}")
    print(found.reading(name))


def _hundred(part: float) -> str:
    return number(max(100 * part, 0), 2)


def do_flip(args) -> None:
    """Print the break-even of every quantity for one finding."""
    model, given = chosen(args)
    found = flips(model, args.claim, given, args.of)
    if not found.turns:
        raise Problem(f"{model.key} has no quantity with a range, so nothing in it can be moved to turn {found.claim}.")
    drawn = flip_map(model, *args.map, found.claim, given) if args.map else None
    if args.json:
        head = {"model": model.key, "claim": found.claim, "holds": found.holds_here}
        more = {"map": {"x": drawn.x, "y": drawn.y, "share": drawn.share, **drawn.as_dict()}} if drawn else {}
        _print({**head, **found.as_dict(), **more})
        return
    print(f"{model.question}\n  {found.claim}: {model.finding(found.claim).says}")
    for t in found.turns:
        where = "" if t.inside else ", beyond the declared range"
        turns = "alone it cannot turn it" if t.value is None else f"turns it at {amount(t.value, t.unit)}{where}"
        print(f"  {t.label} ({t.quantity}), now {amount(t.here, t.unit)}: {turns}")
    print(found.reading())
    if drawn:
        print(drawn.reading())


def _print(found: dict) -> None:
    print_json(plain(found))
