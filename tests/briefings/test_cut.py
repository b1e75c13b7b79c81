"""A block in two pieces: the first fits, and no word is lost or broken without need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
from briefings.breaks import first, line_end, natural_end, rest, whole_end
from briefings.cut import as_paragraphs, cut, cut_block
from briefings.intents import Share
from briefings.message import Action, Actions, Menu, Note, Option, Part
from briefings.model import BriefingId
from tests.briefings.strategies import ACCENTED, FAMILY, PARTS, SPANS, said, texts

ADDRESS = "https://example.org/i.png"


def at_most(size: int) -> Callable[[Part], bool]:
    """A limit on what a part says, blanks aside."""
    return lambda part: len(said((part,))) <= size


def letters(size: int) -> Callable[[Part], bool]:
    """A limit on the code points of a block of text, blanks included."""

    def fits(part: Part) -> bool:
        match part:
            case Paragraph(spans) | Heading(spans) | Note(spans):
                return len(text_of(spans)) <= size
            case Code(text):
                return len(text) <= size
            case _:
                return False

    return fits


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(plain(text)) for text in texts)


def table(*rows: tuple[str, str]) -> Table:
    return Table((plain("City"), plain("Pop")), tuple(tuple(map(plain, row)) for row in rows))


@given(PARTS, st.integers(-3, 200), st.booleans())
def test_a_first_piece_fits_and_both_say_all(part: Part, size: int, gently: bool) -> None:
    pieces = cut(part, at_most(size), gently=gently)
    if pieces is None:
        assert size < len(said((part,)))
        return
    stay, go = pieces
    assert all(at_most(size)(each) for each in stay)
    assert said((*stay, *go)) == said((part,))
    assert stay


@given(PARTS, st.integers(1, 200))
def test_a_part_that_says_something_can_be_cut_wherever_a_letter_fits(
    part: Part, room: int
) -> None:
    unbreakable = 240 if isinstance(part, Actions | Menu) else 1
    assert cut(part, at_most(max(room, unbreakable))) is not None


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("One line here.\nTwo more words here", "One line here.\n"),
        ("One sentence. And one more here", "One sentence. "),
        ("He said “no.” Then he went away", "He said “no.” "),
        ("several words that go on and on", "several words that "),
        ("一句话在这里。另一句话，还有一句话在这里那里和哪里", "一句话在这里。另一句话，"),
        ("x" * 40, "x" * 20),
    ],
)
def test_a_text_is_cut_after_a_line_or_a_sentence_or_a_word(text: str, stay: str) -> None:
    size = 14 if "一" in text else 20
    (kept,), (left,) = cut(Paragraph(plain(text)), letters(size)) or ((), ())
    assert isinstance(kept, Paragraph)
    assert isinstance(left, Paragraph)
    assert text_of(kept.spans) == stay
    assert text_of(kept.spans) + text_of(left.spans) == text


def test_a_gentle_cut_breaks_no_word() -> None:
    assert cut(Paragraph(plain("x" * 40)), letters(20), gently=True) is None
    assert cut(Code("x" * 40), letters(20), gently=True) is None
    assert cut(Paragraph(plain("several words here")), letters(10), gently=True)


@pytest.mark.parametrize("sign", [FAMILY, ACCENTED, "🇩🇪", "\r\n", "각"])
@pytest.mark.parametrize("size", range(1, 40))
def test_no_character_of_several_code_points_is_broken_where_one_has_room(
    sign: str, size: int
) -> None:
    text = sign * 40
    end = whole_end(text, size)
    assert end == size if size < len(sign) else (end % len(sign) == 0 and 0 < end <= size)


def test_a_blank_that_carries_an_accent_is_no_place_to_cut() -> None:
    assert natural_end("abcd \u0301ef", 5) == 0
    assert natural_end("abcd ef", 5) == 5


def test_half_of_a_moment_tells_no_moment() -> None:
    spans = (Span("Due: "), Span("Tue 24 Nov", at=datetime(2026, 11, 24, tzinfo=UTC)))
    assert first(spans, 15) == rest((Span("-"), *spans), 1) == spans
    assert [each.at for each in (*first(spans, 9), *rest(spans, 9))] == [None] * 3
    assert rest(spans, 5) == spans[1:]


def test_a_line_ends_behind_its_newline() -> None:
    assert line_end("ab\ncd\nef", 7) == 6
    assert line_end("ab\ncd\nef", 5) == 3
    assert line_end("abcd", 4) == 0


@given(SPANS, st.integers(-1, 200))
@example((Span("ab", Style.STRONG), Span("cd")), 3)
@example((Span("ab"), Span("cd")), 2)
def test_spans_part_at_any_code_point(spans: tuple[Span, ...], size: int) -> None:
    start, end = first(spans, size), rest(spans, max(size, 0))
    assert text_of(start) == text_of(spans)[: max(size, 0)]
    assert text_of(start) + text_of(end) == text_of(spans)
    assert {span.style for span in (*start, *end)} <= {span.style for span in spans}


@given(texts(200), st.integers(1, 200))
def test_a_natural_end_stands_in_the_second_half(text: str, most: int) -> None:
    end = natural_end(text, most)
    assert end == 0 or most // 2 < end <= most


def test_code_is_cut_after_a_line_whose_newline_goes() -> None:
    code = Code("one\ntwo\nthree", "python")
    assert cut(code, letters(9)) == ((Code("one\ntwo", "python"),), (Code("three", "python"),))
    assert cut(code, letters(2)) == ((Code("on", "python"),), (Code("e\ntwo\nthree", "python"),))
    assert cut(code, letters(-1)) is None
    assert cut(code, letters(20)) == ((code,), ())


def test_headings_and_notes_keep_their_kind() -> None:
    heading = Heading(plain("one two"), 3)
    assert cut(heading, letters(4)) == ((Heading(plain("one "), 3),), (Heading(plain("two"), 3),))
    assert cut(Note(plain("one two")), letters(4)) == (
        (Note(plain("one ")),),
        (Note(plain("two")),),
    )


def test_the_numbers_of_a_list_go_on() -> None:
    numbers = List(tuple(Item(paragraphs(each)) for each in "abcde"), ordered=True, start=3)
    (stay,), (go,) = cut(numbers, at_most(2)) or ((), ())
    assert stay == List(numbers.items[:2], ordered=True, start=3)
    assert go == List(numbers.items[2:], ordered=True, start=5)


def test_an_item_that_is_too_long_is_cut_and_keeps_its_number() -> None:
    numbers = List(
        (Item(paragraphs("one", "two")), Item(paragraphs("three"))), ordered=True, start=7
    )
    assert cut(numbers, at_most(4)) == (
        (List((Item(paragraphs("one")),), ordered=True, start=7),),
        (List((Item(paragraphs("two")), Item(paragraphs("three"))), ordered=True, start=7),),
    )
    assert cut(numbers, at_most(2)) == (
        (List((Item(paragraphs("on")),), ordered=True, start=7),),
        (List((Item(paragraphs("e", "two")), Item(paragraphs("three"))), ordered=True, start=7),),
    )
    assert cut(numbers, at_most(0)) is None


def test_a_quote_is_cut_between_its_blocks_or_inside_the_first() -> None:
    quote = Quote(paragraphs("one", "two"))
    assert cut(quote, at_most(5)) == ((Quote(paragraphs("one")),), (Quote(paragraphs("two")),))
    assert cut(quote, at_most(2)) == ((Quote(paragraphs("on")),), (Quote(paragraphs("e", "two")),))


@pytest.mark.parametrize("empty", [List(()), Quote(()), Code(""), Paragraph(()), Actions(())])
def test_what_is_empty_fits_or_does_not(empty: Part) -> None:
    assert cut(empty, lambda _: True) == ((empty,), ())
    assert cut(empty, lambda _: False) is None


def test_a_table_is_cut_between_rows_and_keeps_its_head() -> None:
    cities = table(("Wuhu", "4"), ("Köln", "1"), ("Nuuk", "0"))

    def fits(part: Part) -> bool:
        return isinstance(part, Table) and len(part.rows) <= 2

    assert cut(cities, fits) == (
        (table(("Wuhu", "4"), ("Köln", "1")),),
        (table(("Nuuk", "0")),),
    )


def test_a_row_too_wide_is_said_as_a_paragraph_with_its_heads() -> None:
    cities = table(("Wuhu", "4"), ("", "1"))
    stay, go = cut(cities, lambda part: isinstance(part, Paragraph)) or ((), ())
    told = [text_of(each.spans) for each in (*stay, *go) if isinstance(each, Paragraph)]
    assert told == ["City: Wuhu\nPop: 4", "City: \nPop: 1"]
    assert cut(cities, lambda part: isinstance(part, Paragraph), gently=True) is None


def test_a_table_of_a_head_alone_says_its_head() -> None:
    assert as_paragraphs(table()) == (Paragraph((*plain("City"), *plain("\n"), *plain("Pop"))),)
    assert as_paragraphs(Table(((),), ((plain("a"),),))) == (Paragraph(plain("a")),)


def test_a_picture_without_room_is_said_in_words() -> None:
    fits: Callable[[Block], bool] = lambda block: isinstance(block, Paragraph)  # noqa: E731
    (named,), _ = cut_block(Image(ADDRESS, "The gate"), fits) or ((), ())
    assert named == Paragraph((*plain("The gate"), *plain(" "), *plain(ADDRESS)))
    (bare,), _ = cut_block(Image(ADDRESS), fits) or ((), ())
    assert bare == Paragraph(plain(ADDRESS))
    assert cut_block(Image(ADDRESS), fits, gently=True) is None
    assert cut_block(Image(ADDRESS), lambda _: True) == ((Image(ADDRESS),), ())


def test_a_divider_cannot_be_cut() -> None:
    assert cut(Divider(), lambda _: False) is None


def test_actions_part_between_two() -> None:
    some = tuple(Action(label, Share(BriefingId("chery"))) for label in "abc")
    assert cut(Actions(some), at_most(2)) == ((Actions(some[:2]),), (Actions(some[2:]),))


def test_finding_the_cut_in_a_long_text_draws_little_of_it() -> None:
    drawn = []

    def fits(part: Part) -> bool:
        drawn.append(len(said((part,))))
        return drawn[-1] <= 1000

    assert cut(Paragraph(plain("word " * 200_000)), fits)
    assert max(drawn) <= 2_100


def test_a_menu_is_cut_between_its_options_and_keeps_its_placeholder() -> None:
    options = tuple(Option(label, Share(BriefingId("chery"))) for label in "abc")
    pieces = cut(Menu("Open one", options), at_most(2))
    assert pieces == ((Menu("Open one", options[:2]),), (Menu("Open one", options[2:]),))
