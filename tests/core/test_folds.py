"""Which cells of a notebook wait under a folded heading."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from tumen.core.folds import MARK, folds, level


def cells(*sources: str):
    """A cell each: `+ ` before a heading folds it, what has no heading is code."""
    made = []
    for source in sources:
        folded, text = source.startswith("+ "), source.removeprefix("+ ")
        made.append(
            new_markdown_cell(text, metadata={MARK: True} if folded else {}) if "#" in text else new_code_cell(text)
        )
    return made


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (["# T", "a"], [(0, False), (0, False), (0, False)]),
        (["# T", "+ ## A", "a", "## B"], [(0, False), (0, True), (0, False), (1, False), (0, False)]),
        (["+ ## A", "+ ### B", "a"], [(0, True), (0, True), (0, False), (2, False)]),
        (["+ ## A", "+ ### B", "### C", "# D"], [(0, True), (0, True), (1, False), (1, False), (0, False)]),
        (["+ ### A", "words\n\n## B\n\nmore"], [(0, True), (1, False), (0, False)]),
        (["+ ## A", "```\n## no heading\n```", "#hash"], [(0, True), (0, False), (0, False), (1, False)]),
    ],
)
def test_a_folded_section_ends_at_the_next_heading_of_the_same_or_a_higher_level(sources, found):
    assert folds(cells(*sources)) == found


def test_a_mark_without_a_heading_folds_nothing():
    bare = new_markdown_cell("words", metadata={MARK: True})
    assert folds([bare]) == [(0, False), (0, False)]
    assert level("words\n\n### C\n\n## B") == 2


def test_a_notebook_made_anew_and_a_courses_copy_keep_the_mark(tmp_path):
    from tumen.commands.notebooks import normal
    from tumen.course.copies import master

    path = tmp_path / "10-own.ipynb"
    nbformat.write(normal(nbformat.v4.new_notebook(cells=cells("# T", "+ ## A", "a")), path.stem), path)
    for kept in (nbformat.read(path, as_version=4).cells, master("10-own", tmp_path)):
        assert [c["metadata"] for c in kept] == [{}, {MARK: True}, {}]
