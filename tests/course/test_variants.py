"""Each student's own numbers: of the seed and the id alone, in range, and never without meaning."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from plans import PLAN, ROSTER, SEED, TASKS

from tumen.brief import models
from tumen.core import Case, Override
from tumen.course.plan import read_course
from tumen.course.variants import Variants, case_mark, case_text
from tumen.tasks.check import run_answer

IDS = [f"s{i:03}" for i in range(300)]


@pytest.fixture
def course(make_course):
    return read_course(make_course())


def test_a_value_is_the_keyed_hash_of_course_student_quantity_and_attempt(course):
    """Worked out here again, from the words of the documentation."""
    words = json.dumps(["korea-301", "ann", "counting.ratio.hosts", 0])
    digest = hmac.new(SEED.encode(), words.encode(), hashlib.sha256).hexdigest()
    steps = (1_920_000 - 1_300_000) // 1000
    expected = 1_300_000 + 1000 * (int(digest[:16], 16) * (steps + 1) // 2**64)
    assert Variants(course)._drawn(course.draws[0], "ann", 0) == expected


def test_every_draw_lies_in_its_range_on_its_step_and_spreads_over_it(course):
    variants = Variants(course)
    hosts, shares = zip(*(variants.values(variants.case(i)).values() for i in IDS), strict=True)
    assert all(1_300_000 <= h <= 1_920_000 and h % 1000 == 0 for h in hosts)
    assert all(0.1 <= s <= 0.3 and abs(s * 500 - round(s * 500)) < 1e-9 for s in shares)
    assert min(hosts) < 1_310_000 and max(hosts) > 1_910_000
    assert abs(sum(hosts) / len(IDS) - 1_610_000) < 4 * 620_000 / (12 * len(IDS)) ** 0.5
    assert len(set(zip(hosts, shares, strict=True))) > 0.99 * len(IDS)


def test_a_quantity_of_several_models_is_drawn_once(course):
    case = Variants(course).case("ann")
    assert case.overrides["counting.ratio"]["hosts"] == case.overrides["counting.ceiling"]["hosts"]


def test_what_the_course_sets_stays_beside_what_is_drawn(course):
    changes = Variants(course).case("ann").overrides["counting.ceiling"]
    assert changes["household"] == Override(3.5, control="locked")
    assert course.overrides["counting.ceiling"].keys() == {"household"}  # the course's own case is not touched


def test_adding_and_removing_students_leaves_everyone_elses_case(make_course, course):
    head, *lines = ROSTER.splitlines()
    kept = [line for line in reversed(lines) if not line.startswith("ben,")]
    other = read_course(make_course("later", roster="\n".join([head, "zoe,Zoe,", *kept, ""])))
    assert [s.id for s in other.students] == ["zoe", "cho", "ann"]
    for student in ("ann", "cho"):
        assert case_text(Variants(other).case(student)) == case_text(Variants(course).case(student))


def test_another_seed_or_another_course_gives_other_numbers(make_course, course):
    mine = Variants(course)
    for name, old, new in (("seed", SEED, SEED + "."), ("id", "korea-301", "korea-302")):
        other = Variants(read_course(make_course(name, plan=PLAN.replace(old, new))))
        same = sum(mine.values(mine.case(i)) == other.values(other.case(i)) for i in IDS)
        assert same <= 2


def test_no_students_number_is_a_mistakes_or_the_one_anyone_gets(course):
    variants = Variants(course)
    for student in IDS[:100]:
        case = variants.case(student)
        for task in variants.tasks:
            key, within = run_answer(task.answer, case)[0], task.answer.within
            assert abs(key - variants.common[task.key]) > within * key * 0.99
            for mistake in task.mistake:
                assert abs(run_answer(mistake.answer, case)[0] - key) > within * key


def test_a_draw_that_would_tell_nothing_is_made_again(make_course):
    """Of the six hosts here the middle ones lie within the tolerance of what everyone gets: nobody is given them."""
    plan = PLAN.replace("step = 1000", "low = 1400000\nhigh = 1600000\nstep = 20000").replace(
        'task = "counting.guests"', 'task = "counting.guests"\nwithin = 0.035'
    )
    course = read_course(make_course(plan=plan))
    variants = Variants(course)
    hosts = {variants.case(i).overrides["counting.ratio"]["hosts"].value for i in IDS}
    assert hosts == {1_400_000, 1_420_000, 1_440_000, 1_560_000, 1_580_000, 1_600_000}
    first = {variants._drawn(course.draws[0], i, 0) for i in IDS}
    assert first - hosts  # some were drawn and given back


def test_a_task_that_no_draw_can_tell_from_a_mistake_is_refused(make_course, refusal):
    slip = 'answer = { model = "counting.ceiling", output = "ceiling", times = 1.001 }'
    tasks = TASKS.replace('answer = { model = "counting.ceiling", set = { household = 1 }, output = "ceiling" }', slip)
    sentence = refusal(Variants(read_course(make_course(tasks=tasks))).case, "ann")
    assert "law.ceiling" in sentence and "MISTAKE-OF-LAW-CEILING" in sentence and "hosting_share" in sentence


def test_a_draw_that_moves_no_graded_number_is_known(make_course):
    plan = PLAN + '\n[[draw]]\nmodel = "counting.stock"\nquantity = "stay"\n'
    assert [d.name for d in Variants(read_course(make_course(plan=plan))).idle()] == ["counting.stock.stay"]


def test_a_students_case_file_can_be_read_and_says_nothing_of_the_seed(course, tmp_path):
    case = Variants(course).case("ann")
    text = case_text(case)
    assert SEED not in text
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    read = Case.read(tmp_path / "case.toml", models().values())
    assert read.overrides == case.overrides
    assert case_mark(read) == case_mark(case)


def test_a_mark_tells_an_edited_case_from_a_reworded_one(course):
    case = Variants(course).case("ann")
    changes = case.overrides["counting.ratio"]["hosts"]
    moved = {**case.overrides, "counting.ratio": {"hosts": replace(changes, value=changes.value + 1)}}
    assert case_mark(replace(case, overrides=moved)) != case_mark(case)
    assert case_mark(replace(case, title="another", author="someone")) == case_mark(case)
    assert case_mark(Variants(course).case("ben")) != case_mark(case)
