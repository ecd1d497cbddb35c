"""The study of shapes: the same ranges, with middle values likelier and with all values alike."""

import numpy as np
import pytest

from suh2002 import counting
from suh2002.counting import curves as shapes
from tumen.brief import exhibits, picture
from tumen.core import Case, Override
from tumen.core.words import number
from tumen.page.session import Session
from tumen.page.show import stills

ROWS = counting.shapes.rows()
SHARES = [row["shares"] for row in ROWS]


def test_the_published_shares_come_out():
    """models.md's appendix: about 83 to 84 and 9 with triangular ranges, about 64 and 14 with uniform ones."""
    triangular, uniform = SHARES
    assert triangular[300_000] == pytest.approx(83.4, abs=0.6)
    assert triangular[100_000] == pytest.approx(9, abs=0.5)
    assert uniform[300_000] == pytest.approx(64, abs=0.5)
    assert uniform[100_000] == pytest.approx(14, abs=0.5)


@pytest.mark.parametrize("flat", [False, True], ids=["triangular", "uniform"])
def test_independent_draws_agree(flat):
    """A million plain NumPy draws, with no part of ours but the declared ends and peaks."""
    random, n = np.random.default_rng(7), 1_000_000
    q = {x.key: x for x in counting.ceiling.quantities if x.sampled}
    draw = {
        k: random.uniform(x.low, x.high, n) if flat else random.triangular(x.low, x.peak, x.high, n)
        for k, x in q.items()
    }
    ceiling = draw["hosts"] / draw["household"] * draw["hosting_share"] * draw["guests"] / draw["dependent_share"]
    for figure, share in SHARES[flat].items():
        assert 100 * (ceiling <= figure).mean() == pytest.approx(share, abs=0.2)
    levels = [point[1] / 100 for point in ROWS[flat]["curve"]][5:-5]
    found = [point[0] for point in ROWS[flat]["curve"]][5:-5]
    assert np.quantile(ceiling, levels) == pytest.approx(found, rel=0.02)


def test_only_the_shapes_differ():
    flat = shapes.flat(counting.ceiling)
    for q, was in zip(flat.quantities, counting.ceiling.quantities, strict=True):
        assert (q.key, q.low, q.high, q.value) == (was.key, was.low, was.high, was.value)
        assert q.shape == ("uniform" if was.sampled else was.shape)


def test_it_is_shown_like_an_exhibit_with_a_picture_and_a_table(tmp_path):
    assert exhibits()["counting.shapes"] is counting.shapes
    still, note = stills(counting.shapes, Session(tmp_path))
    for share in (s for row in SHARES for s in row.values()):
        assert f"{number(share, 2)} in 100 cases" in repr(still)
    assert [row[0] for row in note.rows] == [shapes.AS_DECLARED, shapes.FLAT]
    assert note.head == counting.shapes.columns
    assert "these shares say nothing on how likely anything was" in repr(note)


def test_the_marks_stand_on_the_curves():
    drawn = picture("counting.shapes").rows(ROWS)
    for part, row in (("declared", ROWS[0]), ("flat", ROWS[1])):
        marks = {x: y for p, x, y, _ in drawn if p == f"{part} at"}
        assert marks == row["shares"]
        xs, ys = zip(*row["curve"], strict=True)
        for x, y in marks.items():
            assert np.interp(x, xs, ys) == pytest.approx(y, abs=0.4)
    assert {x for p, x, *_ in drawn if p == "figure"} == {100_000, 300_000}


def test_it_follows_the_case_in_use():
    case = Case(
        overrides={
            "counting.ceiling": {"hosts": Override(854_000.0, 700_000.0, 900_000.0), "claimed": Override(200_000.0)}
        }
    )
    rows = counting.shapes.under(case).rows()
    assert set(rows[0]["shares"]) == {100_000, 200_000}
    assert rows[0]["shares"][100_000] > SHARES[0][100_000]
    assert picture("counting.shapes").words(rows)
