"""What the tests of fidelity read: the report, where it stands beside the project, and every text of the project."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORT = ROOT.parent / "shared" / "report" / "sentences.tsv"
KINDS = {".py", ".md", ".toml", ".csv", ".ipynb", ".json", ".html", ".js", ".txt", ".cff"}
PLACES = ("src", "data", "workbooks", "tests", "binder", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff")
BUILT = {"node_modules", "__pycache__", ".ipynb_checkpoints"}

needs_report = pytest.mark.skipif(
    not REPORT.is_file(), reason=f"the report is not at ../{REPORT.relative_to(ROOT.parent)}"
)


def sentences() -> dict[str, str]:
    """The report's sentences by place, such as S2P3.4; none where it is not beside the project."""
    if not REPORT.is_file():
        return {}
    lines = REPORT.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines)


def files() -> list[Path]:
    """Every file of words in the project, as paths within it."""
    found = []
    for place in PLACES:
        here = ROOT / place
        found += here.rglob("*") if here.is_dir() else [here]
    kept = [f for f in found if f.is_file() and f.suffix in KINDS and not BUILT & set(f.parts)]
    return sorted(f.relative_to(ROOT) for f in kept)


def whole(path: Path) -> str:
    """A file's text without the bytes of its pictures."""
    text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
    return re.sub(r'data:image[^"\')]*|"image/png": "[^"]*"', " ", text)


def passages(path: Path) -> list[str]:
    """What a reader meets in a file, in pieces: cells of a table or a notebook, paragraphs, strings."""
    text = whole(path)
    if path.suffix == ".csv":
        return [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    if path.suffix == ".ipynb":
        cells = json.loads((ROOT / path).read_text(encoding="utf-8"))["cells"]
        return ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    if path.suffix == ".py":
        text = re.sub(r'"\s*\n\s*f?"', "", text)  # a string broken over lines
        return text.split("\n")
    if path.suffix == ".html":
        text = re.sub(r"<[^>]+>", " ", text)
    return re.split(r"\n\s*\n|\n(?=[-|#])|\n(?=\w+ = )", text)
