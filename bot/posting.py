"""Posting by hand: a briefing to a channel now, once, through the same ledger and delivery."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.clock import Clock
from bot.declared import declared, default_terms
from bot.delivery.deliver import Delivery
from bot.delivery.plan import drafts, draw_post
from bot.errors import BriefingBotError
from bot.looking_in import open_shelf
from bot.platforms.port import Request, platform_of
from bot.platforms.registry import room
from bot.reaching import locate, reach
from bot.settings import Configuration
from bot.shelf import Shelf
from bot.store.agreements import Place
from bot.store.database import exists, look_into, open_database
from bot.store.ledger import Ledger
from bot.store.machine import here
from bot.store.manners import USUAL, ChannelManners
from bot.store.rows import Plan, Record
from bot.store.subscriptions import Subscriptions
from bot.store.workers import Workers
from bot.store.workspaces import Workspaces
from bot.tongues import tongue_for
from briefings.card import compose_post
from briefings.manners import Manners
from briefings.message import Post
from briefings.model import Entry
from briefings.pick import History, Nothing, Pins, pick
from briefings.schedule import Edition, Layout, Subscription, SubscriptionId
from briefings.search import Winner, decide
from briefings.terms import subscriptions
from briefings.tongue import ENGLISH, speaking

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Order:
    """What to post where, and why that."""

    platform: str
    channel: str
    entry: Entry
    reason: str = BY_HAND
    layout: Layout = Layout.THREAD
    manners: Manners = USUAL

    @property
    def post(self) -> Post:
        """The messages."""
        return compose_post(self.entry, self.layout, self.manners)

    def requests(self) -> tuple[Request, ...]:
        """The calls that would post it; nothing is sent."""
        return room(self.platform).requests(self.post, self.channel)


async def take_order(
    configuration: Configuration, clock: Clock, place: str, asked: str | None
) -> Order:
    """The order for a place such as `slack:C123` and words that name a briefing.

    Without words it is what the channel would get today. Nothing is written. Raises a sentence
    where the place or the words lead nowhere.
    """
    here = locate(configuration, place)
    shelf = await open_shelf(configuration)
    wish, history, pins, manners = await _remembered(configuration, clock, here)
    if asked:
        return Order(*here, _named(shelf, asked), layout=wish.layout, manners=manners)
    day = clock.now().astimezone(wish.zone).date()
    picked = pick(shelf.library, wish, history, day, pins)
    if isinstance(picked, Nothing):
        raise BriefingBotError(f"There is nothing to post to {here[1]}: {picked.reason}.")
    return Order(*here, shelf.library[picked.briefing], picked.reason, wish.layout, manners)


async def post(configuration: Configuration, clock: Clock, order: Order) -> Record:
    """Post it, and return what became of it."""
    own = configuration.own
    edition = Edition(
        SubscriptionId(f"{BY_HAND}/{order.platform}/{order.channel}/{uuid4().hex}"),
        clock.now().astimezone(own.briefing_time_zone).date(),
    )
    async with open_database(own.database_url) as engine:
        workers = Workers(engine, here(), uuid4().hex, clock.now)
        ledger = Ledger(engine, clock, workers.name)
        workspaces = Workspaces(engine, clock, workers.name)
        async with reach(configuration, order.platform, workspaces) as platform:
            plan = _plan(order, edition, clock)
            language = await Subscriptions(engine, clock).language((order.platform, order.channel))
            with speaking(tongue_for(language or ENGLISH)):
                payloads = draw_post(order.post, platform.draw)
            async with workers.at_work(["post"]):
                await ledger.claim(plan, drafts(plan, payloads, await ledger.secret()))
                online = {order.platform: platform}
                rates = {platform_of(order.platform): room(order.platform).rates}
                await Delivery(ledger, online, clock, rates, workers.is_fresh).deliver(edition)
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
        threaded=order.post.threaded,
    )


def _named(shelf: Shelf, asked: str) -> Entry:
    for name, entry in shelf.library.items():
        if name == asked:
            return entry
    decision = decide(shelf.search(asked, 5, 0))
    if isinstance(decision, Winner):
        return shelf.library[decision.id]
    raise BriefingBotError(
        f"“{asked}” fits no briefing, or several: `briefing-bot lookup {asked}` shows what is near."
    )


async def _remembered(
    configuration: Configuration, clock: Clock, here: Place
) -> tuple[Subscription, History, Pins, Manners]:
    """What a channel agreed on, what it had, what is pinned there, and how it discusses."""
    terms = declared(configuration).get(here, default_terms(configuration.own))
    if not exists(configuration.own.database_url):
        return subscriptions(terms, *here, lambda _: clock.now())[0], {}, {}, USUAL
    async with look_into(configuration.own.database_url) as database:
        held = Subscriptions(database, clock)
        agreed = await held.at(here)
        history = await Ledger(database, clock).history(*here)
        pins = await held.pins(here)
        manners = await ChannelManners(database, clock).of(here)
    wanted = agreed.terms if agreed else terms
    return subscriptions(wanted, *here, lambda _: clock.now())[0], history, pins, manners
