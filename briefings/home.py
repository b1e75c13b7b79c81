"""What somebody sees who looks at the bot itself: today's briefing, what comes, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefings import owner_words, words
from briefings.blocks import Divider, Heading, Item, List, Paragraph, Span, Spans, Style, plain
from briefings.card import compose_shared
from briefings.message import Home, Message, Part
from briefings.model import Entry
from briefings.owning import Now
from briefings.tongue import say


@dataclass(frozen=True, slots=True)
class Coming:
    """The next post of a channel."""

    channel: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """A post in a channel whose thread is where it is discussed, with its address if known."""

    title: str
    channel: str
    posted: datetime
    link: str | None = None


def compose_home(
    today: Entry | str, coming: Sequence[Coming], talks: Sequence[Talk], now: Now
) -> Home:
    """The whole of it; `today` is the briefing, or the reason why there is none."""
    blocks = (*_today(today), Divider(), *_coming(coming, now), *_talks(talks, now))
    return Home(say(words.SEARCH), say(words.SEARCH_HINT), blocks)


def compose_broken_home() -> Home:
    """What stands there while the bot cannot say more; looking things up may work."""
    return Home(say(words.SEARCH), say(words.SEARCH_HINT), (Paragraph(plain(say(words.BROKEN))),))


def _today(today: Entry | str) -> Iterator[Part]:
    yield Heading(plain(say(words.TODAY)), 1)
    if isinstance(today, str):
        yield Paragraph(plain(words.nothing_today(today)))
        return
    card: Message = compose_shared(today)
    yield Paragraph((Span(card.title, Style.STRONG),))
    yield from card.blocks


def _coming(coming: Sequence[Coming], now: Now) -> Iterator[Part]:
    yield Heading(plain(say(words.COMING)), 1)
    lines = [
        (Span(f"#{each.channel}", Style.STRONG), Span(f" · {_when(each.moment, now)}"))
        for each in sorted(coming, key=lambda each: (each.moment, each.channel))
    ]
    yield _list(lines) if lines else Paragraph(plain(say(words.NOTHING_COMING)))


def _talks(talks: Sequence[Talk], now: Now) -> Iterator[Part]:
    yield Heading(plain(say(words.TALKS)), 1)
    lines = [
        (
            Span(each.title or say(words.NAMELESS), link=each.link),
            Span(f" · #{each.channel} · {_when(each.posted, now)}"),
        )
        for each in talks
    ]
    yield _list(lines) if lines else Paragraph(plain(say(words.NO_TALKS)))


def _list(lines: Sequence[Spans]) -> List:
    return List(tuple(Item((Paragraph(line),)) for line in lines))


def _when(moment: datetime, now: Now) -> str:
    return owner_words.moment_in(moment, now.zone, now.today)
