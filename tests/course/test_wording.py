"""A copy's own words: terms replaced in our own voice only, and passages left out by the day a course looks from."""

import datetime as dt
import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import PLAN, TASKS
from test_build import prose

from tumen.core.files import shipped
from tumen.course.assignment import write_worksheets
from tumen.course.build import build
from tumen.course.checks import stems
from tumen.course.copies import asked, master
from tumen.course.plan import read_course
from tumen.course.wording import Terms, beyond, blocks, known_by, passages

T = Terms({"arrivals": "newcomers", "North Koreans in China": "border crossers", "host": "arrivals"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Few arrivals came.", "Few newcomers came."),
        ("Arrivals rose; **arrivals** fell.", "Newcomers rose; **newcomers** fell."),
        ("North Koreans in China and their host.", "border crossers and their arrivals."),  # one pass, no second
        ("arrivalsx xarrivals post-arrivals arrivals-based", "arrivalsx xarrivals post-arrivals arrivals-based"),
        ("the table `arrivals`", "the table `arrivals`"),
        ("```\narrivals\n``` arrivals", "```\narrivals\n``` newcomers"),
        ("[arrivals](https://x.org/arrivals) arrivals", "[arrivals](https://x.org/arrivals) newcomers"),
        ("see https://x.org/arrivals now", "see https://x.org/arrivals now"),
        ('“few arrivals” and "arrivals" and ‘arrivals’', '“few arrivals” and "arrivals" and ‘arrivals’'),
        ("*arrivals* and _arrivals_, arrivals", "*arrivals* and _arrivals_, newcomers"),
        ("* arrivals\n* arrivals", "* newcomers\n* newcomers"),
        ("{arrivals} arrivals", "{arrivals} newcomers"),
        ("<b title='arrivals'>arrivals</b>", "<b title='arrivals'>newcomers</b>"),
    ],
)
def test_what_is_replaced_and_what_is_kept(old, new):
    assert T(old) == new


def test_a_paragraph_of_the_report_keeps_its_name():
    assert Terms({"S2P3": "x", "d": "x"})("S2P3 and S2P3-d") == "S2P3 and S2P3-d"


@given(st.text())
def test_without_words_nothing_changes(text):
    assert Terms({})(text) == text
    assert Terms({"\x00": "x"})(text.replace("\x00", "")) == text.replace("\x00", "")


# --- what as_of and testimony reach of the prose, what a date does not reach, and a course's own notebooks and passages

WRITTEN = dt.date(2002, 5, 7)


def own_book(folder, name="09-law", *cells) -> None:
    """A notebook of the instructor's, run and saved."""
    book = nbformat.v4.new_notebook()
    ask = nbformat.v4.new_code_cell('import tumen\ntumen.ask("law.warm_up")')
    ask.outputs = [nbformat.v4.new_output("stream", text="SAVED-OUTPUT")]
    book.cells = [*cells] or [nbformat.v4.new_markdown_cell("# Refuge in law\n\nHosts are bound."), ask]
    nbformat.write(book, folder / f"{name}.ipynb")


@pytest.mark.parametrize("stem", stems())
def test_every_marked_passage_is_there_once_and_blocks_make_the_text_again(stem):
    texts = [c["source"] for c in master(stem) if c["cell_type"] == "markdown"]
    assert ["".join(blocks(t)) for t in texts] == texts
    every = [b.lstrip() for t in texts for b in blocks(t)]
    for p in passages():
        if p.workbook == stem:
            assert sum(b.startswith(p.begins) for b in every) == 1, p.begins


def test_every_passage_belongs_to_a_workbook_and_is_marked_for_something():
    for p in passages():
        assert p.workbook in stems() and (p.since or p.speaks_of) and p.speaks_of in ("", "testimony")


def test_a_passage_that_names_settled_north_koreans_as_a_voice_is_marked_as_testimony():
    marked = [p.begins for p in passages() if p.speaks_of == "testimony"]
    for stem in stems():
        voices = [b for c in master(stem) if c["cell_type"] == "markdown" for b in blocks(c["source"])]
        for voice in voices:
            if voice.startswith(("- **Settled North Koreans", "**What four settled")):
                assert any(voice.startswith(m) for m in marked), voice[:60]


def test_a_date_leaves_out_what_came_later_and_lists_what_it_does_not_reach(make_course):
    plan = PLAN.replace('"00", ', '"00", "05", ')
    early, late = make_course("early", plan=plan, top="as_of = 2002-05-07\n"), make_course("late", plan=plan)
    said = {folder.name: build(folder).notes for folder in (early, late)}
    texts = {f.name: prose(f, "05-publicity-and-crackdown", "students/ann") for f in (early, late)}
    for words in ("Seoul counted 249 people", "What four settled North Koreans", "On 8 May 2002 police seized five"):
        assert words in texts["late"] and words not in texts["early"]
    assert "Suh Dong-man, a major historian" in texts["early"]  # of mixed days: it stays, and is listed
    note = next(n for n in said["early"] if n.startswith("05-publicity-and-crackdown: as_of does not reach"))
    listed = (early / "built/instructor/beyond-as-of.md").read_text(encoding="utf-8")
    assert "passages that speak of later days" in note and "- Suh Dong-man, a major historian" in listed
    assert "## 02-counting-the-hidden" in listed and "## tasks" in listed
    assert not any("as_of" in n for n in said["late"])
    assert not (late / "built/instructor/beyond-as-of.md").exists()
    assert not list((early / "built/students").rglob("beyond*"))


def test_a_day_between_keeps_what_was_known_by_then():
    cells = master("05-publicity-and-crackdown")
    kept = "".join(c["source"] for c in known_by(cells, "05-publicity-and-crackdown", dt.date(2004, 1, 1), True))
    assert "Seoul counted 249 people" in kept and "What four settled" not in kept


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("In 2001 it began.", False),
        ("On 7 May 2002 it was printed.", False),
        ("On 8 May 2002 five entered.", True),
        ("In June 2002 a Troika came.", True),
        ("It went on to 2008.", True),
        ("From 2012 to 2020 it was closed.", True),
        ("Kuran (1991), Smith (2005) wrote.", False),  # a work cited is none of the days spoken of
        ("Row `N2019` and 2,003 people, 2003.5 and S2P3-d.", False),
    ],
)
def test_days_named_in_words_are_read(text, later):
    cell = {"cell_type": "markdown", "source": text, "metadata": {}}
    assert bool(beyond([cell], WRITTEN)) == later


@pytest.mark.parametrize("stem", [s for s in stems() if s >= "03"])
def test_without_testimony_no_copy_holds_what_people_have_told(stem, make_course):
    folder = make_course(plan=PLAN.replace('"00", ', f'"00", "{stem}", '), end="\n[sensitivity]\ntestimony = false\n")
    build(folder)
    text = prose(folder, stem, "students/ann")
    assert "**Settled North Koreans" not in text and "**What four settled" not in text


def test_an_own_notebook_is_a_chapter(make_course):
    folder = make_course(
        plan=PLAN.replace('workbooks = ["00", ', 'workbooks = ["09-law", "00", '),
        end='\n[terms]\n"Hosts" = "Families"\n',
    )
    own_book(folder)
    build(folder)
    assert read_course(folder).workbooks == ("00-start-here", "02-counting-the-hidden", "09-law")
    for copy in ("students/ann", "solutions", "instructor"):
        text = (folder / "built" / copy / "09-law.ipynb").read_text(encoding="utf-8")
        assert "Families are bound." in text and "SAVED-OUTPUT" not in text
    assert "[09 · law](09-law.ipynb)" in prose(folder, "assignment", "students/ann")
    page = (write_worksheets(folder / "sheets", read_course(folder)))[-2:]
    assert any(p.name == "09-law.html" and "Refuge in law" in p.read_text(encoding="utf-8") for p in page)


def test_an_own_notebook_says_from_when_on_a_cell_can_be_known(make_course):
    folder = make_course(plan=PLAN.replace('"00", ', '"00", "09-law", '), top="as_of = 2002-05-07\n")
    later = nbformat.v4.new_markdown_cell("SAID-LATER", metadata={"tags": ["from:2004-07"]})
    told = nbformat.v4.new_markdown_cell("SOMEBODY-TOLD", metadata={"tags": ["testimony"]})
    own_book(folder, "09-law", nbformat.v4.new_markdown_cell("# Law"), later, told)
    build(folder)
    text = prose(folder, "09-law", "students/ann")
    assert "SAID-LATER" not in text and "SOMEBODY-TOLD" in text


def test_an_own_notebook_named_as_one_of_ours_is_told_to_be_unused(make_course):
    folder = make_course()
    own_book(folder, "02-counting-the-hidden")
    assert any("02-counting-the-hidden.ipynb beside course.toml is not used" in n for n in build(folder).notes)


def test_own_notebooks_run_only_where_they_are_named(make_course):
    folder = make_course(plan=PLAN.replace('workbooks = ["00", "02-counting-the-hidden"]', ""))
    own_book(folder)
    assert "09-law" not in read_course(folder).workbooks


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no notebook", "09-law.ipynb cannot be read as a notebook"),
        (b"{}", "cannot be read as a notebook"),
        (json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode(), "needs a first cell"),
        (None, "a chapter of your own is a notebook of that name beside course.toml"),
    ],
)
def test_an_own_notebook_that_is_none_is_told(make_course, refusal, data, told):
    folder = make_course(plan=PLAN.replace('"00", ', '"00", "09-law", '))
    if data is not None:
        (folder / "09-law.ipynb").write_bytes(data)
    assert told in refusal(build, folder)


def test_own_passages_stand_where_the_plan_says(make_course):
    heads = [b for c in master("02-counting-the-hidden") for b in c["source"].splitlines() if b.startswith("## ")]
    folder = make_course(
        end=f'\n[[passage]]\nworkbook = "02"\nafter = "{heads[1][3:]}"\ntext = """A word of ours."""\n'
        '\n[[passage]]\nworkbook = "00"\nfile = "passages/start.md"\n'
    )
    (folder / "passages").mkdir()
    (folder / "passages/start.md").write_text("## Before we meet\n\nRead one page.\n", encoding="utf-8")
    build(folder)
    text = prose(folder, "02-counting-the-hidden", "students/ann")
    assert text.index(heads[1]) < text.index("A word of ours.") < text.index(heads[2])
    assert "Read one page." in prose(folder, "00-start-here", "students/ann")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('workbook = "02"', "give either its text, or the file"),
        ('workbook = "02"\ntext = "a"\nfile = "b.md"', "give either its text, or the file"),
        ('workbook = "02"\nfile = "b.md"', "'b.md' is no file of text"),
        ('workbook = "03"\ntext = "a"', "passage entry 1 has no workbook '03'"),
        (
            'workbook = "02"\nafter = "Nowhere"\ntext = "a"',
            "course.toml: passage: 02-counting-the-hidden has no section",
        ),
        ('workbook = "02"\nafer = "x"', "'afer' is not known here in passage entry 1; the nearest is 'after'"),
    ],
)
def test_an_own_passage_that_cannot_be_put_is_told(make_course, refusal, words, told):
    assert told in refusal(build, make_course(end=f"\n[[passage]]\n{words}\n"))


def test_a_task_of_an_own_notebook_can_count(make_course):
    tasks = TASKS.replace('key = "law.warm_up"\nkind = "choice"', 'key = "law.warm_up"\nkind = "choice"\npoints = 1')
    plan = PLAN.replace('"00", ', '"00", "09-law", ') + '\n[[graded]]\ntask = "law.warm_up"\n'
    folder = make_course(plan=plan, tasks=tasks)
    own_book(folder)
    build(folder)
    cells = json.loads((folder / "built/students/ann/09-law.ipynb").read_text(encoding="utf-8"))["cells"]
    assert asked([{**c, "source": "".join(c["source"])} for c in cells]) == ["law.warm_up"]
    assert shipped("workbooks", "instructor", "passages.toml").is_file()
