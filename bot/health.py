"""Tells those who watch the bot how it is: /healthz, /readyz and /metrics, on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias

from aiohttp import web

from bot.errors import SettingError
from bot.metrics import Metrics

HOST = "127.0.0.1"
LOCAL = frozenset({HOST, "localhost"})

Check: TypeAlias = Callable[[], Awaitable[str]]
"""Looks at one thing; what is wrong with it in one sentence, or nothing."""


@asynccontextmanager
async def open_health(
    port: int | None, metrics: Metrics, checks: Mapping[str, Check]
) -> AsyncIterator[str]:
    """Answer at `http://127.0.0.1:PORT` until the block ends; nowhere without a port.

    Yields the address. Raises SettingError where the port is taken.
    """
    if port is None:
        yield ""
        return
    runner = web.AppRunner(_app(metrics, checks), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, HOST, port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        raise SettingError(
            f"BRIEFING_HEALTH_PORT {port} is taken ({error.strerror}): choose another."
        ) from error
    try:
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _app(metrics: Metrics, checks: Mapping[str, Check]) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        wrong = {name: told for name, check in checks.items() if (told := await check())}
        status = {"status": "not ready", "wrong": wrong} if wrong else {"status": "ready"}
        return web.json_response(status, status=503 if wrong else 200)

    async def figures(_: web.Request) -> web.Response:
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return web.Response(body=metrics.text(), headers={"Content-Type": kind})

    app = web.Application(middlewares=[_guard])
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", figures)
    return app


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a foreign name in `Host`: a web site that had this computer's address given to it."""
    if request.host.partition(":")[0] not in LOCAL:
        raise web.HTTPForbidden(text="Ask at 127.0.0.1 or localhost.")
    return await handler(request)
