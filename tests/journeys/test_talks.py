"""Discussions that come back: recaps, conclusions and reminders, on both platforms alike."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.discord.setup import FORUM, Setup, Spot
from bot.settings import Configuration
from tests.journeys.conftest import PLATFORMS, Opens, Town, buttons, until, words
from tests.journeys.newsroom import DAILY, channel_id, form, pressed, said, side, typed
from tests.journeys.test_daily_post import SENT, posted

TEXT = "We **wait** for the zeppelin figures."


def threads(town: Town, platform: str) -> list[dict[str, Any]]:
    """The threads of the posts, the first one first."""
    shown = [each for each in said(town, platform, DAILY) if not each["only_for"]]
    return [each["thread"] for each in shown if each["thread"]]


def told(town: Town, platform: str) -> list[dict[str, Any]]:
    """What stands in the thread of the first post."""
    found = threads(town, platform)
    return [message for thread in found[:1] for message in thread["messages"]]


def titled(town: Town, platform: str, title: str) -> list[dict[str, Any]]:
    """The messages of the thread that begin with a title."""
    return [each for each in told(town, platform) if words(each["body"]).count(f"{title}: ")]


async def say(town: Town, platform: str, person: str, text: str) -> str:
    """The id of what somebody says in the thread."""
    order: dict[str, object] = {"channel": channel_id(town, platform, DAILY), "person": person}
    thread = threads(town, platform)[0]["id"]
    answer = await town.call(f"{platform}/say", {**order, "text": text, "thread": thread})
    return str(answer["message"])


async def act(town: Town, platform: str, what: str, message: str, **more: object) -> None:
    """Somebody reacts to a message, edits or deletes it."""
    order = {"channel": channel_id(town, platform, DAILY), "message": message, **more}
    await town.call(f"{platform}/{what}", order)


async def discuss(town: Town, platform: str) -> str:
    """A discussion of two people, who delete one of their messages; the id of the first one."""
    first = await say(town, platform, "alice", "They sell 500 cars.")
    await say(town, platform, "bob", "Really?")
    secret = await say(town, platform, "bob", "Secret plans")
    await act(town, platform, "react", first, person="bob", sign="tada")
    await act(town, platform, "delete", secret, person="bob")
    return first


async def quiet(town: Town, platform: str) -> dict[str, Any]:
    """The recap that comes when nobody has said anything for a while."""
    for _ in range(10):  # what was said last may still be on its way to the bot
        town.clock.move(minutes=11)
        for _ in range(200):
            await asyncio.sleep(0.02)
            if found := titled(town, platform, "Recap"):
                return found[0]
    raise AssertionError("There is no recap.")


async def recapped(town: Town, platform: str) -> str:
    """A discussion with a recap that quotes its first message, whose id that is."""
    await typed(town, platform, "/briefings discussions text:on recap:quiet 10m", DAILY)
    first = await discuss(town, platform)
    assert "500 cars" in words((await quiet(town, platform))["body"])
    return first


@pytest.fixture
def reading(town: Town) -> Configuration:
    return reading_in(town)


def reading_in(town: Town) -> Configuration:
    """The settings of a bot that may read what people write, also on Discord."""
    rooms = town.configuration.rooms
    discord = rooms["discord"].model_copy(update={"discord_message_content": True})
    return Configuration(town.configuration.own, {**rooms, "discord": discord})


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_discussion_is_recapped_concluded_and_found_again(
    town: Town, reading: Configuration, platform: str
) -> None:
    async with town.bot(reading) as bot:
        assert await posted(town, bot) == SENT
        line = "/briefings discussions text:on recap:quiet 10m"
        assert "after 10 minutes of quiet" in await typed(town, platform, line, DAILY)
        await discuss(town, platform)
        recap = await quiet(town, platform)
        shown = words(recap["body"])
        assert "2 replies from 2 people" in shown
        assert "They sell 500 cars." in shown
        assert "Secret" not in shown
        assert recap["live"] == []
        await pressed(town, platform, DAILY, recap, "Write what we said", "bob")
        dialog = await form(town, platform)
        assert "They sell 500 cars." in str(dialog)
        sent: dict[str, object] = {
            "person": "bob",
            "dialog": dialog["id"],
            "values": {"text": [TEXT]},
        }
        assert (await town.call(f"{platform}/submit", sent)).get("ok")
        await until(lambda: bool(titled(town, platform, "What we said")))
    async with town.bot(reading):
        assert len(titled(town, platform, "Recap")) == 1
        found = await typed(town, platform, "/briefing zeppelin", DAILY)
        assert "zeppelin figures" in found
        assert "2 replies" in found
        listed = await typed(town, platform, "/briefings discussed zeppelin", DAILY)
        assert "2 replies" in listed
        answer = said(town, platform, DAILY)[-2]
        before = len(said(town, platform, DAILY))
        await pressed(town, platform, DAILY, answer, "What we said")
        await until(lambda: len(said(town, platform, DAILY)) > before)
        whole = said(town, platform, DAILY)[-1]
        assert whole["only_for"]
        assert "zeppelin figures" in words(whole["body"])
        assert len(titled(town, platform, "What we said")) == 1
        assert "Edit" in buttons(titled(town, platform, "What we said")[0])
        assert side(town, platform).state()["online"]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_deleted_later_leaves_the_recap_also_after_a_restart(
    town: Town, reading: Configuration, platform: str
) -> None:
    async with town.bot(reading) as bot:
        assert await posted(town, bot) == SENT
        first = await recapped(town, platform)
        await act(town, platform, "delete", first, person="alice")
        await until(lambda: "500 cars" not in words(titled(town, platform, "Recap")[0]["body"]))
        assert "1 reply from 1 person" in words(titled(town, platform, "Recap")[0]["body"])
        await typed(town, platform, "/briefings discussions text:off", DAILY)
    async with town.bot(reading):
        await until(lambda: "Really" not in words(titled(town, platform, "Recap")[0]["body"]))
        assert len(titled(town, platform, "Recap")) == 1
        assert "Recap" not in await typed(town, platform, "/briefings status", DAILY)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_edited_later_reads_so_in_the_recap_also_after_a_restart(
    town: Town, reading: Configuration, platform: str
) -> None:
    async with town.bot(reading) as bot:
        assert await posted(town, bot) == SENT
        first = await recapped(town, platform)
        await act(town, platform, "edit", first, person="alice", text="They sell 900 cars.")
        await until(lambda: "900 cars" in words(titled(town, platform, "Recap")[0]["body"]))
        assert "500 cars" not in words(titled(town, platform, "Recap")[0]["body"])
    await act(town, platform, "edit", first, person="alice", text="They sell 700 cars.")
    async with town.bot(reading):
        await until(lambda: "700 cars" in words(titled(town, platform, "Recap")[0]["body"]))
        assert len(titled(town, platform, "Recap")) == 1


@pytest.mark.parametrize("where", ["thread", "channel"])
async def test_a_discussion_in_a_forum_is_recapped_where_its_channel_wants_it(
    open_town: Opens, where: str
) -> None:
    town = await open_town(Setup(channels=(Spot("briefings", kind=FORUM), Spot("general"))))
    async with town.bot(reading_in(town)) as bot:
        assert await posted(town, bot) == SENT
        line = f"/briefings discussions text:on recap:quiet 10m in:{where}"
        order = {"channel": threads(town, "discord")[0]["id"], "person": "alice", "text": line}
        await town.call("discord/command", order)
        await until(lambda: "10 minutes" in str(told(town, "discord")))
        first = await discuss(town, "discord")
        town.clock.move(minutes=11)
        await until(lambda: bool(recaps(town)))
        (recap,) = recaps(town)
        assert "500 cars" in words(recap["body"])
        assert recap["live"] == []
        assert bool(titled(town, "discord", "Recap")) == (where == "thread")
        town.clock.move(minutes=11)
        await act(town, "discord", "edit", first, person="alice", text="They sell 900 cars.")
        await until(lambda: "900 cars" in words(recaps(town)[0]["body"]))
        assert len(recaps(town)) == 1


def recaps(town: Town) -> list[dict[str, Any]]:
    """The recaps in the posts of a forum, and those that are posts themselves."""
    posts = said(town, "discord", DAILY)
    inside = [each for post in posts for each in (post["thread"] or {"messages": []})["messages"]]
    return [each for each in (*posts, *inside) if "Recap: " in words(each["body"])]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_next_post_on_the_subject_leads_to_the_discussion(
    town: Town, reading: Configuration, platform: str, tmp_path: Path
) -> None:
    tomorrow = town.clock.now().date() + timedelta(days=1)
    folder = tmp_path / "more"
    folder.mkdir()
    text = f"---\ntitle: Chery in Spain\ndate: {tomorrow}\n---\n\nThe maker Chery opens a plant.\n"
    (folder / "spain.md").write_text(text, encoding="utf-8")
    folders = (*reading.own.briefing_folders, folder)
    own = reading.own.model_copy(update={"briefing_folders": folders})
    async with town.bot(Configuration(own, reading.rooms)) as bot:
        assert await posted(town, bot) == SENT
        first = threads(town, platform)[0]
        for person in ("alice", "bob"):
            await say(town, platform, person, f"I am {person}.")
        link = str(first["id"]).replace(".", "")
        listed = ""
        while "2 replies" not in listed or link not in listed:  # it may still be on its way
            await typed(town, platform, "/briefings discussed", DAILY)
            listed = str(said(town, platform, DAILY)[-1]["body"])
        town.clock.move(days=1)
        for _ in range(100):
            await bot.scheduler.look()
            await bot.scheduler.settle()
            if len(threads(town, platform)) > 1:
                break
        shown = [each for each in said(town, platform, DAILY) if not each["only_for"]]
        assert "Discussed before:" in words(shown[-1]["body"])
        assert "(2 replies)" in words(shown[-1]["body"])
        assert link in str(shown[-1]["body"])
        assert shown[-1]["live"] == []
        assert "Discussed before:" not in words(shown[0]["body"])
