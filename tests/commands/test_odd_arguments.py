"""Arguments that are empty, no number, or name no place to write to: one sentence, and no file of ours in it."""

import pytest

KEY = "counting.ceiling"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("argument", ""), "what stands behind argument is empty"),
        (("argument", "--argdown", ""), "what stands behind --argdown is empty"),
        (("argument", "--argdown="), "--argdown is empty"),
        (("run", KEY, "--case", ""), "what stands behind --case is empty"),
        (("sweep", KEY, "--draws", "10", "--out", " "), "what stands behind --out is empty"),
        (("",), "the command is empty"),
        (("sweep", KEY, "--draws", "1e6"), "--draws needs a whole number in digits; '1e6' is none."),
        (("run", KEY, "--sample", "1,000"), "--sample needs a whole number in digits; '1,000' is none."),
        (("argument", "--answers", "nowhere"), "--answers names a folder; there is none called nowhere."),
        (("argument", "--argdown", "."), ". cannot be used here: Is a directory."),
        (("argument", "--argdown", "nowhere/x.argdown"), "x.argdown cannot be used here: there is no such folder."),
        (
            ("sweep", KEY, "--draws", "10", "--out", "nowhere/x.csv"),
            "x.csv cannot be used here: there is no such folder.",
        ),
        (("argument", "."), ". cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence(tumen, tmp_path, arguments, said):
    assert tumen(*arguments).refusal.startswith(said)
    assert list(tmp_path.iterdir()) == []
