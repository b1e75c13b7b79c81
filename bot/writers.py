"""Answers those who write briefings in forms: drafts, previews, and versions for the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock
from bot.library.folders import File, digest, names_for
from bot.platforms.desk import Amiss, Answer
from bot.platforms.events import Person, Place, Submitted
from bot.store.briefings import Briefings
from bot.store.drafts import Drafts
from bot.store.keeping import Document, Found, Held, State
from briefings import editor_words as words
from briefings.blocks import Paragraph, plain
from briefings.drafting import (
    PAGES,
    Draft,
    compose_draft_form,
    compose_look,
    compose_overtaken,
    compose_saved,
    document_of,
    has_text,
    read_draft_form,
)
from briefings.forms import FormName
from briefings.intents import OpenDraft
from briefings.message import Action, Actions, Message, Reply
from briefings.model import Briefing, BriefingId, Entry, Library
from briefings.owner_words import names_no_one
from briefings.owning import compose_sentence
from briefings.packing import pack
from briefings.phrases import Misread
from briefings.reading.reader import read
from briefings.reading.result import Unreadable
from briefings.search import Results, Winner, decide
from briefings.tongue import say

SOURCE = "written in chat"
"""The source of briefings that were written in forms: no folder has this name."""


class Shelf(Protocol):
    """The library as writers use it."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""


class Writers:
    """Keeps what people write, and puts it into the library when they say so."""

    def __init__(
        self,
        drafts: Drafts,
        store: Briefings,
        shelf: Shelf,
        written: Callable[[], None],
        clock: Clock,
    ) -> None:
        """`written` is told when something new is in the database."""
        self._drafts = drafts
        self._store = store
        self._shelf = shelf
        self._written = written
        self._clock = clock

    def begin(self) -> Answer:
        """The empty form; nothing is kept before it is sent."""
        return compose_draft_form(FormName.WRITE, Draft("", "", {}))

    async def open(self, intent: OpenDraft, place: Place, person: str) -> Answer:
        """A page of the form, as far as it was written."""
        draft = await self._drafts.find((place.platform, person), intent.draft)
        if draft is None:
            return _sentence(say(words.UNKNOWN_TITLE), say(words.UNKNOWN_DRAFT))
        if draft.saved and draft.briefing:
            return await self.rewrite(draft.briefing, place, person)
        return compose_draft_form(PAGES[intent.page], draft)

    async def submit(self, event: Submitted) -> Answer:
        """Keep what was written, and show how it will look."""
        if event.form not in PAGES:
            return _sentence(say(words.UNKNOWN_TITLE), say(words.UNKNOWN_DRAFT))
        writer = (event.place.platform, event.person.id)
        texts, faults = read_draft_form(event.form, event.filled)
        if event.subject:
            known = await self._drafts.find(writer, event.subject)
            if known is None or known.saved:
                return _sentence(say(words.UNKNOWN_TITLE), say(words.UNKNOWN_DRAFT))
            draft = await self._drafts.write(known, texts)
        else:
            draft = await self._drafts.begin(writer, texts)
        if faults:
            return Amiss(faults, Reply(_wrong(draft, " ".join(faults.values()))))
        return await self._look(draft)

    async def save(self, name: str, place: Place, person: str) -> Reply:
        """Put a draft into the library; twice is the same as once."""
        draft = await self._drafts.find((place.platform, person), name)
        if draft is None:
            return _sentence(say(words.UNKNOWN_TITLE), say(words.UNKNOWN_DRAFT))
        if draft.saved and draft.briefing:
            return Reply(compose_saved(draft.briefing, draft.texts["title"], draft.version))
        try:
            found = await self._found(draft)
        except Unreadable as reason:
            return Reply(_wrong(draft, say(str(reason))))
        return Reply(await self._take_in(draft, found))

    async def edit(self, sought: str, place: Place, person: Person) -> Answer:
        """A form with the briefing that words name, for those who may; raises Misread."""
        decision = decide(self._shelf.search(sought, 5, 0))
        if not isinstance(decision, Winner):
            raise Misread(names_no_one(sought))
        return await self.rewrite(decision.id, place, person.id, may=person.may_manage)

    async def rewrite(
        self, briefing: BriefingId, place: Place, person: str, *, may: bool = False
    ) -> Answer:
        """A form with a briefing's newest version, as it was typed, for a new one."""
        held = await self._store.find(briefing)
        if held is None or held.state is not State.PRESENT:
            return _sentence(say(words.UNKNOWN_TITLE), say(words.UNKNOWN_BRIEFING))
        behind = await self._drafts.behind(briefing) if held.source == SOURCE else None
        if behind is None:
            where = held.source or held.origin
            return _sentence(say(words.NOT_YOURS_TITLE), words.kept_elsewhere(held.title, where))
        writer = (place.platform, person)
        if not may and not await self._drafts.has_written(writer, briefing):
            return _sentence(say(words.NOT_YOURS_TITLE), say(words.NOT_YOURS))
        draft = await self._drafts.begin(writer, behind.texts, (briefing, held.version))
        return compose_draft_form(FormName.WRITE, draft)

    async def _look(self, draft: Draft) -> Reply:
        if not has_text(draft):
            return Reply(_wrong(draft, say(words.EMPTY)))
        try:
            _, briefing = await asyncio.to_thread(_read, draft)
        except Unreadable as reason:
            return Reply(_wrong(draft, words.unreadable(str(reason))))
        name = draft.briefing or names_for(_file(draft, briefing))[0]
        return compose_look(draft, Entry(name, briefing, self._clock.now()))

    async def _take_in(self, draft: Draft, found: Found) -> Message:
        before = await self._store.find(draft.briefing) if draft.briefing else None
        if before is not None:
            found = _at(before, found)
            if before.version != draft.version and before.digest != found.seen:
                return compose_overtaken(before.id)
        await self._store.take_in([found], by_hand=True)
        held = await self._store.at(found.origin)
        if held is None:
            raise AssertionError("What was just written is not there.")
        await self._drafts.saved(draft, held.id, held.version)
        self._written()
        return compose_saved(held.id, held.title, held.version)

    async def _found(self, draft: Draft) -> Found:
        if not has_text(draft):
            raise Unreadable(words.EMPTY)
        document, briefing = await asyncio.to_thread(_read, draft)
        file, content = _file(draft, briefing), document.encode()
        kept = Document(file.path.name, content, briefing.title, pack(briefing))
        return Found(file.origin, SOURCE, digest(content), names_for(file), self._clock.now(), kept)


def _read(draft: Draft) -> tuple[str, Briefing]:
    """The document and what the reader makes of it; raises Unreadable."""
    document = document_of(draft)
    return document, read(document.encode(), "draft.md").briefing


def _file(draft: Draft, briefing: Briefing) -> File:
    """The file that it would be; its name makes the briefing's."""
    stem = " ".join(briefing.title.replace("/", " ").split()) or "briefing"
    return File(f"{stem}.md", SOURCE, f"chat:{draft.name}")


def _at(held: Held, found: Found) -> Found:
    """A new version of a briefing that there is."""
    return Found(held.origin, SOURCE, found.seen, found.names, found.added, found.document)


def _wrong(draft: Draft, sentence: str) -> Message:
    """What is wrong with a draft, which is kept, and the way back to it."""
    again = Actions((Action(say(words.EDIT), OpenDraft(draft.name)),))
    return Message(say(words.NEW), (Paragraph(plain(sentence)), again))


def _sentence(title: str, sentence: str) -> Reply:
    return Reply(compose_sentence(title, sentence))
