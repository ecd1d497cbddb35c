"""The pictures of the counting theme, by the key of what they draw."""

from suh2002.counting import charts_beliefs as beliefs
from suh2002.counting import charts_estimates as estimates
from suh2002.counting import charts_hosts as hosts
from suh2002.counting import charts_shapes as shapes

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
