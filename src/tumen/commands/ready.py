"""`python -m tumen.commands.ready [FOLDER]`: work out once what every chapter opens with, and keep it in the store.

The folder named is filled, else the store that comes with the installation, else, where that cannot be written, the
account's own. What is there already is not made again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tumen.core import store
from tumen.core.files import in_turn
from tumen.core.home import home


def everything() -> None:
    """Read the tables, check the tasks, draw each model in its starting case and each exhibit, open each app with its tabs, write an empty memo."""
    from tumen.brief import exhibits, models
    from tumen.core.files import shipped
    from tumen.evidence.package import schemas
    from tumen.evidence.reading import read_rows
    from tumen.page.engine import keep
    from tumen.page.explore import Explore
    from tumen.page.memo import write_memo
    from tumen.page.session import Session
    from tumen.page.show import stills
    from tumen.tasks import task_themes, tasks_of

    keep()  # the drawing library, which the browser gets as a file
    for name, form in schemas().items():
        if (path := shipped("data") / f"{name}.csv").is_file():
            read_rows(path, form)
    for theme in task_themes():
        tasks_of(theme)
    with tempfile.TemporaryDirectory() as folder:
        for thing in [*models().values(), *exhibits().values()]:
            stills(thing, Session(folder))
        for model in models().values():
            app = Explore(model, Session(folder))
            for place in range(len(app.tabs.children)):
                app.tabs.selected_index = place
        write_memo(Session(folder))


def _whole() -> tuple[str, list]:
    """The sign that all is there, for this code and these packages."""
    return "whole", [
        store.code(home().meta.package or "tumen"),
        *map(store.version, ("altair", "vl-convert-python", "numpy", "scipy")),
    ]


def begin() -> None:
    """Fill the store beside what runs, and behind it, where something is missing: an installation's first start."""
    if store.has(*_whole()):
        return
    quietly = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    apart = {"creationflags": 0x4000} if sys.platform == "win32" else {"start_new_session": True}  # below normal there
    subprocess.Popen([sys.executable, "-P", "-m", "tumen.commands.ready", "--behind"], **quietly, **apart)


def main() -> None:
    """Fill the store; one at a time."""
    words = [w for w in sys.argv[1:] if w != "--behind"]
    if "--behind" in sys.argv and hasattr(os, "nice"):
        os.nice(15)
    place = Path(words[0]) if words else store.writable()
    os.environ[store.PLACE] = str(place)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with in_turn(place / "ready", patience=0):
            everything()
            store.kept(*_whole(), lambda: b"")
    except TimeoutError:
        print("The store is being filled by another process.", file=sys.stderr)
    except OSError as e:
        print(f"The store at {place} cannot be written ({e.strerror}): every page opens, only slower.", file=sys.stderr)


if __name__ == "__main__":
    main()
