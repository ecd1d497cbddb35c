"""Any setting of a model inside its declared ranges, and an ensemble held against its single runs."""

import numpy as np
from hypothesis import strategies as st

from tumen.core.quantity import SMALLEST
from tumen.core.result import plain


def _as_taken(x):
    return 0.0 if abs(x) < SMALLEST else x


def between(model, name):
    """Any value of a number's declared range, or any of a choice's words."""
    q = model.quantity(name)
    if q.kind == "choice":
        return st.sampled_from(q.choices)
    return st.integers(int(q.low), int(q.high)).map(float) if q.whole else st.floats(q.low, q.high).map(_as_taken)


def settings_of(model, *without):
    """Any setting of a model: a value for each number with a range and each choice but those named."""
    movable = [q.key for q in model.quantities if (q.sampled or q.kind == "choice") and q.key not in without]
    return st.fixed_dictionaries({k: between(model, k) for k in movable})


def check_ensemble(model, fixed=None, n=16, seed=0, tolerance=1e-9):
    """Run a model over `n` drawn settings at once and hold every output and verdict against its single run.

    Every number with a range is drawn, then one alone with the others at their start; `fixed` are choices.
    """
    rng = np.random.default_rng(seed)
    fixed = fixed or {}
    drawn = {q.key: _draw(q, rng, n) for q in model.quantities if q.sampled}
    for given in (drawn, *({k: v} for k, v in drawn.items())):
        together = model(**fixed, **given)
        singles = [model(**fixed, **{k: v[i] for k, v in given.items()}) for i in range(n)]
        for out in model.outputs:
            one_by_one = [plain(s[out.key]) for s in singles]
            if out.kind == "number":
                values = np.broadcast_to(together[out.key], n)
                np.testing.assert_allclose(values, one_by_one, rtol=tolerance, atol=tolerance, err_msg=out.key)
            elif np.shape(together[out.key]) == (n,):
                assert plain(together[out.key]) == one_by_one, out.key
            else:
                assert [plain(together[out.key])] * n == one_by_one, out.key
        for i, verdict in enumerate(together.findings):
            holds = [s.findings[i].holds for s in singles]
            assert holds == np.broadcast_to(verdict.holds, n).tolist()


def _draw(q, rng, n):
    values = rng.uniform(q.low, q.high, n)
    return np.rint(values) if q.whole else values
