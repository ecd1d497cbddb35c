"""Tumen: a Jupyter workbook that takes one policy report's argument apart, with respect.

A notebook uses eight verbs: recall, read, predict, show, explore, ask, argue and progress. Seven more open the
whole report: ledger, verdicts, argument, tensions, traps, vintages and glossary; notes and memo write the
reader's own record and conclusion, forecast asks for a chance and scores judges it, and hand_in, in a course, the file to send in. For those who want to
compute, table gives the evidence behind a picture as a pandas DataFrame. All are loaded on first use, so that ``import tumen`` costs no more than importing NumPy.
"""

__version__ = "0.1.0"

VERBS = (
    "argue",
    "ask",
    "explore",
    "predict",
    "progress",
    "read",
    "recall",
    "show",
    "argument",
    "forecast",
    "glossary",
    "hand_in",
    "ledger",
    "memo",
    "notes",
    "scores",
    "tensions",
    "traps",
    "verdicts",
    "vintages",
)
__all__ = ["VERBS", "table", *VERBS]


def __getattr__(name):
    if name in VERBS:
        from tumen.page import verbs

        return getattr(verbs, name)
    if name == "table":
        from tumen.page.frame import table

        return table
    raise AttributeError(f"tumen has no verb or name {name!r}; the verbs are {', '.join(VERBS)}, and there is table")


def __dir__():
    return sorted([*globals(), "table", *VERBS])
