"""Faults on the bot's calls, as the real client meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import async_default_handlers
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import DAILY, Bot, texts, web_client


async def _post(client: AsyncWebClient) -> Any:
    return await client.chat_postMessage(channel=DAILY, text="Card")


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.LIMITED, 429), (Kind.BROKEN, 500), (Kind.AWAY, 503)]
)
async def test_a_refusing_fault_does_nothing(
    side: SlackSide, client: AsyncWebClient, kind: Kind, status: int
) -> None:
    side.faults.plan(Fault("chat.postMessage", kind, retry_after=2))
    with pytest.raises(SlackApiError) as failed:
        await _post(client)
    response: Any = failed.value.response
    assert response.status_code == status
    assert kind is not Kind.LIMITED or response.headers["Retry-After"] == "2"
    assert not texts(side)
    await _post(client)
    assert texts(side) == ["Card"]


async def test_a_reset_comes_before_the_post_and_a_drop_after_it(
    side: SlackSide, client: AsyncWebClient
) -> None:
    side.faults.plan(Fault("chat.postMessage", Kind.RESET))
    with pytest.raises(aiohttp.ClientConnectionError):
        await _post(client)
    assert not texts(side)
    side.faults.plan(Fault("chat.postMessage", Kind.DROP))
    with pytest.raises(aiohttp.ClientConnectionError):
        await _post(client)
    assert texts(side) == ["Card"]


async def test_the_sdks_own_retries_post_twice_after_a_drop(side: SlackSide) -> None:
    settings = side.settings()
    client = AsyncWebClient(
        settings["SLACK_BOT_TOKEN"],
        settings["SLACK_API_URL"],
        retry_handlers=async_default_handlers(),
    )
    side.faults.plan(Fault("chat.postMessage", Kind.DROP))
    await _post(client)
    assert texts(side) == ["Card", "Card"]


async def test_an_unreadable_answer_follows_a_post_that_was_done(
    side: SlackSide, client: AsyncWebClient
) -> None:
    side.faults.plan(Fault("chat.postMessage", Kind.GARBAGE))
    with pytest.raises(SlackApiError, match="non-JSON"):
        await _post(client)
    assert texts(side) == ["Card"]


async def test_a_hanging_call_ends_when_the_sandbox_closes(side: SlackSide) -> None:
    side.faults.plan(Fault("chat.postMessage", Kind.HANG))
    call = asyncio.create_task(_post(web_client(side)))
    done, _ = await asyncio.wait({call}, timeout=0.05)
    assert not done
    await side.close()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call
    assert not texts(side)


async def test_faults_on_a_response_url_strike_there_alone(bot: Bot) -> None:
    urls: list[str] = []

    async def answer(ack: Any, body: Any) -> None:
        await ack()
        urls.append(body["response_url"])

    bot.app.command("/briefing")(answer)
    await bot.side.command(DAILY, "alice", "/briefing")
    bot.side.faults.plan(Fault("response_url", Kind.DROP))
    bot.side.faults.plan(Fault("response_url", Kind.BROKEN))
    webhook = AsyncWebhookClient(urls[0], retry_handlers=[])
    with pytest.raises(aiohttp.ClientConnectionError):
        await webhook.send(text="Here")
    assert (await webhook.send(text="Here")).status_code == 500
    assert (await webhook.send(text="There")).body == "ok"
    assert texts(bot.side) == ["Here", "There"]
    assert urls[0].rpartition("/")[2] not in str(bot.side.journal.as_json())
