"""The image for zero-to-jupyterhub, as far as it can be checked without building it: its files, its lock, its settings."""

import re
from pathlib import Path

import pytest
import yaml
from dockerfile import steps

ROOT = Path(__file__).parents[2]
IMAGE = ROOT / "binder" / "hub" / "image"


@pytest.fixture(scope="module")
def built():
    return steps((IMAGE / "Dockerfile").read_text())


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((IMAGE / "values.yaml").read_text())


def test_it_starts_from_the_python_binder_uses(built):
    python = (ROOT / "binder" / "runtime.txt").read_text().strip().replace("python-", "python:")
    assert built[0].rest == f"{python}-slim"


def test_what_is_copied_is_there_and_the_lock_is_kept_to(built):
    copied = [s.rest.split()[0] for s in built if s.keyword == "COPY"]
    assert copied == ["binder/requirements.txt", "binder/hub/requirements.txt", "."]
    assert all((ROOT / name).exists() for name in copied)
    install = next(s.rest for s in built if "--require-hashes" in s.rest)
    assert "-r /opt/build/binder.txt -r /opt/build/hub.txt" in install


def test_both_locks_name_the_same_versions():
    pins = []
    for name in ("binder/requirements.txt", "binder/hub/requirements.txt", "tests/requirements.txt"):
        pins.append(dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.M)))
        assert "://" not in (ROOT / name).read_text()
    for name in pins[0].keys() & pins[1].keys():
        assert pins[0][name] == pins[1][name]
    for name in pins[1].keys() & pins[2].keys():
        assert pins[1][name] == pins[2][name]


def test_it_runs_as_no_root_and_hands_out_read_only_content_without_the_instructors(built, values):
    assert [s.rest for s in built if s.keyword == "USER"] == ["1000"]
    last = next(s.rest for s in built if "chmod -R a-w" in s.rest)
    assert "rm -rf /srv/tumen/content/instructor" in last
    command = [s.rest for s in built if s.keyword == "CMD"]
    assert command == [str(values["singleuser"]["cmd"]).replace("'", '"')]
    assert "binder/hub/student.py" in last


def test_the_chart_opens_a_workbook_that_exists_and_limits_what_a_student_takes(values):
    student = values["singleuser"]
    assert (ROOT / student["defaultUrl"].removeprefix("/lab/tree/")).is_file()
    assert student["memory"]["limit"] == "1G"
    assert student["cpu"]["limit"] == 1
    assert student["networkPolicy"]["enabled"]
    assert values["cull"]["enabled"]


def test_the_proxy_is_locked_by_hashes_and_names_no_registry():
    lock = (ROOT / "binder" / "hub" / "package-lock.json").read_text()
    packages = yaml.safe_load(lock)["packages"]
    assert packages["node_modules/configurable-http-proxy"]["license"] == "BSD-3-Clause"
    assert all(p["integrity"].startswith("sha512-") for name, p in packages.items() if name)
    assert "resolved" not in lock
