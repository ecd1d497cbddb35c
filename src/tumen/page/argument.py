"""The argument map: take a premise away and see what still stands, and on what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from tumen.brief import exhibits
from tumen.core.home import home
from tumen.evidence.argument import Argument, argument
from tumen.evidence.argument_words import carried_by, verdict
from tumen.evidence.ledger import claims
from tumen.page import widgets as W
from tumen.page.findings import failing, findings
from tumen.page.session import Session
from tumen.page.show import Shown, shown
from tumen.page.tables import html_table, still, text_table
from tumen.page.tool import Folded, Tool, row

HEAD = ("conclusion", "in our words", "carried by", "how it stands", "models, in the case in use")
LOCKED = "The status on later evidence can be chosen once a prediction was recorded or skipped in this notebook."


class ArgumentMap(Tool):
    """The map with a box to tick for each premise to take away, the joints, a verdict and a table.

    The map is the report's, or the one that an Argdown `file` of one's own holds.

    `take(ids)` and `join(key=option)` do by code what a hand does; `verdict` is what is said.
    """

    def __init__(self, session: Session, taken: str | Iterable[str] = (), file: str = ""):
        self.own = _own(file) if file else None
        self.map: Argument = self.own.argument if self.own else argument()
        self._starts = self.map.ids(taken)
        super().__init__(session)
        self.add_class("tumen-map")
        self.heard = findings(session)
        self._ledger = claims()
        self.failing = failing(self.heard)
        self._quiet = False
        self.boxes = {id: self._box(id) for id in self.map.premises()}
        self.joints = {key: self._joint(key) for key in self.map.joints()}
        self._on_since = f"on {home().meta.known}"
        then = f"as of {home().meta.month}"
        self.status = self.choice("status shown", [then, self._on_since], then, self._moved, "300px")
        self._note, self._table = W.HTML(), W.HTML()
        self._lay_out()
        session.listen(lambda _key: self._settle())
        self._settle()
        self._moved()

    # --- what stands on the page ----------------------------------------------------------------

    def _box(self, id: str) -> W.Checkbox:
        point = self.map.points[id]
        mark = "; model: no" if id in self.failing else ""
        box = W.Checkbox(
            value=id in self._starts,
            description=f"{point.tag}{'' if point.claim else ':'} {point.short}{mark}",
            tooltip=point.says,
            indent=False,
            layout=W.Layout(width="auto"),
        )
        box.observe(lambda _: self.guard(self._moved)(), "value")
        return box

    def _joint(self, key: str) -> W.Dropdown:
        joint = self.map.joints()[key]
        options = [(words, option) for option, words in joint.options.items()]
        return self.choice(joint.question, options, joint.start, self._moved, "100%")

    def _lay_out(self) -> None:
        from tumen.charts.argument import MAP
        from tumen.page.chart_widget import ChartWidget

        self.picture = self.own.picture if self.own else MAP
        drawn = self._drawn()
        self.chart = ChartWidget(
            engine=self.session.engine,
            spec=self.picture.spec(self.picture.rows(drawn)),
            frame=self._frame(drawn),
            controls=[],
            caption=self.picture.caption,
            height=self.picture.size[1],
        )
        back = self.button("put everything back", self.reset)
        fails = self.button("take away what fails in a model", self._take_failing, "Claims marked “model: no”")
        fails.disabled = not self.failing & set(self.boxes)
        groups = []
        for number, name in (self.own.read.chains if self.own else home().meta.chains).items():
            mine = [box for id, box in self.boxes.items() if self.map.points[id].chain == number]
            groups += [_heading(f"<b>{number}&nbsp; {escape(name)}</b>"), *mine] if mine else []
        left = W.VBox([_heading("<h4>Take away</h4>"), *groups])
        joints = W.VBox([*self.joints.values()])
        for columns in (left, joints):
            columns.add_class("tumen-premises")
        body = W.HBox([left, self.chart], layout=W.Layout(flex_flow="row wrap"))
        body.add_class("tumen-body")
        self.children = (
            W.HTML("<h3>What carries what, and what happens without it?</h3>"),
            row(back, fails, self.status),
            self._note,
            self.said,
            body,
            *([W.HTML("<h4>How premises are joined</h4>"), W.HBox([joints])] if self.joints else []),
            _table(f"every conclusion and how it stands, {len(self._rows())} rows", self._table),
            *([] if self.own else [_table(self._every(), W.HTML(_boxed(self._points(), "points")))]),
        )

    def _settle(self) -> None:
        self.status.disabled = not self.since_open
        note = (
            ""
            if self.since_open
            else "The date in use is early: what came later is left out."
            if self.early
            else LOCKED
        )
        self._note.value = note and f'<p class="tumen-note">{note}</p>'

    # --- what a move does -------------------------------------------------------------------------

    @property
    def taken(self) -> list[str]:
        """The ids of the premises taken away."""
        return [id for id, box in self.boxes.items() if box.value]

    @property
    def joined(self) -> dict[str, str]:
        """How premises are joined, by key."""
        return {key: choice.value for key, choice in self.joints.items()}

    @property
    def standing(self):
        """How every point stands, by id."""
        return self.map.without(self.taken, self.joined)

    @property
    def verdict(self) -> str:
        """What the setting says, in words."""
        return verdict(self.map, self.standing, self.joined)

    def _drawn(self):
        from tumen.charts.argument import Drawn

        since = self.status.value == self._on_since and self.since_open
        word = {c.id: c.status if since else c.status_at_writing for c in self._ledger}
        drawn = Drawn(self.map, self.standing, self.joined, word, self.failing)
        return replace(drawn, against=self.own.read.against, chains=self.own.read.chains) if self.own else drawn

    def _frame(self, drawn) -> dict:
        from tumen.charts.picture import tidy

        rows, alt = tidy(self.picture.rows(drawn)), self.picture.words(drawn)
        return {"rows": rows, "alt": alt, "verdict": "", "message": "", "beside": {}, "values": {}, "track": {}}

    def _moved(self) -> None:
        if self._quiet:
            return
        self.chart.frame = self._frame(self._drawn())
        told = html_table(HEAD, self._rows(), "Every conclusion, and how it stands in this setting")
        self._table.value = _boxed(told, "conclusions")
        self.say(self.verdict)

    def _set(self, boxes: dict[str, bool], joints: dict[str, str]) -> None:
        """Set several controls as one move."""
        self._quiet = True
        try:
            for id, value in boxes.items():
                self.boxes[id].value = value
            for key, value in joints.items():
                self.joints[key].value = value
        finally:
            self._quiet = False
        self._moved()

    def take(self, *ids: str) -> str:
        """Take premises away, ids or paragraphs, and return the verdict; raises `Problem` for another name."""
        self._set(dict.fromkeys(self.map.ids(ids) & set(self.boxes), True), {})
        return self.verdict

    def join(self, **joined: str) -> str:
        """Choose how premises are joined (a hyphen in a key is written _); raises `Problem` with the nearest name."""
        wanted = {key.replace("_", "-"): value for key, value in joined.items()}
        self.map.joined(wanted)
        self._set({}, wanted)
        return self.verdict

    def reset(self) -> None:
        """Put every premise back and every joint to its start."""
        self._set(dict.fromkeys(self.boxes, False), {key: j.start for key, j in self.map.joints().items()})

    def _take_failing(self) -> None:
        self._set(dict.fromkeys(self.failing & set(self.boxes), True), {})

    # --- as a table, and where no widget can live ---------------------------------------------------

    def _rows(self, standing=None, joined=None) -> list[list[str]]:
        standing, joined = standing or self.standing, joined or self.joined
        out = []
        for id in self.map.conclusions(joined):
            point = self.map.points[id]
            models = "; ".join(f"{h.model}: {h.words}" for h in self.heard.get(id, ()) if h.relation)
            tag = point.short if point.kind == "own" else point.tag
            out.append([tag, point.says, carried_by(self.map, id, joined), standing[id].words, models])
        return out

    def at_start(self) -> tuple[str, list[list[str]]]:
        """The verdict and the rows of the table, as the cell sets them out."""
        standing, joined = self.map.without(self._starts), self.map.joined()
        return verdict(self.map, standing, joined), self._rows(standing, joined)

    def _every(self) -> str:
        return f"every point in our words, {len(self.map.points)} rows"

    def _points(self) -> str:
        """Every point of the report's argument in our words, as a table."""
        whole = shown(exhibits()["report.argument"], self.session)
        return html_table(whole.head, whole.body)

    def html(self) -> str:
        """The verdict, the picture and the tables, as the cell sets them out."""
        said, rows = self.at_start()
        then = {c.id: c.status_at_writing for c in self._ledger}
        drawn = replace(self._drawn(), standing=self.map.without(self._starts), joined=self.map.joined(), status=then)
        picture = self.picture
        what = Shown(picture, picture.rows(drawn), picture.words(drawn), picture.caption, HEAD, rows)
        every = "" if self.own else f"<details><summary>{self._every()}</summary>{self._points()}</details>"
        return f"<p>{escape(said)}</p>{still(what)}{every}"

    def plain(self) -> str:
        """The verdict and the table as text."""
        said, rows = self.at_start()
        short = [[tag, by, stands] for tag, _, by, stands, _ in rows]
        table = text_table((HEAD[0], *HEAD[2:4]), short)
        return f"{said}\n\n{table}\n\nRun the notebook to take premises away."


def _boxed(table: str, name: str) -> str:
    """A table in a box that scrolls by itself; the keyboard can reach it, and it has a name."""
    return f'<div class="tumen-scroll" role="group" tabindex="0" aria-label="table of the {name}">{table}</div>'


def _table(words: str, inside: W.Widget) -> Folded:
    """A table that can wait, under what it shows."""
    return Folded([inside], f"show {words}", f"hide {words}")


def _own(file: str):
    """The map in an Argdown file, laid out."""
    from tumen.charts.own_map import OwnMap
    from tumen.evidence.argdown import read_file

    return OwnMap(read_file(file))


def _heading(html: str) -> W.HTML:
    """A heading that stays with what follows it where the boxes stand in columns."""
    made = W.HTML(html)
    made.add_class("tumen-group")
    return made
