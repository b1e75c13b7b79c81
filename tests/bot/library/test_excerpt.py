"""The sentence that is quoted, and what is strong in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.excerpt import EXCERPT_LIMIT, excerpt
from bot.library.matching import match_words
from briefings.blocks import Style, text_of
from briefings.search import MatchKind


def shown(body: str, *words: str, kind: MatchKind = MatchKind.WORDS, title: str = "") -> str:
    """The excerpt with strong words between asterisks."""
    spans = excerpt(body, title, words, kind)
    return "".join(f"*{s.text}*" if s.style is Style.STRONG else s.text for s in spans)


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("First one. A summit, then. Last.", ("summit",), "A *summit*, then."),
        ("No such word here. Second.", ("summit",), "No such word here."),
        ("", ("summit",), ""),
        (
            "The law. The sea. The law of the sea!",
            ("law", "of", "sea"),
            "The *law* *of* the *sea*!",
        ),
        ("Un Café noir. Thé.", ("the",), "*Thé*."),
        ("Two summits\nand a line", ("summit",), "Two *summits*"),
        ("Summitry. It is a summit.", ("summit",), "It is a *summit*."),
        ("東京と新大阪を結ぶ。鉄道です。", ("新大", "大阪"), "東京と*新大阪*を結ぶ。"),
        ("He said “stop.” The summit ended.", ("summit",), "The *summit* ended."),
        ("Anything. At all.", (), "Anything."),
    ],
)
def test_the_sentence_with_most_of_the_words_is_quoted(
    body: str, words: tuple[str, ...], expected: str
) -> None:
    assert shown(body, *words) == expected


def test_a_word_that_is_only_begun_is_strong_as_a_whole() -> None:
    assert shown("A summit meeting.", "summ", kind=MatchKind.PREFIX) == "A *summit* meeting."


def test_a_mistyped_word_is_quoted_as_the_title_has_it() -> None:
    told = shown("Submit now. The summit.", "sumit", kind=MatchKind.TYPO, title="Summit")
    assert told == "The *summit*."


def test_a_mistyped_word_that_the_title_lacks_is_sought_in_the_text() -> None:
    assert shown("One. The summit.", "sumit", kind=MatchKind.TYPO, title="X") == "The *summit*."


def test_a_long_sentence_is_quoted_in_part_between_dots() -> None:
    told = shown("word " * 100 + "summit " + "word " * 100, "summit")
    assert told.startswith("…word ")
    assert told.endswith(" word…")
    assert "*summit*" in told


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_an_excerpt_is_a_piece_of_the_text_within_the_limit(body: str, words: list[str]) -> None:
    for kind in MatchKind:
        told = text_of(excerpt(body, body[:20], [word.casefold() for word in words], kind))
        assert len(told) <= EXCERPT_LIMIT + 2
        assert told.strip("…") in body or told in body


@given(st.text("ab _.é", max_size=60), st.lists(st.text("abé", min_size=1, max_size=3), max_size=3))
def test_words_are_found_where_they_are_whole_words(body: str, words: list[str]) -> None:
    matched = match_words(body, "", words, MatchKind.WORDS)
    meant = {form for word in (matched.words if matched else ()) for form in word}
    expected = {
        found.span() for found in re.finditer(r"\w+", body) if found[0] in meant and matched
    }
    places = list(matched.places(0, len(body))) if matched else []
    assert {place for place in places if body[slice(*place)].isascii()} == {
        place for place in expected if body[slice(*place)].isascii()
    }
    assert places == sorted(set(places))
