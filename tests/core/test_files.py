import os
import stat
from pathlib import Path

import pytest

import suh2002
from tumen.core.files import shipped, write_atomic
from tumen.core.home import home

OLD, NEW = "old text\n", "새 글\nand more\n"


def test_text_is_written_as_utf8_and_the_path_returned(tmp_path):
    path = write_atomic(tmp_path / "case.toml", NEW)
    assert path == tmp_path / "case.toml"
    assert path.read_bytes() == NEW.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["case.toml"]


def test_path_may_be_words_and_stand_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_atomic("case.toml", NEW)
    assert Path("case.toml").read_text(encoding="utf-8") == NEW


def test_old_file_is_replaced_whole_and_open_readers_keep_the_old_one(tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(OLD)
    with path.open() as reader:
        write_atomic(path, NEW)
        assert reader.read() == OLD
    assert path.read_text(encoding="utf-8") == NEW


def test_others_may_read_what_was_written(tmp_path):
    path = write_atomic(tmp_path / "case.toml", NEW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("failing", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()], ids=["disk full", "interrupted"])
def test_failure_half_way_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, failing, error):
    path = tmp_path / "case.toml"
    path.write_text(OLD)

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(failing, fail)
    with pytest.raises(type(error)):
        write_atomic(path, NEW)
    monkeypatch.undo()
    assert path.read_text() == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["case.toml"]


def test_text_that_is_no_unicode_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(OLD)
    with pytest.raises(UnicodeEncodeError):
        write_atomic(path, NEW + "\ud800")
    assert path.read_text() == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["case.toml"]


def test_folder_in_the_way_or_missing_is_an_error_of_the_system(tmp_path):
    (tmp_path / "case.toml").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomic(tmp_path / "case.toml", NEW)
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "nowhere" / "case.toml", NEW)
    assert [p.name for p in tmp_path.iterdir()] == ["case.toml"]


def test_shipped_data_stand_where_it_says():
    assert shipped("data").is_dir()
    assert shipped("data", "claims.csv").read_text(encoding="utf-8").startswith("id,")


def test_installed_package_carries_its_own_and_a_clone_uses_its_root(tmp_path, monkeypatch):
    package = tmp_path / "src" / "suh2002"
    package.mkdir(parents=True)
    monkeypatch.setattr(suh2002, "__file__", os.fspath(package / "__init__.py"))
    assert suh2002.folder() == tmp_path / "data"
    (package / "_shipped").mkdir()
    assert suh2002.folder() == package / "_shipped" / "data"


def test_what_is_shipped_lies_with_the_brief_of_the_working_folder(tmp_path, monkeypatch):
    assert shipped("data", "claims.csv") == home().data / "claims.csv"
    mill = Path(__file__).parents[1] / "brief" / "mill"
    monkeypatch.chdir(mill)
    assert shipped("data", "claims.csv") == mill / "claims.csv"
    assert shipped("workbooks", "tasks") == mill / "tasks"


def test_a_file_that_is_refused_for_a_moment_is_read_all_the_same(tmp_path, monkeypatch):
    from tumen.core.toml import read_toml

    (tmp_path / "case.toml").write_text('title = "Spring"\n', encoding="utf-8")
    real, left = Path.read_text, [3]

    def refused(path, *args, **kwargs):
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr("pathlib.Path.read_text", refused)
    assert read_toml(tmp_path / "case.toml") == {"title": "Spring"}
