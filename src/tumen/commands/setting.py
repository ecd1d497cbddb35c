"""What `sensitivity` and `flip` share: which model, in which setting, over which ranges."""

from __future__ import annotations

import numpy as np

from tumen.commands.run import settings, started
from tumen.commands.sample import add_range, ranged_model
from tumen.core import Model, Problem


def add_setting(p) -> None:
    """Add --set, --range, --case and --json to a parser."""
    p.add_argument("key", help="a model's key; tumen models lists them")
    p.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a value (hosts=854000)")
    add_range(p)
    p.add_argument("--case", metavar="FILE", help="start from a case file (default: case.toml here, if there is one)")
    p.add_argument("--json", action="store_true", help="print JSON")


def chosen(args) -> tuple[Model, dict]:
    """The model and the one setting that the arguments name."""
    model = ranged_model(started(args.key, args.case), args.range)
    return model, one_setting(model, settings(model, args.set))


def one_setting(model: Model, given: dict) -> dict:
    """Values of --set, or `Problem` where one of them is a sweep."""
    swept = [name for name, value in given.items() if isinstance(value, np.ndarray)]
    if swept:
        raise Problem(f"{model.key} needs one setting here; {swept[0]} is a sweep.")
    return given
