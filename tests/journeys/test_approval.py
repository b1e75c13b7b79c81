"""Posts that editors approve of before their hour, on both platforms, through the real SDKs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.app import Bot
from bot.store.rows import State
from tests.journeys.conftest import PLATFORMS, Town, buttons, until, words
from tests.journeys.newsroom import (
    DAILY,
    GENERAL,
    answered,
    asked,
    channel_id,
    form,
    payload,
    pressed,
    said,
    sent,
    typed,
)

HALF_AN_HOUR = timedelta(minutes=30)


async def agree(town: Town, platform: str, silence: str) -> None:
    """Have a post in half an hour, which the people of the first channel approve of."""
    at = f"{town.clock.now() + HALF_AN_HOUR:%H:%M}"
    assert "Every day" in await typed(
        town, platform, f"/briefings subscribe {at} UTC late:24h", GENERAL
    )
    line = f"/briefings approval #daily-briefing {silence}"
    assert "an hour before" in await typed(town, platform, line, GENERAL)


def cards(town: Town, platform: str) -> list[dict[str, Any]]:
    """What is up for approval, whose exact messages stand below it."""
    shown = [each for each in said(town, platform, DAILY) if "Approve" in buttons(each)]
    return [each for each in shown if each["thread"] and each["thread"]["messages"]]


async def put_up(town: Town, platform: str, count: int = 1) -> dict[str, Any]:
    """The newest approval card."""
    await until(lambda: len(cards(town, platform)) >= count)
    card = cards(town, platform)[count - 1]
    assert all(each["live"] == [] for each in (card, *card["thread"]["messages"]))
    return card


def posts(town: Town, platform: str) -> list[dict[str, Any]]:
    """The posts in the second channel."""
    return [each for each in said(town, platform, GENERAL) if not each["only_for"]]


async def settled(bot: Bot, town: Town, platform: str) -> tuple[State, str | None]:
    """What became of the edition once its hour has come."""
    town.clock.move(minutes=31)
    place = (platform, channel_id(town, platform, GENERAL))
    for _ in range(600):
        records = await bot.ledger.recent(*place, 1)
        if records and records[0].plan.state in {State.SKIPPED, State.SENT}:
            return records[0].plan.state, records[0].plan.reason
        await bot.scheduler.look()
        await bot.scheduler.settle()
    raise AssertionError("Nothing became of it.")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_was_approved_goes_out_once_just_as_it_was_shown(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await agree(town, platform, "hold")
        card = await put_up(town, platform)
        assert "Nobody is pinged." in words(card["body"])
        told = await answered(town, platform, DAILY, card, "Approve", "bob")
        assert "approved by" in words(told["body"])
        assert not told["only_for"]
        again = await answered(town, platform, DAILY, card, "Approve", "alice")
        assert again["only_for"]
        assert "up for approval" not in await typed(town, platform, "/briefings status", GENERAL)
        assert "approved by" in await typed(town, platform, "/briefings why", GENERAL)
        assert await settled(bot, town, platform) == (State.SENT, None)
        (post,) = posts(town, platform)
        assert payload(card["thread"]["messages"][0]) == payload(post)
        late = await answered(town, platform, DAILY, card, "Hold", "bob")
        assert "too late" in words(late["body"])
        assert "approved by" in await typed(town, platform, "/briefings status", GENERAL)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_held_does_not_go_out_and_status_says_who_held_it(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await agree(town, platform, "send")
        card = await put_up(town, platform)
        await answered(town, platform, DAILY, card, "Approve", "alice")
        await answered(town, platform, DAILY, card, "Hold", "bob")
        state, reason = await settled(bot, town, platform)
        assert state is State.SKIPPED
        assert "held by" in (reason or "")
        assert "held by" in await typed(town, platform, "/briefings status", GENERAL)
        assert posts(town, platform) == []


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("silence", "becomes"), [("hold", State.SKIPPED), ("send", State.SENT)])
async def test_silence_means_what_the_channel_chose(
    town: Town, platform: str, silence: str, becomes: State
) -> None:
    async with town.bot() as bot:
        await agree(town, platform, silence)
        await put_up(town, platform)
        assert "is up for approval in" in await typed(town, platform, "/briefings status", GENERAL)
        assert (await settled(bot, town, platform))[0] is becomes


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_another_one_is_shown_and_the_first_can_no_longer_be_approved(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await agree(town, platform, "hold")
        first = await put_up(town, platform)
        await answered(town, platform, DAILY, first, "Another one")
        second = await put_up(town, platform, 2)
        assert words(second["body"]) != words(first["body"])
        old = await answered(town, platform, DAILY, first, "Approve")
        assert "Another version is up" in words(old["body"])
        await answered(town, platform, DAILY, second, "Approve")
        assert (await settled(bot, town, platform))[0] is State.SENT
        (post,) = posts(town, platform)
        assert payload(second["thread"]["messages"][0]) == payload(post)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_restart_asks_once_and_keeps_what_was_decided(town: Town, platform: str) -> None:
    async with town.bot():
        await agree(town, platform, "hold")
        card = await put_up(town, platform)
        await answered(town, platform, DAILY, card, "Approve")
    async with town.bot() as bot:
        assert (await settled(bot, town, platform))[0] is State.SENT
        assert len(cards(town, platform)) == 1
        assert len(posts(town, platform)) == 1


SENDING = {"slack": "chat.postMessage", "discord": "POST /channels/{channel_id}/messages"}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", ["drop", "500", "429"])
async def test_whatever_the_platform_does_the_editors_are_asked_once(
    town: Town, platform: str, kind: str
) -> None:
    async with town.bot() as bot:
        await town.fault(platform, SENDING[platform], kind)
        await agree(town, platform, "hold")
        card = await put_up(town, platform)
        await answered(town, platform, DAILY, card, "Approve")
        assert (await settled(bot, town, platform))[0] is State.SENT
        assert (
            len([each for each in said(town, platform, DAILY) if "Approve" in buttons(each)]) == 1
        )
        assert len(posts(town, platform)) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_edit_asks_again_and_what_was_approved_before_does_not_count(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await asked(town, platform, "/briefings write", GENERAL)
        title = "Ours <!channel> @everyone"
        looked = await sent(town, platform, GENERAL, {"title": title, "happening": "Ours."})
        await answered(town, platform, GENERAL, looked[-1], "Save")
        await until(lambda: any("Ours" in e.briefing.title for e in bot.shelf.library.values()))
        await agree(town, platform, "hold")
        card = await put_up(town, platform)
        await answered(town, platform, DAILY, card, "Approve")
        while "Ours" not in words(card["body"]):
            count = len(cards(town, platform))
            await answered(town, platform, DAILY, card, "Another one")
            card = await put_up(town, platform, count + 1)
        count = len(cards(town, platform))
        await pressed(town, platform, DAILY, card, "Edit")
        await form(town, platform)
        edited = await sent(town, platform, DAILY, {"happening": "Ours, edited."})
        await answered(town, platform, DAILY, edited[-1], "Save")
        second = await put_up(town, platform, count + 1)
        assert "edited" in words(second["thread"]["messages"][0]["body"])
        state, reason = await settled(bot, town, platform)
        assert (state, reason) == (State.SKIPPED, "nobody approved of it before its hour")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_only_the_editors_channel_is_asked_and_only_owners_say_who_that_is(
    town: Town, platform: str
) -> None:
    async with town.bot():
        await agree(town, platform, "hold")
        told = await typed(town, platform, "/briefings approval off", GENERAL, "bob")
        assert "changed by" in told
        assert "in no channel" in await typed(
            town, platform, "/briefings approval #nowhere", GENERAL
        )
        assert "#daily-briefing" in await typed(town, platform, "/briefings approval", GENERAL)
        assert "nobody's approval" in await typed(
            town, platform, "/briefings approval off", GENERAL
        )
