"""The questions that the ledger asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from bot.store import tables
from bot.store.rows import OPEN, State, key
from bot.store.states import STANDS
from briefings.model import BriefingId
from briefings.schedule import Edition

ABSURD = timedelta(hours=2)
"""A next try this far ahead was written by a clock that went wrong: it is due now."""

_edition = tables.edition.c


def claimed_since(day: date) -> Select[Any]:
    return select(_edition.subscription, _edition.day).where(_edition.day >= day)


def still_open() -> Select[Any]:
    return select(tables.edition).where(_edition.state.in_(OPEN)).order_by(_edition.due_at)


def stuck(before: datetime, limit: int) -> Select[Any]:
    """Open editions that were due before a moment, the oldest first."""
    return still_open().where(_edition.due_at < before).limit(limit)


def numbers() -> Select[Any]:
    """How many editions of each platform are in each state that somebody has to do with."""
    held = (*OPEN, State.PARKED)
    number = func.count().label("number")
    columns = (_edition.platform, _edition.state)
    return select(*columns, number).where(_edition.state.in_(held)).group_by(*columns)


def overdue(before: datetime, limit: int) -> Select[Any]:
    """Subscriptions whose hour passed without anybody looking at them, the oldest first."""
    columns = tables.subscription.c
    return (
        select(columns.platform, columns.channel, columns.next_due_at)
        .where(columns.next_due_at < before)
        .order_by(columns.next_due_at)
        .limit(limit)
    )


def in_state(state: State, limit: int) -> Select[Any]:
    newest = _edition.due_at.desc()
    return select(tables.edition).where(_edition.state == state).order_by(newest).limit(limit)


def one(edition: Edition) -> Select[Any]:
    return select(tables.edition).filter_by(**key(edition))


def messages_of(edition: Edition) -> Select[Any]:
    return select(tables.message).filter_by(**key(edition)).order_by(tables.message.c.number)


def messages_of_all(editions: Sequence[Edition]) -> Select[Any]:
    columns = tables.message.c
    keys = [(each.subscription, each.day) for each in editions]
    return (
        select(tables.message)
        .where(tuple_(columns.subscription, columns.day).in_(keys))
        .order_by(columns.subscription, columns.day, columns.number)
    )


def moves_of(edition: Edition) -> Select[Any]:
    return select(tables.transition).filter_by(**key(edition)).order_by(tables.transition.c.id)


def bodies(digests: list[str]) -> Select[Any]:
    columns = tables.payload.c
    return select(columns.digest, columns.body).where(columns.digest.in_(digests))


def heads_of_line(platform: str, worker: str | None, now: datetime, limit: int) -> Select[Any]:
    """The open editions that come first in their channels and that nobody, or `worker`, has.

    The longest due comes first. A channel's later edition waits for its earlier one, however
    long that is delayed, so that posts stay in their order.

    It walks once over what is open. Asked for those without an earlier one, a PostgreSQL that had
    not counted ten thousand new rows yet compared each with all others, for 20 seconds.
    """
    order = (_edition.due_at, _edition.subscription)
    place = func.row_number().over(partition_by=_edition.channel, order_by=order).label("place")
    waiting = select(tables.edition, place).where(
        _edition.platform == platform, _edition.state.in_(OPEN)
    )
    each = waiting.subquery().c
    may_go = or_(
        each.next_try_at.is_(None), each.next_try_at <= now, each.next_try_at > now + ABSURD
    )
    free = or_(each.owner.is_(None), each.owner == worker)
    return (
        select(*(each[column.name] for column in tables.edition.c))
        .where(each.place == 1, free, may_go)
        .order_by(each.due_at, each.subscription)
        .limit(limit)
    )


def gone_there(platform: str, channel: str) -> Select[Any]:
    """The briefings that went to a channel, or are on their way there, with their last day."""
    return (
        select(_edition.briefing, func.max(_edition.day).label("day"))
        .where(_edition.platform == platform, _edition.channel == channel)
        .where(_edition.briefing.is_not(None), was_seen())
        .group_by(_edition.briefing)
    )


def gone_to(
    platform: str, channels: Sequence[str], briefings: Collection[BriefingId] | None = None
) -> Select[Any]:
    """The same for many channels, of all briefings or of some: a row a briefing and channel."""
    query = (
        select(_edition.channel, _edition.briefing, func.max(_edition.day).label("day"))
        .where(_edition.platform == platform, _edition.channel.in_(channels))
        .where(_edition.briefing.is_not(None), was_seen())
        .group_by(_edition.channel, _edition.briefing)
    )
    return query if briefings is None else query.where(_edition.briefing.in_(briefings))


def was_seen() -> ColumnElement[bool]:
    """Whether an edition counts as posted: it may still come, or its card stands in its channel.

    One whose thread was refused after its card was sent must not come again the next day.
    """
    columns = tables.message.c
    card = exists().where(
        columns.subscription == _edition.subscription,
        columns.day == _edition.day,
        columns.number == 0,
        columns.state.in_(STANDS),
    )
    counts = _edition.state.in_((*OPEN, State.SENT, State.PARKED))
    return or_(counts, and_(_edition.state.in_((State.REFUSED, State.SKIPPED)), card))


def newest(limit: int) -> Select[Any]:
    """The newest editions of all channels."""
    return select(tables.edition).order_by(_edition.due_at.desc()).limit(limit)


def newest_at(platform: str, channel: str, limit: int) -> Select[Any]:
    """The newest editions of a channel, without what it was told beside them."""
    return (
        select(tables.edition)
        .filter_by(platform=platform, channel=channel)
        .where(_edition.subscription.not_like("notice/%"))
        .where(_edition.subscription.not_like("approval/%"))
        .where(_edition.subscription.not_like("recap/%"), _edition.within.is_(None))
        .where(_edition.subscription.not_like("promise/%"))
        .order_by(_edition.due_at.desc())
        .limit(limit)
    )


def newest_thread(platform: str, channel: str, briefing: BriefingId) -> Select[Any]:
    return (
        select(tables.edition)
        .filter_by(platform=platform, channel=channel, briefing=briefing)
        .where(_edition.thread.is_not(None))
        .order_by(_edition.due_at.desc())
        .limit(1)
    )
