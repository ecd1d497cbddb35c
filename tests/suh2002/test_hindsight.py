import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suh2002 import hindsight
from suh2002.flows.series import aid_kt, arrivals
from suh2002.hindsight import curves, models_windows
from suh2002.hindsight.models import LEVEL, fit_break, interrupted

OURS = hindsight.three_ways.tables
YEARS = np.arange(1998.0, 2026.0)
windows = st.tuples(st.integers(1998, 2003), st.integers(2006, 2015), st.integers(2017, 2024)).map(
    lambda w: dict(zip(("first_year", "break_year", "last_year"), map(float, w), strict=True))
)


def by_hand(logs, first, last, at, lags=2):
    """One window by plain least squares, errors summed lag by lag as Newey and West write them."""
    years = np.arange(first, last + 1)
    y = logs[(first <= YEARS) & (last >= YEARS)]
    after = (years >= at) * 1.0
    design = np.column_stack([np.ones(len(y)), years - at, after, after * (years - at)])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    left = y - design @ coefficients
    middle = np.zeros((4, 4))
    for i in range(len(y)):
        for j in range(len(y)):
            if abs(i - j) <= lags:
                middle += (1 - abs(i - j) / (lags + 1)) * left[i] * left[j] * np.outer(design[i], design[j])
    bread = np.linalg.inv(design.T @ design)
    return coefficients, np.sqrt((bread @ middle @ bread)[LEVEL, LEVEL]), left


# The break


@pytest.mark.parametrize(("first", "level", "watson"), [(2002, 0.45, 1.9), (2000, 0.34, 0.9), (1998, 0.23, 0.5)])
def test_the_same_break_is_deeper_the_earlier_one_begins(first, level, watson):
    assert hindsight.break_(first_year=first)["level_ratio"] == pytest.approx(level, abs=0.006)
    assert fit_break(OURS, 2012, first, 2019).durbin_watson[0] == pytest.approx(watson, abs=0.05)


def test_break_of_2012_in_numbers():
    result = hindsight.break_()
    assert result["trend_before"] == pytest.approx(0.10, abs=0.005)
    assert np.expm1(result["trend_before"]) == pytest.approx(0.106, abs=0.001)
    assert np.log(result["level_ratio"]) == pytest.approx(-0.81, abs=0.005)
    assert 100 * (result["level_ratio"] - 1) == pytest.approx(-55.5, abs=0.5)
    assert result["standard_error"] == pytest.approx(0.11, abs=0.005)
    assert result["slope_change"] == pytest.approx(-0.15, abs=0.005)
    assert (result.findings[0].claim, result.findings[0].holds) == ("S3P5-g", None)


def test_effect_runs_from_minus_55_to_minus_77_per_cent():
    shallow, deep = (100 * (hindsight.break_(first_year=y)["level_ratio"] - 1) for y in (2002, 1998))
    assert round(shallow) == -55
    assert round(deep) == -77


def test_break_at_the_end_of_large_aid_says_the_opposite():
    result = hindsight.break_(break_year=2008)
    assert result["level_ratio"] == pytest.approx(1.04, abs=0.005)
    assert result["trend_before"] == pytest.approx(0.145, abs=0.001)
    assert result["trend_before"] + result["slope_change"] == pytest.approx(-0.10, abs=0.005)


@given(windows)
def test_every_window_is_what_plain_least_squares_gives(window):
    result = hindsight.break_(**window)
    logs = np.log(arrivals(OURS, 1998, 2025))
    (_, trend, level, slope), error, left = by_hand(
        logs, window["first_year"], window["last_year"], window["break_year"]
    )
    assert np.log(result["level_ratio"]) == pytest.approx(level, abs=1e-9)
    assert result["trend_before"] == pytest.approx(trend, abs=1e-9)
    assert result["slope_change"] == pytest.approx(slope, abs=1e-9)
    assert result["standard_error"] == pytest.approx(error, rel=1e-6)
    found = fit_break(OURS, **window)
    assert found.squares[0] == pytest.approx(left @ left)
    assert found.durbin_watson[0] == pytest.approx(np.sum(np.diff(left) ** 2) / (left @ left))


@given(st.floats(-1, 1), st.floats(-0.2, 0.2), st.floats(-2, 2), st.floats(-0.3, 0.3))
def test_a_made_up_break_is_found_again(base, trend, level, slope):
    since = YEARS - 2012
    after = since >= 0
    logs = base + trend * since + after * (level + slope * since)
    found = interrupted(logs, YEARS, [2002], [2019], [2012])
    assert found.coefficients[0] == pytest.approx([base, trend, level, slope], abs=1e-8)
    assert found.standard_error[0] == pytest.approx(0, abs=1e-6)


@given(st.floats(0.1, 10))
def test_units_of_arrivals_move_only_the_base(factor):
    logs = np.log(arrivals(OURS, 1998, 2025))
    here, there = (interrupted(x, YEARS, [2002], [2019], [2012]) for x in (logs, logs + np.log(factor)))
    assert there.coefficients[0, 1:] == pytest.approx(here.coefficients[0, 1:], abs=1e-9)
    assert there.standard_error == pytest.approx(here.standard_error)


def test_an_ensemble_is_its_windows_one_by_one():
    first = np.array([1998.0, 2002.0, 1998.0])
    together = hindsight.break_(first_year=first)
    for i, year in enumerate(first):
        alone = hindsight.break_(first_year=year)
        assert together["level_ratio"][i] == pytest.approx(alone["level_ratio"], rel=1e-12)
        assert together["standard_error"][i] == pytest.approx(alone["standard_error"], rel=1e-9)


def test_windows_too_short_or_uncounted_are_refused(refusal):
    assert "two years before it and two from it on" in refusal(hindsight.break_, break_year=2003)
    assert "two years before it and two from it on" in refusal(hindsight.break_, break_year=2019)
    assert "from 1998 to 2025 only" in refusal(hindsight.break_, first_year=1995)
    assert "from 1998 to 2025 only" in refusal(hindsight.break_, last_year=2030)
    assert "at least five years" in refusal(hindsight.break_, first_year=2010, last_year=2013)
    assert "whole number" in refusal(hindsight.break_, first_year=2001.5)
    assert hindsight.break_(first_year=2010, last_year=2014)["standard_error"] > 0


def test_verdict_names_the_other_window():
    assert "Begin in 1998 and it is 0.23" in hindsight.break_.verdict(hindsight.break_())
    assert "Begin in 2002 and it is 0.45" in hindsight.break_.verdict(hindsight.break_(first_year=1998))
    early = hindsight.break_(first_year=1998, break_year=2001, last_year=2019)
    assert "Begin in" not in hindsight.break_.verdict(early)


# Pictures


def test_the_trend_carried_on_is_absurd():
    result = hindsight.break_()
    years, fitted = curves.fitted(result)
    since, carried_on = curves.fan(result)[2002]
    assert carried_on[-1] == pytest.approx(7_077, abs=1)
    assert np.sum(carried_on[1:] - arrivals(OURS, 2012, 2019)) == pytest.approx(30_400, abs=50)
    assert years.tolist() == list(range(2002, 2020))
    assert since.tolist() == list(range(2011, 2020))
    assert fitted[9] == pytest.approx(carried_on[0])
    assert fitted[10] == pytest.approx(result["level_ratio"] * carried_on[1])


def test_scan_prefers_2012_and_then_years_in_which_nothing_like_it_happened():
    years, squares, ratio = models_windows.misfits(OURS, 2002, 2019)
    assert years.tolist() == list(range(2004, 2018))
    assert years[np.argsort(squares[0])][:4].tolist() == [2012, 2010, 2009, 2008]
    assert ratio[0][years == 2012] == hindsight.break_()["level_ratio"]


def test_first_years_side_by_side():
    first = np.arange(1998.0, 2004)
    assert np.all(np.diff(hindsight.break_(first_year=first)["level_ratio"]) > 0)
    assert np.all(np.diff(fit_break(OURS, 2012, first, 2019).durbin_watson) > 0)


# Aid beside arrivals


def test_aid_cuts_arrivals_does_nothing_or_raises_them():
    result = hindsight.three_ways()
    assert result["levels_r"] == pytest.approx(-0.47, abs=0.005)
    assert result["differences_r"] == pytest.approx(0.0, abs=0.005)
    assert result["levels"] < 0 < result["with_break"]
    assert abs(result["differences"]) < 0.001


@given(st.tuples(st.integers(1998, 2003), st.integers(2010, 2019), st.integers(2005, 2009)))
@example((2000, 2011, 2008))
def test_associations_are_what_numpy_gives(window):
    first, last, at = window
    result = hindsight.three_ways(first_year=first, last_year=last, break_year=at)
    x, y = aid_kt(OURS, first, last), np.log(arrivals(OURS, first, last))
    since = np.arange(first, last + 1) - at
    design = np.column_stack([np.ones(len(x)), since, since >= 0, (since >= 0) * since])
    left = [z - design @ np.linalg.lstsq(design, z, rcond=None)[0] for z in (x, y)]
    pairs = {"levels": (x, y), "differences": (np.diff(x), np.diff(y)), "with_break": left}
    for way, (aid, logs) in pairs.items():
        assert result[way] == pytest.approx(100 * np.polyfit(aid, logs, 1)[0], abs=1e-9)
        assert result[f"{way}_r"] == pytest.approx(np.corrcoef(aid, logs)[0, 1], abs=1e-9)
    whole = np.linalg.lstsq(np.column_stack([design, x]), y, rcond=None)[0][-1]
    assert result["with_break"] == pytest.approx(100 * whole, abs=1e-9)


def test_years_without_any_change_of_aid_are_refused(refusal):
    assert "aid does not change" in refusal(hindsight.three_ways, first_year=2012, last_year=2017, break_year=2014)
    assert "two years before it" in refusal(hindsight.three_ways, break_year=2001)
