"""The hand-in as a reader sees it: the file, and what is in it, in words."""

from __future__ import annotations

import json
from contextlib import suppress
from html import escape
from pathlib import Path
from urllib.parse import quote

from tumen.core.files import patiently
from tumen.course.handin import write_hand_in
from tumen.page.session import Session
from tumen.tasks.answers_file import as_text


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


def hand_in(session: Session, student: str = "") -> HandedIn:
    """Write the hand-in of the session's folder: what stands in the boxes, recorded or not."""
    session.keep_all()
    try:
        return HandedIn(*write_hand_in(session.folder, student, session.answers))
    finally:
        session.was_handed_in()


def handed_in(folder: Path) -> dict[str, str]:
    """What the newest hand-in in a folder holds, by key, as it stands in a box; nothing where there is none to read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        newest = max(folder.glob("hand-in-*.json"), key=lambda path: path.stat().st_mtime)
        answers = json.loads(patiently(newest.read_bytes, 0.2))["answers"]
        return {key: as_text({"value": entry.get("typed", entry["value"])}) for key, entry in answers.items()}
    return {}
