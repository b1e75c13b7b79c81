"""The door of the REST API: tokens, limits, faults, the journal, and the headers of each answer."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.discord.ratelimits import Verdict
from bot.sandbox.discord.refusals import Refused, broken, not_found, unauthorized
from bot.sandbox.discord.rest import (
    account,
    callbacks,
    channels,
    commands,
    history,
    messages,
    threads,
    webhooks,
)
from bot.sandbox.discord.rest.exchange import cut, garble, read, respond
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.journal import Call

PREFIX: Final = "/discord/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_token")
TOKENS = ("webhook_token", "interaction_token")
INVALID = {401, 403, 429}

ROUTES: tuple[Route, ...] = (
    *account.ROUTES,
    *channels.ROUTES,
    *threads.ROUTES,
    *messages.ROUTES,
    *history.ROUTES,
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
        asked = await read(request, self.world.ids)
        fault = self.world.faults.strike(route.name)
        if fault and fault.kind in {Kind.RESET, Kind.HANG}:
            self._write(request, asked, 0, None)
            await self._break(fault.kind, request)
            return web.Response()
        verdict = self._count(route, request)
        status, body = self._answer(route, request, asked, fault, verdict)
        self._write(request, asked, status, body)
        if fault and fault.kind is Kind.DROP:
            cut(request)
        if fault and fault.kind is Kind.GARBAGE:
            return garble(verdict)
        return respond(status, body, verdict)

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
        cut(request, reset=True)


def _lost(_: World, __: Asked) -> Answer:
    raise not_found()


def _planned(fault: Fault) -> Answer | None:
    match fault.kind:
        case Kind.LIMITED | Kind.ALL_LIMITED:
            whole = {"retry_after": fault.retry_after, "global": fault.kind is Kind.ALL_LIMITED}
            return 429, {"message": "You are being rate limited.", **whole}
        case Kind.UNKNOWN:
            return 401, unauthorized().body
        case Kind.BROKEN:
            return 500, broken().body
        case Kind.AWAY:
            return 503, {"message": "503: Service Unavailable", "code": 0}
        case _:
            return None
