"""One look at the clock: what it works with, and what it worked out for one channel and all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeAlias

from bot.delivery.plan import Draw, draw_post
from bot.store.agreements import Place
from bot.store.claims import Batch
from bot.store.printing import Printed
from bot.store.subscription_rows import Held
from bot.tongues import tongue_for
from briefings.card import compose_post
from briefings.due import Due, Reckoning, reckon
from briefings.manners import Manners
from briefings.message import Post
from briefings.model import BriefingId, Library
from briefings.near import near, pick_near
from briefings.pick import NO_PINS, Nothing, Pick, Shortlist, pick_from, shortlist
from briefings.related import Subject, is_about, subject_of
from briefings.retold import noting_related
from briefings.schedule import Edition, Layout, Subscription
from briefings.tongue import speaking

Listed: TypeAlias = tuple[frozenset[str], frozenset[str], date]


@dataclass(slots=True)
class Look:
    """The time, the library and the platforms of a look; thousands of channels share the rest."""

    now: datetime
    library: Library
    draws: Mapping[str, Draw]
    _reckoned: dict[tuple[object, ...], Reckoning] = field(default_factory=dict)
    _listed: dict[Listed, Shortlist] = field(default_factory=dict)
    _printed: dict[tuple[str, BriefingId, Layout, str, Manners], tuple[Post, Printed]] = field(
        default_factory=dict
    )
    _subjects: dict[BriefingId, Subject] = field(default_factory=dict)
    _alike: dict[tuple[BriefingId, BriefingId], bool] = field(default_factory=dict)

    def reckon(self, held: Held) -> Reckoning:
        """What a subscription's clock says."""
        own = held.subscription
        start = max(held.cursor or self.now, own.since)
        hours = (own.at, own.zone, own.weekdays, own.off, own.late, own.late_until)
        known = self._reckoned.get((*hours, own.paused_until, start))
        if known is None:
            known = self._reckoned[*hours, own.paused_until, start] = reckon(own, start, self.now)
            return known
        due = (Due(Edition(own.id, e.edition.day), own, e.moment, e.verdict) for e in known.due)
        return Reckoning(tuple(due), known.cursor, known.look_at)

    async def shortlist(self, subscription: Subscription, day: date) -> Shortlist:
        """The briefings that may come on a day."""
        wanted = (subscription.topics, subscription.without, day)
        if wanted not in self._listed:
            # A large library takes longer than the loop may stand still.
            self._listed[wanted] = await asyncio.to_thread(shortlist, self.library, *wanted)
        return self._listed[wanted]

    async def near(self, batch: Batch) -> frozenset[BriefingId]:
        """The briefings that may decide what the subscriptions of a batch get."""
        wanted: frozenset[BriefingId] = frozenset()
        for held in batch.due:
            own = held.subscription
            pins = batch.pins.get((own.platform, own.channel), NO_PINS)
            for due in self.reckon(held).due:
                wanted |= near(await self.shortlist(own, due.edition.day), pins)
        return wanted

    async def picked(self, due: Due, batch: Batch) -> Pick | Nothing:
        """What comes, by what the channel had lately, or ever where that has to decide."""
        own = due.subscription
        place = (own.platform, own.channel)
        listed, pins = await self.shortlist(own, due.edition.day), batch.pins.get(place, NO_PINS)
        picked = pick_near(listed, own, batch.histories.get(place, {}), pins)
        if picked is None:
            picked = pick_from(listed, own, await batch.history(place), pins)
        return picked

    def printed(
        self, subscription: Subscription, briefing: BriefingId, manners: Manners
    ) -> tuple[Post, Printed]:
        """The post of a briefing as a subscription wants it, and as its platform draws it."""
        usual = Manners(opens=manners.opens, signals=manners.signals)
        kind = (subscription.platform, briefing, subscription.layout, subscription.language, usual)
        if kind not in self._printed:
            with speaking(tongue_for(subscription.language)):
                post = compose_post(self.library[briefing], subscription.layout, usual)
            self._printed[kind] = (post, self.drawn(subscription.platform, post))
        return self._printed[kind]

    async def reminding(self, post: Post, briefing: BriefingId, place: Place, batch: Batch) -> Post:
        """A post that tells of earlier discussions of its subject in its channel."""
        known = batch.discussed.get(place, frozenset())
        about = [each for each in known if await self._is_of_one_subject(briefing, each)]
        talks = await batch.talks(place, about) if about else ()
        if not talks:
            return post
        with speaking(post.card.tongue):
            return replace(post, card=noting_related(post.card, talks))

    async def _is_of_one_subject(self, one: BriefingId, other: BriefingId) -> bool:
        if one == other or other not in self.library:
            return one == other
        if one not in self._subjects:
            entry = self.library[one]
            # As above.
            self._subjects[one] = await asyncio.to_thread(subject_of, entry, self.library)
        if (one, other) not in self._alike:
            about = is_about(self._subjects[one], self.library[other].briefing)
            self._alike[one, other] = about
        return self._alike[one, other]

    def drawn(self, platform: str, post: Post) -> Printed:
        """A post as a platform draws it."""
        return Printed.of(draw_post(post, self.draws[platform]))
