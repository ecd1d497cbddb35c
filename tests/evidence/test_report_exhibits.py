"""The exhibits of the whole report: a timeline without routes, a map without the ground, and who is who."""

import csv
import re

from suh2002.report.exhibits import DAY_RECALLED, INCIDENTS, LEFT_OUT, MAP, TIMELINE, WHO
from tumen.core.files import shipped
from tumen.evidence.argument_words import ARGUMENT
from tumen.evidence.ledger import claims
from tumen.evidence.tables import table


def at(day=None):
    return lambda name: table(name, as_of=day)


EVENTS = TIMELINE.rows(at())
BLOCKS = MAP.rows(at())


def file(name):
    with (shipped("data") / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_the_timeline_runs_from_2000_to_2004_in_order():
    dates = [e["date"] for e in EVENTS]
    assert all("2000" <= d < "2005" for d in dates)
    assert [d[:7] for d in dates] == sorted(d[:7] for d in dates)
    assert {"T27", "T31", "T32", "T33", "T52", *INCIDENTS} <= {e["id"] for e in EVENTS}
    assert len({e["id"] for e in EVENTS}) == len(EVENTS) == 42
    assert all(3 < len(e["label"]) < 95 for e in EVENTS)


def test_the_timeline_tells_no_way_out():
    said = " ".join(e["label"] for e in EVENTS)
    assert not re.search(r"\b(via|route|Manila|Singapore|Philippines|Mongolia|Thailand|border town)\b", said)
    assert not set(LEFT_OUT) & {e["id"] for e in EVENTS}


def test_what_is_known_from_memory_says_so_and_a_recalled_day_is_left_out():
    rows = {r["id"]: r for r in (*table("timeline").rows, *table("incidents").rows)}
    for e in EVENTS:
        assert (e["known"] == "from memory") == (rows[e["id"]]["verified"] == "recalled")
        noted = re.search(r"days? .*recalled|date .*recalled", rows[e["id"]]["note"] or "")
        assert bool(noted) == (e["id"] in DAY_RECALLED), e["id"]
        assert (len(e["date"]) == 7) or e["id"] not in DAY_RECALLED


def test_under_the_reports_date_nothing_later_stands_in_the_timeline():
    known = TIMELINE.rows(at("2002-05-07"))
    assert len(known) == 15
    assert max(e["date"] for e in known) == "2002-05-07"


def test_the_map_has_blocks_for_provinces_and_countries_and_nothing_else():
    assert {b["kind"] for b in BLOCKS} == {"country", "province"}
    assert {b["country"] for b in BLOCKS} == {"China", "North Korea", None}
    assert sum(b["country"] == "North Korea" for b in BLOCKS) == 10
    for i, a in enumerate(BLOCKS):
        assert a["x"] < a["x2"] and a["y"] < a["y2"]
        for b in BLOCKS[i + 1 :]:
            apart = a["x2"] <= b["x"] or b["x2"] <= a["x"] or a["y2"] <= b["y"] or b["y2"] <= a["y"]
            assert apart, (a["id"], b["id"])


def test_the_map_names_no_place_near_the_border():
    text = (shipped("data") / "places.csv").read_text(encoding="utf-8")
    near = "Yanji|Tumen|Longjing|Hunchun|Dandong|Hoeryong|Musan|Onsong|Hyesan|Sinuiju|Yanbian|Changbai|Helong"
    assert not re.search(near, text)


def test_what_the_map_says_is_a_row_and_follows_the_date():
    said = {b["name"]: b for b in BLOCKS if b["says"]}
    assert set(said) == {"Jilin", "Heilongjiang", "Liaoning", "North Hamgyong"}
    for b in said.values():
        name, _, id = b["row"].partition(":")
        row = table(name).row(id)
        value = row.get("koreans") or row["value"]
        assert float(re.match(r"[\d,.]+", b["says"])[0].replace(",", "")) == float(f"{value:.3g}")
    assert not [b for b in MAP.rows(at("2002-05-07")) if b["says"]]


def test_who_is_who_rests_on_claims_and_rows_and_names_no_one_who_helps():
    ids = {c.id for c in claims()}
    for r in WHO.rows(at()):
        assert {c.strip() for c in (r["claims"] or "").split(";")} - {""} <= ids
        for ref in (r["rows"] or "").split(";"):
            if ref.strip():
                name, _, id = ref.strip().partition(":")
                table(name).row(id)
    assert not any(r["later"] for r in WHO.rows(at("2002-05-07")))
    assert sum(bool(r["later"]) for r in WHO.rows(at())) >= 4
    text = (shipped("data") / "who.csv").read_text(encoding="utf-8")
    assert not re.search(r"Vollertsen|Life Funds|LFNKR|pastor|broker", text)


def test_the_exhibit_of_the_argument_lists_every_point():
    rows = ARGUMENT.rows(at())
    assert len(rows) == len(file("argument_points"))
    assert all(r["status when written"] and r["carried by"] for r in rows)
    assert not any("2025" in str(v) for r in rows for v in r.values())
