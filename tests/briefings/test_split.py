"""Messages over a limit become pages that fit and say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings import words
from briefings.blocks import (
    Code,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Spans,
    Table,
    plain,
    text_of,
)
from briefings.message import Message, Note, Part
from briefings.split import split
from tests.briefings.strategies import ACCENTED, BLANKS, FAMILY, MESSAGES, WORDS, said

Fits: TypeAlias = Callable[[Message], bool]

MARK = Note(plain(words.CONTINUED))
ROOM = 400
"""What a page needs beside its text: a title, a mark, a button that cannot be cut."""


def code_points(message: Message) -> int:
    return len(message.title) + len(said(message.blocks))


def utf8(message: Message) -> int:
    text = message.title + said(message.blocks)
    return len(text.encode("utf-8", "surrogatepass"))


def blocks(message: Message) -> int:
    return sum(map(_blocks, message.blocks))


def _blocks(part: Part) -> int:
    match part:
        case List(items):
            return 1 + sum(1 + sum(map(_blocks, item.blocks)) for item in items)
        case Quote(inside):
            return 1 + sum(map(_blocks, inside))
        case _:
            return 1


def rows(message: Message) -> int:
    """The longest table; a second one in a message counts as too many."""
    tables = [len(part.rows) for part in message.blocks if isinstance(part, Table)]
    return max(tables, default=0) if len(tables) < 2 else 10_000


def at_most(measure: Callable[[Message], int], limit: int) -> Fits:
    return lambda message: measure(message) <= limit


def joined(pages: tuple[Message, ...]) -> str:
    later = (page.blocks[1:] for page in pages[1:])
    return said((*pages[0].blocks, *(part for blocks in later for part in blocks)))


def story(*sizes: int) -> Message:
    """A message of paragraphs of so many code points, blanks at no end."""
    return Message("T", tuple(Paragraph(plain("x" * size)) for size in sizes))


@st.composite
def limited(draw: st.DrawFn) -> tuple[Message, Fits]:
    """A message, and a limit close to what it or a part of it takes."""
    message = draw(MESSAGES)
    measure, room = draw(
        st.sampled_from(((code_points, ROOM), (utf8, ROOM * 4), (blocks, 12), (rows, 1)))
    )
    whole = measure(message)
    share = draw(st.sampled_from((1, 2, 3, 10)))
    limit = max(room, whole // share + draw(st.integers(-3, 3)))
    return message, at_most(measure, limit)


@given(limited())
def test_every_page_fits_and_together_they_say_all(case: tuple[Message, Fits]) -> None:
    message, fits = case
    pages = split(message, fits)
    assert all(map(fits, pages))
    assert joined(pages) == said(message.blocks)
    assert pages[0].title == message.title
    assert all(page.title == words.continued(message.title) for page in pages[1:])
    assert all(page.blocks[0] == MARK and len(page.blocks) > 1 for page in pages[1:])
    assert len(pages) == 1 or not fits(message)


@given(MESSAGES, st.integers(-3, 60), st.sampled_from((code_points, utf8, blocks, rows)))
def test_a_split_ends_in_pages_or_in_a_sentence(
    message: Message, limit: int, measure: Callable[[Message], int]
) -> None:
    fits = at_most(measure, limit)
    try:
        pages = split(message, fits)
    except ValueError as error:
        assert str(error).startswith("The limits leave no room for")  # noqa: PT017
    else:
        assert all(map(fits, pages))
        assert joined(pages) == said(message.blocks)


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
@pytest.mark.parametrize("size", [100, 4_000])
def test_a_second_page_begins_right_behind_the_limit(size: int, off: int) -> None:
    message = story(size - len("T") + off)
    pages = split(message, at_most(code_points, size))
    assert len(pages) == (1 if off <= 0 else 2)
    assert code_points(pages[0]) == min(size, size + off)


def test_it_raises_only_where_not_one_letter_fits() -> None:
    fresh = code_points(Message(words.continued("T"), (MARK,)))
    assert len(split(story(fresh * 2), at_most(code_points, fresh + 1))) > fresh
    with pytest.raises(ValueError, match="no room for any of Paragraph"):
        split(story(fresh * 2), at_most(code_points, fresh))
    with pytest.raises(ValueError, match="no room for any of Paragraph"):
        split(story(1), at_most(code_points, 1))


def test_a_title_without_room_is_not_passed_off_as_a_page() -> None:
    with pytest.raises(ValueError, match="no room for the title"):
        split(Message("A long title", ()), at_most(code_points, 5))


@given(
    st.integers(1, 60),
    st.lists(
        st.tuples(st.sampled_from((FAMILY, ACCENTED, "🇩🇪", "é")), st.integers(1, 30)), max_size=4
    ),
    st.integers(-3, 3),
)
def test_no_character_that_people_see_is_broken(
    before: int, runs: list[tuple[str, int]], off: int
) -> None:
    signs = tuple(sign for sign, _ in runs)
    blocks = tuple(Paragraph(plain(sign * count)) for sign, count in runs)
    message = Message("T", (Paragraph(plain("x" * before)), *blocks))
    told = [
        text_of(part.spans)
        for page in split(message, at_most(code_points, 60 + off))
        for part in page.blocks
        if isinstance(part, Paragraph)
    ]
    assert all(
        any(not text.replace(sign, "") for sign in ("x", *signs) if sign in text) for text in told
    )


def test_a_word_is_not_broken_to_fill_a_page() -> None:
    pages = split(story(60, 120), at_most(code_points, 100))
    assert pages[0].blocks == (Paragraph(plain("x" * 60)),)


def test_a_paragraph_that_fits_a_page_of_its_own_stays_whole() -> None:
    text = Paragraph(plain("One sentence. " * 4))
    pages = split(Message("T", (Paragraph(plain("x" * 60)), text)), at_most(code_points, 90))
    assert pages[1].blocks == (MARK, text)


def test_a_paragraph_longer_than_any_page_begins_on_the_page_at_hand() -> None:
    text = Paragraph(plain("One short sentence here. " * 12))
    message = Message("T", (Paragraph(plain("x" * 20)), text))
    pages = split(message, lambda page: _letters(page) <= 90)
    assert pages[0].blocks[1] == Paragraph(plain("One short sentence here. " * 2))
    assert joined(pages) == said(message.blocks)


def test_a_heading_goes_with_what_follows_it() -> None:
    heading, text = Heading(plain("Next")), Paragraph(plain("y" * 50))
    message = Message("T", (Paragraph(plain("x" * 50)), heading, heading, text))
    pages = split(message, at_most(code_points, 90))
    assert pages[0].blocks == message.blocks[:1]
    assert pages[1].blocks == (MARK, heading, heading, text)


def test_a_heading_stands_alone_where_its_text_needs_a_whole_page() -> None:
    heading, text = Heading(plain("Next")), Paragraph(plain("y" * 66))
    message = Message("T", (Paragraph(plain("x" * 80)), heading, text))
    pages = split(message, at_most(code_points, 88))
    assert [page.blocks[-1] for page in pages] == list(message.blocks)


def test_a_second_table_gets_a_page_of_its_own_and_stays_a_table() -> None:
    table = Table((plain("a"),), tuple((plain(f"{row}"),) for row in range(30)))
    pages = split(Message("T", (table, table)), at_most(rows, 20))
    told = [part for page in pages for part in page.blocks if part != MARK]
    assert all(isinstance(part, Table) for part in told)


def test_a_picture_moves_to_a_fresh_page_as_a_picture() -> None:
    image = Image("https://example.org/" + "i" * 40)
    pages = split(Message("T", (Paragraph(plain("x" * 60)), image)), at_most(code_points, 90))
    assert pages[1].blocks == (MARK, image)


def test_a_table_too_wide_is_said_row_by_row() -> None:
    wide = Table((plain("h"),), ((plain("a" * 50),), (plain("b" * 50),)))
    pages = split(Message("T", (wide,)), at_most(code_points, 40))
    assert joined(pages) == said((wide,))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(plain("Some words follow. " * 5_300)),
        Paragraph(tuple(plain("bold ") + plain("words. ")) * 8_500),
        Code("x = 1\n" * 17_000),
        List(tuple(Item((Paragraph(plain("One of many items.")),)) for _ in range(5_500))),
        Quote(tuple(Paragraph(plain("Somebody said so.")) for _ in range(6_000))),
        Table((plain("a"),), tuple((plain("A cell of a table"),) for _ in range(6_000))),
        Paragraph(plain("x" * 100_000)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_long_section_is_drawn_only_a_few_times_over(block: Paragraph) -> None:
    drawn = 0

    def fits(message: Message) -> bool:
        nonlocal drawn
        size = code_points(message)
        drawn += size
        return size <= 4_000

    message = Message("T", (block,))
    pages = split(message, fits)
    assert len(pages) < 60
    assert drawn < 40 * code_points(message)


def test_many_small_blocks_are_drawn_only_a_few_times_over() -> None:
    message = Message("T", tuple(Paragraph(plain("Some words follow. " * 20)) for _ in range(270)))
    drawn = 0

    def fits(message: Message) -> bool:
        nonlocal drawn
        drawn += code_points(message)
        return code_points(message) <= 4_000

    assert len(split(message, fits)) < 40
    assert drawn < 40 * code_points(message)


@given(st.lists(st.tuples(WORDS, BLANKS), min_size=20, max_size=200))
def test_a_page_is_cut_within_its_second_half(text: list[tuple[str, str]]) -> None:
    spans: Spans = plain("".join(word + blank for word, blank in text))
    pages = split(Message("T", (Paragraph(spans),)), lambda page: _letters(page) <= 100)
    assert all(_letters(page) > 20 for page in pages[:-1])


def _letters(message: Message) -> int:
    texts = (part.spans for part in message.blocks if isinstance(part, Paragraph | Note))
    return len(message.title) + sum(len(text_of(spans)) for spans in texts)
