"""`tumen argument`: in words, as Argdown out, and a class's own file in."""

import pytest

from tumen.cli import main
from tumen.tasks import Answers


def test_the_map_in_words_with_a_premise_away(capsys):
    assert main(["argument", "--without", "S2P3-d"]) == 0
    assert "about 100,000 is nearer) loses all support" in capsys.readouterr().out


def test_out_with_one_s_own_words_and_in_again(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers = Answers(tmp_path)
    answers.put("counting.mind", "- S2P3-f: a bound is no estimate", "recorded")
    answers.put("choice.mind", "For it: S1P3-i is what was left", "recorded")
    answers.put("counting.ethics", "Neither, S2P3-d", "recorded")
    assert main(["argument", "--argdown", "map.argdown"]) == 0
    text = (tmp_path / "map.argdown").read_text(encoding="utf-8")
    assert "  - <mine: counting.mind>" in text and "  + <mine: choice.mind>" in text
    assert "<mine: counting.ethics>: Neither, S2P3-d // on [S2P3-d]" in text
    capsys.readouterr()
    assert main(["argument", "map.argdown", "--without", "S2P3-d"]) == 0
    out = capsys.readouterr().out
    assert "against it: S2P3-f: a bound is no estimate" in out and "loses all support" in out


def test_the_map_is_drawn_into_a_file(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.argdown").write_text(
        "[Few]: There were few.\n  - [Hiding]: Nobody could see them.\n", encoding="utf-8"
    )
    assert main(["argument", "ours.argdown", "--picture", "ours.svg"]) == 0
    assert "against Few: Hiding" in capsys.readouterr().out
    drawn = (tmp_path / "ours.svg").read_text(encoding="utf-8")
    assert "Hiding" in drawn and drawn.startswith("<svg")
    assert main(["argument", "--picture", "theirs.png", "--without", "S2P3-d"]) == 0
    assert (tmp_path / "theirs.png").read_bytes().startswith(b"\x89PNG")
    assert main(["argument", "--picture", "theirs.gif"]) == 2
    assert "ends in .svg or .png" in capsys.readouterr().err


def test_a_slip_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.argdown").write_bytes(b"\xff\xfe\x00")
    for given in (["argument", "none.argdown"], ["argument", "bad.argdown"], ["argument", "--without", "S2P3-zz"]):
        assert main(given) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "text", ["[A]: words\n\n[B]: others\n", "# A title\n\n- a\n- b\n", "graph TD; A-->B\n", "[A: not closed\n"]
)
def test_statements_without_any_between_them_are_no_argument_that_stands(tumen, tmp_path, text):
    (tmp_path / "a.argdown").write_text(text, encoding="utf-8")
    out = tumen("argument", "a.argdown").out
    assert out.startswith("It holds ") and "none of which carries or attacks another" in out
    assert "stands" not in out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_signs_that_are_not_seen_part_no_names(tumen, tmp_path, encoding):
    text = "[\u200bA]: ü 한글\r\n  + [B\u202e]: y\r\n\r\n[A]\r\n  + [B]\r\n"
    (tmp_path / "a.argdown").write_bytes(text.encode(encoding))
    assert tumen("argument", "a.argdown").out.startswith("A: ü 한글\n  carried by “y”; stands\n")
