"""Settings for every control of every registered model: found from the declarations, none typed in."""

import math
from functools import cache

import pytest

from tumen.brief import models
from tumen.core import Problem
from tumen.core.result import plain
from tumen.page.controls import whole_steps

MODELS = models()
CONTROLS = [(key, q.key) for key, model in MODELS.items() for q in model.quantities if q.kind != "fixed"]
NUMBERS = [(key, name) for key, name in CONTROLS if MODELS[key].quantity(name).sampled]


def between(q, share):
    """A number at that share of a quantity's range, in the few digits a hand would set."""
    if q.shape == "log-uniform":
        x = math.exp(math.log(q.low) + share * (math.log(q.high) - math.log(q.low)))
    else:
        x = q.low + share * (q.high - q.low)
    if q.shape == "log-uniform" and whole_steps(q):
        return float(round(float(f"{x:.3g}")))
    return float(round(x)) if q.whole else float(f"{x:.3g}" if q.high > 10 * abs(q.low) else f"{x:.5g}")


def candidates(q):
    """Other values of a quantity than its start."""
    if q.sampled:
        found = [between(q, share) for share in (0.3, 0.7)]
        found += [] if set(found) - {q.value} else [between(q, share) for share in (0.1, 0.9)]
    elif q.kind == "choice":
        found = list(q.choices)
    elif q.kind == "list" and q.items == "range" and len(q.value) == 1:
        (low, high), *_ = q.value
        step = (high - low) / 4
        found = [((round(low, 10), round(high - step, 10)),), ((round(low + step, 10), round(high, 10)),)]
    elif q.kind == "list":
        found = [q.value[1:], q.value[:-1], tuple(reversed(q.value))]  # the last for a list of a set length
    else:
        found = [tuple(tuple(reversed(row)) for row in q.value)]
    return [value for value in dict.fromkeys(found) if value != q.value]


@cache
def moves(key, name):
    """The values among the candidates with which the model runs, the other quantities at their start."""
    found = []
    for value in candidates(MODELS[key].quantity(name)):
        try:
            MODELS[key](**{name: value})
        except Problem:
            continue
        found.append(value)
    assert found, f"no other value of {name} can be tried"
    return tuple(found)


def alike(a, b) -> bool:
    """Whether two results are the same to nine digits, whatever they hold."""
    a, b = plain(a), plain(b)
    if isinstance(a, dict):
        return set(a) == set(b) and all(alike(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, float) and isinstance(b, (int, float)):
        return a == pytest.approx(b, rel=1e-9, nan_ok=True)
    return a == b
