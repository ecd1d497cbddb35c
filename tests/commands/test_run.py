"""`tumen run`: the interface that lesson files and checks from outside rely on."""

import json
import math

import pytest

from tumen.brief import models

MODELS = models()


@pytest.mark.parametrize("key", MODELS)
def test_the_answer_has_exactly_the_published_parts(tumen, key):
    ran = tumen("run", key, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    got, start = ran.json, MODELS[key]()
    assert list(got) == ["model", "inputs", "outputs", "findings", "beyond_range"]
    assert got["model"] == key
    assert list(got["inputs"]) == [q.key for q in MODELS[key].quantities]
    assert list(got["outputs"]) == [o.key for o in MODELS[key].outputs]
    assert [set(f) for f in got["findings"]] == [{"claim", "says", "relation", "holds", "margin"}] * len(start.findings)
    assert got["beyond_range"] == []
    for out in MODELS[key].outputs:
        if out.kind == "number":
            assert got["outputs"][out.key] == pytest.approx(float(start[out.key]))


def test_the_worked_results_of_the_counting_theme(tumen):
    def run(key, *pairs):
        return tumen("run", key, "--json", *(x for p in pairs for x in ("--set", p))).json

    got = run("counting.ceiling", "hosts=854000", "hosting_share=.3")
    assert got["outputs"]["ceiling"] == pytest.approx(854_000 / 3.3 * 0.3 * 1.3 / 0.95)
    assert got["beyond_range"] == ["hosts"]
    assert got["findings"][0]["holds"] is True
    assert got["findings"][0]["margin"] == pytest.approx(300_000 - got["outputs"]["ceiling"])
    assert run("counting.ratio")["outputs"]["guests_per_1000_hosts"] == pytest.approx(200)
    assert run("counting.ratio", "people=100000")["outputs"]["guests_per_1000_hosts"] == pytest.approx(66.667, abs=1e-3)
    assert run("counting.stock", "stay=1.77")["outputs"]["present"] == pytest.approx(99_900, abs=5)
    assert run("counting.quiet")["outputs"]["posterior"] == pytest.approx(0.27, abs=0.005)
    assert run("counting.multiplier", "share=0.00583")["outputs"]["people"] == pytest.approx(100_000)
    assert run("counting.recapture")["outputs"]["estimate"] == pytest.approx(9_284, abs=1)
    assert run("counting.pool")["outputs"]["mean"] == 110_000


def test_a_sweep_gives_lists_of_its_length(tumen):
    got = tumen("run", "counting.ratio", "--set", "people=10000:300000:30", "--json").json
    people = got["inputs"]["people"]
    assert len(people) == 30
    assert (people[0], people[-1]) == (10_000, 300_000)
    assert people[1] - people[0] == pytest.approx(10_000)
    for values in got["outputs"].values():
        assert len(values) == 30
    assert got["outputs"]["guests_per_1000_hosts"] == pytest.approx([p / 1500 for p in people])
    assert got["inputs"]["hosts"] == 1_500_000
    got = tumen("run", "counting.ceiling", "--set", "hosting_share=0:1:5", "--json").json
    assert got["findings"][0]["holds"] == [True, True, False, False, False]
    assert len(got["findings"][0]["margin"]) == 5
    assert got["beyond_range"] == ["hosting_share"]


@pytest.mark.parametrize("key", MODELS)
def test_every_number_can_be_swept_and_every_output_follows_it(tumen, key):
    alone = tumen("run", key, "--json").json
    for q in MODELS[key].quantities:
        if q.kind == "number":
            got = tumen(
                "run", key, "--set", f"{q.key}={MODELS[key].start[q.key]}:{MODELS[key].start[q.key]}:3", "--json"
            )
            for name, value in alone["outputs"].items():
                assert got.json["outputs"][name] == [like(value)] * 3, (q.key, name)
            for found, verdict in zip(got.json["findings"], alone["findings"], strict=True):
                asked = verdict["margin"] is not None
                assert found["holds"] == ([verdict["holds"]] * 3 if asked else None), q.key
                assert found["margin"] == ([like(verdict["margin"])] * 3 if asked else None), q.key


def like(value):
    """The value, but for the last digits of what is a number or a series of them."""
    numbers = value if isinstance(value, list) else [value]
    return pytest.approx(value) if all(isinstance(x, float) for x in numbers) else value


def test_a_count_of_nothing_is_not_minus_nothing(tumen):
    assert '"net": 0.0' in tumen("run", "publicity.entry", "--set", "events=0", "--json").out


def test_every_output_of_a_sweep_is_a_list_even_where_it_does_not_change(tumen):
    got = tumen("run", "counting.ratio", "--set", "household=3:4:3", "--json").json
    assert got["outputs"]["guests_per_1000_hosts"] == [200.0] * 3
    assert got["outputs"]["guests_per_household"] == pytest.approx([0.6, 0.7, 0.8])


@pytest.mark.parametrize("points", [2, 10_000])
def test_a_sweep_has_from_two_to_ten_thousand_points(tumen, points):
    got = tumen("run", "counting.ceiling", "--set", f"hosts=1000000:2000000:{points}", "--json").json
    assert len(got["outputs"]["ceiling"]) == points


def test_lists_and_ranges(tumen):
    got = tumen("run", "counting.pool", "--set", "points=1000,2000,6000", "--set", "experts=5:10,20:40", "--json").json
    assert got["inputs"]["points"] == [1000, 2000, 6000]
    assert got["inputs"]["experts"] == [[5, 10], [20, 40]]
    assert got["outputs"]["mean"] == 3000
    assert got["outputs"]["median"] == 2000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "the following arguments are required: key"),
        (["run", "counting.cieling"], "there is no model 'counting.cieling'; the nearest is 'counting.ceiling'"),
        (["run", "ceiling"], "'counting.ceiling'"),
        (["run", "counting.ceiling", "--set", "host=1"], "counting.ceiling has no quantity 'host'; the nearest is 'hosts'"),
        (["run", "counting.ceiling", "--set", "hosts"], "--set needs NAME=VALUE"),
        (["run", "counting.ceiling", "--set", "hosts="], "hosts needs a number above 0; '' is no number"),
        (["run", "counting.ceiling", "--set", "hosts=many"], "hosts needs a number above 0; 'many' is no number"),
        (["run", "counting.ceiling", "--set", "hosts=0"], "hosts needs a number above 0; you gave 0"),
        (["run", "counting.ceiling", "--set", "hosts=-5"], "hosts needs a number above 0; you gave -5"),
        (["run", "counting.ceiling", "--set", "hosts=nan"], "is no number"),
        (["run", "counting.ceiling", "--set", "hosts=1e999"], "is no number"),
        (["run", "counting.ceiling", "--set", "hosting_share=1.01"], "hosting_share needs a share between 0 and 1; you gave 1.01"),
        (["run", "counting.stock", "--set", "inflow=-1"], "inflow needs 0 or more; you gave -1"),
        (["run", "counting.ceiling", "--set", "hosts=1", "--set", "hosts=2"], "hosts is set twice"),
        (["run", "counting.recapture", "--set", "both=301"], "no more names can be on both lists"),
        (["run", "counting.recapture", "--set", "first=10.5"], "first needs a whole number"),
        (["run", "counting.ratio", "--set", "people=0"], "with no guests"),
        (["run", "counting.ratio", "--set", "people=1:2"], "a sweep of people needs from:to:how many"),
        (["run", "alternatives.robust", "--set", "per_protected=1e-310"], "per_protected needs a number above 0; you gave 1e-310"),
        (["run", "counting.pool", "--set", "claimed=5e-324"], "claimed and nearer must be above 0"),
        (["run", "counting.pool", "--set", "points=1:2"], "points, item 1, needs one number; you gave the range '1:2'"),
        (["run", "counting.pool", "--set", "experts=1:2:3"], "needs a range low:high; you gave '1:2:3'"),
        (["run", "alternatives.regret", "--set", "payoffs=1e308,-1e308;-1e308,1e308"], "payoffs, row 1, needs a number; 1e+308 is too large to compute with"),
        (["run", "counting.ratio", "--set", "people=1:2:1"], "needs between 2 and 10,000 points; you gave 1"),
        (["run", "counting.ratio", "--set", "people=1:2:10001"], "needs between 2 and 10,000 points; you gave 10,001"),
        (["run", "counting.ratio", "--set", "people=1:2:2.5"], "needs from:to:how many"),
        (["run", "counting.ratio", "--set", "people=a:2:3"], "needs from:to:how many"),
        (["run", "counting.ratio", "--set", "people=1:inf:3"], "needs two finite numbers"),
        (["run", "counting.ratio", "--set", "people=0:10:3"], "with no guests"),
        (["run", "counting.ratio", "--set", "people=-1e308:1e308:3"], "people needs"),
        (["run", "counting.ratio", "--set", "people=1:2:3", "--set", "hosts=1:2:3"], "one quantity can be swept at a time"),
        (["run", "counting.pool", "--set", "points="], "points needs at least one item"),
        (["run", "counting.pool", "--set", "points=1,x"], "'x' is no number"),
        (["run", "counting.pool", "--set", "points=1:2"], "needs one number"),
        (["run", "counting.pool", "--set", "experts=1,2"], "needs a range low:high"),
        (["run", "counting.pool", "--set", "experts=2:1"], "needs its low below its high"),
        (["run", "counting.ceiling", "--jsn"], "unrecognized arguments: --jsn"),
        (["run", "counting.ceiling", "a\nb"], "unrecognized arguments: a b"),
        (["run", "counting.ceiling", "--case", "nothing.toml"], "nothing.toml: there is no such file"),
        (["run", "counting.ceiling", "--case", "."], "cannot be read"),
        (["run", "counting.estimates"], "there is no model 'counting.estimates'"),
    ],
)  # fmt: skip
def test_a_slip_gets_one_line_and_status_2(tumen, arguments, said):
    assert said in tumen(*arguments).refusal


def test_a_number_beyond_the_range_is_computed_and_named(tumen):
    got = tumen("run", "counting.ceiling", "--set", "hosts=2500000", "--set", "guests=0.5", "--json").json
    assert got["beyond_range"] == ["hosts", "guests"]
    words = tumen("run", "counting.ceiling", "--set", "hosts=2500000").out
    assert "hosts is beyond the range our sources support (1,300,000 to 1,920,000 people)" in words
    assert tumen("run", "counting.ceiling", "--set", "hosts=1920000", "--json").json["beyond_range"] == []


@pytest.mark.parametrize("key", MODELS)
def test_in_words_it_says_inputs_with_their_basis_outputs_and_findings(tumen, key):
    words, start = tumen("run", key).out, MODELS[key]()
    assert words.startswith(MODELS[key].question)
    for q in MODELS[key].quantities:
        assert f"{q.label} ({q.key}): " in words
        assert f"[{q.basis}]" in words
    for out in MODELS[key].outputs:
        assert f"{out.label}: " in words
    for found in start.findings:
        assert found.claim in words
    assert MODELS[key].verdict(start) in words
    for trace in ("np.float64", "object at", "{"):
        assert trace not in words


def test_what_a_reader_sets_is_called_theirs(tumen):
    words = tumen("run", "counting.ceiling", "--set", "hosts=1400000").out
    assert "(hosts): 1,400,000 people  [your value]" in words
    assert "[report]" in tumen("run", "counting.ceiling").out


def test_a_sweep_in_words_counts_settings(tumen):
    words = tumen("run", "counting.ceiling", "--set", "hosting_share=0:1:5").out
    assert "holds in 2 of 5 settings" in words


def test_the_folders_case_is_used_and_another_can_be_named(tumen, tmp_path):
    (tmp_path / "case.toml").write_text("[counting.ceiling]\nhosts = 854000\n")
    (tmp_path / "other.toml").write_text("[counting.ceiling]\nhosts = 1600000\n")
    assert tumen("run", "counting.ceiling", "--json").json["inputs"]["hosts"] == 854_000
    assert tumen("run", "counting.ceiling", "--json", "--case", "other.toml").json["inputs"]["hosts"] == 1_600_000
    got = tumen("run", "counting.ceiling", "--json", "--set", "hosts=1000000").json
    assert got["inputs"]["hosts"] == 1_000_000
    assert tumen("run", "counting.ratio", "--json").json["inputs"]["hosts"] == 1_500_000


def test_a_broken_case_stops_the_run_and_names_the_file(tumen, tmp_path):
    (tmp_path / "case.toml").write_text("[counting.ceiling]\nhost = 854000\n")
    said = tumen("run", "counting.stock").refusal
    assert said.startswith("case.toml: ")
    assert "'hosts'" in said


def test_what_is_printed_is_json_and_finite_at_the_ends_of_every_range(tumen):
    for key, model in MODELS.items():
        for q in model.quantities:
            for value in (q.low, q.high) if q.sampled else ():
                ran = tumen("run", key, "--set", f"{q.key}={value!r}", "--json")
                if ran.status == 0:
                    json.loads(ran.out, parse_constant=pytest.fail)
                    numbers = [v for v in ran.json["outputs"].values() if isinstance(v, float)]
                    assert all(math.isfinite(v) for v in numbers)
                else:
                    assert ran.refusal


def test_in_words_a_quantity_goes_by_its_label_and_a_whole_number_keeps_its_digits(tumen):
    out = tumen("run", "alternatives.robust").out
    assert "chance that promises are kept and believed 0.0107" in out
    assert "credibility 0.0107" not in out
    assert "the quiet route 0.11;" in out and "share of all cases that lie inside 0.264" in out
    assert "what the rule chooses: engagement" in out
    assert "(draws): 65,536 cases" in out and "(seed): 2,002 sample number" in out
