"""Discussions that come back: on cards, in answers, in a list; and how a channel discusses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from briefings import recap_words as words
from briefings.blocks import Code, Item, List, Paragraph, Span, Spans, Style, plain
from briefings.card import shorten
from briefings.manners import NO_RECAP, Manners, line_of_manners
from briefings.message import Actions, Message, Note, Part
from briefings.model import BriefingId
from briefings.recap_rules import Daily, Quiet, read_rule
from briefings.tongue import say
from briefings.words import NAMELESS, day

ON_CARD = 3
"""Discussions that a card tells of."""

LISTED = 10
EXCERPT = 160
TITLE = 80


@dataclass(frozen=True, slots=True)
class Told:
    """A discussion that there was, with its address where it is known."""

    briefing: BriefingId
    title: str
    thread: str
    opened_at: datetime
    replies: int
    link: str | None = None


def noting_talks(card: Message, talks: Sequence[Told], zone: ZoneInfo) -> Message:
    """A card with a line about the discussions of its briefing."""
    links = [_dated(each, zone) for each in talks[:ON_CARD]]
    return _noting(card, say(words.DISCUSSED), links)


def noting_related(card: Message, talks: Sequence[Told]) -> Message:
    """A card with a line about earlier discussions of the same subject."""
    links = [(_linked(each), *_counted(each)) for each in talks[:ON_CARD]]
    return _noting(card, say(words.DISCUSSED_BEFORE), links)


def compose_talks(
    subject: str, talks: Sequence[Told], said: Sequence[str], zone: ZoneInfo
) -> Message:
    """Which discussions there were; `said` is what each one is remembered by, or nothing."""
    title = words.discussions_about(subject) if subject else say(words.DISCUSSIONS)
    if not talks:
        none = say(words.NONE_ABOUT) if subject else say(words.NONE_YET)
        return Message(title, (Paragraph(plain(none)),))
    items = tuple(
        Item((Paragraph((*_line(each, zone), *_excerpt(text))),))
        for each, text in zip(talks, said, strict=True)
    )
    return Message(title, (List(items),))


def compose_manners(manners: Manners, *, hears: bool = True) -> Message:
    """How a channel discusses, and the line that says so; `hears`: the words are told at all."""
    kept = words.keeps_words if manners.keeps_text else words.keeps_no_words
    deaf = () if hears or not manners.keeps_text else (say(words.HEARS_NO_WORDS),)
    told = (
        say(words.OPENS if manners.opens else words.OPENS_NOT),
        kept(manners.kept_days),
        *deaf,
        _recap(manners),
        say(words.SIGNALS if manners.signals else words.NO_SIGNALS),
    )
    items = tuple(Item((Paragraph(plain(each)),)) for each in told)
    line = Code(f"/briefings discussions {line_of_manners(manners)}")
    return Message(say(words.MANNERS), (List(items), line))


def _recap(manners: Manners) -> str:
    rule = read_rule(manners.recap) if manners.recap != NO_RECAP else None
    in_channel = manners.recap_in == "channel"
    match rule:
        case None:
            return say(words.NO_RECAP)
        case Daily(at):
            told = words.RECAP_AT_HERE if in_channel else words.RECAP_AT
            return say(told).format(time=f"{at:%H:%M}")
        case Quiet(stretch):
            told = words.RECAP_QUIET_HERE if in_channel else words.RECAP_QUIET
            return say(told).format(stretch=words.stretch_of(stretch))


def _noting(card: Message, lead: str, links: Sequence[Spans]) -> Message:
    if not links:
        return card
    spans: list[Span] = [Span(f"{lead} ")]
    for number, each in enumerate(links):
        spans += [*(plain(" · ") if number else ()), *each]
    note: Part = Note(tuple(spans))
    rows = [part for part in card.blocks if isinstance(part, Actions)]
    rest = [part for part in card.blocks if not isinstance(part, Actions)]
    return replace(card, blocks=(*rest, note, *rows))


def _dated(told: Told, zone: ZoneInfo) -> Spans:
    return (Span(_day(told, zone), link=told.link), *_counted(told))


def _linked(told: Told) -> Span:
    return Span(shorten(told.title, TITLE) or say(NAMELESS), link=told.link)


def _counted(told: Told) -> Spans:
    return plain(f" ({words.replies_of(told.replies)})")


def _line(told: Told, zone: ZoneInfo) -> Spans:
    title = replace(_linked(told), style=Style.STRONG)
    return (title, *plain(f" · {_day(told, zone)} · {words.replies_of(told.replies)}"))


def _excerpt(text: str) -> Spans:
    return plain(f"\n{shorten(text, EXCERPT)}") if text.strip() else ()


def _day(told: Told, zone: ZoneInfo) -> str:
    return day(told.opened_at.astimezone(zone).date())
