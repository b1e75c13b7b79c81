"""A message as Discord's Components V2, drawn so that nothing is cut and nothing in it is live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.platforms.discord import limits
from bot.platforms.discord.components import Component, components
from bot.platforms.discord.escape import one_line, shorten
from bot.platforms.discord.measure import fits
from bot.platforms.port import Payload
from briefings.blocks import Paragraph, Span, Style
from briefings.message import Actions, Menu, Message, Note
from briefings.model import Section
from briefings.split import split
from briefings.writing import text_of_section

CONTAINER, TEXT = 17, 10
ACCENT = 0x3B6FD4


def draw(message: Message) -> tuple[Payload, ...]:
    """The message as one payload, or as several where it exceeds what Discord allows."""
    return tuple(_payload(components(page)) for page in _pages(_with_short_title(message)))


def _pages(message: Message) -> Iterator[Message]:
    """Pages that surely fit: half a link may draw longer than the whole one that `split` saw."""
    for page in split(message, _page_fits):
        if _page_fits(page):
            yield page
        else:
            yield from _pages(page)


def _page_fits(message: Message) -> bool:
    return not _is_far_too_long(message) and fits(components(message))


def _is_far_too_long(message: Message) -> bool:
    """Whether the bare words alone are too much: counting them costs less than drawing them."""
    blocks = tuple(part for part in message.blocks if not isinstance(part, Actions | Menu | Note))
    return len(text_of_section(Section((), 0, blocks))) > 4 * limits.TEXT


def _payload(inside: list[Component]) -> Payload:
    shown = inside or [{"type": TEXT, "content": "…"}]
    return {
        "flags": limits.IS_COMPONENTS_V2 | limits.SUPPRESS_EMBEDS,
        "components": [{"type": CONTAINER, "accent_color": ACCENT, "components": shown}],
        # An edit without this field would ping: it falls back to permissive defaults.
        # https://discord.com/developers/docs/resources/message#allowed-mentions-object
        "allowed_mentions": {"parse": []},
    }


def _with_short_title(message: Message) -> Message:
    """A title too long for the heading of every page, shortened there and written out below."""
    words = one_line(message.title)
    if len(words) <= limits.TITLE:
        return message
    whole = Paragraph((Span(words, Style.STRONG),))
    return replace(message, title=shorten(words, limits.TITLE), blocks=(whole, *message.blocks))
