"""Pictures and the store: what is kept is what would be drawn, and in whatever condition the store is, it is drawn."""

import json
import shutil
import subprocess
import sys

import pytest
from drawn import MODELS, PICTURES, all_rows

from tumen.charts.breakeven import where_it_flips
from tumen.charts.flip_map import flip_map_picture
from tumen.charts.matters import what_matters
from tumen.charts.picture import with_rows
from tumen.charts.sure import how_sure
from tumen.core import store
from tumen.page.session import Session

KEY = "counting.ceiling"
SHOW = f"""
import sys
import tumen
from tumen.page.show import stills
from tumen.page.session import Session
from tumen.brief import models, picture
still, note = stills(models()[{KEY!r}], Session())
from hashlib import sha256
print(sha256(still.png).hexdigest(), *sorted({{"altair", "vl_convert", "jsonschema"}} & set(sys.modules)))
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store of the test's own, not made yet."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))
    return tmp_path / "store"


def shown() -> list[str]:
    """The digest of a model's PNG in a new process, and which drawing libraries that process imported."""
    ran = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize("key", PICTURES)
def test_every_picture_s_drawing_can_be_told_and_so_kept(key):
    json.dumps(PICTURES[key]._follows_from() or pytest.fail("it can never be kept"))


@pytest.mark.parametrize(
    "picture",
    [
        how_sure(MODELS[KEY]),
        where_it_flips(MODELS[KEY], "S2P3-d"),
        what_matters(MODELS[KEY], "S2P3-d", (0.0, 1.0)),
        flip_map_picture(MODELS[KEY], "S2P3-d", "hosting_share", "guests"),
    ],
    ids=lambda p: p.title,
)
def test_a_tab_s_picture_too(picture):
    json.dumps(picture._follows_from() or pytest.fail("it can never be kept"))


def test_pictures_taken_for_one_another_are_drawn_alike():
    alike = {}
    for picture in PICTURES.values():
        alike.setdefault(json.dumps(picture._follows_from()), []).append(picture)
    assert len(alike) > 60
    shared = [pictures for pictures in alike.values() if len(pictures) > 1]
    assert all(len({p.compiled() for p in pictures}) == 1 for pictures in shared)


@pytest.mark.parametrize("key", list(PICTURES)[::9])
def test_what_is_kept_is_what_would_be_drawn(place, key):
    picture, rows = PICTURES[key], all_rows(key)[0]
    first, second = picture.spec(rows), picture.spec(rows)
    assert first == second == with_rows(picture.compiled(), rows)
    second["params"].clear()
    assert picture.spec(rows) == first


def test_a_picture_seen_before_imports_no_drawing_library(place):
    digest, *imported = shown()
    assert imported == ["altair", "jsonschema", "vl_convert"]
    assert shown() == [digest]


@pytest.mark.parametrize("condition", ["emptied", "damaged", "cut off", "not to be written", "not even a folder"])
def test_in_any_condition_of_the_store_the_same_is_shown(place, monkeypatch, condition):
    digest, *_ = shown()
    if condition == "emptied":
        shutil.rmtree(place)
    elif condition in ("damaged", "cut off"):
        for path in place.iterdir():
            body = path.read_bytes()
            path.write_bytes(body[: len(body) // 2] if condition == "cut off" else body[:-9] + b"\0" * 9)
    elif condition == "not to be written":  # not by root either
        monkeypatch.setenv(store.PLACE, "/proc/no-such-store")
    else:
        shutil.rmtree(place)
        place.write_text("a file")
    assert shown()[0] == digest


def test_an_svg_is_kept_as_text(place):
    picture, rows = PICTURES[KEY], all_rows(KEY)[0]
    first = picture.svg(rows)
    assert first.startswith("<svg")
    assert picture.svg(rows) == first
    assert sum(path.suffix == ".svg" for path in place.iterdir()) == 1


def test_a_desk_in_another_folder_finds_the_same(place, tmp_path):
    from tumen.page.show import stills

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        stills(MODELS[KEY], Session(tmp_path / name))
    assert sum(path.suffix == ".png" for path in place.iterdir()) == 1
