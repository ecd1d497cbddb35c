"""What any model can be asked: how robust it is, how sure, what matters, where it flips, and how cases compare.

Numbers only: nothing here draws. Each is imported when it is first asked for, SciPy and pandas by the functions that need
them; large sweeps, in `tumen.analysis.sweep`, by those who run one. Keep an `Ensemble` (or `Pairs`) and pass it back
in at every move of a control.
"""

from importlib import import_module

# no module here is called like a name in it, which its import would put in that name's place
_NAMES = {
    "breakevens": ("FlipMap", "Flips", "flip_map", "flips"),
    "comparison": ("Comparison", "compare"),
    "one_way": ("Tornado", "tornado"),
    "robust": ("robustness",),
    "sampling": ("AT_REST", "MOVING", "SEED", "Ensemble", "inverse_cdf", "sample", "with_ranges"),
    "sobol": ("Pairs", "Sensitivity", "sensitivity", "weightiest"),
    "spans": ("reach",),
    "uncertainty": ("Estimate", "estimate"),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}
__all__ = [*_MODULES]


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"tumen.analysis has no {name!r}; it has {', '.join(_MODULES)}")
    return getattr(import_module(f"tumen.analysis.{_MODULES[name]}"), name)


def __dir__():
    return sorted([*globals(), *_MODULES])
