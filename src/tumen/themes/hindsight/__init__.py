"""Hindsight: what the years since allow one to infer, and what they do not."""

from tumen.themes.hindsight.models import BREAK, MODELS

EXHIBITS = ()
break_ = BREAK  # the word itself is Python's

__all__ = ["EXHIBITS", "MODELS", "break_"]
