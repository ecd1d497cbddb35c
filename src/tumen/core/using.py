"""The case a model runs under, known to whatever reads a table of evidence while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from tumen.core.model import Model

if TYPE_CHECKING:
    from tumen.core.case import Case

_CASE: ContextVar[Case | None] = ContextVar("the case in use", default=None)


def case_in_use() -> Case | None:
    """The case of the innermost `using` block, or None."""
    return _CASE.get()


@contextmanager
def using(case: Case) -> Iterator[None]:
    """Have tables read inside the block as this case puts them."""
    token = _CASE.set(case)
    try:
        yield
    finally:
        _CASE.reset(token)


def run_under(case: Case, model: Model, title: str) -> Model:
    """A copy of a model whose every function reads the tables of evidence as a case puts them."""

    def within(function: Callable | None) -> Any:
        if function is None:
            return None

        @wraps(function)
        def called(*args, **kwargs):
            with using(case):
                return function(*args, **kwargs)

        return called

    each = model.each
    return replace(
        model,
        each=each and (lambda inputs: run_under(case, each(inputs), title)),
        run=within(model.run),
        check=within(model.check),
        verdict=within(model.verdict),
        findings=tuple(replace(f, margin=within(f.margin)) for f in model.findings),
        case_title=title,
        origin=model.origin or model,
    )
