"""Reactions in the database: who put which sign under what is kept, or how many did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.talks import contribution, reaction
from bot.store.upsert import inserting

Message: TypeAlias = tuple[str, str, str]
"""Platform, channel and message."""

NOBODY = ""
"""Whoever reacted while nobody listened: the platform tells how many they are."""


async def change_sign(
    connection: AsyncConnection, where: Message, what: tuple[str, str], *, away: bool
) -> None:
    """Somebody (the person and the sign) put a sign under a message, or took it away."""
    person, sign = what
    row = {**_key(where), "person": person, "sign": sign}
    if not await _is_kept(connection, where):
        return
    if not away:
        insert = inserting(connection)(reaction).values({**row, "count": 1})
        await connection.execute(insert.on_conflict_do_nothing())
    elif not (await connection.execute(delete(reaction).filter_by(**row))).rowcount:
        unnamed = {**row, "person": NOBODY}
        fewer = update(reaction).filter_by(**unnamed).values(count=reaction.c.count - 1)
        await connection.execute(fewer)
        await connection.execute(delete(reaction).filter_by(**unnamed, count=0))


async def clear_signs(connection: AsyncConnection, where: Message, sign: str | None) -> None:
    """Keep no sign of this kind under a message, whoever put it; nothing: none at all."""
    which = {} if sign is None else {"sign": sign}
    await connection.execute(delete(reaction).filter_by(**_key(where), **which))


async def count_signs(
    connection: AsyncConnection, where: Message, counted: Mapping[str, int]
) -> None:
    """Have as many of each sign under a message as the platform counts; named as far as known."""
    if not await _is_kept(connection, where):
        return
    named = await _named(connection, where)
    for sign, people in named.items():
        if people > counted.get(sign, 0):  # some took theirs away, and nobody says who
            await connection.execute(delete(reaction).filter_by(**_key(where), sign=sign))
    await connection.execute(delete(reaction).filter_by(**_key(where), person=NOBODY))
    for sign, number in counted.items():
        known = named.get(sign, 0)
        unnamed = number - known if known <= number else number
        if unnamed > 0:
            row = {**_key(where), "sign": sign, "person": NOBODY, "count": unnamed}
            await connection.execute(reaction.insert().values(row))


async def _named(connection: AsyncConnection, where: Message) -> dict[str, int]:
    query = select(reaction.c.sign).filter_by(**_key(where)).where(reaction.c.person != NOBODY)
    found: dict[str, int] = {}
    for row in (await connection.execute(query)).all():
        found[row.sign] = found.get(row.sign, 0) + 1
    return found


async def _is_kept(connection: AsyncConnection, where: Message) -> bool:
    query = select(contribution.c.message).filter_by(**_key(where))
    return (await connection.execute(query)).first() is not None


def _key(where: Message) -> dict[str, str]:
    return dict(zip(("platform", "channel", "message"), where, strict=True))
