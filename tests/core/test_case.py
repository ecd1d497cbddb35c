import datetime as dt
import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suh2002 import counting
from tumen.core import Case, Finding, Model, Output, Override, Quantity
from tumen.core.own import Own
from tumen.core.quantity import LARGEST, SMALLEST

TOY = Model(
    key="toy.cart",
    question="How far does a cart go?",
    quantities=(
        Quantity(key="gear", label="gear", value="low", kind="choice", choices=("low", "high"), basis="assumption"),
        Quantity(key="pay", label="pay", value=((3.0, 0.0), (2.0, 1.0)), kind="table", basis="assumption"),
        Quantity(
            key="wheels", label="wheels", value=4, low=2, high=8, whole=True, domain="count", basis="report", source="S"
        ),
        Quantity(
            key="speed",
            label="speed",
            value=5.0,
            low=1.0,
            high=9.0,
            mode=3.0,
            shape="triangular",
            unit="km/h",
            basis="report",
        ),
    ),
    run=lambda gear, pay, wheels, speed: {"pull": wheels * speed},
    outputs=(Output("pull", "pull"),),
    findings=(Finding("C1", "it pulls", "tests", lambda out, v: out["pull"] - 1),),
)
MODELS = (*counting.MODELS, TOY)

WHOLE_CASE = """
title = "The class of 2026"
author = "서울"
as_of = 2002-05-07

[counting.ceiling]
hosts = 854000
household = { value = 3, low = 2, high = 4, unit = "people" }

[counting.ceiling.guests]
high = 3.5

[counting.pool]
points = [10000, "30000", 100000.0]
experts = ["5000:10000", [20000, 40000]]

[toy.cart]
gear = "high"
pay = "3,0"

[data]
arrivals = "my_arrivals.csv"
"""


@pytest.fixture
def write(tmp_path):
    def call(content):
        path = tmp_path / "mine.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


# Reading


def test_every_part_of_a_case_is_read(write):
    path = write(WHOLE_CASE)
    case = Case.read(path, MODELS)
    assert (case.title, case.author, case.as_of) == ("The class of 2026", "서울", dt.date(2002, 5, 7))
    assert case.data == {"arrivals": Own("my_arrivals.csv")}
    assert case.path == path
    assert case.overrides == {
        "counting.ceiling": {
            "hosts": Override(854000.0),
            "household": Override(3.0, 2.0, 4.0),
            "guests": Override(None, None, 3.5),
        },
        "counting.pool": {
            "points": Override((10000.0, 30000.0, 100000.0)),
            "experts": Override(((5000.0, 10000.0), (20000.0, 40000.0))),
        },
        "toy.cart": {"gear": Override("high"), "pay": Override(((3.0, 0.0),))},
    }


def test_path_may_be_words_and_models_any_iterable(write):
    assert Case.read(str(write('title = "a"')), iter(MODELS)).title == "a"


def test_empty_file_is_a_case_that_changes_nothing(write, monkeypatch):
    case = Case.read(write(""), MODELS)
    assert case == Case(path=case.path)
    monkeypatch.chdir(case.path.parent)
    assert all(case.apply(m) is m for m in MODELS)


def test_mark_some_editors_put_before_the_first_letter_is_no_fault(write):
    assert Case.read(write(b"\xef\xbb\xbf" + b'title = "a"\r\n'), MODELS).title == "a"


@pytest.mark.parametrize(
    "as_of", ["2002-05-07", "'2002-05-07'", "2002-05-07T10:00:00", "2002-05-07T10:00:00Z", "2002-05-07 10:00:00"]
)
def test_date_may_be_a_date_a_time_or_words(write, as_of):
    assert Case.read(write(f"as_of = {as_of}"), MODELS).as_of == dt.date(2002, 5, 7)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("points = [1, 2.5]", (1.0, 2.5)),
        ('points = "1, 2.5"', (1.0, 2.5)),
        ('points = ["1", 2.5]', (1.0, 2.5)),
        ("points = [7]", (7.0,)),
        ('points = "7"', (7.0,)),
        ("experts = [[1, 2], [3, 4]]", ((1.0, 2.0), (3.0, 4.0))),
        ('experts = "1:2,3:4"', ((1.0, 2.0), (3.0, 4.0))),
        ('experts = ["1:2", [3, 4]]', ((1.0, 2.0), (3.0, 4.0))),
    ],
)
def test_list_may_be_numbers_pairs_or_words(write, entry, value):
    case = Case.read(write(f"[counting.pool]\n{entry}"), MODELS)
    (override,) = case.overrides["counting.pool"].values()
    assert override.value == value


# Every kind of fault: one sentence with the file, the key and the nearest valid name

FAULTS = [
    ("titel = 'a'", "'titel' is not known here; the nearest is 'title'"),
    ("[countin.ceiling]\nhosts = 1", "'countin' is not known here; the nearest is 'counting'"),
    ("[ceiling]\nhosts = 1", "'ceiling' is not known here; the nearest is 'counting.ceiling'"),
    ("제목 = 'a'", "not valid TOML"),
    ('"제목" = "a"', "'제목' is not known here; valid names are"),
    ("[counting.cieling]\nhosts = 1", "[counting.cieling] is no model; the nearest is 'counting.ceiling'"),
    ("[counting]\nhosts = 1", "[counting.hosts] is no model"),
    ("counting = 3", "counting is a theme; write one of its models as a table, such as [counting.ratio]"),
    ("[[counting.ceiling]]\nhosts = 1", "counting.ceiling is a model; write it as a table, [counting.ceiling]"),
    ("[counting]\nceiling = 1", "counting.ceiling is a model; write it as a table"),
    ("[counting.ceiling]\nhost = 1", "[counting.ceiling] has no 'host'; the nearest is 'hosts'"),
    ("[counting.ceiling]\nhouse_hold = 1", "the nearest is 'household'"),
    ('[counting.ceiling]\n"호스트" = 1', "[counting.ceiling] has no '호스트'; valid names are"),
    ("[counting.ceiling.hosts]\nvalu = 1", "[counting.ceiling.hosts] has no 'valu'; the nearest is 'value'"),
    ("[counting.ceiling.hosts]\nmode = 1", "[counting.ceiling.hosts] has no 'mode'"),
    ("[counting.ceiling.hosts]\nvalue = 1\nunit = 'households'", "hosts] is in people, not in 'households'"),
    ("[toy.cart.wheels]\nvalue = 4\nunit = 'people'", "wheels] is in no unit, not in 'people'"),
    ("[counting.ceiling]\nhosts = {}", "[counting.ceiling.hosts] needs a value, a low, a high or a control"),
    ("[counting.ceiling]\nhosts = { unit = 'people' }", "needs a value, a low, a high or a control"),
    ("[counting.ceiling]\nhosts = 'many'", "[counting.ceiling] hosts needs a number above 0; 'many' is no number"),
    ("[counting.ceiling]\nhosts = '854000'", "'854000' is no number"),
    ("[counting.ceiling]\nhosts = true", "hosts needs a number above 0; True is no number"),
    ("[counting.ceiling]\nhosts = nan", "nan is no number"),
    ("[counting.ceiling]\nhosts = -inf", "-inf is no number"),
    ("[counting.ceiling]\nhosts = 1e400", "inf is no number"),
    ("[counting.ceiling]\nhosts = 2002-05-07", "is no number"),
    ("[counting.ceiling]\nhosts = [1, 2]", "[1, 2] is no number"),
    ("[counting.ceiling]\nhosts = 0", "hosts needs a number above 0; you gave 0"),
    ("[counting.ceiling]\nhosting_share = 20", "hosting_share needs a share between 0 and 1; you gave 20"),
    ("[counting.ceiling]\nhosts = 1" + "0" * 400, "too large to compute with"),
    ("[counting.ceiling]\nhosts = 1" + "0" * 5000, "not valid TOML"),
    ("[counting.ceiling.hosts]\nlow = 'few'", "'few' is no number"),
    ("[counting.ceiling.hosts]\nlow = 2000000\nhigh = 1000000", "hosts needs its low below its high"),
    ("[counting.ceiling.hosts]\nlow = 2000000", "hosts needs its low below its high"),
    ("[counting.ceiling.hosts]\nlow = 1000\nhigh = 1000", "hosts needs its low below its high"),
    ("[counting.ceiling.hosts]\nlow = 0", "hosts needs a number above 0"),
    ("[counting.ceiling.claimed]\nlow = 100000", "claimed is fixed; give it both a low and a high"),
    ("[counting.ratio.people]\nlow = 0", "log-uniform range must lie above 0"),
    ("[counting.ratio]\npeople = 0", "[counting.ratio] with no guests"),
    ("[counting.recapture]\nboth = 350", "[counting.recapture] no more names can be on both lists"),
    ("[counting.recapture]\nboth = 12.5", "both needs a whole number; you gave 12.5"),
    ("[counting.pool]\npoints = 5", "[counting.pool] points needs a list; 5 is none"),
    ("[counting.pool]\npoints = []", "points needs at least one item"),
    ("[counting.pool]\npoints = ''", "points needs at least one item"),
    ("[counting.pool]\npoints = [1, -1]", "points, item 2, needs a number above 0"),
    ("[counting.pool]\npoints = ['a few']", "'a few' is no number"),
    ("[counting.pool]\npoints = [true]", "True is no number"),
    ("[counting.pool]\npoints = [[1, 2]]", "needs one number; you gave the range"),
    ("[counting.pool]\npoints = { low = 1, high = 2 }", "points is a list; it takes a value, not a range"),
    ("[counting.pool]\nexperts = [1, 2]", "experts, item 1, needs a range low:high"),
    ("[counting.pool]\nexperts = ['2:1']", "low below its high"),
    ("[counting.pool]\nexperts = [[1, 2, 3]]", "needs a range low:high"),
    ("[counting.pool]\nexperts = '1:2,3'", "needs a range low:high"),
    ("[toy.cart]\ngear = 'middle'", "[toy.cart] gear must be one of low, high; you gave 'middle'"),
    ("[toy.cart]\ngear = 1", "gear must be one of low, high"),
    ("[toy.cart.gear]\nlow = 'low'", "gear is a choice; it takes a value, not a range"),
    ("[toy.cart]\npay = [[1, 2], [3]]", "rows of the same length"),
    ("[toy.cart]\npay = '1,2;x,3'", "'x' is no number"),
    ("[toy.cart]\npay = []", "rows of the same length"),
    ("title = 3", "title needs words in quotes; 3 is none"),
    ("author = ['a']", "author needs words in quotes"),
    ("as_of = 'May 2002'", "as_of needs a date such as 2024-05-31; 'May 2002' is none"),
    ("as_of = 2002", "as_of needs a date"),
    ("as_of = true", "as_of needs a date"),
    ("as_of = 10:00:00", "as_of needs a date"),
    ("data = 'arrivals.csv'", '[data] needs lines such as harvests = "my_harvests.csv"'),
    ("[data]\narrivals = 3", "[data] needs lines such as"),
    ("title = ", "not valid TOML: line 1: a value is missing after the ="),
    ("title = 'a'\ntitle = 'b'", "not valid TOML"),
    ("[counting.ceiling]\nhosts = 1,500,000", "not valid TOML"),
    ("x = " + "[" * 5000, "not valid TOML"),
    ('title = "\\ud800"', "not valid TOML"),
    ("title = 'a\x00b'", "line 1: a sign that is not seen, or looks like a space (U+0000)"),
    ("title\u00a0=\u00a0'a'", "(U+00A0), stands in it"),
    ("title = 'a'\n\u2028", "line 2: a sign that is not seen"),
    ("title = 'a'\n\x1a", "line 2: a sign that is not seen"),
    ("[counting.ceiling]\nho\u200bsts = 1", "line 2: a sign that is not seen"),
    ('{"title": "a"}', "line 1: the file is JSON and no TOML"),
    ('[\n {"title": "a"}\n]', "JSON and no TOML"),
    ("<!DOCTYPE html>", "the file is a web page and no TOML"),
    ("---\ntitle: a", "the file is YAML and no TOML"),
    ("tumen1-abc", "tumen case read CODE"),
    ("[counting.ceiling]\nhosts = 50%", "line 2: a number stands without its unit; 50% is 0.5"),
    ("[counting.ceiling]\nhosts = .5", "line 2: a number has digits on both sides of its point"),
    ("[counting.ceiling]\nhosts = 1.", "a number has digits on both sides of its point"),
    ("[counting.ceiling]\nhosts = 007", "no nought before its first digit"),
    ("[counting.ceiling]\nhosts = ５", "digits are 0 to 9"),
    ("as_of = 2002-05", "a date is written as 2027-03-15"),
    ("title = 2002-05-07", "title needs words in quotes; 2002-05-07 is none"),
]


@pytest.mark.parametrize(("content", "words"), FAULTS, ids=[f[0][:40] for f in FAULTS])
def test_fault_is_told_in_one_sentence_with_file_key_and_what_is_valid(refusal, write, content, words):
    sentence = refusal(Case.read, write(content), MODELS)
    assert words in sentence
    assert sentence.startswith("mine.toml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_every_editor_saves_it(write, encoding, end):
    text = f"title = '서울 ü'{end}{end}[counting.ceiling]{end}hosts\t=\t5{end}"
    case = Case.read(write(text.encode(encoding)), MODELS)
    assert (case.title, case.overrides["counting.ceiling"]["hosts"].value) == ("서울 ü", 5.0)


@pytest.mark.parametrize(
    ("content", "line"),
    [("# a\ntitle = '서울'".encode("cp949"), 2), ("title = 'ü'".encode("cp1252"), 1), (b"\x89PNG\r\n", 1)],
)
def test_file_that_is_no_utf8_is_refused(refusal, write, content, line):
    assert (
        refusal(Case.read, write(content), MODELS)
        == f"mine.toml cannot be read: it is not UTF-8 text (line {line}); save it as UTF-8 in your editor."
    )


def test_missing_file_and_folder_are_refused(refusal, tmp_path):
    assert refusal(Case.read, tmp_path / "none.toml", MODELS) == "none.toml: there is no such file."
    assert refusal(Case.read, tmp_path, MODELS) == f"{tmp_path.name} cannot be read: it is a folder; name a file in it."
    assert refusal(Case.read, "a\0b", MODELS) == "'a\\x00b' can be no file's name."


@pytest.mark.parametrize("bad", ["\n[counting.stock]\nstays = 2", "\n[counting.stock]\nstay = -2", "\nnonsense = 2"])
def test_one_fault_anywhere_leaves_nothing_applied(refusal, bad):
    before = {m.key: dict(m.start) for m in MODELS}
    assert refusal(Case.parse, tomllib.loads(WHOLE_CASE.replace("\n[data]", f"{bad}\n[data]")), MODELS)
    assert {m.key: m.start for m in MODELS} == before


def test_case_made_by_hand_with_a_bad_override_changes_nothing(refusal):
    case = Case(overrides={"counting.ceiling": {"household": Override(3.0), "hosts": Override(-1.0)}})
    assert "hosts needs a number above 0" in refusal(case.apply, counting.ceiling)
    unknown = Case(overrides={"counting.ceiling": {"household": Override(3.0), "host": Override(1.0)}})
    assert "the nearest is 'hosts'" in refusal(unknown.apply, counting.ceiling)
    assert counting.ceiling.start["household"] == 3.3


# Applying


def test_model_starts_as_the_case_asks_and_the_declared_one_is_left_alone(write):
    case = Case.read(write(WHOLE_CASE), MODELS)
    changed = case.apply(counting.ceiling)
    assert changed.start == counting.ceiling.start | {"hosts": 854000.0, "household": 3.0}
    assert (changed.quantity("household").low, changed.quantity("household").high) == (2.0, 4.0)
    assert (changed.quantity("guests").low, changed.quantity("guests").high) == (1.0, 3.5)
    assert changed.case_title == "The class of 2026"
    assert changed.origin is counting.ceiling
    assert changed()["ceiling"] == pytest.approx(854000 / 3 * 0.2 * 1.3 / 0.95)
    assert counting.ceiling.quantity("hosts").value == 1_500_000
    assert case.apply(counting.stock) is counting.stock


NUMBERS = [(m, q) for m in MODELS for q in m.quantities if q.kind in ("number", "fixed")]


@pytest.mark.parametrize(("model", "q"), NUMBERS, ids=lambda x: x.key)
def test_changed_starting_value_is_no_longer_the_reports_or_the_datas(model, q):
    other = q.value / 2 if q.value else q.high / 2  # a new quantity may begin at 0
    case = Case(title="mine", overrides={model.key: {q.key: Override(other)}})
    changed = case.apply(model).quantity(q.key)
    assert (changed.value, changed.basis, changed.source) == (other, "assumption", "case")
    assert "'mine'" in changed.note
    assert str(q.value) in changed.note
    assert q.note in changed.note
    assert (changed.low, changed.high, changed.unit, changed.label) == (q.low, q.high, q.unit, q.label)


@pytest.mark.parametrize(("model", "q"), NUMBERS, ids=lambda x: x.key)
def test_value_set_to_what_it_was_keeps_its_basis_and_source(model, q):
    case = Case(title="mine", overrides={model.key: {q.key: Override(float(q.value))}})
    assert case.apply(model).quantity(q.key) == q


def test_changed_list_loses_its_speakers_and_the_same_list_keeps_them():
    points = counting.pool.quantity("points")
    changed = (
        Case(overrides={"counting.pool": {"points": Override((1.0, 2.0))}}).apply(counting.pool).quantity("points")
    )
    assert (changed.value, changed.entries, changed.source) == ((1.0, 2.0), (), "case")
    same = Case(overrides={"counting.pool": {"points": Override(points.value)}}).apply(counting.pool).quantity("points")
    assert same == points
    assert len(same.entries) == 4


def test_changed_range_alone_keeps_the_basis_and_the_shape():
    case = Case(overrides={"counting.ceiling": {"hosts": Override(low=1.0e6), "dependent_share": Override(low=0.92)}})
    hosts, share = map(case.apply(counting.ceiling).quantity, ("hosts", "dependent_share"))
    assert (hosts.low, hosts.high, hosts.basis, hosts.source) == (1.0e6, 1_920_000, "report", "S2P3-b")
    assert (share.mode, share.peak, share.shape) == (None, 0.95, "triangular")  # the mode of .9 fell outside


def test_fixed_number_given_a_range_can_be_sampled():
    case = Case(overrides={"counting.ceiling": {"claimed": Override(low=2e5, high=4e5)}})
    claimed = case.apply(counting.ceiling).quantity("claimed")
    assert (claimed.kind, claimed.shape, claimed.sampled, claimed.value) == ("number", "uniform", True, 300_000)
    assert claimed.basis == "report"


def test_case_without_title_is_named_after_its_file(write):
    case = Case.read(write("[counting.ceiling]\nhosts = 854000"), MODELS)
    assert case.apply(counting.ceiling).case_title == "mine.toml"
    untitled = replace(case, path=None)
    assert untitled.apply(counting.ceiling).case_title == "a case"


# Writing


ANY_TEXT = st.text(st.characters(codec="utf-8"))
TRICKY = st.one_of(
    ANY_TEXT,
    st.text("\"\\\n\r\t\x00\x1f\x7f\x85\u2028 =#[]{}'두만강é"),
    st.sampled_from(["'''", '"""', "\\u0041", "\ufeff"]),
)
POSITIVE = st.floats(SMALLEST, LARGEST)
SHARE = st.just(0.0) | st.floats(SMALLEST, 1)
ENDS = st.lists(POSITIVE, min_size=2, max_size=2, unique=True).map(sorted)
RANGED = st.builds(lambda value, ends: Override(value, *ends), st.none() | POSITIVE, ENDS)
EXPERTS = st.lists(ENDS.map(tuple).filter(lambda r: np.log(r[0]) < np.log(r[1])), min_size=1, max_size=3).map(tuple)
OVERRIDES = st.fixed_dictionaries(
    {},
    optional={
        "counting.ceiling": st.fixed_dictionaries(
            {}, optional={"hosts": POSITIVE.map(Override) | RANGED, "hosting_share": SHARE.map(Override)}
        ),
        "counting.pool": st.fixed_dictionaries(
            {},
            optional={
                "points": st.lists(POSITIVE, min_size=1, max_size=3).map(tuple).map(Override),
                "experts": EXPERTS.map(Override),
            },
        ),
        "toy.cart": st.fixed_dictionaries(
            {},
            optional={
                "gear": st.sampled_from(["low", "high"]).map(Override),
                "pay": st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=3).map(tuple).map(Override),
            },
        ),
    },
)
CASES = st.builds(
    Case,
    title=TRICKY,
    author=TRICKY,
    as_of=st.none() | st.dates(),
    overrides=OVERRIDES,
    data=st.dictionaries(st.sampled_from(["arrivals", "food", "rok_aid"]), TRICKY, max_size=3),
)


@given(CASES)
def test_case_written_and_read_is_the_same_case(tmp_path_factory, case):
    path = tmp_path_factory.getbasetemp() / "round.toml"
    assert case.save(path) == path
    assert replace(Case.read(path, MODELS), path=None) == case


def test_whole_case_survives_the_round(write, tmp_path):
    case = Case.read(write(WHOLE_CASE), MODELS)
    again = Case.read(case.save(tmp_path / "again.toml"), MODELS)
    assert replace(again, path=None) == replace(case, path=None)


@pytest.mark.parametrize("value", [np.float64(0.25), np.float32(0.25), 0.25])
def test_numbers_of_numpy_are_written_as_plain_numbers(value):
    text = Case(overrides={"counting.ceiling": {"hosting_share": Override(value)}}).to_toml()
    assert tomllib.loads(text) == {"counting": {"ceiling": {"hosting_share": 0.25}}}


def test_arrays_and_tuples_are_written_as_lists():
    text = Case(overrides={"toy.cart": {"pay": Override(np.array([[3.0, 0.0], [2.0, 1.0]]))}}).to_toml()
    assert tomllib.loads(text) == {"toy": {"cart": {"pay": [[3, 0], [2, 1]]}}}


def test_override_of_nothing_writes_no_line():
    assert tomllib.loads(Case(overrides={"toy.cart": {"gear": Override()}}).to_toml()) == {"toy": {"cart": {}}}


def test_case_that_cannot_be_written_is_told_in_words_and_the_old_file_stands(refusal, tmp_path):
    path = Case(title="old").save(tmp_path / "mine.toml")
    assert refusal(Case(title="half \ud800").save, path).startswith("mine.toml cannot be written:")
    assert Case.read(path, MODELS).title == "old"
    sentence = refusal(Case().save, tmp_path / "nowhere" / "mine.toml")
    assert sentence == "mine.toml cannot be written: there is no such folder."


@given(st.text("abcdefghi.[]={}\"',\n 0123456789-"))
def test_any_text_is_read_as_a_case_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text("[counting.pool]\npoints = " + text, encoding="utf-8")
    try:
        Case.read(path, MODELS)
    except ValueError as e:
        assert type(e).__name__ == "Problem"
        assert str(e).startswith("any.toml")


# How an app offers a quantity


def test_a_case_says_how_a_quantity_is_offered_and_changes_nothing_else(write):
    case = Case.read(write('[counting.ceiling]\nhosts = { control = "locked" }\n'), MODELS)
    changed = case.apply(counting.ceiling)
    assert changed.quantity("hosts") == replace(counting.ceiling.quantity("hosts"), control="locked")
    assert changed().outputs == counting.ceiling().outputs
    assert Case.parse(tomllib.loads(case.to_toml()), MODELS).overrides == case.overrides


def test_a_list_keeps_its_speakers_where_only_its_control_is_set(write):
    case = Case.read(write('[counting.pool]\npoints = { control = "hidden" }\n'), MODELS)
    points = case.apply(counting.pool).quantity("points")
    assert points.entries == counting.pool.quantity("points").entries
    assert points.control == "hidden"


def test_another_word_for_a_control_is_refused(write, refusal):
    sentence = refusal(Case.read, write('[counting.ceiling]\nhosts = { control = "shut" }\n'), MODELS)
    for word in ("mine.toml", "counting.ceiling.hosts", "open, locked, hidden", "'shut'"):
        assert word in sentence
