"""`tumen check`: what works and what does not, in words."""

import pytest

from tumen.commands import check
from tumen.core import Problem


@pytest.fixture(autouse=True)
def one_engine(monkeypatch):
    """The drawing library takes seconds to pack; that it can be packed, the tests of the apps show."""
    from tumen.page import chart_widget

    monkeypatch.setattr(
        chart_widget.Engine, "__init__", lambda self, **more: super(chart_widget.Engine, self).__init__(**more)
    )
    monkeypatch.setattr(chart_widget.Engine, "_esm", "export default {}", raising=False)


def test_a_sound_installation_passes_every_check(tumen):
    ran = tumen("check")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) == len(check.CHECKS) + 1
    assert all(line.startswith("ok     ") for line in lines[:-1])
    assert lines[-1] == "Tumen can run and draw here."
    assert "WRONG" not in ran.out


def test_the_summary_holds_no_version_and_no_path(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert check.summary() == f"All {len(check.CHECKS)} checks passed: this installation can run and draw."
    assert list(tmp_path.iterdir()) == []


def broken(kind):
    def fails():
        raise kind("the share of hosts is missing")

    return fails


@pytest.mark.parametrize(("kind", "said"), [(Problem, "the share of hosts"), (OSError, "OSError: the share of hosts")])
def test_what_is_wrong_is_told_and_the_rest_still_checked(tumen, monkeypatch, capsys, kind, said):
    monkeypatch.setattr(check, "CHECKS", (check._python, broken(kind), check._data))
    with pytest.raises(SystemExit) as left:
        tumen("check")
    assert left.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in lines] == ["ok   ", "WRONG", "ok   "]
    assert said in lines[1]
    assert check.summary().startswith("Something is missing. ")


def test_a_missing_package_is_named(monkeypatch, refusal):
    monkeypatch.setattr(check, "NEEDED", ("numpy", "no-such-package-at-all"))
    with pytest.raises(Problem, match="missing: no-such-package-at-all"):
        check._packages()


def test_a_folder_that_cannot_be_written_is_told(monkeypatch):
    def refuse(path, text):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(check, "write_atomic", refuse)
    with pytest.raises(Problem, match=r"cannot be written \(Read-only file system\)"):
        check._folder()


def test_an_app_that_tells_a_fault_in_place_of_its_controls_does_not_pass(monkeypatch):
    def boom(key):
        raise ZeroDivisionError

    monkeypatch.delenv("TUMEN_STRICT")
    monkeypatch.setattr("tumen.brief.picture_of", boom)
    with pytest.raises(Problem, match="an app could not be drawn"):
        check._apps()


def test_an_old_python_is_told(monkeypatch):
    class Old(tuple):
        __slots__ = ()

    monkeypatch.setattr("sys.version_info", Old((3, 10, 1)))
    with pytest.raises(Problem, match=r"needs Python 3\.11 or newer"):
        check._python()
