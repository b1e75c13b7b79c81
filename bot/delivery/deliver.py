"""Delivers an edition from its rows: card first, then the thread, each message at most once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery import reasons
from bot.delivery.looking import Unclear
from bot.delivery.pace import Pace
from bot.delivery.sending import Later, Sender, Stopped
from bot.delivery.threads import open_thread
from bot.delivery.titles import Languages, neutral_title
from bot.errors import ChannelLost, Overtaken, PostRefused
from bot.platforms.events import Lost, News, Place
from bot.platforms.port import CAREFUL, Address, Platform, Rates, platform_of
from bot.store.ledger import Ledger
from bot.store.rows import Record, State, Written
from briefings.schedule import Edition

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds that a delay may take in place, before an edition is put aside for it."""

LONGEST = timedelta(minutes=10)
"""Between two tries of an edition that is delayed for long."""

ABSENCE = 60.0
"""Seconds before an edition is tried again whose workspace has just let the bot go."""

GIVE_UP = timedelta(hours=24)
"""After an edition's moment: what is not there by then is left to a person."""

ABSENT = (State.PLANNED, State.DELAYED)
"""A message in one of these states is surely not in its channel."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition, why, and when it is to be tried again."""

    state: State
    reason: str | None = None
    next_try_at: datetime | None = None


class Delivery:
    """Turns editions into posts; idempotent and resumable, whoever calls it."""

    def __init__(
        self,
        ledger: Ledger,
        platforms: Mapping[str, Platform],
        clock: Clock,
        rates: Mapping[str, Rates] | None = None,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self.platforms = platforms
        self._ledger = ledger
        self._clock = clock
        self._rates = rates or {}
        self._may_send = may_send
        self._stopping = False
        self._paces: dict[str, Pace] = {}
        self.hear: Callable[[News], Awaitable[None]] | None = None
        """Who takes note of channels that turn out to be lost."""
        self.language: Languages | None = None
        """Who knows in which language a channel gets its posts."""
        self.joined: dict[str, datetime] = {}
        """Since when (UTC) a platform is online that was not at the start."""

    def pace(self, platform: str) -> Pace:
        """The send budget of a platform's token."""
        if platform not in self._paces:
            rates = self._rates.get(platform_of(platform), CAREFUL)
            self._paces[platform] = Pace(self._clock, rates)
        return self._paces[platform]

    def stop(self) -> None:
        """Send nothing more but what is on the wire."""
        self._stopping = True
        for pace in self._paces.values():
            pace.stop()

    def may_go_on(self) -> bool:
        """Whether this worker may begin anything: it does not stop, and counts as living."""
        return not self._stopping and self._may_send()

    def budgets(self) -> Iterator[tuple[str, int, float]]:
        """Each platform with the turns that are waited for and the share that is left."""
        for name, pace in self._paces.items():
            yield name, pace.waiting, pace.left()

    async def deliver(self, edition: Edition) -> State | None:
        """Send what is not sent yet; the state it is in then, or nothing where it has no row."""
        record = await self._ledger.find(edition)
        if record is None or record.plan.platform not in self.platforms:
            return record.plan.state if record else None
        taken = await self._ledger.take(edition)
        if taken is None:
            return record.plan.state
        return await self.complete(taken, await self._ledger.messages(edition))

    async def complete(
        self, record: Record, messages: Sequence[Written], patience: float = PATIENCE
    ) -> State:
        """Send what is not sent yet of an edition that is in our hand, and let go of it."""
        try:
            outcome = await self._outcome(record, messages, patience)
            await self._finish(record, outcome)
        except Overtaken:
            log.warning(
                "%s in channel %s is another worker's now.",
                record.plan.title,
                record.plan.channel,
                extra={"action": "edition.overtaken"},
            )
            return record.plan.state
        except asyncio.CancelledError:
            await asyncio.shield(self._ledger.finish(record, State.PLANNED, reasons.CUT_OFF))
            raise
        return outcome.state

    async def _finish(self, record: Record, outcome: Outcome) -> None:
        haste = outcome.state is not State.SENT or not self.pace(record.plan.platform).waiting
        await self._ledger.finish(
            record, outcome.state, outcome.reason, outcome.next_try_at, haste=haste
        )

    async def _outcome(
        self, record: Record, messages: Sequence[Written], patience: float
    ) -> Outcome:
        if self._is_late(record, messages):
            cause = next((each.reason for each in messages if each.reason), record.plan.reason)
            late = reasons.LATE_BECAUSE.format(reason=cause) if cause else reasons.LATE
            return Outcome(State.SKIPPED, late)
        try:
            await self._send_all(record, messages, patience)
        except PostRefused as error:
            if isinstance(error, ChannelLost) and self.hear:
                place = Place(record.plan.platform, "", record.plan.channel)
                await self.hear(Lost(place, error.reason))
            return Outcome(State.REFUSED, str(error))
        except Unclear as error:
            return Outcome(State.PARKED, str(error))
        except Later as error:
            return self._put_off(record, error)
        except Stopped as error:
            return Outcome(State.PLANNED, str(error))
        return Outcome(State.SENT)

    def _is_late(self, record: Record, messages: Sequence[Written]) -> bool:
        expires = record.plan.expires_at
        absent = all(each.state in ABSENT for each in messages)
        return absent and expires is not None and self._clock.now() >= expires

    def _put_off(self, record: Record, error: Later) -> Outcome:
        now = self._clock.now()
        age = now - record.plan.due_at
        if age > GIVE_UP:
            return Outcome(State.PARKED, reasons.PUT_OFF.format(reason=error))
        wait = max(timedelta(seconds=error.seconds), min(age / 4, LONGEST))
        expires = record.plan.expires_at
        last = expires if expires and expires > now else now + wait
        return Outcome(State.DELAYED, str(error), min(now + wait, last))

    async def _send_all(self, record: Record, messages: Sequence[Written], patience: float) -> None:
        plan = record.plan
        if (platform := self.platforms.get(plan.platform)) is None:
            raise Later(reasons.NOT_ONLINE.format(platform=plan.platform), ABSENCE)
        sender = Sender(
            self._ledger,
            platform,
            self.pace(plan.platform),
            self._clock,
            plan.due_at.timestamp(),
            patience,
            self.may_go_on,
            lambda: neutral_title(plan, self.language),
        )
        thread = record.thread
        for message in messages:
            to = Address(plan.channel, plan.within or (thread if message.number else None))
            sent = await sender.send(to, message)
            if thread is None and record.plan.threaded:
                thread = await open_thread(sender, plan, sent)
