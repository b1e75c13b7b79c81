"""One web server on loopback that binds the sandbox's sides, its control API and its page."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.guard import guard, protect
from bot.sandbox.side import Side

PAGE = Path(__file__).parent / "page"
LINGER = 0.2
"""Seconds that open requests may take to end when the sandbox closes."""


class Sandbox:
    """A Slack and a Discord on this computer, and the page that shows them."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.sides = tuple(sides)
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
        app.router.add_get("/", _show_page)
        app.router.add_static("/page", PAGE)
        return app


async def _show_page(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


def _loopback(host: str) -> str:
    if host == "localhost" or _is_loopback(host):
        return host
    raise ValueError(f"{host} is not this computer: the sandbox listens on 127.0.0.1 alone.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
