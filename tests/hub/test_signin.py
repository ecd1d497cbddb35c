"""Who comes in: a name of the list as it is now, with its code."""

import asyncio

import pytest
from classlist import Codes
from signin import ClassAuthenticator


@pytest.fixture
def door(tmp_path):
    """An authenticator for a class of two, and their codes."""
    (tmp_path / "class.txt").write_text("anna\nben\n")
    codes = Codes(tmp_path / "codes.json").issue(["anna", "ben", "former"])
    made = ClassAuthenticator(class_list=str(tmp_path / "class.txt"), codes_file=str(tmp_path / "codes.json"))
    return made, codes, tmp_path / "class.txt"


def let_in(authenticator, name: str, code: str):
    found = asyncio.run(authenticator.get_authenticated_user(None, {"username": name, "password": code}))
    return found and found["name"]


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
