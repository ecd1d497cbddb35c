"""`tumen run --sample`, `tumen sensitivity` and `tumen flip`: the analyses at the command line."""

import pytest

from tumen.analysis import estimate, flip_map, flips, sensitivity, tornado, with_ranges
from tumen.brief import models
from tumen.core.result import plain

CEILING = models()["counting.ceiling"]
AT = {"hosting_share": 0.4, "hosts": 1_400_000.0}
SET = ("--set", "hosting_share=.4", "--set", "hosts=1400000")


def test_a_sample_gives_the_estimate_beside_the_run(tumen):
    ran = tumen("run", "counting.ceiling", *SET, "--sample", "4096", "--json")
    assert (ran.status, ran.err) == (0, "")
    want = estimate(CEILING, AT, n=4096)
    got = ran.json["sample"]
    assert list(ran.json) == ["model", "inputs", "outputs", "findings", "beyond_range", "sample"]
    assert (got["n"], got["seed"], got["held"], got["reading"]) == (4096, want.seed, [], want.reading())
    assert got["findings"] == [
        {k: plain(v) for k, v in row.items() if k != "part"} for row in want.rows() if row["part"] == "finding"
    ]
    assert [o["middle"] for o in got["outputs"]] == [s.middle for s in want.spreads]
    assert "sample" not in tumen("run", "counting.ceiling", *SET, "--json").json


def test_a_sample_in_words_says_what_a_share_is_not(tumen):
    out = tumen("run", "counting.ceiling", "--sample", "4096").out
    want = estimate(CEILING, n=4096)
    assert want.reading() in out and want.caution() in out
    assert f"holds in {100 * want.share().share:.3g} of 100 cases" in out
    assert "not a chance that the claim is true" in out


def test_ranges_holds_and_seeds_are_taken(tumen):
    got = tumen(
        "run",
        "counting.ceiling",
        "--sample",
        "1000",
        "--seed",
        "7",
        "--hold",
        "guests",
        "--range",
        "hosts=800000:900000",
        "--json",
    ).json["sample"]
    want = estimate(with_ranges(CEILING, {"hosts": (800_000, 900_000)}), n=1000, seed=7, hold="guests")
    assert got["findings"][0]["share"] == want.share().share
    assert (got["n"], got["seed"], got["held"]) == (1000, 7, ["guests"])


def test_sensitivity_gives_indices_and_one_at_a_time_ranges(tumen):
    got = tumen("sensitivity", "counting.ceiling", *SET, "--sample", "1024", "--json").json
    want = sensitivity(CEILING, AT, n=1024)
    assert got["of"] == "S2P3-d"
    assert got["reading"] == want.reading()
    assert got["learn_more"] == list(want.learn_more())
    assert got["rows"] == [row for row in want.rows() if row["target"] == "S2P3-d"]
    alone = {row["quantity"]: row for row in tornado(CEILING, AT).rows() if row["target"] == "S2P3-d"}
    assert {row["quantity"]: row for row in got["one_at_a_time"]} == alone


def test_sensitivity_of_an_output_with_one_quantity_held(tumen):
    got = tumen(
        "sensitivity", "counting.ceiling", "--of", "ceiling", "--hold", "hosts", "--sample", "1024", "--json"
    ).json
    assert got["of"] == "ceiling"
    assert {row["quantity"] for row in got["rows"]} == {"household", "hosting_share", "guests", "dependent_share"}
    assert {row["quantity"] for row in got["one_at_a_time"]} == {row["quantity"] for row in got["rows"]}
    words = tumen("sensitivity", "counting.ceiling", "--of", "ceiling", "--sample", "1024").out
    assert "what moves most people the hosts could carry" in words
    assert "in 100 of the variance" in words


def test_flip_gives_every_break_even(tumen):
    got = tumen("flip", "counting.ceiling", *SET, "--json").json
    want = flips(CEILING, at=AT)
    assert (got["claim"], got["holds"], got["reading"]) == ("S2P3-d", want.holds_here, want.reading())
    assert got["rows"] == want.rows()
    words = tumen("flip", "counting.ceiling", *SET).out
    assert "turns it at" in words and want.reading() in words
    one = tumen("flip", "counting.ceiling", "--of", "hosts", "--json").json
    assert [row["quantity"] for row in one["rows"]] == ["hosts"]


def test_flip_can_map_two_quantities(tumen):
    got = tumen("flip", "counting.ceiling", "--map", "hosts", "guests", "--json").json["map"]
    want = flip_map(CEILING, "hosts", "guests")
    assert (got["x"], got["y"], got["share"], got["reading"]) == ("hosts", "guests", want.share, want.reading())
    assert got["rows"] == want.rows()


def test_a_case_file_is_the_start_of_each(tumen, tmp_path):
    (tmp_path / "mine.toml").write_text("[counting.ceiling]\nhosting_share = 0.4\nhosts = 1400000\n")
    for command in (("sensitivity", "--sample", "1024"), ("flip",)):
        name, *more = command
        with_case = tumen(name, "counting.ceiling", "--case", "mine.toml", "--json", *more).json
        with_set = tumen(name, "counting.ceiling", *SET, "--json", *more).json
        assert with_case["rows"] == with_set["rows"]


SAMPLE = ("run", "counting.ceiling", "--sample")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*SAMPLE, "0"), "the sample needs a whole number from 1 to 1,000,000; you gave 0."),
        ((*SAMPLE, "1000000000"), "you gave 1,000,000,000."),
        ((*SAMPLE, "-3"), "you gave -3."),
        ((*SAMPLE, "1e3"), "--sample needs a whole number in digits"),
        ((*SAMPLE, "10", "--seed", "-1"), "the seed needs a whole number"),
        ((*SAMPLE, "10", "--hold", "claimed"), "claimed is fixed"),
        ((*SAMPLE, "10", "--hold", "hots"), "the nearest is 'hosts'"),
        ((*SAMPLE, "10", "--set", "hosts=1:5:3"), "hosts needs one value here"),
        ((*SAMPLE, "10", "--range", "hosts=5:5"), "low below its high"),
        ((*SAMPLE, "10", "--range", "hosts=9:5"), "low below its high"),
        ((*SAMPLE, "10", "--range", "hosts=nan:5"), "no number"),
        ((*SAMPLE, "10", "--range", "hosts=0:5"), "a number above 0"),
        ((*SAMPLE, "10", "--range", "hosts"), "--range needs NAME=LOW:HIGH"),
        ((*SAMPLE, "10", "--range", "claimed=1:5"), "claimed is fixed"),
        (("run", "counting.pool", "--sample", "10"), "no quantity with a range"),
        (("run", "counting.ceiling", "--hold", "hosts"), "add --sample N"),
        (("sensitivity", "counting.cieling"), "the nearest is 'counting.ceiling'"),
        (("sensitivity", "counting.pool"), "no quantity with a range"),
        (("sensitivity", "counting.ceiling", "--of", "celing"), "the nearest is 'ceiling'"),
        (("sensitivity", "counting.ceiling", "--sample", "0"), "you gave 0."),
        (("sensitivity", "counting.ceiling", "--sample", "1000000000"), "you gave 1,000,000,000."),
        (("sensitivity", "counting.ceiling", "--range", "hosts=5:5"), "low below its high"),
        (("sensitivity", "counting.ceiling", "--set", "hosts=1:5:3"), "hosts is a sweep"),
        (("flip", "counting.ratio"), "has no finding"),
        (("flip", "counting.pool"), "no quantity with a range"),
        (("flip", "counting.ceiling", "--claim", "S2P3-e"), "the nearest is 'S2P3-d'"),
        (("flip", "counting.ceiling", "--of", "claimed"), "claimed is fixed"),
        (("flip", "counting.ceiling", "--of", "hots"), "the nearest is 'hosts'"),
        (("flip", "counting.ceiling", "--map", "hosts", "hosts"), "two different quantities"),
        (("flip", "counting.ceiling", "--map", "hosts", "claimed"), "claimed is fixed"),
        (("flip", "counting.ceiling", "--range", "hosts=5:5"), "low below its high"),
        (("flip", "counting.ceiling", "--set", "hosts=abc"), "hosts"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
def test_what_cannot_be_done_is_answered_in_one_sentence(tumen, arguments, said, form):
    assert said in tumen(*arguments, *form).refusal


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "arguments",
    [
        ("sensitivity", "counting.stock", "--sample", "64", "--set", "inflow=1e15"),
        ("flip", "crisis.drain", "--set", "signal=4", "--set", "spread=1e15"),
    ],
)
def test_where_a_far_value_has_no_finite_answer_the_json_says_null(tumen, arguments):
    ran = tumen(*arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert "null" in ran.out and "Infinity" not in ran.out
