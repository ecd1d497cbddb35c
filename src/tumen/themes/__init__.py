"""The themes of the workbook, a folder each; a theme is registered by its one line here."""

from importlib import import_module

from tumen.core import Model, Problem, nearest

THEMES = ("choice", "counting", "crisis", "flows", "publicity", "dialogue", "hindsight", "alternatives")


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
    """Every exhibit of every theme, and those of the whole report, by its key."""
    from tumen.evidence.report import EXHIBITS as of_report

    of_themes = [e for theme in THEMES for e in import_module(f"tumen.themes.{theme}").EXHIBITS]
    return {e.key: e for e in [*of_themes, *of_report]}


def picture(key: str):
    """The picture that draws the model or exhibit of that key, None where it has none; imports the theme's charts."""
    theme = key.partition(".")[0]
    if theme == "report":
        return import_module("tumen.charts.report").PICTURES.get(key)
    return import_module(f"tumen.themes.{theme}.charts").PICTURES.get(key)


def boards(key: str) -> dict:
    """The pictures with which a model fills tabs of its own, by the title of the tab; imports the theme's charts."""
    theme = key.partition(".")[0]
    if theme not in THEMES:  # a model made by hand
        return {}
    return getattr(import_module(f"tumen.themes.{theme}.charts"), "BOARDS", {}).get(key, {})
