"""What channel owners do with /briefings, on both platforms, through the real SDKs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import PLATFORMS, Town, buttons, until, words

LINE = "/briefings subscribe weekdays 08:30 Europe/Berlin"


async def general(town: Town, platform: str) -> str:
    return str((await town.state(platform))["channels"][1]["id"])


async def ordered(town: Town, platform: str, text: str, person: str = "alice") -> str:
    """What somebody is told after typing something in the second channel."""
    before = len(await town.messages(platform, 1))
    channel = await general(town, platform)
    await town.call(f"{platform}/command", {"channel": channel, "person": person, "text": text})
    await until(lambda: _is_answered(count(town, platform), before))
    message = (await town.messages(platform, 1))[-1]
    assert message["only_for"]
    moments = [each for each in message["live"] if each.startswith("timestamp: ")]
    assert message["live"] == moments
    assert bool(moments) == (platform == "discord" and text == "/briefings next")
    return words(message["body"])


def _is_answered(messages: list[Any], before: int) -> bool:
    """A busy machine may first say that it is thinking."""
    return len(messages) > before and not messages[-1]["pending"]


def count(town: Town, platform: str) -> list[Any]:
    side = town.slack if platform == "slack" else town.discord
    channels: object = side.state()["channels"]
    assert isinstance(channels, list)
    found: list[Any] = channels[1]["messages"]
    return found


def dialogs(town: Town, platform: str) -> list[dict[str, object]]:
    side = town.slack if platform == "slack" else town.discord
    found: object = side.state()["dialogs"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_channel_is_subscribed_paused_resumed_and_ended_in_lines(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        assert "no briefings yet" in await ordered(town, platform, "/briefings list")
        told = await ordered(town, platform, f"{LINE} layout:card")
        assert "On weekdays at 08:30 in Berlin" in told
        assert "From " in told
        assert len(await bot.held.some(10)) == 3
        told = await ordered(town, platform, "/briefings next")
        # Slack tells that alice is in UTC; the hours are those of the channel all the same.
        assert ("08:30 in Berlin" if platform == "slack" else ":F>") in told
        assert "UTC" not in told
        assert "08:30 in Berlin" in await ordered(town, platform, "/briefings status")
        assert "Paused until" in await ordered(town, platform, "/briefings pause 2 weeks")
        assert "From " in await ordered(town, platform, "/briefings resume")
        assert "comes here on" in await ordered(town, platform, "/briefings pin tomorrow chery")
        told = await ordered(town, platform, "/briefings list")
        assert "set by" in told
        assert "/briefings subscribe" in told
        assert "no more posts" in await ordered(town, platform, "/briefings unsubscribe")
        assert len(await bot.held.some(10)) == 2


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_channel_is_subscribed_in_a_form(town: Town, platform: str) -> None:
    async with town.bot() as bot:
        channel = await general(town, platform)
        order: dict[str, object] = {
            "channel": channel,
            "person": "alice",
            "text": "/briefings subscribe",
        }
        await town.call(f"{platform}/command", order)
        await until(lambda: bool(dialogs(town, platform)))
        (dialog,) = dialogs(town, platform)
        wrong = {"person": "alice", "dialog": dialog["id"], "values": {"zone": ["Europe/Berln"]}}
        before = len(await town.messages(platform, 1))
        told = await town.call(f"{platform}/submit", wrong)
        if platform == "slack":
            assert "Europe/Berlin" in told["errors"]["zone"]
        else:  # Discord shows no errors beside fields: they come as a message
            await until(lambda: len(count(town, platform)) > before)
            amiss = (await town.messages(platform, 1))[-1]
            assert "Europe/Berlin" in words(amiss["body"])
            again = {"channel": channel, "person": "alice", "message": amiss["id"]}
            await town.call(
                f"{platform}/press", {**again, "action": buttons(amiss)["Fill in again"]}
            )
            await until(lambda: bool(dialogs(town, platform)))
            (dialog,) = dialogs(town, platform)
            assert "Europe/Berln" in str(dialog)
            before += 1
        values = {"zone": ["Europe/Berlin"], "at": ["08:30, 16:00"], "days": ["mon", "fri"]}
        right = {"person": "alice", "dialog": dialog["id"], "values": values}
        await town.call(f"{platform}/submit", right)
        await until(lambda: len(count(town, platform)) > before)
        told = words((await town.messages(platform, 1))[-1]["body"])
        assert "On Mon and Fri at 08:30 and 16:00 in Berlin" in told
        agreed = await bot.held.at((platform, channel))
        assert agreed is not None
        assert len(agreed.subscriptions) == 2
        assert dialogs(town, platform) == []


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_who_may_not_manage_the_channel_changes_nothing_and_may_look(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        told = await ordered(town, platform, LINE, "bob")
        assert "changed by" in told
        assert len(await bot.held.some(10)) == 2
        assert "/briefings subscribe" in await ordered(town, platform, "/briefings help", "bob")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_declared_posts_are_not_changed_from_chat(town: Town, platform: str) -> None:
    async with town.bot():
        told = words((await town.command(platform, "/briefings pause"))["body"])
        assert "set in the bot's settings" in told


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/briefings subscribe 08:30 Europe/Berln", "Did you mean Europe/Berlin?"),
        ("/briefings subscribe 25:00", "from 00:00 to 23:59"),
        ("/briefings subscribe holidays:XQ", "two letters"),
        ("/briefings subscribe topics:privcy", "Did you mean privacy?"),
        ("/briefings pin 2026-02-30 chery", "February 2026 has 28 days"),
        ("/briefings lst", "Did you mean list?"),
    ],
)
async def test_what_is_wrong_is_answered_with_what_is_allowed_and_the_nearest(
    town: Town, platform: str, line: str, expected: str
) -> None:
    async with town.bot():
        assert expected in await ordered(town, platform, line)


async def test_two_connectors_on_one_discord_carry_an_order_out_once(town: Town) -> None:
    async with town.bot() as bot, town.bot():
        told = await ordered(town, "discord", "/briefings subscribe 08:30 Europe/Berlin")
        assert "at 08:30 in Berlin" in told
        place = ("discord", await general(town, "discord"))
        assert len(await bot.held.changes(place, 10)) == 1
        told = await ordered(town, "discord", "/briefings pause 2 weeks")
        assert "Paused until" in told
        assert len(await bot.held.changes(place, 10)) == 2
