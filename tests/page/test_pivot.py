"""Before a hall a pivot's app opens away from its answer; everywhere else where the case starts it."""

from tumen.brief import model
from tumen.page.explore import PRESENT, Explore
from tumen.page.session import Session


def opened(folder, **more):
    return Explore(model("counting.stock"), Session(folder), pivot="stay", **more)


def test_before_a_hall_the_stay_is_far_from_where_both_figures_are_true(tmp_path, monkeypatch):
    assert opened(tmp_path).settings["stay"] == 1.8
    monkeypatch.setenv(PRESENT, "1")
    app = opened(tmp_path)
    assert app.settings["stay"] == model("counting.stock").quantity("stay").high == 5.0
    assert app.result["present"] > 1.5 * app.start["present"]
    assert app.start["present"] == model("counting.stock")()["present"]  # the starting case is what it was
    assert "stay" not in opened(tmp_path, only=("inflow",)).controls


def test_a_pivot_that_is_none_is_answered_with_the_nearest(tmp_path, refusal):
    assert "stay" in refusal(Explore, model("counting.stock"), Session(tmp_path), pivot="sta")
