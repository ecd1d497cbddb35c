import numpy as np
import pytest
from ensembles import between, check_ensemble, settings_of
from hypothesis import assume, given
from scipy.optimize import brentq, minimize_scalar

from suh2002 import publicity
from suh2002.publicity import curves
from suh2002.publicity.models import people_out
from tumen.charts.axis import Axis
from tumen.core import find_flips

# One entry of 25 that all get out, nobody drawn out quietly: the case to reckon by hand.
PLAIN = {"success": 1, "quiet_exits": 0}


# One entry


def test_start_by_hand():
    result = publicity.entry()
    assert result["net"] == pytest.approx(25 * 0.95 + 100 - 300)
    assert result["break_even_return"] == pytest.approx((25 * 0.95 / 100_000 + 0.001) / 1)
    assert result["months_frozen_total"] == 0


@pytest.mark.parametrize(
    ("given_values", "net"),
    [
        ({"extra_return": 0.003}, -275),
        ({"extra_return": 0.00025}, 0),
        ({"extra_return": 0.003, "quiet_exits": 0.003}, 25),
        ({"extra_return": 0}, 25),
        ({"extra_return": 0, "events": 4}, 100),
        ({"extra_return": 0.003, "weight": 2}, -575),
    ],
)
def test_people_out_less_people_returned(given_values, net):
    assert publicity.entry(**PLAIN | given_values)["net"] == pytest.approx(net, abs=1e-9)


@pytest.mark.parametrize(
    ("given_values", "percent"),
    [({}, 0.025), ({"at_risk": 30_000}, 0.083), ({"quiet_exits": 0.003}, 0.325), ({"weight": 2}, 0.0125)],
)
def test_extra_return_at_which_an_entry_is_even(given_values, percent):
    result = publicity.entry(**PLAIN | given_values)
    assert 100 * result["break_even_return"] == pytest.approx(percent, abs=5e-4)


def test_returns_that_break_even_when_one_weighs_two_rescues():
    result = publicity.entry(**PLAIN, weight=2)
    assert result["break_even_return"] * result["at_risk"] == pytest.approx(12.5)


@given(settings_of(publicity.entry, "extra_return"))
def test_at_the_break_even_the_count_is_nil(setting):
    even = publicity.entry(**setting)["break_even_return"]
    assume(even <= 1)
    result = publicity.entry(**setting, extra_return=even)
    assert result["net"] == pytest.approx(0, abs=1e-6 * setting["events"] * setting["at_risk"])


@given(settings_of(publicity.entry))
def test_count_splits_into_those_out_and_those_returned(setting):
    result = publicity.entry(**setting)
    out = people_out(result)
    assert result["net"] == pytest.approx(
        out["entered"] + out["quiet"] - setting["weight"] * out["returned"], rel=1e-9, abs=1e-6
    )
    (verdict,) = result.findings
    assert (verdict.claim, verdict.relation) == ("S3P3-e", "neighbours")
    assert verdict.margin == -result["net"]
    assert verdict.holds is bool(result["net"] <= 0)


@given(settings_of(publicity.entry, "months_frozen"), between(publicity.entry, "months_frozen"))
def test_months_of_frozen_talks_stand_apart_from_the_count(setting, months):
    result, without = publicity.entry(**setting, months_frozen=months), publicity.entry(**setting)
    assert result["months_frozen_total"] == pytest.approx(setting["events"] * months)
    assert result["net"] == without["net"]


def test_finding_turns_on_quiet_exits_inside_their_range():
    flip = find_flips(publicity.entry, "S3P3-e", names="quiet_exits")["quiet_exits"]
    assert flip.value == pytest.approx((300 - 25 * 0.95) / 100_000)
    assert flip.inside
    assert flip.holds_above is False


# A campaign


def test_none_or_very_many():
    result = publicity.campaign()
    assert result["worst"] == pytest.approx(-800, abs=1)
    assert result["worst_at"] == pytest.approx(6, abs=0.02)
    assert result["break_even_events"] == pytest.approx(40, abs=1e-3)
    nets = [publicity.campaign(events=k)["net"] for k in range(1, 61)]
    assert 1 + int(np.argmin(nets)) == 6
    assert all(n < 0 for n in nets[:39])
    assert all(n > 0 for n in nets[40:])


def test_first_entry_of_a_campaign_by_hand():
    assert publicity.campaign()["net"] == pytest.approx(25 - 1000 * (1 - np.exp(-0.5)))


@given(settings_of(publicity.campaign))
def test_worst_and_break_even_against_a_search(setting):
    result = publicity.campaign(**setting)

    def net(k):
        return float(publicity.campaign.run(**result.inputs | {"events": k})["net"])

    scale = setting["at_risk"] * 1e-9 + 1e-9
    if result["break_even_events"] == 0:
        assert (result["worst"], result["worst_at"]) == (0, 0)
        assert all(net(k) >= -scale for k in np.geomspace(1e-3, 200, 40))
        return
    assert 0 < result["worst_at"] < result["break_even_events"]
    assert result["worst"] == pytest.approx(net(result["worst_at"]))
    found = minimize_scalar(net, bounds=(0, result["break_even_events"]), method="bounded")
    assert result["worst"] <= found.fun + scale
    assert abs(net(result["break_even_events"])) <= 1e-7 * abs(result["worst"]) + scale
    assert net(1.01 * result["break_even_events"]) > 0
    if result["worst"] < -1:
        even = brentq(net, result["worst_at"], 10 * result["break_even_events"])
        assert result["break_even_events"] == pytest.approx(even, rel=1e-6)


def test_campaign_that_never_falls_behind():
    for given_values in (
        {"most_returns": 0},
        {"quiet_exits": 0.01},
        {"quiet_exits": 0.02},
        {"people": 468, "speed": 0.05},
    ):
        result = publicity.campaign(**given_values)
        assert (result["worst"], result["worst_at"], result["break_even_events"]) == (0, 0, 0)
        assert result["net"] > 0


@given(settings_of(publicity.campaign, "events"))
def test_sides_of_a_campaign_add_up(setting):
    result = publicity.campaign(**setting)
    (entries, out), (_, returned), (_, net) = curves.so_far(result, Axis("entries", 0, 60))
    np.testing.assert_allclose(net, result.where(events=entries)["net"])
    np.testing.assert_allclose(out - setting["weight"] * returned, net, rtol=1e-9, atol=1e-6)
    assert (np.diff(out) >= 0).all()
    assert (np.diff(returned) >= -1e-9).all()
    assert returned.max() <= setting["most_returns"] * setting["at_risk"] + 1e-6
    assert (entries[0], entries[-1]) == (0, 60)


# Ensembles, verdicts, refusals


@pytest.mark.parametrize("model", publicity.MODELS, ids=lambda m: m.key)
def test_ensembles_give_what_single_runs_give(model):
    check_ensemble(model)


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (publicity.entry, {}, "the count comes out 176 people behind"),
        (publicity.entry, {"extra_return": 0}, "124 people ahead"),
        (publicity.entry, PLAIN | {"extra_return": 0.00025}, "comes out even"),
        (publicity.entry, {"weight": 2.5}, "as much as 2.5 rescues"),
        (publicity.entry, {"months_frozen": 10}, "stand still for 10 months: a cost of another kind"),
        (publicity.campaign, {}, "even again at about entry 40"),
        (publicity.campaign, {"most_returns": 0}, "never falls behind"),
    ],
)
def test_verdict_says_what_the_setting_gives_and_whose_question_the_weight_is(model, given_values, words):
    sentence = model.verdict(model(**given_values))
    assert words in sentence
    assert "the moral question" in sentence


@pytest.mark.parametrize("model", publicity.MODELS, ids=lambda m: m.key)
def test_every_verdict_says_what_the_sentence_claims_and_whose_the_mechanism_is(model):
    differs = publicity.entry.finding("S3P3-e").differs
    assert "reconciliation" in differs and "a mechanism of ours: S3P3 names neither crackdowns nor returns" in differs
    for given_values in ({}, {"events": 3}):
        said = model.verdict(model(**given_values))
        assert "fears for reconciliation (S3P3.5)" in said
        assert "a mechanism of ours that S3P3 does not name" in said
        assert len(said.split()) <= 75  # it stands under the picture at every move


def test_weight_is_called_the_readers_moral_question_beside_its_control():
    for model in publicity.MODELS:
        assert "moral question" in model.quantity("weight").note


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (publicity.entry, {"people": -25}, "people needs a number above 0"),
        (publicity.entry, {"success": 1.1}, "success needs a share between 0 and 1"),
        (publicity.entry, {"at_risk": 0}, "at_risk needs a number above 0"),
        (publicity.entry, {"weight": 0}, "weight needs a number above 0"),
        (publicity.entry, {"extra_returns": 0.1}, "the nearest is 'extra_return'"),
        (publicity.entry, {"months_frozen": -1}, "months_frozen needs 0 or more"),
        (publicity.campaign, {"speed": 0}, "speed needs a number above 0"),
        (publicity.campaign, {"success": 0}, "success needs a share above 0"),
        (publicity.campaign, {"success": np.array([0.5, 0.0])}, "success needs a share above 0"),
        (publicity.campaign, {"events": "many"}, "'many' is no number"),
    ],
)
def test_unusable_input_is_refused_in_one_sentence(refusal, model, given_values, words):
    assert words in refusal(model, **given_values)
