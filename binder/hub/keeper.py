"""The hub's own helper: stops idle servers, and sees out who is no longer in the class or was given another code."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import classlist
from jupyterhub.httpclient import JupyterHubHTTPClient, fetch

PAGE = 50  # users asked for at once
LOOK, PAUSE = 2.0, 30.0  # seconds between two looks at the list, and between two rounds where it has not changed


def moment(text: str | None) -> float:
    """A time as the hub writes it, in seconds since 1970."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() if text else 0.0


def say(words: str) -> None:
    """A line for the hub's log."""
    print(words, file=sys.stderr, flush=True)


class Keeper:
    """`ask(method, path)` asks the hub; `codes` and `members` are the class; `idle` are seconds."""

    def __init__(self, ask, members: classlist.ClassList, codes: classlist.Codes, idle: float):
        self.ask, self.members, self.codes, self.idle = ask, members, codes, idle
        self.missing: set[str] = set()

    async def round(self, now: float) -> None:
        """Look at every user once."""
        users = await self._users()
        names, given = set(self.members.names()), self.codes.all_given()
        # a list may be half written when it is read: out is who was missing twice
        before, self.missing = self.missing, {u["name"] for u in users} - names
        for user in users:
            name = user["name"]
            if name in before & self.missing or moment(user.get("created")) < given.get(name, 0):
                say(f"{name} is out: the name is struck out or has a new code.")
                await self.ask("DELETE", f"users/{quote(name, safe='')}")
                continue
            server = user.get("servers", {}).get("")
            if server and server["ready"] and now - moment(server["last_activity"] or server["started"]) > self.idle:
                await self.ask("DELETE", f"users/{quote(name, safe='')}/server")

    async def _users(self) -> list[dict]:
        found: list[dict] = []
        while len(page := await self.ask("GET", f"users?offset={len(found)}&limit={PAGE}")) == PAGE:
            found += page
        return found + page


async def ask(method: str, path: str):
    """What the hub answers; a refusal (a server that is just starting) is tried again in the next round."""
    header = {"Authorization": f"token {os.environ['JUPYTERHUB_API_TOKEN']}"}
    url = f"{os.environ['JUPYTERHUB_API_URL']}/{path}"
    answer = await fetch(url, method=method, headers=header, raise_for_status=method == "GET")
    text = await answer.text()
    if not answer.ok:
        say(f"The hub refused {method} {path}: {answer.status}.")
    return json.loads(text) if text and answer.ok else None


async def main(class_list: str, hub: str, idle: str) -> None:
    """Keep house until the hub ends."""
    folder = Path(hub) / "state"
    members = classlist.ClassList(Path(class_list), folder / "class.json", say)
    keeper = Keeper(ask, members, classlist.Codes(folder / "codes.json"), float(idle))
    seen, last = None, 0.0
    try:
        while True:
            now, found = datetime.now(UTC).timestamp(), (members.names(), keeper.codes.all_given())
            if found != seen or keeper.missing or now - last >= min(PAUSE, float(idle) / 2):
                seen, last = found, now
                await keeper.round(now)
            await asyncio.sleep(LOOK)
    finally:
        await JupyterHubHTTPClient.loop_instance().close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C in the teacher's terminal reaches this process too
        # not in the command line, which every account of the machine can see
        asyncio.run(main(*(os.environ[f"TUMEN_HUB{name}"] for name in ("_CLASS", "", "_IDLE"))))
