"""The front of the response URLs, `/slack/response_url/SECRET`."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.journal import Call, Journal
from bot.sandbox.side import Json
from bot.sandbox.slack.answers import answer
from bot.sandbox.slack.arguments import read
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.troubles import Troubles

PATH = "/slack/response_url"
"""What the journal calls it: the rest of the address is a secret."""

GONE = frozenset({"expired_url", "used_url"})


class ResponseUrl:
    """Answers posts to response URLs: `ok` as text, or a JSON with the error."""

    def __init__(self, slack: Slack, troubles: Troubles, journal: Journal) -> None:
        self._slack = slack
        self._troubles = troubles
        self._journal = journal

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One use of a response URL, with the fault planned for `response_url`."""

        async def do() -> web.Response:
            values: Json = {}
            try:
                values = (await read(request)).values
                answer(self._slack, self._slack.responses.use(request.match_info["id"]), values)
            except Refused as refused:
                status = 404 if refused.code in GONE else 400
                self._write(values, status, refused.answer())
                return web.json_response(refused.answer(), status=status)
            self._write(values, 200, "ok")
            return web.Response(text="ok", content_type="text/html")

        return await self._troubles.suffer("response_url", PATH, request, do)

    def _write(self, body: Json, status: int, answered: object) -> None:
        now = self._slack.workspace.clock()
        self._journal.write(Call(now, "POST", PATH, body, status, answered))
