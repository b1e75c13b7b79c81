"""What stands after a briefing's text: only what the text does not say in one piece."""

from __future__ import annotations

import pytest

from briefings.blocks import Block, Code, Item, List, Paragraph, Quote, Span, Table, plain, text_of
from briefings.closing import closing_parts, sources_note
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
