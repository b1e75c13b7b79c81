"""An edited document reaches every copy that was posted, on both platforms, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.posting import post as send
from bot.posting import take_order
from briefings.schedule import Layout
from tests.journeys.conftest import PATIENCE, PLATFORMS, Town, buttons, words
from tests.journeys.test_daily_post import SENT, posted

EDIT = {"slack": "chat.update", "discord": "PATCH /channels/{channel_id}/messages/{message_id}"}
FIRST = "# A tale\n\nIt began.\n\n## One\n\nFirst part.\n\n## Two\n\nSecond part.\n"
SECOND = FIRST.replace("It began.", "It began <!channel> @everyone again.")
LONGER = FIRST + "\n## Three\n\nThird part.\n"
SHORTER = "# A tale\n\nIt began.\n\n## One\n\nFirst part.\n"


@asynccontextmanager
async def telling(town: Town, folder: Path, text: str = FIRST) -> AsyncIterator[tuple[Bot, Path]]:
    """A bot whose only briefing is a file, which was posted on both platforms."""
    own = town.configuration.own.model_copy(update={"briefing_folders": (folder,)})
    (file := folder / "tale.md").write_text(text)
    async with town.bot(replace(town.configuration, own=own)) as bot:
        assert await posted(town, bot) == SENT
        yield bot, file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (found := tmp_path / "briefings").mkdir()
    return found


async def post(town: Town, platform: str) -> list[dict[str, Any]]:
    """The card and the parts of the only post, without what its thread is told of corrections."""
    (card,) = await town.messages(platform)
    parts = card["thread"]["messages"] if card["thread"] else []
    return [card, *(each for each in parts if "What changed" not in buttons(each))]


async def told(town: Town, platform: str) -> list[str]:
    return [words(each["body"]) for each in await post(town, platform)]


async def until_told(town: Town, platform: str, number: int, text: str) -> None:
    async with asyncio.timeout(30):
        while True:
            said = await told(town, platform)
            if len(said) > number and text in said[number]:
                return
            await asyncio.sleep(0.05)


async def test_an_edit_reaches_the_copies_in_place_and_nothing_in_it_is_live(
    town: Town, folder: Path
) -> None:
    async with telling(town, folder) as (_, file):
        before = {platform: await post(town, platform) for platform in PLATFORMS}
        file.write_text(SECOND)
        for platform in PLATFORMS:
            await until_told(town, platform, 0, "again")
            after = await post(town, platform)
            assert [each["id"] for each in after] == [each["id"] for each in before[platform]]
            assert [each["edited"] for each in after][1:] == [False] * (len(after) - 1)
            assert all(each["live"] == [] for each in after)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_parts_that_are_new_are_posted_and_those_taken_out_say_so(
    town: Town, folder: Path, platform: str
) -> None:
    async with telling(town, folder) as (_, file):
        count = len(await post(town, platform))
        file.write_text(LONGER)
        await until_told(town, platform, count, "Third part.")
        file.write_text(SHORTER)
        await until_told(town, platform, count, "this part was taken out")
        await until_told(town, platform, count - 1, "this part was taken out")
        assert len(await post(town, platform)) == count + 1


@pytest.mark.parametrize("kind", ["429", "500", "drop", "reset", "garbage"])
async def test_whatever_happens_to_an_edit_it_is_made(town: Town, folder: Path, kind: str) -> None:
    async with telling(town, folder) as (_, file):
        for platform in PLATFORMS:
            await town.fault(platform, EDIT[platform], kind, retry_after=1)
        file.write_text(SECOND)
        for platform in PLATFORMS:
            await until_told(town, platform, 0, "again")
            assert len(await told(town, platform)) == len(set(await told(town, platform)))


async def test_an_edit_made_while_the_bot_was_down_reaches_the_copies(
    town: Town, folder: Path
) -> None:
    async with telling(town, folder):
        pass
    async with telling(town, folder, SECOND):
        for platform in PLATFORMS:
            await until_told(town, platform, 0, "again")
            assert len(await town.messages(platform)) == 1


async def test_a_copy_that_somebody_deleted_holds_up_no_other(town: Town, folder: Path) -> None:
    async with telling(town, folder) as (_, file):
        channel = town.slack.workspace.channels["C0DAILY01"]
        (first, *_) = (each for each in channel.messages.values() if each.thread)
        town.slack.slack.delete(first)
        file.write_text(SECOND.replace("Second part.", "Second part, corrected."))
        await until_told(town, "slack", 0, "again")
        await until_told(town, "slack", len(await post(town, "slack")) - 1, "corrected")


@pytest.mark.parametrize("layout", [Layout.CARD, Layout.WHOLE])
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_corrected_post_without_a_thread_stays_one(
    town: Town, folder: Path, platform: str, layout: Layout
) -> None:
    own = town.configuration.own.model_copy(update={"briefing_folders": (folder,)})
    configuration = replace(town.configuration, own=own)
    (file := folder / "tale.md").write_text(FIRST)
    async with town.bot(configuration):
        place = f"{platform}:{await town.channel(platform)}"
        order = await take_order(configuration, town.clock, place, "tale")
        await send(configuration, town.clock, replace(order, layout=layout))
        before = await town.messages(platform)
        file.write_text(SECOND)
        await until_corrected(town, platform, "again")
        after = await town.messages(platform)
        assert [each["id"] for each in after] == [each["id"] for each in before]
        assert len(after) == (1 if layout is Layout.CARD else 3)
        assert not any(each["thread"] for each in after)


async def until_corrected(town: Town, platform: str, text: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if text in words((await town.messages(platform))[0]["body"]):
                return
            await asyncio.sleep(0.05)
