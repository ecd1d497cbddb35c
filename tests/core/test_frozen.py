"""A frozen class of ours does what a frozen dataclass does, by fewer compiled methods."""

import math
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import numpy as np
import pytest

from tumen.core.frozen import frozen


@frozen
class Pair:
    """Two values, of which the second tells nothing apart."""

    first: object
    second: object = field(default=0, hash=False)


@dataclass(frozen=True)
class Peer:
    """The same by Python's own decorator."""

    first: object
    second: object = field(default=0, hash=False)


@frozen
class Alone:
    only: object


@frozen
class Empty:
    pass


@frozen(kw_only=True)
class Named:
    unit: str
    quiet: int = field(default=3, repr=False, compare=False)


@frozen
class OfItsOwn:
    x: int

    def __eq__(self, other):
        return isinstance(other, OfItsOwn)

    def __hash__(self):
        return 7

    def __repr__(self):
        return "ours"


@pytest.mark.parametrize("values", [(1, 2), ("a",), (None, (1, 2)), (math.nan,), ({}, 1)])
def test_compared_hashed_and_written_as_python_does(values):
    ours, again, peer, twin = Pair(*values), Pair(*values), Peer(*values), Peer(*values)
    assert (ours == again) == (peer == twin)
    assert repr(ours) == repr(peer).replace("Peer", "Pair")
    assert [f.name for f in fields(ours)] == [f.name for f in fields(peer)]
    try:
        hash(peer)
    except TypeError:
        with pytest.raises(TypeError):
            hash(ours)
    else:
        assert hash(ours) == hash(again) == hash(replace(ours, second=9))


def test_another_class_is_never_equal():
    assert Pair(1, 2) != Peer(1, 2)
    assert Pair(1, 2) != (1, 2)
    assert Pair(1, 2) != Pair(1, 3)


def test_one_field_is_compared_as_a_tuple_of_it():
    array = np.arange(3)
    assert Alone(array) == Alone(array)
    assert Alone(math.nan) != Alone(float("nan"))
    assert hash(Alone("a")) == hash(Alone("a"))


def test_no_field_and_fields_that_do_not_count():
    assert Empty() == Empty() and len({Empty(), Empty()}) == 1
    assert Named(unit="m", quiet=1) == Named(unit="m", quiet=2)
    assert repr(Named(unit="m")) == "Named(unit='m')"
    with pytest.raises(TypeError):
        Named("m")


def test_what_a_class_defines_itself_stays():
    assert OfItsOwn(1) == OfItsOwn(2) and hash(OfItsOwn(1)) == 7 and repr(OfItsOwn(1)) == "ours"


def test_it_cannot_be_changed_and_can_be_replaced_and_carried():
    one = Pair(1, 2)
    with pytest.raises(FrozenInstanceError):
        one.first = 3
    with pytest.raises(FrozenInstanceError):
        del one.second
    with pytest.raises(FrozenInstanceError):
        one.third = 3
    assert replace(one, first=3) == Pair(3, 2)
    assert pickle.loads(pickle.dumps(one)) == one


@frozen
class Wider(Pair):
    """One that inherits, with a default of its own and one field more."""

    second: object = 20
    sixth: int = 6


def test_what_inherits_is_made_alike():
    assert Wider(1) == Wider(1, 20, 6) != Wider(1, 2)
    assert repr(Wider(1)) == "Wider(first=1, second=20, sixth=6)"
    with pytest.raises(FrozenInstanceError):
        Wider(1).sixth = 7


@frozen
class Checked:
    share: float
    told: str = field(default="", init=False)

    def __post_init__(self):
        object.__setattr__(self, "told", f"{100 * self.share:g} per cent")


def test_a_class_may_fill_a_field_of_its_own_when_it_is_made():
    assert Checked(0.5).told == "50 per cent"
    with pytest.raises(TypeError, match="unexpected"):
        Checked(0.5, none=1)
