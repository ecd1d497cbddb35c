"""Pages from templates: no value becomes a page's own, and none is missing without a word."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import tumen
from tumen.core.templates import rendered

WORST = "<b onload=x>\"'&</script>\x00\u202eabc"
HERE = Path(tumen.__file__).parent


def test_a_value_is_escaped_and_turns_nothing():
    page = rendered("lesson/html/front.html", says=WORST, script="")
    assert "&lt;b onload=x&gt;&quot;&#x27;&amp;&lt;/script&gt;abc" in page


def test_what_a_page_runs_on_cannot_leave_its_script():
    page = rendered("lesson/html/front.html", says="", script="x.js", data={"a": "</script><b>"})
    assert "</script><b>" not in page


def test_a_name_that_is_not_given_is_told():
    with pytest.raises(UndefinedError, match="says"):
        rendered("lesson/html/front.html", script="")


SAFE = {
    "qr",  # of segno
    "s.picture.svg",  # a picture of a model or an exhibit, drawn here
    "inside",  # the same under a class's dots
    """'<div class="line"></div>'""",
    """'<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s"/>'""",
}


def test_only_what_is_drawn_here_is_taken_as_it_is():
    texts = [path.read_text(encoding="utf-8") for path in HERE.glob("*/html/*")]
    assert {found.strip() for text in texts for found in re.findall(r"\{\{-?([^|}]*)\| *safe", text)} == SAFE
