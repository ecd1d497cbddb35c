"""A frozen dataclass of which Python writes and compiles one method, not six: of sixty such classes that is a twentieth of opening a chapter."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls=None, /, *, kw_only: bool = False):
    """Make a class a dataclass that does not change and is compared, hashed and written by its fields; what it defines itself stays."""
    if cls is None:
        return lambda cls: frozen(cls, kw_only=kw_only)
    own = set(vars(cls)) - ({"__hash__"} if vars(cls).get("__hash__") is None else set())
    made = dataclass(eq=False, repr=False, kw_only=kw_only)(cls)
    made._compared = _getter(f.name for f in fields(made) if f.compare)
    made._hashed = _getter(f.name for f in fields(made) if (f.compare if f.hash is None else f.hash))
    for name, method in SHARED.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _getter(names):
    """What gives the values of these fields as a tuple; of one field twice, since of one it would give the bare value."""
    names = tuple(names)
    return attrgetter(*(names if len(names) > 1 else 2 * names)) if names else staticmethod(lambda _: ())


def _equal(self, other):
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == other._compared(other)


def _hash(self):
    return hash(self._hashed(self))


@recursive_repr()
def _words(self):
    told = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({told})"


def _once(self, name, value):
    """Take a field's value, once: that is when the object is made."""
    if name in self.__dict__ or name not in self.__dataclass_fields__:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _delete(self, name):
    raise FrozenInstanceError(f"cannot delete field {name!r}")


SHARED = {"__eq__": _equal, "__hash__": _hash, "__repr__": _words, "__setattr__": _once, "__delattr__": _delete}
