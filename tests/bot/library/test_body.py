"""The text of a briefing, as it is searched and quoted."""

from __future__ import annotations

from dataclasses import replace

from bot.library.body import text_of_briefing
from bot.library.index import Index
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
    plain,
)
from briefings.model import Briefing, Section
from tests.bot.library.makers import entry, found

BLOCKS = (
    Paragraph((Span("A "), Span("strong", Style.STRONG), Span(" word"))),
    Heading(plain("Subheading")),
    List((Item((Paragraph(plain("apple")), List((Item((Paragraph(plain("pear")),)),)))),)),
    Quote((Paragraph(plain("quoted")),)),
    Code("print(1)", "python"),
    Table((plain("Fruit"), plain("Colour")), ((plain("plum"), plain("blue")),)),
    Divider(),
    Image("https://example.org/cat.png", "a cat asleep"),
    Image("https://example.org/dog.png"),
)
BRIEFING = Briefing("Title", (Section(plain("What's Next?"), 2, BLOCKS),))


def test_every_block_gives_its_text_in_order() -> None:
    assert text_of_briefing(BRIEFING).splitlines() == [
        "A strong word",
        "Subheading",
        "apple",
        "pear",
        "quoted",
        "print(1)",
        "Fruit · Colour",
        "plum · blue",
        "a cat asleep",
    ]


def test_the_words_of_every_block_are_found() -> None:
    index = Index([replace(entry("it", ""), briefing=BRIEFING)])
    for word in ("strong", "subheading", "pear", "quoted", "print", "plum", "asleep", "next"):
        assert found(index, word) == ["it"]
