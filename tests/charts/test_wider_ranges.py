"""A course's wider range: every mark stays in the frame of its picture, or the picture says that it lies beyond."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from drawn import MODELS, PICTURES, marks_outside, structure

from tumen.core import Problem
from tumen.core.quantity import LARGEST

WIDER = 3
SAYS = ("beyond", "cut")


def widened(q):
    """A quantity whose range is three times as wide, as far as its formula can take it."""
    least, most = q.limits
    reach = (WIDER - 1) * (q.high - q.low)
    low = q.low / WIDER if q.low > 0 else q.low - reach
    high = q.high * WIDER if q.high > 0 else q.high + reach
    low, high = max(low, least, -LARGEST), min(high, most, LARGEST)
    return replace(q, low=float(int(low)) if q.whole else low, high=float(int(high)) if q.whole else high)


ON_SLIDERS = [(key, q.key) for key, model in MODELS.items() for q in model.quantities if q.sampled]


@cache
def in_use(key, name):
    """The model with one range wider, its picture over that range and where its marks stand, and the wider quantity."""
    wide = widened(MODELS[key].quantity(name))
    model = MODELS[key].with_quantities({name: wide}, title="wider")
    picture = PICTURES[key].on(model)
    return model, picture, structure(picture), wide


def drawn_at(model, picture, **given):
    """The result and the rows of a setting, None where the model itself says that it cannot be so."""
    try:
        now = model(**given)
    except Problem:
        return None, None
    return now, picture.rows(now, model())


def says_so(picture, rows, now, start):
    """Whether a picture says in its words or beside them that something lies beyond it."""
    said = [str(cell) for row in rows for cell in row[1:]] + [picture.words(now, start)]
    return any(word in text for word in SAYS for text in said)


@pytest.mark.parametrize(("key", "name"), ON_SLIDERS, ids=lambda x: x)
def test_a_wider_range_keeps_every_mark_in_the_frame_or_says_so(key, name):
    model, picture, places, wide = in_use(key, name)
    for end in (wide.low, wide.high):
        now, rows = drawn_at(model, picture, **{name: end})
        if now is not None:
            outside = marks_outside(places, rows)
            assert not outside or says_so(picture, rows, now, model()), (end, outside[:3])


@pytest.mark.parametrize(("key", "name"), ON_SLIDERS, ids=lambda x: x)
def test_no_mark_is_held_at_an_edge_without_a_word(key, name):
    """A mark that moved over the declared range and stands still beyond it shows a number of the result, or says so."""
    model, picture, places, wide = in_use(key, name)
    q = MODELS[key].quantity(name)
    for end, old in ((wide.low, q.low), (wide.high, q.high)):
        between = old + 0.8 * (end - old)
        steps = [float(round(v)) if q.whole else v for v in (old, between, end)]
        found = [drawn_at(model, picture, **{name: v}) for v in steps]
        if end == old or any(now is None for now, _ in found):
            continue
        (_, first), (_, second), (now, last) = found
        if says_so(picture, last, now, model()):
            continue
        numbers = {round(float(x), 6) for v in [*now.inputs.values(), *now.outputs.values()] for x in _floats(v)}
        for part in places:
            rows = [[row for row in which if row[0] == part] for which in (first, second, last)]
            if len({len(r) for r in rows}) == 1:
                held = [c for cells in zip(*rows, strict=True) for c in _held(*cells) if round(c, 6) not in numbers]
                assert not held, (part, end, held[:3])


def _floats(value):
    try:
        return np.ravel(np.asarray(value, float))
    except (TypeError, ValueError):
        return ()


def _held(*rows):
    """The places of one mark that change up to the declared end and no more beyond it."""
    places = zip(*(row[1:] for row in rows), strict=True)
    return [
        float(c) for a, b, c in places if all(isinstance(x, (int, float, np.number)) for x in (a, b, c)) and a != b == c
    ]
