"""The whole report: its timeline, a schematic map, who is who, and numbers that trap."""

from suh2002.report.exhibits import MAP, TIMELINE, TRAPS, WHO

EXHIBITS = (TIMELINE, MAP, WHO, TRAPS)
