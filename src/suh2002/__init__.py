"""Suh Dong-man's report of 2002: the chapters' numbers, models, exhibits and pictures, on the library `tumen`."""

from pathlib import Path


def folder() -> Path:
    """The folder with the report's tables and its brief.toml, from a wheel or from a clone."""
    carried = Path(__file__).parent / "_shipped"
    return (carried if carried.is_dir() else Path(__file__).parents[2]) / "data"


def written() -> str:
    """The day the report was written, in ISO form, as its brief.toml has it."""
    from tumen.core.home import home_at

    return home_at(folder() / "brief.toml").meta.date.isoformat()
