"""Hindsight: what the years since allow one to infer, and what they do not (the whole report)."""

from suh2002.hindsight.exhibits import ARROW_TABLE, CARRIED, EXHIBITS, KNOWN, SINCE, THEN
from suh2002.hindsight.models import BREAK, GRAPH
from suh2002.hindsight.models_windows import SCAN, THREE_WAYS

MODELS = (BREAK, SCAN, THREE_WAYS, GRAPH)
break_ = BREAK  # the word itself is Python's
scan, three_ways, graph = SCAN, THREE_WAYS, GRAPH
then, since, carried, known, arrows = THEN, SINCE, CARRIED, KNOWN, ARROW_TABLE

__all__ = [
    "EXHIBITS",
    "MODELS",
    "arrows",
    "break_",
    "carried",
    "graph",
    "known",
    "scan",
    "since",
    "then",
    "three_ways",
]
