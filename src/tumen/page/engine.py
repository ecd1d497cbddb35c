"""The drawing library as a file that Jupyter serves and the browser keeps: bundled once an environment."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from tumen.core.files import write_atomic
from tumen.core.store import version

EXTENSION = "tumen-widgets"  # what JupyterLab and Voila load of ours; its folder `static` has an address in both
CODE = "export default vegaEmbed;"


def home() -> Path | None:
    """The folder served for our widgets, found where Jupyter looks; None where it is not installed."""
    from jupyter_core.paths import jupyter_path

    folders = (Path(folder, EXTENSION) for folder in jupyter_path("labextensions"))
    return next((folder / "static" for folder in folders if (folder / "package.json").is_file()), None)


def kept() -> Path | None:
    """The file of the drawing library this environment has installed, if it was made before."""
    folder = home()
    return next(iter(sorted(folder.glob(f"{_stem()}-*.js"))), None) if folder else None


def keep() -> tuple[str, str]:
    """The name of the drawing library's file, made where there is none, and the library itself where none can be kept."""
    path = kept()
    if path is not None:
        return path.name, ""
    text = _bundle()
    path = _write(text)
    return (path.name, "") if path else ("", text)


def engine() -> str:
    """The drawing library as text, for a page that could not read the file; a damaged file is made anew."""
    path = kept()
    with suppress(OSError, UnicodeDecodeError):
        text = path.read_text(encoding="utf-8") if path else ""
        if text and path.stem.endswith(_mark(text)):
            return text
    if path is not None:
        with suppress(OSError):
            path.unlink()
    text = _bundle()
    _write(text)
    return text


def _stem() -> str:
    return f"vega-embed-of-vl-convert-{version('vl-convert-python')}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _bundle() -> str:
    import vl_convert

    return vl_convert.javascript_bundle(CODE)  # two seconds of a processor, which each new kernel would pay


def _write(text: str) -> Path | None:
    folder = home()
    with suppress(OSError):  # an environment that may only be read works as well, only later
        if folder:
            return write_atomic(folder / f"{_stem()}-{_mark(text)}.js", text)
    return None
