"""A reader's answers: one answers.json beside the notebook, written whole or not at all, by one writer at a time, with what a text was before."""

from __future__ import annotations

import datetime as dt
import errno
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import PATIENCE, in_turn, patiently, write_atomic
from tumen.core.frozen import frozen
from tumen.tasks.answers_file import VERSION, Newer, as_text, read, with_text, written

MUCH = 12  # characters taken out of a text at which it counts as replaced, and not as written on


def taken_out(old: str, new: str) -> int:
    """How many characters of an old text a new one has lost, between what both begin and what both end with."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    return len(old) - start - end


NAME = "answers.json"
DRAFT = "draft"  # the state of what stands in a box and was not recorded
HALF = 0.3  # seconds after which a file that is no answers file is read once more: it may be half copied


@frozen
class Change:
    """What is to be written: an answer, or a draft of one (`state` is then DRAFT), and when it was given."""

    value: object
    state: str
    when: str
    instead: dict | None = None  # the fuller text that a draft has taken the place of
    late: bool = False  # whether it could not be written when it was given

    @property
    def entry(self) -> dict:
        """It as it stands in the file."""
        return {"value": self.value, "when": self.when}


class Answers:
    """The answers of one folder, by task key: `entries` as recorded, `drafts` as typed and not recorded, `history`.

    Each entry is a dict with `value`, `state` (right, close, wrong, recorded, skipped), `tries` and `when`; a draft has
    `value` and `when`. Every write takes its turn and reads the file again first, so that pages of one folder keep each
    other's answers; of two texts the later stands and the earlier goes into the history. What cannot be written stays
    here and is written with the next, and `trouble` says so. A file that is none of ours is put aside under another
    name, never overwritten; one that cannot be read for now is left as it is.
    """

    def __init__(self, folder: str | Path = "."):
        self.path = Path(folder) / NAME
        self.trouble = ""
        self._file: dict = {}  # as it was last read or written
        self._unsaved: list[tuple[str, Change]] = []
        self._fullest: dict[str, dict] = {}  # what stood in a box when letters last came to it
        self._derive()
        self.reload()
        self._shown = {key: self.text(key) for key in {*self.entries, *self.drafts}}  # as this page last knew them

    # --- reading ------------------------------------------------------------------------------------

    def reload(self, patience: float = PATIENCE) -> None:
        """Read the file again, if there is one; what is not written yet is laid over it."""
        try:
            self._file = self._read(patience)
        except OSError as e:
            self.trouble = (
                f"{NAME} could not be read ({e.strerror}). It is left as it is and tried again; until then new answers "
                "are kept only until you close the notebook."
            )
        self._derive()

    def _read(self, patience: float) -> dict:
        """The file's content, the last known where there is none; raises `OSError` where it cannot be read for now."""
        why = ""
        for again in (True, False):
            try:
                if not self.path.is_dir():
                    return read(patiently(self.path.read_bytes, patience))
                break
            except FileNotFoundError:
                return self._file
            except (ValueError, KeyError, TypeError, RecursionError) as fault:
                if again:
                    time.sleep(HALF)
                why = f" ({fault})" if isinstance(fault, Newer) else ""
        self._put_aside(why)
        return self._file

    def _put_aside(self, why: str) -> None:
        n = 1
        while (aside := self.path.with_name(f"answers-unreadable-{n}.json")).exists():
            n += 1
        try:
            self.path.rename(aside)
        except OSError:
            raise OSError(errno.EBUSY, "it is no answers file, and cannot be moved aside") from None
        self.trouble = f"{NAME} could not be read{why}; it is kept as {aside.name} and a new one begun."

    def _derive(self) -> None:
        """Lay what is not written yet over what the file holds."""
        self.entries, self.drafts, self.history = (
            dict(self._file.get(k, {})) for k in ("answers", "drafts", "history")
        )
        for key, change in self._unsaved:
            self._lay(key, change)

    def get(self, key: str) -> dict | None:
        """The entry of that task, or None."""
        return self.entries.get(key)

    def text(self, key: str) -> str:
        """What stands in the box of that task: the draft, else what was recorded."""
        return as_text(self.drafts.get(key) or self.entries.get(key))

    def show(self, key: str) -> str:
        """That text, for a page that now shows it: what it replaces there need not go into the history again."""
        self._shown[key] = self.text(key)
        return self._shown[key]

    def when(self, key: str) -> str:
        """When that text was given, in ISO 8601; nothing where there is none."""
        return str((self.drafts.get(key) or self.entries.get(key) or {}).get("when") or "")

    def standing(self) -> dict[str, dict]:
        """What stands in every box: the entries, with each draft that is not empty in place of what was recorded."""
        drafts = {k: {**self.entries.get(k, {}), **d, "state": DRAFT} for k, d in self.drafts.items()}
        return {**self.entries, **{k: d for k, d in drafts.items() if as_text(d).strip()}}

    # --- writing ------------------------------------------------------------------------------------

    def put(self, key: str, value, state: str, patience: float = PATIENCE) -> dict:
        """Record an answer and write the file; raises `Problem` where it cannot be written, and keeps it for later."""
        self._fullest.pop(key, None)
        self._change(key, Change(value, state, _now("seconds")), patience)
        return self.entries[key]

    def draft(self, key: str, text: str, patience: float = PATIENCE) -> None:
        """Keep what stands in a box and is not recorded; raises `Problem` as `put` does."""
        change = Change(text, DRAFT, _now("milliseconds"))
        before = self.drafts.get(key) or change.entry
        fullest = self._fullest.get(key) or before
        shrunk = len(as_text(fullest)) - len(text) >= MUCH  # even where it went letter by letter
        instead = fullest if shrunk else before if taken_out(as_text(before), text) >= MUCH else None
        self._fullest[key] = change.entry if instead or len(text) > len(as_text(before)) else fullest
        self._change(key, replace(change, instead=instead), patience)

    def flush(self, patience: float = PATIENCE) -> None:
        """Write what could not be written; raises `Problem` where it still cannot."""
        if self._unsaved:
            self._save(patience)

    @property
    def waiting(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._unsaved)

    def _change(self, key: str, change: Change, patience: float) -> None:
        drafts = [(k, c) for k, c in self._unsaved if k == key and c.state == DRAFT]
        self._unsaved = [c for c in self._unsaved if c not in drafts]
        self._unsaved.append((key, change))
        self._lay(key, change)
        self._save(patience)

    def _save(self, patience: float) -> None:
        try:
            with in_turn(self.path, patience):
                self._file = self._read(patience)
                self._derive()
                parts = {"answers": self.entries, "drafts": self.drafts, "history": self.history}
                doc = {"version": VERSION, **self._file, **parts}
                doc = {k: v for k, v in doc.items() if v or k not in ("drafts", "history")}
                write_atomic(self.path, written(doc), patience)
        except OSError as e:
            self._unsaved = [(key, replace(change, late=True)) for key, change in self._unsaved]
            why = e.strerror or "the folder does not answer"
            self.trouble = (
                f"{NAME} could not be written here ({why}); your answer is kept until you close the notebook."
            )
            raise Problem(self.trouble) from None
        if "could not be written" in self.trouble or "left as it is" in self.trouble:
            self.trouble = ""
        self._file = doc
        self._shown |= {key: self.text(key) for key, _ in self._unsaved}
        self._unsaved = []

    # --- one change -----------------------------------------------------------------------------------

    def _lay(self, key: str, change: Change) -> None:
        """Lay a change over what the file holds; of two texts the later stands, the earlier goes into the history."""
        there = self.drafts.get(key) or self.entries.get(key)
        strange = there is not None and as_text(there) not in (self._shown.get(key), as_text(change.entry))
        if there is not None and strange and change.late and str(there.get("when") or "")[:19] > change.when[:19]:
            self._remember(key, change.entry)
            return
        if there is not None and strange:  # another page's, which this one never showed
            self._remember(key, there)
        if change.state == DRAFT:
            if change.instead:
                self._remember(key, change.instead)
            self._lay_draft(key, change.entry)
        else:
            self._lay_entry(key, {**change.entry, "state": change.state})

    def _lay_draft(self, key: str, mine: dict) -> None:
        self.drafts[key] = mine
        if as_text(mine) == as_text(self.entries.get(key)):
            del self.drafts[key]

    def _lay_entry(self, key: str, mine: dict) -> None:
        was = self.entries.get(key, {})
        if as_text(was) != as_text(mine):
            self._remember(key, was)
        tries = was.get("tries", 0)
        self.entries[key] = {**mine, "tries": tries + 1 if isinstance(tries, int) else 1}
        if mine["state"] != "skipped":
            self.drafts.pop(key, None)

    def _remember(self, key: str, entry: Mapping) -> None:
        if kept := with_text(self.history.get(key, []), entry):
            self.history[key] = kept


def _now(to: str) -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec=to)
