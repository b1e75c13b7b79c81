"""The composition root: the one place where the real things are put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.absences import EVERY as ABSENCES_EVERY
from bot.absences import Absences
from bot.clock import Clock, SystemClock
from bot.declared import default_terms
from bot.desk import FrontDesk
from bot.entrance import entrance
from bot.errors import SettingError
from bot.feeds.polling import CLOSE_WITHIN, LOOK_EVERY, Poller, Wanted
from bot.inbox import EVERY as INBOX_EVERY
from bot.inbox import Inbox
from bot.inviting import address_of
from bot.joining import Joining
from bot.moving import Moving, hosting_of
from bot.own_settings import Settings
from bot.planner import Planner
from bot.platforms.port import Platform, platform_of
from bot.platforms.registry import ROOMS, room
from bot.rooms import NOT_SET_UP, configured_rooms, names, settings_of
from bot.rounds import keep_up
from bot.scheduler import Duty, Scheduler
from bot.seating import asking_desk, seat, start_follow_ups, start_listening
from bot.settings import Configuration
from bot.shelf import LiveShelf, open_live_shelf
from bot.store.inbox import Inbox as InboxRows
from bot.store.ledger import Ledger
from bot.store.subscriptions import Subscriptions
from bot.watch import open_watch
from bot.works import (
    ALL,
    Role,
    Works,
    declare,
    delivery_of,
    open_engine,
    open_works,
    start_asking,
)
from briefings.schedule import Subscription

log = logging.getLogger(__name__)

SHOWN = 50
"""Subscriptions that are named at the start."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot: what is online, what it knows, and what it does next."""

    subscriptions: tuple[Subscription, ...]
    """The first ones at the start; `held` has them all, as they are now."""
    held: Subscriptions
    platforms: Mapping[str, Platform]
    shelf: LiveShelf
    ledger: Ledger
    scheduler: Scheduler
    desk: FrontDesk
    works: Works


@asynccontextmanager
async def open_bot(
    configuration: Configuration, clock: Clock | None = None, roles: frozenset[Role] = ALL
) -> AsyncIterator[Bot]:
    """The bot at work in its roles, until the block ends.

    Raises a sentence where no platform can come online.
    """
    clock = clock or SystemClock()
    if not configured_rooms(configuration):
        raise SettingError(NOT_SET_UP)
    async with AsyncExitStack() as stack:
        works = await open_works(stack, configuration.own.database_url, clock, roles)
        if Role.SCHEDULE in roles:  # before anything slow: an hour that comes meanwhile counts
            await declare(works, configuration, names(configuration))
        opening = open_live_shelf(works.library, configuration.own.briefing_folders)
        shelf = await stack.enter_async_context(opening)
        if Role.CONNECT in roles:
            poll_feeds(stack, configuration.own, works, shelf)
        online: dict[str, Platform] = {}
        absences = Absences(works.losses, online)
        terms, page = default_terms(configuration.own), configuration.page
        desk = seat(terms, works, shelf, online, absences, address_of(page))
        delivery = delivery_of(works, online, names(configuration))
        delivery.hear = absences.hear
        own = configuration.own
        inbox = Inbox(InboxRows(works.database, clock, works.workers.name), online)
        hearing = entrance(desk, works, delivery, own, inbox) if Role.CONNECT in roles else None
        single = settings_of(configuration)
        hosting = hosting_of(single, works, online, roles)
        joining = Joining(single, hearing, online, clock)
        stack.push_async_callback(joining.close)
        stack.push_async_callback(hosting.close)
        if roles != {Role.SCHEDULE}:
            await joining.start()
        draws = {name: room(name).draw for name in online or names(configuration)}
        engine = await open_engine(stack, works, delivery, settings_of(configuration), roles)
        await open_watch(stack, works, configuration.own.briefing_health_port)
        planner = Planner(works.claims, lambda: shelf.library, draws, clock)
        duty = Duty(lambda: shelf.is_caught_up and works.workers.is_current(), works.metrics.due)
        scheduler = Scheduler(works.subscriptions, planner, draws, engine, clock, duty)
        stack.push_async_callback(scheduler.close)
        if Role.SCHEDULE in roles:
            await shelf.caught_up()
            await scheduler.start()
            start_asking(stack, asking_desk(works, shelf, draws, online, engine, page))
        moving = Moving(works, roles, delivery, engine, scheduler, draws, absences)
        await hosting.start(hearing, moving)
        if Role.DELIVER in roles:
            start_follow_ups(stack, desk, works, shelf, delivery, engine)
        start_listening(stack, desk, works, delivery, engine, roles)
        if roles != {Role.SCHEDULE}:
            joining.go_on(moving.joined)
            keep_up(stack, absences.look, ABSENCES_EVERY)
        if Role.CONNECT in roles:
            keep_up(stack, inbox.look, INBOX_EVERY)
        yield Bot(
            await _first(works.subscriptions), works.subscriptions, online, shelf, works.ledger,
            scheduler, desk, works,
        )  # fmt: skip


async def _first(held: Subscriptions) -> tuple[Subscription, ...]:
    """Some subscriptions, in the order of their rooms."""
    order = list(ROOMS)
    shown = [each.subscription for each in await held.some(SHOWN)]
    return tuple(sorted(shown, key=lambda each: (order.index(platform_of(each.platform)), each.id)))


def poll_feeds(stack: AsyncExitStack, own: Settings, works: Works, shelf: LiveShelf) -> None:
    """Bring the feeds and pages of the settings into the library, until the stack is closed."""
    if not own.briefing_feeds:
        return
    wanted = Wanted(own.briefing_feeds, timedelta(minutes=own.briefing_feed_minutes))
    poller = Poller(wanted, works.feeds, works.library, works.clock, shelf.look)
    keep_up(stack, poller.poll, LOOK_EVERY, CLOSE_WITHIN)
