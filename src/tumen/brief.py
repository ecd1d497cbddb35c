"""A brief: a report as the library sees it, by eight members; nothing else may ask for what is a report's own."""

from __future__ import annotations

import sys
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from types import ModuleType
from typing import TYPE_CHECKING

from tumen.core import Model, Problem, nearest
from tumen.core.errors import shown
from tumen.core.home import Home, Meta, home

if TYPE_CHECKING:
    from tumen.core.paper import Paper
    from tumen.evidence.argument import Argument
    from tumen.evidence.ledger import Claim
    from tumen.tasks import Task


class Brief:
    """One report: what it says of itself, its claims and argument, its tables, and its chapters' models and pictures.

    A chapter is a module with MODELS, EXHIBITS and PICTURES (or a submodule `charts` with PICTURES), each optional.
    """

    def __init__(self, where: Home):
        self.home = where

    @property
    def meta(self) -> Meta:
        """Title, author, publisher, date, link and the order of chapters."""
        return self.home.meta

    @property
    def claims(self) -> list[Claim]:
        """The claims of the report, in its order."""
        from tumen.evidence.ledger import claims

        return claims()

    @property
    def argument(self) -> Argument:
        """What carries what in the report."""
        from tumen.evidence.argument import argument

        return argument()

    @property
    def tables(self) -> list[str]:
        """The names of the tables of evidence."""
        from tumen.evidence.package import names

        return names()

    @cached_property
    def models(self) -> dict[str, Model]:
        """Every model of every chapter by its key, in the order of the chapters."""
        return {m.key: m for name in self.meta.chapters for m in getattr(self.chapter(name), "MODELS", ())}

    @cached_property
    def exhibits(self) -> dict:
        """Every exhibit by its key: those of the chapters, and the map of the argument."""
        from tumen.evidence.argument_words import ARGUMENT

        of_chapters = (e for name in self.meta.chapters for e in getattr(self.chapter(name), "EXHIBITS", ()))
        return {e.key: e for e in [*of_chapters, ARGUMENT]}

    def picture_of(self, model: Model):
        """The picture that draws a model over its ranges in use: its brief's, else a plain one."""
        from tumen.charts.plain import plain_picture

        drawn = self.picture(model.key)
        return drawn.on(model) if drawn else plain_picture(model)

    def picture(self, key: str):
        """The picture that draws the model or exhibit of that key, None where it has none; imports the chapter's charts."""
        if key == "report.argument":
            from tumen.charts.argument import WHOLE

            return WHOLE
        return self._drawn(key, "PICTURES").get(key)

    def boards(self, key: str) -> dict:
        """The pictures with which a model says by itself whether it is robust, by the question; imports the chapter's charts."""
        return self._drawn(key, "BOARDS").get(key, {})

    @property
    def memo(self) -> Paper:
        """The memo that it asks of its reader; raises `Problem` where it asks for none."""
        found = self._of_chapter(self.meta.memo, "MEMO") if self.meta.memo else None
        if not found:
            raise Problem("this report asks for no memo; tumen.notes() writes what you predicted and answered.")
        return found

    @property
    def tasks(self) -> dict[str, Task]:
        """Every task by its key, from the workbooks' folder of tasks."""
        from tumen.tasks import read_tasks

        files = sorted((self.home.workbooks / "tasks").glob("*.toml"))
        return {key: task for path in files for key, task in read_tasks(path).items()}

    def chapter(self, name: str) -> ModuleType:
        """The module of a chapter, of the brief's package or a file beside its brief.toml; raises `Problem` where it is missing."""
        if self.meta.package:
            return import_module(f"{self.meta.package}.{name}")
        path = self.home.data / f"{name}.py"
        known = f"_tumen_brief_{abs(hash(str(path)))}_{name}"
        if known not in sys.modules:
            if not path.is_file():
                raise Problem(f"brief.toml names the chapter {name!r}, and there is no {path.name} beside it.")
            spec = spec_from_file_location(known, path)
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            sys.modules[known] = module
        return sys.modules[known]

    def of_chapter(self, key: str, *lists: str):
        """What stands under that key in these lists of its chapter; None where nothing does."""
        name = str(key).partition(".")[0]
        listed = (getattr(self.chapter(name), which, ()) for which in lists if name in self.meta.chapters)
        return next((found for some in listed for found in some if found.key == key), None)

    def _drawn(self, key: str, which: str) -> dict:
        name = key.partition(".")[0]
        return (self._of_chapter(name, which) or {}) if name in self.meta.chapters else {}  # else a model made by hand

    def _of_chapter(self, name: str, which: str):
        module = self.chapter(name)
        if not hasattr(module, which) and hasattr(module, "__path__") and find_spec(f"{module.__name__}.charts"):
            module = import_module(f"{module.__name__}.charts")
        return getattr(module, which, None)


def brief() -> Brief:
    """The brief in use (see `tumen.core.home.home`); raises `Problem` where its brief.toml cannot be used."""
    return _brief_at(home())


@lru_cache(maxsize=8)  # asked some hundred times a chapter
def _brief_at(where: Home) -> Brief:
    return Brief(where)


def models() -> dict[str, Model]:
    """Every model of the brief in use by its key, in the order of the chapters."""
    return brief().models


def model(key: str) -> Model:
    """The model of that key, of which only the chapter is imported; raises `Problem` with the nearest valid key."""
    if (found := brief().of_chapter(key, "MODELS")) is None:
        raise Problem(f"there is no model {key!r}; {nearest(key, models())}.")
    return found


def thing(key: str):
    """The model or exhibit of that key, likewise; raises `Problem` with the nearest valid key."""
    if (found := brief().of_chapter(key, "MODELS", "EXHIBITS") or exhibits().get(key)) is None:
        raise Problem(f"there is no model or exhibit {shown(key)}; {nearest(key, {**models(), **exhibits()})}.")
    return found


def exhibits() -> dict:
    """Every exhibit of the brief in use by its key."""
    return brief().exhibits


def picture(key: str):
    """The picture of the brief in use that draws the model or exhibit of that key, None where it has none."""
    return brief().picture(key)


def picture_of(model: Model):
    """The picture that draws a model: one of the brief in use, else a plain one."""
    return brief().picture_of(model)


def boards(key: str) -> dict:
    """The pictures with which a model of the brief in use says by itself whether it is robust, by the question."""
    return brief().boards(key)
