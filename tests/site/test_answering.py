"""The page answers as the library does: the same readings, sentences and verdicts, by node or by a browser."""

import json
import math
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tumen.core import Problem
from tumen.site.asked import rules
from tumen.site.printing import browser
from tumen.tasks import check, find_task, task_themes
from tumen.tasks.check import VERDICTS, run_answer
from tumen.tasks.definitions import read_tasks
from tumen.tasks.numerals import read_numeral, shared_rules, unit_rules

HERE = Path(__file__).parent
SCRIPT = (HERE.parents[1] / "src" / "tumen" / "site" / "answering.js").read_text(encoding="utf-8")
RUN = """
const given = GIVEN, engine = answering(given.shared);
const out = given.read.map(([text, unit]) => {
  try { const { value, said } = engine.read(text, given.units[unit]); return [value, said]; }
  catch (fault) { if (!(fault instanceof Asked)) throw fault; return [null, fault.message]; }
});
const told = given.judged.map(([task, value]) => engine.judge(given.tasks[task], value));
"""
# from what readers typed in a trial: units, entries; and what is hostile, long or of another script
UNITS = (
    "people",
    "per cent a year",
    "per cent",
    "guests for every 1,000 hosts",
    "a share from 0 to 1",
    "share",
    "between −1 and 1",
    "steps",
    "of 100 cases",
    "points",
    "of 27 years",
    "",
)
TYPED = [
    "1.94%",
    "1.94",
    "1.94 per cent",
    "1.9",
    "1,94",
    "−55 %",
    "-55",
    "200 guests",
    "200 per 1,000",
    "1 in 5",
    "20%",
    "1/5",
    "20 %",
    "20",
    "0,2",
    ".2",
    "100k",
    "10만",
    "99,900",
    "99.900",
    "99 900",
    "99'900",
    "99,900 people",
    "99,900명",
    "about 100 000",
    "1e5",
    "99,90",
    "99000-101000",
    "185.000",
    "144,876 people",
    "18만",
    "18만 5천",
    "185명",
    "1,5",
    "1.5",
    "1.500.000",
    "1,500,000",
    "１８５",
    "1.5m",
    "two hundred",
    "",
    "1e400",
    "nan",
    "=200",
    "41%",
    "9/22",
    "9/0",
    "1,2,3",
    "0x10",
    "1_000",
    "٣٤",
    "5.",
    "+5",
    "−5",
    "1.94% a year",
    "3 per cent per year",
    "1억 2만 3천",
    "~5",
    "≈ 0,5",
    "0.000000001",
    "12345678901234567890",
    "it's 5",
    '"5"',
    "1.2345678901234",
    "1,000.5",
    "007",
    "5 %%",
    "1 000 000.25",
    "100 people out of 500",
    "3 of 10",
    "천",
    "infinity",
    "1e-9",
    "1e20",
    "99",
    "99.5",
    "100",
    "101",
    "1.0000001",
    "1억 2천만",
    "십팔만 오천",
    "18萬 5千人",
    "천만억",
    "18만 5천여 명",
    "5분의 1",
    "1.5 Mio.",
    "2bn",
    "1,85,000",
    "100.000,00",
    "1 000,5",
    "185´000",
    "10⁵",
    "1.5×10^5",
    "2·10⁻¹",
    "100²",
    "1½",
    "½",
    "5‰",
    "20 Prozent",
    "%20",
    "1.94% p.a.",
    "minus 55",
    "c. 100,000",
    "100 or so",
    "200 guests per 1000 hosts",
    "84 out of 100 cases",
    "3×",
    "1\u200b00",
    "30만~40만",
    "between 0.2 and 0.3",
    "0.2±0.1",
    "0.2, 0.3",
    "0.2 / 0.3",
    "100\n200",
    "100,000+",
    "12,345",
    "1,5만",
    "150%",
    "9" * 300,
]


def in_a_browser_or_node(given: dict) -> tuple[list, list]:
    source = SCRIPT + RUN.replace("GIVEN", json.dumps(given))
    if node := shutil.which("node"):
        told = subprocess.run(
            [node, "-"], input=source + "console.log(JSON.stringify([out, told]));", capture_output=True, text=True
        )
        assert told.returncode == 0, told.stderr[-2000:]
        return json.loads(told.stdout, parse_int=float)
    if not browser():
        pytest.skip("neither node nor a Chromium is here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        try:
            return running.new_page().evaluate(f"() => {{ {source} return [out, told]; }}")
        finally:
            running.close()


def here(text: str, unit: str) -> list:
    try:
        found = read_numeral(text, unit)
    except Problem as fault:
        return [None, str(fault)]
    return [found.value, found.said]


def test_a_page_reads_a_number_as_the_library_does():
    given = {
        "shared": shared_rules(),
        "units": {u: unit_rules(u) for u in UNITS},
        "read": [[t, u] for u in UNITS for t in TYPED],
        "tasks": {},
        "judged": [],
    }
    found, _ = in_a_browser_or_node(given)
    apart = [
        (pair, mine, theirs)
        for pair, theirs in zip(given["read"], found, strict=True)
        for mine in [here(*pair)]
        if mine != theirs
    ]
    assert apart == []
    assert sum(value is None for value, _ in found) > 100
    assert sum(value is not None for value, _ in found) > 300


RUNS: dict[str, tuple] = {}


def once(answer, case=None):
    """The model run of an answer, made once for all that is tried on it."""
    key = repr(answer)
    if key not in RUNS:
        RUNS[key] = run_answer(answer, case)
    return RUNS[key]


@cache
def told_by(key: str) -> dict:
    return rules(find_task(key), run=once)


def questions():
    for theme in task_themes():
        path = HERE.parents[1] / "workbooks" / "tasks" / f"{theme}.toml"
        yield from (t for t in read_tasks(path).values() if t.kind != "text" and not t.prediction)


def tries(task) -> list:
    """The right answer, every slip, what is near them, and what is a thousand times off."""
    if task.kind == "choice":
        return list(task.options)
    told = told_by(task.key)["bands"]
    ends = [at + side * reach for at, reach, *_ in told for side in (-1.01, -1, -0.99, 0, 0.99, 1, 1.01)]
    return [x for x in (*ends, 0.0, -1.0, 7.0, 1e9, told[0][0] * 1.07) if math.isfinite(x)]


def test_a_page_says_of_every_answer_what_the_library_says():
    asked = {t.key: t for t in questions()}
    judged = [[key, value] for key, t in asked.items() for value in tries(t)]
    given = {
        "shared": shared_rules(),
        "units": {},
        "read": [],
        "tasks": {k: told_by(k) for k in asked},
        "judged": judged,
    }
    _, told = in_a_browser_or_node(given)
    states = set()
    for (key, value), (state, says) in zip(judged, told, strict=True):
        said = check(asked[key], value, run=once)
        assert (state, says) == (said.state, said.says), (key, value)
        states.add(state)
    assert states == set(VERDICTS)
    assert len(asked) > 75


def test_a_graded_task_and_a_free_text_bring_no_key():
    graded = find_task("counting.guests").model_copy(update={"graded": True})
    assert not {"bands", "options", "after"} & set(rules(graded))
    assert not {"bands", "options", "after"} & set(rules(find_task("counting.mind")))
