"""What any model can be asked: how robust it is, how sure, what matters, where it flips, and how cases compare.

Numbers only: nothing here draws. SciPy and pandas are loaded by the functions that need them, not by this
import; large sweeps, in `tumen.analysis.sweep`, by those who run one. Keep an `Ensemble` (or `Pairs`) and pass it back
in at every move of a control.
"""

from tumen.analysis.compare import Comparison, compare
from tumen.analysis.flips import FlipMap, Flips, flip_map, flips
from tumen.analysis.reach import reach
from tumen.analysis.robust import robustness
from tumen.analysis.sampling import AT_REST, MOVING, SEED, Ensemble, inverse_cdf, sample, with_ranges
from tumen.analysis.sensitivity import Pairs, Sensitivity, sensitivity, weightiest
from tumen.analysis.tornado import Tornado, tornado
from tumen.analysis.uncertainty import Estimate, estimate

__all__ = [
    "AT_REST",
    "MOVING",
    "SEED",
    "Comparison",
    "Ensemble",
    "Estimate",
    "FlipMap",
    "Flips",
    "Pairs",
    "Sensitivity",
    "Tornado",
    "compare",
    "estimate",
    "flip_map",
    "flips",
    "inverse_cdf",
    "reach",
    "robustness",
    "sample",
    "sensitivity",
    "tornado",
    "weightiest",
    "with_ranges",
]
