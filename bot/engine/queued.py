"""The engine of many processes on one PostgreSQL: each lane is a job of Procrastinate.

The job's lock lets one worker anywhere hold a lane, and its queueing lock lets one more wait.
https://procrastinate.readthedocs.io/en/stable/howto/advanced/locks.html
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from bot.delivery.lane import Lane
from bot.engine.schema import prepare
from bot.engine.tempo import Tempo
from bot.errors import StoreError
from bot.platforms.port import platform_of

log = logging.getLogger(__name__)

TASK = "drain"
CONNECTIONS = 4

LANES = 1000
"""Lanes that one process drains at the same time, of as many workspaces."""

CLOSE_WITHIN = 8.0
"""Seconds that messages under way have to finish; what is cut off is looked up at the start."""


class Queued:
    """Drains the lanes that are this process's turn, and asks for those of `names`."""

    def __init__(
        self,
        address: str,
        lanes: Sequence[Lane],
        tempo: Tempo | None = None,
        may_work: Callable[[], bool] = lambda: True,
    ) -> None:
        """`lanes` are those that this process can deliver; it may ask for any.

        Once it may not work any more it takes no lane, and leaves them to others.
        """
        self._may_work = may_work
        self._address = address
        self._lanes = {lane.name: lane for lane in lanes}
        self._tempo = tempo or Tempo()
        connector = PsycopgConnector(conninfo=address, min_size=1, max_size=CONNECTIONS)
        self._app = App(connector=connector)
        self._drain = self._app.task(name=TASK, pass_context=True)(self._drain_lane)
        self._tasks: list[asyncio.Task[None]] = []
        self._asking: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._ended: dict[int, float] = {}
        """Jobs that this process is done with, and when: the queue may not have heard of it."""

    async def start(self) -> None:
        """Begin; what is due is taken up at once."""
        await prepare(self._address)
        await self._app.open_async()
        if not self._lanes:
            return
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._tend())]

    def wake(self, lane: str) -> None:
        """Something is due there, whoever can deliver it."""
        asking = asyncio.create_task(self._ask(lane))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    def add(self, lane: Lane) -> None:
        """Drain one more lane from now on, of a platform whose lanes this process drains."""
        self._lanes.setdefault(lane.name, lane)
        self.wake(lane.name)

    async def settle(self) -> None:
        """Wait until nothing may go now in the lanes of this process."""
        for lane in tuple(self._lanes.values()):
            while lane.name in self._busy or await lane.is_due():
                await self._ask(lane.name)
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Begin nothing more, and let what is being sent finish."""
        for lane in self._lanes.values():
            lane.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_WITHIN):
                while self._busy:  # noqa: ASYNC110 (the lanes end by themselves)
                    await asyncio.sleep(0.02)
        for task in (*self._tasks, *self._asking):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._asking, return_exceptions=True)
        await self._app.close_async()

    async def _drain_lane(self, context: JobContext, lane: str) -> None:
        # Busy: its lock was given up while the database was away. Unknown: a workspace that this
        # process has not heard of yet; whoever has asks again.
        if lane in self._busy or lane not in self._lanes:
            self._end(context)
            return
        self._busy.add(lane)
        try:
            await self._lanes[lane].drain()
        except StoreError as error:
            log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)
        finally:
            self._busy.discard(lane)
            self._end(context)

    def _end(self, context: JobContext) -> None:
        if context.job.id is not None:
            self._ended[context.job.id] = asyncio.get_running_loop().time()

    async def _ask(self, lane: str) -> None:
        asked = self._drain.configure(queue=platform_of(lane), lock=lane, queueing_lock=lane)
        try:
            await asked.defer_async(lane=lane)
        except AlreadyEnqueued:
            return
        except ConnectorException as error:  # made up for by the next look
            log.warning("Lane %s was not woken: %s", lane, error, extra={"action": "store.away"})

    async def _work(self) -> None:
        """Work until the end, also after the database was away."""
        while True:
            try:
                await self._app.run_worker_async(
                    queues=list({platform_of(name) for name in self._lanes}),
                    concurrency=LANES,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=self._tempo.poll,
                    update_heartbeat_interval=self._tempo.heartbeat,
                    stalled_worker_timeout=self._tempo.stalled,
                    shutdown_graceful_timeout=CLOSE_WITHIN,
                    delete_jobs="always",
                )
            except ConnectorException as error:
                log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)
            except Exception:  # the lanes go on, whatever broke
                log.exception("The engine broke off.", extra={"action": "engine.failed"})
            await asyncio.sleep(self._tempo.tend)

    async def _tend(self) -> None:
        """See to the jobs of dead workers, and to editions that nobody was woken for."""
        while True:
            if not self._may_work():
                self._tasks[0].cancel()
                return
            try:
                await self._revive()
                await self._clear()
                for lane in tuple(self._lanes.values()):
                    if lane.name not in self._busy and await lane.is_due():
                        await self._ask(lane.name)
            except (ConnectorException, StoreError) as error:
                log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)
            except Exception:  # whoever tends the lanes does not stop for anything
                log.exception("A look after the lanes broke off.", extra={"action": "lane.failed"})
            await asyncio.sleep(self._tempo.tend)

    async def _revive(self) -> None:
        jobs = self._app.job_manager
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=self._tempo.stalled):
            log.warning("Lane %s is taken over.", job.lock, extra={"action": "lane.taken_over"})
            try:
                await jobs.retry_job(job)
            except UniqueViolation:  # another one waits for the lane already
                await self._bury(job)

    async def _clear(self) -> None:
        """End the jobs that ended here while the database was away: they would hold their lanes."""
        now = asyncio.get_running_loop().time()
        overdue = {job for job, at in self._ended.items() if now - at > self._tempo.tend}
        if not overdue:
            return
        for job in await self._app.job_manager.list_jobs_async(task=TASK, status="doing"):
            if job.id in overdue:
                await self._bury(job)
        for each in overdue:
            del self._ended[each]

    async def _bury(self, job: Job) -> None:
        await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
