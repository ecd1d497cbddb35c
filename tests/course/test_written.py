"""What is secret is open to its owner and group at most, whatever the umask, and what an older version left open is closed."""

import os
import stat

import pytest
from classroom import put, work

from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.template import new


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder) -> dict[str, int]:
    """Every file and folder below one with what it allows."""
    return {str(p.relative_to(folder)): stat.S_IMODE(p.lstat().st_mode) for p in folder.rglob("*")}


def test_nothing_of_a_course_is_open_to_others_or_wider_than_the_umask(make_course, umask, tmp_path):
    folder = make_course()
    build(folder)
    put(folder, work(folder, "ann"))
    grade(folder)
    new(tmp_path / "begun" / "here")
    found = {f"built/{n}": m for n, m in modes(folder / "built").items()}
    found |= {f"marked/{n}": m for n, m in modes(folder / "marked").items()}
    found |= modes(tmp_path / "begun")
    assert any(n.endswith("variants.csv") for n in found)
    assert any("feedback" in n for n in found)
    wide = {n: oct(m) for n, m in found.items() if m & 0o027 or m & umask}
    assert wide == {}
    assert stat.S_IMODE((folder / "built").stat().st_mode) == 0o750 & ~umask
    assert found["here/course.toml"] == 0o640 & ~umask


def test_what_an_older_build_left_open_is_closed(make_course):
    folder = make_course()
    build(folder)
    put(folder, work(folder, "ann"))
    grade(folder)
    for place in ("built", "marked"):
        for path in [folder / place, *(folder / place).rglob("*")]:
            path.chmod(0o777 if path.is_dir() else 0o666)
    build(folder)
    grade(folder)
    assert {n for place in ("built", "marked") for n, m in modes(folder / place).items() if m & 0o007} == set()
    assert not stat.S_IMODE((folder / "built").stat().st_mode) & 0o007
