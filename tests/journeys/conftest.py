"""A town for journeys: the sandbox, and a bot that may be stopped and started again."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.app import Bot, open_bot
from bot.demo import HEAD_START, point_at
from bot.sandbox.discord.setup import Setup
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.settings import Configuration
from tests.fakes import RunningClock

PATIENCE = 90
UNTIL_POST = timedelta(minutes=1)
"""From a town's beginning to its first post: longer than a busy computer takes to start a bot."""

SEEDS = Path(__file__).parents[2] / "seeds"
PLATFORMS = ("slack", "discord")

Opens = Callable[[Setup], Awaitable["Town"]]


@dataclass
class Town:
    """Both platforms, and what people do there by way of the control API."""

    sandbox: Sandbox
    slack: SlackSide
    discord: DiscordSide
    configuration: Configuration
    http: aiohttp.ClientSession
    clock: RunningClock

    @asynccontextmanager
    async def bot(self, configuration: Configuration | None = None) -> AsyncIterator[Bot]:
        async with open_bot(configuration or self.configuration, self.clock) as bot:
            await bot.shelf.caught_up(60)  # a busy machine may take longer than the bot waits for
            yield bot

    async def call(self, path: str, order: dict[str, object] | None = None) -> Any:
        url = f"{self.sandbox.address}/control/{path}"
        method = "GET" if order is None else "POST"
        async with self.http.request(method, url, json=order) as response:
            answer = json.loads(await response.text())
            assert response.status == 200, answer
            return answer

    async def state(self, platform: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.call("state"))[platform]
        return found

    async def messages(self, platform: str, channel: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.state(platform))["channels"][channel]["messages"]
        return found

    async def channel(self, platform: str) -> str:
        return str((await self.state(platform))["channels"][0]["id"])

    async def command(self, platform: str, text: str) -> dict[str, Any]:
        """What alice sees after typing something in the first channel."""
        order: dict[str, object] = {
            "channel": await self.channel(platform),
            "person": "alice",
            "text": text,
        }
        before = len(await self.messages(platform))
        await self.call(f"{platform}/command", order)
        return (await self.until_messages(platform, before + 1))[-1]

    async def press(self, platform: str, message: dict[str, Any], label: str) -> dict[str, Any]:
        """What alice sees after pressing a button, by its label, on a message."""
        order: dict[str, object] = {
            "channel": await self.channel(platform),
            "message": message["id"],
            "action": buttons(message)[label],
            "person": "alice",
        }
        before = len(await self.messages(platform))
        await self.call(f"{platform}/press", order)
        return (await self.until_messages(platform, before + 1))[-1]

    async def fault(self, platform: str, on: str, kind: str, **more: object) -> None:
        await self.call(f"{platform}/fault", {"on": on, "kind": kind, **more})

    async def until_messages(self, platform: str, count: int) -> list[dict[str, Any]]:
        await until(lambda: len(shown(self, platform)) >= count)
        return await self.messages(platform)


def shown(town: Town, platform: str) -> list[Any]:
    side = town.slack if platform == "slack" else town.discord
    state: Any = side.state()
    messages: list[Any] = state["channels"][0]["messages"]
    return messages


async def until(true: Callable[[], bool]) -> None:
    """Let the servers work until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 (what is waited for happens in the servers)
            await asyncio.sleep(0.02)


def words(value: object) -> str:
    """Every word that a native body shows, in its order."""
    match value:
        case dict():
            told = [words(value[key]) for key in value if key not in HIDDEN]
            return " ".join(each for each in told if each)
        case list():
            return " ".join(filter(None, map(words, value)))
        case str():
            return value
        case _:
            return ""


HIDDEN = {"type", "block_id", "action_id", "custom_id", "value", "id", "ts", "nonce"}


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """The buttons of a message: the label and the id to press."""
    return dict(_buttons(message["body"]))


def _buttons(value: object) -> list[tuple[str, str]]:
    match value:
        case {"type": "button", "text": {"text": str(label)}, "action_id": str(action)}:
            return [(label, action)]
        case {"type": 2, "label": str(label), "custom_id": str(action)}:
            return [(label, action)]
        case dict():
            return [each for inner in value.values() for each in _buttons(inner)]
        case list():
            return [each for inner in value for each in _buttons(inner)]
        case _:
            return []


@pytest.fixture
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """Both platforms; with the parameter `http`, Slack posts to the bot, signed."""
    url = free_url() if getattr(request, "param", "socket") == "http" else ""
    clock = RunningClock()
    slack, discord = SlackSide(clock.seconds, request_url=url), DiscordSide(clock=clock.seconds)
    sandbox = Sandbox((slack, discord))
    await sandbox.start()
    configuration = point_at(sandbox, tmp_path, clock.now() + UNTIL_POST - HEAD_START, SEEDS)
    if url:
        port = {"slack_http_port": urlsplit(url).port}
        rooms = {
            **configuration.rooms,
            "slack": configuration.rooms["slack"].model_copy(update=port),
        }
        configuration = Configuration(configuration.own, rooms)
    async with aiohttp.ClientSession() as http:
        yield Town(sandbox, slack, discord, configuration, http, clock)
    await sandbox.close()


@pytest.fixture
async def open_town(tmp_path: Path) -> AsyncIterator[Opens]:
    """Towns whose Discord is set up in a way of its own."""
    async with AsyncExitStack() as stack:

        async def open_(setup: Setup) -> Town:
            clock = RunningClock()
            slack, discord = SlackSide(clock.seconds), DiscordSide(setup, clock.seconds)
            sandbox = Sandbox((slack, discord))
            await sandbox.start()
            stack.push_async_callback(sandbox.close)
            hour = clock.now() + UNTIL_POST - HEAD_START
            configuration = point_at(sandbox, tmp_path, hour, SEEDS)
            http = await stack.enter_async_context(aiohttp.ClientSession())
            return Town(sandbox, slack, discord, configuration, http, clock)

        yield open_


BOTH_WAYS = pytest.mark.parametrize("town", ["socket", "http"], indirect=True)
"""Slack's sockets, and its signed HTTP."""


def free_url() -> str:
    """A request URL on a port of this computer that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
