"""Words of the course: replaced in our own voice, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.course.terms import Terms

T = Terms({"arrivals": "newcomers", "North Koreans in China": "border crossers", "host": "arrivals"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Few arrivals came.", "Few newcomers came."),
        ("Arrivals rose; **arrivals** fell.", "Newcomers rose; **newcomers** fell."),
        ("North Koreans in China and their host.", "border crossers and their arrivals."),  # one pass, no second
        ("arrivalsx xarrivals post-arrivals arrivals-based", "arrivalsx xarrivals post-arrivals arrivals-based"),
        ("the table `arrivals`", "the table `arrivals`"),
        ("```\narrivals\n``` arrivals", "```\narrivals\n``` newcomers"),
        ("[arrivals](https://x.org/arrivals) arrivals", "[arrivals](https://x.org/arrivals) newcomers"),
        ("see https://x.org/arrivals now", "see https://x.org/arrivals now"),
        ('“few arrivals” and "arrivals" and ‘arrivals’', '“few arrivals” and "arrivals" and ‘arrivals’'),
        ("*arrivals* and _arrivals_, arrivals", "*arrivals* and _arrivals_, newcomers"),
        ("* arrivals\n* arrivals", "* newcomers\n* newcomers"),
        ("{arrivals} arrivals", "{arrivals} newcomers"),
        ("<b title='arrivals'>arrivals</b>", "<b title='arrivals'>newcomers</b>"),
    ],
)
def test_what_is_replaced_and_what_is_kept(old, new):
    assert T(old) == new


def test_a_paragraph_of_the_report_keeps_its_name():
    assert Terms({"S2P3": "x", "d": "x"})("S2P3 and S2P3-d") == "S2P3 and S2P3-d"


@given(st.text())
def test_without_words_nothing_changes(text):
    assert Terms({})(text) == text
    assert Terms({"\x00": "x"})(text.replace("\x00", "")) == text.replace("\x00", "")
