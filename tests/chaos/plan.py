"""What a run of chaos is to post: known beforehand to the workers and to the judge."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.delivery.plan import drafts
from bot.platforms.registry import room
from bot.store.rows import Draft, Plan
from briefings.blocks import Paragraph, plain
from briefings.message import Message
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

PARTS = 2
DAY_ONE = date(2026, 1, 1)


class Plant(StrEnum):
    """A fault that is planted in our own code, to see that the judge finds it."""

    NONE = ""
    DOUBLE = "double"
    """Whatever is unknown is taken as not sent."""
    LOSS = "loss"
    """Now and then a message is called sent that was not."""


@dataclass(frozen=True)
class Order:
    """One run: where everything is, how fast time goes, and how much there is to do."""

    database: str
    settings: dict[str, str]
    channels: dict[str, tuple[str, ...]]
    origin: float
    speed: float
    editions: int
    gap: float
    """Seconds (of the sped-up time) from one edition's moment to the next."""
    plant: Plant = Plant.NONE
    die_at: int = 0
    """The await, counted from when it looks for work, at which the worker kills itself."""
    die_within: float = 0.0
    """Seconds after it got work, at whatever instant, when the worker kills itself."""
    jump: float = 0.0
    """Seconds by which the worker's wall clock is wrong."""
    jumps_after: float = 0.0
    """Seconds of the worker's life for which its clock is right."""
    seed: int = field(default_factory=lambda: random.randrange(1 << 30))


def titles(number: int) -> tuple[str, ...]:
    """The card and the parts of an edition, as they are recognised in a channel."""
    return tuple(f"e{number}p{part}" for part in range(PARTS + 1))


def planned(order: Order) -> Iterator[Plan]:
    """Every edition of the run, in the order of their moments."""
    for number in range(order.editions):
        platforms = sorted(order.channels)
        platform = platforms[number % len(platforms)]
        mine = order.channels[platform]
        channel = mine[number // len(platforms) % len(mine)]
        due = datetime.fromtimestamp(order.origin + number * order.gap, UTC)
        edition = Edition(SubscriptionId(f"{platform}/{channel}"), DAY_ONE + timedelta(days=number))
        title = titles(number)[0]
        yield Plan(edition, platform, channel, due, briefing=BriefingId("chaos"), title=title)


def written(plan: Plan, secret: bytes) -> tuple[Draft, ...]:
    """The messages of an edition, drawn by its room."""
    number = (plan.edition.day - DAY_ONE).days
    messages = [Message(title, (Paragraph(plain("Chaos.")),)) for title in titles(number)]
    payloads = [payload for each in messages for payload in room(plan.platform).draw(each)]
    return drafts(plan, payloads, secret)
