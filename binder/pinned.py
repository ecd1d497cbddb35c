"""Pin in lock files what is pinned with an extra by its bare name too: older pips, such as 23.2, take the one for no pin of the other."""

import re
import sys
from pathlib import Path

WITH_EXTRA = re.compile(r"^([a-z0-9._-]+)\[[^]]+\](==(?:.*\\\n)*.*\n)", re.MULTILINE)


def pinned(lock: str) -> str:
    """A lock in which each entry with an extra follows one without, unless it does already."""
    return WITH_EXTRA.sub(lambda m: m[0] if m[1] + m[2] in lock else f"{m[1]}{m[2]}{m[0]}", lock)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(pinned(path.read_text(encoding="utf-8")), encoding="utf-8")
