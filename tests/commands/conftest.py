"""A hand at the command line."""

import json
from dataclasses import dataclass

import pytest

from tumen.cli import main


@dataclass
class Ran:
    """What one command left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a refused command."""
        assert self.status == 2
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert self.err.startswith("tumen: ")
        assert self.err.endswith(".\n")
        assert "Traceback" not in self.err
        return self.err.removeprefix("tumen: ").rstrip("\n")


@pytest.fixture(autouse=True)
def begun(monkeypatch):
    """How often the store would have been filled behind what runs."""
    out = []
    monkeypatch.setattr("tumen.commands.lab.begin", lambda: out.append(1))
    return out


@pytest.fixture
def tumen(capsys, monkeypatch, tmp_path):
    """A function that runs the command `tumen` with these arguments, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments) -> Ran:
        capsys.readouterr()
        status = main([str(a) for a in arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return ran
