"""Mends recaps: what was edited, deleted, or may no longer be kept is so where it is quoted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BriefingBotError, PostError, PostRefused
from bot.platforms.port import Address, Payload
from bot.recap_press import Desk, RecapPress
from bot.store.discussions import Thread
from bot.store.mending import Torn
from bot.store.recaps import milliseconds
from bot.store.rows import digest
from briefings.recap import Remark, recap
from briefings.recapping import compose_recap_gone

log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between looks; one with nothing to do asks one question."""


@dataclass(frozen=True, slots=True)
class Mender:
    """Edits recaps until they quote what is kept, as it reads now; twice is the same as once."""

    desk: Desk

    async def look(self) -> None:
        """Mend what is to be mended by now, also where one platform is away; never raises."""
        away: set[str] = set()
        try:
            for torn in await self.desk.mending.torn(tuple(self.desk.platforms)):
                platform = torn.record.plan.platform
                if platform not in away and not await self._is_mended(torn):
                    away.add(platform)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "recap.put_off"})
        except Exception:  # the next look goes on where this one broke
            log.exception("A recap was not mended.", extra={"action": "recap.failed"})

    async def _is_mended(self, torn: Torn) -> bool:
        try:
            await self._mend(torn)
        except PostError as error:
            log.warning("%s", error, extra={"action": "recap.put_off"})
            return False
        return True

    async def _mend(self, torn: Torn) -> None:
        plan = torn.record.plan
        thread = await self.desk.mending.thread_of(plan.edition)
        if thread is None:
            return
        remarks = await self._remarks(thread, torn)
        told = await asyncio.to_thread(recap, remarks)
        (address,) = await RecapPress(self.desk).links([(thread, thread.thread)])
        link = None if plan.within else address or None
        printed = await RecapPress(self.desk).printed(thread, told, link)
        await self._rewrite(torn, printed.payloads)
        await self.desk.mending.mended(plan.edition, told)
        said = {"action": "recap.mended", "platform": plan.platform, "channel": plan.channel}
        log.info("A recap in %s quotes what people say by now.", plan.channel, extra=said)

    async def _remarks(self, thread: Thread, torn: Torn) -> Sequence[Remark]:
        """What is still kept of what a recap was made of."""
        first, last = await self.desk.mending.span_of(torn.record.plan.edition)
        said = await self.desk.recaps.remarks(thread)
        return [each for each in said if first < milliseconds(each.at) <= last]

    async def _rewrite(self, torn: Torn, payloads: Sequence[Payload]) -> None:
        """Edit every message that says something else by now; what is too many is empty."""
        plan = torn.record.plan
        platform = self.desk.platforms[plan.platform]
        (empty,) = platform.draw(compose_recap_gone(plan.title or ""))
        for standing in torn.messages:
            beyond = standing.number >= len(payloads)
            payload = empty if beyond else payloads[standing.number]
            if digest(payload) == standing.digest:
                continue
            at = Address(plan.channel, plan.within)
            try:
                await platform.edit(at, standing.id, payload, standing.marker)
            except PostRefused as refused:  # it is gone, and so is what it quoted
                log.warning("%s", refused, extra={"action": "recap.refused"})
            await self.desk.mending.wrote(plan.edition, standing, payload)
