"""Words shortened for a name, and words too odd to send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.escape import clean, shorten


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("A title", 7, "A title"),
        ("A title", 6, "A tit…"),
        ("Atitle", 5, "Atit…"),
        ("The summit opens", 12, "The summit…"),
        ("The summit opens", 11, "The summit…"),
        ("Two\nlines  and\tmore", 40, "Two lines and more"),
        ("👨‍👩‍👧👨‍👩‍👧", 8, "👨‍👩‍👧…"),
    ],
)
def test_a_name_ends_at_a_word_or_at_a_whole_letter(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(4, 100))
def test_a_name_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_sent(text: str) -> None:
    assert clean(text).encode().decode() == clean(text)


def test_half_a_letter_becomes_a_mark_that_something_is_missing() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
