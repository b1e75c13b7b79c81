"""Real processes: killed for good, stopped in mid-send, on a full disk, many at once."""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import Collection
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import PLATFORMS, Town, words
from tests.journeys.processes import Running, running, subscribe

SEND = {"slack": "chat.postMessage", "discord": "POST /channels/{channel_id}/messages"}


async def came_once(town: Town, platforms: Collection[str] = PLATFORMS) -> None:
    """The platforms have their whole post, and each message of it once."""
    for platform in platforms:
        side = town.slack if platform == "slack" else town.discord

        def whole(side: object = side) -> bool:
            messages = side.state()["channels"][0]["messages"]  # type: ignore[attr-defined]
            return bool(messages) and len((messages[0]["thread"] or {}).get("messages", ())) >= 3

        async with asyncio.timeout(90):
            while not whole():  # noqa: ASYNC110 (what is waited for happens in other processes)
                await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    for platform in platforms:
        (card,) = await town.messages(platform)
        told = [words(part["body"]) for part in card["thread"]["messages"]]
        assert len(told) == len(set(told)) >= 3


def keeps_secrets(town: Town, one: Running) -> None:
    secrets = [each for name, each in town.sandbox.settings().items() if "TOKEN" in name]
    for line in one.raw:
        for secret in secrets:
            assert secret not in line


async def test_a_worker_that_is_killed_at_the_send_is_replaced_within_a_minute(
    town: Town, tmp_path: Path, postgres_url: str
) -> None:
    await town.fault("discord", SEND["discord"], "hang")
    agreed = await subscribe(town, postgres_url, -5)
    async with AsyncExitStack() as stack:
        pair = [await stack.enter_async_context(running(town, tmp_path, agreed)) for _ in range(2)]
        async with asyncio.timeout(90):
            while not (sending := [one for one in pair if is_sending(one, "discord")]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        for one in pair:
            await wait_ready(town, one)
        await sending[0].kill()
        began = time.monotonic()
        await came_once(town)
        took = time.monotonic() - began
        sys.stdout.write(f"Taken over and finished in {took:.0f} s\n")
        assert took < 75  # a minute for a machine of its own; here other tests run beside it
        for one in pair:
            keeps_secrets(town, one)


def is_sending(one: Running, platform: str) -> bool:
    return any(each["platform"] == platform for each in one.actions("message.sending"))


async def test_stopping_in_the_middle_of_a_send_takes_ten_seconds_at_most_and_doubles_nothing(
    town: Town, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    for platform in PLATFORMS:
        await town.fault(platform, SEND[platform], "hang")
    async with running(town, tmp_path, await subscribe(town, url, -5)) as one:
        await one.tells("message.sending", 2)
        await asyncio.sleep(0.3)
        assert await one.stop() < 10
        assert one.process.returncode == 0
        assert len(one.actions("message.unknown")) == 2


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
async def test_a_full_disk_is_told_once_answered_through_and_caught_up_with(
    town: Town, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    async with running(town, tmp_path, await subscribe(town, url, 20)) as one:
        await wait_ready(town, one)
        await asyncio.sleep(3)  # who is ready may still begin; a disk full by then ends the start
        full(one, 4096)
        await one.tells("store.away")
        await asyncio.sleep(12)
        answer = await town.command("slack", "/briefing chery")
        assert "Chery" in words(answer["body"])
        assert "cannot be used just now" in (await ready(town, one))["wrong"]["beat"]
        assert len(one.actions("store.away")) == 1
        full(one, resource.RLIM_INFINITY)
        await one.tells("store.back")
        await one.tells("edition.sent", 2)
        assert await ready(town, one) == {"status": "ready"}
        keeps_secrets(town, one)
    cards = [each for each in await town.messages("slack") if not each["only_for"]]
    assert len(cards) == len(await town.messages("discord")) == 1


def full(one: Running, most: int) -> None:
    """Let no file of a process grow beyond so many bytes: to it, the disk is full."""
    resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


async def ready(town: Town, one: Running) -> Any:
    async with town.http.get(f"{one.health}/readyz") as answer:
        return await answer.json()


async def wait_ready(town: Town, one: Running) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                if (await ready(town, one))["status"] == "ready":
                    return
            except OSError:
                await asyncio.sleep(0.1)


async def test_several_schedulers_connectors_and_workers_do_no_harm(
    town: Town, tmp_path: Path, postgres_url: str
) -> None:
    agreed = await subscribe(town, postgres_url, -5)
    roles = (("schedule", "connect"), ("schedule", "connect"), ("deliver",), ("deliver",))
    async with AsyncExitStack() as stack:
        many = [
            await stack.enter_async_context(running(town, tmp_path, agreed, *each))
            for each in roles
        ]
        for one in many:
            await wait_ready(town, one)
        await came_once(town)
        for platform in PLATFORMS:
            before = len(await town.messages(platform))
            await town.command(platform, "/briefing chery")
            await asyncio.sleep(1)
            assert len(await town.messages(platform)) == before + 1
