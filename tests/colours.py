"""How far two colours stand apart in lightness, as WCAG 2.2 reckons it."""

from tumen.charts.style import PAPER


def luminance(color):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other=PAPER):
    """The contrast ratio of two colours (WCAG 2.2): 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
