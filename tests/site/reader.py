"""A page as its tests read it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

from tumen.core.words import number
from tumen.tasks import find_task
from tumen.tasks.check import filled, run_answer

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "src",
    "object": "data",
    "video": "src",
}


@cache
def page(path: Path) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def fetched(soup: BeautifulSoup) -> list[str]:
    """Everything a browser would fetch for a page, data inside it apart."""
    out = []
    for name, attribute in LOADS.items():
        out += [tag[attribute] for tag in soup.find_all(name) if tag.get(attribute)]
    styles = " ".join(
        [*(s.get_text() for s in soup.find_all("style")), *(t["style"] for t in soup.find_all(style=True))]
    )
    out += re.findall(r"url\(\s*['\"]?([^)'\"]+)|@import\s+(\S+)", styles)
    return [o for o in map(str, out) if not o.startswith(("data:", "#"))]


def in_the_open(path: Path) -> str:
    """All that is seen or heard of a page before anything is opened: its words, its text alternatives, its downloads' names."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for tag in soup.select("script, style, section.paper"):
        tag.extract()
    for box in soup.select("details:not(.tumen-fold)"):  # what is folded for its length is open to all
        for inner in box.find_all(recursive=False):
            if inner.name != "summary":
                inner.extract()
    heard = [tag["aria-label"] for tag in soup.find_all(attrs={"aria-label": True})]
    return " ".join([soup.main.get_text(" "), *heard])


def closed(path: Path, least: int) -> None:
    """Assert of every prediction of a page that what follows is closed, and that nothing in the open answers it."""
    soup, seen = page(path), " ".join(in_the_open(path).split())
    asked = [s for s in soup.select("section.task") if s["aria-label"].startswith("Prediction")]
    assert len(asked) >= least
    for section in asked:
        after = section.find_next_sibling()
        assert after.name == "details"
        assert after["class"] == ["guess"]
        assert "open" not in after.attrs
        task = find_task(json.loads(section["data-task"])["key"])
        said = filled(task.right, task)
        assert not said or said not in seen, task.key
        for model in {task.model, task.answer.model if task.answer else ""} - {""}:
            assert f"-{model.replace('.', '-')}" not in "".join(
                a["download"] for a in soup.select("a.rows[download]") if not a.find_parent("details", class_="guess")
            ), f"{model} stands open"
        if task.answer:
            value = run_answer(task.answer)[0]
            shown = {number(value, n) for n in (2, 3, 4)} - {number(value, 1)}
            told = [w for w in shown if len(w) > 2 and re.search(rf"(?<![\d.,]){re.escape(w)}(?![\d.,]*\d)", seen)]
            assert not told, (task.key, told)
