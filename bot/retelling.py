"""Tells of discussions that there were: with a briefing, in a list, and where words are sought."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.errors import BriefingBotError
from bot.library.folding import folded
from bot.library.matching import flat
from bot.platforms.events import Place
from bot.store.conclusions import Conclusions
from bot.store.retold import Retold
from bot.store.subscriptions import Subscriptions
from briefings.blocks import Span, Spans, Style, plain
from briefings.chapters import title_of
from briefings.concluding import View, compose_conclusions, noting_conclusions, words_of
from briefings.message import Message
from briefings.model import BriefingId, Entry, Library
from briefings.retold import LISTED, ON_CARD, Told, compose_talks, noting_talks
from briefings.search import Hit, MatchKind, Results
from briefings.terms import Terms

log = logging.getLogger(__name__)

WORDS = 6
"""Words of a question that are sought; nobody types more."""

AROUND = 60
"""Characters before and after a word that was found."""

_WORD = re.compile(r"\w+")


class Shelf(Protocol):
    """The library as discussions are sought by it."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""


class Retelling:
    """Answers from what was said and concluded; a look-up never fails for want of that."""

    def __init__(
        self,
        retold: Retold,
        conclusions: Conclusions,
        held: Subscriptions,
        shelf: Shelf,
        usual: Terms,
    ) -> None:
        """`usual` are the terms of channels that agreed on none."""
        self._retold = retold
        self._conclusions = conclusions
        self._held = held
        self._shelf = shelf
        self._usual = usual

    async def terms_of(self, here: tuple[str, str]) -> Terms:
        """The terms of a channel of a platform: its local time, and its language."""
        agreed = await self._held.at(here)
        return agreed.terms if agreed else self._usual

    async def noting(self, card: Message, entry: Entry, place: Place) -> Message:
        """A card with what was concluded about its briefing, and where it was discussed here."""
        try:
            views, talks, terms = await asyncio.gather(
                self._conclusions.about(place.platform, place.workspace, [entry.id]),
                self._retold.of(_here(place), [entry.id], ON_CARD),
                self.terms_of(_here(place)),
            )
        except BriefingBotError as error:
            log.warning("No word of discussions: %s", error, extra={"action": "retelling.failed"})
            return card
        return noting_conclusions(
            noting_talks(card, talks, terms.zone), entry, views.get(entry.id, ())
        )

    async def concluded(self, briefing: BriefingId, place: Place) -> Message | None:
        """All that was concluded about a briefing; nothing where that left the library."""
        entry = self._shelf.library.get(briefing)
        found = await self._conclusions.about(place.platform, place.workspace, [briefing])
        return compose_conclusions(entry, found.get(briefing, ())) if entry else None

    async def talk_of(self, entry: Entry, place: Place) -> Told | None:
        """The newest discussion of a briefing in a channel."""
        found = await self._retold.of(_here(place), [entry.id], 1)
        return found[0] if found else None

    async def also(self, found: Results, place: Place) -> Results:
        """Results, before which stand briefings about which the words were concluded.

        Only where no briefing has the words itself.
        """
        words = _WORD.findall(found.query)[:WORDS]
        if not words or (found.hits and found.hits[0].kind is not MatchKind.TYPO):
            return found
        try:
            where = (place.platform, place.workspace)
            views = await self._conclusions.having(where, words, folded)
        except BriefingBotError as error:
            log.warning("No word of discussions: %s", error, extra={"action": "retelling.failed"})
            return found
        hits = tuple(self._hits(views, words))
        return replace(found, hits=hits, total=len(hits), nearest=()) if hits else found

    async def sought(self, subject: str, place: Place) -> Told | None:
        """The newest discussion of a channel, or the first of those about a subject."""
        words = _WORD.findall(subject)[:WORDS]
        if subject:
            found = await self._about(subject, words, place)
        else:
            found = await self._retold.newest(_here(place), 1)
        return next(iter(found), None)

    async def listed(self, subject: str, place: Place) -> Message:
        """The discussions of a channel, or those about a subject."""
        zone = (await self.terms_of(_here(place))).zone
        if not subject:
            newest = await self._retold.newest(_here(place), LISTED)
            return compose_talks("", newest, [""] * len(newest), zone)
        words = _WORD.findall(subject)[:WORDS]
        found = await self._about(subject, words, place)
        threads = frozenset(each.thread for each in found)
        said = await self._retold.words_in(_here(place), threads)
        excerpts = [_excerpt(said.get(each.thread, ()), words) for each in found]
        return compose_talks(subject, found, excerpts, zone)

    async def _about(self, subject: str, words: Sequence[str], place: Place) -> Sequence[Told]:
        """Those in which all words occur, and those of briefings that the search finds."""
        here = _here(place)
        threads = await self._retold.naming(here, words, folded)
        near = [hit.id for hit in self._shelf.search(subject, LISTED, 0).hits]
        talks = (
            *await self._retold.in_threads(here, threads, LISTED),
            *await self._retold.of(here, near, LISTED),
        )
        return list({each.thread: each for each in talks}.values())[:LISTED]

    def _hits(self, views: Sequence[View], words: Sequence[str]) -> Sequence[Hit]:
        library = self._shelf.library
        known = {view.briefing: view for view in reversed(views) if view.briefing in library}
        return [
            Hit(
                briefing,
                title_of(library[briefing].briefing),
                1.0,
                MatchKind.WORDS,
                _marked(_excerpt([words_of(view.text)], words), words),
            )
            for briefing, view in known.items()
        ]


def _here(place: Place) -> tuple[str, str]:
    return place.platform, place.channel


def _excerpt(texts: Sequence[str], words: Sequence[str]) -> str:
    """Some words around the first one that is found; nothing where none is."""
    for text in texts:
        line = " ".join(text.split())
        for word in words:
            at = flat(line).find(flat(word))
            if at >= 0:
                return _around(line, at, at + len(word))
    return ""


def _around(line: str, start: int, end: int) -> str:
    """A part of a line with whole words before and after it."""
    first = line.rfind(" ", 0, start - AROUND) + 1 if start > AROUND else 0
    last = line.find(" ", end + AROUND)
    return f"{'…' if first else ''}{line[first:] if last < 0 else f'{line[first:last]}…'}"


def _marked(text: str, words: Sequence[str]) -> Spans:
    """The text with the first of the words strong."""
    for word in words:
        at = flat(text).find(flat(word))
        if at >= 0:
            end = at + len(word)
            strong = Span(text[at:end], Style.STRONG)
            return (*plain(text[:at]), strong, *plain(text[end:]))
    return plain(text)
