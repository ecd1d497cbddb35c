"""Hand-ins nobody should send, some hundreds of many kinds, and honest ones to lie among them."""

import io
import json
import os
import pickle
import random
import zipfile
from pathlib import Path

from tumen.course.handin import checksum

CANARY = "canary-ran"
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://x.invalid","click")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "harmless;=1+1",
    'harmless,"=1+1',
    'x";"=1+1',
    "＝1+1",
    "＋cmd|' /C calc'!A0",
    "@IMPORTXML(CONCAT(1))",
    "%0A-3+3",
)
SCRIPTS = (
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "</style><style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<base href=//x.invalid>",
    "]]><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{7*7}} {% import os %} ${7*7} %(x)s {0.__class__}",
    "<plaintext>",
    "<meta http-equiv=refresh content='0;url=//x.invalid'>",
    "\u202e<script>alert(1)</script>\u2066",
)
PATHS = (
    "../../evil.json",
    "../../../../../../var/evil.json",
    "/var/evil.json",
    "/etc/cron.d/evil.json",
    "C:\\evil.json",
    "..\\..\\evil.json",
    "a/../../evil.json",
    "\\\\server\\share\\evil.json",
    "./././hand-in.json",
    "marked/gradebook.csv.json",
    "=cmd.json",
    "<img src=x onerror=alert(1)>.json",
    "\u202enosj.json",
    "x" * 180 + ".json",
)


def answers(**values) -> dict:
    """Entries as the answers file holds them."""
    when = "2026-10-01T10:00:00+00:00"
    return {k: {"value": v, "state": "recorded", "tries": 1, "when": when} for k, v in values.items()}


def hand_in(student: str, given: dict, sealed: bool = True, **changes) -> dict:
    """A hand-in as the workbook writes it, with any part changed."""
    out = {
        "format": "tumen hand-in",
        "version": 1,
        "course": "sample",
        "student": student,
        "build": "",
        "tumen": "0.1.0",
        "made": "2026-10-01T10:00:00+00:00",
        "case": "",
        "case_mark": "",
        "answers": given,
        **changes,
    }
    return out | {"check": checksum(out)} if sealed else out


def text(value) -> bytes:
    """A hand-in as bytes; NaN and halves of characters are written as Python writes them."""
    return json.dumps(value).encode("ascii")


def notebook(canary: Path) -> bytes:
    """A notebook whose every cell, run, leaves a file."""
    code = f"open({str(canary)!r}, 'w').write('ran')"
    cells = [{"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": code}]
    return text({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


class _Runs:
    def __init__(self, canary: Path):
        self.command = f"touch {canary}"

    def __reduce__(self):
        return os.system, (self.command,)


def zipped(members: dict, compress=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip in memory; a member's name may be anything."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as z:
        for name, data in members.items():
            info = zipfile.ZipInfo("placeholder", (2026, 10, 1, 10, 0, 0))
            info.filename = name  # past the checks of ZipInfo
            info.compress_type = compress
            z.writestr(info, data)
    return out.getvalue()


def _broken(good: bytes, rng: random.Random):
    for i in range(20):
        yield f"cut-{i}.json", good[: 1 + i * (len(good) - 2) // 20]
    for i in range(20):
        yield f"noise-{i}.json", rng.randbytes(1 + 40 * i)
    for i in range(20):
        changed = bytearray(good)
        for _ in range(1 + i):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        yield f"flipped-{i}.json", bytes(changed)
    for i, wrong in enumerate(
        (b"", b" \n", b"\xef\xbb\xbf", b"\x00" * 50, b"null", b"[]", b"{}", b"3", b'"x"', b"true")
    ):
        yield f"none-{i}.json", wrong
    for i, codec in enumerate(("utf-16", "utf-16-le", "utf-32", "cp037")):
        yield f"codec-{i}.json", good.decode("ascii").encode(codec)
    for i, (old, new) in enumerate(
        ((b'"', b"'"), (b",", b",,"), (b"}", b",}"), (b":", b"="), (b"{", b"{{"), (b"1", b"01"))
    ):
        yield f"syntax-{i}.json", good.replace(old, new)
    yield "twice-1.json", good[:-1] + b', "student": "s002"}'
    yield "twice-2.json", good.replace(b'"answers": {', b'"answers": {"a": {"value": 1}, "a": {"value": 2}, ')


def _large():
    for n in (1_000, 20_000, 200_000):
        yield f"deep-list-{n}.json", b"[" * n
        yield f"deep-table-{n}.json", b'{"a":' * n
        yield f"deep-closed-{n}.json", b"[" * n + b"]" * n
        inner = b"[" * min(n, 900) + b"]" * min(n, 900)
        yield (
            f"deep-answer-{n}.json",
            text(hand_in("s001", answers(**{"counting.guests": "@@"}))).replace(b'"@@"', inner),
        )
        yield f"deep-extra-{n}.json", b'{"x": ' + inner + b", " + text(hand_in("s001", {}))[1:]
    for n in (1_000_001, 3_000_000):
        yield f"long-{n}.json", b'{"format": "tumen hand-in", "x": "' + b"x" * n + b'"}'
    yield "long-text.json", text(hand_in("s001", answers(**{"counting.mind": "word " * 150_000})))
    many = {f"counting.k{i}": {"value": 1} for i in range(2_001)}
    yield "many-answers.json", text(hand_in("s001", many))
    for n in (400, 4_000, 400_000):
        body = text(hand_in("s001", answers(**{"counting.guests": 77777.5})))
        yield f"digits-{n}.json", body.replace(b"77777.5", b"9" * n)
        yield f"decimals-{n}.json", body.replace(b"77777.5", b"0." + b"3" * n)


def _values():
    body = text(hand_in("s001", answers(**{"counting.guests": 77777.5}), sealed=False))
    odd = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "true", "false", "null", "[]", "[1, 2]", "{}")
    odd += ('{"value": 1}', '""', '"200"', '"two hundred"', "-0.0", "1e308", '"\\ud800"', '"\\u0000"', "-" + "9" * 30)
    for i, words in enumerate(odd):
        yield f"value-{i}.json", body.replace(b"77777.5", words.encode())
        yield f"version-{i}.json", body.replace(b'"version": 1', b'"version": ' + words.encode())
        yield f"student-{i}.json", body.replace(b'"s001"', words.encode())
        yield f"made-{i}.json", body.replace(b'"2026-10-01T10:00:00+00:00", "case"', words.encode() + b', "case"')
    for i, words in enumerate(
        ("[]", "null", "3", '"x"', "[[]]", '{"a": 1}', '{"": {}}', '{"a": []}', '{"a": {"value": {}}}')
    ):
        yield (
            f"answers-{i}.json",
            text(hand_in("s001", {}, answers="@@", sealed=False)).replace(b'"@@"', words.encode()),
        )


def _words():
    for i, words in enumerate((*FORMULAS, *SCRIPTS)):
        given = answers(**{"counting.guests": words, "counting.bound": words, "counting.mind": words, words: words})
        yield f"words-{i}.json", text(hand_in("s001", given))
        rest = {"course": words, "build": words, "tumen": words, "made": words, "case": words, "case_mark": words}
        yield f"parts-{i}.json", text(hand_in("s001", answers(**{"counting.mind": words}), **rest))
        yield f"whose-{i}.json", text(hand_in(words, answers(**{"counting.mind": words})))
    for i, path in enumerate(PATHS):
        yield f"whose-path-{i}.json", text(hand_in(path.removesuffix(".json"), answers(**{path: path})))


def _archives(good: bytes, canary: Path):
    yield "paths.zip", zipped(dict.fromkeys(PATHS, good))
    for i, path in enumerate(PATHS):
        yield f"path-{i}.zip", zipped({path: good})
        yield f"code-{i}.zip", zipped({path.removesuffix(".json") + ".ipynb": notebook(canary)})
    bomb = zipped({"bomb.json": b"0" * 50_000_000})
    yield "bomb.zip", bomb
    yield "bomb-of-bombs.zip", zipped({f"{i}.zip": bomb for i in range(20)})
    nest = good
    for _ in range(6):
        nest = zipped({"nest.zip" if nest is not good else "hand-in.json": nest})
    yield "nest.zip", nest
    yield "empty.zip", zipped({})
    yield "no-zip.zip", good
    whole = zipped({"hand-in.json": good})
    for i in range(10):
        yield f"cut-{i}.zip", whole[: 5 + i * (len(whole) - 6) // 10]
        changed = bytearray(whole)
        changed[(i + 1) * len(whole) // 12] ^= 0xFF
        yield f"flipped-{i}.zip", bytes(changed)
    locked = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark)
        locked[at + (6 if mark.endswith(b"\x04") else 8)] |= 1
    yield "locked.zip", bytes(locked)
    yield "many.zip", zipped({f"{i}.json": b"{}" for i in range(300)})


def _kinds(canary: Path):
    for i in range(6):
        yield f"book-{i}.ipynb", notebook(canary)
        yield f"book-named-{i}.json", notebook(canary)
    yield "answers.pkl", pickle.dumps(_Runs(canary))
    yield "answers.json", pickle.dumps(_Runs(canary))
    yield "run.py", f"open({str(canary)!r}, 'w')".encode()
    yield "sitecustomize.py", f"open({str(canary)!r}, 'w')".encode()
    yield "page.html", b"<script>alert(1)</script>"
    yield "program.exe", b"MZ" + bytes(100)


def write_hostile(folder: Path, canary: Path, seed: int = 1) -> list[str]:
    """Write them all below a folder and return the name of each; some are no files at all."""
    good = text(hand_in("s001", answers(**{"counting.guests": 200.0})))
    rng = random.Random(seed)
    kinds = (_broken(good, rng), _large(), _values(), _words(), _archives(good, canary), _kinds(canary))
    names = []
    for kind in kinds:
        for name, data in kind:
            (folder / name).write_bytes(data)
            names.append(name)
    for path in PATHS[10:]:
        (folder / path).write_bytes(b"not even JSON")
        names.append(path)
    names += _odd_files(folder)
    return names


def _odd_files(folder: Path) -> list[str]:
    (folder / "link.json").symlink_to("/etc/hostname")
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "out").symlink_to(folder.parent, target_is_directory=True)
    os.mkfifo(folder / "pipe.json")
    (folder / "line\nbreak.json").write_bytes(b"x")
    Path(os.fsdecode(os.fsencode(folder) + b"/half-\xff\xfe.json")).write_bytes(b"x")
    deep = folder.joinpath(*["d"] * 20)
    deep.mkdir(parents=True)
    (deep / "too-deep.json").write_bytes(b"x")
    return ["link.json", "loop.json", "out", "pipe.json", "line break.json", "half-.json", "d/d"]
