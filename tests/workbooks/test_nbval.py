"""Strict nbval over every workbook: no ignore mark, no sanitizer, in a temporary copy without answers or a case."""

import re
import shutil
import subprocess
import sys

import pytest
from books import FOLDER, NAMES, PATHS, code_cells

from tumen.commands.notebooks import PRIVATE


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_fresh_run_gives_what_is_stored(path, tmp_path):
    work = tmp_path / "workbooks"
    shutil.copytree(FOLDER, work, ignore=shutil.ignore_patterns(*PRIVATE))
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-c", "/dev/null", "--rootdir", str(tmp_path)]
    command += ["-p", "no:cacheprovider", "--nbval-cell-timeout=120", path.name]
    run = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert int(re.search(r"(\d+) passed", run.stdout).group(1)) == len(code_cells(path))
    assert "NBVAL" not in path.read_text(encoding="utf-8")
    assert "nbval" not in path.read_text(encoding="utf-8")
