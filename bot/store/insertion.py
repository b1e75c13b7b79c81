"""Writes the editions of many channels down at once, with a statement for all that are alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tables
from bot.store.rows import Plan, edition_row
from briefings.schedule import SubscriptionId

_row = tables.subscription.c


async def insert_editions(
    connection: AsyncConnection,
    plans: Sequence[Plan],
    own: Collection[SubscriptionId],
    now: datetime,
) -> None:
    """Write editions down; those of the subscriptions `own` that differ by channel alone, at once.

    The others, such as notices, belong to no subscription and are written one by one.
    """
    alike: dict[tuple[object, ...], list[SubscriptionId]] = {}
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for plan in plans:
        row = edition_row(plan, now)
        name, channel = row.pop("subscription"), row.pop("channel")
        if name not in own:
            row |= {"subscription": name, "channel": channel}
            await connection.execute(tables.edition.insert().values(row))
            continue
        values = tuple(row.values())
        rows[values] = row
        alike.setdefault(values, []).append(plan.edition.subscription)
    for values, names in alike.items():
        await connection.execute(_insertion(rows[values], names))


def _insertion(row: dict[str, object], names: Sequence[SubscriptionId]) -> Executable:
    """The editions of several subscriptions that are the same but for their channels."""
    columns = tables.edition.c
    told = [bindparam(None, value, columns[name].type) for name, value in row.items()]
    source = select(_row.id, _row.channel, *told).where(_row.id.in_(names))
    return tables.edition.insert().from_select(["subscription", "channel", *row], source)
