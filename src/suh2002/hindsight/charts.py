"""The pictures of the hindsight theme, by the key of what they draw."""

from suh2002.hindsight import charts_break as breaks
from suh2002.hindsight import charts_graph as graph
from suh2002.hindsight import charts_ledger as ledger
from suh2002.hindsight import charts_ways as ways

PICTURES = {
    "hindsight.break": breaks.BREAK,
    "hindsight.scan": breaks.SCAN,
    "hindsight.three_ways": ways.THREE_WAYS,
    "hindsight.graph": graph.GRAPH,
    "hindsight.then": ledger.THEN,
    "hindsight.since": ledger.SINCE,
    "hindsight.carried": ledger.CARRIED,
    "hindsight.known": ledger.KNOWN,
}
