"""A frozen dataclass whose methods are shared by all, not written and compiled for each.

Python compiles six methods for every frozen dataclass, which was a twentieth of opening a chapter. Everything else of a
dataclass is as it is: `field`, `fields`, `replace`, `asdict`, `__post_init__`.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from inspect import Parameter, Signature
from operator import attrgetter
from reprlib import recursive_repr
from typing import dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls=None, /, *, kw_only: bool = False):
    """Make a class a frozen dataclass that is compared and hashed by its fields; what it defines itself stays, and what inherits is made so too."""
    if cls is None:
        return lambda cls: frozen(cls, kw_only=kw_only)
    own = set(vars(cls)) - ({"__hash__"} if vars(cls).get("__hash__") is None else set())
    made = dataclass(init=False, eq=False, repr=False, kw_only=kw_only)(cls)
    every = fields(made)
    made._compared = _getter(f.name for f in every if f.compare)
    made._hashed = _getter(f.name for f in every if (f.compare if f.hash is None else f.hash))
    made._positional = tuple(f.name for f in every if f.init and not f.kw_only)
    made._taken = frozenset(f.name for f in every if f.init)
    made._defaults = {f.name: f.default for f in every if f.init and f.default is not MISSING}
    made._factories = {f.name: f.default_factory for f in every if f.default_factory is not MISSING}
    made.__signature__ = _Signature()
    for name, method in SHARED.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _getter(names):
    """What gives the values of these fields as a tuple; of one field twice, since of one it would give the bare value."""
    names = tuple(names)
    return attrgetter(*(names if len(names) > 1 else 2 * names)) if names else staticmethod(lambda _: ())


def _fill(self, /, *given, **named):
    values = self.__dict__
    values.update(self._defaults)
    if given:
        values.update(zip(self._positional, given, strict=False))
    values.update(named)
    for name, make in self._factories.items():
        if name not in values:
            values[name] = make()
    first = self._positional[: len(given)]
    if len(first) < len(given) or not (
        named.keys().isdisjoint(first) and self._taken.issuperset(named) and self._taken.issubset(values)
    ):
        try:
            type(self).__signature__.bind(*given, **named)
        except TypeError as fault:
            raise TypeError(f"{type(self).__name__}: {fault}") from None
    if post := getattr(self, "__post_init__", None):
        post()


class _Signature:
    """What a class takes, for whoever asks: worked out when it is asked for."""

    def __get__(self, one, kind) -> Signature:
        taken = sorted((f for f in fields(kind) if f.init), key=lambda f: f.kw_only)
        return Signature([
            Parameter(
                f.name,
                Parameter.KEYWORD_ONLY if f.kw_only else Parameter.POSITIONAL_OR_KEYWORD,
                default=_default(f),
                annotation=f.type,
            )
            for f in taken
        ])  # fmt: skip


def _default(f):
    if f.default is not MISSING:
        return f.default
    return Parameter.empty if f.default_factory is MISSING else f.default_factory


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


def _set(self, name, value):
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self, name):
    raise FrozenInstanceError(f"cannot delete field {name!r}")


SHARED = {
    "__init__": _fill,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _words,
    "__setattr__": _set,
    "__delattr__": _delete,
}
