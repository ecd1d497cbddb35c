"""How wrong codes are counted: by name and by address, forgotten after a while, and never without a bound."""

import slowing
from slowing import Slowing


def test_a_name_is_slowed_from_wherever_it_is_tried_and_forgotten_after_a_while():
    now = [1000.0]
    counted = Slowing(lambda: now[0])
    waits = [counted.wait(f"192.0.2.{n}", "anna") for n in range(9)]
    assert waits[: slowing.FREE] == [0.0] * slowing.FREE
    assert waits == sorted(waits)
    assert waits[-1] == slowing.LONGEST
    assert counted.wait("192.0.2.100", "ben") == 0
    now[0] += slowing.FORGET
    assert counted.wait("192.0.2.1", "anna") == 0


def test_an_address_is_slowed_whatever_names_it_tries_later_than_a_name():
    counted = Slowing(lambda: 0.0)
    waits = [counted.wait("192.0.2.1", f"name-{n}") for n in range(200)]
    assert waits[:30] == [0.0] * 30  # a class behind one address mistypes without harm
    assert waits[-1] == slowing.LONGEST


def test_what_is_remembered_has_a_bound():
    counted = Slowing(lambda: 0.0)
    for n in range(3 * slowing.MOST):
        counted.wait(f"address-{n}", f"name-{n}")
    assert len(counted.wrong) == slowing.MOST
    begun = [counted.begin(f"address-{n}", "anna") for n in range(2 * slowing.MOST_TRIES)]
    assert sum(begun) == slowing.MOST_TRIES
    for n in range(slowing.MOST_TRIES):
        counted.end(f"address-{n}", "anna")
    assert counted.under_way == {}
