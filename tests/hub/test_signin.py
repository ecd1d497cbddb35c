"""Who comes in: a name of the list as it is now, with its code."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import classlist
import pytest
import signin
import slowing
from classlist import ClassList, Codes
from signin import ClassAuthenticator
from tornado.httputil import HTTPHeaders
from tornado.web import HTTPError


@pytest.fixture
def door(tmp_path):
    """An authenticator for a class of two, and their codes."""
    (tmp_path / "class.txt").write_text("anna\nben\n")
    codes = Codes(tmp_path / "codes.json").issue(["anna", "ben", "former"])
    made = ClassAuthenticator(class_list=str(tmp_path / "class.txt"), codes_file=str(tmp_path / "codes.json"))
    return made, codes, tmp_path / "class.txt"


def let_in(authenticator, name: str, code: str, handler=None):
    found = asyncio.run(authenticator.get_authenticated_user(handler, {"username": name, "password": code}))
    return found and found["name"]


class Request:
    """A request from an address, as the hub's handlers have it; `user` is who the hub knows by the name."""

    def __init__(self, address: str, user=None):
        self.request = self
        self.headers = HTTPHeaders({"X-Forwarded-For": address, "X-Real-Ip": "192.0.2.77"})
        self.remote_ip, self.user = "0.0.0.0", user

    def find_user(self, _name):
        return self.user


def test_a_name_with_its_code_comes_in_and_no_other(door):
    authenticator, codes, _ = door
    assert let_in(authenticator, "anna", codes["anna"]) == "anna"
    assert let_in(authenticator, " Anna ", codes["anna"].upper()) == "anna"
    assert let_in(authenticator, "anna", codes["ben"]) is None
    assert let_in(authenticator, "anna", "") is None
    assert let_in(authenticator, "root", codes["anna"]) is None


def test_who_has_a_code_but_is_no_longer_in_the_class_stays_out(door):
    authenticator, codes, listed = door
    assert let_in(authenticator, "former", codes["former"]) is None
    listed.write_text("anna\n")
    assert let_in(authenticator, "ben", codes["ben"]) is None
    assert let_in(authenticator, "anna", codes["anna"]) == "anna"


def test_who_is_struck_out_while_signed_in_has_to_sign_in_again(door):
    authenticator, _, listed = door

    class User:
        name = "ben"

    assert asyncio.run(authenticator.refresh_user(User)) is True
    listed.write_text("anna\n")
    assert asyncio.run(authenticator.refresh_user(User)) is False


def test_nobody_is_an_administrator(door):
    authenticator, codes, _ = door
    found = asyncio.run(authenticator.get_authenticated_user(None, {"username": "anna", "password": codes["anna"]}))
    assert not found["admin"]


@pytest.mark.parametrize("slip", ["", "anna b\n", "anna\nAnna\n"])
def test_a_slip_in_the_list_locks_nobody_out_and_the_page_and_the_log_say_so(door, slip, caplog):
    authenticator, codes, listed = door
    members = ClassList(listed)
    assert signin.announcement(members) == signin.HELLO
    assert let_in(authenticator, "anna", codes["anna"]) == "anna"
    listed.write_text(slip)
    with caplog.at_level(logging.WARNING, authenticator.log.name):
        authenticator.log.propagate = True
        assert let_in(authenticator, "anna", codes["anna"]) == "anna"
        assert let_in(authenticator, "ben", codes["ben"]) == "ben"
    assert sum("the last good one holds" in r.getMessage() for r in caplog.records) == 1
    assert "the last good one holds" in signin.announcement(members)
    assert signin.announcement(members).startswith(signin.HELLO)


def test_the_name_is_the_class_lists_however_it_is_typed(tmp_path):
    (tmp_path / "class.txt").write_text("S001\n00710001\nOne@students.example.org\n")
    codes = Codes(tmp_path / "codes.json").issue(["S001", "00710001", "One@students.example.org"])
    authenticator = ClassAuthenticator(class_list=str(tmp_path / "class.txt"), codes_file=str(tmp_path / "codes.json"))
    for name, code in codes.items():
        assert let_in(authenticator, f" {name.lower()} ", code) == name
        assert authenticator.validate_username(name)


def test_what_was_typed_as_a_name_and_is_none_goes_no_further(door):
    authenticator, codes, _ = door
    for typed in (codes["anna"], "nobody", ""):
        data = {"username": typed, "password": "anna"}
        assert asyncio.run(authenticator.get_authenticated_user(None, data)) is None
        assert data["username"] == ""  # what the hub logs and shows again
    assert asyncio.run(authenticator.get_authenticated_user(None, {})) is None


def test_who_came_in_with_an_earlier_code_has_to_sign_in_again(door):
    authenticator, codes, listed = door
    again = Codes(listed.with_name("codes.json"))

    class User:
        name, created = "anna", datetime.now(UTC).replace(tzinfo=None)

    assert asyncio.run(authenticator.refresh_user(User)) is True
    code = again.issue(["anna"], anew=("anna",))["anna"]
    assert asyncio.run(authenticator.refresh_user(User)) is False
    assert let_in(authenticator, "anna", codes["anna"], Request("192.0.2.1", User)) is None
    with pytest.raises(HTTPError, match="your earlier sign-ins are being ended"):  # until they are
        let_in(authenticator, "anna", code, Request("192.0.2.1", User))
    User.created += timedelta(seconds=1)
    assert let_in(authenticator, "anna", code, Request("192.0.2.1", User)) == "anna"


@pytest.fixture
def held(monkeypatch):
    """The seconds for which answers were held back, without waiting for them; tries stay under way until `held.go`."""
    waits, go = [], asyncio.Event()
    go.set()

    async def sleep(seconds):
        waits.append(seconds)
        await go.wait()

    monkeypatch.setattr(signin.asyncio, "sleep", sleep)
    return waits


def test_wrong_codes_are_answered_ever_later_and_a_right_one_at_once(door, held):
    authenticator, codes, _ = door
    for _ in range(8):
        assert let_in(authenticator, "anna", "aaaa-bbbb-cccc", Request("192.0.2.1")) is None
    assert held == sorted(held)
    assert held[0] == 0
    assert held[-1] == slowing.LONGEST
    held.clear()
    assert let_in(authenticator, "anna", codes["anna"], Request("192.0.2.1")) == "anna"
    assert let_in(authenticator, "ben", codes["ben"], Request("192.0.2.1")) == "ben"
    assert held == []
    assert let_in(authenticator, "anna", "aaaa-bbbb-cccc", Request("192.0.2.1")) is None
    assert held == [0]  # a right code wiped the slate


def test_many_tries_at_once_at_one_name_are_not_even_looked_at_and_keep_nobody_else_waiting(door, monkeypatch):
    authenticator, codes, _ = door
    looked = []
    fits = classlist.Codes.fits
    monkeypatch.setattr(classlist.Codes, "fits", lambda self, name, code: looked.append(name) or fits(self, name, code))
    monkeypatch.setattr(authenticator.slowing, "wait", lambda *_: 3600.0)

    async def storm():
        wrong = {"username": "anna", "password": "aaaa-bbbb-cccc"}
        tries = [
            asyncio.ensure_future(authenticator.get_authenticated_user(Request("192.0.2.1"), dict(wrong)))
            for _ in range(60)
        ]
        right = {"username": "ben", "password": codes["ben"]}
        ben = await authenticator.get_authenticated_user(Request("192.0.2.1"), right)  # one address for a whole class
        hers = {"username": "anna", "password": codes["anna"]}
        anna = await authenticator.get_authenticated_user(Request("192.0.2.2"), hers)
        refused = [t.exception() for t in tries if t.done()]
        for t in tries:
            t.cancel()
        await asyncio.gather(*tries, return_exceptions=True)
        return ben["name"], anna["name"], refused

    ben, anna, refused = asyncio.run(storm())
    assert (ben, anna) == ("ben", "anna")
    assert len(refused) == 60 - slowing.TOGETHER
    assert all(isinstance(e, HTTPError) and e.status_code == 429 for e in refused)
    assert looked.count("anna") == slowing.TOGETHER + 1
    assert authenticator.slowing.under_way == {}


def test_the_address_is_the_one_the_proxy_saw_and_not_the_senders_word():
    assert signin._address(Request("203.0.113.9, 192.0.2.1")) == "192.0.2.1"
    assert signin._address(Request("")) == "0.0.0.0"
