"""A picture drawn for a phone: as wide as its screen, with the type it has elsewhere."""

from __future__ import annotations

import copy
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from tumen.charts.lettering import EDGE, broken, frame, settled, touch, words_of
from tumen.charts.picture import Picture
from tumen.core import store

WIDTHS = (
    344,
    420,
)  # units across: one for each pixel of a screen of 360 less its margins, and the most that can be read there
BAD = 1  # words that may stand on others or away from what they name
SIDE = 104  # units that names at the left may take; wider ones stand above their rows
LINE = 14  # units from line to line
ROWS = 22  # units that a row takes beside the lines of its name above it
MORE = (0, 14, 28)  # units more for a row, where words stand above or below what they name
CARD = 330  # units across of one that moves: as wide as a card leaves it on a screen of 390
INSIDE = 60  # units that words beside its last mark may take: longer ones come in over it
SPARE = 10  # units more at the right of one that moves: other words may be longer, and another typeface wider
LOW = 225  # units of height of one that moves
LEAST = 280  # units of height that a picture keeps
ENDS = 110  # units that words beside the last mark may take from the picture; longer ones are set inside it
MARGIN = 6  # units left free around


def phone_svg(picture: Picture, rows: Sequence[Sequence]) -> str | None:
    """The SVG of a picture for a phone: as it lays itself out there, else made narrower; None where its words find no room."""
    if picture.small:
        other, moved = picture.small(rows)
        return other.svg(moved)
    spec = picture.spec(rows)
    drawn = store.kept(
        "svg",
        [spec, store.code_of(for_phone), store.version("vl-convert-python")],
        lambda: (for_phone(spec) or "").encode("utf-8"),
    )
    return drawn.decode("utf-8") or None


def for_phone(spec: dict) -> str | None:
    """The SVG of a Vega-Lite specification as `Picture.spec` gives it, for a phone; None where its words find no room there.

    Of the ways to lay it out it is the first whose words are free of each other and of all marks, else the one with fewest in trouble.
    """
    best, least = None, None
    for wide in WIDTHS:
        for more in MORE:
            laid = _laid(spec, wide, more)
            if laid is None:
                continue
            svg, bad, over = settled(laid[1])
            trouble = 4 * bad + over  # words on words are the worst
            if bad <= BAD and (least is None or trouble < least):
                best, least = svg, trouble
            if least == 0:
                return best
    return best


def phone_spec(picture: Picture, rows: Sequence[Sequence]) -> dict:
    """The specification of a picture that moves, as wide as a phone and no higher than leaves room for its controls."""
    if picture.small:
        other, moved = picture.small(rows)
        return other.spec(moved)
    spec = picture.spec(rows)
    follows_from = [spec, store.code_of(phone_spec), store.version("vl-convert-python")]
    laid = store.kept("phone", follows_from, lambda: json.dumps(_laid(spec, CARD, 0, LOW)[0]).encode("utf-8"))
    return json.loads(laid)


def _laid(spec: dict, wide: int, more: int, high: int | None = None) -> tuple[dict, str] | None:
    """The picture so wide, its rows with so much more room, and drawn; None where it has no rows that could have more."""
    import vl_convert

    small = _small(copy.deepcopy(spec), wide)
    if high:
        small["height"] = high if _measured(small) else spec["height"]
    above = False
    if _named(small, "x") or _named(small, "y"):
        names, lines, crowded = _axes(vl_convert.vegalite_to_svg(small))
        above = names > SIDE
        if above:
            _names_above(small, lines, more)
        if crowded:
            _lean(small)
    if more and not above:
        return None
    drawn = vl_convert.vegalite_to_svg(small)
    if (
        0 < (beyond := _beyond(drawn)) <= (INSIDE if high else ENDS)
    ):  # set inside the frame, they would stand on what they name
        small["padding"] = {
            "left": MARGIN,
            "top": MARGIN,
            "bottom": MARGIN,
            "right": MARGIN + beyond + SPARE * bool(high),
        }
        drawn = vl_convert.vegalite_to_svg(small)
    return small, drawn


def _small(spec: dict, wide: int) -> dict:
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["width"] = wide
    spec["padding"] = MARGIN
    if isinstance(spec["height"], (int, float)):
        spec["height"] = max(LEAST, spec["height"]) if not _named(spec, "y") else spec["height"]
    config = copy.deepcopy(spec["config"])
    config["axisX"] = {"labelOverlap": "greedy", "labelSeparation": 8, "labelFlush": True}
    config["axisQuantitative"] = {"labelOverlap": "greedy", "labelSeparation": 6}
    config["axis"]["labelLimit"] = 0
    spec["config"] = config
    for layer in _layers(spec):
        for channel in ("x", "y"):
            encoding = layer.get("encoding", {}).get(channel)
            if not isinstance(encoding, dict):
                continue
            most = wide - 60 if channel == "x" else 250
            _shorten(encoding, most)
            axis = encoding.get("axis")
            if channel == "x" and isinstance(axis, dict) and encoding.get("type") in ("quantitative", "temporal"):
                axis.setdefault("labelOverlap", "greedy")
                axis["tickCount"] = min(axis["tickCount"], 5) if isinstance(axis.get("tickCount"), int) else 5
                if "values" in axis:
                    axis.pop("tickCount")
    title = spec.get("title")
    if isinstance(title, dict) and isinstance(title.get("text"), str):
        title["text"] = broken(title["text"], wide - 24, 13)
    elif isinstance(title, str):
        spec["title"] = broken(title, wide - 24, 13)
    return spec


def _measured(spec: dict) -> bool:
    """Whether heights are read off an axis; elsewhere they are room for words, and none of it can be spared."""
    told = [layer.get("encoding", {}).get("y") for layer in _layers(spec)]
    return any(isinstance(y, dict) and y.get("type") == "quantitative" and y.get("axis", {}) is not None for y in told)


def _beyond(svg: str) -> float:
    """How far the words that begin at a mark reach beyond the frame at the right: it was drawn with a guess at their width."""
    root = ET.fromstring(svg)
    labels = [
        w for w in words_of(root) if w.role == "mark" and not w.angle and w.tag.get("text-anchor") in (None, "start")
    ]
    return max((w.box()[2] for w in labels), default=0.0) - frame(root)[2] + EDGE


def _shorten(encoding: dict, most: float) -> None:
    """An axis title in as many lines as it takes."""
    for place in (encoding, encoding.get("axis")):
        if isinstance(place, dict) and isinstance(place.get("title"), str):
            place["title"] = broken(place["title"], most, 12)


def _layers(spec: dict) -> Iterator[dict]:
    for layer in spec.get("layer", ()):
        yield layer
        yield from _layers(layer)


def _named(spec: dict, channel: str) -> list[dict]:
    """The encodings of a channel whose axis has names and not numbers."""
    found = [layer.get("encoding", {}).get(channel) for layer in _layers(spec)]
    return [e for e in found if isinstance(e, dict) and e.get("type") in ("nominal", "ordinal")]


def _axes(svg: str) -> tuple[float, int, bool]:
    """How wide the widest words at the left are and of how many lines, and whether words under the picture touch."""
    root = ET.fromstring(svg)
    axis = [w for w in words_of(root) if w.role.startswith("axis-label")]
    names = [w for w in axis if w.tag.get("text-anchor") == "end" and not w.angle]
    left = [w.box() for w in names]
    under = [w.box() for w in axis if w.tag.get("text-anchor") != "end" and not w.angle]
    return (
        max((b[2] - b[0] for b in left), default=0),
        max((len(w.lines) for w in names), default=1),
        any(touch(a, b) for i, a in enumerate(under) for b in under[:i]),
    )


def _names_above(spec: dict, lines: int, more: int) -> None:
    solid = any(
        layer.get("mark", {}).get("type") == "rect" for layer in _layers(spec) if isinstance(layer.get("mark"), dict)
    )
    for encoding in _named(spec, "y"):
        if encoding.get("axis", {}) is None:
            continue
        axis = encoding.setdefault("axis", {})
        if solid:
            axis["labelLimit"] = SIDE
            continue
        axis |= {
            "labelAlign": "left",
            "labelPadding": -4,
            "labelOffset": -8 - more / 2 - LINE * lines / 2,
            "ticks": False,
            "domain": False,
            "zindex": 1,  # a rule through all rows stops before a name
        }
        axis["labelLimit"] = 0
    if not solid:
        spec["height"] = {"step": ROWS + more + LINE * lines}


def _lean(spec: dict) -> None:
    for encoding in _named(spec, "x"):
        if encoding.get("axis", {}) is not None:
            encoding["axis"] = {**encoding.get("axis", {}), "labelAngle": -40, "labelAlign": "right"}
