"""What Binder would build: the Dockerfile repo2docker prints, and the files its steps call on."""

import json
import os
import re
import shutil
import tomllib
from urllib.parse import parse_qs, urlsplit

import dockerfile
import link
import pytest
from dockerfile import ROOT

BINDER = ROOT / "binder"


@pytest.fixture(scope="module")
def steps():
    return dockerfile.steps(dockerfile.printed())


def places(steps, keyword: str, pattern: str) -> list[int]:
    """Where instructions of this kind fit the pattern."""
    return [i for i, s in enumerate(steps) if s.keyword == keyword and re.search(pattern, s.rest)]


def test_the_python_is_the_one_of_runtime_txt(steps):
    wanted = (BINDER / "runtime.txt").read_text().strip()
    assert re.fullmatch(r"python-3\.\d+", wanted)
    mangled = wanted.replace("python-", "environment.py-").replace(".", "-2e").replace("-3", "-2d3", 1)
    copied = next(s.rest for s in steps if "environment.lock" in s.rest and s.keyword == "COPY")
    assert mangled in copied
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert oldest == f">={wanted.removeprefix('python-')}"


def test_packages_are_a_layer_of_their_own_before_our_files_are_copied(steps):
    (lock,) = places(steps, "COPY", r"^--chown=\S+ src/binder/requirements\.txt ")
    (install,) = places(steps, "RUN", r'pip install --no-cache-dir -r "binder/requirements\.txt"')
    (everything,) = places(steps, "COPY", r"^--chown=\S+ src/ \$\{REPO_DIR\}/$")
    (post,) = places(steps, "RUN", r"^\./binder/postBuild$")
    assert lock < install < everything < post


def test_the_install_and_postbuild_run_as_the_reader_not_as_root(steps):
    user = None
    for step in steps:
        if step.keyword == "USER":
            user = step.rest
        if step.keyword == "RUN" and ("binder/requirements.txt" in step.rest or "postBuild" in step.rest):
            assert user == "${NB_USER}"
    assert user == "${NB_USER}"


def test_no_step_of_ours_wants_another_system_package_or_language(steps):
    later = " ".join(s.rest for s in dockerfile.ours(steps))
    assert "apt-get" not in later
    assert not {p.name for p in BINDER.iterdir()} & {"apt.txt", "environment.yml", "install.R", "Project.toml", "start"}


def test_the_lock_is_whole_hashed_and_names_no_host_or_local_path():
    text = (BINDER / "requirements.txt").read_text()
    pins = re.findall(
        r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==\S+.*\\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(pins) == len(re.findall(r"^\S", text, re.M)) > 90
    assert "://" not in text
    assert not re.search(r"^(-e|\.|/|file:)", text, re.M)
    names = {name for name, _ in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["build"]]
    wanted += project["project"]["optional-dependencies"]["pull"]
    assert {re.split(r"[<>=\[; ]", w)[0] for w in wanted} <= names
    for group in project["dependency-groups"]["test"]:  # what only tests need is not installed on Binder
        if isinstance(group, str):
            assert re.split(r"[<>=\[; ]", group)[0] not in names


def test_postbuild_can_be_run_and_stops_at_the_first_fault():
    post = BINDER / "postBuild"
    assert os.access(post, os.X_OK)
    text = post.read_text()
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert "--no-deps" in text
    assert shutil.which("bash")


def test_the_server_opens_a_workbook_that_exists():
    settings = json.loads((BINDER / "jupyter_server_config.json").read_text())
    opened = {settings[app]["default_url"] for app in ("ServerApp", "LabApp", "JupyterNotebookApp")}
    (url,) = opened
    assert (ROOT / url.removeprefix("/voila/render/")).is_file()


def test_links_written_for_binder_open_a_workbook_that_exists():
    text = (ROOT / "README.md").read_text() + (BINDER / "README.md").read_text()
    opened = re.findall(r"mybinder\.org/v2/gh/OWNER/REPOSITORY/main\?urlpath=voila/render/(\S+)", text)
    assert len(opened) >= 3
    assert [name for name in opened if not (ROOT / name).is_file()] == []


def test_pull_links_as_written_are_the_ones_the_script_prints():
    text = (BINDER / "README.md").read_text()
    own = ("https://github.com/YOU/CONTENT", "week-1.ipynb")
    assert f"    {link.on_binder('OWNER/REPOSITORY', *own)}\n" in text
    assert f"    {link.on_server('http://SERVER:8000', *own)}\n" in text


def test_a_pull_link_read_back_as_binder_and_the_server_read_it():
    own = ("https://example.org/a b/content.git", "week 1/über.ipynb")
    asked = parse_qs(urlsplit(link.on_binder("o/r", *own)).query)["urlpath"][0]
    assert asked == link.pull(*own)
    assert parse_qs(urlsplit(asked).query) == {
        "repo": [own[0]],
        "branch": ["main"],
        "urlpath": ["voila/render/content/week 1/über.ipynb"],
    }
    assert urlsplit(link.on_server("http://s:8000/", *own)).path == "/hub/user-redirect/git-pull"


def test_what_a_lock_pins_with_an_extra_it_pins_without_one_too():
    for lock in ("binder/requirements.txt", "binder/hub/requirements.txt", "tests/requirements.txt"):
        pinned = set(
            re.findall(r"^([a-z0-9._-]+(?:\[[^]]+\])?)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        )
        assert {name.partition("[")[0] for name in pinned} <= pinned, lock
