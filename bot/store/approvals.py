"""Approvals in the database: whose posts need one, what is up for it, and who decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Row, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import newsroom, tables
from bot.store.agreements import Act, Place, note
from bot.store.approval_rows import Barred, approval_name, approvals, edition_of
from bot.store.approval_rows import approval as _of
from bot.store.approval_rows import rule as _rule
from bot.store.claims import Claimed, write_down
from bot.store.database import speaking
from bot.store.rows import key
from briefings.approving import Approval, Decision, Rule
from briefings.model import BriefingId
from briefings.schedule import Edition

_approval = newsroom.approval.c


class Approvals:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def rules(self) -> Mapping[Place, Rule]:
        """Every channel whose posts are approved, and how."""
        rows = await self._rows(select(newsroom.editors))
        return {(row.platform, row.channel): _rule(row) for row in rows}

    async def rule(self, place: Place) -> Rule | None:
        """How a channel's posts are approved, where they are."""
        rows = await self._rows(select(newsroom.editors).filter_by(**_key(place)))
        return _rule(rows[0]) if rows else None

    async def agree(self, place: Place, rule: Rule | None, act: Act) -> None:
        """Have a channel's posts approved, or no longer."""
        after = f"{rule.called} {rule.silence}" if rule else "off"
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(newsroom.editors).filter_by(**_key(place)))
                if rule:
                    row = {**_key(place), "editors": rule.editors, "called": rule.called}
                    row["silence"] = rule.silence.value
                    await connection.execute(newsroom.editors.insert().values(row))
                await note(connection, place, act, (None, after), self._clock.now())

    async def find(self, name: str) -> tuple[Place, Approval] | None:
        """An approval by its name, and whose it is."""
        rows = await self._rows(approvals().where(_approval.name == name))
        if not rows:
            return None
        return (rows[0].platform, rows[0].channel), _of(rows[0])

    async def of(self, editions: Collection[Edition]) -> Mapping[Edition, Approval]:
        """The approvals of some editions, as far as they were asked for."""
        names = [approval_name(each) for each in editions]
        rows = await self._rows(approvals().where(_approval.name.in_(names)))
        return {edition_of(row): _of(row) for row in rows}

    async def at(self, place: Place) -> Sequence[Approval]:
        """What is up for approval for a channel whose hour is still to come."""
        query = approvals().where(_approval.due_at > self._clock.now())
        platform, channel = place
        query = query.where(_approval.platform == platform, _approval.channel == channel)
        return [_of(row) for row in await self._rows(query)]

    async def passed(self, name: str) -> frozenset[BriefingId]:
        """The briefings that were up for approval before, and swapped for another one."""
        rows = await self._rows(select(_approval.passed).where(_approval.name == name))
        return frozenset(BriefingId(each) for row in rows for each in row.passed)

    async def show(self, place: Place, approval: Approval, asking: Claimed) -> bool:
        """Have something shown to the editors, once; false where another process was first."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    if not await self._put(connection, place, approval):
                        return False
                    await write_down(connection, asking, self._clock.now())
                    return True
        except IntegrityError:
            return False

    async def decide(self, name: str, number: int, decision: Decision) -> Approval | Barred:
        """Write a decision down about what was shown for the `number`th time."""
        values = {"verdict": decision.verdict.value, "person": decision.person}
        return await self._change(name, number, {**values, "decided_at": decision.at})

    async def swap(self, name: str, number: int, briefing: BriefingId) -> Approval | Barred:
        """Put another briefing up; it is undecided, and not shown yet."""
        gone = sorted({*await self.passed(name), *await self._up(name)})
        undecided = {"verdict": None, "person": None, "decided_at": None}
        values = {"briefing": briefing, "passed": gone, "printed": "", **undecided}
        return await self._change(name, number, values)

    async def _up(self, name: str) -> list[str]:
        rows = await self._rows(select(_approval.briefing).where(_approval.name == name))
        return [row.briefing for row in rows]

    async def _change(
        self, name: str, number: int, values: Mapping[str, object]
    ) -> Approval | Barred:
        """Change what is up for approval, where nothing came of it yet."""
        with speaking():
            async with self._engine.begin() as connection:
                query = approvals().where(_approval.name == name)
                locked = query.with_for_update(of=newsroom.approval)
                row = (await connection.execute(locked)).one_or_none()
                if row is None:
                    return Barred.UNKNOWN
                if row.round != number:
                    return Barred.STALE
                if row.due_at <= self._clock.now() or await _is_claimed(connection, row):
                    return Barred.TOO_LATE
                await connection.execute(
                    update(newsroom.approval).filter_by(name=name).values(values)
                )
                return _of((await connection.execute(query)).one())

    async def _put(self, connection: AsyncConnection, place: Place, approval: Approval) -> bool:
        shown = {
            "editors": approval.rule.editors,
            "due_at": approval.due_at,
            "briefing": approval.briefing,
            "printed": approval.printed,
            "round": approval.round,
            "verdict": None,
            "person": None,
            "decided_at": None,
        }
        if approval.round == 0:
            row = {"name": approval.name, **key(approval.edition), **_key(place), "passed": []}
            await connection.execute(newsroom.approval.insert().values(row | shown))
            return True
        before = {"name": approval.name, "round": approval.round - 1}
        query = update(newsroom.approval).filter_by(**before).values(shown)
        return (await connection.execute(query)).rowcount == 1

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


async def _is_claimed(connection: AsyncConnection, row: Row[Any]) -> bool:
    query = select(tables.edition.c.day).filter_by(subscription=row.subscription, day=row.day)
    return (await connection.execute(query)).first() is not None


def _key(place: Place) -> dict[str, Any]:
    platform, channel = place
    return {"platform": platform, "channel": channel}
