"""HTML: a saved article becomes sections and blocks, the page around it is left out."""

from __future__ import annotations

import pytest

from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Style,
    Table,
    plain,
    text_of,
)
from briefings.model import TitleFrom
from briefings.reading.reader import Reading, Unreadable, read
from briefings.writing import text_of_section


def reading(body: str, head: str = "") -> Reading:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read(page.encode(), "x.html")


def blocks(body: str) -> tuple[Block, ...]:
    [section] = reading(f"<h1>T</h1><h2>S</h2>{body}").briefing.sections
    return section.blocks


def names(body: str) -> list[str]:
    return [section.name for section in reading(body).briefing.sections if section.level]


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain(text))


def test_headings_open_sections_and_the_only_h1_is_the_title() -> None:
    found = reading("<p>lead</p><h1>The <i>Pier</i></h1><div><h2>A</h2>x</div><h3>B</h3>").briefing
    assert (found.title, found.title_from) == ("The Pier", TitleFrom.HEADING)
    assert [(each.name, each.level) for each in found.sections] == [("", 0), ("A", 2), ("B", 3)]


def test_without_an_h1_the_name_of_the_page_is_the_title() -> None:
    found = reading("<h2>A</h2><p>x</p><h2>B</h2><p>y</p>", "<title> The\n Pier </title>").briefing
    assert (found.title, found.title_from) == ("The Pier", TitleFrom.METADATA)
    assert reading("x").briefing.title_from is TitleFrom.FIRST_SENTENCE


def test_the_page_around_the_article_is_left_out_and_told() -> None:
    found = reading(
        "<nav>Home</nav><aside></aside><script>x</script><style>y</style><p>Text.</p>"
        "<footer>Made by hand</footer>"
    )
    [section] = found.briefing.sections
    assert section.blocks == (paragraph("Text."),)
    assert [remark.text for remark in found.warnings if "left out" in remark.text] == [
        "The page's <nav> is left out: “Home”.",
        "The page's <footer> is left out: “Made by hand”.",
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2031-05-03T10:00:00Z">', ""),
        ('<meta name="date" content="3 May 2031"><meta name="date"><meta content="x">', ""),
        ("", '<time datetime="2031-05-03">May</time>'),
        ("", "<p>3 May 2031 · Harbour desk</p>"),
        ("<title>Pier - 2031-05-03</title>", ""),
    ],
)
def test_the_date_comes_from_the_head_or_from_a_by_line(head: str, body: str) -> None:
    found = reading(f"<h1>T</h1>{body}<h2>A</h2>x", head).briefing
    assert str(found.date) == "2031-05-03"


def test_topics_come_from_the_keywords() -> None:
    found = reading("<p>x</p>", '<meta name="keywords" content="piers, roads">').briefing
    assert found.topics == ("piers", "roads")


def test_text_between_blocks_and_in_unknown_elements_is_kept() -> None:
    assert blocks("a<p>b</p>c<x-card>d<p>e</p></x-card><span>f</span> <u>g</u>") == tuple(
        map(paragraph, ("a", "b", "cd", "e", "f g"))
    )


def test_blanks_are_collapsed_and_breaks_part_lines_and_paragraphs() -> None:
    assert blocks("<p> a \n <b> b</b><br> c<br><br>d <br>\n<br> e</p>港口\n码头") == (
        Paragraph((Span("a "), Span("b", Style.STRONG), Span("\nc"))),
        paragraph("d"),
        paragraph("e"),
        paragraph("港口码头"),
    )


def test_spans_have_styles_links_and_pictures() -> None:
    assert blocks(
        '<p><a href="https://a.example"><strong>b</strong> c</a><a href="/d">e</a>'
        '<img src="https://f.example/g" alt="h"><img src="i" title="j"><code>k</code></p>'
    ) == (
        Paragraph(
            (
                Span("b", Style.STRONG, "https://a.example"),
                Span(" c", link="https://a.example"),
                Span("e"),
            )
        ),
        Image("https://f.example/g", "h"),
        Paragraph((Span("j"), Span("k", Style.CODE))),
    )


def test_a_link_around_blocks_links_their_text() -> None:
    link = "https://a.example"
    assert blocks(f"<a href={link}><p>b</p></a>") == (Paragraph((Span("b", link=link),)),)


def test_lists_nest_and_count() -> None:
    assert blocks("<ol start=3><li>a<ul><li>b</ul><li></li><p>c</p></ol><ul></ul>") == (
        List(
            (
                Item((paragraph("a"), List((Item((paragraph("b"),)),)))),
                Item((paragraph("c"),)),
            ),
            ordered=True,
            start=3,
        ),
    )
    assert blocks("<ol start=x><li>a</ol>") == (List((Item((paragraph("a"),)),), ordered=True),)


def test_definitions_are_a_list_with_strong_terms() -> None:
    assert blocks("<dl><dt>a</dt><dd>b</dd><script>c</script></dl>") == (
        List((Item((Paragraph((Span("a", Style.STRONG),)),)), Item((paragraph("b"),)))),
    )


def test_quotes_code_and_rules_are_blocks() -> None:
    assert blocks(
        '<blockquote>a</blockquote><blockquote></blockquote><pre><code class="language-py">b\n'
        "  c\n</code></pre><pre>d</pre><hr>"
    ) == (Quote((paragraph("a"),)), Code("b\n  c", "py"), Code("d"), Divider())


def test_a_heading_inside_a_quote_stays_there() -> None:
    assert blocks("<blockquote><h3>a<br>b</h3><h4></h4></blockquote>") == (
        Quote((Heading(plain("a b"), 3),)),
    )


def test_tables_are_tables_with_rows_of_one_width() -> None:
    assert blocks(
        "<table><caption>a</caption><thead><tr><th>b<th>c</thead>"
        '<tr><td>d<p>e</p><td><img src="https://f.example" alt="g"><tr><td>h<tr></tr></table>'
    ) == (
        paragraph("a"),
        Table(
            (plain("b"), plain("c")),
            (
                (plain("d\ne"), (Span("g", link="https://f.example"),)),
                (plain("h"), ()),
            ),
        ),
    )


def test_tables_that_only_lay_out_a_page_dissolve() -> None:
    assert blocks("<table><tr><td><p>a</p><td><ul><li>b</ul></table>") == (
        paragraph("a"),
        List((Item((paragraph("b"),)),)),
    )
    assert blocks("<table><tr><td>a<tr><td>b</table>") == (paragraph("a"), paragraph("b"))


def test_what_is_embedded_is_told() -> None:
    found = reading('<p>x</p><iframe src="https://a.example"></iframe><video>no video</video>')
    told = [remark.text for remark in found.warnings]
    assert "The embedded iframe “https://a.example” is left out." in told
    assert "no video" in str(found.briefing.sections)


def test_bold_paragraphs_are_headings_in_html_too() -> None:
    found = reading(f"<p><strong>Piers</strong></p><p>{'words ' * 20}</p>").briefing
    assert [each.name for each in found.sections] == ["Piers"]


def test_bytes_that_are_no_suffix_are_sniffed() -> None:
    assert read(b"<div><h2>A</h2>b</div>", "x").briefing.sections[0].name == "A"


def test_deep_elements_are_refused() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        reading("<div>" * 5000)
    with pytest.raises(Unreadable, match="nested too deeply"):
        reading("<u><x>" * 500)


def test_an_empty_page_is_an_empty_briefing() -> None:
    found = reading("<h2></h2><p> </p>").briefing
    assert (found.title, found.title_from, found.sections) == ("", TitleFrom.NONE, ())


def test_a_refused_picture_in_a_heading_keeps_its_words() -> None:
    found = reading('<h1>T</h1><h2>A <img src="https://a.example/b" alt="c"></h2><hr>').briefing
    assert text_of(found.sections[0].heading) == "A c"


def test_a_list_in_a_heading_follows_it() -> None:
    found = reading("<h1>T</h1><h2>A<ul><li>b</ul></h2><h3><ul><li>c</ul></h3>").briefing
    [section] = found.sections
    assert section.name == "A"
    assert section.blocks == (
        List((Item((paragraph("b"),)),)),
        List((Item((paragraph("c"),)),)),
    )


def test_a_label_above_a_paragraph_is_a_heading() -> None:
    page = "<h1>T</h1><div class='section-label'>The latest</div> <p>Text.</p>"
    assert names(page + "<div class='label'>Next</div><div><ul><li>x</ul></div>") == [
        "The latest",
        "Next",
    ]


def test_a_label_beside_a_value_is_none() -> None:
    assert names("<h1>T</h1><div class='label'>Output</div><div>12</div><p>Text.</p>") == []
    assert names("<h1>T</h1><p>Text.</p><div class='label'>Output</div>") == []


def test_a_link_whose_words_begin_with_another_host_shows_its_own() -> None:
    page = "<p><a href='https://evil.example'>good.example <b>now</b></a></p>"
    [section] = read(page.encode(), "x.html").briefing.sections
    assert text_of_section(section) == "good.example now (evil.example)"


def test_what_cannot_be_seen_does_not_come_in_by_an_entity() -> None:
    page = "<h1>T</h1><p>a&#x202e;b&#6;c</p><pre>d&#x202e;e&#6;f</pre>"
    told = str(read(page.encode(), "x.html").briefing)
    assert "abc" in told
    assert "def" in told
