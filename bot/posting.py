"""Posting by hand: a briefing to a channel now, once, through the same ledger and delivery."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.app import configured_rooms, connect, open_shelf, subscription
from bot.clock import Clock
from bot.delivery.deliver import Delivery
from bot.delivery.plan import drafts, draw_post
from bot.errors import BriefingBotError, SettingError
from bot.platforms.port import Request
from bot.platforms.registry import room
from bot.settings import Configuration
from bot.shelf import Shelf
from bot.store.database import exists, open_database
from bot.store.ledger import Ledger
from bot.store.rows import Plan, Record
from briefings.card import compose_post
from briefings.model import Entry
from briefings.pick import History, Nothing, pick
from briefings.schedule import Edition, SubscriptionId
from briefings.search import Winner, decide

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Order:
    """What to post where, and why that."""

    platform: str
    channel: str
    entry: Entry
    reason: str = BY_HAND

    def requests(self) -> tuple[Request, ...]:
        """The calls that would post it; nothing is sent."""
        return room(self.platform).requests(compose_post(self.entry), self.channel)


async def take_order(
    configuration: Configuration, clock: Clock, place: str, asked: str | None
) -> Order:
    """The order for a place such as `slack:C123` and words that name a briefing.

    Without words it is what the channel would get today. Raises a sentence where the place or
    the words lead nowhere.
    """
    platform, channel = locate(configuration, place)
    shelf = await open_shelf(configuration)
    if asked:
        return Order(platform, channel, _named(shelf, asked))
    return await _todays(configuration, clock, shelf, (platform, channel))


def locate(configuration: Configuration, place: str) -> tuple[str, str]:
    """The platform and channel of `slack:C123`, or of an id that the settings name."""
    platform, _, channel = place.partition(":")
    if platform in configuration.rooms and channel:
        return platform, channel
    found = [
        (each.name, place)
        for each in configured_rooms(configuration)
        if place in configuration.rooms[each.name].channels
    ]
    if len(found) == 1:
        return found[0]
    raise SettingError(
        f"{place} names no channel: write {' or '.join(configuration.rooms)}, a colon and the"
        " channel's id, such as slack:C0123456789."
    )


async def post(configuration: Configuration, clock: Clock, order: Order) -> Record:
    """Post it, and return what became of it."""
    own = configuration.own
    edition = Edition(
        SubscriptionId(f"{BY_HAND}/{order.platform}/{order.channel}/{uuid4().hex}"),
        clock.now().astimezone(own.briefing_time_zone).date(),
    )
    async with (
        open_database(own.database_url) as engine,
        connect(configuration, order.platform) as platform,
    ):
        ledger = Ledger(engine, clock)
        plan = _plan(order, edition, clock)
        payloads = draw_post(compose_post(order.entry), platform.draw)
        await ledger.claim(plan, drafts(plan, payloads, await ledger.secret()))
        await Delivery(ledger, {order.platform: platform}, clock).deliver(edition)
        record = await ledger.find(edition)
    if record is None:
        raise BriefingBotError("The ledger lost the post: check DATABASE_URL.")
    return record


def _plan(order: Order, edition: Edition, clock: Clock) -> Plan:
    return Plan(
        edition,
        order.platform,
        order.channel,
        clock.now(),
        briefing=order.entry.id,
        title=order.entry.briefing.title,
        pick_reason=order.reason,
    )


def _named(shelf: Shelf, asked: str) -> Entry:
    for name, entry in shelf.library.items():
        if name == asked:
            return entry
    decision = decide(shelf.search(asked, 5, 0))
    if isinstance(decision, Winner):
        return shelf.library[decision.id]
    raise BriefingBotError(
        f"“{asked}” names no one briefing: `briefing-bot lookup {asked}` shows what is near."
    )


async def _todays(
    configuration: Configuration, clock: Clock, shelf: Shelf, place: tuple[str, str]
) -> Order:
    own = configuration.own
    wish = subscription(own, SubscriptionId(""), *place, clock.now())
    history: History = {}
    if exists(own.database_url):
        async with open_database(own.database_url) as engine:
            history = await Ledger(engine, clock).history(*place)
    picked = pick(shelf.library, wish, history, clock.now().astimezone(wish.zone).date())
    if isinstance(picked, Nothing):
        raise BriefingBotError(f"There is nothing to post to {place[1]}: {picked.reason}.")
    return Order(*place, shelf.library[picked.briefing], picked.reason)
