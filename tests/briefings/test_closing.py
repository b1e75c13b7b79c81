"""What stands after a briefing's text: only what the text does not say in one piece."""

from __future__ import annotations

import pytest

from briefings.blocks import (
    Block,
    Code,
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
from briefings.closing import closing_parts, sources_note
from briefings.honesty import honest
from briefings.model import Briefing, Section, Source


def with_text(*blocks: Block) -> Briefing:
    return Briefing("T", (Section((), 0, blocks),), questions=("Who pays?",))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(plain("Or else: Who\npays? Nobody.")),
        List((Item((Paragraph(plain("Who pays?")),)),)),
        Quote((Paragraph(plain("Who pays?")),)),
        Table((plain("a"),), ((plain("Who pays?"),),)),
        Code("Who pays?"),
    ],
)
def test_a_question_that_the_text_asks_is_not_told_twice(block: Block) -> None:
    assert not list(closing_parts(with_text(block)))


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph(plain("Who")), Paragraph(plain("pays?"))),
        (Table((plain("Who "), plain("pays?")), ()),),
    ],
)
def test_a_question_that_only_two_pieces_spell_together_is_told(blocks: tuple[Block, ...]) -> None:
    assert len(list(closing_parts(with_text(*blocks)))) == 1


def test_a_source_named_like_another_site_shows_where_it_leads() -> None:
    briefing = Briefing("T", (), sources=(Source("good.example", "https://evil.example"),))
    (note,) = sources_note(briefing)
    assert text_of(note.spans) == "Sources: good.example (evil.example)"
    assert [span.link for span in note.spans if span.link] == ["https://evil.example"]
    assert Span("evil.example", link="https://evil.example") in note.spans


def test_a_broken_address_stands_beside_words_that_name_another() -> None:
    told = honest((Span("good.example", link="http://[broken"),))
    assert told == (
        Span("good.example ("),
        Span("http://[broken", link="http://[broken"),
        Span(")"),
    )


def test_a_source_without_a_name_is_called_by_its_address() -> None:
    sources = (Source("", "https://a.example"),)
    (note,) = sources_note(Briefing("T", (), sources=sources))
    assert note.spans == (Span("Sources: "), Span("https://a.example", link="https://a.example"))


def test_other_fields_close_the_thread() -> None:
    (part,) = closing_parts(Briefing("T", (), extras=(("draft", "no"),)))
    line = Paragraph((Span("draft: ", Style.STRONG), Span("no")))
    assert part.blocks == (List((Item((line,)),)),)
