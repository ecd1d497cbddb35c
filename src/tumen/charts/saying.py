"""Whose the numbers of a model are."""

from __future__ import annotations

from tumen.core import Model


def whose(model: Model) -> str:
    """Which numbers are the report's, which stand in a table, and that the rest are ours, from their declarations."""
    own = {basis: [q for q in model.quantities if q.basis == basis] for basis in ("report", "data", "assumption")}
    parts = []
    if own["report"]:
        parts.append("The report's: " + ", ".join(f"{q.label} ({q.source})" for q in own["report"]) + ".")
    if own["data"]:
        parts.append("From the tables: " + ", ".join(f"{q.label} ({_row(q.source)})" for q in own["data"]) + ".")
    ours = ", ".join(q.label for q in own["assumption"])
    if ours and not parts:
        parts.append("Every number put in is an assumption of ours.")
    elif ours:
        parts.append(
            f"Assumptions of ours: {ours}." if len(own["assumption"]) < 3 else "The rest are assumptions of ours."
        )
    return " ".join(parts)


def _row(source: str) -> str:
    table, _, row = source.partition(":")
    return f"row {row} of the {table.replace('_', ' ')} table" if row else source
