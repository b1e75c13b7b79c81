"""Slack's own client with a key that changes from time to time."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession
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
