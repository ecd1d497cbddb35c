"""Every analysis is a table first: rows of plain numbers and words, and one sentence that reads them."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.core import Model

A_SHARE = "That is a share of these cases, not a chance that the claim is true."


class Table:
    """What every result here can do; a result says its rows and its reading, this says the rest."""

    def rows(self) -> list[dict]:
        """The result as rows of plain numbers and words, ready for JSON; None where there is no answer."""
        raise NotImplementedError

    def reading(self) -> str:
        """The result in one sentence."""
        raise NotImplementedError

    def to_frame(self):
        """The rows as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.rows())

    def as_dict(self) -> dict:
        """The rows and the reading, ready for JSON."""
        return {"reading": self.reading(), "rows": self.rows()}


def case_of(model: Model, inputs: Mapping | None = None) -> str:
    """The setting a sentence speaks of: the starting case, a course's or a reader's case by its title, or another one."""
    if inputs is not None and dict(inputs) != model.start:
        return "this setting"
    return f"the case “{model.case_title}”" if model.case_title else "the starting case"


def named(label: str) -> str:
    """A quantity's label as it stands in a sentence: in quotation marks, since labels follow no grammar."""
    return f"“{label}”"


def in_hundred(share: float) -> str:
    """A share of cases in words, never rounded to all or none unless it is."""
    if share in (0.0, 1.0):
        return "all cases" if share else "none of the cases"
    if share < 0.005:
        return "fewer than 1 of 100 cases"
    if share > 0.995:
        return "more than 99 of 100 cases"
    return f"{round(100 * share)} of 100 cases"
