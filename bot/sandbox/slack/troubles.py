"""Faults on the app's calls: refused, broken, cut, hanging or unreadable."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.faults import Fault, Faults, Kind
from bot.sandbox.journal import Call, Journal
from bot.sandbox.slack.workspace import Clock

Doing = Callable[[], Awaitable[web.Response]]


class Troubles:
    """Commits the planned faults on calls, and lets go of the hanging ones at the end."""

    def __init__(self, faults: Faults, journal: Journal, clock: Clock) -> None:
        self._faults = faults
        self._journal = journal
        self._clock = clock
        self._over = asyncio.Event()

    async def suffer(
        self, name: str, path: str, request: web.Request, do: Doing
    ) -> web.StreamResponse:
        """Do what was asked, or what the fault that is planned for `name` makes of it.

        `path` is what the journal says of a call that was never done.
        """
        fault = self._faults.strike(name)
        if fault is None:
            return await do()
        if fault.kind in {Kind.DROP, Kind.GARBAGE, Kind.TWICE}:
            return await self._spoil(fault, request, do)
        response = await self._fail(fault, request)
        answer = {"fault": fault.kind.value}
        call = Call(self._clock(), request.method, path, None, response.status, answer)
        self._journal.write(call)
        return response

    def end(self) -> None:
        """Let go of every call that hangs."""
        self._over.set()

    async def _spoil(self, fault: Fault, request: web.Request, do: Doing) -> web.Response:
        response = await do()
        if fault.kind is Kind.DROP:
            _cut(request)
        if fault.kind is Kind.GARBAGE:
            return web.Response(text='{"ok": tr', content_type="application/json")
        return response

    async def _fail(self, fault: Fault, request: web.Request) -> web.Response:
        match fault.kind:
            case Kind.LIMITED:
                headers = {"Retry-After": str(math.ceil(fault.retry_after))}
                return _json("ratelimited", 429, headers)
            case Kind.BROKEN:
                return _json("internal_error", 500)
            case Kind.AWAY:
                return _json("service_unavailable", 503)
            case Kind.HANG:
                await self._over.wait()
                _cut(request)
            case Kind.RESET:
                _cut(request)
            case other:
                raise ValueError(f"{other.value} is no fault of a call.")
        return web.Response(status=503)


def _json(error: str, status: int, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()
