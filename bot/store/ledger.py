"""The ledger: every edition and message, written before and after each send."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.errors import Overtaken
from bot.store import queries, tables
from bot.store.database import speaking
from bot.store.memory import Memory
from bot.store.moves import move_edition, move_message, moved, recorded
from bot.store.printing import write_down, write_out
from bot.store.rows import (
    OPEN,
    Draft,
    Plan,
    Record,
    State,
    Transition,
    Written,
    key,
    record,
)
from bot.store.writer import Step, Writer
from briefings.schedule import Edition

Told: TypeAlias = Callable[[Plan | None, Transition], None]
"""Whoever is told of every move once it is written, with the plan of what is in our hand."""


BITE = 100
"""Editions that are taken in one transaction."""


class Ledger(Memory):
    """The truth about what was sent; every method is one transaction.

    Raises StoreError where the database does not answer, Overtaken where another worker was
    quicker with a move.
    """

    def __init__(
        self, engine: AsyncEngine, clock: Clock, worker: str | None = None, told: Told | None = None
    ) -> None:
        super().__init__(engine, clock)
        self.worker = worker or f"alone-{uuid4().hex[:12]}"
        self._writer = Writer(engine)
        self._told = told or (lambda _, __: None)
        self._in_hand: dict[Edition, Plan] = {}

    async def claim(self, plan: Plan, drafts: Sequence[Draft] = ()) -> bool:
        """Write an edition down with all its messages; false where it was written before."""
        try:
            await self._write(plan, drafts)
        except IntegrityError:
            if await self.find(plan.edition):
                return False
            await self._write(plan, drafts)  # another edition was just storing the same payload
        return True

    async def _write(self, plan: Plan, drafts: Sequence[Draft]) -> None:
        with speaking():
            await write_down(self._engine, plan, drafts, self._clock.now())

    async def mark(
        self,
        message: Written,
        state: State,
        platform_id: str | None = None,
        reason: str | None = None,
        *,
        haste: bool = True,
    ) -> Written:
        """Write down what a message is about to become, or became; the message as it is then.

        Without `haste` the write waits a little for others, to share their commit.
        """
        now = self._clock.now()
        becomes = moved(message, state, now, platform_id, reason)
        step = move_message(message, becomes, reason, now)
        move = self._transition(message.edition, message.number, (message.state, state), reason)
        await self._writer.write((step, recorded(move)), haste=haste)
        self._told(self._in_hand.get(message.edition), move)
        return becomes

    async def take(self, edition: Edition) -> Record | None:
        """An open edition, in our hand from now on; nothing where there is none to be had."""
        found = await self.find(edition)
        if found is None or found.plan.state not in OPEN:
            return None
        taken = await self._take([found])
        return taken[0] if taken else None

    async def take_due(
        self, platform: str, limit: int, *, busy: bool
    ) -> AsyncGenerator[tuple[Record, ...], None]:
        """Open editions of a platform whose turn it is in their channels, in our hand from now on.

        They come some at a time: a transaction of all would hold up the messages that are being
        sent. While we are `busy`, those that are in our hand already are left alone.
        """
        worker = None if busy else self.worker
        query = queries.heads_of_line(platform, worker, self._clock.now(), limit)
        found = [record(row) for row in await self._rows(query)]
        for some in range(0, len(found), BITE):
            yield await self._take(found[some : some + BITE])

    async def open_thread(self, edition: Edition, thread: str) -> None:
        """Write down the thread under an edition's card."""
        await self._change(edition, {"thread": thread})

    async def note_late(self, edition: Edition, reason: str) -> None:
        """Write down why an edition was late."""
        await self._change(edition, {"late_reason": reason})

    async def _change(self, edition: Edition, row: Mapping[str, str]) -> None:
        values = {**row, "changed_at": self._clock.now()}
        with speaking():
            async with self._engine.begin() as connection:
                query = update(tables.edition).filter_by(**key(edition)).values(values)
                await connection.execute(query)

    async def finish(
        self,
        record: Record,
        state: State,
        reason: str | None = None,
        next_try_at: datetime | None = None,
        *,
        haste: bool = True,
    ) -> None:
        """Let go of an edition that is in our hand, and write down what became of it."""
        self._in_hand.pop(record.plan.edition, None)
        await self._write_moves([record], state, reason, next_try_at, haste=haste)

    async def is_due(self, platform: str) -> bool:
        """Whether an open edition of a platform may go now and is in nobody's hand but ours."""
        query = queries.heads_of_line(platform, self.worker, self._clock.now(), 1)
        return bool(await self._rows(query))

    async def _take(self, found: Sequence[Record]) -> tuple[Record, ...]:
        if any(each.owner not in {None, self.worker} for each in found):
            return ()
        free = [each for each in found if each.owner is None]
        try:
            await self._write_moves(free, State.CLAIMED)
        except Overtaken:
            return ()
        self._in_hand |= {each.plan.edition: each.plan for each in found}
        unwritten = [each.plan for each in free if each.plan.printed]
        if unwritten:
            with speaking():
                await write_out(self._engine, unwritten, await self.secret(), self._clock.now())
        return tuple(
            replace(each, plan=replace(each.plan, state=State.CLAIMED), owner=self.worker)
            for each in found
        )

    async def _write_moves(
        self,
        records: Sequence[Record],
        state: State,
        reason: str | None = None,
        next_try_at: datetime | None = None,
        *,
        haste: bool = True,
    ) -> None:
        steps: list[Step] = []
        told: list[tuple[Plan, Transition]] = []
        owner = self.worker if state is State.CLAIMED else None
        for each in records:
            edition, states = each.plan.edition, (each.plan.state, state)
            move = self._transition(edition, None, states, reason)
            owners = (each.owner, owner)
            steps.append(move_edition(edition, states, owners, move.at, reason, next_try_at))
            steps.append(recorded(move))
            told.append((each.plan, move))
        if steps:
            await self._writer.write(steps, haste=haste)
        for each_told in told:
            self._told(*each_told)

    def _transition(
        self, edition: Edition, number: int | None, states: tuple[State, State], reason: str | None
    ) -> Transition:
        return Transition(edition, number, *states, self._clock.now(), reason, self.worker)
