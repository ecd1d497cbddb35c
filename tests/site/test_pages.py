"""The reading copies as they are written: whole, in order, with words and tables for every picture, and nothing to fetch."""

import base64
import csv
import io
import itertools
import json
import re

import pytest
from reader import closed, fetched, page

from tumen.brief import model
from tumen.core.home import home
from tumen.evidence.ledger import claims
from tumen.page.glossary import words as glossary_words
from tumen.tasks import find_task

CHAPTER = "02-counting-the-hidden"
START = "00-start-here"
ALL = (START, CHAPTER, *home().meta.pages, "references", "code", "instructor", "index")
EVERY = pytest.mark.parametrize("stem", ALL)


def words(tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


@EVERY
def test_a_page_needs_nothing_but_itself(pages, stem):
    soup = page(pages / f"{stem}.html")
    assert fetched(soup) == []
    assert "mathjax" not in str(soup).lower()
    assert soup.html["lang"] == "en"
    assert soup.title.get_text()
    assert soup.select_one("a.skip")["href"] == "#main"
    assert soup.main["id"] == "main"


@EVERY
def test_headings_are_in_order_and_names_are_unique(pages, stem):
    soup = page(pages / f"{stem}.html")
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


@EVERY
def test_every_link_within_the_site_arrives(pages, stem):
    here = page(pages / f"{stem}.html")
    for a in here.find_all("a", href=True):
        target, _, place = a["href"].partition("#")
        if target.startswith(("https://", "http://", "data:")):
            continue
        assert words(a), a
        there = page(pages / target) if target else here
        assert not place or there.find(id=place), a["href"]
    own = [a["href"] for a in here.find_all("a", href=True) if "://" not in a["href"]]
    assert not [href for href in own if href.endswith((".ipynb", ".md"))]


@EVERY
def test_every_picture_has_words_a_caption_and_a_table(pages, stem):
    soup = page(pages / f"{stem}.html")
    figures = soup.find_all("figure")
    assert bool(figures) == (stem in (START, CHAPTER, "map", "timeline"))
    for f in figures:
        image = f.select_one("[role=img]")
        assert len(image["aria-label"]) > 60
        assert re.search(r"\d", image["aria-label"])
        assert all(svg["aria-hidden"] == "true" for svg in image.select("svg"))
        assert len(image.select(".wide svg")) == 1
        assert len(image.select(".small svg")) == ("wide-only" not in image["class"])
        assert len(words(f.figcaption)) > 40
        table = f.select_one("details.table table")
        assert table.caption
        assert all(th["scope"] == "col" for th in table.select("thead th"))
        assert all(row.find("th")["scope"] == "row" for row in table.select("tbody tr"))
        assert "open" not in f.details.attrs
        rows = f.select_one("a.rows[download]")
        assert rows["download"].startswith(f"{stem}-figure-{f['id'].removeprefix('figure-')}-")
        assert rows["download"].endswith(".csv")
        file = base64.b64decode(rows["href"].partition(",")[2]).decode("utf-8-sig")
        head, *lines = csv.reader(io.StringIO(file))
        notes = {line[0]: line[1] for line in lines if line[0].startswith("# ")}
        assert {"# rows of", "# sources", "# how to cite"} <= set(notes)
        assert all(len(line) == len(head) for line in lines if line[0] not in notes)
        assert len(lines) > len(notes)
        assert len(notes["# sources"]) > 40
        assert stem in notes["# how to cite"]
    assert len(soup.find_all("svg")) == sum(len(f.find_all("svg")) for f in figures)


def test_all_but_one_picture_in_ten_are_drawn_for_a_phone_too(pages):
    drawn = [image for stem in (START, CHAPTER) for image in page(pages / f"{stem}.html").select("figure [role=img]")]
    assert sum("wide-only" in image["class"] for image in drawn) <= len(drawn) / 10


def test_a_figure_is_numbered_once_and_stands_where_the_workbook_shows_it(pages):
    soup = page(pages / f"{CHAPTER}.html")
    numbers = [int(f["id"].removeprefix("figure-")) for f in soup.find_all("figure")]
    assert numbers == list(range(1, len(numbers) + 1))
    text = words(soup.main)
    order = [
        "How many people could the hosts carry?",
        "Prediction 2",
        "the ceiling, which rises with the people",
        "Task 4",
    ]
    places = [text.index(o) for o in order]  # two tasks come from earlier chapters, one before the ceiling
    assert places == sorted(places)


def test_what_a_task_keeps_closed_is_closed_and_printed_at_the_end(pages):
    soup = page(pages / f"{CHAPTER}.html")
    closed = soup.select("details.answer")
    names = [words(d.summary) for d in closed]
    assert names.count("hint") >= 8
    assert names.count("solution") >= 8
    assert sum("two answers that disagree" in n for n in names) == 3
    assert not [d for d in closed if "open" in d.attrs]
    paper = soup.select_one("section.paper")
    assert len(paper.select(".name")) == len(closed)
    for d in closed:
        assert words(d.div) in words(paper)
    task = find_task("counting.guests")
    here = next(
        s for s in soup.select("section.task") if "How many guests are there for every 1,000 hosts?" in words(s)
    )
    outside = words(here).replace(words(here.select("details.answer")[-1]), "")
    assert "= 200" in words(here)
    assert "= 200" not in outside
    assert task.hint in words(here)


@pytest.mark.parametrize("stem", [START, CHAPTER])
def test_what_answers_a_prediction_is_closed(pages, stem):
    closed(pages / f"{stem}.html", least=1 if stem == START else 3)


def test_an_app_leaves_its_starting_case_its_break_evens_and_its_assumptions(pages):
    ceiling = model("counting.ceiling")
    start = ceiling()
    soup = page(pages / f"{CHAPTER}.html")
    app = next(a for a in soup.select("section.app") if ceiling.question in words(a))
    assert words(soup.main).count(ceiling.verdict(start)) == 1
    assert "S2P3-d flips at about 0.482 (beyond the range)" in words(app)
    for q in ceiling.quantities:
        assert q.label in words(app)
    assert "tumen lab" in words(app)
    assert f"{CHAPTER}.ipynb" in words(app)


def test_every_step_is_a_run_of_the_model(pages):
    ceiling = model("counting.ceiling")
    soup = page(pages / f"{CHAPTER}.html")
    app = next(a for a in soup.select("section.app") if ceiling.question in words(a))
    panels = app.select(".panel")
    assert len(panels) == 5
    panel = next(p for p in panels if "share of households that host" in words(p.select_one(".slide label")))
    rows = panel.select("tbody tr")
    assert len(rows) == 21 == int(panel.input["max"]) + 1
    assert "(starting case)" in words(rows[int(panel.input["value"])])
    for row in rows:
        share = float(words(row.th).split()[0])
        # households that host, times guests in each, over the share who need such a host: by hand
        top = 1_500_000 / 3.3 * share * 1.3 / 0.95
        shown = float(words(row.td).replace(",", ""))
        assert shown == pytest.approx(top, rel=0.005)
        assert words(row.find_all("td")[1]) == ("holds" if top <= 300_000 else "does not hold")
        assert row["data-says"] == ceiling.verdict(ceiling(hosting_share=share))
    assert "Computed steps" in words(app)
    assert "Nothing is filled in between" in words(app)


def test_steps_without_a_script_are_pictures_and_tables_only(pages):
    soup = page(pages / f"{CHAPTER}.html")
    assert all("hidden" in box.attrs for box in soup.select(".live"))
    found = [i for i in soup.find_all(["input", "select", "button", "textarea"]) if not i.find_parent(class_="live")]
    assert [i["id"] for i in found] == ["folded"]  # which works without one


@EVERY
def test_long_tables_are_closed_with_their_number_of_rows(pages, stem):
    soup = page(pages / f"{stem}.html")
    for table in soup.select("main table"):
        rows = len(table.select("tbody tr"))
        if rows > 8:
            assert f"{rows} rows" in words(table.find_parent("details").summary)


def test_the_report_is_read_in_paraphrase_with_later_evidence_closed(pages):
    soup = page(pages / f"{CHAPTER}.html")
    reading = next(s for s in soup.select("section.reading") if "S2P3" in s["aria-label"])
    mine = [c for c in claims() if c.place == "S2P3"]
    for c in mine:
        assert c.paraphrase in words(reading)
        assert c.later_evidence in words(reading.select_one("details.answer"))
        assert c.later_evidence not in words(reading.find("ul"))


def test_the_pages_beside_the_chapters_hold_the_ledger_the_argument_the_traps_and_the_words(pages):
    made = {stem: page(pages / f"{stem}.html") for stem in home().meta.pages}
    ledger = words(made["ledger"].main)
    for c in claims():
        assert c.paraphrase in ledger
    assert "take one premise away" in words(made["map"].main)
    assert "947 is not 1998" in words(made["traps"].select_one(".traps details"))
    told = [words(dt) for dt in made["glossary"].select("dl.words dt")]
    assert told == [w.term for w in glossary_words()]
    assert made["glossary"].select_one(f'dl.words a[href="{CHAPTER}.html"]')
    start = {a["href"] for a in page(pages / f"{START}.html").main.find_all("a", href=True)}
    assert {f"{stem}.html" for stem in made} <= start
    assert not [s for s in made.values() if s.find(string=re.compile(r"<IPython|widgets|VBox\("))]


def test_contents_lists_chapters_with_objectives_and_time(pages):
    soup = page(pages / "index.html")
    chapters = soup.select(".chapters > li")
    assert [li.a["href"] for li in chapters] == [f"{START}.html", f"{CHAPTER}.html"]
    assert "use a ceiling as a ceiling, and not as an estimate" in words(chapters[1])
    assert 15 <= int(re.search(r"About (\d+) minutes to read", words(chapters[1]))[1]) <= 60
    assert "about an hour alone" in words(chapters[1])


def test_before_and_after_follow_the_order(pages):
    def ways(stem):
        return {a["rel"][0]: a["href"] for a in page(pages / f"{stem}.html").select(".ways a")}

    assert ways(START) == {"prev": "index.html", "next": f"{CHAPTER}.html"}
    assert ways(CHAPTER) == {"prev": f"{START}.html"}
    assert ways("glossary") == {}


def test_references_are_all_there_once_by_name(pages):
    from tumen.core.files import shipped

    works = json.loads((shipped("data") / "references.json").read_text(encoding="utf-8"))
    soup = page(pages / "references.html")
    assert {p["id"] for p in soup.select("p.reference[id]")} == {w["id"] for w in works}
    text = words(soup.find(id="lankov2004"))
    assert text.startswith(
        "Lankov, Andrei. 2004. “North Korean Refugees in Northeast China.” Asian Survey 44(6), 856-873."
    )


def test_the_instructor_set_is_found_by_looking(pages):
    from reader import WORKBOOKS

    soup = page(pages / "instructor.html")
    notes = sorted((WORKBOOKS / "instructor").rglob("*.md"))
    assert notes
    titles = [re.search(r"^# (.+)$", n.read_text(encoding="utf-8"), re.MULTILINE)[1] for n in notes]
    assert {words(h) for h in soup.find_all("h2")} >= {re.sub(r"[*_`]", "", t) for t in titles}
    assert len(soup.select(".sheet")) == len(notes)
    sheets = sorted((WORKBOOKS / "instructor").rglob("*.html"))
    copies = sorted(pages.glob("worksheet-*.html"))
    assert [c.read_text(encoding="utf-8") for c in copies] == [s.read_text(encoding="utf-8") for s in sheets]
    for copy in copies:
        assert soup.find("a", href=copy.name)
        assert fetched(page(copy)) == []


def test_a_step_left_out_is_asked_before_its_task_with_its_solution_closed(pages):
    soup = page(pages / f"{CHAPTER}.html")
    keys = [json.loads(s["data-task"])["key"] for s in soup.select("section.task")]
    at = keys.index("step.counting.guests")
    assert keys[at + 1] == "counting.guests"
    step, task = soup.select("section.task")[at : at + 2]
    assert "Worked example." in words(step) and "Worked example." not in words(task)
    assert [words(d.summary) for d in step.select("details")] == ["solution"]
    assert "{" not in words(step)
