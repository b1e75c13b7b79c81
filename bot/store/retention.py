"""What is forgotten in the database: what is older than a channel keeps it, and disowned text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, exists, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.database import speaking
from bot.store.manners import USUAL
from bot.store.talks import contribution, manners, reaction, signal

_said, _sign, _chosen = contribution.c, reaction.c, manners.c


class Retention:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def forget(self) -> int:
        """Forget what is too old, and text that its channel does not allow; the messages gone."""
        with speaking():
            async with self._engine.begin() as connection:
                now = self._clock.now()
                gone = await self._outdated(
                    connection, contribution, lambda kept: _said.at < now - kept
                )
                await self._outdated(
                    connection, signal, lambda kept: signal.c.day < (now - kept).date()
                )
                await connection.execute(delete(reaction).where(~exists().where(_is_under())))
                unsaid: dict[str, object] = {"text": None, "links": [], "wording": None}
                silent = and_(_said.text.is_not(None), ~_allowed())
                await connection.execute(update(contribution).where(silent).values(unsaid))
        return gone

    async def _outdated(
        self,
        connection: AsyncConnection,
        table: Table,
        before: Callable[[timedelta], ColumnElement[bool]],
    ) -> int:
        """Delete the rows of a table that are older than their channels keep them; how many."""
        columns, chose = table.c, select(_chosen.platform, _chosen.channel)
        kept = (await connection.execute(select(manners))).all()
        usual = ~tuple_(columns.platform, columns.channel).in_(chose)
        old = [and_(usual, before(timedelta(days=USUAL.kept_days)))]
        for row in kept:
            here = and_(columns.platform == row.platform, columns.channel == row.channel)
            old.append(and_(here, before(timedelta(days=row.kept_days))))
        gone = 0
        for each in old:  # not one condition: a database takes so many terms and no more
            gone += (await connection.execute(delete(table).where(each))).rowcount
        return gone


def _is_under() -> ColumnElement[bool]:
    return and_(
        _said.platform == _sign.platform,
        _said.channel == _sign.channel,
        _said.message == _sign.message,
    )


def _allowed() -> ColumnElement[bool]:
    mine = and_(_chosen.platform == _said.platform, _chosen.channel == _said.channel)
    return exists().where(mine, _chosen.keeps_text.is_(True))
