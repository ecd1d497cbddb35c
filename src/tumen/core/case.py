"""One case is one file: named overrides of models' quantities, a date for the evidence, a title."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path

from tumen.core.errors import Problem, nearest, shown
from tumen.core.files import write_atomic
from tumen.core.frozen import frozen
from tumen.core.home import tables_of
from tumen.core.model import Model
from tumen.core.own import Own, own_tables
from tumen.core.quantity import CONTROLS, Quantity
from tumen.core.result import plain
from tumen.core.toml import read_toml, toml_key, toml_value

CASE = "case.toml"  # what a folder's case is called
TOP = ("title", "author", "as_of", "data")
PARTS = ("value", "low", "high", "unit", "control")


@frozen
class Override:
    """What a case changes of one quantity: its value, the ends of its range, how an app offers it (None: as declared)."""

    value: object = None
    low: float | None = None
    high: float | None = None
    control: str | None = None


@frozen
class Case:
    """A reader's setting, an instructor's defaults or a student's variant, as in case.toml.

    `overrides` maps a model's key to overrides by quantity; `data` maps a table's name to the file that
    takes its place and how that is read; `as_of` is the date after which evidence is left out; `path` is where it
    was read, or would stand.
    """

    title: str = ""
    author: str = ""
    as_of: dt.date | None = None
    overrides: dict[str, dict[str, Override]] = field(default_factory=dict)
    data: Mapping[str, Own] = field(default_factory=dict)
    path: Path | None = None

    def __post_init__(self):
        named = {name: Own(file) if isinstance(file, str) else file for name, file in self.data.items()}
        object.__setattr__(self, "data", named)
        object.__setattr__(self, "path", self.path and self.path.absolute())  # stands wherever one goes from here

    @classmethod
    def read(cls, path: str | Path, models: Iterable[Model]) -> Case:
        """Read a case file and check every name and value in it against the models; all of it or nothing.

        Raises `Problem` with one sentence naming the file, the key and the nearest valid name.
        """
        path = Path(path)
        raw = read_toml(path)
        try:
            return cls.parse(raw, models, path)
        except Problem as e:
            raise Problem(f"{path.name}: {e}") from None

    @classmethod
    def of(cls, folder: str | Path, models: Callable[[], Mapping[str, Model]]) -> Case:
        """The case.toml of a folder, or one that changes nothing where there is none; raises `Problem` as `read` does."""
        path = Path(folder) / CASE
        return cls.read(path, models().values()) if path.is_file() else cls(path=path)

    @classmethod
    def parse(cls, raw: Mapping, models: Iterable[Model], path: Path | None = None) -> Case:
        """Build a case from the tables of a TOML file, checked as `read` does; raises `Problem` as it does."""
        by_key = {m.key: m for m in models}
        themes = {m.theme for m in by_key.values()}
        overrides: dict[str, dict[str, Override]] = {}
        for name, value in raw.items():
            if name in TOP:
                continue
            if name not in themes:
                tails = [key for key in by_key if key.endswith(f".{name}")]  # the theme was left out
                raise Problem(f"{name!r} is not known here; {nearest(name, tails or [*TOP, *themes])}.")
            if not isinstance(value, Mapping):
                first = next(k for k in by_key if k.startswith(f"{name}."))
                raise Problem(f"{name} is a theme; write one of its models as a table, such as [{first}].")
            for part, entries in value.items():
                key = f"{name}.{part}"
                if key not in by_key:
                    raise Problem(f"[{key}] is no model; {nearest(key, by_key)}.")
                if not isinstance(entries, Mapping):
                    raise Problem(f"{key} is a model; write it as a table, [{key}], with a line a quantity.")
                overrides[key] = _model_overrides(by_key[key], entries)
        return cls(
            title=_text(raw, "title"),
            author=_text(raw, "author"),
            as_of=as_day(raw.get("as_of")),
            overrides=overrides,
            data=own_tables(raw.get("data", {})),
            path=path,
        )

    def apply(self, model: Model) -> Model:
        """The model as this case starts it; a changed quantity is no longer the report's or the data's.

        A table that it reads is the one the case puts in its place, else the one in `data` of the case's folder or of
        the brief there, else the one it was run on. Raises `Problem` as `Model` does.
        """
        title = self.title or (self.path.name if self.path else "a case")
        if own := {name: self for name in model.reads if self._has(name, model)}:
            tables = replace(model.tables, cases={**model.tables.cases, **own})
            said = title if self.data.keys() & own.keys() else model.case_title
            model = replace(model, tables=tables, case_title=said, origin=model.origin or model)
        changes = self.overrides.get(model.key)
        if not changes:
            return model
        new = {name: _override(model.quantity(name), o, title) for name, o in changes.items()}
        return model.with_quantities(new, title, (name for name, o in changes.items() if o.value is not None))

    def _has(self, name: str, model: Model) -> bool:
        """Whether this case, or the folder it stands in, has a table of its own for a model."""
        if name in self.data or self.path is None:
            return name in self.data
        folder, package = self.path.parent, model.tables.package
        places = [folder / "data"]
        if name not in model.tables.cases:
            places.append(Path(tables_of(package, str(folder))))
        ours = Path(tables_of(package), f"{name}.csv").resolve()
        return any((file := place / f"{name}.csv").is_file() and file.resolve() != ours for place in places)

    def to_toml(self) -> str:
        """The case as the text of a case.toml."""
        lines = [f"{k} = {toml_value(getattr(self, k))}" for k in ("title", "author", "as_of") if getattr(self, k)]
        for key, changes in self.overrides.items():
            lines += ["", f"[{key}]"]
            for name, o in changes.items():
                parts = {k: getattr(o, k) for k in PARTS if k != "unit" and getattr(o, k) is not None}
                if parts:
                    lines.append(f"{name} = " + toml_value(o.value if set(parts) == {"value"} else parts))
        if self.data:
            lines += [
                "",
                "[data]",
                *(
                    f"{toml_key(k)} = {toml_value(Own(v).plain() if isinstance(v, str) else v.plain())}"
                    for k, v in self.data.items()
                ),
            ]
        return "\n".join(lines).lstrip("\n") + "\n"

    def save(self, path: str | Path) -> Path:
        """Write the case to a file, whole or not at all; raises `Problem` where it cannot be written."""
        try:
            return write_atomic(path, self.to_toml())
        except OSError as e:
            raise Problem(f"{Path(path).name} cannot be written: {e.strerror}.") from None
        except UnicodeEncodeError:
            raise Problem(f"{Path(path).name} cannot be written: the case holds half of a character.") from None


def _model_overrides(model: Model, entries: Mapping) -> dict[str, Override]:
    out = {}
    for name, given in entries.items():
        try:
            q = model.quantity(name)
        except Problem:
            raise Problem(f"[{model.key}] has no {name!r}; {model.nearest(name, model.start)}.") from None
        parts = given if isinstance(given, Mapping) else {"value": given}
        for part in parts:
            if part not in PARTS:
                raise Problem(f"[{model.key}.{name}] has no {part!r}; {nearest(part, PARTS)}.")
        if not set(parts) & {"value", "low", "high", "control"}:
            raise Problem(f"[{model.key}.{name}] needs a value, a low, a high or a control.")
        if "control" in parts and parts["control"] not in CONTROLS:
            raise Problem(
                f"[{model.key}.{name}] control is one of {', '.join(CONTROLS)}, not {shown(parts['control'])}."
            )
        if "unit" in parts and parts["unit"] != q.unit:
            raise Problem(f"[{model.key}.{name}] is in {q.unit or 'no unit'}, not in {parts['unit']!r}.")
        try:
            value = _value(q, parts["value"]) if "value" in parts else None
            ends = {k: parts[k] for k in ("low", "high") if k in parts}
            if q.kind in ("number", "fixed"):
                ends = {k: q.check(v) for k, v in ends.items()}
            override = Override(value, **ends, control=parts.get("control"))
            _override(q, override, "")
        except Problem as e:
            raise Problem(f"[{model.key}] {e}") from None
        out[name] = override
    try:
        model.inputs({k: o.value for k, o in out.items() if o.value is not None})
    except Problem as e:
        raise Problem(f"[{model.key}] {str(e).removeprefix(model.key + ': ')}") from None
    return out


def _value(q: Quantity, given):
    if isinstance(given, str) and q.kind in ("list", "table"):
        return q.parse(given)
    if isinstance(given, list) and q.kind == "list":
        given = [x for item in given for x in (q.parse(item) if isinstance(item, str) else (item,))]
    return q.check(given)


def _override(q: Quantity, o: Override, title: str) -> Quantity:
    value = q.value if o.value is None else o.value
    changes = {}
    if o.low is not None or o.high is not None:
        if q.kind not in ("number", "fixed"):
            raise Problem(f"{q.key} is a {q.kind}; it takes a value, not a range.")
        low, high = (q.low if o.low is None else o.low), (q.high if o.high is None else o.high)
        if low is None or high is None:
            raise Problem(f"{q.key} is fixed; give it both a low and a high.")
        if not low < high:
            raise Problem(f"{q.key} needs its low below its high; it would have {low} and {high}.")
        changes = {
            "low": low,
            "high": high,
            "kind": "number",
            "shape": "uniform" if q.shape == "fixed" else q.shape,
        }
        if q.mode is not None and not low <= q.mode <= high:
            changes["mode"] = None
    if o.control is not None:
        q = replace(q, control=o.control)
    if value == q.value:
        return q.with_value(value, **changes) if changes else q
    was = plain(q.value)
    note = f"changed by the case {title!r} from {was}. {q.note}".strip()
    return q.with_value(value, basis="assumption", source="case", note=note, **changes)


def _text(raw: Mapping, name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise Problem(f"{name} needs words in quotes; {shown(value)} is none.")
    return value


def as_day(value: dt.date | str | None) -> dt.date | None:
    """An `as_of` given as a date or as ISO text; raises `Problem` where it is neither."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise Problem(f"as_of needs a date such as 2024-05-31; {shown(value)} is none.") from None
