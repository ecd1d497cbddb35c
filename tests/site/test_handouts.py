"""Handouts: every question and every role once, each with what it speaks of, on one page of paper, and no answer."""

import json
import re
from html import escape

import pytest

from tumen.course.plan import read_course
from tumen.course.template import new
from tumen.evidence.ledger import claims
from tumen.lesson import agenda
from tumen.lesson.agenda import chapter
from tumen.site.handouts import write_handouts
from tumen.tasks import find_task

BOOKS = ["02-counting-the-hidden", "05-publicity-and-crackdown", "07-hindsight"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The handouts of a course of three chapters, by name."""
    folder = tmp_path_factory.mktemp("course") / "c"
    new(folder)
    plan = (folder / "course.toml").read_text(encoding="utf-8")
    plan = re.sub(r"workbooks = \[.*?\]", f"workbooks = {json.dumps(BOOKS)}", plan, count=1, flags=re.DOTALL)
    (folder / "course.toml").write_text(plan, encoding="utf-8")
    return {p.name: p for p in write_handouts(folder / "handouts", read_course(folder))}


def sheets(path):
    return path.read_text(encoding="utf-8").split('<section class="sheet">')[1:]


def test_every_question_has_a_page_with_its_picture_or_its_paragraph_and_no_answer(made):
    for book in BOOKS:
        found = sheets(made[f"{book}-questions.html"])
        for task in chapter(book[:2]).tasks:
            asked = [s for s in found if f"<h2>{escape(task.prompt[:30].partition('{')[0], quote=False)}" in s]
            assert asked, task.key
            for page in asked:
                assert "<svg" in page or "in our words" in page, task.key
                for told in (t[:40].partition("{")[0] for t in (task.right, task.solution)):
                    assert len(told) < 12 or told not in page, task.key
    found = sheets(made["02-counting-the-hidden-questions.html"])
    (ceiling,) = [s for s in found if "how many would each household have to take on" in s]
    assert (
        "place your guess" in ceiling
        and "people per household, over all households" in ceiling
        and "124,000" not in ceiling
    )
    guests = find_task("counting.guests")
    (page,) = [s for s in found if "How many guests are there for every 1,000" in s]
    for claim in claims():
        assert (f"{claim.id}</span>" in page) == (claim.place == "S2P3"), (claim.id, guests.claims)
    (audit,) = [s for s in found if "Number audit" in s]
    assert "<svg" in audit and "place your guess" not in audit  # the evidence that was shown last before it, whole


def test_every_role_has_a_page_with_evidence_and_paragraph(made):
    found = sheets(made["02-counting-the-hidden-roles.html"])
    assert len(found) == len(agenda.roles(agenda.guide()))
    assert all("<svg" in s and "The report, S2P2, S2P3" in s and "Holds:" in s for s in found)


def test_each_page_fits_on_one_of_paper(made):
    from tumen.site.printing import browser, printed

    if browser() is None:
        pytest.skip("no Chromium here")
    for path in made.values():
        pdf = printed(path, browser()).read_bytes()
        assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == len(sheets(path)), path.name
