"""What rows of watched lines say, what they are called, and which were asked about in vain."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, case, cast, func, literal, select

from bot.store import tables
from bot.store.agreements import Place
from bot.store.states import State
from bot.store.talks import promise
from briefings.model import BriefingId
from briefings.schedule import SubscriptionId
from briefings.watching import Standing, Watched

_promise, _edition = promise.c, tables.edition.c


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was asked about in vain: on so many days, of which `day` is the last one."""

    watched: Watched
    tries: int
    day: date


def promise_name(place: Place, briefing: BriefingId, line: str) -> str:
    """What a watched line is called: the same line in the same channel has one name."""
    return hashlib.sha256("|".join((*place, briefing, line)).encode()).hexdigest()[:16]


def asking(watched: Watched) -> SubscriptionId:
    """What editions are called that ask about a line."""
    return SubscriptionId(f"promise/{watched.name}/{watched.round}")


def refused(platforms: Collection[str], since: datetime) -> Select[Any]:
    """The lines asked about since then whose every edition was refused, how many, the last day."""
    refusals = func.sum(case((_edition.state == State.REFUSED, 1), else_=0))
    return (
        select(promise, func.count().label("tries"), func.max(_edition.day).label("last"))
        .join(tables.edition, _edition.subscription == _asking())
        .where(_promise.state == Standing.ASKED, _promise.platform.in_(platforms))
        .where(_promise.changed_at >= since)
        .group_by(_promise.name)
        .having(refusals == func.count())
    )


def watched_of(row: Row[Any]) -> Watched:
    """The line of a row."""
    return Watched(
        row.name, row.platform, row.channel, row.thread, BriefingId(row.briefing), row.section,
        row.line, row.due, Standing(row.state), row.round,
    )  # fmt: skip


def row_of(watched: Watched, now: datetime) -> dict[str, object]:
    """The row of a line, as it is from now on."""
    return {
        "name": watched.name,
        "platform": watched.platform,
        "channel": watched.channel,
        "thread": watched.thread,
        "briefing": watched.briefing,
        "section": watched.section,
        "line": watched.line,
        "due": watched.due,
        "state": watched.standing.value,
        "round": watched.round,
        "changed_at": now,
    }


def _asking() -> ColumnElement[str]:
    """As `asking`, of a row."""
    return literal("promise/") + _promise.name + "/" + cast(_promise.round, String)
