"""The pictures as tests see them: every model's in its starting case and in moved settings, every exhibit's rows."""

from functools import cache

import numpy as np

from tumen.brief import exhibits, models, picture
from tumen.core import Problem
from tumen.evidence.tables import table

MODELS = models()
# those of the whole report, which carry colours of their own, are looked at by test_report_pictures
EXHIBITS = {key: e for key, e in exhibits().items() if e.theme != "report" and picture(key) is not None}
PICTURES = {key: picture(key) for key in (*MODELS, *EXHIBITS)}


@cache
def settings(key):
    """The starting case; for each quantity that can be moved, two others; corners of the ranges; two random settings."""
    model = MODELS[key]
    given = [{}]
    for q in model.quantities:
        if q.sampled:
            given += [{q.key: _of(q, share)} for share in (0.1, 0.9)]
        elif q.kind == "choice":
            given += [{q.key: c} for c in q.choices if c != q.value]
        elif q.kind == "list" and q.items == "range" and len(q.value) == 1:
            (low, high), *_ = q.value
            given += [{q.key: ((low, (low + high) / 2),)}, {q.key: (((low + high) / 2, high),)}]
        elif q.kind == "list":
            given += [{q.key: q.value[1:]}, {q.key: q.value[:-1]}]
        elif q.kind == "table":
            given += [
                {q.key: tuple(row[::-1] for row in q.value)},
                {q.key: tuple(tuple(3 * x for x in row) for row in q.value)},
            ]
    sampled = [q for q in model.quantities if q.sampled]
    for corner in ((0, 0), (1, 1), (0, 1), (1, 0)):
        given.append({q.key: _of(q, corner[i % 2]) for i, q in enumerate(sampled)})
    random = np.random.default_rng(20020507)
    given += [{q.key: _of(q, random.random()) for q in sampled} for _ in range(2)]
    given = [given[0], *(g for g in given[1:] if g)]
    start, *found = [_run(model, g) for g in given]
    return [start, *(result for result in found if result is not None and result.inputs != start.inputs)]


def _of(q, share):
    if q.shape == "log-uniform":
        x = float(q.low * (q.high / q.low) ** share)
    else:
        x = float(q.low + share * (q.high - q.low))
    return float(round(x)) if q.whole else x


def _run(model, given):
    try:
        return model(**given)
    except Problem:
        return None


@cache
def exhibit_rows(key):
    """The rows that an exhibit shows."""
    exhibit = EXHIBITS[key]
    return exhibit.rows(lambda name: table(name, as_of=exhibit.as_of))


@cache
def all_rows(key):
    """The rows of the picture in each of its settings; an exhibit has one."""
    drawn = PICTURES[key]
    if key in EXHIBITS:
        return [drawn.rows(exhibit_rows(key))]
    results = settings(key)
    return [drawn.rows(now, results[0]) for now in results]


@cache
def spec(key, index=0):
    """The specification of a picture in one of its settings."""
    return PICTURES[key].spec(all_rows(key)[index])


FIXED = "a layer of its own data, the same in every setting"


def layers(key):
    """The layers of a picture, innermost, with the part each draws, or FIXED."""
    return layers_of(spec(key))


def layers_of(drawn):
    """The layers of a specification, innermost, with the part each draws, or FIXED."""
    out, queue = [], [(layer, None) for layer in drawn["layer"]]
    while queue:
        layer, part = queue.pop(0)
        part = FIXED if "data" in layer else part
        for step in layer.get("transform", ()):
            part = step["filter"].split("'")[1] if "filter" in step and part != FIXED else part
        if "layer" in layer:
            own = {"data": layer["data"]} if "data" in layer else {}
            queue = [(inner | own, part) for inner in layer["layer"]] + queue
        else:
            out.append((part, layer))
    return out


def fields_of(key, part, layer):
    """The fields a layer can draw: the columns of the rows, what it looks up by them, or its own data's."""
    if part == FIXED:
        data = layer["data"]
        return set((data.get("values") or spec(key)["datasets"][data["name"]])[0])
    looked_up = [f for step in layer.get("transform", ()) if "lookup" in step for f in step["from"]["fields"]]
    reckoned = [step["as"] for step in layer.get("transform", ()) if "calculate" in step]
    return {*PICTURES[key].columns, *looked_up, *reckoned}


def domains(key):
    """The fixed ends of each quantitative axis."""
    return _ends(layers(key))


def _ends(found_layers):
    found = {}
    for _, layer in found_layers:
        for channel in ("x", "y"):
            encoding = layer["encoding"].get(channel, {})
            if encoding.get("type") == "quantitative" and "domain" in encoding.get("scale", {}):
                found.setdefault(channel, set()).add(tuple(encoding["scale"]["domain"]))
    assert all(len(ends) == 1 for ends in found.values()), found
    return {channel: tuple(sorted(ends.pop())) for channel, ends in found.items()}


def places(key):
    """For each part of a picture, the columns that say where a mark stands, with the ends of their axes."""
    columns, ends, found = PICTURES[key].columns, domains(key), {}
    for part, layer in layers(key):
        for channel, (low, high) in ends.items():
            field = layer["encoding"].get(channel, {}).get("field")
            if field in columns:
                found.setdefault(part, set()).add((columns.index(field), low, high))
    return found


def outside(row, key):
    """Whether a row's mark stands beyond the ends of an axis."""
    numbers = [(row[i], low, high) for i, low, high in places(key).get(row[0], ()) if isinstance(row[i], (int, float))]
    return any(not low <= x <= high for x, low, high in numbers)


def structure(picture):
    """For each part of a picture other than lines and words, the columns that say where it stands, with the ends of their axes."""
    drawn = [(part, layer) for part, layer in layers_of(picture.spec([]))]
    ends, columns, places = _ends(drawn), picture.columns, {}
    for part, layer in drawn:
        if layer["mark"]["type"] in ("line", "area", "text"):
            continue
        found = places.setdefault(part, set())
        for channel, (low, high) in ends.items():
            for end in (channel, f"{channel}2"):
                field = layer["encoding"].get(end, {}).get("field")
                if field in columns:
                    found.add((columns.index(field), low, high))
    return places


def marks_outside(places, rows):
    """The rows whose mark, other than a line cut off at the edge, stands beyond the ends of an axis; `places` as by `structure`."""
    return [
        row
        for row in rows
        if any(
            isinstance(row[i], (int, float)) and not low - 1e-9 <= row[i] <= high + 1e-9
            for i, low, high in places.get(row[0], ())
            if i < len(row)
        )
    ]
