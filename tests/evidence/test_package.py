"""The data package describes what is there: files, columns, types, words, dates; and says how each row is known."""

import csv
import datetime as dt
import json
import re

import pytest

from tumen.core.files import shipped
from tumen.evidence.dates import public_span
from tumen.evidence.package import PROVENANCE, names, schemas
from tumen.evidence.tables import table

DATA = shipped("data")
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {r["name"]: r for r in PACKAGE["resources"]}
MAKES = {"string": str, "integer": int, "number": float}
NAMES = names()


def cells(resource):
    with (DATA / resource["path"]).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_fifteen_tables_and_a_ledger():
    assert len(NAMES) == 15
    assert set(RESOURCES) >= {*NAMES, "claims"}
    assert {p.stem for p in DATA.glob("*.csv")} == set(RESOURCES)
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"
    assert PACKAGE["sources"]


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_schema_holds(name):
    """What a full validator checks, in short: order of columns, types, required, unique, pattern, words."""
    resource = RESOURCES[name]
    rows = cells(resource)
    fields = resource["schema"]["fields"]
    assert list(rows[0]) == [f["name"] for f in fields]
    assert resource["schema"]["primaryKey"] == "id" == fields[0]["name"]
    assert resource["encoding"] == "utf-8" and resource["description"]
    for f in fields:
        assert f["description"], f["name"]
        limits = f.get("constraints", {})
        values = [r[f["name"]] for r in rows]
        assert not limits.get("required") or all(values), f["name"]
        given = [v for v in values if v]
        assert not limits.get("unique") or len(set(given)) == len(rows), f["name"]
        assert all(re.fullmatch(limits.get("pattern", ".*"), v, re.DOTALL) for v in given), f["name"]
        assert set(given) <= set(limits.get("enum", given)), f["name"]
        for v in given:
            MAKES[f["type"]](v)


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_file_is_plain(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    assert b"\r" not in raw and raw.endswith(b"\n") and not raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8")
    for r in csv.reader(text.splitlines()):
        assert all(c == c.strip() for c in r), r[0]


@pytest.mark.parametrize("name", NAMES)
def test_rows_say_how_they_are_known(name):
    for r in table(name).rows:
        assert r["verified"] in ("seen", "recalled", "derived"), r["id"]
        assert r["trust"] in ("high", "medium", "low"), r["id"]
        assert r["verified"] != "recalled" or r["trust"] != "high", r["id"]
        assert bool(r["source_kind"]) == bool(r["url"]), r["id"]
        assert r["source_kind"] != "blog or forum" or r["trust"] != "high", r["id"]
        assert r["url"] is None or re.fullmatch(r"https?://\S+", r["url"]), r["id"]
        assert r["ref"] and r["source_org"], r["id"]


@pytest.mark.parametrize("name", NAMES)
def test_dates_are_dates_and_nothing_is_public_before_its_source(name):
    for r in table(name).rows:
        for column in ("start", "end", "date", "date_entry", "date_left_china", "date_seoul", "public"):
            public_span(r.get(column))
        if r.get("start") and r.get("end"):
            assert public_span(r["start"])[0] <= public_span(r["end"])[1], r["id"]
        if r["public"]:
            assert dt.date(1950, 1, 1) < public_span(r["public"])[1] < dt.date(2027, 1, 1), r["id"]


BLOGS = ("tistory", "theqoo", "zoglo", "cafe.daum", "blogspot", "typepad", "wordpress", "thewiki", "theanswerbank")
COPIES = ("docslib", "suppr", "fortunecity", "9dok", "vdocuments", "studylib", "piglix", "free-north-korea")


@pytest.mark.parametrize("name", NAMES)
def test_blogs_forums_and_copies_are_shown_as_what_they_are(name):
    for r in table(name).rows:
        address = r["url"] or ""
        if any(mark in address for mark in BLOGS):
            assert r["source_kind"] == "blog or forum", r["id"]
        if any(mark in address for mark in COPIES):
            assert r["source_kind"] == "copy", r["id"]


def test_no_local_path_and_no_route():
    for path in sorted(DATA.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"file:|/home/|/farm/|/tmp/|\bseed\b|ezproxy", text), path.name
    transit = {r["third_country"] for r in table("incidents").rows if r["third_country"]}
    countries = {"Philippines", "Singapore", "Thailand", "Viet Nam", "Singapore and Philippines", "none", "not named"}
    assert transit <= {*countries, "Philippines (believed), for the first 5"}
    assert {r["third_country"] for r in table("incidents").rows if r["kind"] in ("arrest", "boat attempt")} == {None}


def test_columns_that_say_where_a_value_comes_from_are_the_same_in_every_table():
    for name in NAMES:
        assert set(schemas()[name].columns) >= PROVENANCE, name
