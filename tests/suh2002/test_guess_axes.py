"""Where a guess may be put on a model's picture: a fixed axis on which its answer is truly read off, and nothing of the answer before."""

import pytest

from tumen.brief import brief, models, picture_of
from tumen.charts.picture import tidy

PLACED = {key: drawn for key, m in models().items() if (drawn := picture_of(m)).axes}

ASKED = {t.model: t for t in brief().tasks.values() if t.prediction and t.kind == "number" and t.answer and t.model}


def scales(spec, axis):
    """The scale of every encoding of an axis, wherever it stands in a specification."""
    if isinstance(spec, dict):
        for key, part in spec.items():
            if key == axis and isinstance(part, dict) and "scale" in part:
                yield part["scale"]
            else:
                yield from scales(part, axis)
    elif isinstance(spec, list):
        for part in spec:
            yield from scales(part, axis)


@pytest.mark.parametrize("key", PLACED)
def test_the_axis_is_fixed_and_holds_the_answer(key):
    drawn, start = PLACED[key], models()[key]()
    spec = drawn.spec(drawn.rows(start, start))
    for output, axis in drawn.axes.items():
        low, high = next(s["domain"] for s in scales(spec, axis) if isinstance(s.get("domain"), list))
        assert low <= start[output] <= high, output


def places(rows, axis) -> list[float]:
    """Where rows stand along an axis."""
    along = [row[1 + "xy".index(axis)] for row in tidy(rows) if len(row) > 2]
    return [place for place in along if isinstance(place, (int, float))]


@pytest.mark.parametrize("key", [key for key in PLACED if key != "counting.ceiling"])  # there two lines cross at it
def test_a_mark_or_a_word_of_the_picture_stands_at_the_answer(key):
    drawn, model = PLACED[key], models()[key]
    asked = ASKED.get(key)
    now = model(**asked.answer.set) if asked and asked.answer.model == key else model()
    for output, axis in drawn.axes.items():
        assert pytest.approx(now[output], rel=1e-3) in places(drawn.rows(now, model()), axis), output


@pytest.mark.parametrize("key", PLACED)
def test_nothing_of_the_answer_is_drawn_before_the_guess(key):
    drawn, start = PLACED[key], models()[key]()
    known = drawn.known(start) if drawn.known else []
    for output, axis in drawn.axes.items():
        assert pytest.approx(start[output], rel=1e-3) not in places(known, axis), output
    assert len(known) < len(drawn.rows(start, start))


def test_the_predictions_whose_answer_is_read_off_an_axis_are_put_there():
    asked = {t.model: t for t in brief().tasks.values() if t.prediction and t.kind == "number" and t.answer and t.model}
    able = {
        key for key, t in asked.items() if t.answer.model == key and t.answer.output in picture_of(models()[key]).axes
    }
    assert able >= {
        *("counting.ceiling", "counting.quiet", "counting.ratio", "choice.switch", "dialogue.holdup"),
        *("crisis.crowd", "crisis.comparison", "crisis.survival"),
    }
