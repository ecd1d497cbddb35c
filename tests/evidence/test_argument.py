"""The argument: its shape, what falls when a premise is taken away, and that the map says what the models say."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suh2002.choice import table as cost_table
from suh2002.choice.curves import parts
from suh2002.choice.quantities import CRITERIA, OPTIONS
from tumen.core.home import home
from tumen.evidence.argument import LEG, LOST, NEVER, STANDS, TAKEN, Argument, Leg, argument
from tumen.evidence.argument_words import carried_by, named, verdict
from tumen.evidence.ledger import claims
from tumen.evidence.tables import table

MAP = argument()
WASHINGTON = {"S1P3-f": "washington"}
COSTS = {"dprk": "S1P3-c", "pull": "S1P3-d", "precedent": "S1P3-f", "washington": "S1P3-g"}


def state(standing, id):
    return standing[id].state


# --- the shape --------------------------------------------------------------------------------------


def test_every_load_bearing_claim_is_in_the_map_and_every_point_is_joined():
    assert {c.id for c in claims() if c.load_bearing} <= set(MAP.points)
    joined = {p for g in MAP.legs for p in g.premises} | {g.conclusion for g in MAP.legs}
    assert joined == set(MAP.points)
    assert set(MAP.premises()) | set(MAP.conclusions(WASHINGTON)) == set(MAP.points)


def test_six_chains_and_the_claims_the_report_argues_with():
    assert {p.chain for p in MAP.points.values()} == set(home().meta.chains) == set(range(1, 7))
    ours = [p for p in MAP.points.values() if p.claim is None]
    assert {p.kind for p in ours} == {"step", "data"}
    assert {p.id for p in ours if p.kind == "data"} == {"data-exit"}
    for p in MAP.points.values():
        assert p.says.endswith(".")
        assert 5 < len(p.short) <= 26


def test_premises_stand_left_of_what_they_carry_and_no_two_points_cover_each_other():
    for g in MAP.legs:
        for p in g.premises:
            here, there = MAP.points[p], MAP.points[g.conclusion]
            assert here.layer < there.layer or (g.reading and here.layer == there.layer)
    for layer in range(4):
        lines = sorted(p.line for p in MAP.points.values() if p.layer == layer)
        assert all(b - a >= 1 for a, b in pairwise(lines))


def test_several_legs_and_only_they_can_be_joined():
    many = {id for id in MAP.points if len(MAP.legs_of(id)) > 1}
    assert set(MAP.joints()) == many | {"S1P3-f"}
    assert set(MAP.joined().values()) == {"any", "alone"}


# --- a premise is pulled out --------------------------------------------------------------------------


def test_without_the_precedent_read_alone_conclusion_one_stands():
    left = MAP.without("S1P3-f")
    assert state(left, "step-recognition") == LEG
    assert state(left, "S1P3-i") == STANDS
    assert state(left, "S1P3-g") == STANDS
    assert state(left, "S1P2-b") == NEVER


def test_without_the_precedent_recognition_overtakes_return_where_washington_hangs_on_it():
    left = MAP.without("S1P3-f", WASHINGTON)
    assert state(left, "S1P3-g") == LOST
    assert state(left, "step-recognition") == LOST
    assert state(left, "S1P3-i") == LOST
    assert "exit is still cheapest" in MAP.points["S1P3-f"].if_taken


def test_a_fair_request_alone_carries_neither_exit_nor_anything_else():
    assert all("S1P2-b" not in g.premises for g in MAP.legs)
    assert state(MAP.without("S1P2-b"), "S1P3-i") == NEVER


def test_without_the_hosts_100_000_loses_its_only_support():
    left = MAP.without("S2P3-d")
    assert state(left, "S2P3-f") == LOST
    assert state(left, "S2P2-e") == LEG
    assert [id for id in MAP.conclusions() if state(left, id) == LOST] == ["S2P3-f"]
    assert "other people’s estimates" in MAP.points["S2P3-d"].if_taken
    assert state(MAP.without("S2P3-e"), "S2P3-f") == STANDS


def test_without_east_germany_no_crisis_can_stand_on_exit_per_head_alone():
    left = MAP.without("S2P4")
    assert {id for id in left if state(left, id) == TAKEN} == {f"S2P4-{x}" for x in "acdefg"}
    assert state(left, "S2P1-c") == LEG
    rest = [p for g in MAP.legs_of("S2P1-c") for p in g.premises if p != "data-exit"]
    assert MAP.without(rest)["S2P1-c"].words == "stands on 1 of 4 legs"
    assert state(MAP.without([*rest, "data-exit"]), "S2P1-c") == LOST
    assert (
        state(MAP.without([*rest, "data-exit"]), "S2P6-d") == NEVER
    )  # S2P6.4 follows what the text says of government and regime


def test_without_the_mechanism_engagement_and_all_that_follows_from_it_fall():
    left = MAP.without("step-lack")
    fallen = {"S3P1-i", "S3P1-f", "S3P2-e", "S3P3-d", "step-ties"}
    assert {id for id in MAP.conclusions() if state(left, id) == LOST} == fallen
    assert left["S3P3-c"].words == "stands on 1 of 3 legs"  # the ground that S3P3.3 itself gives
    assert state(left, "S3P1-d") == NEVER
    assert state(left, "S3P5-g") == NEVER
    assert "mechanism" in MAP.points["step-lack"].if_taken


def test_engagement_rests_in_words_on_the_likelihood_of_a_surge_and_the_number_on_reconciliation():
    assert ["S3P1-e", "step-lack"] in [list(g.premises) for g in MAP.legs_of("S3P1-f")]
    assert all("S3P1-e" not in g.premises for g in MAP.legs_of("S3P1-d"))
    assert ["S3P1-j"] in [list(g.premises) for g in MAP.legs_of("S3P1-d")]
    assert state(MAP.without("S3P1-i"), "S3P1-f") == LEG


@pytest.mark.parametrize(
    ("taken", "fallen", "on_a_leg"),
    [
        ("S1P2-a", {"S1P2-b", "step-return", "S1P3-i"}, set()),
        ("S1P3-c", set(), {"step-recognition"}),
        ("S2P3-b", {"S2P3-d", "S2P3-f"}, {"S2P2-e"}),
        ("S2P2-f", {"S2P3-d", "S2P3-f"}, {"S2P2-e"}),
        ("S2P4-g", set(), {"S2P4-d"}),
        ("S2P4-a", set(), {"S2P4-d"}),
        ("S2P5-b", set(), {"S2P1-c"}),
        ("S2P6-c", {"S2P6-d"}, set()),
        ("S3P1-e", set(), {"S3P1-f"}),
        ("S3P1-j", set(), {"S3P1-d"}),
        ("S2P3-e", set(), {"S2P2-e"}),
        ("S3P3-f", {"S3P3-d"}, {"S3P3-c"}),
        ("S3P4-g", set(), {"step-ties"}),
        ("S3P5-a", set(), {"S3P5-g"}),
        ("S3P1-a", set(), {"S3P1-d", "S3P5-g"}),
        ("S3P3-a", set(), {"S3P3-c"}),
    ],
)
def test_each_chain_gives_way_where_it_should(taken, fallen, on_a_leg):
    left = MAP.without(taken)
    assert {id for id in left if state(left, id) == LOST} == fallen
    assert {id for id in left if state(left, id) == LEG} == on_a_leg


def test_nothing_taken_nothing_lost():
    left = MAP.without()
    assert {s.state for s in left.values()} == {STANDS}
    assert all(left[id].left == left[id].legs for id in left)


# --- what no setting may break ---------------------------------------------------------------------------

SETS = st.sets(st.sampled_from(list(MAP.points)), max_size=8)
JOINTS = st.fixed_dictionaries({k: st.sampled_from(list(j.options)) for k, j in MAP.joints().items()})


@given(SETS, SETS, JOINTS)
def test_taking_more_never_raises_what_has_fallen(first, more, joined):
    down = {LOST, TAKEN}
    one, two = MAP.without(first, joined), MAP.without(first | more, joined)
    assert {id for id in one if state(one, id) in down} <= {id for id in two if state(two, id) in down}


@given(SETS, JOINTS)
def test_states_agree_with_the_legs_that_are_left(taken, joined):
    left = MAP.without(taken, joined)
    down = {id for id in left if state(left, id) in (LOST, TAKEN)}
    for id, standing in left.items():
        legs = MAP.legs_of(id, joined)
        whole = [g for g in legs if not down & set(g.premises)]
        assert (standing.legs, standing.left) == (len(legs), len(whole))
        if id not in taken and legs:
            carried = len(whole) == len(legs) if joined.get(id) == "all" else bool(whole)
            assert (standing.state == LOST) == (not carried)
            assert (standing.state == NEVER) <= (len(whole) == len(legs) and bool(taken))


# --- slips ---------------------------------------------------------------------------------------------


def test_mistyped_names_are_answered(refusal):
    assert "'S2P3-d'" in refusal(MAP.without, "S2P3d")
    assert "'S2P1-c'" in refusal(MAP.without, "S2P1-c", {"S2P1c": "all"})
    assert "valid names are all, any" in refusal(MAP.without, "S2P1-c", {"S2P1-c": "both"})
    assert "washington" in refusal(MAP.without, "S2P1-c", {"S1P3-f": "washingtn"})


def test_a_circle_is_refused(refusal):
    ring = Argument(MAP.points, (Leg("S2P3-d", "a", ("S2P3-f",)), Leg("S2P3-f", "b", ("S2P3-d",))))
    assert "circle" in refusal(ring.without, "S2P3-b")


# --- what the tables and the models say -------------------------------------------------------------------


def test_recognition_costs_most_on_exactly_these_sets_of_costs():
    """A leg is a smallest set of recognition's costs that keeps it dearer than return in the starting case."""
    by_criterion = parts(cost_table())[OPTIONS.index("recognise")]
    cost = {claim: by_criterion[CRITERIA.index(name)] for name, claim in COSTS.items()}
    assert sum(cost.values()) == pytest.approx(cost_table()["recognise"])
    dear = cost_table()["repatriate"]
    subsets = [{c for i, c in enumerate(cost) if bits >> i & 1} for bits in range(1, 16)]
    enough = [s for s in subsets if sum(cost[c] for c in s) > dear]
    least = [s for s in enough if not any(t < s for t in enough)]
    drawn = [set(g.premises) for g in MAP.legs_of("step-recognition")]
    assert sorted(map(sorted, drawn)) == sorted(map(sorted, least))


@pytest.mark.parametrize("follows", ["no", "yes"])
def test_the_map_and_the_cost_table_agree_on_the_precedent(follows):
    run = cost_table(precedent=0.0, washington_follows=follows)
    left = MAP.without("S1P3-f", WASHINGTON if follows == "yes" else None)
    assert (run["recognise"] > run["repatriate"]) == (state(left, "step-recognition") != LOST)
    assert run["best"] == "exit"  # cheapest still, even where what the report gives for it has fallen
    assert (state(left, "S1P3-i") == LOST) == (state(left, "step-recognition") == LOST)


def test_exit_per_head_is_hundreds_of_times_apart():
    rows = {
        r.partition(":")[2]: table(r.partition(":")[0]).row(r.partition(":")[2]) for r in MAP.points["data-exit"].rows
    }
    north = rows["A45"]["total"] / rows["M032"]["value"]
    east = rows["G133"]["value"] / rows["G151"]["value"]
    assert 300 < east / north < 900
    assert rows["A45"]["public"] < "2002-05-07"
    assert rows["G133"]["end"] == dt.date(1989, 11, 9).isoformat()


# --- in words --------------------------------------------------------------------------------------------


def said(taken, joined=None):
    return verdict(MAP, MAP.without(taken, joined), joined)


def test_the_verdict_names_what_falls_what_stands_and_what_never_needed_it():
    words = said("S2P3-d")
    assert words.startswith("Without S2P3-d (too few for 300,000): S2P3-f (about 100,000 is nearer) loses all support;")
    assert "S2P2-e (300,000 may be too high) stands on 1 of 2 legs" in words
    assert f"{len(MAP.conclusions()) - 3} conclusions never needed it." in words
    assert words.endswith(MAP.points["S2P3-d"].if_taken)
    assert said(()) == "Nothing is taken away: every conclusion stands on all its legs."


@given(SETS, JOINTS)
def test_the_verdict_counts_every_conclusion_once(taken, joined):
    words = said(taken, joined)
    assert words.endswith(".")
    assert "  " not in words
    left = MAP.without(taken, joined)
    if any(state(left, id) == TAKEN for id in left):
        for id in MAP.conclusions(joined):
            if state(left, id) in (LOST, LEG):
                assert named(MAP, id) in words


def test_what_carries_a_conclusion_is_said_with_its_joints():
    assert carried_by(MAP, "S2P3-f") == "S2P2-e with S2P3-d"
    assert carried_by(MAP, "S2P2-e") == "S2P3-d; or S2P3-e with “no such problem was seen”"
    assert carried_by(MAP, "S2P2-e", {"S2P2-e": "all"}) == "S2P3-d; and S2P3-e with “no such problem was seen”"
    assert carried_by(MAP, "S1P3-i") == "“recognition costs most” with “return was ruled out”"
    assert carried_by(MAP, "S1P3-g") == ""
    assert carried_by(MAP, "S1P3-g", WASHINGTON) == "S1P3-f"


def test_a_point_of_ours_is_never_called_a_claim():
    step = MAP.points["step-ties"]
    assert step.tag == "unsaid"
    assert not step.load_bearing
    assert replace(step, kind="data").tag == "tables"
