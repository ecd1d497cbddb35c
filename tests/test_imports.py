"""The direction of the house: no import runs backwards, and `import tumen` loads little."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import suh2002
import tumen
from tumen.core.home import home

ROOTS = tuple(Path(package.__file__).parent for package in (tumen, suh2002))
CHAPTERS = home().meta.chapters  # in their order: one may build on an earlier one, never on a later

# What each room may import of ours; a room may always import itself.
CORE = {"package", "core"}
MODELS = CORE | {"evidence", "analysis"}
CHARTS = MODELS | {"charts", "brief"}
TASKS = MODELS | {"tasks", "brief"}
MAY = {
    "package": {"page"},  # the verbs, loaded on first use only
    "core": {"package"},  # for the folder it stands in
    "evidence": CORE,
    "analysis": CORE | {"evidence"},
    "charts": MODELS,
    "brief": MODELS | {"charts", "tasks"},  # a chapter's modules are imported by their names, which a brief.toml says
    "chapter models": MODELS | {"of the report"},
    "chapter charts": MODELS | {"chapter models", "charts", "of the report"},
    "of the report": CORE,
    "tasks": TASKS,
    "lesson": CHARTS | TASKS | {"lesson"},
    "course": TASKS | {"course", "lesson"},  # the class report reads a lesson's file
    "page": CHARTS | TASKS | {"course", "lesson"},
    "site": CHARTS | TASKS | {"page", "course", "lesson"},
    "commands": CHARTS | TASKS | {"page", "course", "lesson", "site"},
    "reader": CORE | {"evidence", "tasks", "lesson"},  # in the server: what stands beside a page, and nothing that runs
    "cli": CHARTS | TASKS | {"page", "course", "lesson", "site", "commands"},
}

# What each room may import of others, beyond the standard library; a line inside a function counts too.
LIBRARIES = {
    "package": set(),
    "core": {"numpy", "pydantic", "platformdirs", "jinja2", "markupsafe"},  # jinja2 inside what writes a page
    "evidence": {"numpy", "pandas"},
    "analysis": {"numpy", "scipy", "pandas"},
    "brief": set(),
    "chapter models": {"numpy", "scipy", "pandas"},
    "of the report": set(),
    "charts": {"numpy", "altair", "vl_convert"},
    "chapter charts": {"numpy", "altair"},
    "tasks": {"pydantic", "numpy"},
    "lesson": {"tornado", "segno", "pydantic"},  # the server stays small: what draws runs in a process of its own
}
HEAVY = {
    "altair",
    "ipywidgets",
    "anywidget",
    "traitlets",
    "vl_convert",
    "IPython",
    "jupyterlab",
    "nbformat",
    "nbclient",
}


def room(module: str) -> str:
    """The room a module stands in, by its dotted name."""
    parts = module.split(".")
    if parts[0] == "suh2002":
        if len(parts) == 1 or parts[1] not in CHAPTERS:
            return "of the report"
        return "chapter charts" if len(parts) > 2 and parts[2].startswith("charts") else "chapter models"
    return parts[1] if len(parts) > 1 else "package"


def chapter(module: str) -> int:
    """The place of a chapter's module in the order of the chapters."""
    return CHAPTERS.index(module.split(".")[1])


def name(path: Path) -> str:
    root = next(r for r in ROOTS if r in path.parents)
    parts = [root.name, *path.relative_to(root).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(text: str, module: str, package: bool = False) -> list[str]:
    """Every module named in an import statement or in a call of import_module, those inside functions too."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = module.split(".")[: None if package and node.level == 1 else -node.level + package]
                base = ".".join([*here, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found.append(in_words(node.args[0]))
    return found


def in_words(node) -> str:
    """The name given to import_module; what is computed in it stands for any chapter."""
    if isinstance(node, ast.Constant):
        return node.value
    assert isinstance(node, (ast.JoinedStr, ast.Name)), "a module imported by a name that cannot be told here"
    return (
        ""
        if isinstance(node, ast.Name)
        else "".join(getattr(part, "value", "counting") for part in node.values if isinstance(part, ast.Constant))
    )


def is_module(dotted: str) -> bool:
    path = ROOTS[0].parent.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


MODULES = {name(path): path for root in ROOTS for path in sorted(root.rglob("*.py")) if "_shipped" not in path.parts}


def backwards(module: str, text: str, package: bool = False) -> list[str]:
    """The imports of a module that run against the direction."""
    here, wrong = room(module), []
    for target in imported(text, module, package):
        top = target.split(".")[0]
        if top not in ("tumen", "suh2002"):
            if top and top not in sys.stdlib_module_names and here in LIBRARIES and top not in LIBRARIES[here]:
                wrong.append(target)
            continue
        there = room(target)
        later = "chapter" in here and "chapter" in there and chapter(target) > chapter(module)
        if later or (there != here and there not in MAY[here]):
            wrong.append(target)
    return wrong


def test_every_room_has_its_rule():
    assert {room(m) for m in MODULES} - set(MAY) == set()
    assert len(MODULES) > 40


@pytest.mark.parametrize("module", MODULES)
def test_no_import_runs_backwards(module):
    path = MODULES[module]
    wrong = backwards(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "line", "wrong"),
    [
        ("tumen.core.model", "from tumen.evidence import tables", "tumen.evidence.tables"),
        ("tumen.core.model", "import scipy.stats", "scipy.stats"),
        ("tumen.core.model", "def f():\n    from tumen.brief import models", "tumen.brief"),
        ("tumen.core.model", "from ..page import session", "tumen.page.session"),
        ("tumen.evidence.tables", "from tumen.analysis.sampling import sample", "tumen.analysis.sampling"),
        ("tumen.analysis.sweep", "from suh2002.counting.models import CEILING", "suh2002.counting.models"),
        ("suh2002.counting.models", "import altair as alt", "altair"),
        ("suh2002.counting.quantities", "from tumen.charts.style import INK", "tumen.charts.style"),
        ("suh2002.counting.curves", "import ipywidgets", "ipywidgets"),
        ("suh2002.counting.models", "from suh2002.crisis.models import X", "suh2002.crisis.models"),
        ("suh2002.counting.models", "from suh2002.counting.charts import P", "suh2002.counting.charts"),
        ("suh2002.flows.models", "from suh2002.hindsight import curves", "suh2002.hindsight.curves"),
        ("suh2002.counting.charts_hosts", "from tumen.page.session import Session", "tumen.page.session"),
        ("tumen.charts.parts", "from suh2002.counting import quantities", "suh2002.counting.quantities"),
        ("tumen.tasks.check", "from tumen.page.guard import guarded", "tumen.page.guard"),
        ("tumen.tasks.check", "from tumen.charts.style import INK", "tumen.charts.style"),
        ("tumen.course.build", "from tumen.charts.style import INK", "tumen.charts.style"),
        ("tumen.page.session", "from tumen.commands import run", "tumen.commands.run"),
        ("tumen.page.session", "import tumen.cli", "tumen.cli"),
        ("tumen.tasks.check", "import suh2002.counting.charts", "suh2002.counting.charts"),
    ],
)
def test_an_arrow_that_runs_backwards_would_be_found(module, line, wrong):
    assert backwards(module, line) == [wrong]


@pytest.mark.parametrize(
    "module", [m for m in MODULES if room(m) in ("chapter models", "core", "evidence", "analysis", "tasks")]
)
def test_models_never_draw(module):
    tops = {m.split(".")[0] for m in imported(MODULES[module].read_text(encoding="utf-8"), module)}
    assert not tops & HEAVY


def loaded(statement: str) -> set[str]:
    """The modules a fresh interpreter holds after a statement."""
    code = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    return set(json.loads(out.stdout.splitlines()[-1]))


def test_import_tumen_loads_no_library_but_numpy_and_nothing_of_the_rooms():
    after = loaded("import tumen")
    assert not after & {"pandas", "scipy", "altair", "ipywidgets", "anywidget", "IPython", "vl_convert", "pydantic"}
    assert {m for m in after if m.split(".")[0] == "tumen"} == {"tumen"}


def test_tables_of_evidence_are_read_without_pandas_and_made_a_frame_with_it():
    own = "from tumen.core import Case\nt.table('arrivals', case=Case(data={'arrivals': 'tests/evidence/own_tables/ours.xlsx'}))"
    statement = (
        f"import os\nos.chdir({str(ROOTS[0].parents[1])!r})\nimport tumen.evidence.tables as t\n{own}\nt.table('law')"
    )
    assert "pandas" not in loaded(statement)
    after = loaded("import tumen\ntumen.table('law')")
    assert "pandas" in after and not after & {"scipy.stats", "altair", "ipywidgets", "IPython", "vl_convert"}


def test_listing_the_models_and_running_one_draws_nothing():
    statement = "import tumen.brief as t\nt.model('counting.ceiling')()\nt.models()\nt.exhibits()"
    after = loaded(statement)
    assert not after & {"pandas", "scipy.stats", "altair", "ipywidgets", "anywidget", "IPython", "vl_convert"}


def test_the_command_starts_without_the_drawing_libraries():
    statement = "from tumen.cli import main\nassert main(['run', 'counting.ceiling', '--json']) == 0"
    after = loaded(statement)
    assert not after & {"pandas", "scipy.stats", "altair", "ipywidgets", "anywidget", "IPython", "vl_convert"}


@pytest.mark.parametrize(
    "statement",
    [
        "import altair",
        "import nbformat\nnbformat.validate(nbformat.v4.new_notebook())",
        "from jupyterlab.labapp import LabApp\nLabApp()",
    ],
)
def test_neither_a_kernel_nor_a_server_builds_a_grammar_of_addresses_that_nobody_uses(statement):
    after = {m.split(".")[0] for m in loaded(statement)}
    assert "jsonschema" in after
    assert not after & {"rfc3987_syntax", "rfc3987", "lark"}


def test_no_lock_file_installs_that_grammar():
    clone = Path(__file__).parents[1]
    for name in ("binder", "binder/hub", "tests"):
        locked = (clone / name / "requirements.txt").read_text(encoding="utf-8")
        assert "\nnumpy==" in locked or "\njupyterhub==" in locked
        assert "\nrfc3987-syntax==" not in locked, name
