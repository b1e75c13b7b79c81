"""One web server on loopback that binds the sandbox's sides, its control API and its page."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TypeAlias

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.guard import guard, protect
from bot.sandbox.side import Side
from bot.web import FILES

PAGE = Path(__file__).parent / "page"
LINGER = 0.2
"""Seconds that open requests may take to end when the sandbox closes."""

TRY = '<a href="/" aria-current="page">Try</a>'

Mount: TypeAlias = Callable[[web.Application], Mapping[str, str]]
"""Adds further pages to the server; their names and paths, for the page's own menu."""


class Sandbox:
    """A Slack and a Discord on this computer, and the page that shows them."""

    def __init__(self, sides: Sequence[Side], beside: Mount | None = None) -> None:
        """`beside` mounts what is served under the same address."""
        self.sides = tuple(sides)
        self._beside = beside
        self._control = Control(self.sides)
        self._runner: web.AppRunner | None = None
        self._address = ""

    @property
    def address(self) -> str:
        """The page's address, `http://127.0.0.1:PORT`; empty before `start`."""
        return self._address

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Listen, on any free port where `port` is 0, and return the address.

        Raises `ValueError` where `host` is not this computer, `OSError` where the port is taken.
        """
        listener = socket.create_server((_loopback(host), port))
        self._address = f"http://{host}:{listener.getsockname()[1]}"
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=LINGER)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        return self._address

    def settings(self) -> Mapping[str, str]:
        """The settings that point a bot at every side; known once the sandbox has started."""
        return {key: value for side in self.sides for key, value in side.settings().items()}

    async def close(self) -> None:
        """Hang up on everybody and stop listening; a second call does nothing."""
        self._control.close()
        for side in self.sides:
            await side.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[guard])
        app.on_response_prepare.append(protect)
        for side in self.sides:
            side.add_routes(app, self._address)
        self._control.add_routes(app)
        further = self._beside(app) if self._beside else {}
        app.router.add_get("/", _showing(further))
        app.router.add_static("/page", PAGE)
        app.router.add_static("/web", FILES)
        return app


def _showing(further: Mapping[str, str]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The page, with a menu where there are further ones."""
    links = (f'<a href="{escape(path)}">{escape(name)}</a>' for name, path in further.items())
    menu = "".join((TRY, *links)) if further else ""
    page = (PAGE / "index.html").read_text(encoding="utf-8").replace("<!-- rooms -->", menu)

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html")

    return show


def _loopback(host: str) -> str:
    if host == "localhost" or _is_loopback(host):
        return host
    raise ValueError(f"{host} is not this computer: the sandbox listens on 127.0.0.1 alone.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
