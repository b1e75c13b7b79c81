"""The page of a real bot: from a line in a channel, by direct message, to today's posts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from aiohttp import ClientSession, CookieJar

from bot.page.opening import open_page
from bot.page.sources import Names
from bot.page_settings import PageSettings
from tests.journeys.conftest import PLATFORMS, Town, free_url, until
from tests.journeys.newsroom import DAILY, side, typed

LINK = re.compile(r"http://127\.0\.0\.1:\d+/bot/enter/[\w-]+")


def invitations(town: Town, platform: str) -> list[str]:
    """The links that stand in anything said directly to somebody."""
    state = side(town, platform).state()
    return LINK.findall(str(state))


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_manager_is_let_into_the_page_of_their_channel(town: Town, platform: str) -> None:
    port = int(free_url().split(":")[2].partition("/")[0])
    page = PageSettings(briefing_page_port=port)
    configuration = replace(town.configuration, page=page)
    async with town.bot(configuration) as bot, open_page(page, bot) as address:
        said = await typed(town, platform, "/briefings page", DAILY)
        assert "direct messages" in said
        await until(lambda: bool(invitations(town, platform)))
        link = invitations(town, platform)[-1]
        assert link.startswith(address)
        jar = CookieJar(unsafe=True)
        async with ClientSession(cookie_jar=jar) as person, person.post(link) as answer:
            told = await answer.text()
        assert "What goes out" in told
        assert "#daily-briefing" in told
        other = "discord" if platform == "slack" else "slack"
        assert f'class="platform {platform}"' in told
        assert f'class="platform {other}"' not in told


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_platform_names_its_people_to_the_page(town: Town, platform: str) -> None:
    async with town.bot() as bot:
        known = {each["id"]: each["name"] for each in side(town, platform).state()["people"]}
        names = Names(bot.platforms)
        told = await names.people({(platform, each) for each in (*known, "stranger", "77")})
        assert told == {
            **{(platform, each): name for each, name in known.items()},
            (platform, "stranger"): "stranger",
            (platform, "77"): "77",
        }
