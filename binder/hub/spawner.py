"""A student's server: JupyterHub's own local spawner, under the student's account and within limits."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import accounts
import limits
from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer, Unicode

PATHS = "/usr/local/bin:/usr/bin:/bin"


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
        return limits.Group(self.user.name)

    def user_env(self, env):
        """Nothing of the administrator's environment but the language; the student's home, shell and sockets."""
        mine = {k: v for k, v in env.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")}
        mine |= {"USER": self.account.system, "HOME": str(self.account.work), "SHELL": "/bin/bash"}
        mine["PATH"] = f"{self.environment_folder}/bin:{PATHS}"
        mine["JUPYTER_RUNTIME_DIR"] = str(self.account.run)
        return mine

    def make_preexec_fn(self, name):
        """What the new process does before it becomes the student's server: limits first, as root, then the account."""
        account, group = self.account, self.group
        refused = group.set(self.mem_limit, self.cpu_limit, self.processes)
        for what, why in refused.items():
            self.log.warning("No limit on %s for all of %s's processes together: %s", what, name, why)
        become = super().make_preexec_fn(account.system)
        memory, processes = self.mem_limit, self.processes

        def start():
            group.join()
            os.umask(0o077)
            limits.confine(memory, processes)
            become()

        return start

    async def stop(self, now=False):
        """Stop the server, then whatever the student's processes left behind."""
        await super().stop(now)
        await asyncio.to_thread(self.group.end)
