"""Slack's own client with a key that changes from time to time, and one that asks for keys."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession, encode_basic_auth
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.slack.failures import code
from bot.platforms.slack.keys import Key


class KeyedClient(AsyncWebClient):
    """Asks for the key before each call, and tells it what Slack says against it."""

    def __init__(self, key: Key, url: str, session: ClientSession) -> None:
        super().__init__(None, url, session=session, retry_handlers=[])
        self._key = key

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:  # noqa: ANN401 (the SDK's own)
        """As the SDK has it; raises `PostDelayed` where the key is what is wrong."""
        self.token = token = await self._key.token()
        try:
            return await super().api_call(api_method, **given)
        except SlackApiError as error:
            await self._key.judge(token, code(error))
            raise


class AppClient(AsyncWebClient):
    """Speaks for the app itself, by its id and secret.

    The SDK's own way to write those into a header is one that aiohttp warns of:
    https://github.com/slackapi/python-slack-sdk/blob/v3.47.0/slack_sdk/web/async_base_client.py
    """

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:  # noqa: ANN401 (the SDK's own)
        """As the SDK has it."""
        if app := given.pop("auth", None):
            told = encode_basic_auth(app["client_id"], app["client_secret"])
            given["headers"] = {**(given.get("headers") or {}), "Authorization": told}
        return await super().api_call(api_method, **given)
