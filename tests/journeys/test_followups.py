"""What people do with a post that stands: watch a line, signal quietly, and see what changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.store.rows import State
from tests.journeys.conftest import PLATFORMS, Town, buttons, until, words
from tests.journeys.newsroom import DAILY, GENERAL, answered, asked, channel_id, sent, side, typed
from tests.journeys.test_daily_post import SENT, posted

TALE = """---
title: Tram 7 reopens
topics: [trams]
---

## What's Happening?

Tram 7 carried 1,200 people on its first day.

## Background

It was closed for a year.

## What's Next?

- The depot opens on {first}.
- A report comes on {second}.
"""

PRIVATE = 1
"""The type of direct messages on Discord."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (found := tmp_path / "briefings").mkdir()
    return found


def tale(town: Town) -> str:
    """A briefing that promises something for tomorrow and for the day after."""
    today = town.clock.now().date()
    days = [f"{today + timedelta(days=ahead):%Y-%m-%d}" for ahead in (1, 40)]
    return TALE.format(first=days[0], second=days[1])


@asynccontextmanager
async def telling(town: Town, folder: Path) -> AsyncIterator[tuple[Bot, Path]]:
    """A bot whose only briefing is a file, which was posted on both platforms."""
    file = folder / "tram.md"
    if not file.exists():
        file.write_text(tale(town))
    async with again(town, folder) as bot:
        assert await posted(town, bot) == SENT
        yield bot, file


@asynccontextmanager
async def again(town: Town, folder: Path) -> AsyncIterator[Bot]:
    own = town.configuration.own.model_copy(update={"briefing_folders": (folder,)})
    async with town.bot(replace(town.configuration, own=own)) as bot:
        yield bot


def card(town: Town, platform: str) -> dict[str, Any]:
    """The post in the first channel."""
    found: dict[str, Any] = next(
        each
        for each in side(town, platform).state()["channels"][DAILY]["messages"]
        if not each["only_for"] and each["thread"]
    )
    return found


def thread(town: Town, platform: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = card(town, platform)["thread"]["messages"]
    return found


def told(town: Town, platform: str, text: str) -> list[dict[str, Any]]:
    """The messages of the thread that say something."""
    return [each for each in thread(town, platform) if text in words(each["body"])]


async def press(
    town: Town, platform: str, message: dict[str, Any], label: str, person: str = "alice"
) -> dict[str, Any]:
    """What comes, in the channel or in the thread, after a press in a thread."""
    before = {each["id"] for each in everything(town, platform)}
    await town.call(
        f"{platform}/press",
        {
            "channel": place_of(town, platform, message),
            "message": message["id"],
            "action": buttons(message)[label],
            "person": person,
        },
    )
    await until(lambda: bool({each["id"] for each in everything(town, platform)} - before))
    await until(lambda: all(words(each["body"]) for each in everything(town, platform)))
    return next(each for each in everything(town, platform) if each["id"] not in before)


def everything(town: Town, platform: str) -> list[dict[str, Any]]:
    channels = side(town, platform).state()["channels"]
    shown = [each for channel in channels for each in channel["messages"]]
    inside = [part for each in shown if each["thread"] for part in each["thread"]["messages"]]
    return [*shown, *inside]


def place_of(town: Town, platform: str, message: dict[str, Any]) -> str:
    """Where a message stands, as a press on it is told."""
    inside = any(message["id"] == each["id"] for each in thread(town, platform))
    if platform == "discord" and inside:
        return str(card(town, platform)["thread"]["id"])
    return channel_id(town, platform, DAILY)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_watched_line_is_asked_about_once_on_its_day_in_its_thread(
    town: Town, folder: Path, platform: str
) -> None:
    async with telling(town, folder):
        (part,) = told(town, platform, "The depot opens")
        choice = await press(town, platform, part, "Watch")
        label = next(each for each in buttons(choice) if each.startswith("1"))
        watching = await press(town, platform, choice, label)
        assert "in the thread" in words(watching["body"])
        assert "The depot opens" in await typed(town, platform, "/briefings watched", DAILY)
    town.clock.move(days=1)
    for _ in range(2):  # a restart asks nothing twice
        async with again(town, folder):
            await until(lambda: bool(told(town, platform, "did it happen?")))
            await asyncio.sleep(0.5)
    (asked,) = told(town, platform, "did it happen?")
    assert "The depot opens" in words(asked["body"])
    async with again(town, folder):
        settled = await press(town, platform, asked, "Done", "bob")
        assert "It happened" in words(settled["body"])
        assert not settled["only_for"]
        late = await press(town, platform, asked, "Drop")
        assert "answered this already" in words(late["body"])
        assert "Nothing is watched" in await typed(town, platform, "/briefings watched", DAILY)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_did_not_happen_yet_is_asked_again_after_a_week(
    town: Town, folder: Path, platform: str
) -> None:
    async with telling(town, folder):
        (part,) = told(town, platform, "The depot opens")
        choice = await press(town, platform, part, "Watch")
        label = next(each for each in buttons(choice) if each.startswith("1"))
        await press(town, platform, choice, label)
        town.clock.move(days=1)
        await until(lambda: bool(told(town, platform, "did it happen?")))
        (asked,) = told(town, platform, "did it happen?")
        later = await press(town, platform, asked, "Not yet")
        assert "ask again on" in words(later["body"])
    town.clock.move(days=7)
    async with again(town, folder):
        await until(lambda: len(told(town, platform, "did it happen?")) == 2)


def close_thread(town: Town, platform: str) -> None:
    """Nothing can be said in the thread of the post any more: it is locked, or its card is gone."""
    if platform == "slack":
        slack, root = town.slack.slack, str(card(town, platform)["id"])
        daily = slack.workspace.channels[channel_id(town, platform, DAILY)]
        slack.delete(daily.messages[root])
    for place in town.discord.world.guild.channels.values():
        if place.archive:
            place.archive.locked = True


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_the_thread_refuses_is_asked_in_the_channel_on_the_next_day(
    town: Town, folder: Path, platform: str
) -> None:
    def shown() -> list[dict[str, Any]]:
        channel: Any = side(town, platform).state()["channels"][DAILY]
        return [each for each in channel["messages"] if "did it happen?" in words(each["body"])]

    async with telling(town, folder) as (bot, _):
        (part,) = told(town, platform, "The depot opens")
        choice = await press(town, platform, part, "Watch")
        label = next(each for each in buttons(choice) if each.startswith("1"))
        await press(town, platform, choice, label)
        close_thread(town, platform)
        town.clock.move(days=1)
        for _ in range(500):
            recent = [each.plan for each in await bot.ledger.newest(9)]
            if any(each.state is State.REFUSED for each in recent):
                break
            await asyncio.sleep(0.02)
        assert shown() == []
    town.clock.move(days=1)
    async with again(town, folder):
        await until(lambda: len(shown()) == 1)
        settled = await answered(town, platform, DAILY, shown()[0], "Done", "bob")
        assert "It happened" in words(settled["body"])


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_signals_are_counted_once_a_person_and_told_privately(
    town: Town, folder: Path, platform: str
) -> None:
    async with telling(town, folder):
        first = await answered(town, platform, DAILY, card(town, platform), "Surprised", "alice")
        assert first["only_for"]
        assert "Surprised 1" in words(first["body"])
    async with again(town, folder):
        second = await answered(town, platform, DAILY, card(town, platform), "Surprised", "bob")
        assert "Surprised 2" in words(second["body"])
        back = await answered(town, platform, DAILY, card(town, platform), "Surprised", "alice")
        assert "Taken back" in words(back["body"])
        assert "Surprised 1" in words(back["body"])
        explained = await answered(town, platform, DAILY, card(town, platform), "Explain", "bob")
        assert "Background" in buttons(explained)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_author_of_what_is_to_be_explained_is_told_once_and_not_who_asks(
    town: Town, folder: Path, platform: str
) -> None:
    async with again(town, folder) as bot:
        await asked(town, platform, "/briefings write", GENERAL)
        tram = {"title": "Tram 7", "happening": "It opens.", "important": "It is quick."}
        looked = await sent(town, platform, GENERAL, tram)
        await answered(town, platform, GENERAL, looked[-1], "Save")
        await until(lambda: bool(bot.shelf.library))
        assert await posted(town, bot) == SENT
        for _ in range(3):  # given, taken back, given
            explained = await answered(
                town, platform, DAILY, card(town, platform), "Explain", "bob"
            )
        assert "author is told" in words(explained["body"])
    told = [each for each in letters(town, platform) if "pressed Explain" in each]
    assert len(told) == 1
    assert "bob" not in told[0].casefold()


def letters(town: Town, platform: str) -> list[str]:
    """What the bot wrote to people directly."""
    if platform == "slack":
        direct = town.slack.workspace.direct("U0ALICE001")
        return [words(each.body) for each in direct.messages.values()]
    spots = town.discord.world.guild.channels.values()
    private = [each for each in spots if each.kind == PRIVATE]
    return [words(each.body) for spot in private for each in spot.messages.values()]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_correction_that_matters_is_told_once_and_shows_what_changed(
    town: Town, folder: Path, platform: str
) -> None:
    async with telling(town, folder) as (_, file):
        file.write_text(tale(town).replace("closed for a year", "shut for a year"))
        await until(lambda: "Corrected" in words(card(town, platform)["body"]))
        await asyncio.sleep(1)
        assert not told(town, platform, "was corrected")
        file.write_text(tale(town).replace("1,200", "1,500"))
        await until(lambda: "1,500" in words(card(town, platform)["body"]))
        await until(lambda: bool(told(town, platform, "was corrected")))
    async with again(town, folder):
        await asyncio.sleep(1)
        (said,) = told(town, platform, "was corrected")
        assert "What's Happening?" in words(said["body"])
        assert re.search(r"Corrected \d\d:\d\d", words(card(town, platform)["body"]))
        shown = await press(town, platform, said, "What changed")
        assert shown["only_for"]
        assert "1,200" in words(shown["body"])
        assert "1,500" in words(shown["body"])
        assert shown["live"] == []
