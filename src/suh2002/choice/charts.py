"""The pictures of the choice theme, by the key of what they draw."""

from suh2002.choice import charts_evidence as evidence
from suh2002.choice import charts_switch as switch
from suh2002.choice import charts_table as table
from suh2002.choice import charts_weights as weights

PICTURES = {
    "choice.table": table.TABLE,
    "choice.weights": weights.WEIGHTS,
    "choice.switch": switch.SWITCH,
    "choice.legal_path": evidence.LEGAL_PATH,
    "choice.practice": evidence.PRACTICE,
    "choice.practice_since": evidence.PRACTICE_SINCE,
    "choice.precedents": evidence.PRECEDENTS,
}
