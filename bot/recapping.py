"""Recaps discussions: looks which went quiet or whose hour has come, and has each told once."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery.plan import STALE, plan_aside
from bot.errors import BriefingBotError
from bot.mending import EVERY as MEND_EVERY
from bot.mending import Mender
from bot.recap_press import Desk, RecapPress
from bot.rounds import keep_up
from bot.store.claims import Claimed
from bot.store.conclusion_rows import conclusion_name
from bot.store.discussions import Thread
from bot.store.printing import Printed
from bot.store.recaps import Talk, milliseconds
from bot.tongues import tongue_for
from briefings.recap import is_worth_it, recap
from briefings.recap_rules import RECENT, is_due, read_rule
from briefings.recapping import title_of_recap
from briefings.schedule import Edition, SubscriptionId
from briefings.tongue import speaking

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks; one with nothing to do reads a small table."""


@dataclass(slots=True)
class Recapping:
    """Looks at what was said, and writes down what is to be told; others may do so as well."""

    desk: Desk
    passed: dict[Thread, datetime] = field(default_factory=dict)
    """Up to which word a discussion was found to need no recap yet."""

    @property
    def press(self) -> RecapPress:
        """Who draws recaps."""
        return RecapPress(self.desk)

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
        terms = await self.press.terms(talk.thread)
        return is_due(read_rule(talk.recap), spoken, self.desk.clock.now(), terms.zone)

    async def _tell(self, talk: Talk) -> None:
        remarks = await self.desk.recaps.remarks(talk.thread, talk.recapped_at)
        if not is_worth_it(remarks):
            self.passed[talk.thread] = talk.heard_at
            return
        told = await asyncio.to_thread(recap, remarks)
        link = talk.link if talk.recap_in == "channel" else None
        printed = await self.press.printed(talk.thread, told, link)
        terms = await self.press.terms(talk.thread)
        with speaking(tongue_for(terms.language)):
            claimed = self._claimed(talk, terms.zone, printed)
        if await self.desk.recaps.show(talk, told, claimed):
            where = talk.thread
            said = {"action": "recap.told", "platform": where.platform, "channel": where.channel}
            log.info("A discussion in %s is recapped.", where.channel, extra=said)
            self.desk.wake(where.platform)

    def _claimed(self, talk: Talk, zone: ZoneInfo, printed: Printed) -> Claimed:
        thread, now = talk.thread, self.desk.clock.now()
        name = f"recap/{conclusion_name(thread)}/{milliseconds(talk.heard_at)}"
        edition = Edition(SubscriptionId(name), now.astimezone(zone).date())
        inside = None if talk.recap_in == "channel" else thread.thread
        where = (thread.platform, thread.channel, inside)
        plan = plan_aside(edition, where, now, title_of_recap(thread.title), printed, STALE)
        return Claimed(plan, printed)

    async def _note_addresses(self) -> None:
        """Keep the addresses of discussions, so that nobody waits for them later."""
        threads = await self.desk.recaps.without_address(tuple(self.desk.platforms))
        links = await self.press.links([(each, each.thread) for each in threads])
        for thread, link in zip(threads, links, strict=True):
            if link is not None:
                await self.desk.recaps.note_address(thread, link)


def start_recapping(stack: AsyncExitStack, desk: Desk) -> None:
    """Recap discussions, and mend their recaps, until the stack is closed."""
    keep_up(stack, Recapping(desk).look, EVERY)
    keep_up(stack, Mender(desk).look, MEND_EVERY)
