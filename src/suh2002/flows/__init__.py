"""Aid, enforcement and flows (section 3, paragraphs 1 and 2 of the report)."""

from suh2002.flows.curves import ALIKE, ERRORS, FITS, STEPS, WHAT_IFS
from suh2002.flows.exhibits import AID, ARRIVALS, GIVERS
from suh2002.flows.models import HISTORY, REPRODUCTION
from suh2002.flows.models_rule import CODINGS, RULE
from suh2002.flows.models_year import SETTLING, YEAR

MODELS = (HISTORY, YEAR, REPRODUCTION, RULE, CODINGS, SETTLING)
EXHIBITS = (ARRIVALS, AID, GIVERS, FITS, ERRORS, STEPS, WHAT_IFS, ALIKE)
history, year, reproduction, rule, codings, settling = MODELS
arrivals, aid, givers, three_fits, errors, steps, what_ifs, alike = EXHIBITS
# the controls that fit beside the picture: the what-ifs and what they rest on
what_if = ("aid_effect", "aid", "crackdown", "transit", "grant", "variant", "stocks", "step")

__all__ = [
    "EXHIBITS",
    "MODELS",
    "aid",
    "alike",
    "arrivals",
    "codings",
    "errors",
    "givers",
    "history",
    "reproduction",
    "rule",
    "settling",
    "steps",
    "three_fits",
    "what_if",
    "what_ifs",
    "year",
]
