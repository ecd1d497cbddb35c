"""The image for zero-to-jupyterhub, as far as it can be checked without building it: its files, its lock, its settings."""

import ast
import base64
import os
import re
import shutil
import subprocess
import sys
import tomllib
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


def copied(built, tree: Path) -> dict[str, Path]:
    """Where each file lies in the image that is copied out of a tree, as Docker reads the lines."""
    found = {}
    for step in built:
        if step.keyword == "COPY":
            *sources, goal = step.rest.split()
            for source in sources:
                for path in tree.glob(source):
                    into = Path(goal) / path.name if path.is_file() and goal.endswith("/") else Path(goal)
                    files = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
                    found |= {str(into / p.relative_to(path) if path.is_dir() else into): p for p in files}
    return found


def test_what_is_copied_is_there_and_the_lock_is_kept_to(built):
    sources = [name for s in built if s.keyword == "COPY" for name in s.rest.split()[:-1]]
    assert all(list(ROOT.glob(name)) for name in sources)
    install = next(s.rest for s in built if "--require-hashes" in s.rest)
    assert "-r /opt/build/binder.txt -r /opt/build/hub.txt" in install
    assert {"/opt/build/binder.txt", "/opt/build/hub.txt", "/srv/tumen/student.py"} <= set(copied(built, ROOT))


def test_no_layer_holds_a_course_that_lies_in_the_folder(built, tmp_path):
    """A layer keeps what is copied, also where a later line removes it."""
    secrets = ("course.toml", "roster.csv", "built/instructor/02.ipynb", "marked/gradebook.csv", "handed-in/a.json")
    for place in (".", "my-course", "workbooks/my-course", "workbooks", "binder", "binder/hub/my-course", "src"):
        for name in secrets:
            path = tmp_path / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("a secret")
    (tmp_path / "workbooks" / "answers.json").write_text("a secret")
    (tmp_path / "workbooks" / "00-start-here.ipynb").write_text("a workbook")
    assert [p.read_text() for p in copied(built, tmp_path).values()] == ["a workbook"]


def test_what_the_library_lays_beside_itself_is_copied_too(built):
    """Hatchling leaves out in silence what is not there."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    given = {str(p.relative_to(ROOT)) for p in copied(built, ROOT).values()}
    for name in wheel["shared-data"]:
        path = ROOT / name
        for file in path.rglob("*") if path.is_dir() else [path]:
            assert file.is_dir() or "__pycache__" in file.parts or str(file.relative_to(ROOT)) in given, file
    sent = (IMAGE / "Dockerfile.dockerignore").read_text().splitlines()
    for name in given:
        assert any(name == line[1:] or name.startswith(f"{line[1:]}/") for line in sent if line.startswith("!")), name


@pytest.mark.slow
def test_what_is_copied_is_enough_to_build_and_check_the_library(built, tmp_path):
    for goal, path in copied(built, ROOT).items():
        if "__pycache__" not in goal:
            there = tmp_path / goal.lstrip("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    made = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*made, str(tmp_path), str(tmp_path / "opt/build/tumen")], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel.rename(tmp_path / "library.zip"), tmp_path / "library")
    env = os.environ | {"PYTHONPATH": str(tmp_path / "library")}
    done = subprocess.run(
        [sys.executable, "-m", "tumen.cli", "check"], env=env, cwd=tmp_path, capture_output=True, text=True
    )
    there = len(list((ROOT / "workbooks").glob("*.ipynb")))
    assert f"{there} workbooks are in place" in done.stdout, done.stdout + done.stderr
    assert not list((tmp_path / "library").rglob("instructor"))


def test_both_locks_name_the_same_versions():
    pins = []
    for name in ("binder/requirements.txt", "binder/hub/requirements.txt", "tests/requirements.txt"):
        pins.append(dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / name).read_text(), re.M)))
        assert "://" not in (ROOT / name).read_text()
    for name in pins[0].keys() & pins[1].keys():
        assert pins[0][name] == pins[1][name]
    for name in pins[1].keys() & pins[2].keys():
        assert pins[1][name] == pins[2][name]


def test_it_runs_as_no_root_and_hands_out_read_only_content_without_the_instructors(built, values):
    assert [s.rest for s in built if s.keyword == "USER"] == ["1000"]
    assert any("chmod -R a-w,a+rX /srv/tumen" in s.rest for s in built)
    assert not any("instructor" in goal for goal in copied(built, ROOT))
    command = [s.rest for s in built if s.keyword == "CMD"]
    assert command == [str(values["singleuser"]["cmd"]).replace("'", '"')]


def test_the_chart_opens_a_workbook_that_exists_and_limits_what_a_student_takes(values):
    student = values["singleuser"]
    assert (ROOT / student["defaultUrl"].removeprefix("/voila/render/")).is_file()
    assert student["memory"]["limit"] == "1G"
    assert student["cpu"]["limit"] == 1
    assert student["networkPolicy"]["enabled"]
    assert values["cull"]["enabled"]


def test_a_server_is_started_as_on_one_machine(values):
    """Options and environment of `jupyterhub_config.py`, where every server is given them."""
    tree = ast.parse((ROOT / "binder" / "hub" / "jupyterhub_config.py").read_text())
    set_to = {ast.unparse(t): n.value for n in ast.walk(tree) if isinstance(n, ast.Assign) for t in n.targets}
    spawner = values["hub"]["config"]["KubeSpawner"]
    here = eval(ast.unparse(set_to["c.Spawner.args"]), {"IDLE": values["cull"]["timeout"]})
    assert spawner["args"] == here
    assert values["singleuser"]["extraEnv"] == ast.literal_eval(set_to["c.Spawner.environment"])
    assert values["singleuser"]["defaultUrl"] == ast.literal_eval(set_to["c.Spawner.default_url"])
    assert spawner["http_timeout"] == ast.literal_eval(set_to["c.Spawner.http_timeout"])


@pytest.mark.skipif(
    not (shutil.which("helm") and os.environ.get("Z2JH_CHART")),
    reason="needs helm, and the chart's folder in Z2JH_CHART",
)
def test_the_chart_takes_the_values_and_lets_no_server_reach_another(values):
    command = ["helm", "template", "tumen", os.environ["Z2JH_CHART"], "--values", str(IMAGE / "values.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = {(m["kind"], m["metadata"]["name"]): m for m in yaml.safe_load_all(done.stdout) if m}
    held = yaml.safe_load(base64.b64decode(made["Secret", "hub"]["data"]["values.yaml"]))
    for name in ("cmd", "defaultUrl", "startTimeout", "extraEnv"):
        assert held["singleuser"][name] == values["singleuser"][name]
    assert held["hub"]["config"]["KubeSpawner"] == values["hub"]["config"]["KubeSpawner"]
    policy = made["NetworkPolicy", "singleuser"]["spec"]
    assert policy["podSelector"]["matchLabels"]["component"] == "singleuser-server"
    allowed = [sorted(f["podSelector"]["matchLabels"]) for rule in policy["ingress"] for f in rule["from"]]
    assert allowed == [["hub.jupyter.org/network-access-singleuser"]]
    servers_may = made["NetworkPolicy", "singleuser"]["spec"]["egress"]
    assert not any("singleuser-server" in yaml.safe_dump(rule) for rule in servers_may)
    culls = yaml.safe_dump(held["cull"])
    assert f"timeout: {values['cull']['timeout']}" in culls


def test_the_proxy_is_locked_by_hashes_and_names_no_registry():
    lock = (ROOT / "binder" / "hub" / "package-lock.json").read_text()
    packages = yaml.safe_load(lock)["packages"]
    assert packages["node_modules/configurable-http-proxy"]["license"] == "BSD-3-Clause"
    assert all(p["integrity"].startswith("sha512-") for name, p in packages.items() if name)
    assert "resolved" not in lock
