import hashlib
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import LINEAR, number
from scipy import stats

from suh2002 import counting
from tumen.analysis.sampling import Ensemble, inverse_cdf, sample, sobol_points, with_ranges

U = np.linspace(0, 1, 1001)
HOSTS = counting.ceiling.quantity("hosts")


@pytest.mark.parametrize(
    ("quantity", "oracle"),
    [
        (number("x", -2, 3), stats.uniform(-2, 5)),
        (number("x", 1, 4, 1.5, shape="triangular"), stats.triang(0.5 / 3, 1, 3)),
        (number("x", 1, 4, 1.5, shape="triangular", mode=3.0), stats.triang(2 / 3, 1, 3)),
        (number("x", 1, 4, 1.0, shape="triangular"), stats.triang(0, 1, 3)),
        (number("x", 1, 4, 4.0, shape="triangular"), stats.triang(1, 1, 3)),
        (number("x", 1, 4, 9.0, shape="triangular"), stats.triang(1, 1, 3)),
        (number("x", 0.001, 10, shape="log-uniform"), stats.loguniform(0.001, 10)),
    ],
)
def test_each_shape_has_its_closed_form_quantiles(quantity, oracle):
    np.testing.assert_allclose(inverse_cdf(quantity, U), oracle.ppf(U), rtol=1e-12, atol=1e-12)


def test_quantiles_by_hand():
    assert inverse_cdf(number("x", 10, 20), np.array([0.05, 0.5, 0.95])).tolist() == [10.5, 15.0, 19.5]
    assert inverse_cdf(number("x", 1, 100, shape="log-uniform"), np.array([0.5]))[0] == pytest.approx(10)
    symmetric = inverse_cdf(number("x", 0, 2, 1, shape="triangular"), np.array([0.125, 0.5, 0.875]))
    np.testing.assert_allclose(symmetric, [0.5, 1.0, 1.5])


@given(
    low=st.floats(0.01, 1e6),
    width=st.floats(1e-3, 1e6),
    place=st.floats(0, 1),
    shape=st.sampled_from(["uniform", "triangular", "log-uniform"]),
)
def test_draws_rise_with_the_share_and_stay_in_the_range(low, width, place, shape):
    high = low + width
    values = inverse_cdf(number("x", low, high, min(low + place * width, high), shape=shape), U)
    slack = 1e-9 * high
    assert (np.diff(values) >= -slack).all()
    assert values.min() >= low - slack
    assert values.max() <= high + slack
    assert values[0] == pytest.approx(low)
    assert values[-1] == pytest.approx(high)


def test_whole_numbers_of_a_uniform_range_are_equally_likely():
    values = inverse_cdf(number("x", 2, 5, 3, whole=True), sobol_points(1, 65_536, 1)[0])
    found, counts = np.unique(values, return_counts=True)
    assert found.tolist() == [2, 3, 4, 5]
    assert np.ptp(counts) <= 1
    peaked = inverse_cdf(number("x", 0, 10, 5, shape="triangular", whole=True), sobol_points(1, 4096, 1)[0])
    assert (peaked == np.rint(peaked)).all()


def test_a_quantity_without_a_range_is_refused(refusal):
    assert "claimed is fixed" in refusal(inverse_cdf, counting.ceiling.quantity("claimed"), U)
    assert "points is a list" in refusal(inverse_cdf, counting.pool.quantity("points"), U)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 1000, 1023, 4096, 5000])
def test_any_number_of_points_is_the_beginning_of_one_sequence(n):
    np.testing.assert_array_equal(sobol_points(3, n, 5), sobol_points(3, 8192, 5)[:, :n])


@pytest.mark.parametrize(("skip", "n"), [(1, 10), (512, 512), (777, 100), (4095, 1)])
def test_points_can_be_drawn_from_the_middle(skip, n):
    np.testing.assert_array_equal(sobol_points(3, n, 5, skip=skip), sobol_points(3, 8192, 5)[:, skip : skip + n])


def test_points_are_balanced_in_every_dimension():
    points = sobol_points(5, 4096, 3)
    for row in points:
        assert (np.bincount((row * 4096).astype(int), minlength=4096) == 1).all()


def bits(points):
    """A digest of points as the whole numbers of 30 bits they are."""
    return hashlib.sha256((points * 2**30).astype("<u4").tobytes()).hexdigest()


def test_the_points_of_a_seed_are_the_same_under_every_version():
    """Pinned where NumPy 2.4 with SciPy 1.17 and NumPy 2.5 with SciPy 1.18 gave the same bits."""
    assert bits(sobol_points(5, 1000, 2002)) == "d7b2c5aef6248ab87d033baef6d085303c6cc35d64e79b06a3dbe2d4da68e92b"
    spawned = np.concatenate([sobol_points(4, 64, s) for s in np.random.SeedSequence(2002).spawn(16)])
    assert bits(spawned) == "2a5051a273a7dfb0a7888842a722830b9c2bf29cc88fc442fc1db68310177caf"


def test_seeds_repeat_and_differ():
    first, again, other = Ensemble(LINEAR, 64, 7), Ensemble(LINEAR, 64, 7), Ensemble(LINEAR, 64, 8)
    np.testing.assert_array_equal(first.inputs()["a"], again.inputs()["a"])
    assert (first.inputs()["a"] != other.inputs()["a"]).all()
    np.testing.assert_array_equal(first.fresh().inputs()["a"], other.inputs()["a"])


def test_columns_have_the_moments_of_their_shapes():
    drawn = sample(counting.ceiling)
    for q in counting.ceiling.quantities:
        if q.sampled:
            low, peak, high = q.low, q.peak, q.high
            spread = (low**2 + peak**2 + high**2 - low * peak - low * high - peak * high) / 18
            assert drawn[q.key].mean() == pytest.approx((low + peak + high) / 3, rel=1e-5)
            assert drawn[q.key].var() == pytest.approx(spread, rel=1e-3)
    assert drawn["claimed"] == 300_000
    assert abs(np.corrcoef(drawn["hosts"], drawn["household"])[0, 1]) < 0.005


def test_the_order_of_a_declaration_changes_nothing():
    turned = replace(counting.ceiling, quantities=counting.ceiling.quantities[::-1])
    for name, column in sample(counting.ceiling, 500).items():
        np.testing.assert_array_equal(column, sample(turned, 500)[name])


def test_moving_one_control_works_out_only_its_column():
    ensemble = Ensemble(counting.ceiling)
    before = ensemble.inputs()
    after = ensemble.inputs({"hosting_share": 0.3, "dependent_share": 0.7})
    for name in ("hosts", "household", "guests", "dependent_share"):  # the last has a mode of its own
        assert np.shares_memory(before[name], after[name]), name
    assert not np.shares_memory(before["hosting_share"], after["hosting_share"])
    moved = {"hosting_share": counting.ceiling.quantity("hosting_share").with_value(0.3)}
    fresh = sample(counting.ceiling.with_quantities(moved))
    np.testing.assert_array_equal(after["hosting_share"], fresh["hosting_share"])


def test_a_changed_range_keeps_the_points_and_the_other_columns():
    ensemble = Ensemble(counting.ceiling)
    before = ensemble.inputs()
    other = ensemble.on(with_ranges(counting.ceiling, {"hosts": (500_000, 900_000)}))
    after = other.inputs()
    assert after["hosts"].max() <= 900_000
    assert np.shares_memory(before["guests"], after["guests"])
    np.testing.assert_array_equal(after["hosts"], sample(other.model)["hosts"])
    np.testing.assert_array_equal(ensemble.inputs()["hosts"], before["hosts"])


def test_a_variant_with_another_quantity_to_sample_gets_points_of_its_own():
    freed = {"claimed": number("claimed", 200_000, 400_000)}
    other = Ensemble(counting.ceiling, 128).on(counting.ceiling.with_quantities(freed))
    assert other.inputs()["claimed"].shape == (128,)


def test_the_first_cases_serve_while_a_control_moves():
    ensemble = Ensemble(counting.ceiling)
    small = ensemble.inputs({"hosts": 1_400_000}, n=4096)
    np.testing.assert_array_equal(small["hosts"], ensemble.inputs({"hosts": 1_400_000})["hosts"][:4096])


def test_a_held_quantity_keeps_its_value_and_leaves_the_others_alone():
    held = sample(LINEAR, 100, at={"a": 0.25}, hold=["a"])
    assert held["a"] == 0.25
    np.testing.assert_array_equal(held["b"], sample(LINEAR, 100)["b"])


def test_a_value_beyond_the_range_moves_the_peak_to_its_end():
    beyond = sample(counting.ceiling, 100, at={"hosts": 854_000})["hosts"]
    np.testing.assert_array_equal(beyond, sample(counting.ceiling, 100, at={"hosts": HOSTS.low})["hosts"])


def test_slices_hold_equal_numbers_of_cases():
    bins = Ensemble(LINEAR, 4096).bins("b")
    assert np.bincount(bins).tolist() == [256] * 16


@pytest.mark.parametrize("n", [0, -1, 10**9, 1_000_001])
def test_sizes_out_of_reach_are_refused_with_the_limits(refusal, n):
    said = refusal(Ensemble, LINEAR, n)
    assert "from 1 to 1,000,000" in said
    assert f"{n:,}" in said


@pytest.mark.parametrize("n", [2.5, True, "many", None])
def test_sizes_that_are_no_whole_numbers_are_refused(refusal, n):
    assert "a whole number from 1 to 1,000,000" in refusal(Ensemble, LINEAR, n)


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert "no quantity with a range" in refusal(Ensemble, counting.pool)
    assert "0 or more" in refusal(Ensemble, LINEAR, 64, -1)
    assert "nearest is 'hosts'" in refusal(sample, counting.ceiling, 64, at={"host": 1})
    assert "nearest is 'hosts'" in refusal(sample, counting.ceiling, 64, hold=["host"])
    assert "claimed is fixed" in refusal(sample, counting.ceiling, 64, hold=["claimed"])
    assert "nothing is left to vary" in refusal(sample, LINEAR, 64, hold=["a", "b", "c"])
    assert "above 0" in refusal(sample, counting.ceiling, 64, at={"hosts": 0})
    assert "one value" in refusal(sample, counting.ceiling, 64, at={"hosts": np.array([1e6, 2e6])})
    assert "from 1 to 64" in refusal(Ensemble(LINEAR, 64).inputs, n=65)
    assert "line is fixed" in refusal(Ensemble(LINEAR, 64).bins, "line")


def test_bad_ranges_are_answered_in_one_sentence(refusal):
    for ends in [(5.0, 5.0), (9.0, 2.0)]:
        assert "low below its high" in refusal(with_ranges, counting.ceiling, {"hosts": ends})
    assert "above 0" in refusal(with_ranges, counting.ceiling, {"hosts": (0, 10)})
    assert "above 0" in refusal(with_ranges, counting.ratio, {"hosts": (-1, 10)})
    assert "no number" in refusal(with_ranges, counting.ceiling, {"hosts": ("few", 10)})
    assert "needs a range" in refusal(with_ranges, counting.ceiling, {"hosts": 5})
    assert "claimed is fixed" in refusal(with_ranges, counting.ceiling, {"claimed": (1, 2)})
    assert "nearest is 'hosts'" in refusal(with_ranges, counting.ceiling, {"host": (1, 2)})


def test_importing_the_analysis_loads_no_heavy_library():
    code = (
        "import sys, tumen.analysis\n"
        "print([m for m in ('scipy', 'pandas', 'altair', 'ipywidgets', 'suh2002') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
