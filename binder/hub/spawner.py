"""A student's server: JupyterHub's own local spawner, under the student's account, at a socket and within limits."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
from pathlib import Path

import accounts
import aiohttp
import jupyterhub.objects
import jupyterhub.spawner
import limits
from jupyterhub.httpclient import fetch
from jupyterhub.spawner import LocalProcessSpawner, SpawnException
from sqlalchemy import event
from traitlets import Integer, Unicode

PATHS = "/usr/local/bin:/usr/bin:/bin"
SCHEME = "http+unix"
NO_PORT = 1  # stands where JupyterHub would draw a port; nothing of a student's listens at one
LOOK = 0.1  # seconds between two looks at a server that starts
ENDED = (
    "Your server ended while it was starting. Start it once more; if it ends again, tell your teacher: "
    "a settings file of yours (folder .jupyter) or a full disk may be the cause, and the server's log says more."
)


def draw_no_ports() -> None:
    """Keep JupyterHub from drawing ports it would not use: a student who holds all free ones would stop it there."""
    for module in (jupyterhub.objects, jupyterhub.spawner):
        module.random_port = lambda: NO_PORT
    event.listen(jupyterhub.orm.Server, "init", lambda _made, _given, named: named.setdefault("port", NO_PORT))


class StudentSpawner(LocalProcessSpawner):
    """Starts `student.py` as the student; when the server stops, ends all the student left running."""

    students = Unicode(help="The folder that holds a folder for each student.").tag(config=True)
    environment_folder = Unicode(help="The virtual environment the servers run in.").tag(config=True)
    processes = Integer(200, help="How many processes and threads a student may have.").tag(config=True)

    @property
    def account(self) -> accounts.Account:
        """The account of this server's student."""
        return accounts.find(self.user.name, Path(self.students))

    @property
    def group(self) -> limits.Group:
        """The control group of this server's student."""
        return limits.Group(self.account.system)

    @property
    def server(self):
        """The server's address; JupyterHub's table keeps hosts and ports, so the socket is put in wherever it is read."""
        found = super().server
        if found is not None and found.proto == SCHEME:
            found.connect_url = accounts.socket_url(self.account.way)
        return found

    @server.setter
    def server(self, given):
        jupyterhub.spawner.Spawner.server.fset(self, given)

    def user_env(self, env):
        """Nothing of the administrator's environment but the language; the student's home, shell and sockets."""
        mine = {k: v for k, v in env.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")}
        mine |= {"USER": self.account.system, "HOME": str(self.account.work), "SHELL": "/bin/bash"}
        mine["PATH"] = f"{self.environment_folder}/bin:{PATHS}"
        mine["JUPYTER_RUNTIME_DIR"] = str(self.account.run)
        return mine

    def get_env(self):
        """As JupyterHub has it, with the socket for the address."""
        env = super().get_env()
        env["JUPYTERHUB_SERVICE_URL"] = accounts.socket_url(self.account.socket) + env["JUPYTERHUB_SERVICE_PREFIX"]
        return env

    def get_args(self):
        """As JupyterHub has them, and the socket."""
        return [*super().get_args(), f"--ServerApp.sock={self.account.socket}"]

    def make_preexec_fn(self, name):
        """What the new process does before it becomes the student's server: limits first, as root, then the account."""
        account, group = self.account, self.group
        refused = group.set(self.mem_limit, self.cpu_limit, self.processes)
        for what, why in refused.items():
            self.log.warning("No limit on %s for all of %s's processes together: %s", what, name, why)
        become = super().make_preexec_fn(account.system)
        memory, processes, work = self.mem_limit, self.processes, account.work

        def start():
            group.join()
            os.umask(0o077)
            limits.confine(memory, processes)
            become()
            os.chdir(work)

        return start

    async def start(self):
        """Start the server; its address, once it answers there. Raises `SpawnException` as soon as it has ended."""
        account, self.port = self.account, NO_PORT
        for old in (account.way, account.socket):
            with contextlib.suppress(OSError):
                old.unlink()
        await super().start()
        url = accounts.socket_url(account.way)
        while not (reachable(account) and await answers(f"{url}{self.server.base_url}api")):
            status = await self.poll()
            if status is not None:
                log = f"{self.user.name}'s server ended while it was starting, with exit status {status}."
                ended = SpawnException(ENDED, reason="ended", log_message=log)
                ended.jupyterhub_message = ENDED  # what the page of a start that failed shows
                raise ended
            await asyncio.sleep(LOOK)
        return url

    async def stop(self, now=False):
        """Stop the server, then whatever the student's processes left behind."""
        await super().stop(now)
        await asyncio.to_thread(self.group.end)
        self.account.way.unlink(missing_ok=True)


def reachable(account: accounts.Account) -> bool:
    """Give the proxy its way to the socket the server has made, which has to be a socket and the student's own."""
    try:
        os.link(account.socket, account.way, follow_symlinks=False)
    except FileExistsError:  # given at an earlier look
        pass
    except OSError:
        return False
    made = account.way.lstat()
    if stat.S_ISSOCK(made.st_mode) and made.st_uid == account.uid:
        return True
    account.way.unlink()
    return False


async def answers(url: str) -> bool:
    """Whether a server answers."""
    try:
        async with asyncio.timeout(10):
            answer = await fetch(url, raise_for_status=False, allow_redirects=False)
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
    answer.release()
    return answer.status < 500
