"""The notebooks of a folder as a reader meets them: the numbered chapters, then the other pages; and what each is called."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tumen.core.home import home

NUMBERED = re.compile(r"\d\d-.+")
HEAD = 4000  # letters of a notebook's file within which its first heading stands


def titled(path: Path) -> str:
    """A notebook's title, from the head of its file, or its name in words."""
    words = re.sub(r"[-_]+", " ", path.stem)
    try:
        with path.open(encoding="utf-8") as file:
            head = file.read(HEAD)
    except (OSError, UnicodeDecodeError):
        return words
    for line in re.findall(r'"#\s(?:[^"\\]|\\.)*"', head):
        return plain(json.loads(line).lstrip("#").splitlines()[0]) or words
    return words


def plain(text: str) -> str:
    """A heading without Markdown's marks."""
    return re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", text).strip()


def numbered(folder: Path) -> dict[str, Path]:
    """The chapters of a folder in order, by their numbers, such as 02."""
    return {p.stem[:2]: p for p in _notebooks(folder) if NUMBERED.fullmatch(p.stem)}


def beside(folder: Path) -> list[Path]:
    """The pages that brief.toml names, in its order, as they lie in a folder of notebooks."""
    there = {p.stem: p for p in _notebooks(folder)}
    return [there[stem] for stem in home(folder).meta.pages if stem in there]


def ordered(folder: Path) -> list[Path]:
    """Every notebook of a folder: its chapters, the pages beside them, and whatever else lies there, by name."""
    known = [*numbered(folder).values(), *beside(folder)]
    return [*known, *(p for p in _notebooks(folder) if p not in known)]


def _notebooks(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*.ipynb") if not p.name.startswith("."))
