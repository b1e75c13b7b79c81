"""The page as a web application: its rooms, who is let in, and what is said when it fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from aiohttp import web
from jinja2 import Environment

from bot.errors import BriefingBotError
from bot.page import discussions, library, today, words
from bot.page.door import PATH, Door
from bot.page.drawing import open_templates
from bot.page.guard import SAFE, is_ours, objection, protect, token_for
from bot.page.room import GUEST, View, Wrong
from bot.page.sources import Sources

log = logging.getLogger(__name__)

FILES = Path(__file__).parent / "files"
OPEN = ("/bot/enter/", "/bot/files/")
"""What strangers may ask for."""

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Site:
    """The page; it may be mounted before the bot that it shows is there.

    `address` is where people reach it, if not on this computer; `has_try` says whether the
    sandbox's page stands beside it.
    """

    door: Door
    address: str = ""
    has_try: bool = False
    sources: Sources | None = None
    templates: Environment = field(default_factory=open_templates)

    def mount(self, app: web.Application) -> Mapping[str, str]:
        """Add the page to a server; the names and paths of its rooms."""
        inner = web.Application(middlewares=[self._guard])
        inner.on_response_prepare.append(protect)
        inner.router.add_static("/files", FILES)
        inner.router.add_get("/", _go_today)
        inner.router.add_get("/enter/{secret}", self._ask_in)
        inner.router.add_post("/enter/{secret}", self._let_in)
        inner.router.add_post("/leave", self._let_out)
        for room in (today, library, discussions):
            for method, path, answer in room.ROUTES:
                inner.router.add_route(method, path, self._showing(answer))
        app.add_subapp(PATH, inner)
        return words.ROOMS

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        try:
            await self._check(request)
            return await handler(request)
        except Wrong as wrong:
            return self._told(request, wrong.status, str(wrong))
        except web.HTTPNotFound:
            return self._told(request, 404, words.NOT_HERE)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "page.failed"})
            return self._told(request, 503, str(error))

    async def _check(self, request: web.Request) -> None:
        if sentence := objection(request, self.address):
            raise Wrong(403, sentence)
        guest = request[GUEST] = await self.door.look(request)
        if request.path.startswith(OPEN):
            return
        if guest is None:
            raise Wrong(401, words.NOT_IN)
        if request.method not in SAFE:
            sent = await request.post()
            if not is_ours(guest.secret, sent.get("csrf")):
                raise Wrong(403, words.OLD_FORM)

    def _showing(self, answer: Callable[[View], Awaitable[web.Response]]) -> Answer:
        async def show(request: web.Request) -> web.Response:
            if self.sources is None:
                raise Wrong(503, words.STARTING)
            return await answer(self._view(request))

        return show

    def _view(self, request: web.Request) -> View:
        guest = request.get(GUEST)
        shared = {
            "rooms": words.ROOMS,
            "has_try": self.has_try,
            "path": request.path,
            "is_in": guest is not None,
            "may_leave": guest is not None and self.door.is_locked,
            "csrf": token_for(guest.secret) if guest else "",
            "is_starting": False,
        }
        return View(request, self.templates, shared, self.sources)

    def _told(self, request: web.Request, status: int, sentence: str) -> web.Response:
        starting = sentence == words.STARTING
        view = self._view(request)
        return view.page("trouble.html", status, sentence=sentence, is_starting=starting)

    async def _ask_in(self, request: web.Request) -> web.Response:
        """A link is used up by a press alone: programs follow links to look at them."""
        return self._view(request).page("enter.html")

    async def _let_in(self, request: web.Request) -> web.Response:
        answer = web.Response(status=303, headers={"Location": words.ROOMS["Today"]})
        if not await self.door.enter(request.match_info["secret"], request, answer):
            raise Wrong(410, words.USED_UP)
        return answer

    async def _let_out(self, request: web.Request) -> web.Response:
        answer = self._view(request).page("trouble.html", sentence=words.LEFT)
        await self.door.leave(request, answer)
        return answer


async def _go_today(_request: web.Request) -> web.Response:
    return web.Response(status=303, headers={"Location": words.ROOMS["Today"]})
