"""Installing the app: the page where a person lets it in, and `oauth.v2.access`.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

from aiohttp import web

from bot.sandbox.journal import Call, Journal
from bot.sandbox.side import Json
from bot.sandbox.slack import events
from bot.sandbox.slack.arguments import Arguments, read
from bot.sandbox.slack.grants import Grants
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.troubles import Troubles

METHOD = "oauth.v2.access"
PAGE = "/slack/oauth/v2/authorize"
REDIRECT = "oauth_redirect"
SECRET = ("client_secret", "code", "refresh_token", "access_token")


class OAuth:
    """The authorize page, which agrees at once, and the method that gives tokens."""

    def __init__(self, grants: Grants, slack: Slack, troubles: Troubles, journal: Journal) -> None:
        self._grants = grants
        self._slack = slack
        self._troubles = troubles
        self._journal = journal

    def add_routes(self, app: web.Application) -> None:
        """Mount both; before the other methods."""
        app.router.add_get(PAGE, self.authorize)
        app.router.add_post(f"/slack/api/{METHOD}", self.access)

    async def authorize(self, request: web.Request) -> web.Response:
        """Let the app into the workspace `team`, as a person would with one click."""
        asked = request.query
        team = asked.get("team") or self._slack.workspace.team.id
        if asked.get("client_id") != self._slack.workspace.app.client_id:
            return web.Response(status=400, text="invalid_client_id")
        if team not in self._grants.slacks or not asked.get("scope"):
            return web.Response(status=400, text="invalid_team, or no scope")
        own = urljoin(self._slack.delivery.requests.url, REDIRECT)
        redirect = asked.get("redirect_uri") or own
        if redirect != own:
            return web.Response(status=400, text="bad_redirect_uri")
        code = self._grants.promise(team, redirect)
        query = urlencode({"code": code, "state": asked.get("state", "")})
        return web.Response(status=302, headers={"Location": f"{redirect}?{query}"})

    async def access(self, request: web.Request) -> web.StreamResponse:
        """https://docs.slack.dev/reference/methods/oauth.v2.access"""

        async def do() -> web.Response:
            args, answer = Arguments({}), Json()
            try:
                args = await read(request)
                answer = {"ok": True, **self._access(request.headers, args)}
            except Refused as refused:
                answer = refused.answer()
            self._write(request, args, answer)
            return web.json_response(answer)

        return await self._troubles.suffer(METHOD, request.path, request, do)

    def _access(self, headers: Mapping[str, str], args: Arguments) -> Json:
        app = self._slack.workspace.app
        client, secret = _credentials(headers, args)
        if client != app.client_id:
            raise Refused("invalid_client_id")
        if secret != app.client_secret:
            raise Refused("bad_client_secret")
        match args.text("grant_type") or "authorization_code":
            case "authorization_code":
                return self._grants.redeem(args.text("code"), args.text("redirect_uri"))
            case "refresh_token":
                return self._grants.refresh(args.text("refresh_token"))
            case _:
                raise Refused("invalid_grant_type")

    def _write(self, request: web.Request, args: Arguments, answer: Json) -> None:
        """In the journal, codes and tokens are left out."""
        asked, told = (
            {name: "…" if name in SECRET else value for name, value in each.items()}
            for each in (args.values, answer)
        )
        now = self._slack.workspace.clock()
        self._journal.write(Call(now, request.method, request.path, asked, 200, told))


def uninstall(grants: Grants, slack: Slack) -> None:
    """Somebody takes the app out of a workspace: its tokens end, and it is told so.

    https://docs.slack.dev/reference/events/app_uninstalled
    https://docs.slack.dev/reference/events/tokens_revoked
    """
    workspace = slack.workspace
    grants.revoke(workspace.team.id)
    for channel in workspace.channels.values():
        channel.members.discard(workspace.app.user)
    gone: Json = {"oauth": [], "bot": [workspace.app.user]}
    told: tuple[Json, ...] = (
        {"type": "tokens_revoked", "tokens": gone},
        {"type": "app_uninstalled"},
    )
    for event in told:
        if events.subscription(event) in slack.subscribed:
            slack.delivery.announce(events.wrap(workspace, event))


def _credentials(headers: Mapping[str, str], args: Arguments) -> tuple[str, str]:
    """The app's id and secret, by HTTP Basic or in the body."""
    kind, _, told = headers.get("Authorization", "").partition(" ")
    if kind != "Basic":
        return args.text("client_id"), args.text("client_secret")
    try:
        client, _, secret = b64decode(told).decode().partition(":")
    except (Error, UnicodeDecodeError):
        raise Refused("invalid_client_id") from None
    return client, secret
