"""A reader's saved cases: one case file each in the folder `cases` beside the notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tumen.brief import models
from tumen.core import Case, Model, Override, Problem
from tumen.core.files import in_turn

FOLDER = "cases"
LONGEST = 60  # letters of a name
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # names Windows keeps for itself


def case_of(model: Model, settings: Mapping, title: str = "") -> Case:
    """The case that starts a model in this setting: what differs from the model as declared, values and ranges.

    `settings` holds a value for every quantity; ranges are those of `model`.
    """
    declared = model.declared
    changes: dict[str, Override] = {}
    for q in model.quantities:
        was = declared.quantity(q.key)
        ends = {k: getattr(q, k) for k in ("low", "high") if getattr(q, k) != getattr(was, k)}
        value = settings[q.key] if settings[q.key] != was.value else None
        if ends or value is not None:
            changes[q.key] = Override(value, **ends)
    case = Case(title=title, overrides={model.key: changes} if changes else {})
    late = {k: v for k, v in settings.items() if case.apply(declared).start[k] != v}
    if not late:  # a start that follows from another input must be said where it was set otherwise
        return case
    changes |= {k: replace(changes.get(k, Override()), value=v) for k, v in late.items()}
    return Case(title=title, overrides={model.key: changes})


class SavedCases:
    """The saved cases of one folder, by name.

    `troubles` says in a sentence each what could not be read; such a file is left alone.
    """

    def __init__(self, folder: str | Path = "."):
        self.folder = Path(folder) / FOLDER
        self.troubles: list[str] = []
        self.cases: dict[str, Case] = {}
        self.reload()

    def reload(self) -> dict[str, Case]:
        """Read the folder again; returns the cases by name, in the order of their names."""
        self.troubles, found = [], {}
        for path in sorted(self.folder.glob("*.toml")):
            try:
                case = Case.read(path, models().values())
            except Problem as e:
                self.troubles.append(f"{FOLDER}/{e}")
                continue
            name = case.title or path.stem
            found[name if name not in found else f"{name} ({path.stem})"] = case
        self.cases = dict(sorted(found.items()))
        return self.cases

    def of(self, model: Model) -> dict[str, Case]:
        """The saved cases that say something about a model."""
        return {name: case for name, case in self.cases.items() if model.key in case.overrides}

    def keep(self, name: str, model: Model, settings: Mapping) -> str:
        """Save a setting under a name, beside what that case says of other models; returns a sentence.

        Raises `Problem` for a name that is none, a setting that changes nothing and a folder that cannot be written.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST or not name.isprintable():
            raise Problem(f"a saved case needs a name of 1 to {LONGEST} letters.")
        new = case_of(model, settings, name)
        if not new.overrides:
            raise Problem("this is the starting case, so there is nothing to save; move a control first.")
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as e:
            raise Problem(
                f"the folder {FOLDER} cannot be made here ({e.strerror}), so the case was not saved."
            ) from None
        try:
            with in_turn(self.folder / FOLDER):  # another page may save a case of the same name
                self.reload()
                path, old = self._place(name)
                kept = replace(old, overrides={**old.overrides, **new.overrides}) if old else new
                kept.save(path)
        except OSError as e:
            raise Problem(f"the case cannot be saved in {FOLDER} ({e.strerror}).") from None
        self.reload()
        again = ", in place of what it held" if old and model.key in old.overrides else ""
        return f"Saved as “{name}” in {FOLDER}/{path.name}{again}; compare shows it."

    def _place(self, name: str) -> tuple[Path, Case | None]:
        """The file for a name: the one that holds it, or one that is free."""
        known = self.cases.get(name)
        if known is not None and known.path is not None:
            return known.path, known
        stem = re.sub(r"[^\w]+", "-", name.lower()).strip("-_") or "case"
        stem = f"case-{stem}" if RESERVED.match(stem) else stem
        path, n = self.folder / f"{stem}.toml", 2
        while path.exists():
            path, n = self.folder / f"{stem}-{n}.toml", n + 1
        return path, None
