"""The calls that the bot makes to Slack, each sent once, with failures as the bot knows them."""

from __future__ import annotations

import json

from aiohttp import ClientConnectorError, ClientSession, ClientTimeout, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import PlatformError, PostRefused, PostUnknown
from bot.platforms.slack.failures import FAILURES, answered, failure, is_no_method, refusal
from bot.platforms.slack.inline import Json
from bot.platforms.slack.keyed import KeyedClient
from bot.platforms.slack.keys import Key

JSON = "application/json; charset=utf-8"
"""https://docs.slack.dev/apis/web-api/#post_bodies"""


class Calls:
    """Slack's Web API and its response URLs over one HTTP session; made inside the event loop.

    With a `key` in place of the token, every call asks it for the token of the moment.
    """

    def __init__(self, token: str, url: str, seconds: float, key: Key | None = None) -> None:
        session = self._session = ClientSession(timeout=ClientTimeout(total=seconds))
        # The SDK would send a message again after a dropped connection, and post it twice.
        plain = AsyncWebClient(token, url, session=session, retry_handlers=[])
        self.web = KeyedClient(key, url, session) if key else plain
        self._key = key
        self._token = token
        self._asks_by_get = True
        self._posting = f"{url.rstrip('/')}/chat.postMessage"

    async def identify(self) -> frozenset[str]:
        """Our ids as a bot and as a user; raises `PlatformError` where we are not let in.

        https://docs.slack.dev/reference/methods/auth.test
        """
        try:
            said = _read(await self.web.auth_test())
        except FAILURES as error:
            if why := refusal(error):
                raise PlatformError(
                    f"Slack refuses SLACK_BOT_TOKEN ({why}): copy the bot token under "
                    "OAuth & Permissions at https://api.slack.com/apps."
                ) from None
            raise PlatformError(
                f"Slack cannot be reached at {self.web.base_url} ({type(error).__name__}): "
                "check the network and SLACK_API_URL."
            ) from None
        return frozenset(str(said[name]) for name in ("bot_id", "user_id") if said.get(name))

    async def post(self, channel: str, body: bytes) -> Json:
        """Call chat.postMessage with a body that is ready; raises as `Platform.post`.

        The SDK would copy, log and encode the body anew (docs/decisions/0011-thin-calls.md).
        """
        token = await self._key.token() if self._key else self._token
        headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON}
        try:
            async with self._session.post(self._posting, data=body, headers=headers) as said:
                answer = json.loads(await said.read())
        except ValueError as error:
            raise answered(channel, said.status, {}, said.headers) from error
        except FAILURES as error:
            raise failure(channel, error) from error
        if isinstance(answer, dict) and answer.get("ok") is True and "ts" in answer:
            return answer
        if self._key and isinstance(answer, dict):
            await self._key.judge(token, str(answer.get("error")))
        raise answered(channel, said.status, answer, said.headers)

    async def send(self, method: str, body: Json) -> Json:
        """Call a method about `body["channel"]` with JSON; raises as `Platform.post`."""
        try:
            return _read(await self.web.api_call(method, json=body))
        except FAILURES as error:
            raise failure(str(body["channel"]), error) from error

    async def read(self, method: str, query: Json) -> Json:
        """Ask a method about `query["channel"]`; raises as `Platform.post`."""
        try:
            return await self._asked(method, query)
        except FAILURES as error:
            raise failure(str(query["channel"]), error) from error

    async def ask(self, method: str, query: Json) -> Json:
        """Ask a method about anything else; raises as `Platform.post`."""
        try:
            return await self._asked(method, query)
        except FAILURES as error:
            why = refusal(error) or type(error).__name__
            raise PostRefused(
                f"Slack does not answer {method} ({why}): compare the app's scopes with"
                " `briefing-bot slack manifest`."
            ) from error

    async def open_view(self, trigger: str, view: Json) -> None:
        """Open a modal in answer to what somebody just did; raises as `Platform.post`.

        https://docs.slack.dev/reference/methods/views.open
        """
        try:
            await self.web.api_call("views.open", json={"trigger_id": trigger, "view": view})
        except FAILURES as error:
            why = refusal(error) or type(error).__name__
            raise PostRefused(f"Slack opened no form ({why}): write the command again.") from error

    async def respond(self, url: str, body: Json) -> None:
        """Post to a response URL; raises as `Platform.post`, refused where surely nothing came."""
        hook = AsyncWebhookClient(url, session=self._session, retry_handlers=[])
        try:
            status = (await hook.send_dict(body)).status_code
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise PostRefused("Slack can not be reached with an answer: ask again.") from error
        except FAILURES as error:
            raise PostUnknown(
                f"Slack did not confirm an answer ({type(error).__name__}): ask again."
            ) from error
        if status != 200:
            refused = PostRefused if status < 500 else PostUnknown
            raise refused(f"Slack did not take an answer (status {status}): ask again.")

    async def _asked(self, method: str, query: Json) -> Json:
        """By GET, or by POST on a server that knows no GET; Slack takes both.

        https://docs.slack.dev/apis/web-api/#basics
        """
        if self._asks_by_get:
            try:
                return _read(await self.web.api_call(method, http_verb="GET", params=query))
            except SlackApiError as error:
                if not is_no_method(error):
                    raise
        told = _read(await self.web.api_call(method, data=_as_form(query)))
        self._asks_by_get = False
        return told

    async def close(self) -> None:
        """Let go of the session."""
        await self._session.close()


def _read(said: AsyncSlackResponse) -> Json:
    return said.data if isinstance(said.data, dict) else {}


def _as_form(query: Json) -> dict[str, str]:
    return {
        name: str(each).lower() if isinstance(each, bool) else str(each)
        for name, each in query.items()
    }
