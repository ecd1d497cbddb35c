"""The pictures of the flows theme, by the key of what they draw."""

from suh2002.flows import charts_chain as chain
from suh2002.flows import charts_codings as codings
from suh2002.flows import charts_evidence as evidence
from suh2002.flows import charts_fits as fits
from suh2002.flows import charts_history as history
from suh2002.flows import charts_rule as rule
from suh2002.flows import charts_settling as settling
from suh2002.flows import charts_worlds as worlds
from suh2002.flows import charts_year as year

PICTURES = {
    "flows.history": history.HISTORY,
    "flows.year": year.YEAR,
    "flows.reproduction": chain.REPRODUCTION,
    "flows.rule": rule.RULE,
    "flows.codings": codings.CODINGS,
    "flows.settling": settling.SETTLING,
    "flows.arrivals": evidence.ARRIVALS,
    "flows.aid": evidence.AID,
    "flows.givers": evidence.GIVERS,
    "flows.three_fits": fits.THREE,
    "flows.errors": fits.ERRORS,
    "flows.steps": fits.STEPS,
    "flows.what_ifs": worlds.WHAT_IFS,
    "flows.alike": worlds.ALIKE,
}
