"""The page of names: what may be called stands there in the words of the code, and so does every model."""

import inspect

import pytest
from reader import page

import tumen
from tumen import analysis, core
from tumen.brief import models
from tumen.core import Model, Output, Quantity
from tumen.site import api


@pytest.fixture(scope="module")
def names(pages):
    return page(pages / "code.html")


@pytest.mark.parametrize("room", api.ROOMS)
def test_every_name_a_room_offers_stands_there_with_its_first_sentence(names, room):
    offered = dict(api.public(room))
    assert offered
    for name, thing in offered.items():
        entry = names.find(id=f"{room}.{name}")
        first = inspect.getdoc(thing).partition("\n")[0].replace("`", "")
        assert first in " ".join(entry.find_next("dd").get_text().split()), name


def test_what_is_called_says_how_and_plain_values_are_left_out(names):
    assert names.find(id="tumen.ask").get_text() == "tumen.ask(key)"
    assert {name for name, _ in api.public("tumen")} == {*tumen.__all__} - {"VERBS"}
    assert "SEED" in analysis.__all__ and "SEED" not in dict(api.public("tumen.analysis"))
    assert "apply(model)" in names.find(id="tumen.core.Case").find_next("dd").get_text()
    assert "Case" in core.__all__


def test_every_model_says_what_it_takes_and_gives(names):
    for key, model in models().items():
        heading = names.find(id=key)
        assert model.question in heading.find_next("p").get_text()
        takes, gives = heading.find_all_next("table", limit=2)
        assert [th.get_text() for th in takes.select("tbody th")] == [q.key for q in model.quantities]
        assert [th.get_text() for th in gives.select("tbody th")] == [o.key for o in model.outputs]


def test_words_of_a_model_are_shown_and_never_run(monkeypatch):
    def run(x):
        """Doubles <b>x</b>, as `x + x`.

        >>> run(2)
        """
        return {"y": 2 * x}

    x = Quantity(key="x", label="<i>x</i>", unit="", value=1.0, low=0.0, high=2.0, basis="assumption", note="ours")
    made = Model(
        key="toy.double", question="Is <u>it</u> double?", quantities=(x,), run=run, outputs=(Output("y", "y"),)
    )
    monkeypatch.setattr(api, "models", lambda: {made.key: made})
    html = "".join(str(cell) for cell in api.page().notebook.cells)
    assert "Doubles &lt;b&gt;x&lt;/b&gt;, as <code>x + x</code>." in html and "<pre>&gt;&gt;&gt; run(2)</pre>" in html
    assert "&lt;i&gt;x" in html and "<u>it" not in html
