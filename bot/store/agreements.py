"""What a channel agreed on, written down and taken away inside somebody's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Executable, Select, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tables
from bot.store.subscription_rows import Held, held, terms_row
from briefings.schedule import Subscription, next_moment
from briefings.terms import Terms, line_of, subscription_ids, subscriptions, terms_of

Place: TypeAlias = tuple[str, str]
"""A platform's name and a channel's id there."""

_row = tables.subscription.c


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to a channel's posts."""

    person: str
    verb: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a channel agreed on, and whether the settings say so."""

    terms: Terms
    declared: bool
    held: tuple[Held, ...]

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """One a time."""
        return tuple(each.subscription for each in self.held)


async def write_terms(
    connection: AsyncConnection, place: Place, terms: Terms, act: Act, how: tuple[bool, datetime]
) -> None:
    """Write a channel's terms down; `how` says whether the settings declare them, and the time."""
    declared, now = how
    rows = (await connection.execute(rows_of(place))).all()
    before = agreement([held(row) for row in rows])
    began = (
        {each.subscription.id: each.subscription.since for each in before.held} if before else {}
    )
    wanted = subscriptions(terms, *place, lambda name: began.get(name, now))
    surplus = set(began) - set(subscription_ids(terms, *place))
    if surplus:
        await connection.execute(delete(tables.subscription).where(_row.id.in_(surplus)))
    for each in wanted:
        row = {**terms_row(each), **_clock_row(each, now), "declared": declared}
        if each.id in began:
            query: Executable = update(tables.subscription).filter_by(id=each.id).values(row)
        else:
            query = tables.subscription.insert().values(
                id=each.id, since=now, troubled=False, **row
            )
        await connection.execute(query)
    lines = (line_of(before.terms) if before else None, line_of(terms))
    await note(connection, place, act, lines, now)


async def remove(connection: AsyncConnection, place: Place, act: Act, now: datetime) -> bool:
    """Take a channel's subscriptions away; false where it has none."""
    before = agreement([held(row) for row in (await connection.execute(rows_of(place))).all()])
    if before is None:
        return False
    ids = [each.id for each in before.subscriptions]
    await connection.execute(delete(tables.subscription).where(_row.id.in_(ids)))
    await note(connection, place, act, (line_of(before.terms), None), now)
    return True


async def note(
    connection: AsyncConnection,
    place: Place,
    act: Act,
    lines: tuple[str | None, str | None],
    now: datetime,
) -> None:
    """Write into the audit trail who changed what; the lines say how it was, and how it is."""
    platform, channel = place
    before, after = lines
    await connection.execute(
        tables.audit.insert().values(
            at=now,
            platform=platform,
            channel=channel,
            person=act.person,
            act=act.verb,
            before=before,
            after=after,
        )
    )


def agreement(rows: Sequence[Held]) -> Agreement | None:
    """The rows of a channel as one agreement."""
    if not rows:
        return None
    return Agreement(terms_of([each.subscription for each in rows]), rows[0].declared, tuple(rows))


def rows_of(place: Place) -> Select[Any]:
    """A channel's rows, by their times."""
    platform, channel = place
    query = select(tables.subscription).filter_by(platform=platform, channel=channel)
    return query.order_by(_row.at, _row.id)


def _clock_row(subscription: Subscription, now: datetime) -> dict[str, object]:
    """Where the clock of a changed subscription stands: what was before now is over."""
    begun = max(now, subscription.since)
    first = next_moment(subscription, begun, included=True)
    return {"cursor": first, "next_due_at": first}


async def by_place(
    connection: AsyncConnection, wanted: Iterable[Place]
) -> Mapping[Place, Agreement]:
    """The agreements that the settings declared, and those of certain channels."""
    asked = tuple_(_row.platform, _row.channel).in_(list(wanted))
    query = select(tables.subscription).where(_row.declared.is_(True) | asked)
    rows = (await connection.execute(query.order_by(_row.at, _row.id))).all()
    grouped: dict[Place, list[Held]] = {}
    for row in rows:
        grouped.setdefault((row.platform, row.channel), []).append(held(row))
    found = {place: agreement(each) for place, each in grouped.items()}
    return {place: each for place, each in found.items() if each}
