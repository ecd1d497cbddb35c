"""The small objects everything else stands on: numbers, models, cases, break-evens."""

from tumen.core.breakeven import Flip, find_flips
from tumen.core.case import Case, Override
from tumen.core.errors import Problem, nearest, refused_where
from tumen.core.model import Finding, Model, Output
from tumen.core.quantity import Entry, Quantity, assumed, one_of, stated
from tumen.core.result import Result, Verdict, once, one_or_many

__all__ = [
    "Case",
    "Entry",
    "Finding",
    "Flip",
    "Model",
    "Output",
    "Override",
    "Problem",
    "Quantity",
    "Result",
    "Verdict",
    "assumed",
    "find_flips",
    "nearest",
    "once",
    "one_of",
    "one_or_many",
    "refused_where",
    "stated",
]
