"""Questions: a prediction before the control, a task with feedback, free text beside two answers that disagree."""

from __future__ import annotations

from html import escape

from tumen.core import Problem
from tumen.core.words import number
from tumen.page import widgets as W
from tumen.page.chart_widget import Spoken
from tumen.page.guard import guarded
from tumen.page.kept import Kept
from tumen.page.session import Session
from tumen.page.widgets import Card
from tumen.page.wording import CHECK, LEFT_OUT, in_html, in_words, prompt, worked_example
from tumen.tasks import Task, check, solved
from tumen.tasks.check import VERDICTS, filled
from tumen.tasks.numerals import read_numeral

COUNTS = "Recorded. This task counts: your course marks it, and nothing is told here."
TYPED = "What you had typed is back. It is kept; press the button to record it."


class Question(Card):
    """One task on the page; `answer(value)` answers it as a hand would, `feedback` is what was said."""

    verb = "ask"
    _solve = "show the solution"

    def __init__(self, task: Task, session: Session):
        self.task, self.session, self.feedback = task, session, ""
        self._solution = solved(task, session.case) if task.solution else ""
        super().__init__()
        self.add_class("tumen-card")
        self._said = Spoken()
        self._guard = guarded(self._say)
        session.keep_all()  # a text of before may still wait for its second of rest
        self._like, self._asks = W.HTML(self._example()), W.HTML(self._prompt())
        self._read = ""  # how the last number was read, where that is not plain
        self._entry = self._make_entry()
        self.kept = Kept(session, task.key, self._entry, beside=(self._buttons(),))
        self.kept.add_class("tumen-answer")  # field and buttons in one line, where there is room
        self.step = Step(task.step, session) if task.step else None
        self.children = (*self._before(), *self._lay_out())
        self._restore()

    # --- what stands on the page ----------------------------------------------------------------

    def _make_entry(self):
        if self.task.kind == "choice":
            options = [(f"({k}) {words}", k) for k, words in self.task.options.items()]
            return W.RadioButtons(options=options, value=None, layout=W.Layout(width="auto", max_width="640px"))
        if self.task.kind == "text":
            wide = W.Layout(width="100%", max_width="640px")
            return W.Textarea(rows=4, layout=wide, description="your answer", style={"description_width": "initial"})
        words = f"your answer, {self.task.unit}" if self.task.unit else "your answer"
        return W.Text(
            description=words,
            style={"description_width": "initial"},
            layout=W.Layout(width="auto"),
            placeholder="a number",
        )

    def _before(self):
        """The worked example, and the step that it leaves out."""
        return (*((self._like,) if self._like.value else ()), *((self.step,) if self.step else ()))

    def _lay_out(self):
        return (self._asks, self.kept, self._said)

    def _buttons(self):
        do = W.Button(description=self._button(), layout=W.Layout(width="auto"))
        do.on_click(lambda _: self._guard(self._pressed)())
        row = [do]
        if self.task.hint:
            hint = W.Button(description="hint", layout=W.Layout(width="auto"))
            hint.on_click(lambda _: self._guard(lambda: self._say(f"Hint: {self._filled(self.task.hint)}"))())
            row.append(hint)
        if self.task.solution:
            solution = W.Button(description=self._solve, layout=W.Layout(width="auto"))
            solution.on_click(lambda _: self._say(f"Solution: {self._solution}"))
            row.append(solution)
        return W.HBox(row)

    def _button(self) -> str:
        if self.task.graded:
            return "record"
        return "check" if self.task.kind != "text" else "keep"

    def _example(self) -> str:
        solved = (self.session.answers.get(self.task.key) or {}).get("state") == "right"
        return worked_example(self.task, self.session.case, solved)

    def _prompt(self) -> str:
        return prompt(self.task, self.session.case)

    def _filled(self, words: str) -> str:
        return filled(words, self.task, self.session.case)

    def _say(self, sentence: str, state: str = "") -> None:
        """Say a sentence, behind the word for the state of an answer."""
        word = VERDICTS.get(state, "")
        self.feedback = f"{word}. {sentence}" if word else sentence
        self._said.say(self.feedback, word and state)

    def _restore(self) -> None:
        entry = self.session.answers.get(self.task.key)
        said, state = "", ""
        if entry and entry.get("state") != "skipped":
            try:
                value = float(entry["value"]) if self.task.kind == "number" else entry["value"]
                with self.kept.quietly():
                    self._put(value)
                open_ = self.task.kind == "text" or self.task.graded
                said, state = ("Your answer from before is back.", "") if open_ else self._again(value)
            except (Problem, KeyError, TypeError, ValueError, OverflowError):
                pass  # the file was changed by another hand, or the task since
        if self.kept.restore():
            said, state = TYPED, ""
        if said:
            self._say(said, state)

    def _again(self, value) -> tuple[str, str]:
        """What is said of an answer given before, and its state."""
        feedback = check(self.task, value, self.session.case)
        return f"Your answer from before: {feedback.says}", feedback.state

    def _put(self, value) -> None:
        if self.task.kind == "number":
            self._entry.value = f"{float(value):.10g}"
        elif self.task.kind == "choice" and value not in self.task.options:
            raise Problem(f"{value!r} is none of the options {', '.join(self.task.options)}.")
        else:
            self._entry.value = str(value)

    # --- answering -------------------------------------------------------------------------------

    def _pressed(self) -> None:
        value = self._entry.value
        if self.task.kind == "number":
            read = read_numeral(value, self.task.unit)
            value, self._read = read.value, read.said
        elif self.task.kind == "choice" and value is None:
            raise Problem("Choose an answer first.")
        elif self.task.kind == "text" and not value.strip():
            raise Problem("Write a sentence first.")
        self._answered(value)

    def _answered(self, value) -> None:
        feedback = check(self.task, value, self.session.case)
        read = f"{self._read[:1].upper()}{self._read[1:]}. " if self._read else ""
        self._read = ""
        self._say(*((read + COUNTS,) if self.task.graded else (read + feedback.says, feedback.state)))
        self.session.record(self.task, value, feedback.state)
        self._like.value = self._example()

    def answer(self, value) -> str:
        """Answer as a hand would, and return what is said."""
        self._put(value) if not isinstance(value, str) or self.task.kind != "number" else setattr(
            self._entry, "value", value
        )
        self._guard(self._pressed)()
        return self.feedback

    # --- where no widget can live -------------------------------------------------------------------

    def html(self) -> str:
        return in_html(self.task, self.session.case)

    def plain(self) -> str:
        return in_words(self.task, self.session.case)


class Step(Question):
    """The step that a worked example leaves out: it is checked like a task, and counts nowhere."""

    _solve = "show the step"

    def _button(self) -> str:
        return CHECK

    def _prompt(self) -> str:
        return f'<p class="tumen-note">{LEFT_OUT}</p>{super()._prompt()}'


class Prediction(Question):
    """A prediction: recorded before the control is offered, never marked; it can be skipped, and says so."""

    verb = "predict"

    def __init__(self, task: Task, session: Session):
        session.owe(task)
        session.asks(task.key, self.verb)
        super().__init__(task, session)

    def _button(self) -> str:
        return "record my prediction"

    def _buttons(self):
        skip = W.Button(
            description="skip", tooltip="Open the controls without predicting", layout=W.Layout(width="auto")
        )
        skip.on_click(lambda _: self._guard(self.skip)())
        return W.HBox([super()._buttons().children[0], skip])

    def skip(self) -> None:
        """Open the controls without predicting; a prediction recorded before stays."""
        if (self.session.answers.get(self.task.key) or {}).get("state") == "recorded":
            self._say(f"Your prediction is recorded already{self._opened('; ')}.")
            return
        self._say(f"Skipped{self._opened(': ')}. You can still write a prediction.")
        self.session.record(self.task, None, "skipped")

    def _answered(self, value) -> None:
        self._say(f"Recorded{self._opened('; ')}. {self._outcome(value)}")
        self.session.record(self.task, value, "recorded")

    def _opened(self, joint: str) -> str:
        return f"{joint}the controls below are open" if self.task.model else ""

    def _outcome(self, value) -> str:
        """The prediction beside what the starting case gives."""
        yours = f"({value})" if self.task.kind == "choice" else number(value)
        return f"You predicted {yours}. {self._filled(self.task.right)}".strip()

    def _again(self, value) -> tuple[str, str]:
        return f"From before: {self._outcome(value)}", ""

    def html(self) -> str:
        return self._prompt_and_options() + "<p>Note your prediction before you read on.</p>"

    def _prompt_and_options(self) -> str:
        options = "".join(f"<li>({k}) {escape(v)}</li>" for k, v in self.task.options.items())
        return prompt(self.task, self.session.case) + (f"<ul>{options}</ul>" if options else "")

    def plain(self) -> str:
        lines = ["Predict first: " + self._filled(self.task.prompt)]
        return "\n".join([*lines, *(f"  ({k}) {v}" for k, v in self.task.options.items())])


class Argument(Question):
    """Free text, kept in the answers file; after keeping it, two model answers that disagree are shown."""

    verb = "argue"

    def _lay_out(self):
        self._views = W.HTML()
        return (*super()._lay_out(), self._views)

    def _answered(self, value) -> None:
        kept = "Kept in answers.json. Compare it with the two answers below; neither is the key."
        self._say(COUNTS if self.task.graded else kept if self.task.views else "Kept in answers.json.")
        self.session.record(self.task, value, "recorded")
        self._views.value = self._both()

    def _restore(self) -> None:
        super()._restore()
        if (self.session.answers.get(self.task.key) or {}).get("state") == "recorded":
            self._views.value = self._both()

    def _both(self) -> str:
        return "".join(
            f'<p class="tumen-prompt"><b>{escape(who)}:</b> {escape(words)}</p>'
            for who, words in self.task.views.items()
        )

    def html(self) -> str:
        views = (
            f"<details><summary>two answers that disagree</summary>{self._both()}</details>" if self.task.views else ""
        )
        return prompt(self.task, self.session.case) + views

    def plain(self) -> str:
        lines = [self._filled(self.task.prompt)]
        return "\n".join([*lines, *(f"  {who}: {words}" for who, words in self.task.views.items())])
