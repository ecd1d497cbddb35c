"""The session: a folder's case and answers, shared by the verbs of one session and by no other."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from moves import MODELS

from tumen.core import Case
from tumen.page.controls import foot_html, tag
from tumen.page.explore import Explore
from tumen.page.progress import Progress
from tumen.page.session import Session, this_session
from tumen.tasks import find_task

CASE = """
title = "our class"
[counting.ceiling]
hosts = 854000
hosting_share = { value = 0.3, low = 0.1, high = 0.6 }
[counting.ratio]
people = 200000
"""


def with_case(folder, text):
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_empty_folder_gives_the_declared_models(session):
    assert replace(session.case, path=None) == Case()
    assert session.trouble == ""
    for model in MODELS.values():
        assert session.model(model) is model
    assert not (session.folder / "answers.json").exists()


def test_a_case_changes_where_an_app_starts_and_says_so(session_in, tmp_path, words_on):
    app = Explore(MODELS["counting.ceiling"], session_in(with_case(tmp_path, CASE)))
    assert (app.settings["hosts"], app.settings["hosting_share"]) == (854_000, 0.3)
    assert app.start["ceiling"] == pytest.approx(854_000 / 3.3 * 0.3 * 1.3 / 0.95)
    assert "Starts from the case: our class" in words_on(app)
    hosts, share = app.controls["hosts"], app.controls["hosting_share"]
    assert (hosts.box.value, share.box.value) == ("854,000", "0.3")
    assert (share.slider.min, share.slider.max) == (0.1, 0.6)
    assert "starting case 106,000" in app.chart.frame["alt"] or "106,000" in app.chart.frame["alt"]
    share.slider.value = 0.5
    share.back.click()
    assert share.value == 0.3


def test_a_changed_quantity_is_no_longer_the_reports(session_in, tmp_path, turn_to):
    app = Explore(MODELS["counting.ceiling"], session_in(with_case(tmp_path, CASE)))
    hosts, household = app.controls["hosts"].q, app.controls["household"].q
    assert tag(MODELS["counting.ceiling"].quantity("hosts")) == "report S2P3-b"
    assert tag(hosts) == "assumption"
    assert "<summary>assumption</summary>" in foot_html(hosts)
    assert "changed by the case" in foot_html(hosts)
    assert "from 1500000" in foot_html(hosts)
    assert household == MODELS["counting.ceiling"].quantity("household")
    spoken = {c["key"]: c["name"] for c in app.chart.controls}
    assert spoken["hosts"] == "Korean Chinese who could host, people, assumption"
    assert "changed by the case" in turn_to(app, "sources")


def test_a_model_the_case_does_not_name_is_untouched(session_in, tmp_path, words_on):
    session = session_in(with_case(tmp_path, CASE))
    assert session.model(MODELS["counting.stock"]) is MODELS["counting.stock"]
    assert "our class" not in words_on(Explore(MODELS["counting.stock"], session))
    assert MODELS["counting.ceiling"].start["hosts"] == 1_500_000


BROKEN = {
    "a name": ("[counting.ceiling]\nhost = 854000\nhousehold = 3\n", "the nearest is 'hosts'"),
    "a value": ("[counting.ceiling]\nhousehold = 3\nhosts = 'many'\n", "hosts needs"),
    "a model": (
        "[counting.ratio]\nhosts = 854000\n[counting.cieling]\nhosts = 854000\n",
        "the nearest is 'counting.ceiling'",
    ),
    "a theme": ("[countin.ceiling]\nhosts = 854000\n", "'countin' is not known here"),
    "a date": ("as_of = 'yesterday'\n[counting.ceiling]\nhosts = 854000\n", "as_of needs a date"),
    "no TOML": ("[counting.ceiling\nhosts = 854000\n", "not valid TOML"),
    "together": ("[counting.recapture]\nboth = 50\nfirst = 40\n", "on both lists"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_of_a_broken_case_nothing_is_applied_and_one_sentence_told(session_in, tmp_path, words_on, fault):
    text, said = BROKEN[fault]
    session = session_in(with_case(tmp_path, text))
    assert replace(session.case, path=None) == Case()
    assert said in session.trouble
    assert session.trouble.startswith("case.toml")
    assert session.trouble.endswith(". The workbook goes on without it.")
    assert "\n" not in session.trouble
    for model in MODELS.values():
        assert session.model(model) is model
    assert session.trouble.replace("'", "&#x27;") in words_on(Progress(("counting",), session))
    assert (tmp_path / "case.toml").read_text() == text


def test_a_case_that_is_no_text_is_told(session_in, tmp_path):
    (tmp_path / "case.toml").write_bytes(b"\x89\xfe\x00title")
    assert "case.toml cannot be read" in session_in(tmp_path).trouble


def test_answers_that_could_not_be_read_are_told_in_the_progress(session_in, tmp_path, words_on):
    (tmp_path / "answers.json").write_text("{ broken")
    shown = words_on(Progress(("counting",), session_in(tmp_path)))
    assert "answers.json could not be read; it is kept as answers-unreadable-1.json" in shown


def test_two_desks_share_nothing(session_in, tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    one, two = session_in(tmp_path / "a"), session_in(tmp_path / "b")
    task = find_task("counting.ceiling")
    one.owe(task)
    assert one.owed("counting.ceiling")
    assert not two.owed("counting.ceiling")
    heard = []
    two.listen(heard.append)
    one.record(task, 0.5, "recorded")
    assert heard == []
    assert two.answers.get(task.key) is None
    assert one.predicted
    assert not two.predicted


def test_whoever_listens_hears_of_every_answer_even_unsaved(session, monkeypatch, refusal):
    def refuse(*args):
        raise OSError(28, "No space left on device")

    heard = []
    session.listen(heard.append)
    task = find_task("counting.ceiling")
    session.owe(task)
    monkeypatch.setattr("tumen.tasks.answers.write_atomic", refuse)
    with pytest.raises(ValueError, match=r"No space left on device"):
        session.record(task, 0.5, "recorded")
    assert heard == ["counting.ceiling"]
    assert not session.owed("counting.ceiling")
    assert session.answers.get("counting.ceiling")["value"] == 0.5


def test_outside_a_notebook_every_desk_is_fresh(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert this_session() is not this_session()
    assert this_session().folder.resolve() == tmp_path.resolve()


def test_in_a_notebook_one_desk_lasts_the_session_and_the_folder(monkeypatch, tmp_path):
    shell = SimpleNamespace()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    first = this_session()
    assert this_session() is first
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert this_session() is not first
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace())
    assert this_session() is not this_session()


def test_a_desk_loads_the_drawing_library_once_and_only_when_asked(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr("tumen.page.chart_widget.Engine", lambda: made.append(1) or object())
    session = Session(tmp_path)
    assert made == []
    assert session.engine is session.engine
    assert made == [1]
