import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suh2002 import alternatives
from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import in_hundred, worth_learning
from suh2002.alternatives.policies import draw, outcome, peeling, utilities, worth
from tumen.analysis import decisions

START = alternatives.robust.start
LEVERS = dict(zip(q.POLICIES, q.LEVER_TABLE.value, strict=True))


@pytest.fixture(scope="module")
def result():
    return alternatives.robust()


def slow_year_by_year(policy, x):
    """One case of one policy in plain Python, from the words of the formula."""
    promised = x["credibility"]
    added = {
        "engage": -0.5 * x["reciprocity"],
        "pressure": x["crackdown"],
        "quiet": 0.15 * x["crackdown"],
        "conditional": 0.4 * x["crackdown"] * (1 - promised),
    }[policy]
    aid = {"engage": 1, "pressure": 0, "quiet": 0.3, "conditional": 0.6}[policy]
    factor = {"engage": 0.8, "pressure": 1.1, "quiet": 1.2, "conditional": 1.0}[policy]
    engaged = {"engage": 1, "pressure": 0, "quiet": 0.2, "conditional": 0.5 * promised}[policy]
    tension = {"engage": 0.2, "pressure": 0.8, "quiet": 0.4, "conditional": 0.5}[policy]
    rights = {"engage": 0.3, "pressure": 0.1, "quiet": 0.15, "conditional": 0.8}[policy] * promised
    h = 1 - x["aid_effect"] * aid * (1 - x["diversion"])
    f = np.exp(-added)
    stock, network, protected, returned = 60_000.0, 1_000.0, 0.0, 0.0
    for _ in range(10):
        c = 30_000 * h * f
        a = min((0.003 * stock + factor * x["pull"] * network) * f * np.exp(-0.4), 0.3 * stock)
        r = 0.15 * stock * (1 + 0.5 * max(added, 0))
        stock = max(0.0, stock + c - a - r - 0.35 * stock)
        network = (1 - x["decay"]) * network + a
        protected, returned = protected + a, returned + r
    surge = 1 - (1 - min(max(x["surge"] * (1 - x["surge_reduction"] * engaged), 0), 1)) ** 10
    w, t = x["weight_leavers"], x["weight_tension"]
    gain = w * (protected / 15_000 - returned / 60_000) + (1 - w) * ((1 - h) / 0.5 + rights)
    return gain - surge - t * tension


def case(data):
    return {x.key: data.draw(st.floats(*x.value[0])) for x in q.UNCERTAIN}


# The four policies


@given(st.data())
def test_utility_of_a_case_is_what_the_formula_says(data):
    x = case(data)
    columns = {k: np.array([v]) for k, v in x.items()}
    for policy, lever in LEVERS.items():
        ours = worth(outcome(lever, columns, START), columns, START)[0]
        assert ours == pytest.approx(slow_year_by_year(policy, x), rel=1e-9, abs=1e-9)


@given(st.data())
def test_people_returned_and_protected_never_exceed_those_there(data):
    x = case(data)
    columns = {k: np.array([v]) for k, v in x.items()}
    for lever in LEVERS.values():
        o = outcome(lever, columns, START)
        entered = 60_000 + 10 * 30_000 * np.exp(0.25)
        assert 0 <= o.protected[0] <= entered
        assert o.returned[0] >= 0
        assert o.protected[0] + o.returned[0] <= entered * 1.3
        assert 0 <= o.relief[0] <= 0.6
        assert 0 <= o.surge[0] < 1


@given(st.data(), st.floats(0.01, 0.2))
def test_more_diversion_never_relieves_more(data, more):
    x = case(data)
    worse = {**x, "diversion": x["diversion"] + more}
    here, there = ({k: np.array([v]) for k, v in y.items()} for y in (x, worse))
    for lever in LEVERS.values():
        assert outcome(lever, there, START).relief <= outcome(lever, here, START).relief


def test_draws_fill_the_ranges_evenly_and_are_frozen():
    drawn = draw(START)
    assert list(drawn) == [x.key for x in q.UNCERTAIN]
    for x in q.UNCERTAIN:
        (low, high), column = x.value[0], drawn[x.key]
        assert column.shape == (65_536,)
        assert low <= column.min() < low + 0.001 * (high - low)
        assert high >= column.max() > high - 0.001 * (high - low)
        assert column.mean() == pytest.approx((low + high) / 2, abs=1e-3 * (high - low))
    again = draw({**START, "seed": 7})
    assert not np.array_equal(again["surge"], drawn["surge"])
    assert np.array_equal(draw(START)["surge"], drawn["surge"])


# Best shares, regrets, values of knowing


def test_how_often_each_policy_is_best(result):
    expected = {"engage": 56, "conditional": 31, "quiet": 11, "pressure": 3}
    assert sum(result["best_share"].values()) == pytest.approx(1)
    for policy, per_cent in expected.items():
        assert 100 * result["best_share"][policy] == pytest.approx(per_cent, abs=1)
    assert result.findings[0].holds is True
    assert result.findings[0].margin == pytest.approx(result["best_share"]["engage"] - 0.5)


def test_mean_regrets(result):
    expected = {"engage": 0.06, "conditional": 0.12, "quiet": 0.25, "pressure": 0.50}
    for policy, regret in expected.items():
        assert result["mean_regret"][policy] == pytest.approx(regret, abs=0.006)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_quiet_route_is_regretted_least_at_worst_and_pressure_most(seed):
    worst = alternatives.robust(draws=20_000, seed=seed)["max_regret"]
    assert min(worst, key=worst.get) == "quiet"
    assert max(worst, key=worst.get) == "pressure"
    assert worst["quiet"] < min(worst["engage"], worst["conditional"])


def test_what_is_worth_learning(result):
    knowing = result["evppi"]
    assert result["evpi"] == pytest.approx(0.056, abs=0.004)
    assert result["evpi"] == pytest.approx(min(result["mean_regret"].values()))
    first, second, third, *rest = sorted(knowing, key=knowing.get, reverse=True)
    assert {first, second} == {"aid_effect", "credibility"}
    assert knowing[first] == pytest.approx(0.010, abs=0.002)
    assert knowing[second] == pytest.approx(0.010, abs=0.002)
    assert third == "surge_reduction"
    assert knowing[third] == pytest.approx(0.001, abs=0.0005)
    assert all(knowing[name] < 1e-3 for name in rest)


def test_a_quantity_may_move_every_utility_and_yet_be_worth_nothing_to_know(result):
    _, utility = utilities(START)
    weight = draw(START)["weight_tension"]
    assert abs(np.corrcoef(weight, utility[1])[0, 1]) > 0.1
    assert result["evppi"]["weight_tension"] == 0


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"aid_effect": (0, 0.1)}, {"engage": 20}),
        ({"aid_effect": (0.5, 0.6)}, {"engage": 87}),
        ({"credibility": (0.1, 0.23)}, {"engage": 73}),
        ({"credibility": (0.77, 0.9)}, {"engage": 32}),
        ({"aid_effect": (0, 0.2), "credibility": (0.6, 0.9)}, {"engage": 12, "conditional": 74}),
        ({"weight_leavers": (0.7, 0.8)}, {"engage": 53}),
        ({"weight_leavers": (0.7, 0.8), "aid_effect": (0, 0.2)}, {"quiet": 35}),
    ],
)
def test_shares_within_limits(result, limits, expected):
    draws, utility = utilities(result.inputs)
    inside = np.all([(draws[name] >= low) & (draws[name] <= high) for name, (low, high) in limits.items()], axis=0)
    shares = dict(zip(q.POLICIES, decisions.best_share(utility[:, inside]), strict=True))
    assert sum(shares.values()) == pytest.approx(1)
    for policy, per_cent in expected.items():
        assert 100 * shares[policy] == pytest.approx(per_cent, abs=2)


def test_lead_passes_to_the_conditional_mix_where_aid_fails_or_promises_hold(result):
    along = curves.share_along(result, "aid_effect")
    ahead = along["engage"] > along["conditional"]
    turn = along["value"][np.argmax(ahead)]
    assert turn == pytest.approx(0.2, abs=0.06)
    assert np.all(ahead[along["value"] > turn])
    along = curves.share_along(result, "credibility")
    ahead = along["engage"] > along["conditional"]
    assert along["value"][np.argmin(ahead)] == pytest.approx(0.70, abs=0.04)
    along = curves.share_along(result, "weight_leavers")
    assert np.all(along["engage"] > along["conditional"])


# Boxes


def test_boxes_in_which_engagement_is_best(result):
    boxes = peeling(result.inputs)
    by_mass = {mass: min(boxes, key=lambda b: abs(b.mass - mass)) for mass in (0.57, 0.20, 0.08)}
    assert by_mass[0.57].density == pytest.approx(0.75, abs=0.015)
    assert by_mass[0.20].density == pytest.approx(0.93, abs=0.015)
    assert by_mass[0.20].coverage == pytest.approx(0.34, abs=0.015)
    assert by_mass[0.08].density >= 0.97
    names = [x.key for x in q.UNCERTAIN]
    low, high = (dict(zip(names, ends, strict=True)) for ends in (by_mass[0.08].low, by_mass[0.08].high))
    limited = {name for name in names if np.isfinite(low[name]) or np.isfinite(high[name])}
    assert {"aid_effect", "diversion", "credibility", "surge_reduction"} <= limited
    assert low["aid_effect"] > 0.3
    assert high["credibility"] < 0.75


def test_box_of_the_result_is_counted_right(result):
    box = dict(result["box"])
    quality = {k: box.pop(k) for k in ("density", "coverage", "mass")}
    draws, utility = utilities(START)
    inside = np.all([(draws[k] >= low) & (draws[k] <= high) for k, (low, high) in box.items()], axis=0)
    engaged = utility.argmax(axis=0) == 0
    assert quality["density"] >= 0.9
    assert quality["density"] == pytest.approx(engaged[inside].mean())
    assert quality["coverage"] == pytest.approx(inside[engaged].mean())
    assert quality["mass"] == pytest.approx(inside.mean())


def test_density_asked_for_trades_against_coverage():
    loose, strict = (alternatives.robust(draws=16_384, box_density=d)["box"] for d in (0.7, 0.97))
    assert strict["density"] > loose["density"]
    assert strict["coverage"] < loose["coverage"]


# The reader's own settings


def test_where_aid_cannot_help_the_finding_fails():
    result = alternatives.robust(aid_effect=((0.0, 0.1),), draws=8_192)
    assert result.findings[0].holds is False
    assert "at least half is false in this setting" in alternatives.robust.verdict(result)
    assert "the conditional mix" in alternatives.robust.verdict(result)


def test_readers_may_change_what_a_policy_does():
    hopeless = tuple(
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0, 0.0) if i == 0 else row for i, row in enumerate(q.LEVER_TABLE.value)
    )
    result = alternatives.robust(levers=hopeless, draws=4_096, weight_tension=((0.3, 0.4),))
    assert result["best_share"]["engage"] == 0
    assert result["box"] == {"density": 0.0, "coverage": 0.0, "mass": 0.0}
    assert peeling(result.inputs) == []


def test_a_choice_nothing_could_change_has_nothing_worth_learning():
    best = tuple((0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -100.0 if i == 0 else 0.0, 0.0) for i in range(4))
    result = alternatives.robust(levers=best, draws=4_096, weight_tension=((0.3, 0.4),))
    assert result["evpi"] == 0
    assert set(result["evppi"].values()) == {0}
    assert worth_learning(result) == "Learning any one of the unknowns alone would change no choice."
    assert alternatives.robust.verdict(result).startswith(
        "By share best the choice is engagement, as by mean regret and by max regret. Engagement is best in 100 of 100"
    )


def test_another_rule_chooses_another_policy_and_changes_nothing_else(result):
    by = {rule: alternatives.robust(rule=rule) for rule in q.RULES}
    assert {rule: r["chosen"] for rule, r in by.items()} == {
        "share best": "engage", "mean regret": "engage", "max regret": "quiet"
    }  # fmt: skip
    for r in by.values():
        assert {**r.outputs, "chosen": ""} == {**result.outputs, "chosen": ""}
        assert r.findings == result.findings
    assert "By max regret the choice is the quiet route; by share best and by mean regret it is engagement." in (
        alternatives.robust.verdict(by["max regret"])
    )


def test_a_share_short_of_all_is_never_said_to_be_all():
    assert [in_hundred(s) for s in (1, 0.9999, 0.994, 0.5567, 0.0289, 0)] == ["100", "over 99", "99", "56", "2.9", "0"]


@given(st.floats(0.15, 0.85), st.floats(0.05, 0.55))
def test_slices_and_cells_hold_the_shares_of_their_cases(credible, relief):
    result = alternatives.robust(draws=4_096)
    draws, utility = utilities(result.inputs)
    best = utility.argmax(axis=0)
    along = curves.share_along(result, "credibility", 10)
    i = int((credible - 0.1) / 0.08)
    inside = (draws["credibility"] >= 0.1 + 0.08 * i) & (draws["credibility"] < 0.1 + 0.08 * (i + 1))
    assert along["value"][i] == pytest.approx(0.1 + 0.08 * (i + 0.5))
    assert along["conditional"][i] == pytest.approx((best[inside] == 3).mean(), abs=0.005)
    cells = curves.share_map(result, "credibility", "aid_effect")
    j = int(relief / 0.06)
    inside &= (draws["aid_effect"] >= 0.06 * j) & (draws["aid_effect"] < 0.06 * (j + 1))
    assert cells["engage"][i, j] == pytest.approx((best[inside] == 0).mean(), abs=0.05)
    assert sum(cells[p][i, j] for p in q.POLICIES) == pytest.approx(1)


def test_where_the_lead_changes(result):
    """The report's policy gives way to the conditional mix at a credibility of about 0.7, and takes the lead at a relief of 0.2."""
    (at, share, below, above), *rest = curves.turns(result, "credibility")
    assert not rest
    assert (at, below, above) == (pytest.approx(0.70, abs=0.02), "engage", "conditional")
    assert 0.4 < share < 0.5
    (at, _, below, above), *rest = curves.turns(result, "aid_effect")
    assert (at, below, above) == (pytest.approx(0.2, abs=0.03), "conditional", "engage")
    assert curves.turns(result, "decay") == []
    assert alternatives.robust.beside(result)["decay"] == ""
    assert alternatives.robust.beside(result)["credibility"].endswith("on the conditional mix")


def test_unknowns_are_ranked_by_what_they_do_to_the_share_of_engagement(result):
    ranked = curves.ranked_unknowns(result)
    assert sorted(ranked) == sorted(x.key for x in q.UNCERTAIN)
    assert set(ranked[:2]) == {"aid_effect", "credibility"}


def test_limits_of_the_box_are_those_that_cut(result):
    limits = curves.limits(result)
    assert limits["aid_effect"][1] is None
    assert limits["aid_effect"][0] == result["box"]["aid_effect"][0]
    assert limits["credibility"][0] is None
    assert set(limits) <= set(result["box"])
    draws, _ = utilities(START)
    for name, (low, high) in limits.items():
        assert low is None or low > draws[name].min()
        assert high is None or high < draws[name].max()


def test_the_cases_are_kept_and_cannot_be_written_to():
    draws, utility = utilities(START)
    _, same = utilities({**START, "rule": "max regret", "box_density": 0.5})
    assert same is utility
    assert not utility.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        draws["surge"][0] = 1


def test_regrets_in_points(result):
    points = curves.regret_points(result)
    assert list(points) == list(q.POLICIES)
    for policy, row in points.items():
        assert list(row.values()) == sorted(row.values())
        assert row["largest"] == pytest.approx(result["max_regret"][policy])
    assert points["engage"]["50 %"] == 0


def test_settings_that_cannot_be_run_are_refused(result, refusal):
    assert "from 256 to 1,000,000" in refusal(alternatives.robust, draws=100)
    assert "one range low:high" in refusal(alternatives.robust, surge=((0.01, 0.02), (0.03, 0.04)))
    assert "takes one value at a time" in refusal(alternatives.robust, seed=np.array([1.0, 2.0]))
    assert "4 rows of 9 numbers" in refusal(alternatives.robust, levers=((1.0, 2.0),))
    assert "low below its high" in refusal(alternatives.robust, pull=((0.5, 0.5),))
    assert "share between 0 and 1" in refusal(alternatives.robust, credibility=((0.5, 1.5),))
    assert "at most 100" in refusal(alternatives.robust, years=1_000)
    assert "the nearest is 'credibility'" in refusal(curves.share_along, result, "credibilty")


# A table by hand


def test_table_of_the_exercise():
    result = alternatives.regret()
    assert result["regrets"] == {"Engage": (0, 1.5), "Quiet exits": (1, 0)}
    assert result["minimax_choice"] == "Quiet exits"
    assert result["evpi"] == pytest.approx(0.6)


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=5),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_any_table(payoffs, chances):
    result = alternatives.regret(payoffs=tuple(payoffs), p=np.array(chances))
    table = np.array(payoffs)
    assert np.array([*result["regrets"].values()]) == pytest.approx(table.max(axis=0) - table)
    assert result["evpi"] == pytest.approx([decisions.evpi(table, [p, 1 - p]) for p in chances], abs=1e-9)
    names = list(result["regrets"])
    worst = {name: max(row) for name, row in result["regrets"].items()}
    for name in result["minimax_choice"].split(" or "):
        assert worst[name] == pytest.approx(min(worst.values()))
    assert names == ["Engage", "Quiet exits"] if len(payoffs) == 2 else names[0] == "row 1"


def test_tables_of_another_shape_are_refused(refusal):
    assert "needs two columns" in refusal(alternatives.regret, payoffs=((1.0, 2.0, 3.0), (1.0, 2.0, 3.0)))
    assert "at least two rows" in refusal(alternatives.regret, payoffs=((1.0, 2.0),))
    assert "share between 0 and 1" in refusal(alternatives.regret, p=1.5)
