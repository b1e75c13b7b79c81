"""Asks about watched lines on their day, in the threads where they were written, each once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.delivery.plan import draw_post, plan_aside
from bot.errors import BriefingBotError
from bot.platforms.port import Platform
from bot.rounds import keep_up
from bot.store.claims import Claimed
from bot.store.ledger import Ledger
from bot.store.printing import Printed
from bot.store.promise_rows import Refused, asking
from bot.store.promises import Promises
from bot.today import Today
from bot.tongues import tongue_for
from briefings.chapters import title_of
from briefings.daysoff import is_posting_day
from briefings.message import Post
from briefings.model import Entry, Library
from briefings.moments import moment
from briefings.related import is_about, subject_of
from briefings.schedule import Edition, Subscription
from briefings.tongue import speaking
from briefings.watching import Standing, Watched, compose_due

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks; one with nothing to do reads a small table."""

AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already."""

REST = 31
"""Days off in a row after which a line is asked about all the same."""

TRIES = 3
"""Days on which a line is asked about that the platform refuses, before that is given up."""


@dataclass(frozen=True, slots=True)
class PromiseDesk:
    """What is asked with; `wake` is told which platform has something to send."""

    promises: Promises
    ledger: Ledger
    today: Today
    library: Callable[[], Library]
    platforms: Mapping[str, Platform]
    wake: Callable[[str], None]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Promising:
    """Looks at the clock, and writes down what is to be asked; others may do so as well."""

    desk: PromiseDesk

    async def look(self) -> None:
        """Ask about what is due by now; never raises."""
        try:
            day = self.desk.clock.now().date() + AHEAD
            platforms = tuple(self.desk.platforms)
            for watched in await self.desk.promises.due(platforms, day):
                await self._ask_in_time(watched, watched.due)
            for refused in await self.desk.promises.refused(platforms):
                await self._try_again(refused)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "promise.put_off"})
        except Exception:  # the next look goes on where this one broke
            log.exception("Asking about a promise broke off.", extra={"action": "promise.failed"})

    async def _try_again(self, refused: Refused) -> None:
        """Ask on the next day, in the channel itself; say that it is in vain after some."""
        if refused.tries < TRIES:
            await self._ask_in_time(refused.watched, refused.day + timedelta(days=1))
        elif await self.desk.promises.give_up(refused.watched):
            watched, said = refused.watched, {"action": "promise.refused"}
            log.warning("A promise in %s is refused: nobody is asked.", watched.channel, extra=said)

    async def _ask_in_time(self, watched: Watched, due: date) -> None:
        first, *_ = await self.desk.today.subscriptions((watched.platform, watched.channel))
        now = self.desk.clock.now()
        if first.paused_until and first.paused_until > now:
            return
        at = asked_at(due, first)
        if at and at <= now:
            with speaking(tongue_for(first.language)):
                await self._ask(watched, now.astimezone(first.zone).date())

    async def _ask(self, watched: Watched, today: date) -> None:
        entry = self.desk.library().get(watched.briefing)
        newer = await asyncio.to_thread(newer_than, entry, self.desk.library()) if entry else None
        title = title_of(entry.briefing) if entry else watched.briefing
        platform = self.desk.platforms[watched.platform]
        message = compose_due(watched, title, newer, today)
        printed = Printed.of(draw_post(Post(message), platform.draw))
        where = (watched.platform, watched.channel, await self._thread(watched))
        now, edition = self.desk.clock.now(), Edition(asking(watched), today)
        plan = plan_aside(edition, where, now, message.title, printed)
        if await self.desk.promises.ask(watched, Claimed(plan, printed)):
            said = {"action": "promise.asked", "platform": plan.platform, "channel": plan.channel}
            log.info("A promise in %s is asked about.", plan.channel, extra=said)
            self.desk.wake(watched.platform)

    async def _thread(self, watched: Watched) -> str | None:
        """Where the line was watched, or the thread that there is by now.

        Where it was asked in vain, the channel itself: the thread may be locked, or gone.
        """
        if watched.standing is Standing.ASKED:
            return None
        if watched.thread:
            return watched.thread
        place = (watched.platform, watched.channel)
        record = await self.desk.ledger.posted(*place, watched.briefing)
        return record.thread if record else None


def asked_at(due: date, subscription: Subscription) -> datetime | None:
    """When a channel is asked about a day: at its hour, on the first of its days from then on."""
    for ahead in range(REST):
        day = due + timedelta(days=ahead)
        if is_posting_day(day, subscription.weekdays, subscription.off):
            return moment(day, subscription.at, subscription.zone)
    return moment(due, subscription.at, subscription.zone)


def newer_than(entry: Entry, library: Library) -> Entry | None:
    """The newest briefing on the same subject that came after another one."""
    subject = subject_of(entry, library)
    later = (each for each in library.values() if _written(each) > _written(entry))
    return max(
        (each for each in later if is_about(subject, each.briefing)), key=_written, default=None
    )


def start_promising(stack: AsyncExitStack, desk: PromiseDesk) -> None:
    """Ask about watched lines, until the stack is closed."""
    keep_up(stack, Promising(desk).look, EVERY)


def _written(entry: Entry) -> tuple[date, datetime]:
    return entry.briefing.date or entry.added.date(), entry.added
