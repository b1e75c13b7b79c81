"""One copy of a briefing, edited until it says what its briefing says now."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.delivery.deliver import Delivery
from bot.delivery.looking import Unclear
from bot.delivery.plan import draw_post
from bot.delivery.sending import Later, Sender
from bot.delivery.titles import neutral_title
from bot.errors import PostDelayed, PostRefused, PostUnknown
from bot.platforms.port import Address, Payload, Platform, Rate
from bot.platforms.registry import room
from bot.revising import Revising
from bot.store.copies import Copies, Copy, Standing
from bot.store.ledger import Ledger
from bot.store.rows import digest
from bot.store.subscriptions import Subscriptions
from bot.store.workers import Workers
from bot.tongues import tongue_for
from briefings.card import compose_post, compose_taken_out
from briefings.model import Entry, Library
from briefings.schedule import Layout
from briefings.tongue import ENGLISH, speaking

log = logging.getLogger(__name__)

TRIES = 5
PAUSE = 3.0
"""Seconds before an edit that perhaps was made is made again: twice is the same as once."""


class Shelf(Protocol):
    """The library as corrections use it."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    @property
    def revision(self) -> int:
        """The number of the last change that is in it."""


@dataclass(frozen=True, slots=True)
class Press:
    """What corrections work with."""

    copies: Copies
    subscriptions: Subscriptions
    ledger: Ledger
    workers: Workers
    delivery: Delivery
    clock: Clock
    shelf: Shelf
    revising: Revising


@dataclass(frozen=True, slots=True)
class Amendment:
    """A copy, and the briefing as it is now."""

    press: Press
    name: str
    entry: Entry
    copy: Copy

    async def carry_out(self) -> None:
        """Edit what changed, send what is new, and say so where a part was taken out."""
        plan = self.copy.record.plan
        language = await self.press.subscriptions.language((plan.platform, plan.channel))
        with speaking(tongue_for(language or ENGLISH)):
            await self._carry_out()

    async def _carry_out(self) -> None:
        revision = await self.press.revising.of(self.copy, self.entry, self._layout())
        draw = self._platform().draw
        wanted = draw_post(revision.post, draw)
        for standing in self.copy.messages:
            payload = self._payload(wanted, standing.number)
            if digest(payload) != standing.digest:
                await self._edit(standing, payload)
        last = max((each.number for each in self.copy.messages), default=len(wanted))
        for number in range(last + 1, len(wanted)):
            await self._add(number, wanted[number])
        await self.press.revising.tell(self.copy, self.entry, revision, draw)

    def _layout(self) -> Layout:
        """The layout in which it was posted, as far as its messages tell."""
        card = compose_post(self.entry, Layout.CARD).card
        if len(self.copy.messages) <= len(self._platform().draw(card)):
            return Layout.CARD
        return Layout.THREAD if self.copy.record.plan.threaded else Layout.WHOLE

    def _payload(self, wanted: Sequence[Payload], number: int) -> Payload:
        if number < len(wanted):
            return wanted[number]
        (payload,) = self._platform().draw(compose_taken_out(self.entry))
        return payload

    async def _edit(self, standing: Standing, payload: Payload) -> None:
        plan, at = self.copy.record.plan, self._address(standing.number)
        for _ in range(TRIES):
            rate = self._rate()
            await self.press.clock.sleep(rate.seconds / rate.calls)
            self.press.delivery.pace(self.name).answer(plan.channel)
            try:
                await self._platform().edit(at, standing.id, payload, standing.marker)
            except PostDelayed as delay:
                await self.press.clock.sleep(delay.seconds)
            except PostUnknown:
                await self.press.clock.sleep(PAUSE)
            except PostRefused as refused:
                log.warning("%s", refused, extra={"action": "correction.refused"})
                return
            else:
                await self.press.copies.wrote(plan.edition, standing.number, payload)
                return
        raise Later(f"A correction in channel {plan.channel} does not get through.", PAUSE)

    async def _add(self, number: int, payload: Payload) -> None:
        plan = self.copy.record.plan
        await self.press.copies.add(self.copy, number, payload, await self.press.ledger.secret())
        messages = await self.press.ledger.messages(plan.edition)
        written = next(each for each in messages if each.number == number)
        try:
            await self._sender().send(self._address(number), written)
        except (PostRefused, Unclear) as error:
            log.warning("%s", error, extra={"action": "correction.refused"})

    def _sender(self) -> Sender:
        press = self.press
        return Sender(
            press.ledger,
            self._platform(),
            press.delivery.pace(self.name),
            press.clock,
            press.clock.now().timestamp(),
            PAUSE,
            press.workers.is_fresh,
            lambda: neutral_title(self.copy.record.plan, press.delivery.language),
        )

    def _address(self, number: int) -> Address:
        return Address(self.copy.record.plan.channel, self.copy.record.thread if number else None)

    def _platform(self) -> Platform:
        return self.press.delivery.platforms[self.name]

    def _rate(self) -> Rate:
        """Edits have a budget of their own, as reading has: Slack's third tier.

        https://docs.slack.dev/reference/methods/chat.update
        """
        return room(self.name).rates.reading
