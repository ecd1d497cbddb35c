"""Pictures of an instructor's own words, put into the cell that shows them: a copy then needs no file beside it."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import unquote

from tumen.core import Problem
from tumen.core.errors import shown

CODE = re.compile(r"(^```.*?^```$|^~~~.*?^~~~$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"(!\[[^\]]*\]\()\s*(?:<([^>\n]+)>|([^()\s]+))((?:\s+\"[^\"\n]*\")?\s*\))")
TAG = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'>\s]+)", re.IGNORECASE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)  # another place than a file beside the words
KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
LARGEST = 3_000_000  # bytes of a picture: every student's copy holds it


def enclosed(cell: dict, where: str, course: Path, beside: Path) -> dict:
    """A Markdown cell with the files of its pictures in it; other cells, and pictures that lie on the web, stay as they are.

    A file is looked for in the folder `beside`, where the words are, then in the course's. Raises `Problem`, naming `where` the words
    stand, for a picture that is not there, lies outside the course's folder, is too large, or that no page can show.
    """
    if cell["cell_type"] != "markdown":
        return cell
    found: dict[str, dict[str, str]] = dict(cell.get("attachments", {}))

    def put(m: re.Match) -> str:
        target = m[2] or m[3]
        if ELSEWHERE.match(target):
            return m.group()
        path = _file(unquote(target), where, course, beside)
        name = re.sub(r"[^\w.-]+", "-", path.relative_to(course.resolve()).as_posix())
        found[name] = {KINDS[path.suffix.lower()]: base64.b64encode(path.read_bytes()).decode("ascii")}
        return f"{m[1]}attachment:{name}{m[4]}"

    parts = CODE.split(cell["source"])
    for i in range(0, len(parts), 2):  # every other part is code, which shows nothing
        for target in TAG.findall(parts[i]):
            if not ELSEWHERE.match(target):
                raise Problem(
                    f"{where}: write the picture {shown(target)} as ![what it shows]({target}), so that each copy has it."
                )
        parts[i] = SHOWN.sub(put, parts[i])
    new = {**cell, "source": "".join(parts)}
    return {**new, "attachments": found} if found else new


def _file(target: str, where: str, course: Path, beside: Path) -> Path:
    """The picture a name in the words stands for."""
    path = next((p for folder in (beside, course) if (p := (folder / target).resolve()).is_file()), None)
    if path is None:
        raise Problem(
            f"{where}: there is no picture {shown(target)} beside it; put the file there, or give its place from the course's folder."
        )
    if not path.is_relative_to(course.resolve()):
        raise Problem(
            f"{where}: the picture {shown(target)} lies outside the course's folder; put it into that folder."
        )
    if path.suffix.lower() not in KINDS:
        raise Problem(f"{where}: {shown(target)} is no picture a page can show; those end in {', '.join(KINDS)}.")
    if (size := path.stat().st_size) > LARGEST:
        raise Problem(
            f"{where}: the picture {shown(target)} has {size / 1e6:.1f} MB, and every copy would hold it; make it smaller than "
            f"{LARGEST // 1_000_000} MB."
        )
    return path
