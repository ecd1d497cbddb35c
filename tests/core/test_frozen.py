"""A frozen class of ours does what a frozen dataclass does, by fewer compiled methods."""

import math
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, asdict, dataclass, field, fields, replace
from inspect import signature

import numpy as np
import pytest


@dataclass(frozen=True)
class Pair:
    """Two values, of which the second tells nothing apart."""

    first: object
    second: object = field(default=0, hash=False)


@dataclass(frozen=True)
class Peer:
    """The same by Python's own decorator."""

    first: object
    second: object = field(default=0, hash=False)


@dataclass(frozen=True)
class Alone:
    only: object


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True, kw_only=True)
class Named:
    unit: str
    quiet: int = field(default=3, repr=False, compare=False)


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Taking:
    """Every way in which a field is given."""

    first: object
    second: int = 2
    third: list = field(default_factory=list)
    fixed: str = field(default="f", init=False)
    _: KW_ONLY
    fourth: object
    fifth: int = 5

    def __post_init__(self):
        object.__setattr__(self, "sum", self.second + self.fifth)


@dataclass(frozen=True)
class TakingPeer:
    """The same by Python's own decorator."""

    first: object
    second: int = 2
    third: list = field(default_factory=list)
    fixed: str = field(default="f", init=False)
    _: KW_ONLY
    fourth: object
    fifth: int = 5

    def __post_init__(self):
        object.__setattr__(self, "sum", self.second + self.fifth)


@dataclass(frozen=True)
class Wider(Taking):
    """One that inherits, with a field in another's place and one more."""

    second: int = 20
    sixth: int = 6


@dataclass(frozen=True)
class WiderPeer(TakingPeer):
    """The same by Python's own decorator."""

    second: int = 20
    sixth: int = 6


CALLS = [
    ((1,), {"fourth": 4}),
    ((1, 3, [0]), {"fourth": 4, "fifth": 50}),
    ((), {"first": 1, "fourth": 4, "third": []}),
    ((1, 2, [], 9), {"fourth": 4}),
    ((), {}),
    ((1,), {}),
    ((1, 2, 3, 4, 5), {"fourth": 4}),
    ((1,), {"fourth": 4, "first": 2}),
    ((1,), {"fourth": 4, "fixed": "g"}),
    ((1,), {"fourth": 4, "sum": 1}),
    ((), {"fourth": 4}),
]


@pytest.mark.parametrize(("ours", "peer"), [(Taking, TakingPeer), (Wider, WiderPeer)])
@pytest.mark.parametrize(("given", "named"), CALLS)
def test_it_takes_what_python_s_takes(ours, peer, given, named):
    try:
        made = peer(*given, **named)
    except TypeError:
        with pytest.raises(TypeError, match=f"^{ours.__name__}: "):
            ours(*given, **named)
        return
    got = ours(*given, **named)
    assert asdict(got) == asdict(made)
    assert got.sum == made.sum
    assert vars(got) == vars(made)


@pytest.mark.parametrize(("ours", "peer"), [(Taking, TakingPeer), (Wider, WiderPeer)])
def test_it_says_what_it_takes(ours, peer):
    mine, theirs = signature(ours), signature(peer)
    assert list(mine.parameters) == list(theirs.parameters)
    for name, p in mine.parameters.items():
        assert p.kind is theirs.parameters[name].kind
        assert (p.default is p.empty) == (theirs.parameters[name].default is p.empty)


def test_a_list_of_its_own_for_each():
    one, two = Taking(1, fourth=4), Taking(1, fourth=4)
    assert one.third == two.third == [] and one.third is not two.third


def test_what_holds_itself_is_written_all_the_same():
    held = []
    one = Alone(held)
    held.append(one)
    assert repr(one) == "Alone(only=[...])"
