"""The day's briefing in a forum, among followers and on a server of old, whatever happens to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.posting import post as post_now
from bot.posting import take_order
from bot.sandbox.discord.setup import ANNOUNCEMENT, FORUM, TEXT, Setup, Spot
from bot.store.rows import State
from briefings.schedule import Layout
from briefings.words import day
from tests.journeys.conftest import Opens, words
from tests.journeys.test_corrections import EDIT, SECOND, post, telling, told, until_told
from tests.journeys.test_daily_post import SENT, editions, posted

STARTING = "POST /channels/{channel_id}/threads"


def forum(**more: Any) -> Setup:
    return Setup(channels=(Spot("briefings", kind=FORUM, **more), Spot("general")))


@pytest.mark.parametrize("kind", ["", "429", "500", "503", "drop", "reset", "garbage"])
async def test_a_forum_gets_one_post_whatever_happens_to_it(open_town: Opens, kind: str) -> None:
    town = await open_town(forum())
    if kind:
        await town.fault("discord", STARTING, kind, retry_after=1)
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
    (post,) = await town.messages("discord")
    parts = [words(each["body"]) for each in post["thread"]["messages"]]
    assert len(parts) == len(set(parts)) >= 3
    assert post["live"] == []


async def test_a_forum_that_wants_a_tag_it_does_not_have_says_so(open_town: Opens) -> None:
    town = await open_town(forum(tags=("Gardening",), needs_tag=True))
    async with town.bot() as bot:
        slack, _ = SENT
        assert await posted(town, bot) == [slack, ("discord", State.REFUSED)]
        records = await bot.ledger.newest(9)
        (refused,) = [each for each in records if each.plan.state is State.REFUSED]
        assert "tag" in str(refused.plan.reason)


async def test_a_server_that_does_not_want_the_words_refuses_the_post_once(
    open_town: Opens,
) -> None:
    town = await open_town(Setup(banned=("the",)))
    async with town.bot() as bot:
        slack, _ = SENT
        assert await posted(town, bot) == [slack, ("discord", State.REFUSED)]
        records = await bot.ledger.newest(9)
        (refused,) = [each for each in records if each.plan.state is State.REFUSED]
        assert "AutoMod" in str(refused.plan.reason)
    assert not await town.messages("discord")
    sends = [each for each in town.discord.journal.calls if each.path.endswith("/messages")]
    assert len([each for each in sends if each.method == "POST"]) == 1


@pytest.mark.parametrize("kind", [FORUM, TEXT])
async def test_a_title_that_a_server_does_not_want_costs_neither_thread_nor_post(
    open_town: Opens, kind: int, caplog: pytest.LogCaptureFixture
) -> None:
    spots = (Spot("briefings", kind=kind), Spot("general"))
    town = await open_town(Setup(channels=spots, banned_titles=("Chery",)))
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
        (edition, _) = editions(bot)
        moves = [move for each in editions(bot) for move in await bot.ledger.moves(each)]
    (card,) = await town.messages("discord")
    assert card["thread"]["name"] == f"Briefing of {day(edition.day)}"
    assert len(card["thread"]["messages"]) >= 3
    assert "Chery" in words(card["body"])
    assert any("AutoMod refuses the title" in line for line in caplog.messages)
    if kind == FORUM:
        told = [str(move.reason) for move in moves if move.number == 0]
        assert any("AutoMod refuses the title" in why and "Briefing of" in why for why in told)


async def test_a_discussion_is_opened_whose_title_a_server_does_not_want(open_town: Opens) -> None:
    town = await open_town(Setup(banned_titles=("Chery",)))
    async with town.bot():
        place = f"discord:{await town.channel('discord')}"
        order = await take_order(town.configuration, town.clock, place, "chery")
        await post_now(town.configuration, town.clock, replace(order, layout=Layout.CARD))
        (card,) = await town.messages("discord")
        told = await town.press("discord", card, "Discuss")
        assert "in the thread" in words(told["body"])
        (card, *_) = await town.messages("discord")
        assert card["thread"]["name"].startswith("Briefing of ")


async def test_a_server_that_takes_no_title_at_all_is_told_of(open_town: Opens) -> None:
    town = await open_town(Setup(banned_titles=("Chery", "Briefing")))
    async with town.bot() as bot:
        slack, _ = SENT
        assert await posted(town, bot) == [slack, ("discord", State.REFUSED)]


@pytest.mark.parametrize(
    "setup",
    [
        Setup(components_v2=False),
        Setup(channels=(Spot("news", kind=ANNOUNCEMENT), Spot("general"))),
    ],
)
async def test_other_servers_and_channels_get_the_whole_briefing(
    open_town: Opens, setup: Setup
) -> None:
    town = await open_town(setup)
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
        answer = await town.command("discord", "/briefing chery")
        assert "Chery" in words(answer["body"])
        assert answer["only_for"]
    card = (await town.messages("discord"))[0]
    assert len(card["thread"]["messages"]) >= 3
    assert not (await town.state("discord"))["limited"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (found := tmp_path / "briefings").mkdir()
    return found


EVERYWHERE = {
    "forum": Setup(channels=(Spot("briefings", kind=FORUM), Spot("general"))),
    "forum of old": Setup(channels=(Spot("briefings", kind=FORUM),), components_v2=False),
    "server of old": Setup(components_v2=False),
    "announcements": Setup(channels=(Spot("news", kind=ANNOUNCEMENT),)),
}


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize("kind", ["", "drop"])
async def test_a_correction_is_made_in_place_wherever_the_post_stands(
    open_town: Opens, folder: Path, where: str, kind: str
) -> None:
    town = await open_town(EVERYWHERE[where])
    async with telling(town, folder) as (_, file):
        before = await post(town, "discord")
        for channel in town.discord.world.guild.channels.values():
            if channel.archive:
                channel.archive.archived = True
        if kind:
            await town.fault("discord", EDIT["discord"], kind)
        file.write_text(SECOND.replace("Second part.", "Second part, corrected."))
        await until_told(town, "discord", 0, "again")
        await until_told(town, "discord", len(before) - 1, "corrected")
        after = await post(town, "discord")
        assert [each["id"] for each in after] == [each["id"] for each in before]
        assert all(each["live"] == [] for each in after)
        assert len(await told(town, "discord")) == len(set(await told(town, "discord")))
        assert not any(each["thread"]["archived"] for each in after if each["thread"])
