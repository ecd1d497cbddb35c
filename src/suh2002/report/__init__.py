"""The whole report: its timeline, a schematic map, who is who, and numbers that trap."""

from suh2002.report.exhibits import MAP, TIMELINE, WHO
from suh2002.report.traps import TRAPS

EXHIBITS = (TIMELINE, MAP, WHO, TRAPS)
