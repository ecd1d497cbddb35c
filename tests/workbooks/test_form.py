"""Every workbook keeps the form a reader can rely on."""

import base64
import itertools
import re

import pytest
from books import CHAPTERS as NUMBERED
from books import FOLDER, NAMES, PAGES, PATHS, book, code_cells, prose, words

import tumen
from tumen.commands.notebooks import VIEW, normal
from tumen.evidence.ledger import claims, paragraphs
from tumen.tasks import read_tasks
from tumen.tasks.asked import asked_in

EVERY = pytest.mark.parametrize("path", PATHS, ids=NAMES)
CHAPTERS = pytest.mark.parametrize("path", NUMBERED[1:], ids=lambda p: p.stem)


def test_there_are_workbooks():
    assert "00-start-here" in NAMES
    assert "02-counting-the-hidden" in NAMES
    assert {p.stem for p in FOLDER.glob("*.ipynb")} == set(NAMES), (
        "a notebook is a chapter, or a page that brief.toml names"
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_beside_the_chapters_is_short_and_leads_back(path):
    cells = book(path).cells
    assert len(cells) <= 8 and words(prose(path)) <= 250
    assert cells[-1].source.startswith("[Start here](00-start-here.ipynb) · ")
    linked = re.findall(r"\]\((\w+)\.ipynb\)", cells[-1].source)
    assert linked == [p.stem for p in PAGES if p != path]
    assert f"({path.name})" in prose(NUMBERED[0]), "the start page says what one finds there"


def test_the_start_page_is_short():
    assert len(book(NUMBERED[0]).cells) <= 24


@EVERY
def test_every_code_cell_was_run_in_order_and_none_failed(path):
    cells = code_cells(path)
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert not [
        o for c in cells for o in c.outputs if o.output_type in ("error", "stream") and o.get("name") != "stdout"
    ]


@EVERY
def test_no_widget_view_or_state_is_stored_and_the_form_is_normal(path):
    stored = book(path)
    assert "widgets" not in stored.metadata
    assert not [o for c in stored.cells if c.cell_type == "code" for o in c.outputs if VIEW in o.get("data", {})]
    assert normal(book(path), path.stem) == stored


@EVERY
def test_cells_are_few_short_and_plain(path):
    cells = code_cells(path)
    assert all(len(c.source.splitlines()) <= 12 for c in cells)
    assert not [c for c in cells if re.search(r"^\s*[%!]|;\s*$", c.source, re.MULTILINE)]
    assert words(prose(path)) <= 2_000


@CHAPTERS
def test_a_chapter_has_the_length_and_the_parts_of_its_template(path):
    assert 15 <= len(book(path).cells) <= 55
    text = prose(path)
    for part in (
        "**Time:**",
        "After this chapter you can",
        "Content note",
        "Exit ticket",
        "What would change your mind",
        "To discuss",
        "## Sources",
        "What we have claimed",
    ):
        assert part in text, part
    code = "\n".join(c.source for c in code_cells(path))
    for verb in ("read", "show", "explore", "ask", "argue", "progress"):
        assert f"tumen.{verb}(" in code, verb
    voices = re.search(r"## \w+ voices[^\n]*\n(.*?)\n## ", text + "\n## ", re.DOTALL)
    assert voices and len(re.findall(r"^- \*\*", voices.group(1), re.MULTILINE)) >= 3


@EVERY
def test_headings_start_at_one_and_never_skip(path):
    levels = [len(m) for m in re.findall(r"^(#+) ", prose(path), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@EVERY
def test_links_lead_somewhere_and_say_where(path):
    for said, target in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", prose(path)):
        assert said.strip().lower() not in ("here", "link", "this")
        assert target.startswith("https://") or (FOLDER / target).is_file(), target


@EVERY
def test_claims_paragraphs_tasks_and_verbs_exist(path):
    text = prose(path) + "\n".join(c.source for c in code_cells(path))
    ids = {c.id for c in claims()}
    assert set(re.findall(r"\bS\dP\d+-\w\b", text)) <= ids
    assert set(re.findall(r"\bS\dP\d+\b", text)) <= set(paragraphs())
    assert set(re.findall(r"tumen\.(\w+)\(", text)) <= {*tumen.VERBS, "table"}
    assert set(re.findall(r"tumen\.(?:ask|predict|forecast|argue)\(\"([\w.]+)\"", text)) <= set(_tasks())


def test_every_task_is_asked_somewhere():
    tasks = _tasks()
    own = {}
    for key, task in tasks.items():
        if task.prediction and task.model:
            own.setdefault(task.model, []).append(key)
    cells = (c.source for p in PATHS for c in code_cells(p))
    assert {key for source in cells for key in asked_in(source, lambda model: own.get(model, ()))} == set(tasks)


@EVERY
def test_every_picture_is_a_png_with_words_beside_it(path):
    pictures = [o for c in code_cells(path) for o in c.outputs if "image/png" in o.get("data", {})]
    assert pictures or path not in NUMBERED[1:]
    for out in pictures:
        assert base64.b64decode(out.data["image/png"]).startswith(b"\x89PNG")
        words = out.data["text/plain"]
        assert len(words) > 60 and re.search(r"\d", words), f"{words!r} does not say what is seen, with its numbers"
        assert out.metadata["image/png"]["alt"] == words


@CHAPTERS
def test_the_voices_are_called_ours_and_none_is_made_up_for_those_in_hiding(path):
    voices = re.search(r"## \w+ voices[^\n]*\n(.*?)\n## ", prose(path) + "\n## ", re.DOTALL).group(1)
    assert re.search(r"[Tt]he lines are ours|voices are our summaries", voices + prose(path).split("## Sources")[1])
    for name in re.findall(r"^- \*\*(.*?)\*\*", voices, re.MULTILINE):
        assert not re.match(
            r"(some|someone|those)( of those)? who (lived|left|arrived|stayed|crossed)|.*in hiding", name.lower()
        )


@EVERY
def test_no_heading_of_a_table_is_empty_or_a_name_out_of_a_file(path):
    cells = book(path).cells
    html = "".join(o.get("data", {}).get("text/html", "") for c in cells for o in c.get("outputs", ()))
    heads = re.findall(r"<th\b[^>]*>(.*?)</th>", html, re.DOTALL)
    heads += [
        h for line in re.findall(r"^(\|.*\|)\n\|[-| :]+\|$", prose(path), re.MULTILINE) for h in line.split("|")[1:-1]
    ]
    assert heads or path in PAGES
    for head in heads:
        assert head.strip() and "_" not in head, head


@EVERY
def test_the_voice_is_calm_and_finished(path):
    text = prose(path)
    assert "!" not in re.sub(r"!\[|!=", "", text)
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    assert not re.search(r"\bdefectors?\b", re.sub(r"\*[^*]*\*|“[^”]*”|_[^_]*_", "", text), re.IGNORECASE)


def _tasks() -> dict:
    return {k: t for p in sorted((FOLDER / "tasks").glob("*.toml")) for k, t in read_tasks(p).items()}
