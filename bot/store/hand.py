"""The hand that writes: one connection of the driver's own, in a thread of its own.

A transaction of moves is one errand to that thread, with rows ready for the driver. Through the
asynchronous engine it was six errands and up, which took most of a message's CPU
(docs/decisions/0012-one-writing-hand.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ClauseElement, Dialect, Insert, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler

from bot.errors import Overtaken
from bot.store.database import away
from bot.store.driver import Driver, Row, connect, errors

Task: TypeAlias = tuple[ClauseElement, Sequence[Mapping[str, Any]], bool]
"""A statement, its rows, and whether each of them must change exactly one."""

Ready: TypeAlias = tuple[str, Sequence[Row], bool]


class Hand:
    """Commits tasks, all of a call or none; opened by the first one, closed with the engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._texts: dict[int, Text] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._connection: Driver | None = None

    async def commit(self, tasks: Sequence[Task]) -> None:
        """Raises Overtaken where a row was not as expected, StoreError where nothing answers."""
        ready = [self._made_ready(task) for task in tasks]
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._opened(), self._commit, ready)
        except errors(self._engine.url) as error:
            raise away(error) from error

    def _made_ready(self, task: Task) -> Ready:
        statement, rows, moves = task
        text = self._texts.get(id(statement))
        if text is None:
            text = Text(statement, self._engine.dialect, list(rows[0]))
            self._texts[id(statement)] = text
        return text.sql, [text.row(each) for each in rows], moves

    def _opened(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "ledger")
            event.listen(self._engine.sync_engine, "engine_disposed", self._close, once=True)
        return self._thread

    def _close(self, _: object) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.submit(self._let_go)
            thread.shutdown(wait=False)

    def _commit(self, ready: Sequence[Ready]) -> None:
        connection = self._begun()
        try:
            done = all(_change(connection, each) for each in ready)
            connection.end("COMMIT" if done else "ROLLBACK")
        except BaseException:
            self._let_go()
            raise
        if not done:
            raise Overtaken("Another worker has this edition in hand.")

    def _begun(self) -> Driver:
        """In a new transaction, on a new connection where the old one broke meanwhile."""
        if self._connection is not None:
            try:
                self._connection.begin()
            except errors(self._engine.url):
                self._let_go()
            else:
                return self._connection
        self._connection = connect(self._engine.url)
        self._connection.begin()
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _change(connection: Driver, ready: Ready) -> bool:
    """Whether every row was there to be changed."""
    sql, rows, moves = ready
    return connection.change(sql, rows) == len(rows) or not moves


class Text:
    """A statement as the driver takes it, and its parameters in the driver's types."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, given: list[str]) -> None:
        columns = given if isinstance(statement, Insert) else None
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"{statement!r} is no statement.")
        self.sql = str(compiled)
        self._positional = compiled.positional
        names = (compiled.positiontup or ()) if self._positional else compiled.binds
        self._parameters = [_parameter(compiled.binds[name], name, dialect) for name in names]

    def row(self, values: Mapping[str, Any]) -> Row:
        """The parameters of one execution."""
        row = [
            turn(values.get(name, usual)) if turn else values.get(name, usual)
            for name, usual, turn in self._parameters
        ]
        if self._positional:
            return row
        return {each[0]: value for each, value in zip(self._parameters, row, strict=True)}


_Parameter: TypeAlias = tuple[str, object, Callable[[Any], object] | None]
"""A parameter's name, its value where none is given, and what turns it into the driver's type."""


def _parameter(bind: BindParameter[Any], name: str, dialect: Dialect) -> _Parameter:
    return name, bind.value, bind.type.dialect_impl(dialect).bind_processor(dialect)
