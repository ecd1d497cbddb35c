"""The pictures of the whole report, by the key of what they draw."""

from dataclasses import replace

from tumen.charts.argument import MAP as ARGUMENT
from tumen.charts.argument import Drawn
from tumen.charts.provinces import MAP
from tumen.charts.timeline import TIMELINE
from tumen.evidence.argument import argument


def _whole(_rows=None) -> Drawn:
    """The argument with nothing taken away, each claim with its status at the time of writing."""
    found = argument()
    status = {id: p.claim.status_at_writing for id, p in found.points.items() if p.claim}
    return Drawn(found, found.without(), {}, status)


PICTURES = {
    "report.timeline": TIMELINE,
    "report.map": MAP,
    "report.argument": replace(
        ARGUMENT,
        rows=lambda rows, start=None: ARGUMENT.rows(_whole()),
        words=lambda rows, start=None: ARGUMENT.words(_whole()),
    ),
}
