"""Answers quiet signals: counts them without names, explains, and tells an author, once a day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BriefingBotError
from bot.platforms.abilities import Reaching
from bot.platforms.events import Place
from bot.platforms.port import Platform
from bot.store.heard import Heard
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.signals import Signals, hashed
from bot.today import Today
from briefings.answers import compose_stale
from briefings.followups import Kind, Signal
from briefings.message import Reply
from briefings.model import BriefingId, Entry, Library
from briefings.related import is_about, subject_of
from briefings.signals import (
    BRIEFINGS,
    compose_explained,
    compose_signal,
    compose_to_author,
)
from briefings.tongue import speaking

log = logging.getLogger(__name__)

TELL_WITHIN = 1.5
"""Seconds that telling an author may take while somebody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Signalling:
    """Keeps who gave a signal as a keyed hash alone."""

    signals: Signals
    manners: ChannelManners
    ledger: Ledger
    heard: Heard
    today: Today
    library: Callable[[], Library]
    platforms: Mapping[str, Platform]

    async def press(self, intent: Signal, place: Place, person: str) -> Reply:
        """Count a signal, or take it back."""
        entry = self.library().get(intent.briefing)
        here = (place.platform, place.channel)
        if entry is None or not place.channel or not (await self.manners.of(here)).signals:
            return Reply(compose_stale())
        who = await self._who(place, person)
        day = await self.today.day(place)
        given = await self.signals.turn(here, entry.id, intent.kind, who, day)
        counts = await self.signals.counts(here, entry.id)
        if intent.kind is not Kind.EXPLAIN or not given:
            return Reply(compose_signal(intent.kind, counts, given=given))
        related = await asyncio.to_thread(_related, entry, self.library())
        author = await self._tell_author(entry, (place.platform, person), str(day))
        return Reply(compose_explained(entry, related, counts, author=author))

    async def note_reader(self, briefing: BriefingId, place: Place, person: str) -> None:
        """Count somebody who pressed a button of a post; never raises, as nobody waits for it."""
        here = (place.platform, place.channel)
        try:
            if place.channel and (await self.manners.of(here)).signals:
                who, day = await self._who(place, person), await self.today.day(place)
                await self.signals.note_reader(here, briefing, who, day)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "reader.uncounted"})

    async def _who(self, place: Place, person: str) -> str:
        return hashed(await self.ledger.secret(), place.platform, person)

    async def _tell_author(self, entry: Entry, asker: tuple[str, str], day: str) -> bool:
        """Whether there is an author who knows, or is told now; who asked is not told."""
        author = await self.signals.author(entry.id)
        if author is None or author == asker:
            return False
        platform = self.platforms.get(author[0])
        if not isinstance(platform, Reaching):
            return False
        if await self.heard.is_first(author[0], f"explain/{entry.id}/{day}"):
            await self._tell(platform, author[1], entry)
        return True

    async def _tell(self, platform: Reaching, person: str, entry: Entry) -> None:
        try:
            async with asyncio.timeout(TELL_WITHIN):
                with speaking(await self.today.tongue(Place(platform.name, "", ""))):
                    told = compose_to_author(entry)
                for payload in platform.draw(told):
                    await platform.tell(person, payload)
        except (BriefingBotError, TimeoutError) as error:
            log.warning("An author was not told: %s", error, extra={"action": "author.untold"})


def _related(entry: Entry, library: Library) -> Sequence[Entry]:
    """The newest other briefings on the same subject."""
    subject, others = subject_of(entry, library), (set(library) - {entry.id})
    found = [library[each] for each in others if is_about(subject, library[each].briefing)]
    return sorted(found, key=lambda each: each.added, reverse=True)[:BRIEFINGS]
