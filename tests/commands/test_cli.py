"""The command itself: help, version, slips, and a reader that goes away."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tumen import __version__, cli


def test_without_a_command_it_says_what_there_is(tumen):
    ran = tumen()
    assert ran.status == 0
    for command in ("lab", "run", "models", "claims", "check"):
        assert re.search(rf"^ +{command} ", ran.out, re.MULTILINE)


@pytest.mark.parametrize("command", [[], ["run"], ["lab"], ["models"], ["claims"], ["check"]])
def test_every_command_has_a_page_of_help(capsys, command):
    with pytest.raises(SystemExit) as left:
        cli.main([*command, "--help"])
    assert left.value.code == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("usage: tumen")
    assert printed.err == ""


def test_the_version(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"tumen {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "there is no command 'rnu'; the nearest is 'run'"),
        (["modles"], "the nearest is 'models'"),
        (["xyzzy"], "valid names are"),
        (["--jsn"], "--jsn"),
        (["lab", "--port", "http"], "--port needs a whole number in digits; 'http' is none."),
        (["models", "counting"], "unrecognized arguments: counting"),
    ],
)
def test_a_slip_gets_one_line_and_status_2(tumen, arguments, said):
    assert said in tumen(*arguments).refusal


def test_an_interrupt_is_no_traceback(tumen, monkeypatch):
    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr("tumen.commands.listing.do_models", interrupted)
    assert tumen("models").status == 130


def installed():
    beside = Path(sys.executable).with_name("tumen")
    return str(beside) if beside.is_file() else shutil.which("tumen")


@pytest.mark.skipif(not installed(), reason="the command is not installed here")
def test_the_installed_command_runs_refuses_and_survives_a_closed_pipe(tmp_path):
    def run(*arguments, **more):
        plain = {k: v for k, v in os.environ.items() if k != "TUMEN_STRICT"}
        return subprocess.run(
            [installed(), *arguments], cwd=tmp_path, env=plain, capture_output=True, text=True, timeout=120, **more
        )

    good = run("run", "counting.ceiling", "--set", "hosts=854000", "--set", "hosting_share=.3", "--json")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith('{"model": "counting.ceiling", "inputs": {"hosts": 854000.0')
    bad = run("run", "counting.ceiling", "--set", "hots=1")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr == "tumen: counting.ceiling has no quantity 'hots'; the nearest is 'hosts'.\n"
    with subprocess.Popen(
        [installed(), "claims"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as gone:
        gone.stdout.close()
        told = gone.stderr.read()
        gone.wait(60)
    assert b"Traceback" not in told
