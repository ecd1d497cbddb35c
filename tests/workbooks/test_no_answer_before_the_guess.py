"""No prediction's answer stands in a chapter before it is made: not on the live page, and not in what a notebook stores."""

import ast
import re

import ipywidgets as W
import pytest
from books import CHAPTERS, book

from tumen.core.words import number
from tumen.page.chart_widget import ChartWidget, Engine, Spoken
from tumen.page.closed import Closed
from tumen.page.explore import Explore
from tumen.page.questions import Prediction
from tumen.page.session import Session
from tumen.page.show import Still
from tumen.tasks import find_task
from tumen.tasks.check import filled, run_answer

EVERY = pytest.mark.parametrize("path", CHAPTERS, ids=[p.stem for p in CHAPTERS])
FOLDED = re.compile(
    r"<details(?! class=\"tumen-fold).*?</details>", re.DOTALL
)  # what is folded for its length is open to all
DATA = re.compile(r'data:image/png;base64,[^"]*')
NUMBER = r"(?<![\w.,-]){}(?![\w]|[.,]\d)"


@pytest.fixture(scope="module")
def engine():
    return Engine()


@pytest.fixture
def chapter(monkeypatch, tmp_path, engine):
    """A function that runs a notebook's cells in an empty folder: what each leaves, its words where it is prose, and the session."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tumen.page.chart_widget.Engine", lambda: engine)
    session, left = Session(tmp_path), []
    monkeypatch.setattr("tumen.page.verbs.this_session", lambda: session)

    def run(path):
        names = {}
        for place, cell in enumerate(book(path).cells):
            monkeypatch.setattr("IPython.display.display", lambda thing, place=place: left.append((place, thing)))
            if cell.cell_type != "code":
                left.append((place, cell.source))
                continue
            lines, last = ast.parse(cell.source), None
            if lines.body and isinstance(lines.body[-1], ast.Expr):
                last = ast.Expression(lines.body.pop().value)
            exec(compile(lines, "cell", "exec"), names)
            made = eval(compile(last, "cell", "eval"), names) if last else None
            if made is not None:
                left.append((place, made))
        return left, session

    return run


def inside(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def live(widget) -> list[str]:
    """The words of a widget on the page, with the pictures' own words and rows."""
    said = []
    for w in inside(widget):
        if isinstance(w, W.HTML):
            said.append(w.value)
        elif isinstance(w, Spoken):
            said.append(w.text)
        elif isinstance(w, ChartWidget):
            said += [str(w.spec), str(w.frame), w.caption]
        else:
            said += [str(getattr(w, "description", "")), str(getattr(w, "options", ""))]
    return said


def stored(thing) -> str:
    """What a reader sees of what a notebook stores of it."""
    bundle = thing._repr_mimebundle_() if hasattr(thing, "_repr_mimebundle_") else {}
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    html = thing._repr_html_() if hasattr(thing, "_repr_html_") else None
    return bundle.get("text/html") or html or repr(thing)


def seen(thing) -> str:
    """All that can be seen or heard of a thing without unfolding what is folded."""
    if isinstance(thing, str):
        return FOLDED.sub("", thing)
    parts = [stored(thing), *(live(thing) if isinstance(thing, W.Widget) else [])]
    return DATA.sub("", "\n".join(FOLDED.sub("", p) for p in parts))


def tells(task) -> list[re.Pattern]:
    """What would give a task's answer away: its sentence, and its number to two, three and all digits where these tell."""
    sentence = filled(task.right, task)
    found = [re.compile(re.escape(sentence))] if sentence else []
    if task.answer is None:
        return found
    value = run_answer(task.answer)[0]
    asked = set(re.findall(r"\d[\d,.]*", filled(task.prompt, task) + " ".join(task.options.values())))
    written = {number(value), number(value, 2), number(value, 3)} - {a.rstrip(".,") for a in asked}
    for w in written:
        if re.fullmatch(r"\d\d?", w):  # a small count is everywhere: it tells where it stands with its unit
            found += [re.compile(NUMBER.format(f"{w} {re.escape(task.unit)}"))] if task.unit else []
        elif len(re.sub(r"\D", "", w).lstrip("0")) >= 2:
            found.append(re.compile(NUMBER.format(re.escape(w))))
    for part in (value, 1 - value) if 0 < value < 1 else ():  # a share is told as so many per cent, of the fall too
        w = f"{100 * part:.0f}"
        found += [re.compile(NUMBER.format(f"{w} per cent"))] if len(w) == 2 and w not in asked else []
    return found


@EVERY
def test_nothing_that_can_be_seen_gives_an_answer_before_the_guess(path, chapter):
    left, session = chapter(path)
    asked = [find_task(key) for key in sorted(session._asked)]
    assert asked
    words = [(place, seen(thing)) for place, thing in left]
    for task in asked:
        for pattern in tells(task):
            where = [(place, m[0]) for place, said in words if (m := pattern.search(said))]
            assert where == [], f"{task.key} is answered in cells {where}"


@EVERY
def test_what_a_prediction_keeps_closed_is_drawn_nowhere_before_it(path, chapter):
    left, session = chapter(path)
    hidden = {thing for key in session._asked for thing in (find_task(key).model, *find_task(key).hides)} - {""}
    assert hidden
    for place, thing in left:
        if isinstance(thing, Explore) and thing.model.key in hidden:
            assert (thing.chart, thing.controls) == (None, {}), (place, thing.model.key)
        assert not isinstance(thing, Still) or thing.of not in hidden, place
    assert any(isinstance(t, (Closed, Explore)) for _, t in left)


@EVERY
def test_every_prediction_of_a_chapter_can_be_made_or_skipped_and_then_all_of_it_is_there(path, chapter):
    left, session = chapter(path)
    for key in sorted(session._asked):
        session.record(find_task(key), None, "skipped")
    for place, thing in left:
        if isinstance(thing, Explore):
            assert thing.chart is not None, place
        if isinstance(thing, Closed):
            assert thing.is_open, place
            assert not any(isinstance(w, Prediction) for w in inside(thing))
