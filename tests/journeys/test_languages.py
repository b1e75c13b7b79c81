"""Everybody is answered in their own language, and every channel gets its posts in its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.conftest import PLATFORMS, Town, buttons, until, words
from tests.journeys.test_owners import count, dialogs, general, ordered

LINE = "/briefings subscribe daily 08:30 Europe/Berlin"


def use(town: Town, platform: str, locale: str) -> None:
    """Let alice use a platform in a language."""
    if platform == "slack":
        people = town.slack.workspace.people
        people["U0ALICE001"] = replace(people["U0ALICE001"], locale=locale)
        return
    members = town.discord.world.guild.people
    name = next(each.id for each in members.values() if each.name == "alice")
    members[name] = replace(members[name], locale=locale)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_person_is_answered_in_their_language(town: Town, platform: str) -> None:
    use(town, platform, "de")
    async with town.bot():
        assert "noch keine Briefings" in await ordered(town, platform, "/briefings list")
        told = await ordered(town, platform, f"{LINE} language:zh")
        assert "Täglich um 08:30 Uhr in Berlin" in told
        assert "Die Beiträge sind auf Chinesisch." in told
        told = await ordered(town, platform, "/briefing qqqqq")
        assert "Kein Briefing zu „qqqqq“" in told


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_form_is_drawn_in_the_language_of_whoever_fills_it_in(
    town: Town, platform: str
) -> None:
    use(town, platform, "zh-CN")
    async with town.bot():
        channel = await general(town, platform)
        order: dict[str, object] = {"channel": channel, "person": "alice"}
        await town.call(f"{platform}/command", {**order, "text": "/briefings subscribe"})
        await until(lambda: bool(dialogs(town, platform)))
        told = words(dialogs(town, platform)[0])
        assert "时区" in told
        assert "Time zone" not in told


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_shared_is_in_the_language_of_the_channel(town: Town, platform: str) -> None:
    use(town, platform, "de")
    async with town.bot():
        assert "Chinesisch" in await ordered(town, platform, f"{LINE} language:中文")
        before = len(count(town, platform))
        channel = await general(town, platform)
        ask: dict[str, object] = {"channel": channel, "person": "alice", "text": "/briefing chery"}
        await town.call(f"{platform}/command", ask)
        await until(lambda: len(count(town, platform)) > before)
        answer = (await town.messages(platform, 1))[-1]
        assert "Min. Lesezeit" in words(answer["body"])
        press = {"channel": channel, "message": answer["id"], "action": buttons(answer)["Teilen"]}
        await town.call(f"{platform}/press", {**press, "person": "alice"})
        await until(lambda: "阅读约" in words(count(town, platform)[-1]))
