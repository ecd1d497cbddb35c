"""Chapter 07's scores: one's own forecasts and a class's, from answers.json and a lesson's file."""

import json

import pytest

import tumen.page.scores as scores
from tumen.core import Problem
from tumen.page.session import Session
from tumen.tasks import Answers, find_task, read_tasks
from tumen.tasks.forecasts import came, chance, forecasts


def lesson(folder, **numbers):
    asked = [
        {"key": f"hindsight.{k}", "kind": "number", "prompt": "p", "answered": len(v), "numbers": v}
        for k, v in numbers.items()
    ]
    doc = {"lesson": 1, "chapter": "07", "title": "t", "began": "2026", "joined": 3, "asked": asked, "unclear": []}
    (folder / "lesson-07.json").write_text(json.dumps(doc))


def test_what_became_is_read_from_the_row(tmp_path):
    assert {t.key: came(t) for t in forecasts(tmp_path)} == {
        "hindsight.chance_2006": True,
        "hindsight.chance_2012": False,
        "hindsight.chance_2020": False,
    }
    with pytest.raises(Problem, match="no chance"):
        came(find_task("hindsight.forecast"))


def test_one_s_own_score_and_the_class_s(tmp_path):
    answers = Answers(tmp_path)
    answers.put("hindsight.chance_2006", 40.0, "recorded")
    answers.put("hindsight.chance_2012", 80.0, "recorded")
    lesson(tmp_path, chance_2020=[90, 70, 500, 30], chance_2006=[20, 40, 90])
    items, trouble = scores.gathered(Session(tmp_path))
    assert trouble == "" and [i["class"] for i in items] == [[0.2, 0.4, 0.9], [], [0.9, 0.7, 0.3]]
    words = scores.said(items)
    assert "Your Brier score over 2 forecasts: 0.5." in words  # (.6² + .8²) / 2
    assert "(6): 0.4;" in words  # (.64 + .36 + .01 + .81 + .49 + .09) / 6
    told = scores.Scores(Session(tmp_path)).told()
    assert "you said 40 per cent" in told and "data:image/png;base64,iVBOR" in told
    assert scores.rows(items)[1][:3] == ["2,000 in 2012", "80 per cent", ""]


def test_what_became_is_told_after_the_answer_and_not_before(tmp_path):
    session = Session(tmp_path)
    card = scores.Scores(session)
    assert "it came" not in card.told() and "it did not" not in card.told()
    session.record(find_task("hindsight.chance_2006"), 40.0, "recorded")
    shown = card.children[0].value
    assert "2,000 in 2006" in shown and "it came" in shown and "2012" not in shown and "2020" not in shown
    assert "it came" not in card.plain()


def test_a_file_that_is_no_lesson_is_said_and_the_own_score_stands(tmp_path):
    Answers(tmp_path).put("hindsight.chance_2006", 40.0, "recorded")
    (tmp_path / "lesson-x.json").write_text("nothing")
    told = scores.Scores(Session(tmp_path)).told()
    assert "lesson-x.json" in told and "Brier score over 1 forecast:" in told


@pytest.mark.parametrize(
    ("value", "share"), [(40.0, 0.4), (101.0, None), (-1.0, None), ("a", None), (None, None), (True, None)]
)
def test_what_is_no_chance_counts_for_none(value, share):
    assert chance(find_task("hindsight.chance_2006"), value) == share


def test_a_forecast_needs_a_unit_of_chance(tmp_path, refusal):
    path = tmp_path / "own.toml"
    path.write_text(
        '[[task]]\nkey = "own.a"\nkind = "number"\nprediction = true\nunit = "people"\nprompt = "p"\n'
        'became = { table = "arrivals", row = "A07", column = "total", at_least = 1 }\n'
    )
    assert "per cent" in refusal(read_tasks, path)
