"""Our widgets need no message that waits for their code, and what draws them is where Jupyter serves it."""

import ast
import json
from pathlib import Path

import pytest

import tumen
from tumen.page import engine
from tumen.page.chart_widget import HERE
from tumen.page.front import VERSION, Front

SOURCES = sorted(Path(tumen.__file__).parent.rglob("*.py"))
INSTALLED = HERE / "labextension"


def subclasses(of):
    """Every class below one."""
    return {c for direct in of.__subclasses__() for c in {direct} | subclasses(direct)}


def test_no_widget_of_ours_waits_for_anywidget():
    """It gives a widget's code two seconds; later, every message to it is dropped. Use `tumen.page.front.Front`."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] == "anywidget"], path.name


def test_every_widget_with_code_of_its_own_is_drawn_by_the_extension():
    import tumen.page.alt
    import tumen.page.save_bar  # noqa: F401

    found = subclasses(Front)
    assert {"ChartWidget", "Spoken", "Alternatives", "CodeBox"} <= {c.__name__ for c in found}
    named = {"_model_module": engine.EXTENSION, "_model_module_version": VERSION}
    for made in found:
        if made.__name__ == "ChartWidget":
            continue  # it needs an engine: see below
        assert named.items() <= made().get_state().items()
        assert "export default" in made().source.esm, made


def test_a_path_and_a_text_are_both_code(tmp_path):
    (tmp_path / "a.js").write_text("export default {}", encoding="utf-8")
    (tmp_path / "b.js").write_text("class More {}", encoding="utf-8")

    class FromPath(Front):
        _esm = tmp_path / "a.js"
        _css = "p { margin: 0 }"

    class FromParts(Front):
        _esm = (tmp_path / "a.js", tmp_path / "b.js")

    code = FromPath().source
    assert (code.esm, code.css) == ("export default {}", "p { margin: 0 }")
    assert FromParts().source.esm == "export default {}\nclass More {}"
    assert repr(FromPath()) == "FromPath()"


def test_the_library_is_no_part_of_a_picture():
    from tumen.brief import model
    from tumen.page.explore import Explore
    from tumen.page.session import Session

    app = Explore(model("counting.ceiling"), Session())
    sent = {
        w: sum(len(str(v)) for v in w.get_state().values()) for w in (app.chart, app.chart.source, app.chart.engine)
    }
    assert app.chart.engine.file
    assert max(sent.values()) < 60_000


def test_where_the_page_has_nothing_to_draw_with_the_app_says_so_in_a_sentence(monkeypatch):
    from tumen.brief import model
    from tumen.page.explore import UNSERVED, Explore
    from tumen.page.session import Session

    assert UNSERVED not in Explore(model("counting.ceiling"), Session())._heading.value
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda name: [])
    app = Explore(model("counting.ceiling"), Session())
    assert UNSERVED in app._heading.value
    assert app.chart.engine.text


@pytest.mark.parametrize(("name", "under"), [("package.json", ""), ("front.js", "static")])
def test_what_jupyter_serves_is_what_stands_here(name, under):
    served = engine.home()
    assert served is not None, "the environment was made before the extension: make env"
    assert (served.parent / under / name).read_bytes() == (INSTALLED / name).read_bytes(), (
        "make env brings it up to date"
    )


def test_the_versions_agree():
    said = json.loads((INSTALLED / "package.json").read_text(encoding="utf-8"))
    assert said["name"] == engine.EXTENSION
    code = (INSTALLED / "front.js").read_text(encoding="utf-8")
    assert f'"{engine.EXTENSION}"' in code
    assert f'version: "{said["version"]}"' in code
    assert f"^{said['version']}" == VERSION
