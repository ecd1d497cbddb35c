"""The hand-in as a reader sees it: the file, and what is in it, in words."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from tumen.apps.desk import Desk
from tumen.course.handin import write_hand_in


class HandedIn:
    """A hand-in that was written: `path` is the file, `sentences` say what is in it."""

    def __init__(self, path: Path, sentences: list[str]):
        self.path, self.sentences = path, sentences

    def __repr__(self):
        return "\n".join(self.sentences)

    def _repr_html_(self):
        items = "".join(f"<li>{escape(s)}</li>" for s in self.sentences)
        link = f'<a href="{quote(self.path.name)}" target="_blank">open {escape(self.path.name)}</a>'
        return f"<ul>{items}</ul><p>{link}</p>"


def hand_in(desk: Desk, student: str = "") -> HandedIn:
    """Write the hand-in of the desk's folder."""
    return HandedIn(*write_hand_in(desk.folder, student))
