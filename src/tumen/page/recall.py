"""Two questions from earlier chapters, asked before a chapter begins."""

from __future__ import annotations

from tumen.brief import brief
from tumen.page import widgets as W
from tumen.page.questions import Question
from tumen.page.session import Session
from tumen.page.widgets import Card
from tumen.page.wording import in_html, in_words
from tumen.tasks import Task, task_themes, tasks_of
from tumen.tasks.recalled import PREFIX, drawn, earlier

NOTHING = "There is no earlier chapter to ask about."
FIRST = "From earlier chapters, to answer from memory. What you answer here counts nowhere."


class Recall(Card):
    """Questions from the chapters before this one, chosen by how they were answered, to be answered from memory.

    What is answered here is kept beside the first answers, replaces none of them and counts nowhere. A saved page shows
    what a reader meets who has answered nothing.
    """

    verb = "recall"

    def __init__(self, chapter: str, session: Session):
        known = {t.key: t for t in _before(chapter, session)}
        self.session, self._still = session, drawn(known.values(), {})
        here = session.recalled.setdefault(chapter, [t.key for t in drawn(known.values(), session.answers.entries)])
        self.questions = [Question(_renamed(known[key]), session) for key in here]
        pair = W.Box(self.questions)
        pair.add_class("tumen-pair")
        super().__init__([W.HTML(self._begin()), pair])
        self.add_class("tumen-card")

    def _begin(self) -> str:
        return f'<p class="tumen-note">{FIRST if self._still else NOTHING}</p>'

    def html(self) -> str:
        return self._begin() + "".join(in_html(t, self.session.case) for t in self._still)

    def plain(self) -> str:
        return "\n".join([FIRST if self._still else NOTHING, *(in_words(t, self.session.case) for t in self._still)])


def first_met(chapter: str, session: Session) -> list[Task]:
    """The questions that a reader meets who has answered nothing."""
    return drawn(_before(chapter, session), {})


def _before(chapter: str, session: Session) -> list[Task]:
    order = brief().meta.chapters
    later = (
        order[order.index(chapter) :] if chapter in order else order
    )  # not read: each file needs its chapter's models
    themes = [theme for theme in task_themes(session.folder) if theme not in later]
    return earlier(order, {k: t for theme in themes for k, t in tasks_of(theme, session.folder).items()}, chapter)


def _renamed(task: Task) -> Task:
    """The task as it is asked again: what is answered now takes no earlier answer's place."""
    return task.model_copy(update={"key": PREFIX + task.key, "worked": None, "faded": None})
