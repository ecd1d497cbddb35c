import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import solve_ivp

from suh2002 import counting
from suh2002.counting.charts import PICTURES
from suh2002.counting.pooling import Z90, log_normal_of, mixture_quantiles
from tumen.core import Case, Override, find_flips
from tumen.core.code import decode, encode

DRAWS = 200_000


def between(model, name):
    """Any value of a quantity's declared range."""
    q = model.quantity(name)
    return st.integers(int(q.low), int(q.high)).map(float) if q.whole else st.floats(q.low, q.high)


def settings_of(model):
    """Any setting of a model inside its declared ranges."""
    return st.fixed_dictionaries({q.key: between(model, q.key) for q in model.quantities if q.sampled})


def triangular(q, rng):
    return rng.triangular(q.low, q.peak, q.high, DRAWS)


# Hosts and guests


@pytest.mark.parametrize(
    ("people", "hosts", "per_1000", "hosts_per_guest", "per_household"),
    [
        (300_000, 1_500_000, 200, 5, 0.66),
        (100_000, 1_500_000, 66.7, 15, 0.22),
        (300_000, 854_000, 351, 2.847, 1.159),  # if only the Koreans of Yanbian host
        (100_000, 854_000, 117, 8.54, 0.386),
    ],
)
def test_guests_for_every_host(people, hosts, per_1000, hosts_per_guest, per_household):
    result = counting.ratio(people=people, hosts=hosts)
    assert result["guests_per_1000_hosts"] == pytest.approx(per_1000, abs=0.5)
    assert result["hosts_per_guest"] == pytest.approx(hosts_per_guest, abs=0.005)
    assert result["guests_per_household"] == pytest.approx(per_household, abs=0.005)


@given(settings_of(counting.ratio))
def test_ratio_and_its_inverse_agree(setting):
    result = counting.ratio(**setting)
    assert result["guests_per_1000_hosts"] * result["hosts_per_guest"] == pytest.approx(1000)
    assert result["guests_per_household"] == pytest.approx(
        result["guests_per_1000_hosts"] * setting["household"] / 1000
    )


def test_no_guests_have_no_number_of_hosts_each(refusal):
    assert "no number of hosts per guest" in refusal(counting.ratio, people=0)
    assert "no number of hosts per guest" in refusal(counting.ratio, people=np.array([1.0, 0.0]))
    assert "hosts needs a number above 0" in refusal(counting.ratio, hosts=0)


def test_occupancy_needed_and_the_ceiling_at_the_start():
    result = counting.ceiling()
    assert result["occupancy_needed_100k"] == pytest.approx(0.209, abs=5e-4)
    assert result["occupancy_needed_300k"] == pytest.approx(0.627, abs=5e-4)
    assert result["ceiling"] == pytest.approx(1_500_000 / 3.3 * 0.20 * 1.3 / 0.95)


def test_thirty_in_a_hundred_households_with_two_guests_each():
    assert counting.ceiling(hosting_share=0.30, guests=2)["ceiling"] == pytest.approx(287_000, abs=500)


@given(settings_of(counting.ceiling))
def test_ceiling_reaches_a_figure_exactly_where_the_occupancy_does(setting):
    result = counting.ceiling(**setting)
    occupancy = setting["hosting_share"] * setting["guests"]
    for figure, needed in ((100_000, result["occupancy_needed_100k"]), (300_000, result["occupancy_needed_300k"])):
        assert result["ceiling"] / figure == pytest.approx(occupancy / needed)


@given(settings_of(counting.ceiling), between(counting.ceiling, "hosts"))
def test_more_hosts_never_lower_the_ceiling(setting, more):
    fewer, more = sorted((setting["hosts"], more))
    low, high = (counting.ceiling(**setting | {"hosts": h})["ceiling"] for h in (fewer, more))
    assert low <= high


@given(settings_of(counting.ceiling))
def test_finding_on_the_ceiling_holds_where_300000_is_no_less(setting):
    result = counting.ceiling(**setting)
    (verdict,) = result.findings
    assert verdict.margin == 300_000 - result["ceiling"]
    assert verdict.holds is (result["ceiling"] <= 300_000)


def test_finding_on_the_ceiling_at_the_start():
    (verdict,) = counting.ceiling().findings
    assert (verdict.claim, verdict.relation, verdict.holds) == ("S2P3-d", "tests", True)


def test_ceiling_under_the_declared_ranges():
    rng = np.random.default_rng(20020507)
    sampled = {q.key: triangular(q, rng) for q in counting.ceiling.quantities if q.sampled}
    assert {q.shape for q in counting.ceiling.quantities if q.sampled} == {"triangular"}
    most = counting.ceiling(**sampled)["ceiling"]
    low, middle, high = np.quantile(most, [0.05, 0.5, 0.95])
    assert (low, middle, high) == pytest.approx((84_000, 197_000, 390_000), rel=0.01)
    assert (most < 300_000).mean() == pytest.approx(0.83, abs=0.005)
    assert (most < 100_000).mean() == pytest.approx(0.09, abs=0.005)


@pytest.mark.parametrize(
    ("hosting_share", "words"),
    [
        (0.05, "does not fit either"),
        (0.20, "every figure up to the ceiling"),
        (0.99, "Both 100,000 and 300,000 fit"),
    ],
)
def test_verdict_on_the_ceiling_says_what_fits(hosting_share, words):
    result = counting.ceiling(hosting_share=hosting_share)
    sentence = counting.ceiling.verdict(result)
    assert words in sentence
    assert ("S2P3-d holds" in sentence) is result.findings[0].holds


def test_verdict_and_finding_agree_where_the_figure_is_the_ceiling_itself():
    most = counting.ceiling()["ceiling"]
    result = counting.ceiling(claimed=most)
    assert result.findings[0].holds is True
    assert "no more than that (S2P3-d holds in this setting)" in counting.ceiling.verdict(result)


def test_what_is_limited_is_the_readers_choice_and_changes_the_words():
    lodged, supported = counting.ceiling(), counting.ceiling(limit="support")
    assert supported["ceiling"] == pytest.approx(1_500_000 / 3.3 * 0.30 * 1.0 / 0.95)
    assert lodged["ceiling"] == counting.ceiling(limit="lodging")["ceiling"] != supported["ceiling"]
    assert "could house" in counting.ceiling.verdict(lodged)
    assert "could support" in counting.ceiling.verdict(supported)
    for name in ("occupancy_needed_100k", "occupancy_needed_300k"):
        assert lodged[name] == supported[name]


def test_limit_sets_only_what_the_reader_has_not_set():
    assert counting.ceiling(limit="support", hosting_share=0.2, guests=1.3).outputs == counting.ceiling().outputs
    assert counting.ceiling(limit="support", guests=1.3)["hosting_share"] == 0.30
    case = Case(overrides={"counting.ceiling": {"limit": Override("support"), "guests": Override(2.0)}})
    assert case.apply(counting.ceiling)()["ceiling"] == pytest.approx(1_500_000 / 3.3 * 0.30 * 2 / 0.95)


@given(settings_of(counting.ceiling))
def test_ceiling_of_a_whole_setting_is_the_same_whatever_is_limited(setting):
    assert counting.ceiling(**setting, limit="support").outputs == counting.ceiling(**setting).outputs


def test_every_number_of_the_limit_is_ours():
    for name in ("limit", "hosting_share", "guests"):
        assert counting.ceiling.quantity(name).basis == "assumption"


def test_ceilings_picture_follows_the_limit():
    drawn = PICTURES["counting.ceiling"]
    start, now = counting.ceiling(), counting.ceiling(limit="support")
    words = drawn.words(now, start)
    assert "could support about 144,000" in words and "support, nearer the text" in words
    (dot,) = (row for row in drawn.rows(now, start) if row[0] == "here")
    assert dot[1:3] == [pytest.approx(0.30), now["ceiling"]]


# Present and entered


def test_one_number_present_and_three_times_as_many_entered():
    result = counting.stock(inflow=60_000, stay=1.77, years=5)
    assert 99_000 <= result["present"] <= 101_500
    assert result["entered"] == 300_000
    assert result["entered_per_present"] == pytest.approx(3.0, abs=0.02)


@pytest.mark.parametrize(("stay", "ratio"), [(1.0, 5.0), (0.25, 20.0)])
def test_shorter_stays_raise_the_ratio(stay, ratio):
    assert counting.stock(stay=stay, years=5)["entered_per_present"] == pytest.approx(ratio, rel=0.01)


@given(settings_of(counting.stock))
def test_present_solves_its_differential_equation(setting):
    inflow, stay, years = (setting[k] for k in ("inflow", "stay", "years"))
    solved = solve_ivp(lambda t, s: inflow - s / stay, (0, years), [0.0], rtol=1e-9, atol=1e-6)
    assert counting.stock(**setting)["present"] == pytest.approx(solved.y[0, -1], rel=1e-6)


POSITIVE = st.floats(1e-6, 1e6)


@given(POSITIVE, POSITIVE, POSITIVE)
def test_no_more_are_present_than_have_entered(inflow, stay, years):
    result = counting.stock(inflow=inflow, stay=stay, years=years)
    assert 0 <= result["present"] <= result["entered"] * (1 + 1e-12)
    assert result["present"] <= inflow * stay * (1 + 1e-12)
    assert result["entered_per_present"] == pytest.approx(result["entered"] / result["present"])


@given(settings_of(counting.stock), between(counting.stock, "stay"))
def test_longer_stays_never_lower_the_number_present(setting, stay):
    short, long = sorted((setting["stay"], stay))
    low, high = (counting.stock(**setting | {"stay": x})["present"] for x in (short, long))
    assert low <= high * (1 + 1e-12)


def test_nobody_entering_leaves_nobody_present():
    assert (counting.stock(inflow=0)["present"], counting.stock(inflow=0)["entered"]) == (0, 0)


# The quiet


def test_belief_after_the_quiet_at_the_start():
    assert counting.quiet()["posterior"] == pytest.approx(0.2727, abs=5e-5)


def test_two_chances_part_what_is_serious_from_what_is_told():
    """The report says that so many would have made a serious problem, not that anyone would have heard of it."""
    unheard = counting.quiet(serious_if_300k=1, serious_if_100k=0, seen_if_serious=0)["posterior"]
    heard = counting.quiet(serious_if_300k=1, serious_if_100k=0, seen_if_serious=1)["posterior"]
    assert (unheard, heard) == (0.5, 0)


SHARE = st.floats(0, 1)
OPEN = st.floats(0.001, 0.999)


@given(OPEN, OPEN, OPEN, OPEN)
def test_posterior_follows_bayes_rule_in_odds(prior, many, few, seen):
    after = counting.quiet(prior=prior, serious_if_300k=many, serious_if_100k=few, seen_if_serious=seen)["posterior"]
    assert 0 <= after <= 1
    odds = prior / (1 - prior) * (1 - many * seen) / (1 - few * seen)
    assert after / (1 - after) == pytest.approx(odds, rel=1e-6)


@given(SHARE, SHARE, OPEN, OPEN, OPEN)
def test_posterior_rises_with_the_prior_and_falls_as_300000_would_have_been_noticed(a, b, p, q, seen):
    low, high = sorted((a, b))
    slack = 1e-12

    def after(**given):
        setting = {"prior": p, "serious_if_300k": q, "serious_if_100k": q, "seen_if_serious": seen} | given
        return counting.quiet(**setting)["posterior"]

    by_prior = [after(prior=x) for x in (low, high)]
    by_300k = [after(serious_if_300k=x) for x in (low, high)]
    by_100k = [after(serious_if_100k=x) for x in (low, high)]
    assert 0 <= by_prior[0] <= by_prior[1] + slack <= 1 + 2 * slack
    assert by_300k[0] + slack >= by_300k[1] >= 0
    assert 0 <= by_100k[0] <= by_100k[1] + slack <= 1 + 2 * slack


@given(OPEN, OPEN, SHARE)
def test_silence_that_is_equally_likely_under_both_teaches_nothing(prior, serious, seen):
    after = counting.quiet(prior=prior, serious_if_300k=serious, serious_if_100k=serious, seen_if_serious=seen)
    assert after["posterior"] == pytest.approx(prior)


@given(OPEN, OPEN, OPEN)
def test_silence_where_nothing_would_be_told_teaches_nothing(prior, many, few):
    after = counting.quiet(prior=prior, serious_if_300k=many, serious_if_100k=few, seen_if_serious=0)["posterior"]
    assert after == pytest.approx(prior)


@pytest.mark.parametrize(
    "setting",
    [
        {"serious_if_300k": 1, "serious_if_100k": 1, "seen_if_serious": 1},
        {"prior": 0, "serious_if_100k": 1, "seen_if_serious": 1},
        {"prior": 1, "serious_if_300k": 1, "seen_if_serious": 1},
        {"serious_if_300k": np.array([0.5, 1.0]), "serious_if_100k": 1, "seen_if_serious": 1},
    ],
)
def test_silence_that_neither_figure_allows_is_refused(refusal, setting):
    assert "silence is possible under neither figure" in refusal(counting.quiet, **setting)


def test_verdict_on_the_silence_names_both_chances():
    told = counting.quiet.verdict(counting.quiet(seen_if_serious=0.5))
    assert "0.56 with 300,000" in told and "0.88 with 100,000" in told


@pytest.mark.parametrize("old", ["quiet_if_300k", "quiet_if_100k"])
def test_chance_of_quiet_is_answered_with_the_two_chances_it_is_made_of(refusal, old):
    serious = old.replace("quiet", "serious")
    assert refusal(counting.quiet, **{old: 0.3}).endswith(f"it is now '{serious}' and 'seen_if_serious'.")


def test_saved_code_and_case_file_of_before_are_told_the_two_chances(tmp_path, refusal):
    old = Case(overrides={"counting.quiet": {"quiet_if_100k": Override(0.6)}})
    now = "[counting.quiet] has no 'quiet_if_100k'; it is now 'serious_if_100k' and 'seen_if_serious'."
    assert refusal(decode, encode(old), counting.MODELS) == f"the case in this code cannot be used here: {now}"
    path = old.save(tmp_path / "case.toml")
    assert refusal(Case.read, path, counting.MODELS) == f"case.toml: {now}"


# Pooling

EXPERTS = counting.pool.start["experts"]
CENTRES, SPREADS = log_normal_of(*np.array(EXPERTS, float).T)


def pool(experts, **more):
    return counting.pool(experts=experts, **more).outputs


RANGE = st.tuples(st.floats(1e2, 1e6), st.floats(1.05, 30)).map(lambda r: (r[0], r[0] * r[1]))
RANGES = st.lists(RANGE, min_size=1, max_size=6)


def test_averages_of_four_figures():
    result = counting.pool()
    assert result["mean"] == 110_000
    assert result["geometric_mean"] == pytest.approx(54_800, abs=50)
    assert result["median"] == 65_000


def test_two_ways_to_pool_five_ranges():
    result = counting.pool()
    assert result["linear_median"] == pytest.approx(70_000, abs=500)
    assert result["linear_low"] == pytest.approx(6_000, abs=500)
    assert result["linear_high"] == pytest.approx(244_500, abs=100)
    assert result["log_median"] == pytest.approx(54_000, abs=500)
    assert result["log_low"] == pytest.approx(39_000, abs=500)
    assert result["log_high"] == pytest.approx(75_000, abs=500)


def test_one_in_five_of_the_mixture_lies_near_100000_and_the_speakers_disagree():
    mass = np.diff([stats.norm.cdf(np.log(x), CENTRES, SPREADS).mean() for x in (80_000, 120_000)])
    assert mass == pytest.approx(0.22, abs=0.005)
    assert CENTRES.std(ddof=1) == pytest.approx(1.3, abs=0.05)


def test_range_is_read_as_the_middle_ninety_per_cent():
    assert pytest.approx(stats.norm.ppf(0.95)) == Z90
    for (low, high), centre, spread in zip(EXPERTS, CENTRES, SPREADS, strict=True):
        assert np.exp(stats.norm.ppf([0.05, 0.95], centre, spread)) == pytest.approx((low, high))


@given(RANGES)
def test_linear_pool_is_the_equal_mixture(experts):
    result = pool(experts)
    centres, spreads = log_normal_of(*np.array(experts).T)
    for name, level in (("linear_low", 0.05), ("linear_median", 0.5), ("linear_high", 0.95)):
        assert stats.norm.cdf(np.log(result[name]), centres, spreads).mean() == pytest.approx(level, abs=1e-9)


@given(RANGES)
def test_linear_pools_middle_lies_between_the_outermost_speakers(experts):
    centres, _ = log_normal_of(*np.array(experts).T)
    result = pool(experts)
    slack = 1 + 1e-9
    assert np.exp(centres.min()) / slack <= result["linear_median"] <= np.exp(centres.max()) * slack
    assert result["linear_low"] < result["linear_median"] < result["linear_high"]


@given(RANGES)
def test_log_pool_is_the_product_of_the_densities(experts):
    """The density of the pool, up to a constant, is the product of the speakers' to the power 1/n."""
    centres, spreads = log_normal_of(*np.array(experts).T)
    precision = np.mean(1 / spreads**2)
    centre = np.sum(centres / spreads**2) / np.sum(1 / spreads**2)
    result = pool(experts)
    assert np.log(result["log_median"]) == pytest.approx(centre)
    assert np.log(result["log_high"] / result["log_low"]) == pytest.approx(2 * Z90 / math.sqrt(precision))
    grid = centre + np.linspace(-3, 3, 7) / math.sqrt(precision)
    product = stats.norm.logpdf(grid[:, None], centres, spreads).mean(axis=1)
    pooled = stats.norm.logpdf(grid, centre, 1 / math.sqrt(precision))
    assert product - product[3] == pytest.approx(pooled - pooled[3], abs=1e-6)


@given(RANGES, st.data())
def test_log_pool_ignores_disagreement(experts, data):
    """Speakers moved apart, each keeping the relative width of its range, leave the pool's as it was."""
    factors = data.draw(st.lists(st.floats(0.01, 100), min_size=len(experts), max_size=len(experts)))
    apart = [(low * f, high * f) for (low, high), f in zip(experts, factors, strict=True)]
    before, after = pool(experts), pool(apart)
    assert after["log_high"] / after["log_low"] == pytest.approx(before["log_high"] / before["log_low"])


def test_linear_pool_widens_where_speakers_disagree():
    together, apart = pool([(50, 100), (50, 100)]), pool([(5, 10), (500, 1000)])
    assert apart["linear_high"] / apart["linear_low"] > 50 * together["linear_high"] / together["linear_low"]


@given(RANGE)
def test_one_speaker_alone_is_the_pool(expert):
    result = pool([expert])
    for way in ("linear", "log"):
        assert (result[f"{way}_low"], result[f"{way}_high"]) == pytest.approx(expert)
        assert result[f"{way}_median"] == pytest.approx(math.sqrt(expert[0] * expert[1]))


@given(RANGES, st.floats(0.01, 100))
def test_pools_scale_with_the_unit(experts, scale):
    before, after = pool(experts), pool([(low * scale, high * scale) for low, high in experts])
    for name in before:
        if name.startswith(("linear", "log")):
            assert after[name] == pytest.approx(before[name] * scale)


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=8))
def test_averages_stand_in_their_order_inside_the_figures(points):
    result = counting.pool(points=points)
    slack = 1 + 1e-9
    assert min(points) / slack <= result["geometric_mean"] <= result["mean"] * slack <= max(points) * slack**2
    assert min(points) <= result["median"] <= max(points)
    assert result["geometric_mean"] == pytest.approx(stats.gmean(points))


def test_pooled_middle_is_nearer_100000_at_the_start_and_turns_half_way_in_logs():
    (verdict,) = counting.pool().findings
    assert (verdict.claim, verdict.relation, verdict.holds) == ("S2P3-f", "neighbours", True)
    middle = counting.pool()["linear_median"]
    assert verdict.margin == pytest.approx(abs(math.log(300_000 / middle)) - abs(math.log(100_000 / middle)))
    half_way = math.sqrt(100_000 * 300_000)
    below, above = ([(half_way * f / 2, half_way * f * 2)] for f in (0.99, 1.01))
    assert counting.pool(experts=below).findings[0].holds is True
    assert counting.pool(experts=above).findings[0].holds is False


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"experts": [(1e14, np.nextafter(1e14, np.inf))]}, "too close together"),
        ({"experts": [(1, 2), (7e14, np.nextafter(7e14, np.inf))]}, "too close together"),
        ({"claimed": 0}, "must be above 0"),
        ({"nearer": 0}, "must be above 0"),
        ({"claimed": 0, "nearer": 0}, "must be above 0"),
        ({"points": [1e308, 1e308]}, "too large to compute with"),
    ],
)
def test_what_no_pool_can_take_is_refused(refusal, setting, words):
    assert words in refusal(counting.pool, **setting)


def test_widest_ranges_and_narrowest_are_pooled():
    assert pool([(1e-12, 1e15)])["linear_median"] == pytest.approx(pool([(1e-12, 1e15)])["log_median"])
    assert pool([(1.0, np.nextafter(1.0, 2.0))])["linear_median"] == pytest.approx(1.0)


def test_quantiles_of_a_mixture_against_its_own_draws():
    rng = np.random.default_rng(1)
    which = rng.integers(len(CENTRES), size=DRAWS)
    drawn = np.quantile(rng.normal(CENTRES[which], SPREADS[which]), [0.1, 0.3, 0.7, 0.9])
    assert mixture_quantiles(CENTRES, SPREADS, [0.1, 0.3, 0.7, 0.9]) == pytest.approx(drawn, abs=0.02)


# Arrivals as a gauge


@pytest.mark.parametrize(
    ("arrivals", "people", "share_in_100"),
    [(583, 100_000, 0.58), (583, 30_000, 1.9), (2_914, 10_000, 29), (71, 75_000, 0.095)],
)
def test_share_that_would_make_arrivals_mean_a_figure(arrivals, people, share_in_100):
    assert 100 * arrivals / people == pytest.approx(share_in_100, rel=0.03)
    assert counting.multiplier(arrivals=arrivals, share=arrivals / people)["people"] == pytest.approx(people)


def test_starting_share_means_about_100000_and_the_range_spans_300_fold():
    assert counting.multiplier()["people"] == pytest.approx(100_000, rel=0.01)
    share, arrivals = counting.multiplier.quantity("share"), counting.multiplier.quantity("arrivals")
    assert share.high / share.low == pytest.approx((2_914 / 10_000) / (71 / 75_000), rel=0.1)
    assert (arrivals.low, arrivals.high) == (71, 2_914)


# Two lists


@pytest.mark.parametrize(
    ("both", "estimate", "low", "high"), [(12, 9_284, 4_604, 13_963), (24, 4_827, None, None), (6, 17_242, None, None)]
)
def test_estimate_from_two_lists(both, estimate, low, high):
    result = counting.recapture(first=400, second=300, both=both)
    assert result["estimate"] == pytest.approx(estimate, abs=0.5)
    if low:
        assert (result["low"], result["high"]) == pytest.approx((low, high), abs=0.6)


def test_half_the_overlap_about_doubles_the_estimate():
    twice = counting.recapture(both=12)["estimate"] / counting.recapture(both=24)["estimate"]
    assert twice == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(("people", "first", "second"), [(50, 30, 25), (20, 12, 15), (9, 5, 4)])
def test_estimate_is_right_on_average_where_lists_must_overlap(people, first, second):
    """Chapman's estimate is unbiased once the two lists together are at least as long as the population."""
    drawn = stats.hypergeom(people, first, second)
    both = np.arange(max(0, first + second - people), min(first, second) + 1)
    estimates = counting.recapture(first=first, second=second, both=both)["estimate"]
    assert (drawn.pmf(both) * estimates).sum() == pytest.approx(people)


def test_people_who_are_hard_to_reach_for_both_lists_go_uncounted():
    people = 9_000
    reach = np.array([0.01, 0.08])
    listed, on_both = people * reach.mean(), people * (reach**2).mean()
    assert counting.recapture.run(listed, listed, on_both)["estimate"] == pytest.approx(5_448, abs=0.5)
    assert listed**2 / on_both == pytest.approx(5_608, abs=0.5)


@given(settings_of(counting.recapture), between(counting.recapture, "both"))
def test_more_overlap_always_means_fewer_people(setting, other):
    less, more = sorted((setting["both"], other))
    low, high = (counting.recapture(**setting | {"both": x})["estimate"] for x in (more, less))
    assert low < high if less < more else low == high


@given(settings_of(counting.recapture))
def test_interval_holds_the_estimate_and_the_estimate_all_names_seen(setting):
    result = counting.recapture(**setting)
    assert result["low"] <= result["estimate"] <= result["high"]
    assert result["estimate"] >= setting["first"] + setting["second"] - setting["both"] - 1e-6


def test_lists_that_are_one_and_the_same_count_themselves():
    result = counting.recapture(first=300, second=300, both=300)
    assert (result["estimate"], result["low"], result["high"]) == (300, 300, 300)


def test_more_names_on_both_than_on_either_are_refused(refusal):
    assert "no more names can be on both lists" in refusal(counting.recapture, both=301)
    assert "no more names can be on both lists" in refusal(counting.recapture, both=np.array([12, 301]))
    assert "whole number" in refusal(counting.recapture, both=np.array([12, 12.5, 13]))


# Every model over an ensemble

SAMPLED = [(m, q.key) for m in counting.MODELS for q in m.quantities if q.sampled]


def assert_equals_single_runs(model, ensemble, length):
    together = model(**ensemble)
    for i in range(length):
        single = model(**{name: values[i] for name, values in ensemble.items()})
        for out in model.outputs:
            assert np.broadcast_to(together[out.key], length)[i] == pytest.approx(single[out.key], rel=1e-12)
        for many, one in zip(together.findings, single.findings, strict=True):
            assert np.broadcast_to(many.margin, length)[i] == pytest.approx(one.margin, rel=1e-9, abs=1e-6)
            assert bool(np.broadcast_to(many.holds, length)[i]) is one.holds


@pytest.mark.parametrize(("model", "name"), SAMPLED, ids=lambda x: getattr(x, "key", x))
@pytest.mark.parametrize("length", [1, 7])
def test_array_in_one_input_gives_what_single_runs_give(model, name, length):
    q = model.quantity(name)
    values = np.linspace(q.low, q.high, length)
    assert_equals_single_runs(model, {name: np.round(values) if q.whole else values}, length)


@pytest.mark.parametrize(
    "model", [m for m in counting.MODELS if any(q.sampled for q in m.quantities)], ids=lambda m: m.key
)
def test_arrays_in_all_inputs_give_what_single_runs_give(model):
    rng = np.random.default_rng(7)
    ensemble = {}
    for q in model.quantities:
        if q.sampled:
            values = rng.uniform(q.low, q.high, 50)
            ensemble[q.key] = np.round(values) if q.whole else values
    assert_equals_single_runs(model, ensemble, 50)


@pytest.mark.parametrize(("model", "name"), SAMPLED, ids=lambda x: getattr(x, "key", x))
def test_both_ends_of_every_range_run_and_can_be_told(model, name):
    q = model.quantity(name)
    for end in (q.low, q.high):
        result = model(**{name: end})
        assert result.beyond_range == ()
        assert "no number" not in model.verdict(result)
        assert result.as_dict()["inputs"][name] == end


def test_first_slider_of_the_workbook_turns_its_finding_within_its_range():
    seen = counting.quiet.quantity("seen_if_serious")
    holds = [
        counting.quiet(seen_if_serious=at).findings[0].holds for at in (seen.low, 0.66, 0.67, seen.value, seen.high)
    ]
    assert holds == [False, False, True, True, True]  # (1 − 7/8 x) = (1 − x/4) / 2 at x = 2/3
    flip = find_flips(counting.quiet, "S2P2-e", names=["seen_if_serious"])["seen_if_serious"]
    assert flip.value == pytest.approx(2 / 3, abs=1e-4)
