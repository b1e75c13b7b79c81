"""What people type and press, and what they get: tables of (said, answered) on both platforms."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.conftest import PLATFORMS, Town, buttons, words

CHERY = "The 2025 Chery International User Summit"


@pytest.fixture
async def open_town(town: Town) -> AsyncIterator[Town]:
    async with town.bot():
        yield town


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_said_is_answered_privately(open_town: Town, platform: str) -> None:
    for said, answered in (
        ("/briefing chery", CHERY),
        ("/briefing chery sumit", CHERY),
        ("/briefing CHERY", CHERY),
        ("/briefing sqlite", "SQLite"),
        ("/briefing nonsense", "No briefing about “nonsense”"),
        ("/briefing", "min read"),
    ):
        answer = await open_town.command(platform, said)
        assert answered in words(answer["body"]), said
        assert answer["only_for"], said


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_section_opens_privately_and_the_card_is_shared_with_all(
    open_town: Town, platform: str
) -> None:
    answer = await open_town.command(platform, "/briefing chery")
    section = await open_town.press(platform, answer, "What's Next?")
    assert "low-carbon and zero-carbon" in words(section["body"])
    assert section["only_for"]
    shared = await open_town.press(platform, answer, "Share")
    assert CHERY in words(shared["body"])
    assert not shared["only_for"]
    assert "Share" not in buttons(shared)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_mention_is_the_equal_of_the_command(open_town: Town, platform: str) -> None:
    await open_town.command(platform, "@briefing chery")
    question, answer = (await open_town.until_messages(platform, 2))[-2:]
    assert not question["author"]["bot"]
    assert CHERY in words(answer["body"])
    assert bool(answer["only_for"]) is (platform == "slack")
    assert answer["live"] == []


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_hostile_questions_get_a_harmless_answer(open_town: Town, platform: str) -> None:
    for said in ("<!channel> @everyone", "title:* OR (", "`*_~|", "\u202eevil", "x" * 500):
        answer = await open_town.command(platform, f"/briefing {said}")
        assert answer["live"] == [], said


async def test_discord_completes_while_one_types(open_town: Town) -> None:
    order: dict[str, object] = {
        "channel": await open_town.channel("discord"),
        "person": "alice",
        "text": "/briefing che",
    }
    choices = (await open_town.call("discord/complete", order))["choices"]
    assert choices[0]["name"] == CHERY
    assert len(choices) <= 25


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_buttons_work_after_a_restart(town: Town, platform: str) -> None:
    async with town.bot():
        answer = await town.command(platform, "/briefing chery")
    async with town.bot():
        section = await town.press(platform, answer, "What's Next?")
        assert "low-carbon and zero-carbon" in words(section["body"])
