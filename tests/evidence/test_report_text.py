"""The reader's copy of the report, tried on invented texts under the report's section titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Problem
from tumen.evidence.ledger import claim, claims, own_words, paragraph, paragraphs
from tumen.evidence.report_text import own_sentences, paragraph_text

TITLES = {c.section: c.section_title for c in claims()}
COUNTS = {s: max(c.paragraph for c in claims() if c.section == s) for s in TITLES}


def invented(section, number):
    """A paragraph nobody wrote, long enough to be one."""
    return (
        f"Invented paragraph {number} of section {section} says nothing at all. " + "It only goes on for a while. " * 6
    )


def report(heading="{n}. {title}", gap="\n\n", shape=lambda p: p, front="Front matter.", back="Notes and responses."):
    """An invented report: headings by pattern, a gap between blocks, a shape for each paragraph."""
    blocks = [front]
    for s, title in TITLES.items():
        blocks.append(heading.format(n=s, roman="I" * s, title=title, upper=title.upper()))
        blocks += [shape(invented(s, i + 1).strip()) for i in range(COUNTS[s])]
    return gap.join([*blocks, back]) + "\n"


def wrapped(text, width=60):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line.strip())
            line = ""
        line += word + " "
    return "\n".join([*lines, line.strip()])


def check(path):
    for ref in paragraphs():
        section, number = int(ref[1]), int(ref[3])
        assert paragraph_text(ref, path) == " ".join(invented(section, number).split()), ref


def test_no_copy_no_text(tmp_path, monkeypatch):
    assert paragraph_text("S2P3", tmp_path / "report.txt") is None
    monkeypatch.chdir(tmp_path)
    assert paragraph_text("S2P3") is None
    (tmp_path / "report.txt").write_text(report(), encoding="utf-8")
    assert paragraph_text("S2P3").startswith("Invented paragraph 3 of section 2")


@pytest.mark.parametrize(
    "heading",
    [
        "{title}",
        "{n}. {title}",
        "{n}) {title}",
        "({roman}) {title}",
        "{roman}. {upper}",
        "Section {n}: {title}.",
        "  {title}  ",
        "# {title}",
        "**{title}**",
        "{title}:",
    ],
)
def test_headings_in_many_dresses(tmp_path, heading):
    path = tmp_path / "report.txt"
    path.write_text(report(heading=heading), encoding="utf-8")
    check(path)


@pytest.mark.parametrize(
    "options",
    [
        {"shape": wrapped},
        {"gap": "\n"},
        {"gap": "\n", "shape": lambda p: "    " + wrapped(p), "back": "    Notes and responses."},
        {"gap": "\n   \n\n"},
    ],
    ids=["wrapped", "one a line", "indented", "wide gaps"],
)
def test_paragraphs_in_many_shapes(tmp_path, options):
    path = tmp_path / "report.txt"
    path.write_text(report(**options), encoding="utf-8")
    check(path)


def test_a_title_wrapped_over_two_lines(tmp_path):
    text = report()
    for title in TITLES.values():
        words = title.split()
        text = text.replace(title, " ".join(words[:4]) + "\n" + " ".join(words[4:]))
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    check(path)


def test_a_list_of_contents_is_passed_over(tmp_path):
    contents = "\n".join(f"{n}. {t}" for n, t in TITLES.items())
    path = tmp_path / "report.txt"
    path.write_text(report(front=contents), encoding="utf-8")
    check(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_readers_save_in(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(report(back="The author’s “notes”.").replace("\n", "\r\n").encode(encoding))
    check(path)


@given(front=st.text(max_size=300), back=st.text(max_size=300))
def test_what_stands_around_the_report_does_not_matter(tmp_path_factory, front, back):
    path = tmp_path_factory.getbasetemp() / "report.txt"
    path.write_text(report(front=front, back=back), encoding="utf-8", errors="replace")
    assert paragraph_text("S2P3", path) == " ".join(invented(2, 3).split())


def test_what_cannot_be_told(tmp_path, refusal):
    path = tmp_path / "report.txt"
    path.write_text("Some other text.\n\nAltogether.", encoding="utf-8")
    assert "heading" in refusal(paragraph_text, "S2P3", path)
    path.write_text(report(gap="\n", shape=wrapped), encoding="utf-8")
    assert "blank line" in refusal(paragraph_text, "S2P3", path)
    path.write_text(report().replace(invented(2, 1).strip() + "\n\n", ""), encoding="utf-8")
    assert "the 6 paragraphs of section 2" in refusal(paragraph_text, "S2P3", path)
    assert paragraph_text("S1P1", path).startswith("Invented paragraph 1 of section 1")
    path.write_text("<html><body>" + report(), encoding="utf-8")
    assert "web page" in refusal(paragraph_text, "S2P3", path)
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refusal(paragraph_text, "S2P3", path)
    assert "'S2P3'" in refusal(paragraph_text, "S2P33", path)


# --- sentences ------------------------------------------------------------------------------------------

COUNTED = {ref: len({place for c in paragraph(ref) for place in c.sentences}) for ref in paragraphs()}
ENDS = (". ", ".  ", "? ", ".” ", ".[3] ", ".4 ")


def told(ref, n, end=". "):
    """A sentence nobody wrote, with what may look like an end and is none."""
    return f"Sentence {n} of {ref} is about U.S.-made tea -- weighed by Dr. J. Doe at 1.5 pounds{end}"


def in_sentences(shape=lambda p: p, end=". "):
    blocks = []
    for s, title in TITLES.items():
        here = [ref for ref in paragraphs() if ref.startswith(f"S{s}")]
        blocks += [
            title,
            *(shape("".join(told(ref, n, end) for n in range(1, COUNTED[ref] + 1)).strip()) for ref in here),
        ]
    return "\n\n".join(blocks) + "\n"


def test_every_claim_names_sentences_of_its_paragraph_without_a_gap():
    for ref, count in COUNTED.items():
        assert {place for c in paragraph(ref) for place in c.sentences} == {f"{ref}.{n}" for n in range(1, count + 1)}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "shape", [lambda p: p, wrapped, lambda p: p.replace(" ", "\u00a0", 2)], ids=["plain", "wrapped", "hard"]
)
def test_sentences_are_told_apart(tmp_path, shape, end):
    path = tmp_path / "report.txt"
    path.write_text(in_sentences(shape, end), encoding="utf-8")
    own = own_sentences(path)
    assert len(own) == sum(COUNTED.values())
    for place, text in own.items():
        ref, _, n = place.partition(".")
        assert text.startswith(f"Sentence {n} of {ref} is about U.S.-made") and text.count("Sentence") == 1


def test_a_word_broken_at_its_hyphen_is_put_together(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(in_sentences(lambda p: p.replace("U.S.-made", "U.S.-\nmade")), encoding="utf-8")
    assert "U.S.-made" in own_sentences(path)["S2P3.4"]


def test_a_claims_words_are_its_sentences(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(in_sentences(), encoding="utf-8")
    own = own_sentences(path)
    assert own_words(claim("S2P3-d"), own) == told("S2P3", 4).strip()
    span = next(c for c in claims() if "-" in c.sentence)
    assert own_words(span, own).count("Sentence") == len(span.sentences) == 2


def test_sentences_that_cannot_be_told_apart_are_left_out(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(in_sentences().replace(told("S2P3", 4), told("S2P3", 4).strip(" .") + ", "), encoding="utf-8")
    own = own_sentences(path)
    assert not [place for place in own if place.startswith("S2P3")]
    assert "S2P2.1" in own and own_words(claim("S2P3-d"), own) == ""
    assert own_sentences(tmp_path / "none.txt") == {}


# --- as a PDF's text is copied, and as programs save it ----------------------------------------------------

WORDS = [
    "bread",
    "rivers",
    "winter",
    "letters",
    "carts",
    "gardens",
    "lanterns",
    "weather",
    "markets",
    "stones",
    "bridges",
    "ferries",
    "orchards",
    "kettles",
]


def varied(section, number):
    """A paragraph nobody wrote, of sentences that differ."""
    said = [
        f"Sentence {n} of {section}.{number} is about {WORDS[(n * 5 + number) % len(WORDS)]} and {WORDS[(n * 3 + section) % len(WORDS)]} only."
        for n in range(7 + number)
    ]
    return " ".join(said)


def varied_report(gap="\n\n", width=66):
    blocks = []
    for s, title in TITLES.items():
        blocks += [f"{s}. {title}", *(wrapped(varied(s, i + 1), width) for i in range(COUNTS[s]))]
    return gap.join(blocks) + "\n"


FEET = [
    "\n{n}\n",
    "{n}",
    "{n}\n\x0c",
    "\n- {n} -\n",
    "\n{n}\nA RUNNING HEAD\n",
    "\n\nPage {n} of 20\n\nA running head\n\n",
    "\x0c{n}\n",
]


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("every", range(5, 40, 2))
def test_a_page_s_number_and_head_never_stand_in_a_paragraph_and_never_cut_one(tmp_path, foot, every):
    lines = varied_report().split("\n")
    path = tmp_path / "report.txt"
    pages = [lines[i : i + every] for i in range(0, len(lines), every)]
    text = "\n".join("\n".join([*page, foot.format(n=n)]) for n, page in enumerate(pages, 7))
    path.write_text(text, encoding="utf-8")
    told = 0
    for ref in paragraphs():
        try:
            found = paragraph_text(ref, path)
        except Problem as e:
            assert "put one blank line between paragraphs" in str(e)
            continue
        assert found == varied(int(ref[1]), int(ref[3])), ref
        told += 1
    assert told or every < 12


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "mac_roman", "cp1252"])
def test_quotation_marks_are_right_in_what_programs_save(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(report(shape=lambda p: f"{p} The author’s “notes” – é.").encode(encoding))
    assert paragraph_text("S2P3", path).endswith("The author’s “notes” – é.")


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x0b", "\r", "\x85"])
def test_lines_end_in_many_ways(tmp_path, end):
    path = tmp_path / "report.txt"
    path.write_bytes(report().replace("\n", end).encode("utf-8"))
    check(path)


def test_a_text_that_a_mail_quotes_is_read(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\n".join(f"> {line}".rstrip() for line in report(shape=wrapped).split("\n")), encoding="utf-8")
    check(path)


def test_a_word_cut_at_a_line_s_end_is_whole_where_it_stands_whole_elsewhere(tmp_path):
    path = tmp_path / "report.txt"
    text = report().replace("says nothing", "says noth-\ning", 1).replace("goes on", "go\u00ad\nes on", 1)
    text = text.replace("for a while", "for a half-\nwhile", 1)
    path.write_text(text, encoding="utf-8")
    first = paragraph_text("S1P1", path)
    assert "says nothing at all. It only goes on for a half-while." in first


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4", "is a PDF"),
        (b"PK\x03\x04", "document of an office program"),
        (b"{\\rtf1", "save it as plain text"),
        (b"\x81\x8d\x90", "UTF-8"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, refusal, data, said):
    (tmp_path / "report.txt").write_bytes(data)
    assert said in refusal(paragraph_text, "S2P3", tmp_path / "report.txt")
