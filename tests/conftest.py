"""What every test shares: strict mode, no time limit on generated examples, and what a refusal must look like."""

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings

from tumen.core import Problem

# A shared machine's clock is no oracle; the same examples each time, so that nobody's change fails by chance. New ones: --hypothesis-profile search
settings.register_profile("search", deadline=None)
settings.register_profile("tumen", settings.get_profile("search"), derandomize=True)
settings.load_profile("tumen")


def pytest_configure(config):
    os.environ.setdefault("TUMEN_STRICT", "1")
    # a store of this run's own, which its kernels and commands find too: nobody's real one is read or written
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["TUMEN_STORE"] = str(Path(tempfile.mkdtemp(prefix="tumen-tests-")) / "store")
    # and a lesson of one worker is not met by the readers of the other
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    os.environ["TUMEN_LESSON"] = str(Path(os.environ["TUMEN_STORE"]).parent / worker / "lesson.json")


def pytest_collection_modifyitems(items):
    """A page that a busy machine kept waiting is asked once more, and the summary names it: what is at fault fails again."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_unconfigure(config):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(Path(os.environ["TUMEN_STORE"]).parent, ignore_errors=True)


@pytest.fixture(scope="session")
def refusal():
    """A function that calls what must be refused and returns the one sentence it was refused with."""

    def call(function, *args, **kwargs) -> str:
        with pytest.raises(Problem) as caught:
            function(*args, **kwargs)
        sentence = str(caught.value)
        assert sentence == sentence.strip()
        assert "\n" not in sentence
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert 10 < len(sentence) < 400, sentence
        return sentence

    return call


WORKBOOKS = Path(__file__).parents[1] / "workbooks"
SOME = ("00-start-here", "02-counting-the-hidden")  # between them they hold every verb but a few


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The folder of a site made from two of the workbooks and the instructor's notes, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    target, turn = shared / "site-of-some", shared / "site-of-some.turn"
    try:
        turn.mkdir()
    except FileExistsError:  # another worker makes it
        end = time.time() + 300
        while not target.exists():
            assert time.time() < end, "the worker that makes the site has not finished"
            time.sleep(0.3)
        return target
    from tumen.site import build

    build(shared / "site-being-made", some_workbooks(shared / "some-workbooks"))
    return (shared / "site-being-made").rename(target)


def some_workbooks(folder, stems=SOME):
    """A copy of the workbooks' folder with only these of them."""
    shutil.copytree(WORKBOOKS, folder, ignore=shutil.ignore_patterns("answers*.json", "case.toml", "cases"))
    for path in folder.glob("*.ipynb"):
        if path.stem not in stems:
            path.unlink()
    return folder
