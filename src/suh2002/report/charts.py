"""The pictures of the whole report, by the key of what they draw."""

from suh2002.report.charts_provinces import MAP
from suh2002.report.charts_timeline import TIMELINE

PICTURES = {"report.timeline": TIMELINE, "report.map": MAP}
