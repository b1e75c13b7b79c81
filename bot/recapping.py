"""Recaps discussions: looks which went quiet or whose hour has come, and has each told once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.plan import draw_post
from bot.errors import BriefingBotError, PostError
from bot.platforms.port import Address, Platform
from bot.rounds import keep_up
from bot.store.agreements import Place
from bot.store.claims import Claimed
from bot.store.conclusions import conclusion_name
from bot.store.discussions import Thread
from bot.store.printing import Printed
from bot.store.recaps import Recaps, Talk
from bot.store.rows import Plan
from bot.tongues import tongue_for
from briefings import recapping
from briefings.message import Post
from briefings.model import Library
from briefings.recap import Recap, is_worth_it, recap
from briefings.recap_rules import RECENT, is_due, read_rule
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms
from briefings.tongue import speaking

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks; one with nothing to do reads a small table."""

LINKS_WITHIN = 5.0
"""Seconds that the addresses of quoted messages may take together."""

STALE = timedelta(hours=12)
"""A recap that could not be posted for so long is left out."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is recapped with; `wake` is told which platform has something to send."""

    recaps: Recaps
    terms: Callable[[Place], Awaitable[Terms]]
    """What a channel agreed on, or would."""
    library: Callable[[], Library]
    platforms: Mapping[str, Platform]
    wake: Callable[[str], None]
    clock: Clock


@dataclass(slots=True)
class Recapping:
    """Looks at what was said, and writes down what is to be told; others may do so as well."""

    desk: Desk
    passed: dict[Thread, datetime] = field(default_factory=dict)
    """Up to which word a discussion was found to need no recap yet."""

    async def look(self) -> None:
        """Recap what is due by now; never raises."""
        try:
            await self._note_addresses()
            for talk in await self.desk.recaps.open_talks(self.desk.clock.now() - RECENT):
                if talk.thread.platform in self.desk.platforms and await self._is_due(talk):
                    await self._tell(talk)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "recap.put_off"})
        except Exception:  # the next look goes on where this one broke
            log.exception("A recap broke off.", extra={"action": "recap.failed"})

    async def _is_due(self, talk: Talk) -> bool:
        if talk.begun_at is None or self.passed.get(talk.thread) == talk.heard_at:
            return False
        spoken = (talk.begun_at, talk.heard_at)
        terms = await self._terms(talk.thread)
        return is_due(read_rule(talk.recap), spoken, self.desk.clock.now(), terms.zone)

    async def _tell(self, talk: Talk) -> None:
        remarks = await self.desk.recaps.remarks(talk.thread, talk.recapped_at)
        if not is_worth_it(remarks):
            self.passed[talk.thread] = talk.heard_at
            return
        told = await asyncio.to_thread(recap, remarks)
        addresses = await self._addresses(talk.thread, told)
        terms = await self._terms(talk.thread)
        with speaking(tongue_for(terms.language)):
            claimed = self._claimed(talk, terms.zone, self._drawn(talk, told, addresses))
        if await self.desk.recaps.show(talk, claimed):
            where = talk.thread
            said = {"action": "recap.told", "platform": where.platform, "channel": where.channel}
            log.info("A discussion in %s is recapped.", where.channel, extra=said)
            self.desk.wake(where.platform)

    def _drawn(self, talk: Talk, told: Recap, addresses: Mapping[str, str]) -> Printed:
        thread = talk.thread
        entry = self.desk.library().get(thread.briefing)
        link = talk.link if talk.recap_in == "channel" else None
        about = recapping.Talk(
            conclusion_name(thread),
            thread.title,
            entry.briefing if entry else None,
            addresses,
            link,
        )
        message = recapping.compose_recap(told, about)
        return Printed.of(draw_post(Post(message), self.desk.platforms[thread.platform].draw))

    def _claimed(self, talk: Talk, zone: ZoneInfo, printed: Printed) -> Claimed:
        thread, now = talk.thread, self.desk.clock.now()
        name = f"recap/{conclusion_name(thread)}/{int(talk.heard_at.timestamp() * 1000)}"
        plan = Plan(
            Edition(SubscriptionId(name), now.astimezone(zone).date()),
            thread.platform,
            thread.channel,
            now,
            title=recapping.title_of_recap(thread.title),
            expires_at=now + STALE,
            threaded=False,
            printed=printed.name,
            within=None if talk.recap_in == "channel" else thread.thread,
        )
        return Claimed(plan, printed)

    async def _addresses(self, thread: Thread, told: Recap) -> Mapping[str, str]:
        """The addresses of the messages that are quoted; a recap is told also without them."""
        named = dict.fromkeys(each.message for each in (*told.quotes, *told.questions))
        links = await self._links([(thread, message) for message in named])
        return {message: link for message, link in zip(named, links, strict=True) if link}

    async def _note_addresses(self) -> None:
        """Keep the addresses of discussions, so that nobody waits for them later."""
        threads = await self.desk.recaps.without_address(tuple(self.desk.platforms))
        links = await self._links([(each, each.thread) for each in threads])
        for thread, link in zip(threads, links, strict=True):
            if link is not None:
                await self.desk.recaps.note_address(thread, link)

    async def _links(self, wanted: Sequence[tuple[Thread, str]]) -> Sequence[str | None]:
        """The address of each message: empty where it has none, nothing where nobody knows."""

        async def link(thread: Thread, message: str) -> str | None:
            at = Address(thread.channel, thread.thread)
            platform = self.desk.platforms.get(thread.platform)
            return (await platform.link(at, message) or "") if platform else None

        try:
            async with asyncio.timeout(LINKS_WITHIN):
                return await asyncio.gather(*(link(*each) for each in wanted))
        except (PostError, TimeoutError) as error:
            log.warning("No links to discussions: %s", error, extra={"action": "link.failed"})
            return [None for _ in wanted]

    async def _terms(self, thread: Thread) -> Terms:
        return await self.desk.terms((thread.platform, thread.channel))


def start_recapping(stack: AsyncExitStack, desk: Desk) -> None:
    """Recap discussions, until the stack is closed."""
    keep_up(stack, Recapping(desk).look, EVERY)
