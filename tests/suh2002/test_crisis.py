import numpy as np
import pytest
from ensembles import between, check_ensemble, settings_of
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from suh2002 import crisis
from suh2002.crisis import curves
from suh2002.crisis import quantities as q
from suh2002.crisis.thresholds import acting_share, crowd_size, tipping_shift
from tumen.core import find_flips

ARRIVALS, IN_CHINA, EAST_GERMANY = (e.value for e in crisis.exits)
SHARES = st.floats(0, 1)


def played(fear, spread, shift, gone=0.0, still=1e-13, most=100_000):
    """The cascade round by round, from nobody acting until no share moves: what the direct solution must equal."""
    acting = np.zeros(np.broadcast_shapes(*map(np.shape, (fear, spread, shift, gone))))
    for _ in range(most):
        more = np.maximum(0, (ndtr((acting + shift - fear) / spread) - gone) / (1 - gone))
        if np.abs(more - acting).max() < still:
            return more
        acting = more
    raise AssertionError("the rounds did not come to rest")


def crowd_played(thresholds, outside=0):
    """The crowd round by round: how many act once nobody more joins."""
    acting = 0
    while (more := sum(t <= acting + outside for t in thresholds)) > acting:
        acting = more
    return acting


# The direct solution against playing the rounds


@pytest.mark.parametrize(
    ("fear", "spread", "signal", "exits"),
    [
        (np.linspace(0.15, 0.40, 200), 0.12, np.linspace(0, 30, 200), IN_CHINA),
        (0.28, np.linspace(0.05, 0.20, 200), np.linspace(0, 30, 200), EAST_GERMANY),
    ],
    ids=["fear by signal", "spread by signal"],
)
def test_cascade_equals_the_rounds_in_every_cell_of_a_grid(fear, spread, signal, exits):
    rows, columns = 200, 200
    fear, spread = (np.repeat(np.broadcast_to(x, rows), columns) for x in (fear, spread))
    signal = np.tile(signal, rows)
    result = crisis.cascade(fear=fear, spread=spread, signal=signal, exit_share=exits)
    by_rounds = played(fear, spread, signal * exits)
    np.testing.assert_allclose(result["acting"], by_rounds, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(result["tipped"], by_rounds > 0.5)
    assert 0.05 < result["tipped"].mean() < 0.95


def test_drain_equals_the_rounds_in_every_cell_of_a_grid():
    exits, signal = (g.ravel() for g in np.meshgrid(np.linspace(0, 0.05, 100), np.linspace(0, 8, 100)))
    result = crisis.drain(exit_share=exits, signal=signal)
    by_rounds = played(0.28, 0.12, signal * exits, exits)
    np.testing.assert_allclose(result["acting"], by_rounds, rtol=0, atol=1e-9)
    assert (by_rounds == 0).any()
    assert (by_rounds > 0.5).any()


@given(SHARES, st.floats(0.01, 1.5), SHARES, st.one_of(st.just(0.0), st.floats(0, 0.9)))
@example(0.28, 0.12, 0.0, 0.0)
@example(0.5, 0.399, 0.0, 0.0)  # the widest spread at which a crowd can rest at two places
@example(0.5, 0.3989422804014327, 0.0, 0.0)
@example(1.0, 0.01, 0.0, 0.9)
@example(0.0, 0.01, 1.0, 0.9)
@example(0.3, 0.2, 0.3, 0.5)
def test_least_fixed_point_is_one_and_none_lies_below(fear, spread, shift, gone):
    acting = acting_share(fear, spread, shift, gone)
    assert isinstance(acting, float)
    assert 0 <= acting <= 1

    def missing(r):
        return np.maximum(0, (ndtr((r + shift - fear) / spread) - gone) / (1 - gone)) - r

    assert abs(missing(acting)) < 1e-9
    below = np.linspace(0, acting, 2001)[:-1]
    assert (missing(below) > -1e-9).all()


@given(between(crisis.cascade, "fear"), between(crisis.cascade, "spread"))
def test_cascade_tips_at_its_tipping_shift_and_not_before(fear, spread):
    shift = tipping_shift(fear, spread)
    if shift > 1e-6:
        assert acting_share(fear, spread, shift - 1e-9) < 0.5
    assert acting_share(fear, spread, shift + 1e-9) > 0.5


@given(st.floats(0, 1), st.floats(0.005, 1.2))
def test_tipping_shift_against_a_search(fear, spread):
    shift = tipping_shift(fear, spread)
    rest = np.linspace(0, 0.5, 20_001)[1:]
    # the least shift under which everyone up to half is outbid: the largest gap of those willing
    gaps = fear + spread * ndtri(rest) - rest
    assert shift == pytest.approx(max(0, gaps.max()), abs=1e-6)


def test_at_the_tipping_point_the_answer_jumps_and_stays_a_share():
    shift = tipping_shift(0.28, 0.12)
    before, after = (acting_share(0.28, 0.12, np.nextafter(shift, way)) for way in (0, 1))
    at = acting_share(0.28, 0.12, shift)
    for x in (before, at, after):
        assert x == pytest.approx(ndtr(-1.55), abs=1e-3) or x > 0.99
    assert acting_share(0.28, 0.12, shift - 1e-12) < 0.07
    assert acting_share(0.28, 0.12, shift + 1e-12) > 0.99


@pytest.mark.parametrize("spread", [1e-300, 1e-12, 1e-3, 5.0, 1e6])
def test_spreads_of_any_size_have_an_answer(spread):
    acting = acting_share(0.28, spread, 0.0)
    assert acting == pytest.approx(ndtr((acting - 0.28) / spread), abs=1e-9)
    assert acting_share(0.28, spread, 0.5) > acting


def test_nobody_to_work_out_gives_nobody():
    assert acting_share(np.array([]), 0.12, 0.0).shape == (0,)


# The textbook case: a hair's breadth


@pytest.mark.parametrize(("spread", "acting"), [(0.120, 0.04), (0.1222, 0.06), (0.123, 1.00)])
def test_a_hair_of_spread_decides_over_the_textbook_crowd(spread, acting):
    assert crisis.cascade(fear=0.25, spread=spread, signal=0)["acting"] == pytest.approx(acting, abs=0.005)


def test_signal_needed_by_three_exits():
    assert tipping_shift(0.28, 0.12) == pytest.approx(0.0334, abs=5e-5)
    needed = [crisis.cascade(exit_share=x)["signal_needed"] for x in (ARRIVALS, IN_CHINA, EAST_GERMANY)]
    assert needed == pytest.approx([1306, 7.6, 2.49], rel=2e-3)
    assert curves.signals_needed(crisis.cascade()) == pytest.approx(needed)


def test_exits_are_the_quotients_their_notes_say():
    arrivals, in_china, east_germany = (e.value for e in crisis.exits)
    assert arrivals == crisis.cascade.start["exit_share"]
    assert (arrivals, in_china, east_germany) == pytest.approx((583 / 22.8e6, 1e5 / 22.8e6, 220e3 / 16.4e6), rel=5e-3)
    assert east_germany / arrivals == pytest.approx(525, rel=5e-3)
    assert east_germany / in_china == pytest.approx(3, rel=0.02)


def test_signal_needed_for_the_exercise():
    assert crisis.cascade(exit_share=0.0134)["signal_needed"] == pytest.approx(2.49, abs=6e-3)


@given(settings_of(crisis.cascade, "signal"))
def test_crowd_tips_just_above_the_signal_needed(setting):
    needed = crisis.cascade(**setting)["signal_needed"]
    if needed > 0:
        assert crisis.cascade(**setting, signal=needed * (1 - 1e-6))["tipped"] is False
    assert crisis.cascade(**setting, signal=needed * (1 + 1e-6) + 1e-6)["tipped"] is True


@given(settings_of(crisis.cascade, "signal"), between(crisis.cascade, "signal"), between(crisis.cascade, "signal"))
def test_a_stronger_signal_never_lowers_the_share_that_acts(setting, a, b):
    less, more = (crisis.cascade(**setting, signal=s)["acting"] for s in sorted((a, b)))
    assert less <= more + 1e-9


@given(settings_of(crisis.cascade))
def test_finding_on_the_crisis_is_half_less_those_acting(setting):
    result = crisis.cascade(**setting)
    tested, illustrated = result.findings
    assert (tested.claim, illustrated.claim) == ("S2P1-c", "S2P5-b")
    assert tested.margin == 0.5 - result["acting"]
    assert tested.holds is not result["tipped"]
    assert illustrated.holds is None


def test_report_stands_on_arrivals_and_turns_on_the_people_in_china():
    assert crisis.cascade(signal=30).findings[0].holds is True
    flip = find_flips(crisis.cascade, "S2P1-c", {"exit_share": IN_CHINA}, "signal")["signal"]
    assert flip.value == pytest.approx(7.6, abs=0.01)
    assert flip.holds_above is False


# Exit as drain and as signal


def test_small_exit_drains_and_large_visible_exit_stirs():
    without = crisis.drain()["acting_without_exit"]
    assert without == pytest.approx(0.0131, abs=5e-5)
    acting = {x: crisis.drain(signal=3, exit_share=x)["acting"] for x in (0.001, 0.005, 0.01, 0.02)}
    assert acting[0.001] == pytest.approx(0.0129, abs=5e-5)
    assert acting[0.005] == pytest.approx(0.0129, abs=5e-5)
    assert acting[0.01] == pytest.approx(0.0155, abs=5e-5)
    assert acting[0.02] > 0.99


@given(st.floats(1e-5, 0.05))
def test_unseen_exit_always_calms(exits):
    result = crisis.drain(signal=0, exit_share=exits)
    assert result["acting"] < result["acting_without_exit"]


@pytest.mark.parametrize(
    ("signal", "exits"), [(0, 0.010), (1, 0.013), (1.5, 0.017), (2, 0.020), (2.5, 0.009), (3, 0.003), (3.5, 0), (4, 0)]
)
def test_most_calming_exit_rate(signal, exits):
    assert curves.calmest_exit(crisis.drain(signal=signal))[0] == pytest.approx(exits, abs=6e-4)


@pytest.mark.parametrize("signal", [0, 1.5, 2.5, 3])
def test_most_calming_exit_rate_against_a_plain_grid(signal):
    rates = np.linspace(0, 0.05, 50_001)
    acting = crisis.drain(signal=signal, exit_share=rates)["acting"]
    at, least = curves.calmest_exit(crisis.drain(signal=signal))
    assert least <= acting.min() + 1e-12
    assert at == pytest.approx(rates[acting.argmin()], abs=2e-6)


@given(settings_of(crisis.drain))
def test_finding_on_wanting_more_exits_is_the_difference_they_make(setting):
    result = crisis.drain(**setting)
    (verdict,) = result.findings
    assert verdict.claim == "S3P1-c"
    assert verdict.margin == result["acting"] - result["acting_without_exit"]
    assert verdict.holds is bool(verdict.margin >= 0)


@given(settings_of(crisis.drain, "exit_share", "signal"))
def test_without_exit_drain_and_cascade_agree(setting):
    result = crisis.drain(**setting, exit_share=0)
    assert result["acting"] == result["acting_without_exit"]
    assert result["acting"] == crisis.cascade(**setting, signal=0)["acting"]


# The crowd of a hundred


def test_one_person_changes_everything():
    whole = crisis.crowd()
    assert whole["acting"] == 100
    assert crisis.crowd(thresholds=(0, 2, 2, *range(3, 100)))["acting"] == 1


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40), st.randoms())
def test_crowd_equals_its_rounds_in_any_order(thresholds, random):
    acting = crisis.crowd(thresholds=thresholds)["acting"]
    assert acting == crowd_played(thresholds)
    assert isinstance(acting, int)
    random.shuffle(thresholds)
    assert crisis.crowd(thresholds=thresholds)["acting"] == acting


@given(st.lists(st.floats(0, 40), min_size=1, max_size=30), st.lists(st.floats(0, 40), min_size=1, max_size=10))
def test_crowd_with_others_outside_equals_its_rounds(thresholds, outside):
    sizes = crowd_size(thresholds, np.array(outside))
    assert sizes.tolist() == [crowd_played(thresholds, x) for x in outside]


def test_large_crowd_comes_near_the_share_of_the_cascade():
    n = 20_000
    ranks = (np.arange(n) + 0.5) / n
    shift = np.array([0.0, 0.02, 0.033, 0.034, 0.1])
    thresholds = n * (0.28 + 0.12 * ndtri(ranks))
    np.testing.assert_allclose(crowd_size(thresholds, n * shift) / n, acting_share(0.28, 0.12, shift), atol=2e-3)


def test_crowd_rests_at_the_first_number_that_no_more_would_join():
    thresholds = (0, 1, 1, 5, 6)
    willing = [sum(t <= acting for t in thresholds) for acting in range(6)]
    assert willing == [1, 3, 3, 3, 3, 4]
    assert crisis.crowd(thresholds=thresholds)["acting"] == 3


# Survival


@pytest.mark.parametrize(("hazard", "chance"), [(0.01, 0.79), (0.03, 0.50), (0.05, 0.307), (0.10, 0.09)])
def test_chance_of_lasting_23_years(hazard, chance):
    assert crisis.survival(hazard=hazard)["probability"] == pytest.approx(chance, abs=5e-3)


def test_likelihood_ratio_of_survival():
    assert crisis.survival()["likelihood_ratio_to_1pct"] == pytest.approx(2.58, abs=5e-3)
    assert crisis.survival(hazard=0.01)["likelihood_ratio_to_1pct"] == pytest.approx(1)


@given(settings_of(crisis.survival))
def test_chance_and_ratio_of_survival_agree(setting):
    result = crisis.survival(**setting)
    reference = crisis.survival(**setting | {"hazard": 0.01})["probability"]
    assert result["probability"] * result["likelihood_ratio_to_1pct"] == pytest.approx(reference)
    hazards = np.linspace(0.001, 0.2, 11)
    assert result.where(hazard=hazards)["probability"] == pytest.approx((1 - hazards) ** setting["years"])


# The comparison


def test_comparison_at_the_start_is_the_mean_of_nine_scores():
    assert len(q.MATCHES) == len(q.WEIGHTS) == 9
    assert len(crisis.comparison.quantities) == 18
    scores = [m.value for m in q.MATCHES]
    assert set(scores) <= {0, 0.5, 1}
    result = crisis.comparison()
    assert result["similarity"] == pytest.approx(sum(scores) / 9)
    assert result.findings[0].holds is True


@given(settings_of(crisis.comparison))
def test_similarity_is_a_weighted_mean_of_the_scores(setting):
    weights = np.array([setting[w.key] for w in q.WEIGHTS])
    assume(weights.sum() > 0)
    scores = np.array([setting[m.key] for m in q.MATCHES])
    result = crisis.comparison(**setting)
    assert result["similarity"] == pytest.approx(weights @ scores / weights.sum(), abs=1e-9)
    (verdict,) = result.findings
    assert (verdict.claim, verdict.relation) == ("S2P4-d", "neighbours")
    assert verdict.margin == 0.5 - result["similarity"]
    parts = curves.shares_of_weight(result)
    assert sum(share for _, _, share, *_ in parts) == pytest.approx(1)
    assert sum(added for *_, added, _ in parts) == pytest.approx(result["similarity"])


def test_all_alike_and_all_unlike():
    assert crisis.comparison(**{m.key: 1 for m in q.MATCHES})["similarity"] == 1
    assert crisis.comparison(**{m.key: 0 for m in q.MATCHES})["similarity"] == 0
    only = {w.key: 0 for w in q.WEIGHTS} | {"weight_rival_state": 2}
    assert crisis.comparison(**only)["similarity"] == 1
    assert crisis.comparison(**only).findings[0].holds is False


# Lines for pictures


@given(settings_of(crisis.cascade))
def test_rounds_lead_to_where_the_line_meets_the_diagonal(setting):
    result = crisis.cascade(**setting)
    path = curves.rounds(result, most=3000)
    assert path[0] == 0
    assert (np.diff(path) >= 0).all()
    assert path[-1] <= result["acting"] + 1e-9
    acting, willing = curves.willing(result)
    before = acting < result["acting"] - 1e-9
    assert (willing[before] >= acting[before]).all()


# Ensembles, verdicts, refusals


@pytest.mark.parametrize(
    "model", [crisis.cascade, crisis.drain, crisis.survival, crisis.comparison], ids=lambda m: m.key
)
def test_ensembles_give_what_single_runs_give(model):
    check_ensemble(model)


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (crisis.cascade, {}, "it has not tipped"),
        (
            crisis.cascade,
            {"exit_share": EAST_GERMANY},
            "it has tipped, as it does where one leaver counts for more than 2.49",
        ),
        (crisis.cascade, {"fear": 0.2}, "it tips with no exit at all"),
        (crisis.drain, {}, "here exit calms"),
        (crisis.drain, {"signal": 4}, "here exit stirs"),
        (crisis.drain, {"exit_share": 0}, "as many act as without it"),
        (crisis.crowd, {}, "Of 100 people, 100 act"),
        (crisis.survival, {}, "a chance of 0.31"),
        (crisis.survival, {"hazard": 0.001, "years": 1}, "lasts 1 year with a chance of 0.999;"),
        (crisis.comparison, {}, "alike on 28 in 100 parts"),
    ],
)
def test_verdict_says_what_the_setting_gives(model, given_values, words):
    assert words in model.verdict(model(**given_values))


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (crisis.cascade, {"spread": 0}, "spread needs a number above 0"),
        (crisis.cascade, {"fear": -0.1}, "fear needs 0 or more"),
        (crisis.cascade, {"signal": -1}, "signal needs 0 or more"),
        (crisis.cascade, {"exit_share": 1.2}, "exit_share needs a share between 0 and 1"),
        (crisis.cascade, {"exit_share": 0}, "exit_share needs a share above 0"),
        (crisis.cascade, {"exit_share": np.array([0.1, 0.0])}, "exit_share needs a share above 0"),
        (crisis.cascade, {"feer": 0.2}, "the nearest is 'fear'"),
        (crisis.drain, {"exit_share": 1}, "where everybody has left nobody stays to act"),
        (crisis.crowd, {"thresholds": ()}, "at least one item"),
        (crisis.crowd, {"thresholds": (0, -1)}, "thresholds, item 2, needs 0 or more"),
        (crisis.survival, {"hazard": 1}, "hazard needs a share below 1"),
        (crisis.survival, {"years": -1}, "years needs 0 or more"),
        (crisis.comparison, {"match_media": 2}, "match_media needs a share between 0 and 1"),
        (crisis.comparison, {w.key: 0 for w in q.WEIGHTS}, "nothing to compare"),
    ],
)
def test_unusable_input_is_refused_in_one_sentence(refusal, model, given_values, words):
    assert words in refusal(model, **given_values)


def test_where_calming_ends_for_good():
    # at no exit the slope of those acting is 0 where signal = (1 - r) spread / density(z)
    r = crisis.drain()["acting_without_exit"]
    z = (r - 0.28) / 0.12
    ends = (1 - r) * 0.12 / (np.exp(-z * z / 2) / np.sqrt(2 * np.pi))
    assert ends == pytest.approx(3.5, abs=0.03)
    found = brentq(lambda s: crisis.drain(signal=s, exit_share=1e-7)["acting"] - r, 1, 8, xtol=1e-9)
    assert found == pytest.approx(ends, abs=1e-3)
