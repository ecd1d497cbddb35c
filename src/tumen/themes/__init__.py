"""The themes of the workbook, a folder each; a theme is registered by its one line here."""

from importlib import import_module

from tumen.core import Model, Problem, nearest

THEMES = ("counting",)


def models() -> dict[str, Model]:
    """Every model of every theme by its key, in the order of the themes."""
    return {m.key: m for theme in THEMES for m in import_module(f"tumen.themes.{theme}").MODELS}


def model(key: str) -> Model:
    """The model of that key; raises `Problem` with the nearest valid key."""
    known = models()
    if key not in known:
        raise Problem(f"there is no model {key!r}; {nearest(key, known)}.")
    return known[key]


def exhibits() -> dict:
    """Every exhibit of every theme by its key."""
    return {e.key: e for theme in THEMES for e in import_module(f"tumen.themes.{theme}").EXHIBITS}


def picture(key: str):
    """The picture that draws the model or exhibit of that key; imports the theme's charts."""
    return import_module(f"tumen.themes.{key.partition('.')[0]}.charts").PICTURES[key]
