"""A chapter's cell that is run before its first one is answered in a sentence, not by a traceback.

Kernels load this as an IPython extension, from the configuration that comes with the package; of any other notebook
it changes nothing: it answers only for the names that a chapter's first cell brings.
"""

from __future__ import annotations

SENTENCE = "Run the first cell of this page first, or all of them: Run → Run All Cells. What you wrote is kept."


def names() -> frozenset[str]:
    """The names that the first cells of chapters bring: the library's, and each chapter's of the brief in use."""
    from tumen.core import Problem
    from tumen.core.home import home

    try:
        return frozenset({"tumen", "check", *home().meta.chapters})
    except Problem:
        return frozenset({"tumen", "check"})


def load_ipython_extension(shell) -> None:
    """Let the shell answer a missing name of a chapter's first cell with the sentence."""

    def answer(shell, kind, fault, trace, tb_offset=None):
        if "tumen" in shell.user_ns or getattr(fault, "name", None) not in names():
            return shell.showtraceback((kind, fault, trace), tb_offset=tb_offset)
        print(SENTENCE)
        return []

    shell.set_custom_exc((NameError,), answer)
