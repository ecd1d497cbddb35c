"""What every model declares, held against the claims, the data and the public names."""

import csv
import re
from dataclasses import replace
from functools import cache
from numbers import Real

import numpy as np
import pytest

from tumen import brief
from tumen.core import find_flips
from tumen.core.files import shipped
from tumen.core.home import home

MODELS = tuple(brief.models().values())
QUANTITIES = [(m, q) for m in MODELS for q in m.quantities]
FINDINGS = [(m, f) for m in MODELS for f in m.findings]

CLAIM = re.compile(r"S\dP\d-[a-z]")
ROW = re.compile(r"([a-z_]+):([A-Z]+[0-9]+[a-z]?)")

# Pure numbers: what has no unit because it is one thing divided by another of its kind, or a word.
PURE = {("counting.stock", "entered_per_present")}
PURE |= {("hindsight.three_ways", f"{way}_r") for way in ("levels", "differences", "with_break")}  # correlations

# Which columns of a row a declared number may be; a pair is a range.
COLUMNS = {
    "arrivals": ("total",),
    "china_estimates": (("low", "high"), "central", "low"),
}
NO_MEASURE = ("year", "id", "published", "fieldwork")  # how the columns that name or date a row end

# The public names: each model's inputs with their starting values, its outputs, and its findings.
NAMES = {
    "choice.table": (
        {
            "setting": "embassy",
            "visibility": 1,
            "precedent": 0.7,
            "washington_follows": "no",
            "w_dprk": 0.25,
            "w_precedent": 0.20,
            "w_washington": 0.20,
            "w_reputation": 0.25,
            "w_pull": 0.10,
            "w_humanitarian": 0,
        },
        ("recognise", "exit", "tolerate", "repatriate", "feasible", "best"),
        {"S1P3-c": "illustrates", "S1P3-i": "neighbours"},
    ),
    "choice.weights": (
        {
            "setting": "embassy",
            "visibility": 1,
            "precedent": 0.7,
            "washington_follows": "no",
            "humanitarian": "no",
            "draws": 65_536,
        },
        ("recognise", "exit", "tolerate", "repatriate"),
        {},
    ),
    "choice.switch": ({"reputation_cost": 2.9, "exit_cost": 2.05}, ("visibility_at_switch",), {}),
    "counting.ratio": (
        {"people": 300_000, "hosts": 1_500_000, "household": 3.3},
        ("guests_per_1000_hosts", "hosts_per_guest", "guests_per_household"),
        {},
    ),
    "counting.ceiling": (
        {"hosts": 1_500_000, "household": 3.3, "hosting_share": 0.20, "guests": 1.3, "dependent_share": 0.95},
        ("ceiling", "occupancy_needed_100k", "occupancy_needed_300k"),
        {"S2P3-d": "tests"},
    ),
    "counting.stock": (
        {"inflow": 60_000, "stay": 1.8, "years": 5},
        ("present", "entered", "entered_per_present"),
        {},
    ),
    "counting.quiet": (
        {"prior": 0.5, "serious_if_300k": 0.875, "serious_if_100k": 0.25, "seen_if_serious": 0.8},
        ("posterior",),
        {"S2P2-e": "neighbours"},
    ),
    "counting.pool": (
        {
            "points": (10_000, 30_000, 100_000, 300_000),
            "experts": (
                (5_000, 10_000),
                (20_000, 40_000),
                (50_000, 100_000),
                (75_000, 125_000),
                (150_000, 300_000),
            ),
        },
        (
            "mean",
            "geometric_mean",
            "median",
            "linear_median",
            "linear_low",
            "linear_high",
            "log_median",
            "log_low",
            "log_high",
        ),
        {"S2P3-f": "neighbours"},
    ),
    "counting.multiplier": ({"arrivals": 583, "share": 0.0058}, ("people",), {}),
    "counting.recapture": ({"first": 400, "second": 300, "both": 12}, ("estimate", "low", "high"), {}),
    "crisis.cascade": (
        {"fear": 0.28, "spread": 0.12, "signal": 5, "exit_share": 0.0000256},
        ("acting", "tipped", "signal_needed"),
        {"S2P1-c": "neighbours", "S2P5-b": "illustrates"},
    ),
    "crisis.drain": (
        {"fear": 0.28, "spread": 0.12, "signal": 2, "exit_share": 0.01},
        ("acting", "acting_without_exit"),
        {"S3P1-c": "neighbours"},
    ),
    "crisis.crowd": ({"thresholds": tuple(range(100))}, ("acting",), {}),
    "crisis.survival": ({"hazard": 0.05, "years": 23}, ("probability", "likelihood_ratio_to_1pct"), {}),
    "crisis.comparison": (
        {
            f"{kind}_{dimension}": value
            for dimension, match in (
                ("army_control", 0),
                ("patron", 0.5),
                ("exit_rate", 0),
                ("exit_visibility", 0.5),
                ("rival_state", 1),
                ("media", 0),
                ("churches", 0),
                ("elite", 0.5),
                ("army_size", 0),
            )
            for kind, value in (("match", match), ("weight", 1))
        },
        ("similarity",),
        {"S2P4-d": "neighbours"},
    ),
    "flows.history": (
        {"aid_effect": 0.3, "variant": "network", "stocks": "robinson", "aid": "actual"},
        ("arrivals", "present_in_china", "crossings", "reproduction", "log_rmse"),
        {"S3P1-d": "illustrates", "S3P1-i": "neighbours"},
    ),
    "flows.reproduction": (
        {"pull": 0.605, "decay": 0.154, "enforcement": 0},
        ("reproduction", "enforcement_at_one"),
        {},
    ),
    "flows.rule": (
        {"indicator": "arrivals", "threshold": 1_000, "window": 3, "rises": 2},
        ("years", "fired"),
        {"S3P2-e": "tests"},
    ),
    "flows.year": (
        {"year": 2002, "aid_effect": 0.3},
        (
            "crossings",
            "present",
            "to_the_south_alone",
            "through_the_network",
            "arrivals",
            "lost",
            "next_year",
            "hardship",
            "present_by_the_other_count",
        ),
        {"S3P1-b": "illustrates"},
    ),
    "flows.codings": (
        {
            "first_indicator": "arrivals",
            "first_counted": "food",
            "first_threshold": 1_000,
            "first_window": 3,
            "first_rises": 2,
            "second_indicator": "arrivals",
            "second_counted": "food",
            "second_threshold": 500,
            "second_window": 1,
            "second_rises": 1,
        },
        ("years_first", "years_second", "years_apart", "first", "second", "both", "apart"),
        {"S3P2-e": "illustrates"},
    ),
    "flows.settling": ({"capacity": 3_000}, ("waiting", "most", "years_over"), {"S3P1-h": "illustrates"}),
    "publicity.entry": (
        {
            "people": 25,
            "success": 0.95,
            "at_risk": 100_000,
            "extra_return": 0.003,
            "weight": 1,
            "quiet_exits": 0.001,
            "events": 1,
            "months_frozen": 0,
        },
        ("net", "break_even_return", "months_frozen_total"),
        {"S3P3-e": "neighbours"},
    ),
    "publicity.campaign": (
        {
            "people": 25,
            "success": 1,
            "at_risk": 100_000,
            "most_returns": 0.01,
            "speed": 0.5,
            "quiet_exits": 0,
            "weight": 1,
            "events": 1,
        },
        ("net", "worst", "worst_at", "break_even_events"),
        {},
    ),
    "dialogue.holdup": (
        {"prize": 5, "flow": 1, "patience": 0.9, "trust": 0.2, "cost": 1},
        ("engage", "linkage", "trust_needed"),
        {"S3P3-f": "neighbours", "S3P4-g": "illustrates"},
    ),
    "dialogue.trigger": ({"temptation": 5, "reward": 3, "punishment": 1}, ("patience_needed",), {}),
    "hindsight.break": (
        {"break_year": 2012, "first_year": 2002, "last_year": 2019},
        ("level_ratio", "slope_change", "trend_before", "standard_error", "level_change"),
        {"S3P5-g": "illustrates"},
    ),
    "hindsight.scan": (
        {"first_year": 2002, "last_year": 2019},
        ("level_ratio", "best_year", "second_year", "runner_up"),
        {},
    ),
    "hindsight.three_ways": (
        {"first_year": 2000, "last_year": 2011, "break_year": 2008},
        ("levels", "differences", "with_break", "levels_r", "differences_r", "with_break_r"),
        {},
    ),
    "alternatives.robust": (
        {
            "aid_effect": ((0, 0.6),),
            "reciprocity": ((0, 0.5),),
            "diversion": ((0.05, 0.6),),
            "pull": ((0.1, 0.7),),
            "decay": ((0.08, 0.3),),
            "crackdown": ((0, 2),),
            "surge": ((0.002, 0.05),),
            "surge_reduction": ((-0.3, 0.8),),
            "credibility": ((0.1, 0.9),),
            "weight_leavers": ((0.2, 0.8),),
            "weight_tension": ((0, 0.4),),
            "draws": 65_536,
            "seed": 2002,
        },
        ("best_share", "mean_regret", "max_regret", "evpi", "evppi", "box", "chosen"),
        {"S3P1-f": "neighbours"},
    ),
    "alternatives.regret": (
        {"payoffs": ((3, 0), (2, 1.5)), "p": 0.6},
        ("regrets", "minimax_choice", "evpi"),
        {},
    ),
    "hindsight.graph": (
        dict.fromkeys(
            ("harvest", "policy", "leadership", "food", "crossings", "border", "diplomacy", "network"), "free"
        ),
        ("open_ways", "own_ways", "shows_effect"),
        {},
    ),
}


def name(x):
    return getattr(x, "key", None) or getattr(x, "claim", None)


@cache
def rows(table):
    """The rows of a table of the data by their ids."""
    with shipped("data", f"{table}.csv").open(encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f)
        assert reader.fieldnames[0] == "id"
        return {row["id"]: row for row in reader}


def row_of(source):
    """The table and the row that a source such as arrivals:A45 names."""
    parts = ROW.fullmatch(source)
    assert parts, f"{source!r} is no table:ID"
    table, row_id = parts.groups()
    assert row_id in rows(table), f"data/{table}.csv has no row {row_id}"
    return table, rows(table)[row_id]


def numbers_of(table, row):
    """Every number, or pair of numbers, that a declaration may take from a row."""
    columns = COLUMNS.get(table) or [c for c in row if not c.endswith(NO_MEASURE)]
    found = []
    for column in columns:
        cells = [row[c] for c in (column if isinstance(column, tuple) else (column,))]
        try:
            cells = tuple(map(float, cells))
        except ValueError:
            continue
        found.append(cells if isinstance(column, tuple) else cells[0])
    return found


def check_source(basis, source, note, value):
    """A report's number names a claim, the data's a row that holds it; ours says why it is what it is."""
    if basis == "report":
        assert source in rows("claims"), f"{source!r} is no claim of the report"
    elif basis == "data":
        assert value in numbers_of(*row_of(source)), f"{source} does not hold {value}"
    else:
        assert source or note
    if CLAIM.fullmatch(source):
        assert source in rows("claims")
    elif ROW.fullmatch(source):
        row_of(source)


def test_there_are_models_and_their_keys_begin_with_their_theme():
    assert MODELS
    assert {m.theme for m in MODELS} == set(home().meta.chapters) - {"report"}
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", m.key) for m in MODELS)
    assert all(brief.model(key) is m for key, m in brief.models().items())


def test_unknown_model_is_answered_with_the_nearest(refusal):
    sentence = refusal(brief.model, "counting.cieling")
    assert sentence.startswith("there is no model 'counting.cieling'; the nearest is 'counting.ceiling'")


# Models


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_model_says_what_it_asks_computes_leaves_out_and_concludes(model):
    assert model.question.endswith("?")
    assert len(model.formula) > 20
    assert model.leaves_out.endswith(".")
    sentence = model.verdict(model())
    assert sentence.endswith(".")
    for text in (model.question, model.formula, model.leaves_out, sentence):
        assert "!" not in text
        assert "no number" not in text
        assert "nan" not in text.lower().split()


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_claims_of_a_model_stand_in_the_ledger(model):
    assert set(model.claims) <= set(rows("claims"))
    assert {f.claim for f in model.findings} <= set(model.claims)
    assert len(set(model.claims)) == len(model.claims)
    assert len({f.claim for f in model.findings}) == len(model.findings)


@pytest.mark.parametrize(("model", "finding"), FINDINGS, ids=name)
def test_finding_says_something_and_how_it_differs(model, finding):
    assert finding.says
    assert bool(finding.differs) or finding.relation != "neighbours"
    verdict = next(v for v in model().findings if v.claim == finding.claim)
    assert (verdict.holds is None) is (finding.relation == "illustrates")
    assert verdict.margin is None or np.isfinite(verdict.margin)
    assert verdict.holds in (None, True, False)


def finite(value):
    if isinstance(value, dict):
        return all(finite(v) for v in value.values())
    if isinstance(value, (list, tuple)):
        return all(finite(v) for v in value)
    return isinstance(value, str) or bool(np.all(np.isfinite(value)))


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_every_output_is_declared_and_finite_at_the_start(model):
    result = model()
    assert list(result.outputs) == [o.key for o in model.outputs]
    assert all(finite(v) for v in result.outputs.values())
    assert result.beyond_range == ()
    for out in model.outputs:
        assert out.label
        assert isinstance(result[out.key], Real) or out.kind != "number"


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_every_number_of_an_output_has_a_unit_or_is_pure(model):
    bare = {(model.key, o.key) for o in model.outputs if o.kind == "number" and not o.unit}
    assert bare <= PURE


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_no_output_takes_the_name_of_an_input(model):
    assert not set(model.start) & {o.key for o in model.outputs}


@pytest.mark.parametrize(("model", "finding"), [x for x in FINDINGS if x[1].margin], ids=name)
def test_break_evens_can_be_asked_of_every_finding_with_a_margin(model, finding):
    for found in find_flips(model, finding.claim).values():
        assert found.value is None or np.isfinite(found.value)


# Quantities


@pytest.mark.parametrize(("model", "q"), QUANTITIES, ids=name)
def test_quantity_has_a_name_a_label_and_a_unit_or_is_pure(model, q):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", q.key)
    assert q.label
    assert "!" not in q.label + q.note
    assert q.unit or q.kind in ("choice", "table") or (model.key, q.key) in PURE


@pytest.mark.parametrize(("model", "q"), QUANTITIES, ids=name)
def test_quantity_has_a_basis_and_a_source_that_holds_its_number(model, q):
    check_source(q.basis, q.source, q.note, q.value)
    for entry in q.entries:
        assert entry.speaker
        check_source(entry.basis, entry.source, entry.note, entry.value)


@pytest.mark.parametrize(("model", "q"), [x for x in QUANTITIES if x[1].sampled], ids=name)
def test_range_is_one_the_formula_can_take_and_holds_the_start(model, q):
    assert q.check(q.low) < q.check(q.high)
    assert q.low <= q.value <= q.high
    assert q.low <= q.peak <= q.high
    assert q.step is None or 0 < q.step < q.high - q.low
    assert not q.beyond(q.value)


@pytest.mark.parametrize("theme", [c for c in home().meta.chapters if c != "report"])
def test_one_number_has_one_declaration_in_a_theme(theme):
    declared, named = {}, {}
    for key, (inputs, _, _) in NAMES.items():
        for name, value in inputs.items() if key.startswith(f"{theme}.") else ():
            named.setdefault(name, set()).add(value)
    for model in MODELS:
        for q in model.quantities if model.theme == theme else ():
            if len(named.get(q.key, ())) < 2:  # two public starting values are two numbers under one name
                assert declared.setdefault(q.key, q) == q, f"{q.key} is declared twice"


@pytest.mark.parametrize(
    ("q", "changes"),
    [
        (brief.model("counting.multiplier").quantity("arrivals"), {"value": 584}),
        (brief.model("counting.multiplier").quantity("arrivals"), {"source": "arrivals:A99"}),
        (brief.model("counting.multiplier").quantity("arrivals"), {"source": "S2P3-b"}),
        (brief.model("counting.multiplier").quantity("arrivals"), {"source": ""}),
        (brief.model("counting.ratio").quantity("hosts"), {"source": "S2P3-z"}),
        (brief.model("counting.ratio").quantity("hosts"), {"source": "arrivals:A45"}),
        (brief.model("counting.quiet").quantity("prior"), {"note": ""}),
        (brief.model("counting.quiet").quantity("prior"), {"source": "S9P9-z"}),
        (brief.model("counting.pool").quantity("points").entries[0], {"value": 10_001}),
        (brief.model("counting.pool").quantity("experts").entries[3], {"value": (75_000, 125_001)}),
        (brief.model("counting.pool").quantity("experts").entries[0], {"source": "china_estimates:E999"}),
    ],
)
def test_wrong_number_or_source_would_be_caught(q, changes):
    check_source(q.basis, q.source, q.note, q.value)
    wrong = replace(q, **changes)
    with pytest.raises(AssertionError):
        check_source(wrong.basis, wrong.source, wrong.note, wrong.value)


# Public names


@pytest.mark.parametrize("key", NAMES)
def test_public_names_and_starting_values_are_kept(key):
    inputs, outputs, findings = NAMES[key]
    model = brief.model(key)
    assert {k: v for k, v in model.start.items() if k in inputs} == inputs
    assert [k for k in model.start if k in inputs] == list(inputs)
    assert tuple(o.key for o in model.outputs) == outputs
    assert {f.claim: f.relation for f in model.findings} == findings


def test_public_names_of_the_counting_theme_are_all_written_down():
    assert {m.key for m in MODELS if m.theme == "counting"} == {k for k in NAMES if k.startswith("counting.")}


def test_dependent_share_starts_at_the_reports_word_and_peaks_below_it():
    share = brief.model("counting.ceiling").quantity("dependent_share")
    assert (share.value, share.mode, share.peak) == (0.95, 0.9, 0.9)


def test_further_inputs_of_a_model_have_a_default_that_changes_nothing():
    for key, (inputs, _, _) in NAMES.items():
        model = brief.model(key)
        assert model(**inputs).as_dict()["outputs"] == model().as_dict()["outputs"]
