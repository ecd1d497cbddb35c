"""Signing in: a name of the class list and the code the teacher handed out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import classlist
import slowing
from jupyterhub.auth import Authenticator
from tornado.web import HTTPError
from traitlets import Any, Unicode

HELLO = "Sign in with the name and the code your teacher gave you."
KEPT = "For the teacher: the class list cannot be used as it is now, so the last good one holds. The server's log says why."


def announcement(members: classlist.ClassList) -> str:
    """What stands above the sign-in."""
    members.names()
    return f"{HELLO} {KEPT}" if members.trouble else HELLO


class ClassAuthenticator(Authenticator):
    """Lets in who is in the class list now and knows the code."""

    class_list = Unicode(help="The path of the class list, a name a line.").tag(config=True)
    last_good = Unicode(help="The path of the last class list that could be used.").tag(config=True)
    codes_file = Unicode(help="The path of the hashed codes.").tag(config=True)
    members = Any(help="The class, read once it is asked for.")
    slowing = Any(help="The wrong codes there were.")
    looking = Any(help="The one thread that hashes codes: however many are tried at once, one is looked at.")

    def __init__(self, **given):
        super().__init__(**given)
        good = Path(self.last_good) if self.last_good else None
        self.members = classlist.ClassList(Path(self.class_list), good, self.log.warning)
        self.slowing = slowing.Slowing()
        self.looking = ThreadPoolExecutor(1, "codes")

    def names(self) -> list[str]:
        """The names in the list as it is now; where it cannot be used, in the last good one, which the log says once."""
        return self.members.names()

    def spelt(self, typed: str) -> str:
        """A name as the class list spells it, "" where it has none such."""
        return next((name for name in self.names() if classlist.same(name) == classlist.same(typed)), "")

    def normalize_username(self, username):
        """The name as the class list spells it."""
        return self.spelt(username) or username

    async def authenticate(self, handler, data):
        """The name, if it is in the class and the code fits; raises `HTTPError`, a sentence, where it has to wait.

        What was typed as a name and is none goes no further, so that neither the log nor the page repeats it: it may
        be a code.
        """
        name, code, address = self.spelt(data.get("username", "")), data.get("password", "")[:100], _address(handler)
        data["username"] = name
        if not self.slowing.begin(address, name):
            raise HTTPError(429, "Too many tries at once. Wait a few seconds, then sign in again.")
        try:
            fits = classlist.Codes(Path(self.codes_file)).fits
            if await asyncio.get_running_loop().run_in_executor(self.looking, fits, name, code) and name:
                self.slowing.right(name)
                return self._fresh(name, handler)
            await asyncio.sleep(self.slowing.wait(address, name))
            return None
        finally:
            self.slowing.end(address, name)

    def _fresh(self, name: str, handler) -> str:
        """The name, once every session that an earlier code opened has been ended (by the keeper, within seconds)."""
        user = handler.find_user(name) if handler is not None else None
        if user is not None and self.outdated(user):
            raise HTTPError(
                503, "Your new code is right; your earlier sign-ins are being ended. Try again in a few seconds."
            )
        return name

    def outdated(self, user) -> bool:
        """Whether somebody came in as this user before the name's code was given."""
        created = getattr(user, "created", None)
        if not isinstance(created, datetime):
            return False
        given = classlist.Codes(Path(self.codes_file)).all_given()
        return created.replace(tzinfo=UTC).timestamp() < given.get(user.name, 0)

    def check_allowed(self, username, authentication=None):
        """Whether the name is in the class."""
        return username in self.names()

    async def refresh_user(self, user, handler=None):
        """Who is no longer in the class, or came in with an earlier code, has to sign in again."""
        return user.name in self.names() and not self.outdated(user)


def _address(handler) -> str:
    """Where a request came from: the last address the proxy wrote down, as those before it are the sender's own words."""
    if handler is None:
        return ""
    noted = handler.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return noted[:64] or handler.request.remote_ip or ""
