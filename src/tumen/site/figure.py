"""A picture in a page: drawn in the page itself, with its words, its caption and its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from tumen.charts.phone import phone_svg
from tumen.charts.picture import Picture
from tumen.charts.style import FONT
from tumen.page.tables import FEW


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", attributes: Sequence[str] = ()) -> str:
    """A table whose first cell names its row, everything escaped; `attributes` are written into each row's tag."""
    top = "".join(f'<th scope="col">{escape(str(h)) or "<span class=unseen>row</span>"}</th>' for h in head)
    body = ""
    for i, row in enumerate(rows):
        first, *rest = (escape(str(c)) for c in row)
        cells = "".join(f"<td>{c}</td>" for c in rest)
        body += f'<tr{attributes[i] if attributes else ""}><th scope="row">{first}</th>{cells}</tr>'
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{said}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def scrolling(inside: str, name: str) -> str:
    """A box that scrolls sideways by itself on a narrow page; the keyboard can reach it, and it has a name."""
    return f'<div class="scroll" role="group" aria-label="{escape(name)}" tabindex="0">{inside}</div>'


def folded(inside: str, name: str, rows: int) -> str:
    """A table in its box, closed on the screen where it is long; the summary says how many rows wait there."""
    box = scrolling(inside, name)
    if rows <= FEW:
        return box
    said = escape(f"{name}, {rows} rows")
    return f'<details class="table"><summary>{said[:1].upper()}{said[1:]}</summary>{box}</details>'


def drawn(picture: Picture, rows, words: str, prefix: str) -> str:
    """The picture as an image with a text alternative, drawn for a wide page and, where its words find room, for a phone.

    The role stands on a box of its own and not on the figure: all inside an image is hidden from assistive
    technology, and the caption and the table must not be.
    """
    small = phone_svg(picture, rows)
    inside = f'<div class="wide">{inline(picture.svg(rows), prefix)}</div>'
    inside += f'<div class="small">{inline(small, f"{prefix}s")}</div>' if small else ""
    kind = "drawn" if small else "drawn wide-only"
    return f'<div class="{kind}" role="img" aria-label="{escape(words)}">{inside}</div>'


def inline(svg: str, prefix: str) -> str:
    """An SVG as it can stand in a page beside others: names of its own, nothing said twice, no dead marks."""
    svg = re.sub(r' (?:xmlns|xmlns:xlink|version|role|aria-[a-z]+|pointer-events)="[^"]*"', "", svg)
    svg = svg.replace(f' font-family="{FONT}"', "").replace(' opacity="1"', "")
    svg = re.sub(r'<path class="(?:background|foreground)" d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>', "", svg)
    svg = re.sub(r'<path[^>]*? opacity="0"[^>]*?/>', "", svg)
    names = {name: f"{prefix}-{i}" for i, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', svg)))}
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{names[m[1]]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{names.get(m[1], m[1])})", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def figure(number: int, image: str, caption: str, told: str, rows: int, download: str) -> str:
    """A numbered figure: the image, its caption, its table of so many rows, closed until it is opened, and its download."""
    name = f"figure {number}"
    kind = "table long" if rows > FEW else "table"
    said = f"table of {name}, {rows} rows" if rows > FEW else f"table of {name}"
    return (
        f'<figure id="figure-{number}">{scrolling(image, f"picture of {name}")}'
        f"<figcaption><b>Figure {number}.</b> {escape(caption)}</figcaption>"
        f'<p class="kept">{download}</p>'
        f'<details class="{kind}"><summary>{said}</summary>{scrolling(told, f"table of {name}")}</details></figure>'
    )
