"""Models whose answers follow from a closed form, and its figures."""

import numpy as np

from tumen.core import Finding, Model, Output, Quantity


def number(key, low, high, value=None, **more):
    value = (low + high) / 2 if value is None else value
    return Quantity(key=key, label=f"the {key}", value=value, low=low, high=high, basis="assumption", **more)


def _ishigami(x1, x2, x3):
    return {"y": np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)}


ISHIGAMI = Model(
    key="test.ishigami",
    question="Ishigami and Homma 1990, a = 7, b = 0.1",
    quantities=tuple(number(f"x{i}", -np.pi, np.pi) for i in (1, 2, 3)),
    run=_ishigami,
    outputs=(Output("y", "the Ishigami function"),),
)
# rounded from the closed form (Ishigami and Homma 1990), which a test computes
ISHIGAMI_FIRST = {"x1": 0.3139, "x2": 0.4424, "x3": 0.0}
ISHIGAMI_TOTAL = {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437}

G_COEFFICIENTS = (0, 1, 4.5, 9, 99, 99, 99, 99)


def _g(**x):
    out = 1.0
    for i, a in enumerate(G_COEFFICIENTS, start=1):
        out = out * (np.abs(4 * x[f"x{i}"] - 2) + a) / (1 + a)
    return {"y": out}


SOBOL_G = Model(
    key="test.sobol_g",
    question="Sobol's g function with eight inputs",
    quantities=tuple(number(f"x{i}", 0, 1) for i in range(1, 9)),
    run=_g,
    outputs=(Output("y", "the g function"),),
)
# rounded from the closed form (Sobol's g, as in Saltelli et al. 2010), which a test computes
G_FIRST = {"x1": 0.7162, "x2": 0.1790, "x3": 0.0237, "x4": 0.0072, "x5": 0.0001}
G_TOTAL = {"x1": 0.7871, "x2": 0.2422, "x3": 0.0343, "x4": 0.0105, "x5": 0.0001}

COEFFICIENTS = {"a": 4.0, "b": -2.0, "c": 1.0}


def _linear(a, b, c, line):
    y = 4.0 * a - 2.0 * b + 1.0 * c
    return {"y": y, "twice": 2 * y, "still": 7.0}


LINEAR = Model(
    key="test.linear",
    question="What is 4a - 2b + c?",
    quantities=(
        number("c", 0, 1),
        number("a", 0, 1),
        number("b", 0, 1),
        Quantity(key="line", label="the line", value=3.0, basis="assumption"),
    ),
    run=_linear,
    outputs=(Output("y", "the sum", "m"), Output("twice", "twice the sum", "m"), Output("still", "a constant")),
    findings=(
        Finding("C1", "the sum is above the line", "tests", lambda out, v: out["y"] - v["line"]),
        Finding("C2", "sums exist", "illustrates"),
    ),
)


def one(quantity, run, *outputs, more=(), findings=(), check=None, key="test.one"):
    """A model of one quantity named x, and of `more` where its run takes them."""
    return Model(
        key,
        "What is it?",
        (quantity, *more),
        run,
        outputs or (Output("y", "the answer", "m"),),
        (),
        findings,
        check=check,
    )
