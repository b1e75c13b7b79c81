"""The door of the REST API: tokens, limits, faults, the journal, and the headers of each answer."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.ratelimits import Verdict
from bot.sandbox.discord.refusals import Refused, broken, not_found, unauthorized
from bot.sandbox.discord.rest import (
    account,
    callbacks,
    channels,
    commands,
    messages,
    webhooks,
)
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.journal import Call

PREFIX: Final = "/discord/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_token")
TOKENS = ("webhook_token", "interaction_token")
INVALID = {401, 403, 429}
GARBAGE = b'{"id": "12'

ROUTES: tuple[Route, ...] = (
    *account.ROUTES,
    *channels.ROUTES,
    *messages.ROUTES,
    *commands.ROUTES,
    *callbacks.ROUTES,
    *webhooks.ROUTES,
)


class Door:
    """Lets calls in, one route at a time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.closing = asyncio.Event()

    def add_routes(self, app: web.Application) -> None:
        """Mount the API."""
        for route in ROUTES:
            app.router.add_route(route.method, PREFIX + route.pattern, self._entry(route))
        lost = Route("*", "/{path}", _lost, authorized=False, everything=False)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._entry(lost))

    def _entry(self, route: Route) -> Handler:
        async def enter(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return enter

    async def _serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        if self.world.rates.banned():
            return web.Response(status=429, text="error code: 1015", content_type="text/html")
        asked = await _read(request)
        fault = self.world.faults.strike(route.name)
        if fault and fault.kind in {Kind.RESET, Kind.HANG}:
            self._write(request, asked, 0, None)
            await self._break(fault.kind, request)
            return web.Response()
        verdict = self._count(route, request)
        status, body = self._answer(route, request, asked, fault, verdict)
        self._write(request, asked, status, body)
        if fault and fault.kind is Kind.DROP:
            _cut(request)
        if fault and fault.kind is Kind.GARBAGE:
            return web.Response(body=GARBAGE, headers=_headers(verdict))
        return _respond(status, body, verdict)

    def _count(self, route: Route, request: web.Request) -> Verdict:
        major = " ".join(request.match_info[name] for name in MAJOR if name in request.match_info)
        return self.world.rates.count(route.name, major, route.rate, everything=route.everything)

    def _answer(
        self,
        route: Route,
        request: web.Request,
        asked: Asked,
        fault: Fault | None,
        verdict: Verdict,
    ) -> Answer:
        if fault and (refusal := _planned(fault)):
            return refusal
        if verdict.over:
            self.world.rates.refused += 1
            return 429, verdict.body()
        try:
            self._admit(route, request)
            return route.does(self.world, asked)
        except Refused as refusal:
            return refusal.status, refusal.body

    def _admit(self, route: Route, request: web.Request) -> None:
        given = request.headers.get("Authorization")
        if route.authorized and given != f"Bot {self.world.token}":
            raise unauthorized()

    def _write(self, request: web.Request, asked: Asked, status: int, answer: object) -> None:
        if status in INVALID:
            self.world.rates.note_invalid()
        body = asked.body if asked.body is not None else dict(asked.query)
        path = request.path.removeprefix(PREFIX)
        for name in TOKENS:
            if name in request.match_info:
                path = path.replace(request.match_info[name], "***")
        call = Call(self.world.clock(), request.method, path, body, status, answer)
        self.world.journal.write(call)
        self.world.changed()

    async def _break(self, kind: Kind, request: web.Request) -> None:
        if kind is Kind.HANG:
            await self.closing.wait()
        _cut(request, reset=True)


def _lost(_: World, __: Asked) -> Answer:
    raise not_found()


def _planned(fault: Fault) -> Answer | None:
    match fault.kind:
        case Kind.LIMITED:
            message = "You are being rate limited."
            return 429, {"message": message, "retry_after": fault.retry_after, "global": False}
        case Kind.BROKEN:
            return 500, broken().body
        case Kind.AWAY:
            return 503, {"message": "503: Service Unavailable", "code": 0}
        case _:
            return None


async def _read(request: web.Request) -> Asked:
    path, query = dict(request.match_info), dict(request.query)
    if request.content_type == "multipart/form-data":
        body, attachments = await _read_parts(request)
        return Asked(path, query, body, attachments)
    text = await request.text()
    try:
        return Asked(path, query, json.loads(text) if text else None)
    except ValueError:
        return Asked(path, query, text)


async def _read_parts(request: web.Request) -> tuple[Any, Sequence[Body]]:
    fields = await request.post()
    body = json.loads(str(fields.get("payload_json", "{}")))
    files = [each for each in fields.values() if isinstance(each, web.FileField)]
    attachments: list[Body] = [
        {
            "id": str(number),
            "filename": each.filename,
            "size": each.file.seek(0, 2),
            "url": f"attachment://{each.filename}",
            "proxy_url": f"attachment://{each.filename}",
        }
        for number, each in enumerate(files)
    ]
    return body, attachments


def _headers(verdict: Verdict) -> dict[str, str]:
    return {"Content-Type": "application/json", "Via": "1.1 google", **verdict.headers}


def _respond(status: int, body: object, verdict: Verdict) -> web.Response:
    headers = _headers(verdict)
    if status == 429 and isinstance(body, dict):
        headers["Retry-After"] = str(body["retry_after"])
    if body is None:
        del headers["Content-Type"]
        return web.Response(status=status, headers=headers)
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def _cut(request: web.Request, *, reset: bool = False) -> None:
    """End the connection without an answer: orderly, or with a TCP reset."""
    if request.transport is None:
        return
    line = request.transport.get_extra_info("socket")
    if reset and line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
