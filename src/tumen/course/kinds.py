"""What a file is, by its content and never by its name: perhaps a hand-in, an archive, or something else in words."""

from __future__ import annotations

import json
import re

HEAD = 4_096  # bytes of a file by which it is told what it is
FILE = "send the file hand-in-….json itself, as the last cell of the page “assignment” wrote it"
OTHER_ARCHIVE = f"an archive of a kind that is not opened here; send a zip, or {FILE[5:]}"
DOCUMENT = f"a document of an office program; {FILE}"
PAGE = f"a page, which is never opened here (perhaps from “save page as”); {FILE}"
NOTEBOOK = "a notebook, which is never opened here"
PICTURE = f"a picture; {FILE}"
ZIP = "zip"
MAGIC = (  # the first bytes, what the file is
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"7z\xbc\xaf\x27\x1c", OTHER_ARCHIVE),
    (b"Rar!\x1a\x07", OTHER_ARCHIVE),
    (b"\x1f\x8b", OTHER_ARCHIVE),
    (b"BZh", OTHER_ARCHIVE),
    (b"\xfd7zXZ", OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", OTHER_ARCHIVE),
    (b"MSCF", OTHER_ARCHIVE),
    (b"%PDF", f"a PDF; {FILE}"),
    (b"{\\rtf", DOCUMENT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOCUMENT),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"MZ", "a program, which is never run here"),
    (b"\x7fELF", "a program, which is never run here"),
)
NAMED = {  # where the content says nothing
    ".ipynb": NOTEBOOK,
    ".py": "a program, which is never run here",
    ".html": PAGE,
    ".htm": PAGE,
    ".mht": PAGE,
    ".mhtml": PAGE,
    ".pkl": "a pickle, which is never loaded here",
    ".pickle": "a pickle, which is never loaded here",
    ".docx": DOCUMENT,
    ".doc": DOCUMENT,
    ".odt": DOCUMENT,
    ".pages": DOCUMENT,
    ".pdf": f"a PDF; {FILE}",
    ".7z": OTHER_ARCHIVE,
    ".rar": OTHER_ARCHIVE,
    ".gz": OTHER_ARCHIVE,
    ".tar": OTHER_ARCHIVE,
    ".zip": ZIP,  # damaged at its head, perhaps: whoever opens it says so
}
OFFICE = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml")  # a zip that holds one of these is a document
OF_NOTEBOOK = ("cells", "nbformat", "nbformat_minor", "worksheets", "metadata")
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019"
FIRST_KEY = re.compile(rf"\s*\{{\s*[{QUOTES}]([^{QUOTES}\s]{{0,60}})[{QUOTES}]")
NOTE_OF_BLACKBOARD = re.compile(r"\s*Name: .*\r?\nAssignment: ")


def decoded(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 or UTF-32, with or without a mark at their head; raises `UnicodeDecodeError`."""
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    return data.decode(json.detect_encoding(data[:4])).removeprefix("\ufeff")


def kind_of(head: bytes, name: str) -> str:
    """What a file is by its first bytes: "" where it may be a hand-in, `ZIP`, or what else it is, in words."""
    found = next((what for magic, what in MAGIC if head.startswith(magic)), "")
    if not found and head[257:262] == b"ustar":
        found = OTHER_ARCHIVE
    if found:
        return found
    text = head_text(head)
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if key := FIRST_KEY.match(text):
        return NOTEBOOK if key[1] in OF_NOTEBOOK else ""
    if re.match(r"\s*(<!doctype html|<html|<\?xml|<head|<body)", text, re.IGNORECASE):
        return PAGE
    if NOTE_OF_BLACKBOARD.match(text):
        return "note"
    if suffix in NAMED:
        return NAMED[suffix]
    return "" if suffix == ".json" or ".json" in name.lower() else "a file of another kind"


def head_text(head: bytes) -> str:
    """The beginning of a file as text, whatever it is."""
    if head[:3] == b"\xef\xbb\xbf":
        head = head[3:]
    return head.decode(json.detect_encoding(head[:4]), errors="replace").lstrip("\ufeff")
