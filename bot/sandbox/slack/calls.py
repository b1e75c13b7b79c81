"""The front of the Web API: who calls, how often, with what fault, and the journal of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox.journal import Call, Journal
from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments, read
from bot.sandbox.slack.grants import Grants
from bot.sandbox.slack.methods import chat, connections, conversations, people, views
from bot.sandbox.slack.methods.method import Method
from bot.sandbox.slack.rates import SCARCE, Rate
from bot.sandbox.slack.refusals import Limited, Refused
from bot.sandbox.slack.scopes import HEADER, check_scope
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.troubles import Troubles

METHODS: Mapping[str, Method] = {
    **chat.METHODS,
    **connections.METHODS,
    **conversations.METHODS,
    **people.METHODS,
    **views.METHODS,
}


@dataclass(slots=True)
class Answer:
    """A status, the JSON under it and its headers."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Calls:
    """Answers `/slack/api/METHOD`."""

    def __init__(self, slack: Slack, troubles: Troubles, journal: Journal, grants: Grants) -> None:
        self._slack = slack
        self._grants = grants
        self._troubles = troubles
        self._journal = journal

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call, with the fault that it suffers."""
        name = request.match_info["method"]
        args, token = Arguments({}), ""

        async def do() -> web.Response:
            nonlocal args, token
            try:
                args = await read(request)
                token = _token(request, args)
                answer = self._do(name, args, token)
            except Limited as limited:
                answer = _limited(limited.seconds)
            except Refused as refused:
                answer = Answer(refused.answer())
            self._write(request, args, answer)
            if token in {self._slack.workspace.app.bot_token, *self._grants.tokens}:
                scopes = self._of(token).workspace.app.scopes
                answer.headers[HEADER] = ",".join(scopes)
            return web.json_response(answer.body, status=answer.status, headers=answer.headers)

        return await self._troubles.suffer(name, request.path, request, do)

    def _do(self, name: str, args: Arguments, token: str) -> Answer:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method")
        self._admit(method, token)
        slack = self._of(token)
        check_scope(name, slack.workspace.app.scopes)
        slack.rates.spend(name, *_buckets(method, args, slack))
        return Answer({"ok": True, **method.do(slack, args)})

    def _of(self, token: str) -> Slack:
        """The workspace that a token belongs to."""
        return self._grants.holder(token) or self._slack

    def _admit(self, method: Method, token: str) -> None:
        """https://docs.slack.dev/reference/methods/auth.test, errors"""
        if self._grants.holder(token) and not method.app_level:
            self._grants.check(token)
            return
        app = self._slack.workspace.app
        right, other = app.bot_token, app.app_token
        if method.app_level:
            right, other = other, right
        if token == right:
            return
        if not token:
            raise Refused("not_authed")
        raise Refused("not_allowed_token_type" if token == other else "invalid_auth")

    def _write(self, request: web.Request, args: Arguments, answer: Answer) -> None:
        now = self._slack.workspace.clock()
        body = {name: value for name, value in args.values.items() if name != "token"}
        shown = {name: _hide_ticket(value) for name, value in answer.body.items()}
        call = Call(now, request.method, request.path, body, answer.status, shown)
        self._journal.write(call)


def _token(request: web.Request, args: Arguments) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ") or args.text("token")


def _hide_ticket(value: object) -> object:
    return str(value).partition("?")[0] if str(value).startswith(("ws:", "wss:")) else value


def _buckets(method: Method, args: Arguments, slack: Slack) -> list[tuple[str, Rate]]:
    if method.scarce and slack.distributed:
        return [("scarce", SCARCE)]
    whole = [("", method.rate)]
    if method.channel_rate is None:
        return whole
    return [*whole, (args.text("channel"), method.channel_rate)]


def _limited(seconds: float) -> Answer:
    """`Retry-After` is in whole seconds: https://docs.slack.dev/apis/web-api/rate-limits"""
    headers = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
