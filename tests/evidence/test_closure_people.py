"""The tables of people close: totals, parts and cumulatives that must agree do; known disagreements stand."""

from itertools import pairwise
from statistics import median

import pytest

from tumen.evidence.tables import table


def rows(name, **equal):
    """Rows of a table whose columns have the given values."""
    return [r for r in table(name).rows if all(r[k] == v for k, v in equal.items())]


def one(name, id):
    return table(name).row(id)


def total(found, column="value"):
    return sum(r[column] for r in found)


# arrivals


@pytest.fixture
def main():
    return rows("arrivals", series="main_revised")


def test_arrivals_sum_to_the_corrected_cumulative(main):
    assert (total(main, "total"), total(main, "men"), total(main, "women")) == (34_537, 9_593, 24_944)
    to_2024 = [r for r in main if r["end_year"] <= 2024]
    assert total(to_2024, "total") == 34_314
    assert 947 + 1_043 + total([r for r in to_2024 if r["start_year"] >= 2002], "total") == 34_314


def test_the_main_series_covers_each_year_once(main):
    spans = sorted((r["start_year"], r["end_year"]) for r in main)
    assert spans[0][0] == 1948 and spans[-1][1] == 2025
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))


def test_men_and_women_add_up_but_in_the_misprint():
    split = [r for r in table("arrivals").rows if r["men"] is not None and r["women"] is not None]
    wrong = [r["id"] for r in split if r["men"] + r["women"] != r["total"]]
    assert wrong == [r["id"] for r in split if r["series"] == "press_error"]
    misprint = one("arrivals", wrong[0])
    assert (misprint["total"], misprint["men"] + misprint["women"]) == (236, 242)
    for r in split:
        assert r["women_pct"] == pytest.approx(100 * r["women"] / r["total"], abs=0.06), r["id"]


def test_blocks_are_not_years(main):
    early = {r["period"]: r for r in main if r["start_year"] != r["end_year"]}
    assert {p: (r["total"], r["measure"]) for p, r in early.items()} == {
        "1998 and earlier": (947, "cumulative since 1948"),
        "1999-2001": (1_043, "several years"),
    }
    assert all(r["measure"] == "year" for r in main if r["start_year"] == r["end_year"])
    assert [one("arrivals", i)["total"] for i in ("A42", "A56", "A45")] == [148, 312, 583]
    assert sum([148, 312, 583]) == early["1999-2001"]["total"]
    assert one("arrivals", "A41")["total"] == 71 != early["1998 and earlier"]["total"]


def test_the_early_arrivals_close_twice():
    to_1989, nineties = one("arrivals", "A29")["total"], one("arrivals", "A30")["total"]
    assert (to_1989, nineties) == (607, 488)
    assert to_1989 + nineties + 312 + 583 == one("arrivals", "A46")["total"] == 1_990
    yearly = {
        r["period"]: r["total"] for r in table("arrivals").rows if r["series"] in ("early_recalled", "early_seen")
    }
    five = sum(yearly[str(y)] for y in range(1990, 1995))
    assert five == one("arrivals", "A38")["total"] == 86
    known_to_1998 = to_1989 + five + yearly["1995"] + 56 + 85 + 71
    assert known_to_1998 == 947 - 1  # the later table has 86 for 1997, the release of 2000 has 85
    assert one("arrivals", "A47")["total"] + 583 == 1_990 - 1


def test_the_correction_of_2025_is_one_man():
    first, corrected = one("arrivals", "A27"), one("arrivals", "A28")
    assert (first["total"], corrected["total"]) == (224, 223)
    assert (first["men"] - corrected["men"], first["women"] - corrected["women"]) == (1, 0)


# Korean Chinese


def test_census_and_register_never_mix():
    seen = {}
    for r in table("korean_chinese_population").rows:
        key = (r["area"], r["year"], r["series"])
        assert key not in seen, f"{r['id']} and {seen[key]} would be drawn as one series"
        seen[key] = r["id"]
        word = r["measure"].lower()
        assert r["series"].startswith("census") == word.startswith("census"), r["id"]
        if "register" in word and "Joseonjok" not in r["measure"]:
            assert r["series"] == "household register", r["id"]


def test_the_register_holds_the_absent():
    by = {(r["area"], r["year"], r["series"]): r["koreans"] for r in table("korean_chinese_population").rows}
    for year in (2000, 2010, 2020):
        assert by["Yanbian", year, "household register"] > by["Yanbian", year, "census"]
    absent = by["Yanbian", 2020, "household register"] - by["Yanbian", 2020, "census"]
    assert absent == 133_300
    assert absent / by["Yanbian", 2020, "household register"] == pytest.approx(0.18, abs=0.005)
    villages = by["Heilongjiang Korean villages", 2006, "household register"]
    away = villages - by["Heilongjiang Korean villages", 2006, "present"]
    assert away == 56_481 + 53_652
    assert away / villages == pytest.approx(0.46, abs=0.005)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("K09", "K10", "K11", "K12", "K13"), "K08"),
        (("K21", "K22", "K23"), "K25"),
        (("K26", "K27", "K28"), "K29"),
    ],
)
def test_provinces_add_up(parts, whole):
    assert (
        sum(one("korean_chinese_population", i)["koreans"] for i in parts)
        == (one("korean_chinese_population", whole)["koreans"])
    )


def test_two_tabulations_of_one_census():
    assert (
        one("korean_chinese_population", "K05")["koreans"] - one("korean_chinese_population", "K20")["koreans"] == 481
    )
    assert (
        one("korean_chinese_population", "K01")["koreans"] - one("korean_chinese_population", "K08")["koreans"] == 9_130
    )
    nbs = {r["year"]: r["value"] for r in rows("china_minorities", group="Korean (Chaoxianzu)")}
    assert nbs == {1990: 1_923_361, 2000: 1_923_842, 2010: 1_830_929}


# estimates, surveys, returns, incidents


def test_who_speaks_explains_more_than_when():
    def middle(r):
        if r["central"] is not None:
            return r["central"]
        ends = [x for x in (r["low"], r["high"]) if x is not None]
        return sum(ends) / len(ends)

    found = {}
    for r in table("china_estimates").rows:
        if 1999 <= r["reference_year"] <= 2003:
            found.setdefault(r["who_type"], []).append(middle(r))
    assert {who: median(v) for who, v in found.items()} == {
        "government": 20_000,
        "academic": 65_000,
        "IGO": 100_000,
        "NGO": 162_000,
        "press": 300_000,
    }
    assert min(map(len, found.values())) >= 3 and max(map(len, found.values())) <= 18


def test_every_estimate_has_a_figure_and_its_range_is_in_order():
    for r in table("china_estimates").rows:
        figures = [r[c] for c in ("low", "central", "high") if r[c] is not None]
        assert figures and figures == sorted(figures), r["id"]


def test_the_catch_of_2002():
    handed, caught = one("repatriations", "R11")["central"], one("repatriations", "R12")["central"]
    assert handed == caught + 1_077 == 4_809
    assert caught == 2_040 + 1_692
    assert one("border_survey", "S48")["value"] == pytest.approx(100 * 2_040 / caught, abs=0.05)
    assert one("border_survey", "S18")["value"] == pytest.approx(140_000 / 2_479, abs=0.05)


def test_ten_mission_cases_and_their_days():
    import datetime as dt

    def day(text):
        return dt.date.fromisoformat(text) if text and len(text) == 10 else None

    for r in table("incidents").rows:
        start = day(r["date_entry"])
        for column, end in (("days_entry_to_leaving_china", "date_left_china"), ("days_entry_to_seoul", "date_seoul")):
            if start and day(r[end]) and r[column] is not None:
                assert (day(r[end]) - start).days == r[column], r["id"]
    cases = [
        r["days_entry_to_leaving_china"]
        for r in table("incidents").rows
        if r["date_entry"][:4] in ("2001", "2002") and r["days_entry_to_leaving_china"] is not None
    ]
    assert (len(cases), median(cases), max(cases)) == (10, 5, 31)
    assert len(rows("incidents", kind="aggregate")) == 2


def test_admissions_add_to_the_cumulative_quoted():
    usa = [r for r in rows("resettlement", country="USA", indicator="refugees admitted") if r["year"] <= 2018]
    assert sorted(r["year"] for r in usa) == list(range(2006, 2019))
    assert total(usa) == 217
