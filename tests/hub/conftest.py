"""The class server's modules, importable by their own names as the server itself does."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / name) for name in ("binder/hub", "tests/browser", "tests/binder")]

from pages import browser, chromium, page  # noqa: E402, F401 (fixtures)
