"""Signing in: a name of the class list and the code the teacher handed out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import classlist
from jupyterhub.auth import Authenticator
from traitlets import Unicode


class ClassAuthenticator(Authenticator):
    """Lets in who is in the class list now and knows the code."""

    class_list = Unicode(help="The path of the class list, a name a line.").tag(config=True)
    codes_file = Unicode(help="The path of the hashed codes.").tag(config=True)

    def names(self) -> list[str]:
        """The names in the list as it is now: a name struck out is out at once, or within five minutes if signed in."""
        return classlist.read(Path(self.class_list))

    async def authenticate(self, handler, data):
        """The name, if it is in the class and the code fits."""
        name, code = data["username"].strip().lower(), data["password"][:100]
        fits = await asyncio.to_thread(classlist.Codes(Path(self.codes_file)).fits, name, code)
        return name if fits and name in self.names() else None

    def check_allowed(self, username, authentication=None):
        """Whether the name is in the class."""
        return username in self.names()

    async def refresh_user(self, user, handler=None):
        """Who is no longer in the class has to sign in again, and cannot."""
        return user.name in self.names()
