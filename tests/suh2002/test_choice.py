import numpy as np
import pytest
from ensembles import between, check_ensemble, settings_of
from hypothesis import assume, given
from hypothesis import strategies as st

from suh2002 import choice
from suh2002.choice import curves, models
from suh2002.choice import quantities as q
from tumen.core import Case, Override, find_flips

OPTIONS = ("recognise", "exit", "tolerate", "repatriate")
POINT = 0.01  # acceptability is said in hundredths


def costs_of(result):
    return [result[o] for o in OPTIONS]


def case(**values):
    return Case(overrides={"choice.table": {k: Override(v) for k, v in values.items()}}).apply(choice.table)


# The table at its two starts


def test_costs_in_an_embassy():
    result = choice.table()
    np.testing.assert_allclose(costs_of(result), [5.30, 2.25, 1.75, 3.10])
    assert result["feasible"] == ("recognise", "exit", "repatriate")
    assert result["best"] == "exit"
    assert isinstance(result["best"], str)


def test_costs_at_the_border():
    result = choice.table(setting="border")
    assert result["visibility"] == 0.05
    np.testing.assert_allclose(costs_of(result), [5.30, 2.25, 1.275, 0.345])
    assert result["feasible"] == OPTIONS
    assert result["best"] == "repatriate"


def test_one_set_of_weights_frees_the_seen_and_returns_the_unseen():
    embassy, border = choice.table(), choice.table(setting="border")
    assert {k: v for k, v in embassy.inputs.items() if k.startswith("w_")} == {
        k: v for k, v in border.inputs.items() if k.startswith("w_")
    }
    assert (embassy["best"], border["best"]) == ("exit", "repatriate")


def test_cost_by_hand():
    result = choice.table(
        visibility=0.5,
        precedent=0.2,
        w_dprk=0.1,
        w_precedent=0.1,
        w_washington=0.1,
        w_reputation=0.1,
        w_pull=0.1,
        w_humanitarian=0.5,
    )
    np.testing.assert_allclose(
        costs_of(result),
        [
            0.1 * (8 + 2 + 6 + 0 + 7) + 0.5 * 0,
            0.1 * (4 + 1 + 2 + 1 + 4) + 0.5 * 1,
            0.1 * (3 + 0 + 1 + 1 + 3) + 0.5 * 4,
            0.1 * (0 + 0 + 2 + 5 + 0) + 0.5 * 10,
        ],
    )


# Where it turns


def test_visibility_at_which_exit_overtakes_return_and_looking_away():
    assert [choice.table(visibility=v)["best"] for v in (0.7065, 0.7075)] == ["repatriate", "exit"]
    border = choice.table(setting="border", visibility=0.4375)
    assert border["repatriate"] == pytest.approx(border["tolerate"])
    assert [choice.table(setting="border", visibility=v)["best"] for v in (0.43, 0.44)] == ["repatriate", "tolerate"]


def test_turning_points_of_the_humanitarian_weight_at_the_border():
    best = choice.table(setting="border", w_humanitarian=np.linspace(0, 1, 2001))["best"]
    turns = np.flatnonzero(best[1:] != best[:-1]) + 1
    assert best[[0, *turns]].tolist() == ["repatriate", "tolerate", "exit", "recognise"]
    assert turns / 2000 == pytest.approx([0.134, 0.245, 0.753], abs=1e-3)


def test_break_even_of_the_visibility_is_the_switch():
    flip = find_flips(choice.table, "S1P3-i", names="visibility")["visibility"]
    assert flip.value == pytest.approx(2.05 / 2.9)
    assert flip.inside
    assert flip.holds_above


def test_precedent_alone_changes_no_rank():
    at_zero = choice.table(precedent=0)
    assert at_zero["recognise"] == pytest.approx(3.90)
    assert sorted(at_zero["feasible"], key=lambda o: at_zero[o]) == ["exit", "repatriate", "recognise"]


def test_precedent_with_washington_hanging_on_it_lifts_recognition_over_return():
    linked = choice.table(precedent=0, washington_follows="yes")
    assert linked["recognise"] == pytest.approx(2.70)
    assert sorted(linked["feasible"], key=lambda o: linked[o]) == ["exit", "recognise", "repatriate"]


def test_the_link_changes_nothing_at_the_starting_precedent():
    assert costs_of(choice.table(washington_follows="yes")) == pytest.approx(costs_of(choice.table()))


@given(between(choice.table, "precedent"))
def test_linked_cost_with_washington_grows_with_the_precedent_and_stops_at_ten(precedent):
    def washington(scores):
        return models.cost_points(1.0, precedent, "yes", scores, q.SEEN.value)[0, 2]

    assert washington(q.SCORES.value) == pytest.approx(min(10, 6 * precedent / 0.7))
    steep = ((8.0, 10.0, 9.0, 0.0, 7.0, 0.0), *q.SCORES.value[1:])
    assert washington(steep) == pytest.approx(min(10, 9 * precedent / 0.7))


def test_exit_with_a_humanitarian_weight():
    result = choice.table(w_humanitarian=0.3)
    assert result["exit"] == pytest.approx(0.7 * 2.25 + 0.3 * 1)
    assert result["exit"] == pytest.approx(1.875)


# Weights


def _weighed(setting):
    """The weights that count, the humanitarian one apart: without any there is nothing to share out."""
    left = {"w_reputation"} if setting.get("reputation") == "left out" else set()
    return sum(setting[w] for w in (f"w_{c}" for c in q.CRITERIA[:-1]) if w in setting and w not in left)


@given(settings_of(choice.table))
def test_costs_are_an_average_of_points(setting):
    assume(sum(setting[w.key] for w in choice.table.quantities if w.key in setting and w.key[:2] == "w_") > 0.01)
    assume(any(setting[f"w_{c}"] > 1e-6 for c in q.CRITERIA[:-1] if c != "reputation"))
    result = choice.table(**setting)
    points = curves.points(result)
    weights = models.final_weights(**{f"w_{c}": setting[f"w_{c}"] for c in q.CRITERIA}, reputation=result["reputation"])
    assert weights.sum() == pytest.approx(1)
    assert weights[-1] == pytest.approx(setting["w_humanitarian"])
    np.testing.assert_allclose(points @ weights, costs_of(result))
    np.testing.assert_allclose(curves.parts(result).sum(axis=1), costs_of(result))
    assert (points.min(axis=1) - 1e-9 <= costs_of(result)).all()
    assert (costs_of(result) <= points.max(axis=1) + 1e-9).all()


@given(settings_of(choice.table, "w_humanitarian"), st.floats(0.1, 1))
def test_only_the_ratio_of_the_five_weights_counts(setting, factor):
    five = [f"w_{c}" for c in q.CRITERIA[:-1]]
    assume(_weighed(setting) > 0.01)
    scaled = setting | {w: setting[w] * factor for w in five}
    np.testing.assert_allclose(costs_of(choice.table(**scaled)), costs_of(choice.table(**setting)), 1e-9, 1e-12)


def test_full_humanitarian_weight_leaves_only_the_humanitarian_points():
    assert costs_of(choice.table(w_humanitarian=1)) == [0, 1, 4, 10]
    none = {f"w_{c}": 0.0 for c in q.CRITERIA[:-1]}
    assert costs_of(choice.table(w_humanitarian=1, **none)) == [0, 1, 4, 10]


@given(
    settings_of(choice.table, "visibility"), between(choice.table, "visibility"), between(choice.table, "visibility")
)
def test_being_seen_never_makes_return_cheaper_and_never_touches_exit(setting, a, b):
    assume(_weighed(setting) > 0.01)
    less, more = (choice.table(**setting, visibility=v) for v in sorted((a, b)))
    assert less["repatriate"] <= more["repatriate"] + 1e-12
    assert less["exit"] == more["exit"]


# Best, feasible and the finding


@given(settings_of(choice.table))
def test_best_is_the_cheapest_open_choice_and_the_margin_is_the_lead_of_exit(setting):
    assume(_weighed(setting) > 0.01)
    result = choice.table(**setting)
    assert ("tolerate" in result["feasible"]) is (setting["setting"] == "border")
    assert result[result["best"]] == min(result[o] for o in result["feasible"])
    tested, illustrated = result.findings[1], result.findings[0]
    assert (tested.claim, illustrated.claim) == ("S1P3-i", "S1P3-c")
    assert illustrated.holds is None
    others = min(result[o] for o in result["feasible"] if o != "exit")
    assert tested.margin == pytest.approx(others - result["exit"])
    assert tested.holds is bool(tested.margin >= 0)


def test_finding_at_the_two_starts():
    assert choice.table().findings[1].holds is True
    assert choice.table().findings[1].margin == pytest.approx(0.85)
    assert choice.table(setting="border").findings[1].holds is False


def test_without_the_pyongyang_term_the_same_choices_stay_best():
    assert choice.table(w_dprk=0)["best"] == "exit"
    assert choice.table(setting="border", w_dprk=0)["best"] == "repatriate"


# The cost that is ours: China's name abroad


def test_without_the_cost_we_add_return_is_cheapest_even_with_all_looking():
    result = choice.table(reputation="left out")
    np.testing.assert_allclose(costs_of(result), [5.30 / 0.75, 2.0 / 0.75, 1.25 / 0.75, 0.6 / 0.75])
    assert result["best"] == "repatriate"
    assert result.findings[1].holds is False
    np.testing.assert_allclose(costs_of(result), costs_of(choice.table(w_reputation=0)))


@given(settings_of(choice.table, "reputation", "w_reputation"), between(choice.table, "w_reputation"))
def test_left_out_its_weight_moves_nothing_and_counted_it_is_what_it_was(setting, weight):
    assume(sum(setting[f"w_{c}"] for c in q.CRITERIA[:-1] if c != "reputation") > 0.01)
    left_out = choice.table(**setting, reputation="left out", w_reputation=weight)
    assert costs_of(left_out) == pytest.approx(costs_of(choice.table(**setting, reputation="counted", w_reputation=0)))
    assert curves.weights(left_out)[q.CRITERIA.index("reputation")] == 0
    assert curves.weights(left_out).sum() == pytest.approx(1)


def test_every_cost_but_the_ones_marked_ours_names_a_sentence_of_the_report():
    given_by_report = {w.key for w in choice.table.quantities if w.key.startswith("w_") and w.source.startswith("S1P")}
    assert given_by_report == {"w_dprk", "w_precedent", "w_washington", "w_pull"}
    assert q.REPUTATION.basis == q.W_REPUTATION.basis == "assumption"
    assert "ours" in q.REPUTATION.note
    assert [q.CRITERIA[i] for i in models.counting_columns("left out", "no")] == [
        "dprk",
        "precedent",
        "washington",
        "pull",
    ]


@pytest.mark.parametrize("setting", ["embassy", "border"])
def test_the_verdict_says_how_the_claim_and_the_table_differ(setting):
    finding = choice.table.finding("S1P3-i")
    said = choice.table.verdict(choice.table(setting=setting))
    assert finding.differs.partition(";")[0] in said
    assert "(S1P3.8)" in said
    assert all(f.differs for f in choice.table.findings)
    for model in (choice.weights, choice.switch):
        assert "S1P3-i speaks of what could work" in model.verdict(model())


# The visibility that goes with the setting


def test_a_visibility_that_is_given_is_kept():
    assert choice.table(setting="border", visibility=1)["visibility"] == 1
    assert choice.table(setting="embassy", visibility=0.05)["visibility"] == 0.05
    assert choice.weights(setting="border")["visibility"] == 0.05
    assert choice.table.start["visibility"] == 1


def test_case_at_the_border_starts_unseen_unless_it_says_otherwise():
    assert case(setting="border")()["visibility"] == 0.05
    assert case(setting="border").start["visibility"] == 0.05
    assert case(setting="border", visibility=0.4)()["visibility"] == 0.4
    assert case(setting="border", visibility=1.0)()["visibility"] == 1.0
    assert case(setting="border")(setting="embassy")["visibility"] == 1.0


# All weightings


@pytest.mark.parametrize(
    ("given_values", "shares"),
    [
        ({"humanitarian": "yes"}, (0.01, 0.77, 0, 0.23)),
        ({"humanitarian": "yes", "precedent": 0.1}, (0.03, 0.74, 0, 0.23)),
        ({"humanitarian": "yes", "precedent": 0, "washington_follows": "yes"}, (0.39, 0.39, 0, 0.22)),
        ({"humanitarian": "yes", "setting": "border"}, (0, 0.24, 0.24, 0.52)),
        ({}, (0, 0.48, 0, 0.52)),
        ({"setting": "border"}, (0, 0, 0.02, 0.98)),
        ({"reputation": "left out"}, (0, 0.02, 0, 0.98)),
        ({"reputation": "left out", "humanitarian": "yes"}, (0, 0.48, 0, 0.52)),
        ({"reputation": "left out", "precedent": 0, "washington_follows": "yes"}, (0.08, 0, 0, 0.92)),
        ({"reputation": "left out", "setting": "border"}, (0, 0, 0, 1)),
    ],
)
def test_shares_of_all_weightings(given_values, shares):
    assert costs_of(choice.weights(**given_values)) == pytest.approx(shares, abs=POINT)


def test_recognition_is_hardly_ever_first_while_the_precedent_stands():
    assert 0 < choice.weights(humanitarian="yes")["recognise"] < 0.01


@given(settings_of(choice.weights))
def test_shares_sum_to_one_over_the_open_choices(setting):
    result = choice.weights(**setting, draws=512)
    assert sum(costs_of(result)) == pytest.approx(1)
    assert all(0 <= result[o] <= 1 for o in OPTIONS)
    if setting["setting"] == "embassy":
        assert result["tolerate"] == 0.0


@given(
    settings_of(choice.weights, "visibility"),
    between(choice.weights, "visibility"),
    between(choice.weights, "visibility"),
)
def test_being_seen_never_lifts_the_share_of_return(setting, a, b):
    less, more = (choice.weights(**setting, visibility=v, draws=512) for v in sorted((a, b)))
    assert less["repatriate"] >= more["repatriate"]


def test_the_draws_are_frozen_and_their_number_hardly_matters():
    assert choice.weights().outputs == choice.weights().outputs
    assert costs_of(choice.weights(draws=1000)) == pytest.approx(costs_of(choice.weights()), abs=2 * POINT)


def test_typical_weights_make_their_choice_the_cheapest():
    typical = curves.typical_weights(choice.weights())
    assert list(typical) == ["recognise", "exit", "repatriate"]
    for option, weights in typical.items():
        assert sum(weights.values()) == pytest.approx(1)
        given_weights = {f"w_{c}": w for c, w in weights.items()}
        assert choice.table(**given_weights)["best"] == option
    unseen = curves.typical_weights(choice.weights(setting="border"))
    assert unseen["exit"] == {}


# The switch


def test_visibility_at_the_switch():
    assert choice.switch()["visibility_at_switch"] == pytest.approx(0.71, abs=5e-3)
    assert choice.switch(reputation_cost=2.9, exit_cost=2.05)["visibility_at_switch"] == 2.05 / 2.9


def test_the_switch_starts_where_the_table_puts_it():
    unseen, seen = (choice.table(visibility=v) for v in (0, 1))
    lead = unseen["exit"] - unseen["repatriate"]
    assert choice.switch.start["exit_cost"] == pytest.approx(lead)
    assert choice.switch.start["reputation_cost"] == pytest.approx(lead + seen["repatriate"] - seen["exit"])


@given(settings_of(choice.table, "setting"))
def test_the_gap_between_return_and_exit_is_a_line_in_the_visibility(setting):
    assume(_weighed(setting) > 0.01)
    unseen, here, seen = (choice.table(**setting | {"visibility": v}) for v in (0, setting["visibility"], 1))
    gaps = [r["repatriate"] - r["exit"] for r in (unseen, here, seen)]
    assert gaps[1] == pytest.approx(gaps[0] + (gaps[2] - gaps[0]) * setting["visibility"], abs=1e-9)


# Ensembles


@pytest.mark.parametrize("setting", ["embassy", "border"])
@pytest.mark.parametrize("washington_follows", ["no", "yes"])
def test_ensembles_give_what_single_runs_give(setting, washington_follows):
    fixed = {"setting": setting, "washington_follows": washington_follows}
    check_ensemble(choice.table, fixed)
    check_ensemble(choice.weights, fixed | {"humanitarian": "yes"}, n=5)


def test_best_of_an_ensemble_is_an_array_of_names():
    best = choice.table(visibility=np.array([0.0, 0.7, 0.8]))["best"]
    assert best.tolist() == ["repatriate", "repatriate", "exit"]
    assert choice.table(w_humanitarian=np.array([0.0, 0.1]))["feasible"] == ("recognise", "exit", "repatriate")


def test_switch_broadcasts():
    check_ensemble(choice.switch)


# Verdicts and refusals


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (choice.table, {}, "In an embassy, at a visibility of 1, exit through a third country costs Beijing least"),
        (choice.table, {"setting": "border"}, "At the border, at a visibility of 0.05, return costs Beijing least"),
        (
            choice.table,
            {"w_humanitarian": 1, "scores": ((0.0,) * 6,) * 4, "seen": ((0.0,) * 6,) * 4},
            "cost Beijing the same",
        ),
        (choice.table, {}, "Points and weights are ours; so is one of the costs, China's name abroad"),
        (choice.table, {"reputation": "left out"}, "China's name abroad, a cost we add, is left out"),
        (choice.weights, {}, "four costs we read in S1P3 and, added by us, China's name abroad, cheapest"),
        (choice.weights, {"humanitarian": "yes"}, "China's name abroad and what happens to the people, cheapest"),
        (choice.weights, {"reputation": "left out"}, "four costs we read in S1P3 alone, cheapest"),
        (choice.switch, {}, "exit for the filmed and return for the unseen"),
        (choice.switch, {"exit_cost": 4}, "beyond 1"),
        (choice.switch, {"exit_cost": 0}, "no more than return at any visibility"),
    ],
)
def test_verdict_says_what_the_setting_gives(model, given_values, words):
    assert words in model.verdict(model(**given_values))


@pytest.mark.parametrize(
    ("model", "given_values", "words"),
    [
        (choice.table, {"setting": "consulate"}, "setting must be one of embassy, border; you gave 'consulate'"),
        (choice.table, {"visibility": 1.2}, "visibility needs a share between 0 and 1"),
        (choice.table, {"w_humanitarian": 1.5}, "w_humanitarian needs a share between 0 and 1"),
        (choice.table, {"w_dprk": -0.1}, "w_dprk needs a share between 0 and 1"),
        (choice.table, {"w_drpk": 0.1}, "the nearest is 'w_dprk'"),
        (choice.table, {f"w_{c}": 0 for c in q.CRITERIA[:-1]}, "nothing to share out"),
        (
            choice.table,
            {"reputation": "left out"} | {f"w_{c}": 0 for c in q.CRITERIA[:-1] if c != "reputation"},
            "the four weights besides the humanitarian one are all 0",
        ),
        (choice.table, {"reputation": "leftout"}, "reputation must be one of counted, left out"),
        (choice.table, {"scores": ((1.0, 2.0),)}, "scores needs 4 rows of 6 numbers"),
        (choice.weights, {"seen": ((1.0,) * 6,) * 3}, "seen needs 4 rows of 6 numbers"),
        (choice.weights, {"draws": 0}, "draws needs a number above 0"),
        (choice.weights, {"draws": 10.5}, "draws needs a whole number"),
        (choice.weights, {"draws": 2_000_000}, "draws needs at most 1,000,000 weightings"),
        (choice.weights, {"draws": np.array([10.0, 20.0])}, "draws needs one number"),
        (choice.weights, {"humanitarian": "maybe"}, "humanitarian must be one of no, yes"),
        (choice.switch, {"reputation_cost": 0}, "reputation_cost needs a number above 0"),
        (choice.switch, {"exit_cost": -1}, "exit_cost needs 0 or more"),
    ],
)
def test_unusable_input_is_refused_in_one_sentence(refusal, model, given_values, words):
    assert words in refusal(model, **given_values)
