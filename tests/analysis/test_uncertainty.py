import json
import math
from dataclasses import replace

import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen.analysis.sampling import Ensemble
from tumen.analysis.targets import evaluate
from tumen.analysis.uncertainty import block_error, estimate, summarise
from tumen.core import Finding, Output

CEILING = counting.ceiling


def uniform(model):
    """The same model with every triangular range made uniform."""
    return model.with_quantities({q.key: replace(q, shape="uniform", mode=None) for q in model.quantities if q.sampled})


def above(line):
    """A model of x, uniform from 0 to 1, with the finding that it is at or above a line."""
    finding = Finding("C1", "x is above the line", "tests", lambda out, v: out["y"] - line)
    return one(number("x", 0, 1), lambda x: {"y": x}, findings=(finding,))


def test_the_ceiling_is_below_300_000_in_five_sixths_of_the_cases_and_below_100_000_in_one_of_eleven():
    assert 0.83 <= estimate(CEILING).share().share <= 0.84
    assert estimate(CEILING, {"claimed": 100_000}).share("S2P3-d").share == pytest.approx(0.09, abs=0.005)


def test_the_shape_of_the_ranges_matters():
    flat = uniform(CEILING)
    assert estimate(flat).share().share == pytest.approx(0.64, abs=0.005)
    assert estimate(flat, {"claimed": 100_000}).share().share == pytest.approx(0.14, abs=0.005)


def test_the_ceilings_points_agree_with_plain_random_draws():
    draw = np.random.default_rng(1).triangular
    low, middle, high = np.quantile(
        np.prod([draw(q.low, q.peak, q.high, 400_000) ** (1 if q.key in UP else -1) for q in VARIED], axis=0),
        [0.05, 0.5, 0.95],
    )
    s = estimate(CEILING).spread("ceiling")
    assert s.low == pytest.approx(low, rel=0.006)
    assert s.middle == pytest.approx(middle, rel=0.004)
    assert s.high == pytest.approx(high, rel=0.006)
    assert s.here == pytest.approx(CEILING()["ceiling"])


VARIED = [q for q in CEILING.quantities if q.sampled]
UP = ("hosts", "hosting_share", "guests")


def test_closed_forms_of_one_two_and_three_uniform_quantities():
    s = estimate(above(0.3)).spread("y")
    assert (s.low, s.middle, s.high) == pytest.approx((0.05, 0.5, 0.95), abs=2e-5)
    assert estimate(above(0.3)).share().share == pytest.approx(0.7, abs=2e-5)
    both = one(number("x", 0, 1), lambda x, z: {"y": x + z}, more=(number("z", 0, 1),))
    s = estimate(both).spread("y")  # triangular from 0 to 2
    assert (s.low, s.middle, s.high) == pytest.approx((math.sqrt(0.1), 1, 2 - math.sqrt(0.1)), abs=5e-4)
    s = estimate(LINEAR).spread("y")  # 4a - 2b + c is symmetric about 1.5
    assert s.middle == pytest.approx(1.5, abs=2e-3)
    assert s.low + s.high == pytest.approx(3, abs=4e-3)
    tail = (6 * 4 * 2 * 1 * 0.05) ** (1 / 3)  # P(y < -2 + t) = t^3 / (3! 4 2 1) while t < 1
    assert tail > 1
    t = s.low + 2
    assert (t**3 - (t - 1) ** 3) / 48 == pytest.approx(0.05, abs=1e-4)  # the next piece, for 1 < t < 2


def test_log_uniform_and_ratios():
    s = estimate(counting.multiplier).spread("people")  # a difference of two uniforms in logs, widths 3.71 and 5.81
    wide, slim = math.log(0.30 / 0.0009), math.log(2914 / 71)
    bottom = math.log(71 / 0.30)
    assert math.log(s.middle) == pytest.approx(bottom + (wide + slim) / 2, abs=2e-3)
    assert math.log(s.low) == pytest.approx(bottom + math.sqrt(2 * wide * slim * 0.05), abs=5e-3)


def test_a_sample_of_65_536_is_as_exact_as_a_million_random_draws():
    truth = estimate(Ensemble(CEILING, 1_000_000, 99)).share().share
    errors = [estimate(CEILING, seed=s).share().share - truth for s in range(20)]
    million = math.sqrt(truth * (1 - truth) / 1e6)
    assert np.sqrt(np.mean(np.square(errors))) < 1.6 * million  # 1.0 in the long run; 1.6 is three sigma for 20


def test_the_sampling_error_shown_is_the_one_there_is_or_somewhat_more():
    runs = [estimate(CEILING, seed=s, n=16_384) for s in range(30)]
    truth = estimate(Ensemble(CEILING, 1_000_000, 99))
    for get, error in [
        (lambda r: r.share().share, lambda r: r.share().error),
        (lambda r: r.spread("ceiling").low, lambda r: r.spread("ceiling").low_error),
        (lambda r: r.spread("ceiling").middle, lambda r: r.spread("ceiling").middle_error),
        (lambda r: r.spread("ceiling").high, lambda r: r.spread("ceiling").high_error),
    ]:
        z = [(get(r) - get(truth)) / error(r) for r in runs]
        assert 0.3 < np.sqrt(np.mean(np.square(z))) < 1.4


def test_block_error_of_independent_cases_is_the_binomial_one():
    holds = np.random.default_rng(4).random(160_000) < 0.3
    assert block_error(holds) == pytest.approx(math.sqrt(0.3 * 0.7 / 160_000), rel=0.5)
    assert block_error(holds[:31]) is None
    assert block_error(np.ones(64, bool)) == 0


def test_the_order_of_cases_and_of_declaration_changes_nothing():
    ensemble = Ensemble(CEILING, 5000)
    values = evaluate(CEILING, ensemble.inputs(), 5000)
    bins = {name: ensemble.bins(name) for name in ensemble.names}
    order = np.random.default_rng(0).permutation(5000)
    straight = summarise(CEILING, values, bins=bins)
    shuffled = summarise(CEILING, {k: v[order] for k, v in values.items()}, bins={k: v[order] for k, v in bins.items()})
    for one_, other in zip(straight.spreads, shuffled.spreads, strict=True):
        assert (one_.low, one_.middle, one_.high) == (other.low, other.middle, other.high)
    assert straight.share().share == shuffled.share().share
    assert straight.share().decides == pytest.approx(shuffled.share().decides, rel=1e-12)
    turned = replace(CEILING, quantities=CEILING.quantities[::-1])
    assert estimate(turned, n=5000).rows() == estimate(CEILING, n=5000).rows()


def test_seeds_repeat_and_a_fresh_sample_differs_by_about_the_error_shown():
    ensemble = Ensemble(CEILING, 4096)
    first = estimate(ensemble).share()
    assert estimate(CEILING, n=4096).share() == first
    fresh = estimate(ensemble.fresh()).share()
    assert fresh.share != first.share
    assert abs(fresh.share - first.share) < 6 * first.error


def test_moving_a_control_answers_as_a_fresh_estimate_would():
    ensemble = Ensemble(CEILING)
    estimate(ensemble, n=4096)
    for at in ({"hosting_share": 0.3}, {"hosting_share": 0.1, "hosts": 1_700_000}, {"claimed": 250_000}):
        assert estimate(ensemble, at).rows() == estimate(CEILING, at).rows()
        assert estimate(ensemble, at, n=4096).rows() == estimate(CEILING, at, n=4096).rows()


def test_what_decides_is_the_share_of_variance_between_slices():
    run = lambda x, z, w: {"y": 3 * x + z + 0 * w}  # noqa: E731
    finding = Finding("C1", "y is above 2", "tests", lambda out, v: out["y"] - 2.0)
    model = one(number("w", 0, 1), run, more=(number("x", 0, 1), number("z", 0, 1)), findings=(finding,))
    decides = estimate(model).share().decides
    assert list(decides) == ["x", "z", "w"]
    # E[holds | x] rises from 0 at x = 1/3 to 1 at x = 2/3; E[holds | z] = (1 + z) / 3; the mean is 1/2
    assert decides["x"] == pytest.approx((1 / 9 + 1 / 3 - 1 / 4) / 0.25, abs=0.01)
    assert decides["z"] == pytest.approx((1 / 9 / 12) / 0.25, abs=0.002)
    assert decides["w"] < 1e-4


def test_readings_say_how_many_in_a_hundred_and_what_decides():
    said = estimate(CEILING).reading()
    assert said == (
        "“300,000 is more than the hosts could carry” holds in 83 of 100 cases drawn from the declared ranges; "
        "“share of households that host” decides."
    )
    assert estimate(CEILING).often() == (
        "“300,000 is more than the hosts could carry” holds in 83 of 100 cases drawn from the declared ranges. "
        "That is a share of these cases, not a chance that the claim is true."
    )
    held = estimate(CEILING, hold=["hosting_share"]).reading()
    assert held.startswith("With “share of households that host” held, “300,000 is more than the hosts could")
    assert "“guests in a hosting household” decides" in held
    assert estimate(above(-1)).reading() == (
        "“x is above the line” holds in all cases drawn from the declared ranges; no quantity varied here turns it."
    )
    assert "holds in none of the cases" in estimate(above(2)).reading()
    assert "more than 99 of 100 cases" in estimate(above(0.001)).reading()
    assert "fewer than 1 of 100 cases" in estimate(above(0.999)).reading()
    ranged = estimate(counting.ratio).reading()
    assert ranged.startswith("In 90 of 100 cases drawn from the declared ranges “guests for every 1,000 hosts” lies ")
    equal = replace(
        one(
            number("x", 0, 1),
            lambda **x: {"y": sum(x.values())},
            findings=(Finding("C1", "c", "tests", lambda out, v: out["y"] - 1.0),),
        ),
        quantities=(number("x", 0, 1), number("z", 0, 1)),
    )
    assert estimate(equal).reading().endswith(("“the x” and “the z” decide.", "“the z” and “the x” decide."))


def test_no_reading_calls_a_share_a_probability():
    for model in (CEILING, counting.ratio, counting.quiet, counting.recapture, above(0.5), above(2)):
        result = estimate(model, n=1000)
        said = [result.reading()] + [result.caution() for _ in result.shares]
        for sentence in said:
            assert "probab" not in sentence.lower()
            assert sentence.endswith(".")
            assert ". " not in sentence


def test_the_sampling_error_is_put_in_words():
    result = estimate(CEILING, n=4096)
    assert f"{100 * result.share().error:.2g} in 100" in result.caution()
    assert "no error of its own" in estimate(above(-1)).caution()


def test_cases_without_an_answer_are_counted_and_left_out():
    finding = Finding("C1", "the root is above one half", "tests", lambda out, v: out["y"] - 0.5)
    model = one(number("x", -1, 1), lambda x: {"y": np.sqrt(x)}, findings=(finding,))
    result = estimate(model, n=4096)
    assert result.spread("y").answered == result.share().answered == 2048
    assert result.share().share == pytest.approx(0.75, abs=1e-3)  # x above 1/4 among x from 0 to 1
    assert result.spread("y").middle == pytest.approx(math.sqrt(0.5), abs=1e-3)
    none = estimate(one(number("x", -2, -1), lambda x: {"y": np.sqrt(x)}, findings=(finding,)), n=64)
    assert none.spread("y").middle is None
    assert none.share().share is None
    assert none.share().holds_here is None
    assert none.reading() == "No case drawn from these ranges has an answer."
    json.dumps(none.rows(), allow_nan=False)


def test_a_setting_beyond_its_range_is_named():
    assert estimate(CEILING, {"hosts": 854_000}, n=64).beyond_range == ("hosts",)
    assert estimate(CEILING, n=64).beyond_range == ()


def test_samples_of_any_size_are_taken_without_warning():
    for n in (1, 2, 31, 33, 1000, 70_001):
        result = estimate(CEILING, n=n)
        assert result.n == n
        assert (result.spread("ceiling").low_error is None) == (n < 32)


def test_the_result_is_a_table():
    result = estimate(CEILING, n=1000)
    rows = result.rows()
    assert [r["part"] for r in rows] == ["output", "output", "output", "finding"]
    assert json.loads(json.dumps(result.as_dict(), allow_nan=False))["rows"][0]["output"] == "ceiling"
    frame = result.to_frame()
    assert frame.shape[0] == 4
    assert frame["middle"][0] == result.spread("ceiling").middle


def test_series_and_constants_are_summed_up_too():
    model = one(
        number("x", 0, 1),
        lambda x: {"y": np.multiply.outer(x, [1.0, 2.0])},
        Output("y", "flow", "people a year", "series", flow=True),
    )
    result = estimate(model)
    assert result.spread("y.sum").high == pytest.approx(2.85, abs=1e-4)
    still = estimate(LINEAR).spread("still")
    assert (still.low, still.middle, still.high, still.middle_error) == (7, 7, 7, 0)


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert "no quantity with a range" in refusal(estimate, counting.pool)
    assert "from 1 to 1,000,000" in refusal(estimate, CEILING, n=0)
    assert "from 1 to 1,000,000" in refusal(estimate, CEILING, n=10**9)
    assert "from 1 to 64" in refusal(estimate, Ensemble(CEILING, 64), n=128)
    assert "has the seed 2002" in refusal(estimate, Ensemble(CEILING, 64), seed=3)
    assert "a model is needed" in refusal(estimate, "counting.ceiling")
    result = estimate(counting.ratio, n=64)
    assert "no finding" in refusal(result.share)
    assert "nearest is 'hosts_per_guest'" in refusal(result.spread, "hosts_per_gest")
    assert "only illustrates C2" in refusal(estimate(LINEAR, n=64).share, "C2")
