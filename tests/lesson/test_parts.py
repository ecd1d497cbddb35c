"""What a lesson is made of: the questions of a chapter, the guide's plans and roles, dots on an axis, pictures."""

import asyncio
import itertools
import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from tumen.core.home import home
from tumen.course.checks import stems
from tumen.lesson import agenda, allowed, pictures
from tumen.lesson.agenda import chapter
from tumen.tasks import find_task


@pytest.mark.parametrize("stem", [s for s in stems() if s not in ("00-start-here", *home().meta.pages)])
def test_every_chapter_has_a_lesson_of_its_predictions_choices_and_texts(stem):
    found = chapter(stem)
    assert found == chapter(stem[:2])
    kinds = {(t.kind, t.prediction) for t in found.tasks}
    assert ("number", False) not in kinds and any(p for _, p in kinds)
    assert found.claims


def test_a_chapter_that_is_not_there_is_answered_with_the_nearest(refusal):
    assert "02-counting-the-hidden" in refusal(chapter, "02-counting")


def test_plans_and_roles_are_those_of_the_guide():
    text = agenda.guide()
    found = agenda.plans(text)
    assert set(found) == {"50", "75", "90", "180"}
    for minutes, steps in found.items():
        assert steps[0].start == 0 and steps[-1].end == int(minutes)
        assert all(a.end == b.start for a, b in itertools.pairwise(steps)), minutes
    assert {s.says for s in found["180"]} >= {"break", "two anchors marked together"}
    assert all(f"| {role} | {holds} | {source} |" in text for role, holds, source in agenda.roles(text))


def test_a_guide_without_its_tables_is_said_to_lack_them(refusal):
    assert "guide.md" in refusal(agenda.plans, "# A guide\n\nwithout tables\n")


@generated(st.lists(st.floats(-1e12, 1e12) | st.sampled_from([1e300, -1e300, 0.0]), max_size=60), st.booleans())
def test_every_number_has_a_dot_within_the_drawing(values, upright):
    axis = pictures.plain_axis(values, "people") if values else pictures.Axis("x", "people", 0, 1)
    svg = pictures.drawing(axis, values, 1.0)
    root = ET.fromstring(svg)
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    dots = [e for e in root.iter() if e.tag.endswith("circle")]
    assert len(dots) == len(values)
    for dot in dots:
        assert 0 <= float(dot.get("cx")) <= width and 0 <= float(dot.get("cy")) <= height


def test_dots_stand_where_the_axis_says():
    axis = pictures.Axis("x", "people", 0, 100, at=(50, 10), size=(560, 320))
    svg = pictures.drawing(axis, [0, 50, 100, 200])
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    wanted = [50, 330, 610, 610]
    assert all(abs(a - b) <= 2 * pictures.DOT for a, b in zip(places, wanted, strict=True)), places
    assert "1 above 100" in svg
    logs = pictures.Axis("x", "people", 1, 10_000, log=True)
    assert math.isclose(logs.place(100), 0.5) and logs.place(0) == 0 and logs.place(-5) == 0


def test_pictures_are_drawn_elsewhere_with_their_axes_and_the_right_one_is_found():
    drawn = asyncio.run(pictures.drawn(find_task(k) for k in ("counting.ceiling", "counting.present", "counting.mind")))
    assert set(drawn) == {"counting.ceiling", "counting.present"}
    assert "present: 99,000" in drawn["counting.present"]["svg"]  # the stay that the question names
    ceiling = drawn["counting.ceiling"]
    axis = pictures.axis_of(ceiling["axes"], "people per household")
    assert (axis.way, axis.low, axis.high) == ("x", 0, 1.2)
    svg = pictures.drawing(axis, [0.6, 0.3], 0.627, ceiling["svg"])
    ET.fromstring(svg)
    # where the model's line stands the picture's own line meets 300,000
    line = float(re.search(r'<path d="M([\d.]+) 16V', svg)[1])
    assert abs(line - (axis.at[0] + 0.627 / 1.2 * 560)) < 1
    stock = pictures.axis_of(drawn["counting.present"]["axes"], "people")
    assert stock.way == "y"
    ET.fromstring(pictures.drawing(stock, [1e5, 4e5, 1e9], 98_000, drawn["counting.present"]["svg"]))
    assert pictures.axis_of(ceiling["axes"], "guests") is None
    assert (
        pictures.axis_of(
            [{"title": "people acting", "low": 0, "high": 9}, {"title": "people waiting", "low": 0, "high": 9}],
            "people",
        )
        is None
    )


@generated(st.text(max_size=600))
def test_a_text_is_taken_whole_and_plain_or_refused(words):
    from tumen.core import Problem

    try:
        kept = allowed.text(words)
    except Problem as fault:
        assert str(fault).endswith(".")
        return
    assert len(kept) <= allowed.LONGEST and kept == " ".join(kept.split())
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", kept)


def test_a_number_is_read_for_its_unit_as_everywhere():
    task = find_task("counting.ceiling")
    assert allowed.answer(task, "about 0.6 people per household") == (0.6, "read as 0.6 people per household")
