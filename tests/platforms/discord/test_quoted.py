"""What a message is about, whoever wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.classic import classic
from bot.platforms.discord.quoted import LIMIT, asked_about, words_of
from bot.platforms.discord.render import draw
from briefings.blocks import Paragraph, plain
from briefings.message import Message, Note


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("What of Chery?", "What of Chery?"),
        ("**What** of _Chery_?\nMore", "What of Chery?"),
        ("<@123456789012345678> <#5> <:flag:77> what of `Chery`", "what of Chery"),
        ("https://example.com/a?b=c Chery [rises](https://x.example)", "Chery rises"),
        ("\n\n> Chery\n", "Chery"),
        ("@everyone Chery", "@everyone Chery"),
        ("", ""),
        ("https://example.com", ""),
    ],
)
def test_the_words_are_what_is_looked_for(said: str, about: str) -> None:
    assert words_of({"content": said}) == about


def test_a_briefing_of_our_own_is_known_by_its_title_in_either_layout() -> None:
    (payload,) = draw(
        Message("Chery: *rises*", (Note(plain("1 min")), Paragraph(plain("It does."))))
    )
    assert words_of({"content": "", **payload}) == "Chery: rises"
    assert words_of({"content": "", **classic(payload)}) == "Chery: rises"


def test_an_embed_of_somebody_else_has_a_title() -> None:
    assert words_of({"embeds": [{"title": "Chery", "description": "rises"}]}) == "Chery"


@pytest.mark.parametrize("size", range(LIMIT - 3, LIMIT + 4))
def test_long_words_end_at_the_limit(size: int) -> None:
    assert words_of({"content": "w" * size}) == "w" * min(size, LIMIT)
    assert words_of({"content": "ab " * size}).split() == ["ab"] * (LIMIT // 3)


@given(st.text(max_size=400))
def test_any_text_is_one_line_within_the_limit(said: str) -> None:
    about = words_of({"content": said})
    assert len(about) <= LIMIT
    assert about == " ".join(about.split())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"target_id": "5"},
        {"target_id": "5", "resolved": None},
        {"target_id": "5", "resolved": {"messages": {"6": {"content": "Chery"}}}},
        {"target_id": "5", "resolved": {"messages": {"5": None}}},
        {"target_id": "5", "resolved": {"messages": {"5": {"content": None, "embeds": None}}}},
    ],
)
def test_a_message_that_did_not_come_along_has_no_words(data: dict[str, Any]) -> None:
    asked = asked_about({"data": data, "user": {"id": "7"}, "channel_id": "8"})
    assert asked.text == ""
    assert asked.person == "7"
