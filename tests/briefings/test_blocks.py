"""Spans keep their words and their order, whatever is done with them."""

from __future__ import annotations

from hypothesis import given

from briefings.blocks import (
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
    merged,
    plain,
    spans_in,
    styled,
    text_of,
)
from tests.briefings.strategies import BLOCKS, SPANS


def test_no_text_makes_no_span() -> None:
    assert plain("") == ()
    assert plain("a") == (Span("a"),)


def test_neighbours_of_one_style_and_link_become_one_span() -> None:
    link = "https://example.org/"
    spans = (Span("a"), Span(""), Span("b"), Span("c", link=link), Span("d", Style.CODE, link))
    assert merged(spans) == (Span("ab"), Span("c", link=link), Span("d", Style.CODE, link))


@given(SPANS)
def test_merging_changes_no_word_and_is_done_once(spans: tuple[Span, ...]) -> None:
    joined = merged(spans)
    assert text_of(joined) == text_of(spans)
    assert merged(joined) == joined


def test_a_style_is_added_to_the_styles_that_are_there() -> None:
    spans = styled((Span("a", Style.CODE, "https://example.org/"), Span("b")), Style.STRONG)
    assert spans == (
        Span("a", Style.CODE | Style.STRONG, "https://example.org/"),
        Span("b", Style.STRONG),
    )


def test_every_kind_of_block_gives_its_spans_in_order() -> None:
    blocks = (
        Heading(plain("a")),
        List((Item((Paragraph(plain("b")), Quote((Paragraph(plain("c")),)))),)),
        Code("d"),
        Table((plain("e"), plain("f")), ((plain("g"), plain("h")),)),
        Image("https://example.org/i.png", "i"),
        Divider(),
        Paragraph(plain("j")),
    )
    spans = tuple(spans_in(blocks))
    assert text_of(spans) == "abcdefghij"
    assert spans[2:4] == (Span("c"), Span("d", Style.CODE))
    assert spans[8] == Span("i", link="https://example.org/i.png")


@given(BLOCKS)
def test_what_lies_in_a_quote_is_found_as_if_it_lay_outside(block: Paragraph) -> None:
    assert tuple(spans_in((Quote((block,)),))) == tuple(spans_in((block,)))
