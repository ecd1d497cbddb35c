"""The drawing library as text: bundled once an environment, then read."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from tumen.core.files import write_atomic

SNIPPET = "export default { initialize() { globalThis.tumenEmbed = vegaEmbed; } };"


def kept() -> Path:
    """Where this environment keeps the bundle of the drawing library it has installed."""
    return Path(sys.prefix, "share", "tumen", f"vega-embed-of-vl-convert-{version('vl-convert-python')}.js")


def engine() -> str:
    """The module that puts Vega-Embed on the page, from vl-convert and without a network."""
    path = kept()
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8")
    import vl_convert

    made = vl_convert.javascript_bundle(SNIPPET)  # two seconds of a processor, which each new kernel would pay
    with suppress(OSError):  # an environment that may only be read works as well, only later
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, made)
    return made
