"""What the tests of installed copies share with the browser tests."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "browser"), str(Path(__file__).parents[2] / "binder")]

from pages import browser, chromium, page  # noqa: E402, F401 (fixtures)
