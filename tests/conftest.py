"""What every test shares: strict mode, no time limit on generated examples, and what a refusal must look like."""

import os

import pytest
from hypothesis import settings

from tumen.core import Problem

settings.register_profile("tumen", deadline=None)  # a shared machine's clock is no oracle
settings.load_profile("tumen")


def pytest_configure(config):
    os.environ.setdefault("TUMEN_STRICT", "1")


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
