"""A running lesson: who may do what, how often, and what happens then; the server puts it on the network."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import secrets
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tornado.locks import Condition

from tumen.core import Problem
from tumen.lesson import agenda, allowed, held, views
from tumen.lesson.agenda import Chapter
from tumen.lesson.state import OPEN, PAGES, Journal, Lesson

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
CODE, KEY = 5, 24
HOME = ("127.0.0.1", "::1")
LEAST = 0.2  # seconds between two looks at the wall, however fast answers come


class Room:
    """One lesson as it runs; raises `Problem` where something is asked that cannot be.

    `who` is a phone, known by the digest of the secret in its cookie. `pictures` are those of `pictures.drawn`, by task.
    """

    def __init__(self, chapter: Chapter, folder: Path, guide: str, clock: Callable[[], float] = time.time):
        self.lesson, self.clock, self.folder = Lesson(chapter), clock, folder
        self.plans, self.roles = agenda.plans(guide), agenda.roles(guide)
        self.pictures: dict[str, dict] = {}
        self.journal = Journal(folder / f".lesson-{chapter.stem}.journal")
        self.key, self.ended = "", asyncio.Event()
        self.phone_bell, self.wall_bell = Condition(), Condition()  # whoever waits for news
        self.asks = allowed.Rate(40, 4)  # a phone: a page's worth at once, then four a second
        self.joins = allowed.Rate(200, 5)  # an address: a class behind one at once, then five a second
        self.requests = allowed.Rate(1200, 150)  # an address, whatever it asks
        self._begin()

    def _begin(self) -> None:
        for event in self.journal.events():
            self.key = event.get("key", self.key) if event.get("do") == "begin" else self.key
            try:
                self.lesson.apply(event)
            except (KeyError, TypeError, ValueError):
                continue  # a line that another hand has changed
        self.taken_up = bool(self.lesson.code and self.key)
        if not self.taken_up:
            self.key = secrets.token_urlsafe(KEY)
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
            self._do(
                "begin", code=code, key=self.key, when=dt.datetime.now().astimezone().isoformat(timespec="minutes")
            )

    def _do(self, what: str, **event) -> None:
        event = {"do": what, **event}
        self.journal.add(event)
        self.lesson.apply(event)
        self.wall_bell.notify_all()
        if what not in ("answer", "join", "leave", "hands", "show", "line", "unclear"):
            self.phone_bell.notify_all()

    # --- phones -------------------------------------------------------------------------------------

    def known(self, secret: str) -> str | None:
        """The phone whose cookie holds this secret, None where none does."""
        who = hashlib.sha256(secret.encode()).hexdigest()[:16]
        return who if who in self.lesson.devices else None

    def join(self, address: str) -> str:
        """Let one more phone in, and return its secret; a phone that never answered gives way where all places are taken."""
        devices = self.lesson.devices
        if address not in HOME and sum(d["from"] == address for d in devices.values()) >= allowed.FROM_ONE_ADDRESS:
            raise Problem(
                f"{allowed.FROM_ONE_ADDRESS} phones came from this address already; no more can join from it."
            )
        if len(devices) >= allowed.DEVICES:
            if (silent := self.lesson.silent()) is None:
                raise Problem(f"{allowed.DEVICES} phones are in this lesson already; no more can join.")
            self._do("leave", who=silent)
        secret = secrets.token_urlsafe(KEY)
        who = hashlib.sha256(secret.encode()).hexdigest()[:16]
        self._do("join", who=who, roles=len(self.roles), **{"from": address})
        return secret

    def answer(self, who: str, key: str, round_: int, value) -> str:
        """Take a phone's answer to the open question, in place of an earlier one; returns how a number was read."""
        now = self.lesson.now
        if now is None or now.key != key or len(self.lesson.rounds) != round_:
            raise Problem("Another question is being asked now; your answer was not taken.")
        if now.state != OPEN:
            raise Problem("The question is closed; your answer was not taken.")
        kept, said = allowed.answer(self.lesson.chapter.task(key), value)
        if now.answers.get(who) != kept:
            self._do("answer", who=who, value=kept)
        return said

    def unclear(self, who: str, claim: str, line, drop: bool) -> None:
        """Take a phone's mark on a claim, with a line or without; `drop` takes it back."""
        if claim not in [c.id for c in self.lesson.chapter.claims]:
            raise Problem("There is no such claim in this lesson.")
        words = "" if drop else allowed.text(line, allowed.LINE, needed=False)
        self._do("unclear", who=who, claim=claim, line=words, drop=drop)

    def phone(self, who: str) -> dict:
        """What that phone is told now."""
        return views.phone(self.lesson, who, self.roles)

    # --- the teacher --------------------------------------------------------------------------------

    def wall(self) -> dict:
        """What the projector shows now."""
        return views.wall(self.lesson, self.pictures, self.roles, self.plans, self.clock())

    def desk(self) -> dict:
        """What the teacher sees now."""
        return views.desk(self.lesson, self.pictures, self.roles, self.plans, self.clock())

    def command(self, asked: Mapping) -> str:
        """Do what the teacher asks; returns a sentence where there is something to say."""
        do = asked.get("do")
        if do == "open":
            self.lesson.chapter.task(str(asked.get("key")))
            self._do("open", key=str(asked["key"]))
        elif do in ("close", "tell"):
            self._do(do)
        elif do == "hands":
            self._hands(asked.get("value"), asked.get("count"))
        elif do in ("show", "line"):
            extra = {"claim": str(asked.get("claim"))} if do == "line" else {}
            self._do(do, who=str(asked.get("who")), on=bool(asked.get("on")), **extra)
        elif do == "page" and asked.get("page") in PAGES:
            self._do("page", page=asked["page"])
        elif do == "plan" and asked.get("plan") in ("", *self.plans):
            self._do("plan", plan=asked["plan"], at=self.clock())
        elif do == "pause":
            self._do("pause", at=self.clock())
        elif do == "skip" and (now := views.clock(self.lesson, self.plans, self.clock())):
            self._do("skip", seconds=now["left"])
        elif do == "deal":
            self._do("deal", seed=secrets.randbits(32), roles=len(self.roles))
        elif do == "file":
            return f"Written: {self.write().name}, in the folder where the lesson was started."
        elif do == "end":
            self.end()
        else:
            raise Problem("The lesson does not know how to do that.")
        return ""

    def _hands(self, value, count) -> None:
        now = self.lesson.now
        if now is None or now.state != OPEN:
            raise Problem("A show of hands is entered while its question is open.")
        if not isinstance(count, int) or not 0 <= count <= allowed.DEVICES:
            raise Problem(f"A show of hands is a number from 0 to {allowed.DEVICES}.")
        kept, _ = allowed.answer(self.lesson.chapter.task(now.key), value)
        self._do("hands", value=kept if isinstance(kept, str) else repr(kept), count=count)

    def write(self) -> Path:
        """Write the file of the lesson into its folder: counts, numbers and the texts that were shown, nobody's name."""
        return held.write(self.lesson, self.folder)

    def end(self) -> None:
        """End the lesson: what it kept for a restart is gone."""
        self.journal.close(forget=True)
        self.ended.set()


def tagged(doc: dict, leave_out: str = "") -> tuple[str, str]:
    """A document as JSON and a tag of its content, without the part that changes by itself."""
    told = json.dumps(doc, ensure_ascii=False)
    same = told if not leave_out else json.dumps({k: v for k, v in doc.items() if k != leave_out}, ensure_ascii=False)
    return told, f"{zlib.crc32(same.encode()):08x}"
