"""Opens discussions: a thread under a card when somebody asks, and a part of it put up there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.plan import drafts, draw_post, plan_aside
from bot.delivery.titles import open_named
from bot.errors import PostError
from bot.platforms.events import Place
from bot.platforms.port import Address, Platform
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.quotes import Quotes, Standing, quote_name
from bot.store.rows import Plan
from bot.store.sayings import Thread
from bot.store.subscriptions import Subscriptions
from bot.tongues import tongue_for
from briefings import answers
from briefings.card import compose_post
from briefings.message import Message, Post
from briefings.model import Entry
from briefings.opening import (
    compose_not_opened,
    compose_opening,
    compose_part,
    compose_part_is_up,
)
from briefings.opening_words import briefing_of
from briefings.schedule import Edition, Layout, SubscriptionId
from briefings.tongue import Tongue, speaking, spoken

log = logging.getLogger(__name__)

MOST = 6
"""Parts that may be put up in one thread within an hour: whoever plays with buttons fills none."""

AFTER = timedelta(milliseconds=1)
"""Between the opening and a part, which comes below it."""


@dataclass(slots=True)
class Discussing:
    """Whoever presses, the thread is opened once; the ledger sees to it."""

    ledger: Ledger
    quotes: Quotes
    subscriptions: Subscriptions
    manners: ChannelManners
    platforms: Mapping[str, Platform]
    clock: Clock
    wake: Callable[[str], None] = lambda _: None
    """Told which platform has something to send."""

    async def discuss(self, entry: Entry, place: Place) -> Message:
        """Where the discussion of a briefing is; it begins where there was none."""
        post = await self._posted(entry, place)
        if post is None:
            return answers.compose_no_discussion()
        thread = await self._begun(post, entry, place)
        if thread is None:
            return compose_not_opened()
        return answers.compose_discussion(entry, await self._link(place, entry, thread))

    async def discuss_part(self, entry: Entry, section: int, place: Place) -> Message:
        """Put a section up in the discussion of its briefing, and tell where that is."""
        post = await self._posted(entry, place)
        if post is None or compose_part(entry, section) is None:
            return answers.compose_no_discussion()
        thread = await self._begun(post, entry, place)
        if thread is None:
            return compose_not_opened()
        where = Thread(*_here(place), thread, entry.id, post.title)
        await self._put_up(where, entry, section)
        return compose_part_is_up(entry, section, await self._link(place, entry, thread))

    async def is_open_to(self, entry: Entry, place: Place) -> bool:
        """Whether a briefing was posted there, and the channel wants it discussed."""
        if not place.channel or await self._posted(entry, place) is None:
            return False
        return (await self.manners.of(_here(place))).opens

    async def _posted(self, entry: Entry, place: Place) -> Standing | None:
        return await self.quotes.post(_here(place), entry.id)

    async def _begun(self, post: Standing, entry: Entry, place: Place) -> str | None:
        """The thread, with something in it to begin with; opening it twice opens one."""
        platform = self.platforms.get(place.platform)
        if platform is None or (post.thread and _has_parts(post, entry, platform)):
            return post.thread
        try:
            thread = post.thread or await self._open(platform, post, place)
        except PostError as error:
            log.warning("%s", error, extra={"action": "thread.failed"})
            return None
        name = SubscriptionId(f"opening/{place.platform}/{place.channel}/{thread}")
        edition = Edition(name, post.edition.day)
        with speaking(await self._tongue(place)):
            opening = compose_opening(entry)
        await self._send(plan_aside(edition, (*_here(place), thread), self.clock.now()), opening)
        if post.thread is None:
            await self.ledger.open_thread(post.edition, thread)
        return thread

    async def _open(self, platform: Platform, post: Standing, place: Place) -> str:
        async def neutral() -> str:
            with speaking(await self._tongue(place)):
                return briefing_of(post.edition.day)

        return await open_named(platform, place.channel, post.card, post.title, neutral)

    async def _put_up(self, thread: Thread, entry: Entry, section: int) -> None:
        """Quote a section, unless it is what is quoted last; not too many of them."""
        quoted = await self.quotes.of(thread)
        now = self.clock.now()
        lately = [each for each in quoted if each.at > now - timedelta(hours=1)]
        if (quoted and quoted[-1].section == section) or len(lately) >= MOST:
            return
        place = Place(thread.platform, "", thread.channel)
        with speaking(await self._tongue(place)):
            part = compose_part(entry, section)
        if part:
            edition = Edition(quote_name(thread, section, len(quoted)), now.date())
            await self._send(plan_aside(edition, (*_here(place), thread.thread), now + AFTER), part)

    async def _send(self, plan: Plan, message: Message) -> None:
        draw = self.platforms[plan.platform].draw
        payloads = draw_post(Post(message), draw)
        await self.ledger.claim(plan, drafts(plan, payloads, await self.ledger.secret()))
        self.wake(plan.platform)

    async def _tongue(self, place: Place) -> Tongue:
        """The language of the channel, which everybody in the thread reads."""
        agreed = await self.subscriptions.at(_here(place))
        return tongue_for(agreed.terms.language) if agreed else spoken()

    async def _link(self, place: Place, entry: Entry, thread: str) -> str | None:
        try:
            at = Address(place.channel, thread)
            return await self.platforms[place.platform].link(at, thread)
        except (PostError, KeyError) as error:
            log.warning("No link to %s: %s", entry.id, error, extra={"action": "link.failed"})
            return None


def _has_parts(post: Standing, entry: Entry, platform: Platform) -> bool:
    """Whether more of it was sent than the pages of its card."""
    card = compose_post(entry, Layout.CARD).card
    return post.messages > len(platform.draw(card))


def _here(place: Place) -> tuple[str, str]:
    return place.platform, place.channel
