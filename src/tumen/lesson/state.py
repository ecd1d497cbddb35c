"""The state of a lesson, made of what happened in it: each event changes it alone, so that a journal, a line an event, restores it whole."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tumen.core import Problem
from tumen.lesson.agenda import Chapter

LARGEST = 50_000_000  # bytes; the busiest lesson the limits allow stays far below


class Journal:
    """The events of one lesson in a file that its owner alone can read; raises `Problem` where it cannot be kept.

    A line is written before its event is answered, so what was acknowledged survives the end of the process. A line that
    was cut off by a fault of the machine is passed over.
    """

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self._file = None

    def events(self) -> Iterator[dict]:
        """The events kept so far, oldest first."""
        try:
            if self.path.stat().st_size > LARGEST:
                raise Problem(f"{self.path.name} is too large for a lesson; move it away and begin a new one.")
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as e:
            raise Problem(
                f"{self.path.name} cannot be read ({e.strerror}); move it away to begin a new lesson."
            ) from None
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                yield event

    def add(self, event: Mapping) -> None:
        """Keep one event."""
        try:
            if self._file is None:
                handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                self._file = os.fdopen(handle, "ab", buffering=0)
                if self.path.stat().st_size:
                    self._file.write(b"\n")  # should the last line have been cut off
            self._file.write(json.dumps(event, ensure_ascii=True).encode() + b"\n")
        except OSError as e:
            raise Problem(
                f"{self.path.name} cannot be written here ({e.strerror}); what was answered before is kept."
            ) from None

    def close(self, forget: bool = False) -> None:
        """Let go of the file, and with `forget` take it away."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if forget:
            self.path.unlink(missing_ok=True)


# --- the state of a lesson, made of what happened in it -------------------------------------------

OPEN, CLOSED, TOLD = "open", "closed", "told"
PAGES = ("join", "question", "unclear", "roles")
MOST_UNCLEAR = 20  # claims that one phone may name


@dataclass
class Round:
    """One putting of one question: the answers by phone, a show of hands by answer, the phones whose texts are shown."""

    key: str
    state: str = OPEN
    answers: dict[str, float | str] = field(default_factory=dict)
    hands: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many have answered, by phone or by hand."""
        return len(self.answers) + sum(self.hands.values())


@dataclass
class Lesson:
    """A lesson on one chapter: its `rounds` in order, the last of them the one in hand."""

    chapter: Chapter
    code: str = ""
    devices: dict[str, dict] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    page: str = "join"
    unclear: dict[str, dict[str, str]] = field(default_factory=dict)  # by phone: claim -> line
    lines: list[list[str]] = field(default_factory=list)  # [phone, claim] of the lines that are shown
    plan: str = ""
    started: float = 0.0  # the clock at which the plan began, moved on by every pause
    paused: float = 0.0
    dealt: dict[str, int] = field(default_factory=dict)
    began: str = ""

    @property
    def now(self) -> Round | None:
        """The round in hand."""
        return self.rounds[-1] if self.rounds else None

    def apply(self, event: Mapping) -> None:
        """Let one event happen; those that make no sense in this state change nothing."""
        do = getattr(self, f"_{event.get('do', '')}", None)
        if do:
            do(event)

    # --- phones -------------------------------------------------------------------------------------

    def _begin(self, e) -> None:
        self.code, self.began = e["code"], e["when"]

    def _join(self, e) -> None:
        self.devices[e["who"]] = {"from": e["from"]}
        if self.dealt:
            self.dealt[e["who"]] = _rarest(self.dealt, e.get("roles", 1))

    def _leave(self, e) -> None:
        self.devices.pop(e["who"], None)
        self.dealt.pop(e["who"], None)

    def _answer(self, e) -> None:
        now = self.now
        if now and now.state == OPEN and e["who"] in self.devices:
            now.answers[e["who"]] = e["value"]

    def _unclear(self, e) -> None:
        mine = self.unclear.setdefault(e["who"], {})
        if e.get("drop"):
            mine.pop(e["claim"], None)
        elif e["claim"] in mine or len(mine) < MOST_UNCLEAR:
            mine[e["claim"]] = e["line"]
        self.lines = [pair for pair in self.lines if pair != [e["who"], e["claim"]]]  # a changed line is looked at anew

    # --- the teacher --------------------------------------------------------------------------------

    def _open(self, e) -> None:
        self._set(CLOSED, OPEN)
        self.rounds.append(Round(e["key"]))
        self.page = "question"

    def _close(self, e) -> None:
        self._set(CLOSED, OPEN)

    def _tell(self, e) -> None:
        self._set(TOLD, CLOSED)

    def _set(self, state: str, was: str) -> None:
        if self.now and self.now.state == was:
            self.now.state = state

    def _hands(self, e) -> None:
        if self.now and self.now.state == OPEN:
            self.now.hands.pop(e["value"], None)
            if e["count"] > 0:
                self.now.hands[e["value"]] = e["count"]

    def _show(self, e) -> None:
        now = self.now
        if now and now.state in (CLOSED, TOLD) and (e["who"] in now.answers or e["who"] in now.hands):
            now.shown = [w for w in now.shown if w != e["who"]] + ([e["who"]] if e["on"] else [])

    def _line(self, e) -> None:
        pair = [e["who"], e["claim"]]
        if e["claim"] in self.unclear.get(e["who"], {}):
            self.lines = [p for p in self.lines if p != pair] + ([pair] if e["on"] else [])

    def _page(self, e) -> None:
        if e["page"] in PAGES:
            self.page = e["page"]

    def _plan(self, e) -> None:
        self.plan, self.started, self.paused = e["plan"], e["at"], 0.0

    def _pause(self, e) -> None:
        if self.plan and not self.paused:
            self.paused = e["at"]
        elif self.plan:
            self.started, self.paused = self.started + e["at"] - self.paused, 0.0

    def _skip(self, e) -> None:
        if self.plan:
            self.started -= e["seconds"]

    def _deal(self, e) -> None:
        who = sorted(self.devices)
        random.Random(e["seed"]).shuffle(who)
        self.dealt = {w: i % e["roles"] for i, w in enumerate(who)}
        self.page = "roles"

    # --- what can be said of it -----------------------------------------------------------------------

    def elapsed(self, at: float) -> float:
        """Seconds of the plan that have passed by a clock, pauses left out."""
        return max(0.0, (self.paused or at) - self.started) if self.plan else 0.0

    def confused(self) -> list[tuple[str, int]]:
        """The claims that were called unclear, the most often called first, with how many called them so."""
        places = [c.id for c in self.chapter.claims]
        counts = Counter(claim for mine in self.unclear.values() for claim in mine)
        return sorted(counts.items(), key=lambda pair: (-pair[1], places.index(pair[0])))

    def silent(self) -> str | None:
        """The phone that joined first among those that never answered; None where each has."""
        heard = {w for r in self.rounds for w in r.answers} | {w for w, mine in self.unclear.items() if mine}
        return next((w for w in self.devices if w not in heard), None)


def _rarest(dealt: Mapping[str, int], roles: int) -> int:
    counts = Counter(dealt.values())
    return min(range(max(1, roles)), key=lambda i: (counts[i], i))
