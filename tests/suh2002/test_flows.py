import csv
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from suh2002 import flows
from suh2002.flows import curves, models_rule, refit, series, stockflow
from suh2002.flows.models import aid_ratio
from suh2002.flows.models_year import of_year, queue
from suh2002.flows.scenario import drivers
from suh2002.flows.stockflow import PARAMETERS, STEPS, simulate
from tumen.core.files import shipped
from tumen.evidence.tables import table
from tumen.page.session import Session

OURS = flows.history.tables
YEARS = np.array(series.YEARS)
EFFECTS = (0.0, 0.3, 0.6)
START = drivers(OURS, flows.history.start)
VARIANTS = [(v, s) for v in ("network", "routes") for s in ("robinson", "state")]


def at(year):
    return year - series.FIRST


def row(name):
    return PARAMETERS.index(name)


def one_set(variant="network"):
    return stockflow.parameters(variant, "robinson", np.array([0.3]))


def within(p):
    """A fence can be eased only as far as it was tightened: below none, more would leave in a year than are there."""
    tightened = sum(p[name] for name in STEPS if name != "relief_2023")
    return p | {"relief_2023": min(p["relief_2023"], tightened)}


sets = st.fixed_dictionaries(
    {
        "crossings": st.floats(1_000, 200_000),
        "present": st.floats(1_000, 150_000),
        "exit_rate": st.floats(0, 0.05),
        "exit_slope": st.sampled_from([0.0, 0.002]),
        "pull": st.sampled_from([0.0, 0.1, 0.4, 0.9]),
        "decay": st.floats(0.05, 0.4),
        "loss": st.floats(0.1, 0.9),
        "fence": st.floats(0, 1.5),
        **{name: st.floats(0, 2) for name in STEPS},
    }
).map(lambda p: np.array([[within(p)[name]] for name in PARAMETERS]))


# The series


def test_blocks_of_the_ministry_sum_to_the_cumulative_figure():
    rows = {r["id"]: r for r in table("arrivals").rows}
    blocks = rows["A01"]["total"] + rows["A02"]["total"]
    assert (rows["A01"]["total"], rows["A02"]["total"]) == (947, 1_043)
    assert blocks + series.arrivals(OURS, 2002, 2024).sum() == 34_314


def test_arrivals_by_the_year_fill_the_block_and_are_not_the_block():
    assert series.arrivals(OURS, 1998, 2001).tolist() == [71, 148, 312, 583]
    assert series.arrivals(OURS, 1999, 2001).sum() == 1_043
    assert series.arrivals(OURS)[0] != 947
    used = series.arrival_rows(OURS)
    assert [used[y]["id"] for y in (1998, 1999, 2000, 2001, 2002, 2024)] == ["A41", "A42", "A44", "A45", "A03", "A25"]
    assert all(r["start_year"] == r["end_year"] == year for year, r in used.items())
    assert list(used) == sorted(used)


def test_aid_is_the_tables_tonnage():
    aid = dict(zip(range(1995, 2025), series.aid_kt(OURS, 1995), strict=True))
    sent = {1998: 40, 1999: 0, 2000: 500, 2001: 100, 2002: 500, 2003: 500, 2004: 500, 2005: 500, 2006: 100, 2007: 424}
    assert {y: aid[y] for y in sent} == sent
    assert all(aid[y] == 0 for y in range(2008, 2025))
    assert aid[1995] == 150
    narrow = dict(zip(range(1998, 2025), series.aid_kt(OURS, counted="rice and maize"), strict=True))
    assert (narrow[1998], narrow[2007]) == (30, 412)
    assert all(narrow[y] == aid[y] for y in narrow if y not in (1998, 2007))


def with_table(folder, name, change):
    """The flows' model in a folder whose own table is ours with every row changed."""
    with shipped("data", f"{name}.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for r in rows:
        change(r)
    (folder / "data").mkdir()
    with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return Session(folder).model(flows.history)


def test_aid_counts_no_fertiliser_no_won_nobody_elses_food_and_nothing_from_memory(tmp_path):
    def more(r):
        food = r["unit"] == "kt" and r["supplier"] == "ROK government" and r["indicator"] in series.FOOD
        if r["value"] and not (food and r["verified"] == "seen"):
            r["value"] = str(2 * float(r["value"]))

    theirs = with_table(tmp_path, "rok_aid", more).tables
    assert series.aid_kt(theirs, 1995).tolist() == series.aid_kt(OURS, 1995).tolist()
    fertiliser = [series.aid_kt(tables, 1995, counted="food and fertiliser").sum() for tables in (theirs, OURS)]
    assert fertiliser[0] > fertiliser[1]


def test_series_that_cannot_be_had_are_refused(refusal):
    assert "no yearly figure for 1997" in refusal(series.arrivals, OURS, 1997, 2000)
    assert "the nearest is" in refusal(series.aid_kt, OURS, counted="rice and maise")


def test_a_table_of_the_sessions_folder_takes_the_place_of_ours(tmp_path):
    ours = series.arrivals(OURS)
    theirs = with_table(tmp_path, "arrivals", lambda r: r.update(total="500") if r["id"] == "A25" else None)
    assert series.arrivals(theirs.tables)[-1] == 500
    assert series.arrivals(theirs.tables)[:-1].tolist() == ours[:-1].tolist()
    assert theirs()["log_rmse"] > 0.33 > flows.history()["log_rmse"]  # the counts are what a fit is judged by


# The equations


def slow(p, effect, outside):
    """The yearly equations for one parameter set, in plain Python."""
    p = dict(zip(PARAMETERS, p[:, 0].tolist(), strict=True))
    stock, network, enforcement, lifted, out = p["present"], outside.network, 0.0, 0.0, []
    for t, before in enumerate(outside.hardship):
        for name, when in outside.steps.items():
            if when == series.FIRST + t:
                enforcement += -p[name] if name == "relief_2023" else p[name]
                lifted += outside.lifted * p[name] if name == "step_2005" else 0.0
        passing = np.exp(lifted - enforcement) * outside.passage[t]
        hardship = max(0.0, before * (1 - effect * outside.aid[t]))
        crossed, arrived, first = 0.0, 0.0, stock
        for _ in range(outside.parts):
            c = p["crossings"] * hardship * np.exp(-p["fence"] * enforcement) / outside.parts
            alone = (p["exit_rate"] + p["exit_slope"] * t) * passing * stock / outside.parts
            live = (
                network
                if network <= outside.limit
                else outside.limit + 1 / (1 / outside.limit + 1 / (network - outside.limit))
            )
            pulled = p["pull"] * passing * live / outside.parts
            stock = max(0.0, stock + c - alone - p["loss"] * stock / outside.parts)
            network = (1 - p["decay"] / outside.parts) * network + (alone + pulled if p["pull"] else 0.0)
            crossed, arrived = crossed + c, arrived + alone + pulled
        out.append((arrived, first, crossed))
    return np.array(out).T


@hypothesis_settings(max_examples=40)
@given(sets, st.floats(0, 1), st.sampled_from([1, 12]), st.sampled_from([0.0, 0.3]), st.sampled_from([500.0, np.inf]))
def test_buffers_change_nothing_in_the_equations(p, effect, parts, lifted, limit):
    outside = replace(START, parts=parts, lifted=lifted, limit=limit, passage=np.where(YEARS >= 2005, 0.5, 1.0))
    found = simulate(p, effect, outside)
    for ours, plainly in zip((found.arrivals, found.present, found.crossings), slow(p, effect, outside), strict=True):
        assert ours[0] == pytest.approx(plainly, rel=1e-9, abs=1e-9)


@given(sets, st.floats(0, 0.6))
def test_people_are_neither_made_nor_lost(p, effect):
    p[row("pull")] = 0.0  # arrivals are then those who left China's stock, and no others
    found = simulate(p, effect, START)
    stock, arrived, crossed = found.present[0], found.arrivals[0], found.crossings[0]
    gone = p[row("loss"), 0] * stock[:-1]
    assert stock[1:] == pytest.approx(stock[:-1] + crossed[:-1] - arrived[:-1] - gone, rel=1e-9, abs=1e-6)
    assert np.all(stock >= 0)
    assert np.all(arrived >= 0)


@given(sets, st.sampled_from(sorted(set(STEPS) - {"relief_2023"})), st.floats(0.01, 2))
def test_more_enforcement_never_brings_more_arrivals_or_crossings_in_that_year(p, step, more):
    tighter = p.copy()
    tighter[row(step)] += more
    before, after = simulate(p, 0.3, START), simulate(tighter, 0.3, START)
    year = at(STEPS[step])
    assert after.arrivals[0, year] <= before.arrivals[0, year]
    assert after.crossings[0, year] <= before.crossings[0, year]
    assert np.array_equal(after.arrivals[0, :year], before.arrivals[0, :year])


@given(sets, st.floats(0, 0.9), st.floats(0.01, 0.5))
def test_more_effect_of_aid_never_brings_more_people(p, effect, more):
    without, with_more = simulate(p, effect, START), simulate(p, effect + more, START)
    for name in ("arrivals", "present", "crossings"):
        assert np.all(getattr(with_more, name) <= getattr(without, name) * (1 + 1e-12) + 1e-9)


@given(st.lists(st.floats(0, 0.6), min_size=2, max_size=6))
def test_an_ensemble_is_its_members_one_by_one(effects):
    together = flows.history(aid_effect=np.array(effects))
    assert together["arrivals"].shape == (len(effects), len(YEARS))
    for i, effect in enumerate(effects):
        alone = flows.history(aid_effect=effect)
        for name in ("arrivals", "present_in_china", "crossings", "reproduction", "log_rmse"):
            assert together[name][i] == pytest.approx(alone[name], rel=1e-12)


# The fits


@pytest.mark.parametrize(("variant", "stocks"), VARIANTS)
@pytest.mark.parametrize("effect", EFFECTS)
def test_stored_set_gives_back_its_own_error(variant, stocks, effect):
    stored = stockflow.fitted(variant, stocks, effect)
    result = flows.history(variant=variant, stocks=stocks, aid_effect=effect)
    assert result["log_rmse"] == pytest.approx(stored["log_rmse"], rel=1e-9)
    start = result["present_in_china"][0]
    assert start == pytest.approx(stored["present"], rel=1e-12)


def check_refit(row, again):
    assert again["log_rmse"] == pytest.approx(row["log_rmse"], rel=1e-5)
    assert again["cost"] == pytest.approx(row["cost"], rel=1e-7)
    for name in PARAMETERS:
        assert again[name] == (None if row[name] is None else pytest.approx(row[name], rel=1e-3)), name


def test_refitting_one_set_gives_what_is_stored():
    check_refit(stockflow.fitted("network", "robinson", 0.3), refit.refit("network", "robinson", 0.3))


@pytest.mark.slow
def test_refitting_every_set_gives_what_is_stored():
    stored, again = stockflow.stored(), refit.everything()
    assert [(r["id"], r["variant"], r["stocks"], r["aid_effect"]) for r in stored] == [
        (r["id"], r["variant"], r["stocks"], r["aid_effect"]) for r in again
    ]
    for a, b in zip(stored, again, strict=True):
        check_refit(a, b)


def test_stored_sets_cover_the_comparison_and_are_written_as_stored():
    rows = stockflow.stored()
    assert {(r["variant"], r["stocks"], r["aid_effect"]) for r in rows} >= {
        (v, s, e) for v, s in VARIANTS for e in EFFECTS
    }
    assert refit.as_csv(rows) == stockflow.path().read_text(encoding="utf-8")
    for r in rows:
        empty = {name for name in PARAMETERS if r[name] is None}
        assert empty == set(refit.WITHOUT[r["variant"]])


def test_a_fit_is_a_minimum():
    residuals = refit.objective("network", "robinson", 0.3)
    names = refit.free("network")
    best = np.log([stockflow.fitted("network", "robinson", 0.3)[name] for name in names])[:, None]
    cost = (residuals(best) ** 2).sum() / 2
    assert cost == pytest.approx(stockflow.fitted("network", "robinson", 0.3)["cost"], rel=1e-9)
    moved = best + 0.02 * np.hstack([np.eye(len(names)), -np.eye(len(names))])
    assert np.all((residuals(moved) ** 2).sum(axis=0) / 2 > cost)


@pytest.mark.parametrize("stocks", ["robinson", "state"])
def test_three_aid_effects_fit_equally_well_to_three_digits(stocks):
    errors = {round(stockflow.fitted("network", stocks, effect)["log_rmse"], 3) for effect in EFFECTS}
    assert len(errors) == 1
    assert errors == {0.322 if stocks == "robinson" else 0.323}


def test_without_a_network_aid_is_less_hidden_and_a_strong_effect_fits_worse():
    for stocks in ("robinson", "state"):
        none, some, strong = (stockflow.fitted("routes", stocks, effect)["log_rmse"] for effect in EFFECTS)
        assert none < some < strong
        assert none < stockflow.fitted("network", stocks, 0.0)["log_rmse"]


def test_starting_fit_lies_where_it_was_found():
    result = flows.history()
    shown = {1998: 196, 2001: 586, 2002: 811, 2004: 1_640, 2005: 1_357, 2009: 2_641, 2011: 3_686, 2012: 1_487}
    shown |= {2019: 1_124, 2021: 100, 2024: 199}
    for year, people in shown.items():
        assert result["arrivals"][at(year)] == pytest.approx(people, rel=0.01)
    logs = np.log1p(result["arrivals"]), np.log1p(series.arrivals(OURS))
    assert np.corrcoef(*logs)[0, 1] == pytest.approx(0.97, abs=0.005)
    by_year = {1998: 3.9, 2005: 2.2, 2012: 0.74, 2020: 0.08, 2023: 0.25}
    for year, brings in by_year.items():
        assert result["reproduction"][at(year)] == pytest.approx(brings, rel=0.04)


def test_between_stored_effects_the_fit_stays_as_good():
    errors = flows.history(aid_effect=np.linspace(0, 0.6, 25))["log_rmse"]
    assert np.ptp(errors) < 0.001
    in_valleys = flows.history(aid_effect=np.linspace(0, 0.5, 26), variant="routes")["log_rmse"]
    assert np.all(np.diff(in_valleys) > -0.01)
    beyond = stockflow.parameters("network", "robinson", np.array([0.6, 0.9]))
    assert np.array_equal(beyond[:, 0], beyond[:, 1])


def test_two_fits_in_different_valleys_are_not_mixed():
    near, far = (stockflow.fitted("routes", "robinson", e) for e in (0.5, 0.6))
    mixed = stockflow.parameters("routes", "robinson", np.array([0.54, 0.56]))
    for name in ("loss", "present", "crossings"):
        assert mixed[row(name)] == pytest.approx([near[name], far[name]])


def test_targets_lie_within_the_rows_they_name():
    rows = {r["id"]: r for r in table("china_estimates").rows}
    for targets in refit.TARGETS.values():
        for _, people, _, source in targets:
            r = rows[source]
            low = r["low"] or r["central"]
            high = r["high"] or r["central"]
            assert 0.95 * low <= people <= 1.05 * high, source


def test_fit_without_a_row_is_refused(refusal):
    assert "holds no fit of network, robinson" in refusal(stockflow.fitted, "network", "robinson", 0.35)


# Aid, fences, what-ifs


def test_aid_acts_where_nobody_counts():
    v = flows.history.start
    assert aid_ratio(OURS, v, "crossings", (2000, 2007)) == pytest.approx(1.31, abs=0.01)
    assert aid_ratio(OURS, v) == pytest.approx(1.002, abs=0.001)
    finding = flows.history().findings[1]
    assert (finding.claim, finding.holds) == ("S3P1-i", False)
    assert finding.margin == pytest.approx(aid_ratio(OURS, v) - 1.05)


def test_the_rival_story_turns_the_finding():
    assert not flows.history(aid_effect=0.6).findings[1].holds
    for stocks in ("robinson", "state"):
        assert flows.history(variant="routes", stocks=stocks).findings[1].holds


def test_finding_compares_no_aid_with_the_aid_sent_whatever_aid_is_set():
    margins = {flows.history(aid=aid).findings[1].margin for aid in ("actual", "none", "double")}
    assert len(margins) == 1
    assert flows.history(aid_effect=0).findings[1].margin == pytest.approx(-0.05)


def test_aid_choices_are_none_once_and_twice():
    crossed = {aid: flows.history(aid=aid)["crossings"][at(2003)] for aid in ("none", "actual", "double")}
    assert crossed["actual"] == pytest.approx(0.7 * crossed["none"])
    assert crossed["double"] == pytest.approx(0.4 * crossed["none"])
    assert flows.history(aid="double", aid_effect=0.6)["crossings"][at(2003)] == 0


def test_aid_matters_for_arrivals_once_the_network_is_weak():
    result = flows.history(pull_factor=np.linspace(0, 1, 41))
    brings, ratio = result["reproduction"][:, 0], aid_ratio(OURS, result.inputs)
    assert brings[0] == 0
    assert brings[-1] == pytest.approx(3.935, abs=0.01)
    assert np.all(np.diff(ratio) < 0)
    assert ratio[0] > 1.05 > ratio[-1]


def test_a_fall_by_fences_and_one_by_welfare_look_alike():
    fences = flows.history(variant="routes", crackdown="earlier")["arrivals"].sum()
    welfare = flows.history(variant="routes", aid="double")["arrivals"].sum()
    start = flows.history(variant="routes")["arrivals"].sum()
    assert fences < start
    assert welfare < start


def test_crackdown_earlier_or_never_does_not_explode():
    never, start, earlier = (flows.history(crackdown=c)["arrivals"] for c in ("never", "actual", "earlier"))
    assert np.array_equal(never[: at(2012)], start[: at(2012)])
    assert np.all(never[at(2012) :] > start[at(2012) :])
    assert np.array_equal(earlier[: at(2007)], start[: at(2007)])
    assert np.all(earlier[at(2007) : at(2012)] < start[at(2007) : at(2012)])
    assert never.max() < 10_000
    unbounded = flows.history(crackdown="never", network_limit=1e9)["arrivals"].max()
    assert unbounded > 1.5 * never.max()
    assert flows.history(crackdown="earlier", years_earlier=40)["arrivals"][0] < start[0]


@pytest.mark.parametrize(("variant", "stocks"), VARIANTS)
def test_the_limit_leaves_the_fitted_history_alone(variant, stocks):
    for effect in EFFECTS:
        setting = {"variant": variant, "stocks": stocks, "aid_effect": effect}
        free = flows.history(**setting, network_limit=1e9)
        assert np.array_equal(free["arrivals"], flows.history(**setting)["arrivals"])


def test_passage_shut_or_open_from_its_year_on():
    shut, start, opened = (flows.history(transit=t)["arrivals"] for t in ("shut", "actual", "open"))
    assert np.array_equal(shut[: at(2005)], start[: at(2005)])
    assert shut[at(2005)] == pytest.approx(start[at(2005)] / 2)
    assert opened[at(2005)] == pytest.approx(start[at(2005)] * 2)
    assert flows.history(transit="open")["crossings"].tolist() == flows.history()["crossings"].tolist()


def test_a_grant_kept_spares_a_share_of_the_step_of_2005_and_no_fence():
    kept, cut = flows.history(grant="kept"), flows.history()
    step = stockflow.fitted("network", "robinson", 0.3)["step_2005"]
    assert kept["arrivals"][at(2005)] == pytest.approx(cut["arrivals"][at(2005)] * np.exp(0.3 * step))
    assert np.array_equal(kept["crossings"], cut["crossings"])
    assert np.array_equal(flows.history(grant="kept", grant_share=0)["arrivals"], cut["arrivals"])


def test_a_monthly_step_changes_the_answer():
    arrived = {step: flows.history(step=step)["arrivals"] for step in ("year", "month")}
    assert arrived["month"].sum() > 1.5 * arrived["year"].sum()
    stock = flows.history(step="month")["present_in_china"]
    assert stock[1] > flows.history()["present_in_china"][1]  # a year's loss of 0.95 taken in twelve parts leaves more


def test_what_cannot_be_run_is_refused(refusal):
    assert "needs 27 numbers" in refusal(flows.history, hardship=(1.0, 0.9))
    assert "takes one value at a time" in refusal(flows.history, network_limit=np.array([1e4, 2e4]))
    assert "aid must be one of actual, none, double" in refusal(flows.history, aid="half")
    assert "share between 0 and 1" in refusal(flows.history, aid_effect=1.2)


def test_verdict_has_words_where_nobody_crosses():
    result = flows.history(hardship=(0.0,) * len(YEARS))
    assert "there is no saying how many people would have crossed" in flows.history.verdict(result)


# Pictures


@pytest.mark.parametrize("step", ["year", "month"])
@pytest.mark.parametrize("year", [1998, 2007, 2023])
def test_diagram_balances(year, step):
    result = flows.history(step=step)
    drawn = of_year(tables=OURS, **result.inputs, year=year)
    assert drawn["arrivals"] == pytest.approx(drawn["to_the_south_alone"] + drawn["through_the_network"])
    assert drawn["arrivals"] == pytest.approx(result["arrivals"][at(year)])
    left = drawn["present"] + drawn["crossings"] - drawn["to_the_south_alone"] - drawn["lost"]
    assert left == pytest.approx(result["present_in_china"][at(year + 1)])
    assert min(drawn.values()) >= 0
    if step == "year":
        loss = stockflow.fitted("network", "robinson", 0.3)["loss"]
        assert drawn["lost"] == pytest.approx(loss * drawn["present"])


def test_observed_series():
    assert [r["total"] for r in curves.observed(OURS)] == series.arrivals(OURS).tolist()


def test_waiting_list_grows_only_above_capacity():
    arrived = flows.history()["arrivals"]
    assert queue(arrived, 5_000).max() == 0
    backlog = queue(arrived, 3_000)[0]
    assert backlog.max() > 0
    assert backlog[at(2010)] == pytest.approx(arrived[at(2010)] - 3_000)
    assert queue(arrived, 0)[0, -1] == pytest.approx(arrived.sum())


def test_grant_rows_show_the_cut():
    won = {r["year"]: r["value"] for r in curves.grants(flows.settling())}
    assert (won[2004], won[2005]) == (28e6, 10e6)
    assert list(won) == sorted(won)


# The chain


@pytest.mark.parametrize(("enforcement", "brings"), [(1.66, 0.75), (0, 3.93), (1.368, 1.0)])
def test_each_arrival_brings_so_many(enforcement, brings):
    assert flows.reproduction(enforcement=enforcement)["reproduction"] == pytest.approx(brings, abs=0.005)


def test_enforcement_at_one():
    assert flows.reproduction()["enforcement_at_one"] == pytest.approx(1.368, abs=5e-4)


@given(st.floats(0.1, 0.9), st.floats(0.05, 0.4))
def test_at_that_enforcement_each_brings_one(pull, decay):
    turn = flows.reproduction(pull=pull, decay=decay)["enforcement_at_one"]
    assert flows.reproduction(pull=pull, decay=decay, enforcement=turn)["reproduction"] == pytest.approx(1)


def test_chain_starts_at_the_fit_rounded():
    fitted = stockflow.fitted("network", "robinson", 0.3)
    start = flows.reproduction.start
    assert start["pull"] == pytest.approx(fitted["pull"], abs=5e-4)
    assert start["decay"] == pytest.approx(fitted["decay"], abs=5e-4)
    assert flows.reproduction.quantity("enforcement").high == 4
    brings = flows.reproduction().where(enforcement=np.linspace(0, 4, 41))["reproduction"]
    assert brings[0] == flows.reproduction()["reproduction"]
    assert np.all(np.diff(brings) < 0)


def test_a_chain_left_to_itself_grows_above_one_and_dies_below():
    p = one_set()
    p[row("crossings")] = p[row("present")] = 0.0
    found = simulate(p, 0.3, START)
    brings, arrived = found.passage[0] * p[row("pull"), 0] / p[row("decay"), 0], found.arrivals[0]
    steady = [y for y in range(len(YEARS) - 1) if brings[y] == brings[y + 1]]
    for y in steady:
        assert (arrived[y + 1] > arrived[y]) == (brings[y] > 1)


# The rule


@pytest.mark.parametrize(
    ("threshold", "years"),
    [(1_000, [2002, 2003, 2004, 2007]), (1_100, [2002, 2003, 2004]), (1_500, [2004]), (1_600, [])],
)
def test_years_in_which_the_rule_fires_on_arrivals(threshold, years):
    result = flows.rule(threshold=threshold)
    assert result["years"] == years
    assert result["fired"] == len(years)
    assert result.findings[0].holds is bool(years)
    assert result.findings[0].margin == len(years) - 1


@pytest.mark.parametrize(("variant", "stocks"), VARIANTS)
@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("threshold", [1_000, 1_500])
def test_the_rule_never_fires_on_the_modelled_stock_of_the_network(variant, stocks, effect, threshold):
    result = flows.rule(indicator="present", variant=variant, stocks=stocks, aid_effect=effect, threshold=threshold)
    if variant == "network":
        assert result["years"] == []
    rises = models_rule.rises_in_a_row(models_rule.indicator_series(OURS, "present", effect, variant, stocks))[0]
    assert result["years"] == [
        y for y in series.YEARS if rises[at(y)] >= 2 and models_rule.aid_in_window(OURS, 3)[0, at(y)] >= threshold
    ]


def test_years_by_hand():
    aid, arrived = series.aid_kt(OURS, 1995), series.arrivals(OURS)
    for threshold in (300, 600, 1_000, 1_100):
        for window in (1, 2, 4):
            by_hand = [
                y
                for y in range(2000, 2025)
                if aid[y - 1995 - window + 1 : y - 1995 + 1].sum() >= threshold
                and arrived[at(y)] > arrived[at(y - 1)] > arrived[at(y - 2)]
            ]
            assert flows.rule(threshold=threshold, window=window)["years"] == by_hand


def test_rule_over_an_ensemble_is_the_rule_for_each():
    thresholds = np.array([900.0, 1_100.0, 1_600.0])
    together = flows.rule(threshold=thresholds)
    assert [list(y) for y in together["years"]] == [flows.rule(threshold=t)["years"] for t in thresholds]
    assert together["fired"].tolist() == [4, 3, 0]
    windows = flows.rule(window=np.array([1.0, 3.0]), rises=np.array([1.0, 2.0]))
    assert windows["fired"].tolist() == [flows.rule(window=w, rises=r)["fired"] for w, r in ((1, 1), (3, 2))]


@given(st.floats(0, 2_000), st.floats(0, 500), st.integers(1, 5), st.integers(1, 4))
def test_asking_for_more_never_makes_the_rule_fire_more(threshold, more, window, rises):
    start = flows.rule(threshold=threshold, window=window, rises=rises)
    assert flows.rule(threshold=threshold + more, window=window, rises=rises)["fired"] <= start["fired"]
    assert flows.rule(threshold=threshold, window=window, rises=rises + 1)["fired"] <= start["fired"]
    assert flows.rule(threshold=threshold, window=window + 1, rises=rises)["fired"] >= start["fired"]


def test_time_line_shows_why_it_fires():
    result = flows.rule()
    line = {what: found[0] for what, found in models_rule.time_line(OURS, result.inputs).items()}
    assert YEARS[line["fires"]].tolist() == result["years"]
    assert line["aid"][at(2004)] == 1_500
    assert line["aid"][at(2007)] == 1_024
    assert line["enough"][at(2007)] and not line["enough"][at(2008)]
    assert line["rising"][at(2004)] and not line["rising"][at(2005)]
    assert np.array_equal(line["watched"], series.arrivals(OURS))


def test_rule_is_refused_what_it_cannot_count(refusal):
    assert "whole number" in refusal(flows.rule, window=2.5)
    assert "number above 0" in refusal(flows.rule, rises=0)
