import json
from dataclasses import replace

import numpy as np
import pytest
from oracles import (
    COEFFICIENTS,
    G_COEFFICIENTS,
    G_FIRST,
    G_TOTAL,
    ISHIGAMI,
    ISHIGAMI_FIRST,
    ISHIGAMI_TOTAL,
    LINEAR,
    SOBOL_G,
    number,
    one,
)

from suh2002 import counting
from tumen.analysis.sampling import with_ranges
from tumen.analysis.sobol import Pairs, indices_of, sensitivity


def by_name(result, target=None):
    return {i.quantity: i for i in result.of(target)}


def test_ishigami_has_its_known_indices():
    found = by_name(sensitivity(ISHIGAMI, n=32_768))
    for name, first in ISHIGAMI_FIRST.items():
        assert found[name].first == pytest.approx(first, abs=0.005)
        assert found[name].total == pytest.approx(ISHIGAMI_TOTAL[name], abs=0.005)


def test_sobol_g_has_its_known_indices():
    found = by_name(sensitivity(SOBOL_G, n=32_768))
    for name, first in G_FIRST.items():
        assert found[name].first == pytest.approx(first, abs=0.006)
        assert found[name].total == pytest.approx(G_TOTAL[name], abs=0.006)


def test_the_known_indices_are_those_of_the_closed_form():
    parts = [1 / (3 * (1 + a) ** 2) for a in G_COEFFICIENTS]
    variance = np.prod([1 + p for p in parts]) - 1
    for i, (name, first) in enumerate(G_FIRST.items()):
        assert parts[i] / variance == pytest.approx(first, abs=1e-4)
        others = np.prod([1 + p for j, p in enumerate(parts) if j != i])
        assert parts[i] * others / variance == pytest.approx(G_TOTAL[name], abs=1e-4)
    first, second = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 7**2 / 8
    mixed = 0.1**2 * np.pi**8 * 8 / 225
    whole = first + second + mixed
    assert [x / whole for x in (first, second)] == pytest.approx(list(ISHIGAMI_FIRST.values())[:2], abs=1e-4)
    assert [(first + mixed) / whole, second / whole, mixed / whole] == pytest.approx(
        list(ISHIGAMI_TOTAL.values()), abs=1e-4
    )


@pytest.mark.parametrize(
    ("model", "first", "total"), [(ISHIGAMI, ISHIGAMI_FIRST, ISHIGAMI_TOTAL), (SOBOL_G, G_FIRST, G_TOTAL)]
)
def test_intervals_cover_the_truth_about_as_often_as_they_say(model, first, total):
    covered = []
    for seed in range(25):
        found = by_name(sensitivity(model, n=2048, seed=seed))
        for name in list(first)[:3]:
            i, slack = found[name], 5e-5  # what the known figures are rounded to
            covered += [i.first_low - slack <= first[name] <= i.first_high + slack]
            covered += [i.total_low - slack <= total[name] <= i.total_high + slack]
            assert i.first_high - i.first_low < 0.2
    assert 0.88 <= np.mean(covered) < 1


def test_a_linear_model_has_its_closed_form_for_every_output_and_finding():
    result = sensitivity(LINEAR)
    squares = {k: v * v for k, v in COEFFICIENTS.items()}
    for target in ("y", "twice", "C1"):
        found = by_name(result, target)
        assert [i.quantity for i in result.of(target)] == ["a", "b", "c"]
        for name, square in squares.items():
            assert found[name].first == pytest.approx(square / sum(squares.values()), abs=0.004)
            assert found[name].total == pytest.approx(square / sum(squares.values()), abs=0.004)
    assert all(i.first == i.total == 0 for i in result.of("still"))
    assert result.learn_more("still") == ()
    assert result.reading("still") == "Nothing varied here moves it."


def test_ranges_and_held_quantities_count():
    halved = by_name(sensitivity(with_ranges(LINEAR, {"a": (0.25, 0.75)})))  # sd of 4a halved: 4, 4 and 1
    assert halved["a"].first == pytest.approx(4 / 9, abs=0.005)
    held = by_name(sensitivity(LINEAR, hold=["a"]))
    assert set(held) == {"b", "c"}
    assert held["b"].first == pytest.approx(0.8, abs=0.005)


def test_the_order_of_a_declaration_changes_nothing():
    for model in (LINEAR, counting.ceiling, SOBOL_G):
        turned = replace(model, quantities=model.quantities[::-1])
        assert sensitivity(turned, n=1024).rows() == sensitivity(model, n=1024).rows()


def test_the_order_of_points_changes_nothing():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(5, 16, 64)) + rng.normal(size=(16, 64))
    order = rng.permutation(64)
    straight, shuffled = indices_of({"y": values})["y"], indices_of({"y": values[..., order]})["y"]
    np.testing.assert_allclose(straight, shuffled, rtol=1e-9, atol=1e-12)
    names = indices_of({"y": values[[0, 1, 4, 3, 2]]})["y"]
    np.testing.assert_allclose(names[::-1], straight, rtol=1e-9, atol=1e-12)


def test_one_quantity_with_one_output_accounts_for_everything():
    result = sensitivity(one(number("x", 0, 1), lambda x: {"y": np.exp(x)}))
    (index,) = result.of()
    assert index.first == pytest.approx(1, abs=0.01)
    assert index.total == pytest.approx(1, abs=0.01)
    assert (
        result.reading()
        == "“the x” weighs most: alone it makes up 100 in 100 of how far the cases differ (their variance)."
    )


def test_cases_without_an_answer_leave_nothing_to_rank():
    result = sensitivity(one(number("x", -1, 1), lambda x: {"y": np.sqrt(x)}), n=1024)
    assert result.of("y")[0].total is None
    assert result.reading() == "Some cases in these ranges have no answer, so what matters cannot be ranked."
    json.dumps(result.rows(), allow_nan=False)


def test_kept_points_answer_as_fresh_ones_do():
    pairs = Pairs(counting.ceiling, 1024)
    sensitivity(pairs)
    for at in ({"hosts": 1_700_000}, {"hosting_share": 0.3}, {"claimed": 100_000}):
        assert sensitivity(pairs, at).rows() == sensitivity(counting.ceiling, at, n=1024).rows()


def test_three_to_learn_more_about_in_the_ceiling():
    result = sensitivity(counting.ceiling)
    assert result.learn_more("S2P3-d") == ("hosting_share", "guests", "dependent_share")
    # in logs the model is a sum, so that the order of the variances of the logs is the order of the indices
    logs = {}
    for q in counting.ceiling.quantities:
        if q.sampled:
            logs[q.key] = np.log(np.random.default_rng(1).triangular(q.low, q.peak, q.high, 100_000)).var()
    assert tuple(sorted(logs, key=lambda k: -logs[k])[:3]) == result.learn_more("S2P3-d")
    said = result.reading()
    assert said.startswith("“share of households that host” weighs most: alone it makes up 63 in 100 of how far")
    assert "probab" not in said


def test_the_number_of_cases_is_raised_to_a_power_of_two_and_told():
    result = sensitivity(LINEAR, n=3000)
    assert (result.n, result.runs) == (4096, 5 * 4096)
    assert sensitivity(LINEAR, n=1).n == 1024


def test_the_result_is_a_table():
    result = sensitivity(LINEAR, n=1024)
    assert len(result.rows()) == 12
    assert result.to_frame().shape == (12, 9)
    json.dumps(result.as_dict(), allow_nan=False)


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert "no quantity with a range" in refusal(sensitivity, counting.pool)
    for n in (0, 10**9):
        assert "from 1 to 1,000,000" in refusal(sensitivity, LINEAR, n=n)
    assert "line is fixed" in refusal(sensitivity, LINEAR, hold=["line"])
    assert "nothing is left to vary" in refusal(sensitivity, LINEAR, hold=["a", "b", "c"])
    assert "nearest is 'twice'" in refusal(sensitivity(LINEAR, n=1024).of, "twise")
