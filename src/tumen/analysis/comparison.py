"""Compare settings side by side: the inputs in which they differ, their outputs and their findings."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.analysis.table import Table, named
from tumen.analysis.targets import targets
from tumen.core import Case, Model, Problem, Result
from tumen.core.frozen import frozen
from tumen.core.result import plain
from tumen.core.words import counted, listed

START = "starting case"


@frozen
class Line:
    """One line of a comparison: an input, a range, an output or a finding, with one value for each setting."""

    part: str
    key: str
    label: str
    unit: str
    values: tuple


@frozen
class Comparison(Table):
    """Settings side by side: lines for the inputs and ranges that differ, every output and every finding.

    `names` are the settings in the order given, the starting case first; `beyond` maps each to the
    quantities it takes beyond their declared ranges.
    """

    model: Model
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    beyond: dict[str, tuple[str, ...]]

    def rows(self) -> list[dict]:
        """One row a line: part, key, label, unit, and a column for each setting."""
        head = ("part", "key", "label", "unit")
        return [
            {k: getattr(line, k) for k in head} | dict(zip(self.names, map(plain, line.values), strict=True))
            for line in self.lines
        ]

    def part(self, name: str) -> tuple[Line, ...]:
        """The lines of one part: input, range, output or finding."""
        return tuple(line for line in self.lines if line.part == name)

    def reading(self) -> str:
        """One sentence: in how many inputs the settings differ, and which findings turn between them."""
        differ = len(self.part("input")) + len(self.part("range"))
        if not differ:
            return "These settings are the same in every input."
        inputs = counted(differ, "input")
        turned = [self._turned(line) for line in self.part("finding") if len(set(line.values)) > 1]
        if turned:
            return f"These settings differ in {inputs}, and that turns {listed(turned)}."
        if not self.part("finding"):
            return f"These settings differ in {inputs}; this model judges no claim."
        return f"These settings differ in {inputs}, and no finding turns between them."

    def _turned(self, line: Line) -> str:
        holding = [named(n) for n, v in zip(self.names, line.values, strict=True) if v]
        return f"{line.key} (holds only in {listed(holding)})" if holding else f"{line.key} (holds in none)"


def compare(model: Model, settings: Mapping[str, Mapping | Case]) -> Comparison:
    """Put settings of one model side by side with its starting case.

    `settings` maps a name to a mapping of inputs or to a `Case`, which is applied to the model as declared,
    whatever case the model given already carries. Raises `Problem` naming the setting where one cannot be used.
    """
    if START in settings:
        raise Problem(f"the name {START!r} is taken by the model's own; give that setting another.")
    if not settings:
        raise Problem("there is nothing to compare yet; save at least one setting.")
    models = {START: model} | {name: _model(model, name, given) for name, given in settings.items()}
    results = {START: model()} | {name: _run(models[name], name, given) for name, given in settings.items()}
    every = list(results.values())
    lines = [
        *_inputs(model, every),
        *_ranges(model, list(models.values())),
        *_outputs(model, every),
        *_findings(model, every),
    ]
    return Comparison(model, tuple(results), tuple(lines), {k: r.beyond_range for k, r in results.items()})


def _model(model: Model, name: str, given) -> Model:
    try:
        return given.apply(model.declared) if isinstance(given, Case) else model
    except Problem as e:
        raise Problem(f"{name}: {e}") from None


def _run(model: Model, name: str, given) -> Result:
    try:
        return model(**(model.start if isinstance(given, Case) else given))
    except Problem as e:
        raise Problem(f"{name}: {e}") from None


def _inputs(model: Model, results: list[Result]) -> list[Line]:
    rows = [(q, tuple(r.inputs[q.key] for r in results)) for q in model.quantities]
    return [Line("input", q.key, q.label, q.unit, values) for q, values in rows if _differ(values)]


def _ranges(model: Model, models: list[Model]) -> list[Line]:
    out = []
    for q in model.quantities:
        values = tuple((m.quantity(q.key).low, m.quantity(q.key).high) for m in models)
        if _differ(values):
            out.append(Line("range", q.key, f"range of {q.label}", q.unit, values))
    return out


def _outputs(model: Model, results: list[Result]) -> list[Line]:
    """Scalar outputs and parts of series as numbers, labels as words; tables of names stay whole."""
    lines = []
    for o in model.outputs:
        mine = [t for t in targets(model) if t.kind == "output" and t.key.partition(".")[0] == o.key]
        for t in mine:
            values = tuple(plain(float(t.read(r.outputs, r.inputs))) for r in results)
            lines.append(Line("output", t.key, t.label, t.unit, values))
        if not mine:
            lines.append(Line("output", o.key, o.label, o.unit, tuple(plain(r.outputs[o.key]) for r in results)))
    return lines


def _findings(model: Model, results: list[Result]) -> list[Line]:
    """Whether each finding holds; a finding that only illustrates has no verdict to compare."""
    lines = []
    for i, f in enumerate(model.findings):
        if f.margin is not None:
            lines.append(Line("finding", f.claim, f.says, "", tuple(bool(r.findings[i].holds) for r in results)))
    return lines


def _differ(values: tuple) -> bool:
    return any(v != values[0] for v in values[1:])
