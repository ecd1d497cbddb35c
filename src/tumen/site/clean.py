"""HTML that others wrote, made harmless before it stands on a page, and what a page allows its browser to do."""

from __future__ import annotations

import base64
import hashlib
import re

GONE = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "svg",
    "math",
    "form",
    "base",
    "meta",
    "link",
)
TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
EVERYWHERE = ("class", "id", "lang", "dir", "title")
OWN = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "td": ("colspan", "rowspan", "style"),
    "th": ("colspan", "rowspan", "scope", "style"),
    "col": ("span",),
    "ol": ("start",),
    "time": ("datetime",),
    "details": ("open",),
}
PROTOCOLS = ("http", "https", "mailto", "data")
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*\Z")


def clean(html: str) -> str:
    """The HTML without anything that runs, fetches or leads elsewhere than to a page: tags, attributes, addresses.

    What is written within a tag that is taken away stays as words, of a script or a drawing nothing stays.
    """
    import bleach
    from bleach.css_sanitizer import CSSSanitizer
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(GONE):
        tag.decompose()
    css = CSSSanitizer(allowed_css_properties=("text-align", "white-space", "min-width"))
    return bleach.clean(str(soup), tags=TAGS, attributes=_allowed, protocols=PROTOCOLS, strip=True, css_sanitizer=css)


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and bool(PICTURE.match(value))
    if name == "href":
        return tag == "a" and not value.strip().lower().startswith("data:")
    return name in EVERYWHERE or name in OWN.get(tag, ())


def policy(script: str = "") -> str:
    """What a page may do, as the content of its Content-Security-Policy: run this script and no other, fetch nothing."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    own = f"script-src 'sha256-{digest}'; " if script else ""
    return f"default-src 'none'; {own}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
