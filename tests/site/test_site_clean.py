"""What others write becomes no script, no address and no frame on a page, and every page says what it may do."""

import re
from html.parser import HTMLParser

import nbformat
import pytest

from tumen.site.build import build
from tumen.site.clean import clean, policy
from tumen.tasks import read_tasks

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="https://x.invalid/a.png" onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p onclick="alert(1)" style="background:url(https://x.invalid)">x</p>',
    '<base href="//x.invalid"><meta http-equiv=refresh content="0;url=//x.invalid">',
    '<form action="//x.invalid"><input autofocus onfocus=alert(1)></form>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<object data="x"></object><embed src="x"><link rel=stylesheet href="//x.invalid">',
    '"><img src=x onerror=alert(1)>',
)
RUNS = {"iframe", "object", "embed", "base", "form", "link"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.met = []

    def handle_starttag(self, tag, attrs):
        self.met.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict]]:
    parser = Tags()
    parser.feed(html)
    return parser.met


def harmless(html: str, ours: int = 0) -> None:
    """Nothing in a page runs but so many scripts of ours, nothing is fetched, no address is a program.

    The rules by which a page answers stand in a tag that no browser runs, once at most and with nothing but its type and name.
    """
    met = tags(html)
    scripts = [attrs for tag, attrs in met if tag == "script"]
    rules = [attrs for attrs in scripts if attrs == {"type": "application/json", "id": "rules"}]
    assert len(rules) <= ours
    assert len(scripts) - len(rules) == ours
    for tag, attrs in met:
        icon = tag == "link" and attrs.get("rel") == "icon"
        field = ours and (tag, attrs) == (
            "form",
            {"class": "live", "hidden": None},
        )  # a question's, which sends nothing
        assert tag not in RUNS or icon or field, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
        assert attrs.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy", attrs
        for name in ("href", "src", "xlink:href"):
            target = re.sub(r"[\s\x00-\x1f]", "", attrs.get(name) or "").lower()
            if ours and attrs.get("class") == "rows" and attrs.get("download", "").endswith(".csv"):
                target = target.removeprefix(
                    "data:text/csv;charset=utf-8;base64,"
                )  # a picture's rows, to keep as a file
            assert not target.startswith(("javascript:", "data:text", "vbscript:")), (tag, attrs)
            if name == "src" and name in attrs:
                assert target.startswith("data:image/"), (tag, attrs)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_runs_or_fetches_is_taken_out(words):
    harmless(clean(f"before {words} after"))


def test_what_a_text_needs_stays():
    kept = (
        '<h2 id="a">A</h2><p dir="ltr" lang="ko">b <em>c</em> <a href="https://x.example">d</a> <a href="02-x.ipynb">e</a></p>'
        '<table><thead><tr><th scope="col" style="text-align: left;">f</th></tr></thead></table>'
        '<details><summary>g</summary>h</details><img alt="i" src="data:image/png;base64,AAAA">'
    )
    assert clean(kept) == kept


def test_a_page_made_of_hostile_words_everywhere_is_harmless(tmp_path):
    """Words of a notebook, its name and output, tasks with their options, notes, a sheet, a case."""
    worst = "".join(HOSTILE)
    folder = tmp_path / "books"
    (folder / "tasks").mkdir(parents=True)
    (folder / "instructor" / "worksheets").mkdir(parents=True)
    quoted = "".join(HOSTILE).replace("\\", "").replace('"', '\\"').replace("\t", "")
    (folder / "tasks" / "own.toml").write_text(
        f'[[task]]\nkey = "own.a"\nkind = "choice"\nprompt = "{quoted}"\ncorrect = "a"\nhint = "{quoted}"\n'
        f'solution = "{quoted}"\nright = "{quoted}"\nunit = "{quoted}"\n'
        f'options = {{ a = "{quoted}", b = "b" }}\n'
        f'[[task]]\nkey = "own.b"\nkind = "text"\nprompt = "x"\nviews = {{ "{quoted}" = "{quoted}" }}\n',
        encoding="utf-8",
    )
    (folder / "case.toml").write_text(f'title = "{quoted}"\n', encoding="utf-8")
    png = nbformat.v4.new_output(
        "display_data", {"image/png": '"><script>alert(1)</script>', "text/plain": worst}, metadata={}
    )
    table = nbformat.v4.new_output("display_data", {"text/html": f"<table><tr><td>{worst}</td></tr></table>"})
    cells = [
        nbformat.v4.new_markdown_cell(
            f"# T {worst}\n\n{worst}\n\n## Words\n\n**{worst}:** {worst}\n\n[x](javascript:alert(1))"
        ),
        nbformat.v4.new_code_cell("import tumen"),
        nbformat.v4.new_code_cell('tumen.ask("own.a")'),
        nbformat.v4.new_code_cell('tumen.argue("own.b")'),
        nbformat.v4.new_code_cell("1", outputs=[png, table]),
    ]
    name = '01-a"><img src=x onerror=alert(1)>.ipynb'
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / name)
    (folder / "instructor" / "guide.md").write_text(f"# G {worst}\n\n{worst}\n", encoding="utf-8")
    (folder / "instructor" / "worksheets" / "s.html").write_text(f"<title>{worst}</title><body>{worst}</body>")
    written = build(tmp_path / "site", folder)
    assert len(written) >= 5
    for path in written:
        html = path.read_text(encoding="utf-8")
        harmless(html, ours=0 if path.name.startswith("worksheet") else 1)


@pytest.mark.parametrize("words", HOSTILE)
def test_an_options_name_that_is_no_name_is_refused(words, tmp_path, refusal):
    quoted = words.replace('"', '\\"').replace("\t", "")
    (tmp_path / "own.toml").write_text(
        f'[[task]]\nkey = "own.a"\nkind = "choice"\nprompt = "x"\ncorrect = "a"\noptions = {{ a = "x", "{quoted}" = "b" }}\n'
    )
    assert "cannot name an option" in refusal(read_tasks, tmp_path / "own.toml")


def test_every_page_says_what_it_may_do_and_its_own_script_is_allowed(tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")]), folder / "01-a.ipynb")
    for path in build(tmp_path / "site", folder):
        html = path.read_text(encoding="utf-8")
        (said,) = [a["content"] for t, a in tags(html) if a.get("http-equiv") == "Content-Security-Policy"]
        script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
        assert said == policy(script)
        assert html.index("Content-Security-Policy") < html.index("<title>")
