"""Markdown as people write it: headings of every kind, and the blocks and spans below them."""

from __future__ import annotations

from textwrap import dedent

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
    Spans,
    Style,
    Table,
    plain,
    text_of,
)
from briefings.reading.reader import Reading, Unreadable, read
from briefings.writing import text_of_section

TEXT = "The harbour office says that the new pier opens in spring, and that ships may call then."


def reading(text: str, *headings: str) -> Reading:
    return read(dedent(text).encode(), "x.md", headings)


def outline(text: str, *headings: str) -> list[tuple[str, int]]:
    sections = reading(text, *headings).briefing.sections
    return [(section.name, section.level) for section in sections if section.level]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks under a heading, so that no shape is judged."""
    [section] = reading(f"# T\n\n## S\n\n{dedent(text)}").briefing.sections
    return section.blocks


def spans(text: str) -> Spans:
    [block] = blocks(text)
    assert isinstance(block, Paragraph)
    return block.spans


def said(text: str) -> list[str]:
    return [remark.text for remark in reading(f"# T\n\n## S\n\n{dedent(text)}").warnings]


def test_atx_and_setext_headings_open_sections() -> None:
    assert outline("# T\n\n## A\nx\n### B ###\ny\n\nC\n---\nz\n") == [("A", 2), ("B", 3), ("C", 2)]


def test_lines_of_bold_are_headings_below_the_marked_ones() -> None:
    assert outline(f"# T\n\n**Piers:**\n\n{TEXT}\n") == [("Piers", 2)]
    assert outline(f"# T\n\n## A\n\n**Piers**\n{TEXT}\n") == [("A", 2), ("Piers", 3)]


@pytest.mark.parametrize(
    "paragraph", ["**None at all.**", "**No**\n\n## B\n\nx", "**Source:** the office", "**©**"]
)
def test_other_bold_text_is_text(paragraph: str) -> None:
    names = [name for name, _ in outline(f"# T\n\n## A\n\n{paragraph}\n\n---\n")]
    assert names in (["A"], ["A", "B"])


def test_lead_ins_open_sections_and_keep_their_text() -> None:
    text = f"""\
        {TEXT}

        **Why it matters:** {TEXT}

        **By the numbers**: *{TEXT}*
        **Our own label:** {TEXT}

        **Driving the news:**

        - one
        """
    found = reading(text).briefing
    assert [(each.name, each.level) for each in found.sections] == [
        ("", 0),
        ("Why it matters", 3),
        ("By the numbers", 3),
        ("Our own label", 3),
        ("Driving the news", 3),
    ]
    assert text_of_section(found.sections[1]) == TEXT
    assert found.sections[2].blocks == (Paragraph((Span(TEXT, Style.EMPHASIS),)),)


def test_where_headings_are_marked_only_known_lead_ins_are_sections() -> None:
    text = f"# T\n\n## A\n\n**Some label:** {TEXT}\n\nWhy it matters: {TEXT}\n"
    assert outline(text) == [("A", 2), ("Why it matters", 3)]


def test_a_bold_line_before_a_line_break_is_a_heading() -> None:
    assert outline(f"# T\n\n**Piers**<br>{TEXT}\n") == [("Piers", 2)]
    assert outline(f"# T\n\n**Piers.**<br>{TEXT}\n") == []


def test_labels_in_capitals_are_headings() -> None:
    assert outline(f"# T\n\n{TEXT}\nIN SHORT:\n{TEXT}\n") == [("IN SHORT", 2)]


def test_declared_headings_are_certain() -> None:
    assert outline(f"# T\n\nthe corner\n\n{TEXT}", "The Corner") == [("the corner", 2)]


def test_a_text_without_any_marked_heading_is_judged_by_context() -> None:
    text = f"{TEXT} **Yes.**\n\nPiers and Roads\n\n{TEXT}\n\n- a\n\n```\nx\n```\n"
    assert outline(text) == [("Piers and Roads", 2)]


def test_headings_glued_to_their_marks_are_mended_and_told() -> None:
    found = reading(f"# T\n\n##Piers\n{TEXT}\n")
    assert found.briefing.sections[0].name == "Piers"
    assert (found.warnings[0].line, found.warnings[0].text) == (
        3,
        "A heading has no blank after its marks.",
    )


def test_headings_survive_lost_empty_lines() -> None:
    text = f"# T\n{TEXT}\nPiers\n-----\n{TEXT}\n- x\n  ## Roads\n<dl><dt>a</dt></dl>\n## Ships\ny\n"
    assert outline(text) == [("Piers", 2), ("Roads", 2), ("Ships", 2)]


@pytest.mark.parametrize("line", ["It is done.", "- item", "Date: now", "x" * 121])
def test_a_rule_under_a_line_that_is_no_heading_is_a_rule(line: str) -> None:
    assert Divider() in blocks(f"{line}\n---\n\nx")


def test_a_fence_that_is_never_closed_is_told_and_hides_no_heading() -> None:
    found = reading("# T\n\n## A\n\n```py\nx = 1\n\n## B\n\ny\n")
    assert [section.name for section in found.briefing.sections] == ["A", "B"]
    assert "never closed" in found.warnings[0].text
    assert "```py" in text_of_section(found.briefing.sections[0])


def test_code_is_kept_letter_by_letter() -> None:
    assert blocks("```py\n# not a heading\n\n**a:** b\n~~~\n```\n") == (
        Code("# not a heading\n\n**a:** b\n~~~", "py"),
    )
    assert blocks("x\n\n    a\n\n    b\n")[1] == Code("a\n\nb")
    assert said("```py linenos\nx\n```\n") == [
        "“linenos” beside the language of a block of code is left out."
    ]


def test_lists_nest() -> None:
    assert blocks("- a\n  - b\n\n3) c\n4) d\n") == (
        List((Item((Paragraph(plain("a")), List((Item((Paragraph(plain("b")),)),)))),)),
        List(
            (Item((Paragraph(plain("c")),)), Item((Paragraph(plain("d")),))), ordered=True, start=3
        ),
    )


def test_quotes_hold_blocks() -> None:
    assert blocks("> # a\n> b\n") == (Quote((Heading(plain("a"), 1), Paragraph(plain("b")))),)


def test_tables_have_spans_in_their_cells() -> None:
    assert blocks("| a | b |\n|---|---|\n| *c* | ![d](https://e.example/f) |\n") == (
        Table(
            (plain("a"), plain("b")),
            (((Span("c", Style.EMPHASIS),), (Span("d", link="https://e.example/f"),)),),
        ),
    )


def test_spans_have_styles_and_links() -> None:
    assert spans("a **b *c*** `d` [e **f**](https://g.example)") == (
        Span("a "),
        Span("b ", Style.STRONG),
        Span("c", Style.STRONG | Style.EMPHASIS),
        Span(" "),
        Span("d", Style.CODE),
        Span(" "),
        Span("e ", link="https://g.example"),
        Span("f", Style.STRONG, "https://g.example"),
    )


def test_bare_addresses_are_links_without_the_point_after_them() -> None:
    assert spans("See https://a.example/b_c, or (http://d.example).") == (
        Span("See "),
        Span("https://a.example/b_c", link="https://a.example/b_c"),
        Span(", or ("),
        Span("http://d.example", link="http://d.example"),
        Span(")."),
    )
    assert spans("https://[x and `https://a.example`")[0] == Span("https://[x and ")


def test_line_breaks_are_blanks_unless_they_are_meant_and_nothing_in_chinese() -> None:
    assert text_of(spans("a\nb  \nc\\\nd<br>e")) == "a b\nc\nd\ne"
    assert text_of(spans("港口的新\n码头")) == "港口的新码头"
    assert text_of(spans("항구의 새\n부두")) == "항구의 새 부두"
    assert spans("a **b  \n** c") == spans("a **b**<br>c") or text_of(spans("a<br> *b*")) == "a\nb"


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "../there", "ftp://a.example", "https://a@b.example", "https://[x"],
)
def test_links_that_may_not_be_followed_keep_their_text_and_are_told(target: str) -> None:
    assert spans(f"[here](<{target}>)") == plain("here")
    assert said(f"[here](<{target}>)") == [f"The link to “{target}” is kept as text alone."]


def test_mail_addresses_are_links() -> None:
    assert spans("<ada@pier.example>") == (
        Span("ada@pier.example", link="mailto:ada@pier.example"),
    )


def test_a_link_whose_words_name_another_host_shows_where_it_leads() -> None:
    text = "[bank.example](https://thief.example/login)"
    assert text_of(spans(text)) == "bank.example (thief.example)"
    assert "thief.example" in said(text)[0]
    assert text_of(spans("[bank.example](https://www.bank.example/a)")) == "bank.example"


def test_titles_of_links_and_pictures_are_kept() -> None:
    assert text_of(spans('[a](https://b.example "more")')) == "a (more)"
    assert blocks('![a](https://b.example/c "more")') == (Image("https://b.example/c", "a (more)"),)


def test_pictures_stand_alone_and_others_keep_their_words() -> None:
    assert blocks("a ![b\nc](https://d.example/e) f") == (
        Paragraph(plain("a")),
        Image("https://d.example/e", "b c"),
        Paragraph(plain("f")),
    )
    assert spans("![the pier](pier.png)") == plain("the pier")
    assert said("![the pier](pier.png)") == ["The picture “pier.png” is kept as its words alone."]


def test_a_picture_in_a_link_keeps_the_link() -> None:
    assert blocks("[![a](https://b.example/c)](https://d.example)") == (
        Paragraph((Span("a", link="https://d.example"),)),
        Image("https://b.example/c"),
    )


def test_definitions_that_no_link_uses_are_kept_as_text() -> None:
    found = blocks("[a][1] b\n\n[1]: https://c.example\n[2]: https://d.example 'e'\n\nf\n")
    assert "[2]: https://d.example e" in [
        text_of(block.spans) for block in found if isinstance(block, Paragraph)
    ]


def test_html_in_markdown_is_understood_and_unknown_tags_are_text() -> None:
    assert spans("<b>a</b> <i>b</i></i> <kbd>c</kbd><!-- d --> <u>e</u>") == (
        Span("a", Style.STRONG),
        Span(" "),
        Span("b", Style.EMPHASIS),
        Span(" "),
        Span("c", Style.CODE),
        Span(" e"),
    )
    assert spans('<a href="https://a.example">b</a></a> <img src=c.png alt="d">') == (
        Span("b", link="https://a.example"),
        Span(" d"),
    )
    assert text_of(spans("for <your name> and <T>")) == "for <your name> and <T>"
    assert text_of(spans("<your name>\n")) == "<your name>"
    assert text_of(spans("a &amp; b&nbsp;c &#8203;&#10;d")) == "a & b c  d"


def test_blocks_of_html_in_markdown_are_blocks() -> None:
    assert blocks("<details><summary>a</summary>\n<p>b</p></details>\n") == (
        Paragraph(plain("a")),
        Paragraph(plain("b")),
    )


def test_unknown_tags_in_a_block_of_html_are_text() -> None:
    found = blocks("<details><your name>a</details>\n")
    assert found == (Paragraph(plain("<your name>a")),)


def test_what_looks_like_a_remark_and_is_none_is_text() -> None:
    assert text_of(spans("to <!channel> and <!here> <!-- unseen -->all")) == (
        "to <!channel> and <!here> all"
    )
    assert blocks("<!everyone> come\n\n<!DOCTYPE html>\n") == (
        Paragraph(plain("<!everyone> come")),
    )


def test_struck_text_keeps_its_marks() -> None:
    assert text_of(spans("~~never~~ always")) == "~~never~~ always"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        reading("> " * 60 + "a")


def test_many_open_brackets_leave_links_as_text_and_are_told() -> None:
    found = reading("# T\n\n## A\n\n" + "[" * 2000 + " [a](https://b.example)")
    assert "brackets" in found.warnings[0].text
    assert "[a](https://b.example)" in text_of_section(found.briefing.sections[0])


def test_lead_ins_below_a_title_alone_are_sections() -> None:
    assert outline(f"# The Letter\n\n**À suivre :** {TEXT}\n\n**En bref :** {TEXT}\n") == [
        ("À suivre", 2),
        ("En bref", 2),
    ]


def test_only_a_plain_word_is_the_language_of_code() -> None:
    found = reading("# T\n\n~~~ a|b`c d\ncode\n~~~\n")
    assert found.briefing.sections[0].blocks == (Code("code"),)
    assert any("“a|b`c d”" in each.text for each in found.warnings)


def test_pictures_in_a_cell_stand_apart() -> None:
    table = "# T\n\n| a | b |\n|---|---|\n| x![y](https://a.example) | z |\n"
    [block] = reading(table).briefing.sections[0].blocks
    assert isinstance(block, Table)
    assert text_of(block.rows[0][0]) == "x y"


def test_the_words_of_a_picture_in_a_cell_do_not_hide_its_address() -> None:
    table = "# T\n\n| a |\n|---|\n| ![good.example](https://evil.example/a.png) |\n"
    [block] = reading(table).briefing.sections[0].blocks
    assert isinstance(block, Table)
    assert text_of(block.rows[0][0]) == "good.example (evil.example)"
