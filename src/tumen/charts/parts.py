"""The few marks the charts are made of, each drawn from the rows of one part."""

from tumen.charts.picture import rows_of
from tumen.charts.style import INK, PAPER, START

DASH = [6, 4]
# the paper's ground round words, so that no line runs through them: the same words stand on it once more
HALO = {"stroke": PAPER, "strokeWidth": 3, "color": PAPER}


def chart_of(part):
    """The chart of the rows of one part, which a mark has yet to draw."""
    import altair as alt

    return alt.Chart().transform_filter(rows_of(part))


def line(part, x, y, *, dash=None, color=INK, width=2, order="x:Q", **more):
    """A line through the rows of a part, in the order of `order`."""
    dashed = {"strokeDash": list(dash)} if dash else {}
    mark = chart_of(part).mark_line(clip=True, color=color, strokeWidth=width, **dashed)
    return mark.encode(x=x, y=y, order=order, **more)


def start_line(part, x, y, **more):
    """The starting case as a line: grey, thin and dashed."""
    return line(part, x, y, dash=DASH, color=START, width=1.5, **more)


def unpacked(layer):
    """A line over rows that hold a whole line each: its first place, and the heights at it and at each place one further."""
    places = "sequence(datum.x, datum.x + length(datum.y))"
    return layer.transform_calculate(x=places).transform_flatten(["x", "y"])


def dots(part, x, y, *, filled=True, color=INK, shape="circle", size=90, clip=True, **more):
    """Points; a hollow one has the paper's ground inside."""
    fill = color if filled else PAPER
    mark = chart_of(part).mark_point(clip=clip, filled=False, fill=fill, color=color, shape=shape, size=size, opacity=1)
    return mark.encode(x=x, y=y, **more)


def text(part, x, y, *, align="left", dx=7, dy=0, baseline="middle", color=INK, size=12, label="label:N", **look):
    """Words beside a place in the picture; `look` are more options of their mark, such as an angle."""
    mark = chart_of(part).mark_text(align=align, dx=dx, dy=dy, baseline=baseline, color=color, fontSize=size, **look)
    return mark.encode(x=x, y=y, text=label)


def level(part, y, *, color=INK, dash=None):
    """A rule across the picture at a height."""
    return chart_of(part).mark_rule(color=color, strokeWidth=1.2, strokeDash=dash or [1, 0]).encode(y=y)


def mark_at(part, x, *, color=INK, dash=None):
    """A rule from top to bottom at a place on the horizontal axis."""
    return chart_of(part).mark_rule(color=color, strokeWidth=1.2, strokeDash=dash or [1, 0]).encode(x=x)


def span(part, x, x2, y, *, color=INK, width=6, opacity=1.0, dash=None, **more):
    """A range as a bar from x to x2."""
    dashed = {"strokeDash": list(dash)} if dash else {}
    look = {"color": color, "strokeWidth": width, "opacity": opacity, "strokeCap": "butt", "clip": True} | dashed
    mark = chart_of(part).mark_rule(**look)
    return mark.encode(x=x, x2=x2, y=y, **more)


def stem(part, x, y, *, color=INK, width=1.2, dash=None, **more):
    """A rule from y to the column y2."""
    mark = chart_of(part).mark_rule(
        color=color, strokeWidth=width, strokeDash=dash or [1, 0], strokeCap="butt", clip=True
    )
    return mark.encode(x=x, y=y, y2="y2:Q", **more)


def block(part, x, y, *, also=None, **look):
    """A rectangle from x and y to the columns x2 and y2; `also` are more encodings, `look` options of its mark."""
    return chart_of(part).mark_rect(**look).encode(x=x, x2="x2:Q", y=y, y2="y2:Q", **also or {})


def told(head: str, column: str = "tip") -> dict:
    """What the pointer is told over a mark: what stands in a column, under this head."""
    import altair as alt

    return {"tooltip": [alt.Tooltip(f"{column}:N", title=head)]}


def names(part, x, y):
    """Nothing to see: lists the rows of a named axis first, so that they stand in the order given."""
    return chart_of(part).mark_point(opacity=0, size=0).encode(x=x, y=y)


def own_looks(part, x, y):
    """Points whose shape, outline and fill each stand in their row."""
    import altair as alt

    shape, stroke, fill = (
        kind(f"{column}:N", scale=None, legend=None)
        for kind, column in ((alt.Shape, "shape"), (alt.Stroke, "color"), (alt.Fill, "fill"))
    )
    mark = chart_of(part).mark_point(filled=False, size=110, opacity=1)
    return mark.encode(x=x, y=y, shape=shape, stroke=stroke, fill=fill)
