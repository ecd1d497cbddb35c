"""Aid, enforcement and flows: three models of section 3, paragraphs 1 and 2 of the report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows import scenario
from suh2002.flows.scenario import drivers, trouble
from suh2002.flows.series import FIRST, YEARS, aid_kt, arrivals
from suh2002.flows.stockflow import PARAMETERS, Drivers, Flows, parameters, passage, simulate
from suh2002.flows.stockflow import stamp as fits_stamp
from tumen.core import Finding, Model, Output
from tumen.core.own import Tables
from tumen.core.words import number

ENOUGH = 1.05  # S3P1-i is read as at least so many times the arrivals without aid: our line
PULL, DECAY = PARAMETERS.index("pull"), PARAMETERS.index("decay")


def sets_of(v: Mapping) -> tuple[np.ndarray, np.ndarray, bool]:
    """The parameter sets and aid effects of a setting, shapes (13, n) and (n,), and whether it is one setting only."""
    effect, factor = np.broadcast_arrays(np.asarray(v["aid_effect"], float), np.asarray(v["pull_factor"], float))
    sets = parameters(v["variant"], v["stocks"], effect.reshape(-1))
    sets[PULL] *= factor.reshape(-1)
    return sets, effect.reshape(-1), effect.ndim == 0


def flows_of(tables: Tables, v: Mapping, aid: str | None = None) -> Flows:
    """The flows of a setting as arrays of shape (ensemble, years); `aid` takes the place of the aid chosen there."""
    setting = _Setting(tables, v, aid or v["aid"])
    return _kept(setting) if setting.few else setting.flows()


class _Setting:
    """A setting as a key: its inputs, and the tables that its flows are made from."""

    def __init__(self, tables: Tables, v: Mapping, aid: str):
        self.tables, self.v, self.aid = tables, v, aid
        self.few = max(np.size(v["aid_effect"]), np.size(v["pull_factor"])) <= 256
        given = {**v, "aid": aid}
        if self.few:
            plain = tuple(x.tobytes() if isinstance(x, np.ndarray) else x for x in given.values())
            self.key = tuple(given), plain, fits_stamp(), aid_kt(tables).tobytes()

    def flows(self) -> Flows:
        sets, effect, _ = sets_of(self.v)
        return simulate(sets, effect, drivers(self.tables, self.v, self.aid))

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


# One move of a slider asks for the same flows several times: for the picture, the finding, the verdict, the break-evens.
@lru_cache(maxsize=32)
def _kept(setting: _Setting) -> Flows:
    flows = setting.flows()
    for series in (flows.arrivals, flows.present, flows.crossings):
        series.flags.writeable = False
    return flows


def aid_ratio(tables: Tables, v: Mapping, series: str = "arrivals", first: int = YEARS[0], last: int = YEARS[-1]):
    """Arrivals (or crossings) with no aid over those with the aid as sent, added up over years; all else as set."""
    part = slice(first - FIRST, last - FIRST + 1)
    without, with_aid = (getattr(flows_of(tables, v, aid), series)[:, part].sum(axis=-1) for aid in ("none", "actual"))
    with np.errstate(all="ignore"):
        ratio = without / with_aid
    return float(ratio[0]) if sets_of(v)[2] else ratio


def _hidden_by_aid(out, v, tables):
    """How much more would arrive without aid than S3P1-i needs; the run at hand serves as one of the two compared."""
    if v["aid"] == "double":
        return aid_ratio(tables, v) - ENOUGH
    here = out["arrivals"].sum(axis=-1)
    other = flows_of(tables, v, "none" if v["aid"] == "actual" else "actual").arrivals.sum(axis=-1)
    other = float(other[0]) if sets_of(v)[2] else other
    with np.errstate(all="ignore"):
        return (other / here if v["aid"] == "actual" else here / other) - ENOUGH


def _reproduction(sets: np.ndarray, outside: Drivers) -> np.ndarray:
    """Further arrivals each arrival eventually brings, by year; undefined without a network."""
    with np.errstate(all="ignore"):
        return np.where(sets[DECAY] > 0, sets[PULL] / sets[DECAY], np.nan)[:, None] * passage(sets, outside)


def _history(tables, **v):
    """Arrivals, people in China and crossings by year, and how far arrivals lie from the counts."""
    sets, _, single = sets_of(v)
    outside, flows = drivers(tables, v), flows_of(tables, v)
    missed = np.log1p(flows.arrivals) - np.log1p(arrivals(tables))
    out = {
        "arrivals": flows.arrivals,
        "present_in_china": flows.present,
        "crossings": flows.crossings,
        "reproduction": _reproduction(sets, outside),
        "log_rmse": np.sqrt(np.mean(missed**2, axis=-1)),
    }
    return {k: x[0] for k, x in out.items()} if single else out


def _history_verdict(r):
    finding = r.findings[-1]
    more, crossed = finding.margin + ENOUGH, aid_ratio(r.model.tables, r.inputs, "crossings", 2000, 2007)
    found = "true" if finding.holds else "false"
    return (
        f"{number(r['arrivals'].sum())} people arrive from {YEARS[0]} to {YEARS[-1]}; a typical year is out by a factor "
        f"of {number(np.exp(r['log_rmse']), 2)}. Without aid {_change(crossed)} people would have crossed from 2000 to "
        f"2007, which nobody counts, and {_change(more)} would have arrived (beside S3P1-i, a norm without a verdict: "
        f"that at least 5 per cent more arrive is {found} in this setting)."
    )


def _change(ratio: float) -> str:
    """A ratio as a change in words."""
    per_cent = abs(100 * (ratio - 1))
    if not np.isfinite(ratio):
        return "there is no saying how many"
    if per_cent < 0.05:
        return "as many"
    return f"{number(per_cent, 2)} per cent {'more' if ratio > 1 else 'fewer'}"


HISTORY = Model(
    key="flows.history",
    reads=("arrivals", "rok_aid"),
    question="Can the arrivals tell whether aid reduced exit?",
    claims=("S3P1-d", "S3P1-i", "S3P2-c"),
    quantities=(
        *(q.AID_EFFECT, q.VARIANT, q.STOCKS, q.AID, q.CRACKDOWN, q.TRANSIT, q.GRANT, q.STEP, q.PULL_FACTOR),
        *(q.YEARS_EARLIER, q.TRANSIT_CHANGE, q.TRANSIT_YEAR, q.GRANT_SHARE, q.NETWORK_LIMIT, q.NETWORK_1998),
        *(q.FULL_PROGRAMME, q.HARDSHIP),
    ),
    run=_history,
    outputs=(
        Output("arrivals", "arrivals in the South, a year", "people a year", "series", flow=True),
        Output("present_in_china", "people in China at the beginning of the year", "people", "series"),
        Output("crossings", "crossings outside the network, a year", "people a year", "series", flow=True),
        Output("reproduction", "further arrivals each arrival brings in the end", "people", "series"),
        Output("log_rmse", "typical distance of a year's arrivals from the count", "log points"),
    ),
    findings=(
        Finding(
            "S3P1-d",
            "a fall in arrivals by fences and one by welfare look alike",
            "illustrates",
            differs="the sentence says that there should be fewer; the model asks what a fall can come from, and what ought to be has no gauge",
        ),
        Finding(
            "S3P1-i",
            "without the South's food aid at least 5 per cent more would have arrived",
            "neighbours",
            _hidden_by_aid,
            differs=(
                "the sentence calls for rights and enough food, so that nobody more chooses the South; the model asks what food alone "
                "does to arrivals, and knows no rights and no wishes"
            ),
        ),
    ),
    formula=(
        "hardship H = H0 × (1 − aid effect × aid); crossings C = c H exp(−fence × E); arrivals A = exp(−E) × (rate × S + "
        "pull × N); next year S + C − rate exp(−E) S − loss × S and N × (1 − decay) + A; E is the enforcement in force. "
        "Ours; fitted to the ministry's arrivals and one count of people in China"
    ),
    leaves_out=(
        "Women and men apart; trafficking and marriage; markets inside; deaths; people who reach no list; any answer of "
        "Seoul's aid to arrivals. Two stories fit the arrivals, and a third might."
    ),
    check=trouble,
    verdict=_history_verdict,
)


def _chain(pull, decay, enforcement):
    """The chain reproduction number: pull exp(-E) / decay."""
    return {"reproduction": pull * np.exp(-enforcement) / decay, "enforcement_at_one": np.log(pull / decay)}


REPRODUCTION = Model(
    key="flows.reproduction",
    question="Does each arrival bring more than one other?",
    claims=("S3P1-d", "S3P1-i"),
    quantities=(qr.PULL, qr.DECAY, qr.ENFORCEMENT),
    run=_chain,
    outputs=(
        Output("reproduction", "further arrivals each arrival brings in the end", "people"),
        Output("enforcement_at_one", "enforcement at which each brings one", "log points"),
    ),
    formula="reproduction = pull × exp(−E) ÷ decay, as for an infection; it is 1 at E = ln(pull ÷ decay)",
    leaves_out="Arrivals who come without a network, limits to its growth, and whether there was a network at all.",
    verdict=lambda r: (
        f"Each arrival brings about {number(r['reproduction'], 2)} others in the end: without other arrivals the number "
        f"{'grows' if r['reproduction'] > 1 else 'falls'}. It turns at an enforcement of "
        f"{number(r['enforcement_at_one'])}."
    ),
)


def _counted(value: float, word: str) -> str:
    return f"{value:.0f} {word}{'' if value == 1 else 's'}"


def _rule_verdict(r):
    years = r["years"]
    watched = {"arrivals": "arrivals as counted", "present": "the modelled number in China"}
    said = f"in {', '.join(map(str, years))}" if years else "in no year"
    return (
        f"Watching {watched.get(r['indicator'], 'modelled crossings')}, with {number(r['threshold'], 4)} kt in "
        f"{_counted(r['window'], 'year')} as enough and {_counted(r['rises'], 'rise')} in a row, the rule fires {said} "
        "(S3P2-e, coded so). Tonnage, clock and number are ours; recognition abroad, which the report names, is left out."
    )


RULE = Model(
    key="flows.rule",
    reads=("arrivals", "rok_aid"),
    question="When would the report's rule have told Seoul to urge Pyongyang?",
    claims=("S3P2-d", "S3P2-e"),
    quantities=(qr.INDICATOR, qr.THRESHOLD, qr.WINDOW, qr.RISES, q.AID_EFFECT, q.VARIANT, q.STOCKS, qr.COUNTED),
    run=scenario.run,
    outputs=(
        Output("years", "years in which this coding of the rule fires", "year", "label"),
        Output("fired", "how many years those are", "years"),
    ),
    findings=(
        Finding(
            "S3P2-e",
            "this coding's condition was met at least once",
            "tests",
            lambda out, v: out["fired"] - 1,
            differs=(
                "the sentence says when Seoul should urge Pyongyang directly; the model asks when one coding of that would have fired, "
                "and its gauges are ours"
            ),
        ),
    ),
    formula=(
        "fires in a year if the aid of that year and those before it in the window reaches the threshold and the "
        "number has risen so many times running; one coding of S3P2-e, ours"
    ),
    leaves_out=(
        "What recognition abroad would be and who gives it; lags; other donors; what Seoul would have said. In December "
        "2004 it announced a lower settlement grant instead."
    ),
    verdict=_rule_verdict,
)
