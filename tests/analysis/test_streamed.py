import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import number, one

from tumen.analysis import streamed
from tumen.analysis.streamed import Ordered, Pieces, ends, estimate_of
from tumen.analysis.uncertainty import summarise
from tumen.core import Finding

few = st.sampled_from([0.0, 1.0, -1.0, 2.5])
values = st.lists(st.floats(-1e9, 1e9) | few, min_size=1, max_size=300)


@given(values, st.integers(1, 12), st.integers(1, 40), st.booleans())
def test_an_item_of_sorted_runs_is_that_of_all_values_sorted(found, runs, step, on_disk):
    every = np.array(found)
    parts = [np.sort(part) for part in np.array_split(every, runs) if part.size]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamed, "STEP", step)
        with tempfile.TemporaryFile() as f:
            ordered = Ordered(parts, f if on_disk else None)
            assert [ordered[i] for i in range(ordered.size)] == np.sort(every).tolist()


odd = st.floats(-1e6, 1e6) | few | st.sampled_from([np.nan, np.inf, -np.inf])
MODEL = one(
    number("x", 0, 1),
    lambda x: {"y": x},
    findings=(Finding("S1", "it holds", margin=lambda out, given: out["y"] - 0.5),),
)


@given(st.lists(st.tuples(odd, odd), min_size=1, max_size=400), st.integers(1, 90), st.integers(1, 50), st.booleans())
def test_the_estimate_of_pieces_is_that_of_all_cases_in_memory(cases, piece, aligned, on_disk):
    y, margin = np.array(cases).T.copy()
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(streamed, "ALIGNED", aligned)
        patch.setattr(streamed, "STEP", 7)
        kept = Pieces(("y", "S1"), Path(folder) / "parts" if on_disk else None)
        for start in range(0, len(y), piece):
            part = slice(start, min(start + piece, len(y)))
            kept.keep(part.start, part.stop, {"y": y[part], "S1": margin[part]})
        assert estimate_of(MODEL, kept, len(y)) == summarise(MODEL, {"y": y, "S1": margin})
        finite = y[np.isfinite(y)]
        found = ends(kept, "y")
        if finite.size:
            assert (found.least, found.largest) == (finite.min(), finite.max())
            assert found.mean == pytest.approx(finite.mean(), rel=1e-9, abs=1e-6)
        else:
            assert found.mean is None


def test_a_piece_changed_under_our_hands_is_told(tmp_path, refusal):
    kept = Pieces(("y",), tmp_path)
    kept.keep(0, 10, {"y": np.arange(10.0)})
    (file,) = tmp_path.glob("*.f8")
    file.write_bytes(b"")
    assert "was changed while it was read" in refusal(lambda: ends(kept, "y"))
