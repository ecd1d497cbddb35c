"""Public names are documented, say what they raise, and their examples are true."""

import ast
import doctest
import importlib
from pathlib import Path

import pytest

import tumen

ROOT = Path(tumen.__file__).parent
FILES = [p for p in sorted(ROOT.rglob("*.py")) if "_shipped" not in p.parts]
LIBRARY = (
    "core",
    "evidence",
    "analysis",
    "themes",
    "tasks",
    "lesson",
    "course",
)  # in apps and commands a fault is told, not raised
KINDS = (ast.FunctionDef, ast.ClassDef)


def public(body):
    """Every public function, class and method, with the class it stands in."""
    for node in body:
        if isinstance(node, KINDS) and not node.name.startswith("_"):
            yield node, None
            if isinstance(node, ast.ClassDef):
                yield from ((m, node) for m, _ in public(node.body))


def raises_problem(node) -> bool:
    """Whether a function's own text raises `Problem`."""
    raised = (n.exc for n in ast.walk(node) if isinstance(n, ast.Raise))
    return any(isinstance(e, ast.Call) and ast.unparse(e.func) == "Problem" for e in raised)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_name_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert not text.strip() or ast.get_docstring(tree)
    faults = []
    for node, within in public(tree.body):
        said = ast.get_docstring(node) or ""
        bases = within is not None and within.bases  # a method may keep the words of the one it replaces
        if not said and not bases:
            faults.append(f"{node.name}: no docstring")
        if said and not said.split("\n\n")[0].endswith((".", "?")):
            faults.append(f"{node.name}: its first paragraph is no sentence")
        about = said + (ast.get_docstring(within) or "" if within else "")
        library = path.relative_to(ROOT).parts[0] in LIBRARY
        if (
            library
            and isinstance(node, ast.FunctionDef)
            and raises_problem(node)
            and "raise" not in about.lower()
            and "Problem" not in about
        ):
            faults.append(f"{node.name}: raises Problem and does not say so")
    assert faults == []


WITH_EXAMPLES = [p for p in FILES if ">>> " in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_are_true(path):
    dotted = ".".join(("tumen", *path.relative_to(ROOT).with_suffix("").parts))
    found = doctest.testmod(importlib.import_module(dotted))
    assert found.attempted and not found.failed


def test_there_are_examples():
    assert len(WITH_EXAMPLES) >= 10
