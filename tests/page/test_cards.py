"""What a notebook stores of each card, how much an app sends, and what a screen reader is told."""

import json
import re
from html import escape

import pytest
from moves import CONTROLS, MODELS, moves

from tumen.page.chart_widget import sent
from tumen.page.controls import typed
from tumen.page.explore import Explore
from tumen.page.progress import Progress
from tumen.page.questions import Argument, Prediction, Question
from tumen.page.reading import Reading
from tumen.tasks import find_task

VIEW = "application/vnd.jupyter.widget-view+json"
CARDS = {
    "read": lambda session: Reading("S2P3", session),
    "predict": lambda session: Prediction(find_task("counting.ceiling"), session),
    "ask number": lambda session: Question(find_task("counting.guests"), session),
    "ask choice": lambda session: Question(find_task("counting.bound"), session),
    "argue": lambda session: Argument(find_task("counting.ethics"), session),
    "progress": lambda session: Progress(("counting",), session),
    "explore": lambda session: Explore(MODELS["counting.ceiling"], session),
    "explore asked": lambda session: Explore(
        MODELS["counting.ceiling"], session, (), session.before("counting.ceiling")
    ),
    "explore only": lambda session: Explore(MODELS["counting.ceiling"], session, ("hosts",)),
}


def stored(card):
    return {k: v for k, v in card._repr_mimebundle_().items() if k != VIEW}


def answered(card):
    """The card after a reader has done something with it."""
    if isinstance(card, Explore):
        card.set(hosts=1_400_000)
    elif isinstance(card, Question):
        card.answer({"number": "7", "choice": "a", "text": "My view."}[card.task.kind])
    return card


@pytest.mark.parametrize("name", CARDS)
def test_what_is_stored_is_the_same_every_time_and_whatever_a_reader_did(session_in, tmp_path, name):
    first, second = CARDS[name](session_in(tmp_path / "a")), CARDS[name](session_in(tmp_path / "b"))
    bundle = stored(first)
    assert bundle == stored(second)
    (tmp_path / "a").mkdir()
    assert stored(answered(first)) == bundle
    assert stored(answered(CARDS[name](session_in(tmp_path / "a")))) == bundle
    assert set(bundle) in ({"text/plain"}, {"text/plain", "text/html"})
    assert bundle["text/plain"] == repr(first)


@pytest.mark.parametrize("name", CARDS)
def test_what_is_stored_names_no_address_no_path_and_no_object(session_in, tmp_path, name):
    for text in stored(CARDS[name](session_in(tmp_path))).values():
        text = re.sub(r'base64,[^"]*', "", text)
        assert text.strip()
        assert not re.search(r"0x[0-9a-f]{4,}|object at|<class|<function|np\.float64|\bnan\b", text)
        assert str(tmp_path) not in text
        assert "{" not in text


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_also_a_widget(session_in, tmp_path, name):
    card = CARDS[name](session_in(tmp_path))
    view = card._repr_mimebundle_()[VIEW]
    assert view["model_id"] == card.model_id
    assert (view["version_major"], view["version_minor"]) == (2, 0)


@pytest.mark.parametrize("key", MODELS)
def test_an_app_stores_its_numbers_and_break_evens_in_text(app_of, key):
    app, start = app_of(key), MODELS[key]()
    text = app.plain()
    for out in MODELS[key].outputs:
        assert out.label in text
        assert start.said(out.key, out.unit) in text
    for found in start.findings:
        assert found.claim in text
    if any(v.margin is not None for v in start.findings) and any(q.sampled for q in MODELS[key].quantities):
        assert "flips at about" in text or "alone it cannot flip" in text


@pytest.mark.parametrize("key", MODELS)
def test_an_app_says_how_far_its_question_is_from_the_claims(app_of, key):
    """What the sentence claims, what the model asks and how they differ stands under the picture and in the text."""
    app = app_of(key)
    under = next(w for w in app.children[-2].children if "tumen-under" in w._dom_classes)
    for f in MODELS[key].findings:
        if f.differs:
            assert escape(f.differs) in under.value
            assert f.differs in app.plain()
        assert f.relation != "neighbours" or f.differs


def plain(x):
    return x is None or isinstance(x, (str, float, int))


def unpacked(told):
    """A frame as chart_widget.js reads it."""
    named, rows = told.pop("named"), told.pop("rows")
    return told | {
        "rows": [
            [named[str(i)][x] if str(i) in named and x is not None else x for i, x in enumerate(row)] for row in rows
        ]
    }


@pytest.mark.parametrize("key", MODELS)
def test_a_move_sends_the_same_parts_in_less_than_six_kilobytes(app_of, key):
    app, parts = app_of(key), set(app_of(key).chart.frame)
    assert parts == {"rows", "alt", "verdict", "message", "beside", "values", "track", "badges"}
    largest = 0
    for name, control in app.controls.items():
        wild = [control.q.low / 1000, control.q.high * 1000] if control.q.sampled else []
        for value in (*moves(key, name), *wild):
            control.box.value = value if control.q.kind == "choice" else typed(control.q, value)
            frame = app.chart.frame
            assert set(frame) == parts
            for told in (
                frame["beside"],
                frame["values"],
                frame["track"],
            ):  # of what has nothing to say, nothing is sent
                assert set(told) <= set(app.controls)
                assert all(told.values())
            assert set(frame["values"]) >= {k for k, c in app.controls.items() if c.q.kind == "number"}
            travels = sent(frame)
            message = json.dumps(travels, ensure_ascii=False, allow_nan=False).encode()
            assert unpacked(json.loads(message)) == frame
            largest = max(largest, len(message))
            for row in frame["rows"]:
                assert all(
                    plain(x) or (isinstance(x, list) and all(map(plain, x))) for x in row
                )  # a list is a packed line
                assert len(row) <= len(app.picture.columns)
        control.back.click()
    assert largest <= 6_000


@pytest.mark.parametrize("key", MODELS)
def test_every_control_has_a_name_of_its_own_for_a_screen_reader(app_of, key):
    app = app_of(key)
    names = [c["name"] for c in app.chart.controls]
    assert [c["key"] for c in app.chart.controls] == list(app.controls)
    assert len(set(names)) == len(names) == len(app.controls)
    for name, control in zip(names, app.controls.values(), strict=True):
        assert control.q.label in name
        assert control.q.basis in name
        assert control.q.unit in name
        assert app.chart.frame["values"].get(control.q.key) or control.q.kind != "number"


def test_the_script_names_each_kind_of_control_by_the_class_of_its_row(app_of):
    from tumen.page.chart_widget import HERE

    script = (HERE / "chart_widget.js").read_text(encoding="utf-8")
    assert "`.tumen-row-${control.key}`" in script
    for key, name in CONTROLS:
        assert f"tumen-row-{name}" in app_of(key).controls[name].widget._dom_classes


@pytest.mark.parametrize("key", MODELS)
def test_the_table_follows_the_setting(app_of, turn_to, words_on, key):
    app, model = app_of(key), MODELS[key]
    name = next(iter(app.controls))
    shown = []
    for value in moves(key, name):
        app.set(**{name: value})
        app.tabs.selected_index = 0
        shown.append(turn_to(app, "table"))
        for out in model.outputs:
            assert escape(out.label) in shown[-1]
        for q in model.quantities:
            assert escape(q.label) in shown[-1]
        assert escape(app.chart.frame["alt"]) in shown[-1]
    assert len(set(shown)) == len(shown)
    app.set(**{name: moves(key, name)[0]})  # with the tab open
    assert words_on(app.tabs.children[app.tabs.selected_index]) == shown[0]


@pytest.mark.parametrize("key", MODELS)
def test_sources_and_what_is_left_out_stand_in_their_tabs(app_of, turn_to, key):
    app, model = app_of(key), MODELS[key]
    sources, leaves = turn_to(app, "sources"), turn_to(app, "what this leaves out")
    for q in model.quantities:
        assert escape(q.label) in sources
        assert q.source in sources or q.basis == "assumption"
        assert escape(q.note) in sources
    assert escape(model.formula) in sources
    assert escape(model.leaves_out) in leaves
    for f in model.findings:
        assert f"{f.claim}: this model {f.relation} the claim" in leaves
        assert escape(f.differs) in leaves


def test_two_apps_for_one_model_share_nothing(session):
    one, two = Explore(MODELS["counting.ceiling"], session), Explore(MODELS["counting.ceiling"], session)
    before = two.chart.frame
    one.set(hosts=1_400_000)
    one.controls["guests"].box.value = "nonsense"
    assert two.chart.frame == before
    assert two.settings == MODELS["counting.ceiling"].start
    assert not any(c.moved for c in two.controls.values())
    two.set(hosting_share=0.4)
    assert one.settings["hosting_share"] == 0.2
    assert "Your last setting is kept" in one.chart.frame["message"]
    assert MODELS["counting.ceiling"].start["hosts"] == 1_500_000


def test_only_the_controls_asked_for_are_offered(session, refusal):
    app = Explore(MODELS["counting.ceiling"], session, ("guests", "hosts"))
    assert set(app.controls) == {"guests", "hosts"}
    assert set(app.chart.frame["beside"]) == {"guests", "hosts"}  # both have a break-even
    assert app.settings["household"] == 3.3
    assert "'guests'" in refusal(Explore, MODELS["counting.ceiling"], session, ("guest",))
