"""Which section of a briefing somebody answers in its thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.platforms.port import platform_of
from bot.platforms.registry import room
from bot.platforms.talk import Said
from bot.store.discussions import Discussions
from bot.store.quotes import Quotes
from bot.store.sayings import Thread
from briefings.card import compose_post, part_sections
from briefings.model import Entry, Library


@dataclass(frozen=True, slots=True)
class Sections:
    """Finds the section by what a reply answers, or by what was quoted last before it."""

    discussions: Discussions
    quotes: Quotes
    library: Callable[[], Library]

    async def answered(self, thread: Thread, said: Said) -> int | None:
        """The section, counted from 0; nothing for what is about the whole."""
        if said.to and (section := await self._of(thread, said.to)) is not None:
            return section
        quoted = [each for each in await self.quotes.of(thread) if each.at <= said.at]
        return quoted[-1].section if quoted else None

    async def _of(self, thread: Thread, message: str) -> int | None:
        for quote in await self.quotes.of(thread):
            if quote.message == message:
                return quote.section
        number = await self.discussions.number_of(thread, message)
        entry = self.library().get(thread.briefing)
        if number is None or entry is None:
            return await self.discussions.section_of(thread, message)
        return _section(entry, number, thread.platform)


def _section(entry: Entry, number: int, platform: str) -> int | None:
    """The section that a message of a post tells, by the message's number there."""
    draw, post = room(platform_of(platform)).draw, compose_post(entry)
    sections: list[int | None] = [None] * len(draw(post.card))
    for section, part in zip(part_sections(entry), post.parts, strict=True):
        sections += [section] * len(draw(part))
    return sections[number] if number < len(sections) else None
