"""A lesson as it runs: who may see what and when, what is counted, what a restart keeps, what is left afterwards."""

import json
import stat

import pytest

from tumen.lesson import held

TELLING = ("314.15", "271.82", "161.80")  # numbers that stand nowhere but in an answer


def everywhere(running, clients, teacher):
    """Every address there is, asked by everyone, known and unknown."""
    paths = [
        f"/{running.code}/",
        f"/{running.code}/state?wait=0",
        "/",
        "/wall",
        "/desk",
        "/look/wall?wait=0",
        "/look/desk?wait=0",
    ]
    paths += [
        "/static/phone.js",
        "/static/wall.js",
        "/static/desk.js",
        "/static/common.js",
        "/static/lesson.css",
        "/do",
        "/nothing",
    ]
    paths += [
        f"/{running.code}/answer",
        f"/{running.code}/unclear",
        f"/{running.code}/join",
        "/.lesson-02-counting-the-hidden.journal",
    ]
    for one in (*clients, teacher, running.client()):
        for path in paths:
            one.get(path)
            one.get(path, Accept="text/plain", Range="bytes=0-99999")


@pytest.mark.parametrize("key", ["counting.ceiling", "counting.bound", "counting.mind"])
def test_nobody_is_told_what_was_answered_before_the_question_is_closed(running, key):
    teacher, phones = running.teacher(), [running.phone() for _ in range(3)]
    teacher.do(do="open", key=key)
    kind = teacher.look()["question"]["kind"]
    answers = {"number": TELLING, "choice": ("a", "c", "c"), "text": [f"because {t}" for t in TELLING]}[kind]
    for phone, value in zip(phones, answers, strict=True):
        assert phone.answer(value)[0] == 200
    teacher.do(do="hands", value={"number": "141421.5", "choice": "b", "text": "said 173.205"}[kind], count=7)
    outsider = running.client()
    everywhere(running, phones, teacher)
    outsider.get("/look/wall")
    own = list(answers)
    for n, one in enumerate([*phones, teacher, outsider]):
        heard = "".join(one.heard)
        foreign = [v for i, v in enumerate(own) if i != n] if kind != "choice" else []
        for value in [*foreign, "141421.5", "141,421", "173.205"] if kind != "choice" else []:
            assert value not in heard
        for word in ('"tally"', '"spread"', '"shown"', '"picture"', '"all"', '"words"', '"told": "'):
            assert word not in heard, (word, one)
    wall, desk = teacher.look(), teacher.look("desk")
    assert wall["question"]["count"] == desk["question"]["count"] == 10
    teacher.do(do="close")
    result = teacher.look()["question"]
    if kind == "number":
        assert "4 numbers" not in result["spread"] and "10 numbers" in result["spread"]
        assert result["picture"].count("<circle") == 10
        assert "model" not in result["picture"]
        teacher.do(do="tell")
        assert "model: 0.627" in teacher.look()["question"]["picture"]
    elif kind == "choice":
        assert result["tally"] == {"a": 1, "b": 7, "c": 2, "d": 0} and "correct" not in result
        teacher.do(do="tell")
        assert teacher.look()["question"]["correct"] == "c"
    else:
        assert result["shown"] == []
        first = teacher.look("desk")["question"]["all"][0]
        teacher.do(do="show", who=first["who"], on=True)
        assert teacher.look()["question"]["shown"] == [first["text"]]
    # and whoever has no key is told nothing of it afterwards either
    for phone in phones:
        assert not {"tally", "spread", "shown", "picture", "all"} & set(phone.state()["question"])


def test_an_answer_can_be_changed_until_the_question_closes_and_counts_once(running):
    teacher, phone = running.teacher(), running.phone()
    teacher.do(do="open", key="counting.ceiling")
    assert phone.answer("18만")[1] == {"said": "read as 180,000 people per household"}
    assert phone.answer("0.6")[0] == 200
    assert phone.state()["question"]["yours"] == "0.6"
    assert teacher.look()["question"]["count"] == 1
    teacher.do(do="close")
    assert phone.answer("0.7") == (400, {"says": "The question is closed; your answer was not taken."})
    assert running.do(lambda: list(running.room.lesson.now.answers.values())) == [0.6]
    teacher.do(do="open", key="counting.ceiling")
    assert teacher.look()["question"]["again"] and teacher.look()["question"]["count"] == 0


def test_what_is_no_answer_is_refused_in_one_sentence_and_what_stood_there_stays(running):
    teacher, phone = running.teacher(), running.phone()
    teacher.do(do="open", key="counting.ceiling")
    phone.answer("0.6")
    for bad in ("", "many", "1e999", "9" * 100, "1-2", None, 5, ["0.5"], {"a": 1}):
        status, told = phone.answer(bad)
        assert status == 400 and told["says"].endswith(".") and "Traceback" not in told["says"], bad
    assert running.do(lambda: list(running.room.lesson.now.answers.values())) == [0.6]
    assert phone.answer("0.6", key="counting.bound")[0] == 400
    teacher.do(do="open", key="counting.bound")
    assert phone.answer("z") == (400, {"says": "choose one of a, b, c, d."})
    teacher.do(do="open", key="counting.mind")
    assert phone.answer("x" * 501)[0] == 400
    assert phone.answer("x" * 500)[0] == 200
    assert phone.answer("a\u202eb\x00c  <b>d</b>\n\te")[0] == 200
    assert running.do(lambda: list(running.room.lesson.now.answers.values())) == ["abc <b>d</b> e"]


def test_a_restart_takes_the_lesson_up_where_it_was(tmp_path, anew):
    first = anew(tmp_path)
    teacher, phones = first.teacher(), [first.phone() for _ in range(4)]
    teacher.do(do="open", key="counting.ceiling")
    for n, phone in enumerate(phones):
        phone.answer(str(n / 10))
    teacher.do(do="hands", value="0.5", count=3)
    teacher.do(do="plan", plan="90")
    teacher.do(do="deal")
    phones[0].post(f"/{first.code}/unclear", {"claim": "S2P3-d", "line": "whose hosts", "drop": False})
    before = {k: v for k, v in teacher.look("desk").items() if k != "clock"}
    code, key, roles = first.code, first.room.key, [p.state()["role"] for p in phones]
    first.stop()
    journal = next(tmp_path.glob(".lesson-*"))
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    journal.write_bytes(journal.read_bytes() + b'{"do": "answer", "wh')  # a line that was cut off
    second = anew(tmp_path)
    assert (second.code, second.room.key, second.room.taken_up) == (code, key, True)
    for one in (teacher, *phones):
        one.running = second
    assert {k: v for k, v in teacher.look("desk").items() if k != "clock"} == before
    assert [p.state()["role"] for p in phones] == roles
    assert phones[1].state()["question"]["yours"] == "0.1"
    assert phones[1].answer("0.9")[0] == 200
    second.stop()
    assert second.room.lesson.now.count == 7
    third = anew(tmp_path)
    assert sorted(third.room.lesson.now.answers.values()) == [0.0, 0.2, 0.3, 0.9]


def test_nothing_is_kept_but_the_file_that_was_asked_for_and_no_phone_can_be_told_from_it(tmp_path, running):
    teacher, phones = running.teacher(), [running.phone() for _ in range(3)]
    teacher.do(do="open", key="counting.mind")
    for phone, words in zip(phones, ("keep me", "not this", "nor this"), strict=True):
        phone.answer(words)
    teacher.do(do="close")
    shown = next(t for t in teacher.look("desk")["question"]["all"] if t["text"] == "keep me")
    teacher.do(do="show", who=shown["who"], on=True)
    for phone in phones:
        phone.post(f"/{running.code}/unclear", {"claim": "S2P3-d", "line": f"line of {phone.cookies}"[:100]})
    teacher.do(do="open", key="counting.ceiling")
    for phone, words in zip(phones, ("3", "1", "2"), strict=True):
        phone.answer(words)
    teacher.do(do="close")
    said = teacher.do(do="file")
    path = next(tmp_path.glob("lesson-*.json"))
    assert path.name in said and stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert "not this" not in text and "line of" not in text and shown["who"] not in text
    for phone in phones:
        assert phone.cookies["tumen_lesson"] not in text
    found = held.read(path)
    assert [(a.key, a.answered, a.numbers, a.texts) for a in found.asked] == [
        ("counting.mind", 3, (), ("keep me",)),
        ("counting.ceiling", 3, (1.0, 2.0, 3.0), ()),
    ]
    assert found.unclear == (("S2P3-d", 3, ()),) and found.joined == 3
    teacher.do(do="end")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_no_lesson_is_refused_in_one_sentence(tmp_path, refusal):
    for n, text in enumerate(
        ("", "{}", "[]", '{"asked": [{}], "unclear": []}', "\x00", "[" * 100_000, json.dumps({"asked": 1}))
    ):
        path = tmp_path / f"lesson-{n}.json"
        path.write_text(text)
        assert path.name in refusal(held.read, path)


def test_the_wall_goes_on_by_one_press_and_the_clock_by_the_plan(tmp_path, anew):
    now = [1_000_000.0]
    running = anew(tmp_path, lambda: now[0])
    teacher = running.teacher()
    assert teacher.look()["page"] == "join"
    seen = []
    for _ in range(4):
        step = teacher.look()["next"]
        seen.append((step["do"], step.get("key")))
        teacher.do(**{k: v for k, v in step.items() if k != "says"})
    assert seen == [("open", "counting.ratio"), ("close", None), ("tell", None), ("open", "counting.ceiling")]
    teacher.do(do="plan", plan="90")
    now[0] += 12 * 60
    clock = teacher.look()["clock"]
    assert (clock["left"], clock["minute"], clock["here"]) == (8 * 60, 12, 1)
    teacher.do(do="pause")
    now[0] += 3600
    assert teacher.look()["clock"]["left"] == 8 * 60
    teacher.do(do="pause")
    teacher.do(do="skip")
    assert teacher.look()["clock"]["here"] == 2
    now[0] += 86_400
    assert teacher.look()["clock"]["left"] == 0
    for plan in ("50", "75", "180"):
        teacher.do(do="plan", plan=plan)
        assert teacher.look()["clock"]["steps"][-1][1] == int(plan)


def test_roles_are_dealt_evenly_and_whoever_comes_late_gets_the_rarest(running):
    teacher, phones = running.teacher(), [running.phone() for _ in range(15)]
    assert "role" not in phones[0].state()
    teacher.do(do="deal")
    counts = [r["count"] for r in teacher.look()["roles"]]
    assert sum(counts) == 15 and max(counts) - min(counts) <= 1
    late = running.phone()
    assert late.state()["role"][0] in [
        r["role"] for r, c in zip(teacher.look()["roles"], counts, strict=True) if c == min(counts)
    ]


def test_what_confused_us_is_ordered_and_lines_are_shown_one_by_one(running):
    teacher, phones = running.teacher(), [running.phone() for _ in range(3)]
    for phone, claims in zip(phones, (["S2P3-d"], ["S2P3-d", "S2P2-d"], ["S2P3-d", "S2P2-d"]), strict=True):
        for claim in claims:
            assert phone.post(f"/{running.code}/unclear", {"claim": claim, "line": f"why {claim}"})[0] == 200
    found = teacher.look()["unclear"]
    assert [(u["claim"], u["count"], u["lines"]) for u in found] == [("S2P3-d", 3, []), ("S2P2-d", 2, [])]
    line = teacher.look("desk")["told"][0]
    teacher.do(do="line", who=line["who"], claim=line["claim"], on=True)
    assert teacher.look()["unclear"][0]["lines"] == ["why S2P3-d"]
    phones[0].post(f"/{running.code}/unclear", {"claim": "S2P3-d", "line": "another now"})
    assert teacher.look()["unclear"][0]["lines"] == []  # a line that was changed is looked at anew
    phones[0].post(f"/{running.code}/unclear", {"claim": "S2P3-d", "drop": True})
    assert teacher.look()["unclear"][0]["count"] == 2
    assert phones[0].post(f"/{running.code}/unclear", {"claim": "S9P9-x", "line": ""})[0] == 400
