"""What tests of evidence share."""

import pytest


@pytest.fixture
def folder(tmp_path):
    """A working folder with its own data folder."""
    (tmp_path / "data").mkdir()
    return tmp_path
