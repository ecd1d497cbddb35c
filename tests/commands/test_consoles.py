"""The command line on consoles of other encodings, with names and numbers that no file and no formula can take."""

import json
import os
import random
import re
import subprocess
import sys
import warnings

import pytest

from tumen.brief import models

SIZES = ("1e-320", "5e-324", "1e-13", "1e16", "1e300", "1.7e308", "-1e308", "9" * 400, "1e15", "-1e15", "1e-12")
LONG = "x" * 300
NUMBERS = [(key, q.key) for key, m in models().items() for q in m.quantities if q.kind in ("number", "fixed")]


def spoken(encoding, *arguments, errors=""):
    environment = os.environ | {"PYTHONIOENCODING": encoding + errors, "PYTHONUTF8": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "tumen.cli", *arguments], env=environment, capture_output=True, timeout=300
    )
    assert b"Traceback" not in ran.stderr
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "ascii"])
def test_a_console_of_another_encoding_gets_every_answer(encoding):
    status, out, err = spoken(encoding, "run", "counting.quiet")
    assert (status, err) == (0, b"")
    assert "Silence counts" in out.decode(encoding)
    status, _, err = spoken(encoding, "run", "한국어")
    assert status == 2
    assert "there is no model" in err.decode(encoding)


def test_letters_that_a_console_lacks_stand_as_plainly_as_can_be():
    out = spoken("ascii", "claims", "S2P3")[1].decode("ascii")
    assert "Korean Chinese" in out
    assert spoken("ascii", "run", "Ünï–x’")[2].decode("ascii").startswith("tumen: there is no model 'Uni-x")


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "ascii", "utf-8"])
def test_no_console_costs_json_a_letter(encoding):
    everywhere = json.loads(spoken("utf-8", "models", "--json")[1])
    assert json.loads(spoken(encoding, "models", "--json")[1].decode(encoding)) == everywhere


def test_no_console_costs_a_table_a_letter():
    whole = spoken("utf-8", "data", "gdr", "--csv")[1].decode("utf-8")
    assert not whole.isascii()
    assert spoken("ascii", "data", "gdr", "--csv")[1].decode("utf-8-sig").splitlines() == whole.splitlines()


@pytest.mark.parametrize(
    "arguments",
    [
        ("case", "check", f"{LONG}.toml"),
        ("case", "read", LONG),
        ("site", LONG, "--no-pdf"),
        ("site", "--no-pdf", "--workbooks", LONG),
        ("course", "new", LONG),
        ("course", "build", LONG),
        ("course", "grade", LONG),
        ("course", "worksheets", LONG),
        ("data", LONG),
        ("data", "arrivals", "--case", LONG),
        ("data", "arrivals", "--as-of", LONG),
        ("claims", LONG),
        ("run", LONG),
        ("run", "counting.quiet", "--case", LONG),
        ("run", "counting.quiet", "--set", f"{LONG}=1"),
        ("run", "counting.quiet", "--set", f"prior={LONG}"),
        ("run", "counting.ratio", "--set", f"people=1:{'9' * 400}:5"),
        ("flip", LONG),
        ("lab", "--port", LONG),
    ],
)
def test_a_name_of_hundreds_of_letters_gets_one_readable_line(tumen, arguments):
    said = tumen(*arguments).refusal
    assert max(map(len, said.split())) <= 80


def sizes_of(key, name, seed):
    draw = random.Random(f"{key} {name} {seed}")
    yield from (("run", key, "--set", f"{name}={size}") for size in draw.sample(SIZES, 4))
    first, last = draw.sample(SIZES, 2)
    yield "run", key, "--json", "--set", f"{name}={first}:{last}:5"
    yield "run", key, "--sample", "128", "--range", f"{name}={first}:{last}"
    yield "flip", key, "--set", f"{name}={first}"
    yield "sensitivity", key, "--sample", "64", "--set", f"{name}={last}"
    yield "sensitivity", key, "--sample", "64", "--range", f"{name}={last}:{first}"


@pytest.mark.parametrize("key", sorted(models()))
def test_sizes_beyond_reason_give_a_sentence_or_a_sensible_number(tumen, key):
    for name in (name for model, name in NUMBERS if model == key):
        for arguments in sizes_of(key, name, 0):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                ran = tumen(*arguments)
            assert ran.status in (0, 2), arguments
            if ran.status == 2:
                assert ran.err.count("\n") == 1, arguments
            elif "--json" not in arguments:
                assert not re.search(r"\d[\d,.]{24,}|\de[+-]?\d|\bnan\b|\binf\b", ran.out), (arguments, ran.out)


def test_a_fault_of_ours_is_told_in_a_sentence_not_as_a_traceback(tumen, monkeypatch):
    monkeypatch.delenv("TUMEN_STRICT", raising=False)
    monkeypatch.setattr("tumen.commands.listing.models", lambda: 1 / 0)
    said = tumen("models").refusal
    assert "ZeroDivisionError" in said and "was not changed" in said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes what a program would read or write")
@pytest.mark.parametrize(
    ("shell", "status"),
    [
        ('"$0" "$@" claims >&-', 0),
        ('"$0" "$@" claims >&- 2>&-', 0),
        ('"$0" "$@" case read - <&-', 2),
        ('"$0" "$@" claims <&-', 0),
    ],
)
def test_a_program_without_an_input_or_output_is_told_nothing_strange(shell, status):
    command = ["sh", "-c", shell, sys.executable, "-m", "tumen.cli"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ran.returncode == status
    assert "inside" not in ran.stderr and "Traceback" not in ran.stderr
