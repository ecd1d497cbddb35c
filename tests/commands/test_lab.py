"""`tumen lab`: the command line that serves, and the copy that never overwrites what a reader changed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tumen.commands import lab


@pytest.fixture
def carried(tmp_path, monkeypatch):
    """Workbooks as an installed package carries them, and an empty folder to work in."""
    source = tmp_path / "package" / "_shipped" / "workbooks"
    (source / "tasks").mkdir(parents=True)
    (source / "00-start-here.ipynb").write_text("first")
    (source / "02-counting-the-hidden.ipynb").write_text("second")
    (source / "tasks" / "counting.toml").write_text("tasks")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(lab, "shipped", lambda *parts: source.parent.joinpath(*parts))
    return source


def texts(folder):
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_in_a_clone_its_own_workbooks_are_served(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    folder = lab.workbook_folder()
    assert (folder / lab.FIRST).is_file()
    assert folder.parent.name != "_shipped"
    assert list(tmp_path.iterdir()) == []


def test_elsewhere_they_are_copied_to_the_working_folder(carried, tmp_path, capsys):
    folder = lab.workbook_folder()
    assert folder == tmp_path / "work" / "workbooks"
    assert texts(folder) == texts(carried)
    assert capsys.readouterr().err == ""


def test_what_a_reader_changed_or_added_is_never_overwritten(carried, tmp_path, capsys):
    folder = lab.workbook_folder()
    (folder / "00-start-here.ipynb").write_text("my notes")
    (folder / "answers.json").write_text("{}")
    (folder / "02-counting-the-hidden.ipynb").unlink()
    (carried / "tasks" / "new.toml").write_text("new")
    assert lab.workbook_folder() == folder
    assert texts(folder) == {
        "00-start-here.ipynb": "my notes",
        "answers.json": "{}",
        "02-counting-the-hidden.ipynb": "second",
        "tasks/counting.toml": "tasks",
        "tasks/new.toml": "new",
    }
    told = capsys.readouterr().err
    assert told == "workbooks/00-start-here.ipynb differs from the one in this version; yours is kept.\n"
    assert lab.copy_new(carried, folder) == ["00-start-here.ipynb"]


def test_a_copy_that_breaks_off_leaves_no_half_of_a_workbook(carried, tmp_path, monkeypatch):
    import shutil

    whole = shutil.copyfile

    def breaks(source, target):
        if "02-" in str(source):
            target.write_text("sec")
            raise OSError(28, "No space left on device")
        return whole(source, target)

    monkeypatch.setattr(shutil, "copyfile", breaks)
    with pytest.raises(ValueError, match=r"cannot be copied to \./workbooks \(No space left on device\)"):
        lab.workbook_folder()
    assert not (tmp_path / "work" / "workbooks" / "02-counting-the-hidden.ipynb").exists()
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path / "work")
    assert lab.copy_new(carried, tmp_path / "work" / "workbooks") == []
    assert texts(tmp_path / "work" / "workbooks")["02-counting-the-hidden.ipynb"] == "second"


def test_a_file_in_the_folders_place_is_told(carried, tmp_path, tumen, monkeypatch):
    monkeypatch.chdir(tmp_path / "work")
    (tmp_path / "work" / "workbooks").write_text("in the way")
    assert "cannot be copied to ./workbooks" in tumen("lab").refusal


def test_workbooks_that_are_not_there_are_told(monkeypatch, tmp_path, tumen):
    monkeypatch.setattr(lab, "shipped", lambda *parts: tmp_path / "nowhere")
    assert "install tumen-workbook again" in tumen("lab", "--no-browser").refusal


def test_the_command_line_serves_where_one_stands_and_opens_the_first_workbook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parts = lab.command(tmp_path / "workbooks")
    assert parts[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path}" in parts
    assert f"--LabApp.default_url=/lab/tree/workbooks/{lab.FIRST}" in parts
    assert "--no-browser" not in parts
    assert not any(p.startswith("--port") for p in parts)
    assert "--LabApp.news_url=None" in parts


def test_workbooks_that_lie_elsewhere_are_all_that_is_served(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    parts = lab.command(tmp_path / "clone" / "workbooks")
    assert f"--ServerApp.root_dir={tmp_path / 'clone' / 'workbooks'}" in parts
    assert f"--LabApp.default_url=/lab/tree/{lab.FIRST}" in parts


def test_a_module_beside_the_workbooks_is_not_taken_for_jupyters_own(tmp_path):
    (tmp_path / "jupyterlab.py").write_text("print('taken')")
    (tmp_path / "random.py").write_text("print('taken')")
    parts = lab.command(tmp_path / "workbooks")
    ran = subprocess.run([*parts[:4], "--version"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "taken" not in ran.stdout


def test_where_home_cannot_be_written_jupyter_gets_a_folder_for_the_session(tmp_path, monkeypatch, capsys):
    shut = tmp_path / "file"
    shut.write_text("no folder can be made below a file")
    for name in lab.HOMES:
        monkeypatch.setenv(name, str(shut / "x"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    lent = lab.lent_folders()
    assert "for this session only" in capsys.readouterr().err
    assert set(lent) == {*lab.HOMES, "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"}
    for path in map(Path, lent.values()):
        path.mkdir(parents=True)
        assert tmp_path in path.parents


def test_where_home_can_be_written_nothing_is_changed_or_said(tmp_path, monkeypatch, capsys):
    for name in lab.HOMES:
        monkeypatch.setenv(name, str(tmp_path / "not there yet"))
    assert lab.lent_folders() == {}
    assert capsys.readouterr().err == ""


def test_browser_and_port_can_be_chosen(tmp_path):
    parts = lab.command(tmp_path / "workbooks", no_browser=True, port=8899)
    assert "--no-browser" in parts
    assert "--port=8899" in parts
    assert "--ServerApp.port_retries=0" in parts


@pytest.mark.parametrize("port", [0, -1, 65_536])
@pytest.mark.parametrize("command", ["lab", "read"])
def test_a_port_that_cannot_be_is_told(tumen, port, command):
    assert "a port lies between 1 and 65,535" in tumen(command, "--port", port).refusal


def test_it_hands_over_to_jupyterlab(tumen, monkeypatch, begun):
    handed = []
    monkeypatch.setattr("os.execve", lambda *a: handed.append(a))
    assert tumen("lab", "--no-browser", "--port", "8899").status == 0
    ((program, parts, environment),) = handed
    assert environment["PYTHONSAFEPATH"] == "1"
    assert program == sys.executable
    assert parts == lab.command(lab.shipped("workbooks"), True, 8899)
    assert begun == [1]


def test_a_store_that_cannot_be_filled_keeps_nobody_from_opening(tumen, monkeypatch):
    def refuse():
        raise OSError(11, "no more processes")

    handed = []
    monkeypatch.setattr(lab, "begin", refuse)
    monkeypatch.setattr("os.execve", lambda *a: handed.append(a))
    assert tumen("lab", "--no-browser").status == 0
    assert len(handed) == 1


def test_only_root_is_let_in_as_root(monkeypatch, tmp_path):
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert "--allow-root" in lab.command(tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert "--allow-root" not in lab.command(tmp_path)


# --- `tumen read` ---------------------------------------------------------------------------------


@pytest.fixture
def handed(monkeypatch):
    """The command lines handed over, in place of becoming them."""
    out = []
    monkeypatch.setattr("os.execve", lambda program, parts, environment: out.append((program, parts, environment)))
    return out


def test_it_serves_as_tumen_lab_does_and_opens_the_first_chapter_without_code(tumen, handed):
    assert tumen("read", "--no-browser", "--port", "8899").status == 0
    ((program, parts, environment),) = handed
    folder = lab.shipped("workbooks")
    assert program == sys.executable
    assert environment["PYTHONSAFEPATH"] == "1"
    assert parts == lab.command(folder, True, 8899, lab.IN_READER)
    (url,) = [p for p in parts if p.startswith("--LabApp.default_url=")]
    assert url.endswith(f"{lab.FIRST}")
    assert url.startswith("--LabApp.default_url=/voila/render/")
    assert [p.replace(lab.IN_READER, lab.IN_LAB) for p in parts] == lab.command(folder, True, 8899)


def test_it_listens_on_this_machine_only_with_a_token_and_ends_kernels_nobody_looks_at(tmp_path):
    parts = lab.command(tmp_path, view=lab.IN_READER)
    assert "--ServerApp.ip=127.0.0.1" in parts
    assert not any("token" in p or "password" in p for p in parts)  # the server then draws a token
    assert "--MappingKernelManager.cull_connected=False" in parts
    (idle,) = [p for p in parts if p.startswith("--MappingKernelManager.cull_idle_timeout=")]
    assert int(idle.partition("=")[2]) > 0


def test_a_folder_of_ones_own_is_served_alone_and_opens_with_its_first_notebook(tumen, handed, tmp_path, monkeypatch):
    own = tmp_path / "my seminar"
    own.mkdir()
    for name in ("b.ipynb", "a one.ipynb"):
        (own / name).write_text("{}")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert tumen("read", str(own), "--no-browser").status == 0
    ((_, parts, _),) = handed
    assert f"--ServerApp.root_dir={own}" in parts
    assert "--LabApp.default_url=/voila/render/a%20one.ipynb" in parts


def test_a_course_copy_opens_with_its_assignment(tumen, handed, tmp_path, monkeypatch):
    (tmp_path / "student.toml").write_text("")
    (tmp_path / "assignment.ipynb").write_text("{}")
    (tmp_path / "02-x.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    tumen("read")
    assert "--LabApp.default_url=/voila/render/assignment.ipynb" in handed[0][1]


@pytest.mark.parametrize(
    ("make", "says"), [("file", "there is no folder"), ("none", "there is no folder"), ("empty", "no notebook")]
)
def test_a_folder_that_cannot_be_read_is_told(tumen, tmp_path, make, says):
    path = tmp_path / "it"
    if make == "file":
        path.write_text("")
    if make == "empty":
        path.mkdir()
    said = tumen("read", str(path)).refusal
    assert says in said
    assert "it" in said
