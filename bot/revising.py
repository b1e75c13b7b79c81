"""What becomes of a copy whose briefing was edited: the post as it reads now, and a word of it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.plan import STALE, Draw, drafts, draw_post, plan_aside
from bot.reasons import in_words
from bot.store.copies import Copy
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.retold import Retold
from bot.store.rows import Record
from bot.store.versions import Came, Versions
from bot.today import Today
from briefings.blocks import text_of
from briefings.card import compose_post
from briefings.corrections import compose_corrected, noting_corrected
from briefings.differences import differences
from briefings.message import Message, Note, Post
from briefings.model import BriefingId, Entry, Library
from briefings.owning import Now, noting_late
from briefings.recap_words import DISCUSSED_BEFORE
from briefings.related import is_about, subject_of
from briefings.retold import noting_related
from briefings.schedule import Edition, Layout, SubscriptionId
from briefings.tongue import say

log = logging.getLogger(__name__)

TALKS = 20
"""Discussions among which those of before the post are looked for."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A post as it reads now; `since` are the versions that came after the one that was posted."""

    post: Post
    posted: Came
    since: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class Revising:
    """Knows which version a copy was, and tells its thread where what matters changed."""

    versions: Versions
    manners: ChannelManners
    retold: Retold
    ledger: Ledger
    today: Today
    library: Callable[[], Library]
    wake: Callable[[str], None]
    clock: Clock

    async def of(self, copy: Copy, entry: Entry, layout: Layout) -> Revision:
        """The post as it is to read, with what its card said beside its briefing."""
        plan = copy.record.plan
        first, *_ = await self.today.subscriptions((plan.platform, plan.channel))
        at = await self.versions.posted_at(plan.edition) or plan.due_at
        came = await self.versions.of(entry.id)
        posted = _posted(came, at)
        since = tuple(each for each in came if each.number > posted.number)
        post = await self._post(copy, entry, (posted, since), layout, first.zone)
        shown = await self._shown(copy)
        card = _keeping_late(copy, post.card, Now(at, first.zone), shown)
        card = await self._keeping_related(copy, entry, card, (at, shown))
        return Revision(replace(post, card=card), posted, since)

    async def tell(self, copy: Copy, entry: Entry, revision: Revision, draw: Draw) -> None:
        """Tell the thread of a copy, once a version, where a figure, a name or a date changed."""
        record, since = copy.record, revision.since
        if record.thread is None or not since:
            return
        latest, told = since[-1].number, await self._told(record, since)
        base = told or revision.posted.number
        before = await self.versions.read(entry.id, base)
        after = await self.versions.read(entry.id, latest)
        if base == latest or before is None or after is None:
            return
        found = await asyncio.to_thread(differences, before, after)
        if any(each.matters for each in found):
            message = compose_corrected(entry, found, (base, latest))
            await self._claim(record, latest, message, draw)

    async def _post(
        self,
        copy: Copy,
        entry: Entry,
        versions: tuple[Came, tuple[Came, ...]],
        layout: Layout,
        zone: ZoneInfo,
    ) -> Post:
        plan, (posted, since) = copy.record.plan, versions
        manners = await self.manners.of((plan.platform, plan.channel))
        post = compose_post(entry, layout, manners)
        before = await self.versions.read(entry.id, posted.number) if since else None
        if before is None or compose_post(replace(entry, briefing=before), layout, manners) == post:
            return post
        day = plan.due_at.astimezone(zone).date()
        return replace(post, card=noting_corrected(post.card, since[-1].at, zone, day))

    async def _shown(self, copy: Copy) -> str:
        """The letters of the card as it stands, whatever its platform escapes."""
        standing = await self.ledger.messages(copy.record.plan.edition)
        shown = [dict(each.draft.payload) for each in standing[:1]]
        return _letters(json.dumps(shown, ensure_ascii=False))

    async def _keeping_related(
        self, copy: Copy, entry: Entry, card: Message, then: tuple[datetime, str]
    ) -> Message:
        """The card with the line about earlier discussions, where that stands on it."""
        at, shown = then
        if _letters(say(DISCUSSED_BEFORE)) not in shown:
            return card
        plan, library = copy.record.plan, self.library()
        related = await asyncio.to_thread(_related, entry, library)
        talks = await self.retold.of((plan.platform, plan.channel), related, TALKS)
        return noting_related(card, [each for each in talks if each.opened_at < at])

    async def _told(self, record: Record, since: Sequence[Came]) -> int | None:
        """The newest version of which the thread was told."""
        for each in reversed(since):
            if await self.ledger.find(_edition(record, each.number)):
                return each.number
        return None

    async def _claim(self, record: Record, version: int, message: Message, draw: Draw) -> None:
        now, posted = self.clock.now(), record.plan
        where = (posted.platform, posted.channel, record.thread)
        plan = plan_aside(_edition(record, version), where, now, message.title, lasts=STALE)
        payloads = draw_post(Post(message), draw)
        if await self.ledger.claim(plan, drafts(plan, payloads, await self.ledger.secret())):
            said = {"action": "correction.told", "platform": plan.platform, "channel": plan.channel}
            log.info("A thread in %s is told of a correction.", plan.channel, extra=said)
            self.wake(posted.platform)


def _keeping_late(copy: Copy, card: Message, then: Now, shown: str) -> Message:
    """The card with the note that it came late, where that stands on it."""
    plan = copy.record.plan
    if not plan.late_reason:
        return card
    late = noting_late(card, plan.due_at, in_words(plan.late_reason), then)
    note = late.blocks[0]
    told = isinstance(note, Note) and _letters(text_of(note.spans)) in shown
    return late if told else card


def _related(entry: Entry, library: Library) -> list[BriefingId]:
    subject = subject_of(entry, library)
    return [name for name, each in library.items() if is_about(subject, each.briefing)]


def _posted(came: Sequence[Came], at: datetime) -> Came:
    """The version that was in the library at a moment."""
    return next((each for each in reversed(came) if each.at <= at), Came(1, at))


def _edition(record: Record, version: int) -> Edition:
    edition = record.plan.edition
    return Edition(SubscriptionId(f"correction/{version}/{edition.subscription}"), edition.day)


def _letters(text: str) -> str:
    """What is left of a text whatever its platform escapes."""
    return "".join(each for each in text if each.isalnum())
