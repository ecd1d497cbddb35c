"""Words made fit for a page: links, tables, headings, languages, and the works they name."""

import pytest

from tumen.site.figure import inline, table
from tumen.site.page import minutes
from tumen.site.parts import written
from tumen.site.prose import fit, tongues


def test_links_lead_to_the_pages_that_there_are_and_others_lose_only_the_link():
    html = fit(
        '<p><a href="02-b.ipynb">next</a> <a href="02-b.ipynb#part">part</a> <a href="tasks/a.toml">file</a> '
        '<a href="instructor/guide.md">guide</a> <a href="https://example.org/x">out</a> <a href="#here">here</a></p>',
        ["02-b", "guide"],
        [],
    )
    assert '<a href="02-b.html">next</a>' in html
    assert '<a href="02-b.html#part">part</a>' in html
    assert '<a href="guide.html">guide</a>' in html
    assert "<a" not in html.split("part</a>")[1].split("file")[0]
    assert 'href="https://example.org/x" rel="noopener"' in html
    assert '<a href="#here">' in html


def test_two_headings_of_one_wording_get_two_names():
    taken = []
    html = fit("<h2>Words</h2><h2>Words</h2><h3>한국어</h3>", [], taken)
    assert [h.id for h in taken] == ["words", "words-2", "한국어"]
    assert 'id="words-2"' in html


def test_a_table_scrolls_by_itself_and_says_what_its_columns_are():
    html = fit("<h2>Who</h2><table><thead><tr><th></th><th>b</th></tr></thead></table>", [], [])
    assert 'tabindex="0"' in html
    assert 'aria-label="table: Who"' in html
    assert html.count('scope="col"') == 2
    assert "<th></th>" not in html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<p>탈북자 talbukja</p>", '<p><span lang="ko">탈북자</span> talbukja</p>'),
        ("<p>북한 이탈 주민 is</p>", '<p><span lang="ko">북한 이탈 주민</span> is</p>'),
        ("<p>脱北 and 延边</p>", '<p><span lang="zh">脱北</span> and <span lang="zh">延边</span></p>'),
        ("<p>東京へ</p>", '<p><span lang="ja">東京へ</span></p>'),
        ('<p title="탈북자">a</p>', '<p title="탈북자">a</p>'),
        ("<title>탈북자</title>", "<title>탈북자</title>"),
        ("<style>a::after{content:'탈'}</style>", "<style>a::after{content:'탈'}</style>"),
    ],
)
def test_a_run_of_another_script_is_marked_with_its_language(text, marked):
    assert tongues(text) == marked


def test_a_table_escapes_what_it_is_given():
    html = table(["a<b", "c"], [["<script>", "x & y"]], 'cap "tion"')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "x &amp; y" in html


def test_two_drawings_on_one_page_share_no_name():
    svg = '<svg xmlns="x" class="m"><clipPath id="clip1"/><g clip-path="url(#clip1)" role="img" aria-label="y"/></svg>'
    one, two = inline(svg, "f1"), inline(svg, "f2")
    assert 'id="f1-0"' in one and "url(#f1-0)" in one
    assert 'id="f2-0"' in two and "url(#f2-0)" in two
    assert "role" not in one and "aria-label" not in one
    assert 'aria-hidden="true"' in one


def test_reading_time_counts_what_is_read():
    text = " ".join(["word"] * 2_000)
    assert minutes(f"<main><p>{text}</p></main>") == 10
    assert minutes(f"<main><p>{text}</p><table>{text}</table><svg>{text}</svg><details>{text}</details></main>") == 10
    assert minutes("<main></main>") == 5


def test_works_are_written_in_author_date_form():
    work = {
        "type": "article-journal",
        "title": "A <b> title",
        "author": [
            {"family": "One", "given": "A."},
            {"family": "Two", "given": "B."},
            {"family": "Three", "given": "C."},
        ],
        "issued": {"date-parts": [[2005, 4]]},
        "container-title": "Journal",
        "volume": "14",
        "issue": "1",
        "page": "1-9",
        "URL": "https://www.example.org/a?b=1",
        "note": "Reading list 3. R: recalled, not checked.",
    }
    assert written(work) == (
        "One, A., B. Two and C. Three. 2005. “A &lt;b&gt; title.” <cite>Journal</cite> 14(1), 1-9. April. "
        '<a href="https://www.example.org/a?b=1" rel="noopener">example.org</a>. <span class="note">Recalled, not checked.</span>'
    )
    assert written({"type": "report", "title": "T", "author": [{"literal": "T"}]}) == "<cite>T</cite>. No date."
