"""Who asks too much, comes without a code or under another name, or sends what it should not, disturbs nobody."""

import json
import re
import socket
import sys

import pytest

from tumen.lesson import allowed
from tumen.lesson.serving import HEADERS

FAR = "127.0.0.66"
linux = pytest.mark.skipif(sys.platform != "linux", reason="other addresses of loopback")


def test_without_code_cookie_or_key_nothing_is_told_or_done(running):
    teacher, other = running.teacher(), running.client()
    teacher.do(do="open", key="counting.ceiling")
    assert other.get(f"/{running.code}/state?wait=0")[0] == 401
    assert other.post(f"/{running.code}/answer", {"key": "counting.ceiling", "round": 1, "value": "1"})[0] == 401
    for path in ("/wall", "/desk", "/look/wall", "/look/desk"):
        assert other.get(path)[0] == 401
    assert other.post("/do", {"do": "close"})[0] == 401
    assert other.get("/abcde/")[0] == other.get("/abcde/state")[0] == 404
    assert other.get("/teach/wrong")[0] == 404
    for path in ("/static/../state.py", "/static/%2e%2e/state.py", "/static/state.py", "//etc/passwd", "/.lesson"):
        assert other.get(path)[0] == 404
    phone = running.phone()
    phone.cookies["tumen_teacher"] = phone.cookies["tumen_lesson"]
    assert phone.get("/look/desk")[0] == 401


def test_every_answer_forbids_what_a_page_does_not_need(running):
    for one, path in (
        (running.phone(), f"/{running.code}/"),
        (running.teacher(), "/wall"),
        (running.client(), "/nothing"),
    ):
        one.get(path)
        for name, value in HEADERS.items():
            assert one.headers[name] == value
    cookie = running.client()
    cookie.post(f"/{running.code}/join", {})
    given = cookie.headers["Set-Cookie"]
    assert (
        "HttpOnly" in given
        and "SameSite" in given
        and "expires" not in given.lower()
        and "max-age" not in given.lower()
    )


def test_another_site_and_another_name_are_refused(running):
    phone, teacher = running.phone(), running.teacher()
    assert phone.get(f"/{running.code}/", Host="evil.example")[0] == 421
    assert teacher.post("/do", {"do": "close"}, Origin="http://evil.example")[0] == 403
    assert teacher.ask("POST", "/do", b'{"do": "close"}', **{"Content-Type": "text/plain"})[0] == 415


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"1", b"{", b"\xff", b"[" * 7000, b'{"key": {}, "round": [], "value": {"a": 1}}']
)
def test_what_is_no_table_is_refused_in_one_sentence(running, sent):
    running.teacher().do(do="open", key="counting.ceiling")
    status, told = running.phone().ask("POST", f"/{running.code}/answer", sent)
    assert status == 400 and json.loads(told)["says"].endswith(".")


def test_a_megabyte_is_not_taken(running):
    phone = running.phone()
    with socket.create_connection(("127.0.0.1", running.port)) as line:
        head = f"POST /{running.code}/answer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"
        line.sendall(head.encode())
        assert b"200" not in line.recv(100)
    assert phone.state() is not None


def test_a_phone_that_asks_too_fast_is_told_so_and_the_others_are_not(running):
    fast, other = running.phone(), running.phone()
    told = [fast.get(f"/{running.code}/state?wait=0")[0] for _ in range(80)]
    assert told.count(200) < 60 and told[-1] == 429
    assert other.get(f"/{running.code}/state?wait=0")[0] == 200


@linux
def test_one_address_cannot_fill_the_lesson_nor_try_codes_without_end(running):
    bad = [running.client(FAR).post(f"/{running.code}/join", {})[0] for _ in range(allowed.FROM_ONE_ADDRESS + 30)]
    assert bad.count(200) == allowed.FROM_ONE_ADDRESS and set(bad[-10:]) == {503}
    tried = [running.client(FAR).get(f"/guess{n}/")[0] for n in range(120)]
    assert 429 in tried
    assert running.phone().state() is not None


@linux
def test_a_full_lesson_gives_the_place_of_a_phone_that_never_answered(running, monkeypatch):
    monkeypatch.setattr(allowed, "DEVICES", 5)
    teacher = running.teacher()
    teacher.do(do="open", key="counting.ceiling")
    first = running.phone()
    assert first.answer("0.4")[0] == 200
    silent = [running.phone() for _ in range(4)]
    late = running.phone()
    assert late.answer("0.5")[0] == 200
    assert first.state() and silent[0].get(f"/{running.code}/state?wait=0")[0] == 401
    assert teacher.look()["joined"] == 5


@linux
def test_connections_that_say_nothing_leave_room_for_others(running):
    held = []
    try:
        for _ in range(allowed.CONNECTIONS_FROM_ONE + 40):
            line = socket.socket()
            line.bind((FAR, 0))
            line.connect(("127.0.0.1", running.port))
            held.append(line)
        assert running.phone().state() is not None
        assert running.server.held[FAR] <= allowed.CONNECTIONS_FROM_ONE
    finally:
        for line in held:
            line.close()


def test_a_rate_lets_so_many_at_once_and_forgets_the_longest_silent():
    now = [0.0]
    rate = allowed.Rate(3, 1, lambda: now[0])
    assert [rate.allows("a") for _ in range(5)] == [True] * 3 + [False] * 2
    now[0] = 2
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    for n in range(2 * allowed.ADDRESSES):
        rate.allows(n)
    assert len(rate._left) == allowed.ADDRESSES


def test_scripts_ask_for_nothing_elsewhere_and_write_no_html():
    from tumen.lesson.serving import FILES, STATIC

    for name in FILES:
        text = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|https?://", text), name
    assert {p.name for p in STATIC.iterdir()} == set(FILES)
