"""What is to come and what was, for a terminal; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import Clock
from bot.declared import declared
from bot.settings import Configuration
from bot.store.agreements import Place
from bot.store.database import exists, look_into
from bot.store.ledger import Ledger
from bot.store.recollections import Progress, Recollections
from bot.store.rows import Record
from bot.store.subscriptions import Subscriptions
from briefings.moments import moment
from briefings.schedule import Edition, Subscription, editions_between
from briefings.terms import Terms, subscriptions

PAGE = 1_000
"""Subscriptions that are read at once."""


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition that is to come."""

    moment: datetime
    edition: Edition
    subscription: Subscription


async def agenda(
    configuration: Configuration, clock: Clock, first: date | None, days: int
) -> tuple[Coming, ...]:
    """The editions of some local days from `first` on, or from now on, oldest first."""
    now = clock.now()
    found: list[Coming] = []
    for each in await current(configuration, clock):
        zone = each.zone
        start = moment(first, time(0), zone) or now if first else now
        last = (first or now.astimezone(zone).date()) + timedelta(days=days)
        end = moment(last, time(0), zone) or start + timedelta(days=days)
        coming = editions_between(each, start, end - timedelta(microseconds=1))
        found += [Coming(when, edition, each) for edition, when in coming]
    return tuple(sorted(found, key=lambda each: (each.moment, each.edition)))


async def current(configuration: Configuration, clock: Clock) -> tuple[Subscription, ...]:
    """Every subscription as it would be if the bot started now."""
    wanted = declared(configuration)
    began = clock.now() - timedelta(days=3_660)
    kept = await _agreed(configuration, clock)
    told = [each for each in kept if (each.platform, each.channel) not in wanted]
    for place, terms in wanted.items():
        told += _since_ever(terms, place, began)
    return tuple(told)


async def outcomes(configuration: Configuration, clock: Clock, limit: int) -> tuple[Record, ...]:
    """What became of the newest editions of every channel, newest first."""
    if not exists(configuration.own.database_url):
        return ()
    async with look_into(configuration.own.database_url) as database:
        return await Ledger(database, clock).newest(limit)


async def progress(configuration: Configuration, clock: Clock) -> tuple[Progress, ...]:
    """How far the reading of missed discussions has got, on each platform where it goes on."""
    if not exists(configuration.own.database_url):
        return ()
    async with look_into(configuration.own.database_url) as database:
        found = await Recollections(database, clock).progress()
    return tuple(each for each in found if each.ended_at is None)


def _since_ever(terms: Terms, place: Place, began: datetime) -> Sequence[Subscription]:
    return subscriptions(terms, *place, lambda _: began)


async def _agreed(configuration: Configuration, clock: Clock) -> list[Subscription]:
    """What channels agreed on themselves."""
    if not exists(configuration.own.database_url):
        return []
    found: list[Subscription] = []
    async with look_into(configuration.own.database_url) as database:
        held, after = Subscriptions(database, clock), ""
        while page := await held.some(PAGE, after):
            found += [each.subscription for each in page if not each.declared]
            after = page[-1].subscription.id
    return found
