"""Saved cases: what is kept of a setting comes back as it was, in a file the command line reads too."""

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moves import MODELS, NUMBERS, between, candidates

from tumen.cli import main
from tumen.core import Case, Finding, Model, Output, Override, Problem, Quantity
from tumen.page.saved import LONGEST, SavedCases, case_of

CEILING = MODELS["counting.ceiling"]


@pytest.fixture
def saved(tmp_path):
    return SavedCases(tmp_path)


@pytest.mark.parametrize("key", MODELS)
def test_the_case_of_a_setting_starts_the_model_in_it(key):
    model = MODELS[key]
    outputs = model().outputs.keys()
    assert case_of(model, model.start).overrides == {}
    for q in model.quantities:
        for value in candidates(q)[:2] if q.kind != "fixed" else ():
            try:
                setting = model(**{q.key: value}).inputs
            except Problem:
                continue
            case = case_of(model, setting)
            assert case.apply(model).start == setting
            assert case.apply(model)().outputs.keys() == outputs


@settings(max_examples=40)
@given(st.data())
def test_any_setting_of_the_ceiling_survives_the_file(tmp_path_factory, data):
    shares = {name: data.draw(st.floats(0, 1)) for key, name in NUMBERS if key == CEILING.key}
    setting = {**CEILING.start, **{name: between(CEILING.quantity(name), share) for name, share in shares.items()}}
    kept = SavedCases(tmp_path_factory.mktemp("saved"))
    if setting == CEILING.start:
        return
    kept.keep("mine", CEILING, setting)
    again = SavedCases(kept.folder.parent)
    assert again.of(CEILING)["mine"].apply(CEILING).start == setting


def late_model():
    """A model whose second start follows from its first choice."""
    return Model(
        key="counting.ceiling",
        question="?",
        quantities=(
            Quantity(key="place", label="place", kind="choice", value="in", choices=("in", "out"), basis="assumption"),
            Quantity(key="seen", label="seen", value=1.0, low=0, high=2, basis="assumption"),
        ),
        run=lambda place, seen: {"out": seen},
        outputs=(Output("out", "out"),),
        findings=(Finding("S2P3-d", "so", "tests", lambda out, v: out["out"]),),
        defaults=lambda v: {"seen": 0.05} if v["place"] == "out" else {},
    )


@pytest.mark.parametrize("setting", [
    {"place": "out", "seen": 0.05},
    {"place": "out", "seen": 1.0},
    {"place": "in", "seen": 1.0},
    {"place": "in", "seen": 0.05},
])  # fmt: skip
def test_a_start_that_follows_another_input_comes_back_too(setting):
    model = late_model()
    assert case_of(model, setting).apply(model).start == setting


def test_the_ranges_of_the_folders_case_are_kept_with_the_setting():
    folder = Case(title="ours", overrides={CEILING.key: {"hosts": Override(854_000.0, 500_000.0, 900_000.0)}})
    here = folder.apply(CEILING)
    case = case_of(here, here.start, "mine")
    assert case.overrides[CEILING.key]["hosts"] == Override(854_000.0, 500_000.0, 900_000.0)
    assert case.apply(CEILING).quantity("hosts").high == 900_000
    back = case_of(here, {**here.start, "hosts": 1_500_000.0})
    assert back.overrides[CEILING.key]["hosts"].value is None
    assert back.apply(CEILING).start["hosts"] == 1_500_000


def test_a_saved_case_is_a_case_file_like_any_other(saved, capsys, monkeypatch):
    said = saved.keep("  Full   houses ", CEILING, {**CEILING.start, "guests": 2.4})
    assert said == "Saved as “Full houses” in cases/full-houses.toml; compare shows it."
    path = saved.folder / "full-houses.toml"
    assert main(["case", "check", str(path)]) == 0
    assert capsys.readouterr().out.startswith(
        "full-houses.toml (Full houses) can be used: it changes 1 of counting.ceiling"
    )
    assert main(["run", CEILING.key, "--case", str(path), "--json"]) == 0
    assert '"guests": 2.4' in capsys.readouterr().out


def test_one_name_holds_a_setting_of_each_model(saved):
    stock = MODELS["counting.stock"]
    saved.keep("mine", CEILING, {**CEILING.start, "guests": 2.4})
    saved.keep("mine", stock, {**stock.start, "stay": 1.0})
    assert set(saved.cases["mine"].overrides) == {CEILING.key, stock.key}
    assert set(saved.of(CEILING)) == set(saved.of(stock)) == {"mine"}
    said = saved.keep("mine", CEILING, {**CEILING.start, "guests": 1.1})
    assert "in place of what it held" in said
    assert saved.cases["mine"].overrides[CEILING.key]["guests"].value == 1.1
    assert saved.cases["mine"].overrides[stock.key]["stay"].value == 1.0
    assert len(list(saved.folder.glob("*"))) == 1


@pytest.mark.parametrize(
    ("name", "stem"),
    [("북간도", "북간도"), ("a/../b", "a-b"), ("...", "case"), ("CON", "case-con"), ("x" * LONGEST, "x" * LONGEST)],
)
def test_any_name_gets_a_file_of_its_own_in_the_folder(saved, name, stem):
    saved.keep(name, CEILING, {**CEILING.start, "guests": 2.0})
    assert [p.name for p in saved.folder.iterdir()] == [f"{stem}.toml"]
    assert list(SavedCases(saved.folder.parent).cases) == [name]


def test_two_names_that_spell_one_file_name_keep_two_files(saved):
    for i, name in enumerate(("my case", "My Case", "my: case"), start=1):
        saved.keep(name, CEILING, {**CEILING.start, "guests": 2.0 + i / 10})
    assert set(saved.cases) == {"my case", "My Case", "my: case"}
    assert len(list(saved.folder.iterdir())) == 3


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST + 1), "a\x00b", "a\u202eb"])
def test_a_name_that_is_none_is_refused_and_nothing_written(saved, refusal, name):
    assert "needs a name" in refusal(saved.keep, name, CEILING, {**CEILING.start, "guests": 2.0})
    assert not saved.folder.exists()


def test_the_starting_case_needs_no_saving(saved, refusal):
    assert "starting case" in refusal(saved.keep, "mine", CEILING, CEILING.start)
    assert not saved.folder.exists()


def test_a_file_that_cannot_be_read_is_told_and_left_alone(saved):
    saved.folder.mkdir()
    bad = saved.folder / "mine.toml"
    bad.write_text("[counting.ceiling]\nhots = 3\n")
    saved.reload()
    assert saved.cases == {}
    assert saved.troubles == ["cases/mine.toml: [counting.ceiling] has no 'hots'; the nearest is 'hosts'."]
    saved.keep("mine", CEILING, {**CEILING.start, "guests": 2.0})
    assert bad.read_text() == "[counting.ceiling]\nhots = 3\n"
    assert (saved.folder / "mine-2.toml").is_file()
    assert set(saved.cases) == {"mine"}


def test_a_case_without_a_title_goes_by_its_file_and_two_of_one_title_are_both_there(saved):
    saved.folder.mkdir()
    case = case_of(CEILING, {**CEILING.start, "guests": 2.0})
    case.save(saved.folder / "alone.toml")
    replace(case, title="twice").save(saved.folder / "a.toml")
    replace(case, title="twice").save(saved.folder / "b.toml")
    assert list(saved.reload()) == ["alone", "twice", "twice (b)"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(saved, refusal):
    saved.folder.parent.chmod(0o500)
    assert "cannot be made" in refusal(saved.keep, "mine", CEILING, {**CEILING.start, "guests": 2.0})


def test_a_file_where_the_folder_should_be_is_told(saved, refusal):
    saved.folder.write_text("in the way")
    assert "cannot be made" in refusal(saved.keep, "mine", CEILING, {**CEILING.start, "guests": 2.0})
    assert saved.folder.read_text() == "in the way"
