"""The request URL: what Slack posts to the bot, signed, where no socket is wanted.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.errors import PlatformError
from bot.platforms.slack.apps import Dispatching
from bot.platforms.slack.manifest import INSTALL, PATH, REDIRECT
from bot.platforms.slack.patience import PATIENCE, Patience
from bot.platforms.slack.seen import Seen

LONGEST_STAMP = 12
"""Digits of a timestamp; Python would refuse to read very many."""

CAREFUL = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""The address of these pages holds a code."""

STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


class Installing(Protocol):
    """Who lets the bot into a workspace."""

    async def begin(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page with the link to Slack."""

    async def finish(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page after a person agreed."""


class Endpoint:
    """A web server before a Bolt app, which checks each request's signature and its age."""

    def __init__(
        self, app: Dispatching, secret: str, at: tuple[str, int], patience: Patience = PATIENCE
    ) -> None:
        """`at`: the host and port to listen at."""
        self._app = app
        self._verifier = SignatureVerifier(secret)
        self._host, self._port = at
        self._patience = patience
        self._answered = Seen()
        self._runner: web.AppRunner | None = None
        self.install: Installing | None = None
        """Who answers at /slack/install, where workspaces may let the bot in by themselves."""

    async def open(self) -> None:
        """Listen; raises `PlatformError` where the port is taken."""
        served = web.Application()
        served.router.add_post(PATH, self._answer)
        if self.install:
            served.router.add_get(INSTALL, _page(self.install.begin))
            served.router.add_get(REDIRECT, _page(self.install.finish))
        runner = web.AppRunner(served, access_log=None, shutdown_timeout=self._patience.finish)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise PlatformError(
                f"SLACK_HTTP_PORT {self._port} cannot be used on {self._host}"
                f" ({error.strerror}): choose another."
            ) from None
        self._runner = runner

    async def close(self) -> None:
        """Take no more requests; those at hand are answered first."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.Response:
        if not await self._is_slack(request):
            return web.Response(status=401)
        if not self._answered.is_new(request.headers[SIGNATURE]):
            return web.Response()  # brought again as it was: a repetition, or a replay
        answered = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answered)

    async def _is_slack(self, request: web.Request) -> bool:
        """Whether Slack signed this within the last five minutes; asked before Bolt parses it."""
        stamp, signature = request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
            return False
        try:
            body = (await request.read()).decode()
            return self._verifier.is_valid(body, stamp, signature)
        except (UnicodeDecodeError, TypeError):  # hostile bytes, in the body or the signature
            return False


def _page(
    answer: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def page(request: web.Request) -> web.Response:
        shown = await to_aiohttp_response(await answer(await to_bolt_request(request)))
        shown.headers.update(CAREFUL)
        return shown

    return page
