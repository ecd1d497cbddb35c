import math
import re

import numpy as np
import pytest
from ensembles import check_ensemble, settings_of
from hypothesis import assume, given
from hypothesis import strategies as st

from suh2002 import alternatives, dialogue, flows
from suh2002.dialogue import curves
from suh2002.dialogue.models import trust_after
from tumen.core import find_flips

HISTORY = ("kept", "votes", "gain", "loss")
COUNTS = {"none": 0, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}
SHARES = st.floats(0, 1)


def believed_in(setting):
    """Trust after the history of a setting, year by year and vote by vote."""
    trust = setting["trust"]
    for _ in range(COUNTS[setting["kept"]]):
        trust += setting["gain"] * (1 - trust)
    for _ in range(COUNTS[setting["votes"]]):
        trust *= 1 - setting["loss"]
    return trust


# The hold-up


def test_start_gives_the_reports_ranking():
    result = dialogue.holdup()
    assert result["engage"] == pytest.approx(3.0)
    assert result["linkage"] == pytest.approx(1.7, abs=0.05)
    assert result["trust_needed"] == pytest.approx(0.60)
    assert result.findings[0].holds is True


@pytest.mark.parametrize(
    ("given_values", "output", "value"),
    [
        ({"trust": 0.4}, "linkage", math.sqrt(0.4 * 15)),
        ({"prize": 0}, "trust_needed", 0.90),
        ({"prize": 10}, "trust_needed", 0.45),
        ({"patience": 0.6}, "trust_needed", 0.20),
        ({"patience": 0.6}, "engage", math.sqrt(1.5)),
    ],
)
def test_what_turns_it(given_values, output, value):
    assert dialogue.holdup(**given_values)[output] == pytest.approx(value)


def test_recognition_given_first_is_leverage_gone():
    # once given, only the flow is left: the demand it carries is no larger than full trust in both would carry
    before, after = dialogue.holdup(trust=1), dialogue.holdup(trust=1, prize=0)
    assert before["linkage"] > after["linkage"] > after["engage"] == before["engage"]


@given(settings_of(dialogue.holdup, "trust", *HISTORY))
def test_at_the_trust_needed_both_ways_carry_the_same_demand(setting):
    assume(setting["prize"] + setting["flow"] > 1e-6)
    needed = dialogue.holdup(**setting)["trust_needed"]
    assert 0 <= needed < 1
    result = dialogue.holdup(**setting, trust=needed)
    assert result["engage"] == pytest.approx(result["linkage"], abs=1e-9)


@given(settings_of(dialogue.holdup, "prize", "flow"), st.floats(0.01, 12), st.floats(0.01, 4))
def test_a_demand_costs_what_is_at_stake(setting, prize, flow):
    result = dialogue.holdup(**setting, prize=prize, flow=flow)
    years = np.arange(1, 4000)
    future = flow * (setting["patience"] ** years).sum()
    believed = believed_in(setting)
    assert setting["cost"] * result["engage"] ** 2 == pytest.approx(future, rel=1e-6)
    assert setting["cost"] * result["linkage"] ** 2 == pytest.approx(believed * (prize + flow + future), rel=1e-6)
    verdict = result.findings[0]
    assert (verdict.claim, verdict.relation) == ("S3P3-f", "neighbours")
    assert verdict.margin == result["engage"] - result["linkage"]
    assert result.findings[1].holds is None


def test_finding_turns_at_the_trust_needed():
    flip = find_flips(dialogue.holdup, "S3P3-f", names="trust")["trust"]
    assert flip.value == pytest.approx(0.60)
    assert flip.inside
    assert flip.holds_above is False


def test_three_partners():
    assert list(dialogue.parties) == ["European Union, 2001", "United States, 2002", "Japan, 2002"]
    results = {name: dialogue.holdup(**given_values) for name, given_values in dialogue.parties.items()}
    assert results["European Union, 2001"]["trust_needed"] == pytest.approx(0.90)
    assert results["United States, 2002"]["trust_needed"] == pytest.approx(0.45)
    assert results["Japan, 2002"]["trust_needed"] == pytest.approx(27 / 37)
    assert all(r.findings[0].holds for r in results.values())


# Trust


@given(settings_of(dialogue.holdup, *HISTORY), st.floats(0, 0.3), st.floats(0, 0.6))
def test_without_a_history_its_two_rates_change_nothing(setting, gain, loss):
    assume(setting["prize"] + setting["flow"] > 1e-6)
    assert dialogue.holdup(**setting, gain=gain, loss=loss).outputs == dialogue.holdup(**setting).outputs


@given(SHARES, st.integers(0, 10), st.integers(0, 5), st.floats(0, 0.3), st.floats(0, 0.6))
def test_trust_stays_a_share_rises_with_kept_promises_and_falls_with_votes(trust, kept, votes, gain, loss):
    after = trust_after(trust, kept, votes, gain, loss)
    assert 0 <= after <= 1
    assert trust_after(trust, 0, 0, gain, loss) == trust
    assert trust_after(trust, kept, 0, gain, loss) >= trust
    assert trust_after(trust, 0, votes, gain, loss) <= trust
    step_by_step = trust
    for _ in range(kept):
        step_by_step += gain * (1 - step_by_step)
    for _ in range(votes):
        step_by_step *= 1 - loss
    assert after == pytest.approx(step_by_step)


def test_trust_over_years_of_dialogue_and_votes():
    result = dialogue.holdup(trust=0.6)
    path = curves.trust_over_time(result, [False, False, True, True])
    assert path.tolist() == pytest.approx([0.6, 0.64, 0.676, 0.4732, 0.33124])
    assert path[-1] == pytest.approx(trust_after(0.6, 2, 2, 0.1, 0.3))
    assert curves.trust_over_time(result, []).tolist() == [0.6]
    rising = dialogue.holdup(trust=0.58)
    path = curves.trust_over_time(rising, [False, False, True, True])
    along = dialogue.holdup(trust=path)
    assert (
        (along["engage"] > along["linkage"]).tolist()
        == [t < rising["trust_needed"] for t in path]
        == [True, False, False, True, True]
    )


def test_demands_along_trust_cross_at_the_trust_needed():
    linkage = dialogue.holdup(trust=np.linspace(0, 1, 11))["linkage"]
    engage = np.full(11, dialogue.holdup()["engage"])
    assert engage[6] == pytest.approx(linkage[6])
    assert (linkage[:6] < engage[:6]).all()
    assert (linkage[7:] > engage[7:]).all()
    along = dialogue.holdup(votes="two", loss=np.linspace(0, 0.6, 5))
    assert (np.diff(along["linkage"]) < 0).all()
    assert (along["engage"] == dialogue.holdup()["engage"]).all()


# Patience and the grim trigger


def test_patience_that_keeps_the_textbook_bargain():
    assert dialogue.trigger()["patience_needed"] == 0.5
    assert dialogue.trigger(temptation=5, reward=3, punishment=1)["patience_needed"] == (5 - 3) / (5 - 1)


@given(settings_of(dialogue.trigger))
def test_at_the_patience_needed_breaking_and_keeping_are_worth_the_same(setting):
    d = dialogue.trigger(**setting)["patience_needed"]
    assert 0 <= d < 1
    keep = setting["reward"] / (1 - d)
    cheat = setting["temptation"] + d * setting["punishment"] / (1 - d)
    assert keep == pytest.approx(cheat)


# Ensembles, verdicts, refusals


@pytest.mark.parametrize("model", dialogue.MODELS, ids=lambda m: m.key)
def test_ensembles_give_what_single_runs_give(model):
    check_ensemble(model)


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (dialogue.holdup, {}, "recognition first carries the larger demand"),
        (dialogue.holdup, {"trust": 0.8}, "rights first carries the larger demand"),
        (dialogue.holdup, {"trust": 0.6}, "both ways carry the same demand"),
        (dialogue.holdup, {"trust": 0.8, "votes": "two"}, "here it is 0.39"),
        (dialogue.trigger, {}, "at least 0.5 of this one"),
    ],
)
def test_verdict_says_what_the_setting_gives(model, given_values, words):
    assert words in model.verdict(model(**given_values))


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (dialogue.holdup, {"patience": 1}, "patience needs a share below 1"),
        (dialogue.holdup, {"patience": 1.1}, "patience needs a share between 0 and 1"),
        (dialogue.holdup, {"patience": np.array([0.5, 1.0])}, "patience needs a share below 1"),
        (dialogue.holdup, {"prize": 0, "flow": 0}, "nothing to offer either way"),
        (dialogue.holdup, {"cost": 0}, "cost needs a number above 0"),
        (dialogue.holdup, {"trust": 2}, "trust needs a share between 0 and 1"),
        (dialogue.holdup, {"votes": "four"}, "votes must be one of none, one, two, three, five; you gave 'four'"),
        (dialogue.holdup, {"prise": 1}, "the nearest is 'prize'"),
        (dialogue.trigger, {"temptation": 2}, "temptation needs to be at least the reward"),
        (dialogue.trigger, {"reward": 1}, "the reward needs to be above the punishment"),
        (dialogue.trigger, {"punishment": np.array([1.0, 3.0])}, "the reward needs to be above the punishment"),
    ],
)
def test_unusable_input_is_refused_in_one_sentence(refusal, model, given_values, words):
    assert words in refusal(model, **given_values)


# What the sentence claims, and what the model asks


@pytest.mark.parametrize("theme", [dialogue, flows, alternatives], ids=lambda m: m.__name__.split(".")[-1])
def test_each_finding_says_what_the_sentence_says_and_what_the_model_asks(theme):
    for model in theme.MODELS:
        for finding in model.findings:
            assert re.match(r"the sentence \w.+; the model asks \w", finding.differs), f"{model.key} {finding.claim}"
