"""What a file that came is, told by its first bytes, else by the end of its name."""

from __future__ import annotations

import re

from tumen.core.files import decoded

HEAD = 4_096  # bytes of a file by which it is told what it is
FILE = "send the file hand-in-….json itself, as the last cell of the page “assignment” wrote it"
OTHER_ARCHIVE = f"an archive of a kind that is not opened here; send a zip, or {FILE[5:]}"
DOCUMENT = f"a document of an office program; {FILE}"
PAGE = f"a page, which is never opened here (perhaps from “save page as”); {FILE}"
NOTEBOOK = "a notebook, which is never opened here"
PICTURE = f"a picture; {FILE}"
ZIP = "zip"
PROGRAM, PICKLE, PDF = "a program, which is never run here", "a pickle, which is never loaded here", f"a PDF; {FILE}"
MAGIC = {  # what the file is, the first bytes that say so
    ZIP: (b"PK\x03\x04", b"PK\x05\x06"),
    OTHER_ARCHIVE: (
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"\x28\xb5\x2f\xfd",
        b"MSCF",
    ),
    PDF: (b"%PDF",),
    DOCUMENT: (b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    PICTURE: (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    PROGRAM: (b"MZ", b"\x7fELF"),
}
ENDINGS = {  # where the content says nothing
    NOTEBOOK: ".ipynb",
    PROGRAM: ".py",
    PAGE: ".html .htm .mht .mhtml",
    PICKLE: ".pkl .pickle",
    DOCUMENT: ".docx .doc .odt .pages",
    PDF: ".pdf",
    OTHER_ARCHIVE: ".7z .rar .gz .tar",
    ZIP: ".zip",  # damaged at its head, perhaps: whoever opens it says so
}
NAMED = {ending: what for what, endings in ENDINGS.items() for ending in endings.split()}
OFFICE = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml")  # a zip that holds one of these is a document
OF_NOTEBOOK = ("cells", "nbformat", "nbformat_minor", "worksheets", "metadata")
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019"
FIRST_KEY = re.compile(rf"\s*\{{\s*[{QUOTES}]([^{QUOTES}\s]{{0,60}})[{QUOTES}]")
NOTE_OF_BLACKBOARD = re.compile(r"\s*Name: .*\r?\nAssignment: ")


def kind_of(head: bytes, name: str) -> str:
    """What a file is by its first bytes: "" where it may be a hand-in, `ZIP`, or what else it is, in words."""
    found = next((what for what, magic in MAGIC.items() if head.startswith(magic)), "")
    if not found and head[257:262] == b"ustar":
        found = OTHER_ARCHIVE
    if found:
        return found
    text = decoded(head, "replace")
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
