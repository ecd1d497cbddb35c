"""A page as its tests read it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

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
