"""The house style: palette, sizes and type, and what every chart is dressed in."""

PAPER, INK, QUIET, RULE = "#FBFAF7", "#1F2328", "#5A6068", "#E3E0D8"
START = "#767676"  # the starting case and other people's cases: always dashed and labelled too
BASIS = {"report": "#0B5FA5", "data": "#00735C", "assumption": "#B34700"}

# how a dot looks that stands for something beside the setting: hollow, in smaller words, and alone where the setting has moved
ASIDE = {"filled": False, "letters": 12, "begins": False}

WIDTH, HEIGHT = 560, 320
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"


CONFIG = {
    "font": FONT,
    "view": {"continuousWidth": 300, "continuousHeight": 300, "stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": RULE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 220,
        "labelSeparation": 6,
    },
    "header": {"labelColor": INK, "labelFontSize": 12, "titleColor": INK},
    "text": {"fontSize": 12, "color": INK},
    "title": {"color": INK, "fontSize": 13, "fontWeight": "normal", "anchor": "start", "offset": 10},
}


def dressed(spec: dict, width: int = WIDTH, height: int = HEIGHT) -> dict:
    """Give a Vega-Lite specification the house's size, ground, type and quiet axes."""
    return {**spec, "width": width, "height": height, "background": PAPER, "padding": 12, "config": CONFIG}
