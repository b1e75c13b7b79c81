"""Quick questions, each one errand to a thread that keeps a connection of its own.

Through SQLite's asynchronous engine a question is six errands, and somebody who looks a briefing
up waits for four questions. While the event loop is busy, each errand may wait for Python's lock
for 5 ms. https://docs.python.org/3/library/sys.html#sys.setswitchinterval
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, Executable, Row, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import beside, speaking


class Reading:
    """Answers one question after the other; what takes long would hold the others up."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Opened by the first question, closed with the engine."""
        self._engine = engine
        self._asking = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._thread: ThreadPoolExecutor | None = None
        self._beside: Engine | None = None

    async def rows(self, query: Executable) -> Sequence[Row[Any]]:
        """All rows; raises StoreError where the database does not answer."""
        with speaking():
            if self._engine.dialect.name == "sqlite":
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._opened(), self._ask, query)
            async with self._asking.connect() as connection:
                return (await connection.execute(query)).all()

    def _opened(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "reading")
            event.listen(self._engine.sync_engine, "engine_disposed", self._close, once=True)
        return self._thread

    def _ask(self, query: Executable) -> Sequence[Row[Any]]:
        if self._beside is None:
            self._beside = beside(self._engine)
        with self._beside.connect() as connection:
            return connection.execute(query).all()

    def _close(self, _: object) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.submit(self._let_go)
            thread.shutdown(wait=False)

    def _let_go(self) -> None:
        engine, self._beside = self._beside, None
        if engine is not None:
            engine.dispose()
