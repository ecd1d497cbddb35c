"""The pictures of the counting theme, by the key of what they draw."""

from tumen.themes.counting import charts_beliefs as beliefs
from tumen.themes.counting import charts_estimates as estimates
from tumen.themes.counting import charts_hosts as hosts
from tumen.themes.counting import charts_shapes as shapes

PICTURES = {
    "counting.ratio": hosts.RATIO,
    "counting.ceiling": hosts.CEILING,
    "counting.stock": hosts.STOCK,
    "counting.quiet": beliefs.QUIET,
    "counting.pool": beliefs.POOL,
    "counting.multiplier": beliefs.MULTIPLIER,
    "counting.recapture": beliefs.RECAPTURE,
    "counting.estimates": estimates.ESTIMATES,
    "counting.estimates_since": estimates.ESTIMATES_SINCE,
    "counting.shapes": shapes.SHAPES,
}
