"""Whatever is given to --set, the command ends with 0 or 2 and never with a traceback."""

import contextlib
import io
import json
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tumen.brief import models
from tumen.cli import main

QUICK = [key for key in models() if key.startswith("counting.")]

number = st.floats(allow_nan=True, allow_infinity=True).map(repr) | st.integers(-(10**20), 10**20).map(str)
sweep = st.tuples(number, number, st.integers(-3, 12_000).map(str) | number).map(":".join)
items = st.lists(number | st.tuples(number, number).map(":".join), max_size=6).map(",".join)
rows = st.lists(items, max_size=3).map(";".join)
value = number | sweep | items | rows | st.text(max_size=20) | st.text(alphabet="0123456789.eE+-:,;% ", max_size=20)


@st.composite
def settings_of_a_model(draw):
    key = draw(st.sampled_from(QUICK))
    names = [q.key for q in models()[key].quantities]
    name = st.sampled_from(names) | st.sampled_from([f" {n} " for n in names]) | st.text(max_size=8)
    pairs = draw(st.lists(st.tuples(name, value).map("=".join) | st.text(max_size=15), min_size=1, max_size=3))
    return key, pairs


def run(key, pairs):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["run", key, "--json", *(f"--set={p}" for p in pairs)])
    return status, out.getvalue(), err.getvalue()


@settings(max_examples=300)
@given(settings_of_a_model())
@example(("counting.ratio", ["people=-1e308:1e308:5"]))
@example(("counting.ceiling", ["hosts=5e-324"]))
@example(("counting.pool", ["experts=1e-300:1e300,1:2"]))
@example(("counting.pool", ["points=1e308,1e308"]))
@example(("counting.stock", ["stay=1e-320"]))
@example(("counting.recapture", ["first=1e200", "second=1e200"]))
def test_every_setting_is_computed_or_refused_in_one_line(drawn):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        status, out, err = run(*drawn)
    assert status in (0, 2)
    if status == 0:
        assert err == ""
        got = json.loads(out, parse_constant=pytest.fail)
        assert list(got) == ["model", "inputs", "outputs", "findings", "beyond_range"]
    else:
        assert out == ""
        assert err.startswith("tumen: ")
        assert err.count("\n") == 1
        assert "Traceback" not in err


@settings(max_examples=60)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_whatever_is_typed_after_run_ends_with_0_or_2(words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(["run", *words])
        except SystemExit as leaving:  # --help prints its page and leaves
            assert any(w in ("-h", "--h", "--he", "--hel", "--help") or w.startswith("-h") for w in words)
            status = leaving.code
    assert status in (0, 2)
    assert err.getvalue().count("\n") == (1 if status else 0)
