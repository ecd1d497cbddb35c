"""A picture with its words and its table as plain HTML: what a card leaves where no widget can live."""

from __future__ import annotations

import base64
import struct
from html import escape

from tumen.page.tables import folded_table

SCALE = 2  # pixels drawn for each one shown, so that a picture is sharp on a fine screen and in print


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG as it is shown."""
    return tuple(int(n / SCALE) for n in struct.unpack(">II", png[16:24]))


def image(picture, rows, words: str) -> str:
    """A picture as an image that carries everything it needs, named by its words."""
    png = picture.png(rows, SCALE)
    width, height = size(png)
    data = base64.b64encode(png).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" alt="{escape(words)}" width="{width}" height="{height}">'


def still(what) -> str:
    """The picture, its caption and its table (see `Shown`); a long table is folded."""
    drawn = image(what.picture, what.rows, what.words) if what.picture is not None else ""
    return (
        f"<figure>{drawn}<figcaption>{escape(what.caption)}</figcaption></figure>{folded_table(what.head, what.body)}"
    )
