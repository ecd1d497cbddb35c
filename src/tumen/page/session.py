"""A reader's session: the folder's case and answers, and which predictions are still owed."""

from __future__ import annotations

import asyncio
import getpass
import hashlib
import platform
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from tumen.brief import models
from tumen.core import Case, Model, Problem
from tumen.core.case import CASE
from tumen.core.files import PATIENCE
from tumen.page.debounce import Debounce
from tumen.tasks import Answers, Task, predictions_of
from tumen.tasks.definitions import COPY

QUICK = 0.2  # seconds a page may wait for a file that is refused; then it is tried again beside the page
AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds between those tries, the last for as long as it takes


class Session:
    """What the verbs share in one notebook session.

    `case` is the folder's case.toml or an empty case that stands there; `trouble` is a sentence where it could not be used
    (nothing of it is then applied); `answers` are the folder's answers.
    """

    def __init__(self, folder: str | Path = "."):
        self.folder = Path(folder)
        self.answers = Answers(self.folder)
        self.case, self.trouble = Case(path=self.folder / CASE), ""
        self._asked: set[str] = set()
        self._where: dict[str, object] = {}
        self._owed: dict[str, dict[str, Task]] = {}
        self._listeners: list[Callable[[str], None]] = []
        self.recalled: dict[str, list[str]] = {}  # the questions each chapter asked again in this session
        self.fields: list = []  # every `Kept` field of the session
        self._tries = 0
        self._handed: dict[str, str] | None = None
        self._engine = self._saved = self._alternatives = None
        try:
            self.case = Case.of(self.folder, models)
        except Problem as e:
            self.trouble = f"{e} The workbook goes on without it."

    def model(self, model: Model) -> Model:
        """The model as this folder's case starts it, on the tables that stand in the folder."""
        return self.case.apply(model)

    def whose_data(self, model: Model) -> str:
        """A sentence for each table of others that the model runs on; nothing where all are Tumen's own."""
        from tumen.evidence.given import read

        found = (read(model.tables, name) for name in model.reads)
        return "".join(f" {t.note()}" for t in found if not t.whose.startswith("Tumen"))

    def owe(self, task: Task) -> None:
        """Note that a prediction has been asked; what it names waits for it."""
        self._asked.add(task.key)
        if self.answers.get(task.key) is not None:
            self._tell(task.key)
            return
        for thing in filter(None, (task.model, *task.hides)):
            self._owed.setdefault(thing, {})[task.key] = task

    def owed(self, thing: str) -> bool:
        """Whether a prediction asked in this session still stands before a model or an exhibit."""
        return bool(self._owed.get(thing))

    def asks(self, key: str, where: object) -> bool:
        """Whether a prediction is asked there: in the place of the session that was the first to ask it."""
        return self._where.setdefault(key, where) == where

    def before(self, thing: str) -> tuple[Task, ...]:
        """The predictions that come before a model or an exhibit, made or not: its theme's, and any asked in this session."""
        found = {t.key: t for t in predictions_of(thing, self.folder)} | self._owed.get(thing, {})
        return tuple(found.values())

    @property
    def predicted(self) -> bool:
        """Whether a prediction asked in this session has been recorded or skipped, now or before."""
        return any(self.answers.get(key) for key in self._asked)

    def skip(self, model_key: str) -> None:
        """Keep that every prediction a model waits for was skipped; raises `Problem` if that cannot be saved."""
        for task in list(self._owed.get(model_key, {}).values()):
            self.record(task, None, "skipped")

    def record(self, task: Task, value, state: str) -> None:
        """Keep an answer, free what waited for it and tell whoever listens; raises `Problem` if it cannot be saved."""
        try:
            self._write(lambda patience: self.answers.put(task.key, value, state, patience))
        finally:
            for waiting in self._owed.values():
                waiting.pop(task.key, None)
            self._tell(task.key)

    def keep(self, key: str, value, state: str) -> None:
        """Record something under a key and tell whoever listens; raises `Problem` if it cannot be saved."""
        try:
            self._write(lambda patience: self.answers.put(key, value, state, patience))
        finally:
            self._tell(key)

    def draft(self, key: str, text: str) -> None:
        """Keep what stands in a box and is not recorded; raises `Problem` if it cannot be saved."""
        try:
            self._write(lambda patience: self.answers.draft(key, text, patience))
        finally:
            self._tell(key)

    def keep_all(self) -> None:
        """Keep now what stands in every field of the session, for whoever reads the answers next."""
        for field in self.fields:
            if field.resting:
                field.keep()
        with suppress(Problem):  # `answers.trouble` says it
            self.answers.flush(QUICK)

    def _write(self, do: Callable[[float], object]) -> None:
        """Write in this moment, or else beside the page until it is done."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            do(PATIENCE)
            return
        try:
            do(QUICK)
        except Problem:
            self._tries = 0
            self._try_again()
            raise

    def _try_again(self) -> None:
        self._again.seconds = AGAIN[min(self._tries, len(AGAIN) - 1)]
        self._tries += 1
        self._again.put_off()

    @cached_property
    def _again(self) -> Debounce:
        return Debounce(self._flush)

    def _flush(self) -> None:
        try:
            self.answers.flush(QUICK)
        except Problem:
            self._try_again()
        self._tell("")

    # --- whose, and handed in -------------------------------------------------------------------------

    @cached_property
    def mark(self) -> str:
        """A short name of this folder of this reader, by which the browser knows whose text it keeps."""
        with suppress(OSError, KeyError, ImportError):  # an account without a name
            whose = [platform.node(), str(self.folder.resolve()), getpass.getuser()]
            return hashlib.sha256("\0".join(whose).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return hashlib.sha256(str(self.folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def of_course(self) -> bool:
        """Whether the folder is a course's copy."""
        return (self.folder / COPY).is_file()

    @property
    def handed(self) -> dict[str, str]:
        """What the newest hand-in of this folder holds, as it stood in the boxes."""
        if self._handed is None:
            from tumen.page.hand_in import handed_in

            self._handed = handed_in(self.folder)
        return self._handed

    def was_handed_in(self) -> None:
        """Note that a hand-in was written, and let every field say so."""
        self._handed = None
        self._tell("")

    def _tell(self, key: str) -> None:
        for listener in list(self._listeners):
            listener(key)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Have a function called with a task's key whenever its answer is recorded or kept; "" stands for all of them."""
        self._listeners.append(listener)

    @property
    def saved(self):
        """The saved cases of this folder, read when first asked for."""
        if self._saved is None:
            from tumen.page.saved import SavedCases

            self._saved = SavedCases(self.folder)
        return self._saved

    @property
    def engine(self):
        """The one widget that carries the drawing library to the page, shared by every picture of the session."""
        if self._engine is None:
            from tumen.page.chart_widget import Engine

            self._engine = Engine()
        return self._engine

    @property
    def alternatives(self):
        """The one widget that gives the still pictures of the session their words on the page."""
        if self._alternatives is None:
            from tumen.page.alt import Alternatives

            self._alternatives = Alternatives()
            _ = self._alternatives.model_id  # it is part of no card
        return self._alternatives


def this_session() -> Session:
    """The session of the running notebook session, or a fresh one outside a notebook.

    It is kept on the IPython shell, not in a module, so that it ends with the session and tests start clean.
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return Session()
    session = getattr(shell, "_tumen_desk", None)
    if session is None or session.folder.resolve() != Path.cwd():
        session = Session(Path.cwd())
        shell._tumen_desk = session
    return session
