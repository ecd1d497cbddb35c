"""The tables behind the report close: aid, food, population, East Germany, votes, and figures told twice."""

import pytest

from tumen.evidence.tables import table


def rows(name, **equal):
    """Rows of a table whose columns have the given values."""
    return [r for r in table(name).rows if all(r[k] == v for k, v in equal.items())]


def one(name, id):
    return table(name).row(id)


def total(found, column="value"):
    return sum(r[column] for r in found)


# aid, food, population


def test_the_ministrys_aid_table_closes():
    def series(indicator):
        return {r["year"]: r["value"] for r in rows("rok_aid", indicator=indicator, source_year=2026)}

    grants, loans, private = (series(i) for i in ("government_grants_subtotal", "food_loan", "private_ngo"))
    government, all_of_it = (series(i) for i in ("government_total_incl_loans", "grand_total_gov_and_private"))
    assert sorted(all_of_it) == list(range(1995, 2024))
    for year, grand in all_of_it.items():
        assert grants[year] + loans[year] == government[year]
        assert government[year] + private[year] == grand
    assert sum(all_of_it.values()) == 33_445  # the ministry prints 33,444
    assert sum(loans[y] for y in range(2000, 2008)) == pytest.approx(8_700, rel=0.005)


def test_shares_of_food_aid():
    shares = {
        r["supplier"]: r["value"] for r in rows("rok_aid", indicator="share_of_total_food_aid", period="1996-2009")
    }
    assert sum(shares.values()) == pytest.approx(100)
    given = {r["supplier"]: r["value"] for r in rows("rok_aid", indicator="food_aid_cumulative", period="1996-2009")}
    for who in ("China", "ROK"):
        assert shares[who] == pytest.approx(100 * given[who] / given["All donors"], abs=0.05)
    received = rows("rok_aid", indicator="food_received", period="1995.11-1996.12")
    parts = [r for r in received if r["supplier"] != "All donors"]
    assert total(parts) == total([r for r in received if r["supplier"] == "All donors"]) == 1_132


@pytest.mark.parametrize(
    ("period", "source", "less", "left"),
    [
        ("1998/99", "4/1999", ("commercial_imports_assumed",), "uncovered_deficit"),
        (
            "1999/2000",
            "24 July 2000",
            ("commercial_imports_assumed", "food_aid_delivered_and_pipeline"),
            "uncovered_deficit",
        ),
        ("2001/02", "4/2002", ("commercial_imports_assumed",), "to_be_covered_by_aid_or_concessional"),
        ("2008/09", "2008", ("commercial_imports_assumed", "food_aid_pledged"), "uncovered_deficit"),
        ("2010/11", "2010", ("commercial_imports_planned",), "uncovered_deficit"),
    ],
)
def test_food_balances_close(period, source, less, left):
    sheet = {r["indicator"]: r["value"] for r in rows("food", period=period) if source in r["source_title"]}
    assert sheet["import_requirement"] - sum(sheet[i] for i in less) == pytest.approx(sheet[left], abs=1)


def test_population_of_the_border_province():
    province = one("macro", "M035")["value"]
    for id, people in (("M044", 300_000), ("M045", 100_000)):
        assert one("macro", id)["value"] == pytest.approx(100 * people / province, abs=0.05)
    counties = [r for r in table("macro").rows if r["note"] == "border county"]
    assert len(counties) == 5
    assert 300_000 / total(counties) == pytest.approx(0.5, abs=0.005)
    revisions = [r["value"] for r in rows("macro", series="population", year=2002)]
    assert max(revisions) - min(revisions) == pytest.approx(600_000, rel=0.02)


def test_growth_compounds_to_the_fall_noted():
    level = 1.0
    for r in rows("macro", series="gdp_growth_real"):
        if 1990 <= r["year"] <= 1998:
            level *= 1 + r["value"] / 100
    assert level - 1 == pytest.approx(-0.32, abs=0.001)


# East Germany, votes, tables that repeat each other


def test_the_months_of_1989_add_up():
    months = rows("gdr", topic="emigration_month")
    assert [r["start"] for r in months] == [f"1989-{m:02d}" for m in range(1, 13)]
    assert total(months) == one("gdr", "G106")["value"] == 343_854
    assert {r["verified"] for r in months} == {"recalled"}
    assert 100 * total(months) / one("gdr", "G151")["value"] == pytest.approx(2.1, abs=0.05)


def test_the_ways_out_add_up_until_the_ransomed_part_from_them():
    years = {}
    for r in rows("gdr", topic="emigration"):
        if r["source_org"] == "German Historical Institute (GHDI)":
            years.setdefault(r["year"], {})[r["indicator"]] = r["value"]
    short = {
        year: ways["left GDR for FRG, total"] - sum(v for k, v in ways.items() if k.startswith("of which"))
        for year, ways in years.items()
        if len(ways) == 4
    }
    assert sorted(short) == list(range(1961, 1986))
    assert all((gap == 0) == (year < 1979) for year, gap in short.items())


def test_seouls_votes_agree_between_the_two_kinds_of_row():
    plenary = {r["event_or_status"]: r["rok_vote"] for r in rows("recognition", kind="un_vote")}
    states = rows("recognition", kind="un_vote_by_state")
    assert len(states) == 40
    for r in states:
        if r["party"] == "ROK":
            assert r["vote"] == plenary[r["event_or_status"]]
    told = [r["rok_vote"] for r in rows("recognition", kind="un_vote") if r["rok_vote"]]
    assert told[:4] == ["did not take part", "abstain", "abstain", "abstain"]


def test_tables_that_repeat_a_figure_agree():
    shares = {r["year"]: r["value"] for r in rows("macro", series="china_share_of_trade_excl_rok")}
    again = {r["year"]: r["value"] for r in rows("gdr", topic="dependence", source_org="KOTRA") if r["year"] in shares}
    assert len(again) == 9 and again == shares
    assert (
        rows("gdr", topic="economy", year=2002)[0]["value"]
        == rows("macro", series="gni_per_capita_nominal", year=2002)[0]["value"]
    )
