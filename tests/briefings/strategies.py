"""Spans, blocks, briefings and messages of every size: lengths are drawn first, then the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import assert_never

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
    plain,
    text_of,
)
from briefings.followups import Compare, Fate, Kind, Settle, Signal, Watch
from briefings.intents import (
    Decide,
    Discuss,
    DiscussPart,
    Intent,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenDraft,
    OpenSection,
    Rewrite,
    SaveDraft,
    Share,
    Verdict,
)
from briefings.message import Action, Actions, Menu, Message, Note, Option, Part
from briefings.model import Briefing, BriefingId, Entry, Section, Source
from briefings.talk_intents import Conclude, OpenConclusions, PostRecap

FAMILY = "👨‍👩‍👧‍👦"
ACCENTED = "e\u0301\u0323"
HOSTILE = (
    "<!channel>",
    "<@U0ALICE001>",
    "@everyone",
    "[good.example](https://evil.example)",
    "*bold*",
    "```",
    "||spoiler||",
    "&lt;",
    "\u202eright",
    "zero\u200bwidth",
    FAMILY,
    "🇩🇪🇫🇷",
    ACCENTED,
    "漢字。",
    "سلام",
    "\x00",
    "\ud800",
)
"""Words that ping, fake or format on some platform, or that are hard to cut."""

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

WORDS = st.sampled_from((*HOSTILE, "Chery", "a", "summit.", "opens!", "2025,", "x" * 40))
BLANKS = st.sampled_from((" ", " ", " ", "\n", "  ", "\n\n"))


@st.composite
def texts(draw: st.DrawFn, most: int = 60, least: int = 0) -> str:
    """Words with blanks between them, of a length in code points drawn first."""
    length = draw(st.integers(least, most))
    text = ""
    while len(text) < length:
        text += draw(WORDS) + draw(BLANKS)
    return text[:length]


STYLES = st.integers(0, 7).map(Style)
LINKS = st.none() | st.sampled_from(("https://example.org/a", "mailto:desk@example.org"))
SPANS: st.SearchStrategy[Spans] = st.lists(st.builds(Span, texts(), STYLES, LINKS), max_size=4).map(
    tuple
)
PARAGRAPHS = SPANS.map(Paragraph)
HEADINGS = st.builds(Heading, SPANS, st.integers(1, 6))
CODES = st.builds(Code, texts(120), st.sampled_from(("", "python")))
IMAGES = st.builds(Image, st.just("https://example.org/i.png"), texts(20))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose rows are as wide as its head."""
    width, height = draw(st.integers(1, 3)), draw(st.integers(0, 6))
    row = st.tuples(*([texts(12).map(plain)] * width))
    return Table(draw(row), tuple(draw(row) for _ in range(height)))


def _deeper(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    inside = st.lists(blocks, max_size=3).map(tuple)
    items = st.lists(st.builds(Item, inside), max_size=5).map(tuple)
    return st.builds(Quote, inside) | st.builds(List, items, st.booleans(), st.integers(0, 9))


BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.one_of(PARAGRAPHS, HEADINGS, CODES, tables(), IMAGES, st.just(Divider())),
    _deeper,
    max_leaves=5,
)

IDS = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True).map(BriefingId)
NUMBERS = st.integers(0, 9999)
NAMES = st.text("0123456789abcdef", min_size=16, max_size=16)
VERSIONS = st.integers(1, 999_999)
INTENTS: st.SearchStrategy[Intent] = st.one_of(
    st.builds(OpenBriefing, IDS),
    st.builds(Share, IDS),
    st.builds(Discuss, IDS),
    st.builds(OpenSection, IDS, NUMBERS),
    st.builds(MoreSections, IDS, NUMBERS),
    st.builds(DiscussPart, IDS, NUMBERS),
    st.builds(MoreResults, texts(87, 1), NUMBERS),
    st.builds(Rewrite, IDS),
    st.builds(OpenDraft, NAMES, st.integers(0, 1)),
    st.builds(SaveDraft, NAMES),
    st.builds(Decide, st.sampled_from(Verdict), NAMES, NUMBERS),
    st.builds(Conclude, NAMES) | st.builds(PostRecap, NAMES),
    st.builds(OpenConclusions, IDS),
    st.builds(Watch, IDS, NUMBERS, st.just("") | NAMES.map(lambda name: name[:8])),
    st.builds(Settle, st.sampled_from(Fate), NAMES, NUMBERS),
    st.builds(Signal, st.sampled_from(Kind), IDS),
    st.builds(Compare, IDS, VERSIONS, VERSIONS),
)
ACTIONS = st.lists(st.builds(Action, texts(75, 1), INTENTS), max_size=6).map(
    lambda some: Actions(tuple(some))
)
OPTIONS = st.builds(Option, texts(120, 1), INTENTS, texts(120))
MENUS = st.builds(Menu, texts(40, 1), st.lists(OPTIONS, max_size=4).map(tuple))
PARTS: st.SearchStrategy[Part] = st.one_of(BLOCKS, SPANS.map(Note), ACTIONS, MENUS)
MESSAGES = st.builds(Message, texts(30), st.lists(PARTS, max_size=8).map(tuple))

SECTIONS = st.builds(Section, SPANS, st.integers(0, 8), st.lists(BLOCKS, max_size=2).map(tuple))
SOURCES = st.builds(Source, texts(40, 1), st.none() | st.just("https://example.org/source"))
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))
BRIEFINGS = st.builds(
    Briefing,
    texts(60),
    st.lists(SECTIONS, max_size=6).map(tuple),
    date=st.none() | DATES,
    topics=st.lists(texts(12, 1), max_size=3).map(tuple),
    sources=st.lists(SOURCES, max_size=8).map(tuple),
    questions=st.lists(texts(30, 1), max_size=3).map(tuple),
    extras=st.lists(st.tuples(texts(8, 1), texts(30)), max_size=2).map(tuple),
)
ENTRIES = st.builds(Entry, IDS, BRIEFINGS, st.just(NOON))


def said(parts: tuple[Part, ...]) -> str:
    """All that the parts say, in order, without blanks: what no splitting may lose.

    A table says each head before each of its cells, so that one in two says what it said whole.
    """
    return "".join("".join(_texts(parts)).split())


def _texts(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Paragraph(spans) | Heading(spans) | Note(spans):
                yield text_of(spans)
            case List(items):
                yield from (text for item in items for text in _texts(item.blocks))
            case Quote(blocks):
                yield from _texts(blocks)
            case Code(text):
                yield text
            case Table(head, rows):
                yield from _rows([text_of(name) for name in head], rows)
            case Image(url, alt):
                yield alt + url
            case Actions() | Menu():
                yield from _choices(part)
            case Divider():
                pass
            case _:
                assert_never(part)


def _choices(part: Actions | Menu) -> list[str]:
    if isinstance(part, Actions):
        return [action.label for action in part.actions]
    return [option.label + option.description for option in part.options]


def _rows(head: list[str], rows: tuple[tuple[Spans, ...], ...]) -> Iterator[str]:
    if not rows:
        yield "".join(head)
    for row in rows:
        for name, cell in zip(head, row, strict=True):
            yield (f"{name}:" if name else "") + text_of(cell)
