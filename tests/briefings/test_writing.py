"""Briefings are written so that they read back as the same."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
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
    Spans,
    Style,
    Table,
    merged,
    plain,
)
from briefings.model import Briefing, Section, Source, TitleFrom
from briefings.reading.cleaning import clean
from briefings.reading.collecting import tidy
from briefings.reading.reader import read
from briefings.writing import text_of_section, write

MARKS = "\\`*_[]<>&|#+-=~:!().,;'\"1/ \n"
LETTERS = st.sampled_from(string.ascii_letters + "0129éßЖ中文、。한ع😀•")
TEXT = st.text(LETTERS | st.sampled_from(MARKS), min_size=1, max_size=24).map(clean)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
WORD = st.text(st.sampled_from(string.ascii_lowercase), min_size=1, max_size=8)
ADDRESS = st.builds(
    "https://{}.example/{}".format, WORD, st.text(st.sampled_from("abc123?=&;/()-_~%"), max_size=9)
)
STYLES = st.sampled_from([Style(bits) for bits in range(8)])


def without_addresses(text: str) -> str:
    """Text that names no address: the reader would make a link of it, or compare it with one."""
    return text.replace("/", "").replace(".", "")


def spans_of(drawn: list[Span]) -> Spans:
    return tidy(merged(drawn))


LINKS = st.builds(
    lambda text, style, link: Span(text or link, style, link),
    st.just("") | LINE.map(without_addresses),
    STYLES,
    ADDRESS,
).map(lambda span: replace(span, style=Style.PLAIN) if span.text == span.link else span)
SPANS = st.lists(st.builds(Span, TEXT, STYLES) | LINKS, min_size=1, max_size=5).map(spans_of)
PARAGRAPHS = st.builds(Paragraph, SPANS.filter(bool))


def one_line(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans as a heading holds them."""
    return merged(replace(span, text=span.text.replace("\n", " ")) for span in spans)


TITLES = SPANS.map(one_line).map(tidy)
CODE = st.text(LETTERS | st.sampled_from(MARKS), max_size=40).map(clean)
LEAVES: st.SearchStrategy[Block] = (
    PARAGRAPHS
    | st.builds(Code, CODE, st.just("") | WORD)
    | st.builds(Image, ADDRESS, st.just("") | LINE)
    | st.just(Divider())
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.tuples(*[SPANS] * width)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=3))))


def containers(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(
        inside | st.builds(Heading, TITLES.filter(bool), st.integers(1, 6)), max_size=3
    ).map(tuple)
    items = st.lists(st.builds(Item, blocks), min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Quote, blocks.filter(bool))
        | st.builds(List, items)
        | st.builds(
            List,
            items,
            ordered=st.just(value=True),
            start=st.sampled_from([0, 1, 2, 10, 999_999_999]),
        )
    )


BLOCKS = st.recursive(LEAVES | tables(), containers, max_leaves=6)
SECTIONS = st.builds(Section, TITLES, st.integers(1, 6), st.lists(BLOCKS, max_size=4).map(tuple))
LEADS = st.just(()) | st.lists(BLOCKS, min_size=1, max_size=3).map(
    lambda blocks: (Section((), 0, tuple(blocks)),)
)
NAMES = WORD.map(lambda word: f"x_{word}")
SOURCES = st.builds(Source, LINE.map(without_addresses).filter(str.strip), st.none() | ADDRESS)
TITLED = st.tuples(LINE, st.sampled_from([each for each in TitleFrom if each.value != "none"]))


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    title, origin = draw(TITLED | st.just(("", TitleFrom.NONE)))
    return Briefing(
        title,
        draw(LEADS) + tuple(draw(st.lists(SECTIONS, max_size=3))),
        origin,
        draw(st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31))),
        tuple(draw(st.lists(LINE, max_size=3))),
        tuple(map(trimmed, draw(st.lists(SOURCES, max_size=3)))),
        tuple(draw(st.lists(LINE, max_size=3))),
        tuple(draw(st.dictionaries(NAMES, CODE, max_size=3)).items()),
    )


def trimmed(source: Source) -> Source:
    return replace(source, name=" ".join(source.name.split()))


@given(briefings())
def test_what_is_written_reads_back_as_the_same_briefing(briefing: Briefing) -> None:
    reading = read(write(briefing).encode(), "x.md")
    assert reading.briefing == briefing
    assert reading.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "**Why:** https://good.example[https://good.example](http://e)",
        "http://e?]([[[[[[[[[[[[[[[[<a href='http://e'>g",
        "<b>](http://b/[[[[[[[[[[[[[[[[",
    ],
)
def test_odd_links_read_back_as_they_were(text: str) -> None:
    briefing = read(text.encode(), "x.md").briefing
    assert read(write(briefing).encode(), "x.md").briefing == briefing


def test_a_section_is_plain_text_for_programs() -> None:
    section = Section(
        plain("A"),
        2,
        (
            Paragraph((Span("a "), Span("b", Style.STRONG))),
            List(
                (Item((Paragraph(plain("c")), List((Item((Paragraph(plain("d")),)),)))),),
                ordered=True,
                start=3,
            ),
            Quote((Heading(plain("e")), Paragraph(plain("f")))),
            Code("g\n  h"),
            Divider(),
            Table((plain("i"), plain("j")), ((plain("k\nl"), ()),)),
            Image("https://a.example", "m"),
            Image("https://a.example"),
        ),
    )
    assert text_of_section(section) == (
        "a b\n\n3. c\n   - d\n\ne\n\nf\n\ng\n  h\n\ni | j\nk l | \n\nm\n\nhttps://a.example"
    )


def test_code_with_a_fence_in_it_gets_a_longer_fence() -> None:
    briefing = Briefing("T", (Section((), 0, (Code("a\n````\n```", "md"),)),))
    assert read(write(briefing).encode(), "x.md").briefing == briefing


@pytest.mark.parametrize(
    "text",
    [
        "1. a",
        "- a",
        "# a #",
        "a\n> b",
        "a\n1) b",
        "a\n---",
        "a\n\nb",
        "• a",
        "~~~",
        "![a](b)",
        "a_b _c_",
        "&amp; &x",
        "http://a.example",
        "| a |",
        "\\",
        "IN SHORT:",
    ],
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    briefing = Briefing("T", (Section((), 0, (Paragraph(plain(text)),)),))
    assert read(write(briefing).encode(), "x.md").briefing == briefing
