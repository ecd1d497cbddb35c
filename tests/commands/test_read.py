"""`tumen read`: the same server as `tumen lab`, opened in the reader's view."""

import sys

import pytest

from tumen.commands import lab, read


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
    assert parts == lab.command(folder, True, 8899, read.IN_READER)
    (url,) = [p for p in parts if p.startswith("--LabApp.default_url=")]
    assert url.endswith(f"{lab.FIRST}")
    assert url.startswith("--LabApp.default_url=/voila/render/")
    assert [p.replace(read.IN_READER, lab.IN_LAB) for p in parts] == lab.command(folder, True, 8899)


def test_it_listens_on_this_machine_only_with_a_token_and_ends_kernels_nobody_looks_at(tmp_path):
    parts = lab.command(tmp_path, view=read.IN_READER)
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


@pytest.mark.parametrize("port", [0, 65_536])
def test_a_port_that_cannot_be_is_told(tumen, port):
    assert "a port lies between 1 and 65,535" in tumen("read", "--port", port).refusal
