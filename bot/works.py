"""The works: the ledger, this process among the others, and the engine that drains lanes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.amending import Press, Shelf
from bot.asking import EVERY as ASK_EVERY
from bot.asking import Asking, Desk
from bot.chronicle import tell
from bot.clock import Clock
from bot.correcting import EVERY as CORRECT_EVERY
from bot.correcting import Correcting
from bot.declared import declare_manners, declared
from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.engine.embedded import Embedded
from bot.engine.port import Engine
from bot.metrics import Metrics
from bot.platforms.port import Platform
from bot.platforms.registry import room
from bot.revising import Revising
from bot.rounds import keep_up
from bot.settings import Configuration
from bot.store.address import is_shared, plain
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.claims import Claims
from bot.store.copies import Copies
from bot.store.database import open_database
from bot.store.discussions import Discussions
from bot.store.drafts import Drafts
from bot.store.feeds import Feeds
from bot.store.heard import Heard
from bot.store.losses import Losses
from bot.store.machine import here
from bot.store.manners import ChannelManners
from bot.store.past import PastPosts
from bot.store.quotes import Quotes
from bot.store.recollections import Recollections
from bot.store.releasing import Releasing
from bot.store.retention import Retention
from bot.store.rows import Plan, Transition
from bot.store.subscriptions import Subscriptions
from bot.store.workers import Workers
from bot.store.workspaces import Workspaces


class Role(StrEnum):
    """What a process does; one may do all."""

    CONNECT = "connect"
    """Hear what people type, and answer."""
    SCHEDULE = "schedule"
    """Write down what is due."""
    DELIVER = "deliver"
    """Send what is written down."""


ALL = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Works:
    """What every part of a running bot works with."""

    url: str
    database: AsyncEngine
    clock: Clock
    workers: Workers
    ledger: Releasing
    metrics: Metrics
    library: Briefings
    subscriptions: Subscriptions
    claims: Claims
    past: PastPosts
    feeds: Feeds
    losses: Losses
    copies: Copies
    drafts: Drafts
    approvals: Approvals
    heard: Heard
    workspaces: Workspaces
    discussions: Discussions
    manners: ChannelManners
    quotes: Quotes
    recollections: Recollections
    retention: Retention


async def open_works(
    stack: AsyncExitStack, url: str, clock: Clock, roles: frozenset[Role]
) -> Works:
    """The ledger, open, with this process entered among the workers."""
    database = await stack.enter_async_context(open_database(url))
    workers = Workers(database, here(), uuid4().hex, clock.now)
    await stack.enter_async_context(workers.at_work(sorted(roles)))
    metrics = Metrics(clock)

    def told(plan: Plan | None, move: Transition) -> None:
        metrics.tell(plan, move)
        tell(plan, move)

    ledger = Releasing(database, clock, workers.name, told)
    await ledger.secret()  # made now: a backup from before the first post knows that post again
    library, held = Briefings(database, clock), Subscriptions(database, clock)
    claims, past = Claims(database, clock), PastPosts(database)
    feeds, losses = Feeds(database, clock), Losses(database, clock)
    copies, drafts = Copies(database, clock), Drafts(database, clock)
    approvals = Approvals(database, clock)
    return Works(
        url, database, clock, workers, ledger, metrics, library, held, claims, past, feeds,
        losses, copies, drafts, approvals, Heard(database, clock),
        Workspaces(database, clock, workers.name), Discussions(database, clock),
        ChannelManners(database, clock), Quotes(database),
        Recollections(database, clock), Retention(database, clock),
    )  # fmt: skip


async def declare(works: Works, configuration: Configuration, names: Sequence[str]) -> None:
    """Have the channels of the settings as those say; `names` are the platforms that are set up."""
    wanted = await works.losses.paused(declared(configuration))
    await works.subscriptions.declare(wanted, names)
    await declare_manners(works.manners, configuration)


def delivery_of(works: Works, online: Mapping[str, Platform], names: Iterable[str]) -> Delivery:
    """The delivery to the platforms that are, or will come, online."""
    rates = {name: room(name).rates for name in names}
    delivery = Delivery(works.ledger, online, works.clock, rates, works.workers.is_fresh)
    delivery.language = works.subscriptions.language
    works.metrics.watch(delivery)
    return delivery


def start_correcting(
    stack: AsyncExitStack, works: Works, delivery: Delivery, shelf: Shelf, revising: Revising
) -> None:
    """Keep the posted copies as their briefings are, until the stack is closed."""
    books = (works.copies, works.subscriptions, works.ledger, works.workers)
    press = Press(*books, delivery, works.clock, shelf, revising)
    keep_up(stack, Correcting(press, delivery.platforms).look, CORRECT_EVERY)


def start_asking(stack: AsyncExitStack, desk: Desk) -> None:
    """Ask editors before the hour, until the stack is closed."""
    keep_up(stack, Asking(desk).look, ASK_EVERY)


async def open_engine(
    stack: AsyncExitStack,
    works: Works,
    delivery: Delivery,
    names: Iterable[str],
    roles: frozenset[Role],
) -> Engine:
    """The engine that fits the database, at work; it delivers only where that is our role.

    `names` are the platforms whose tokens are set, also those that are not online yet.
    """
    wanted = names if Role.DELIVER in roles else ()
    lanes = [Lane(name, works.ledger, delivery, works.clock) for name in wanted]
    engine = _engine(works, lanes)
    stack.push_async_callback(engine.close)
    await engine.start()
    return engine


def _engine(works: Works, lanes: list[Lane]) -> Engine:
    if not is_shared(works.url):
        return Embedded(lanes, works.workers)
    # Importing the queue takes half a second: not for a bot that keeps its data in a file.
    from bot.engine.queued import Queued

    return Queued(plain(works.url), lanes, may_work=works.workers.is_current)
