"""What the doctor says of a Discord server, over the sandbox's Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.findings import Finding, Level
from bot.platforms.discord.checkup import Nobody, check
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.permissions import PERMISSIONS, Permission
from bot.platforms.discord.settings import Settings
from bot.sandbox.discord.permissions import USUAL
from bot.sandbox.discord.setup import CATEGORY, FORUM, Setup, Spot
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import Sandbox
from tests.fakes import RunningClock
from tests.platforms.discord.conftest import QUICK

NOW = RunningClock().now


@pytest.fixture
async def side() -> AsyncIterator[DiscordSide]:
    async for each in served(Setup()):
        yield each


async def served(setup: Setup) -> AsyncIterator[DiscordSide]:
    side = DiscordSide(setup)
    sandbox = Sandbox([side])
    await sandbox.start()
    yield side
    await sandbox.close()


def settings(side: DiscordSide, **changed: str) -> Settings:
    values = {name.lower(): value for name, value in {**side.settings(), **changed}.items()}
    return Settings.model_validate(values)


async def findings(side: DiscordSide, **changed: str) -> dict[str, Finding]:
    given = settings(side, **changed)
    found: Sequence[Finding] = await check(given, given.channels, NOW)
    assert len({each.about for each in found}) == len(found)
    return {each.about: each for each in found}


async def announce(side: DiscordSide) -> None:
    """Let the bot come online once, which tells Discord its commands."""
    platform = DiscordPlatform(settings(side), QUICK)
    await platform.connect(Nobody())
    await platform.close()


def daily(side: DiscordSide) -> str:
    return side.channel("daily-briefing").id


async def test_all_is_well_after_the_first_start(side: DiscordSide) -> None:
    await announce(side)
    found = await findings(side)
    assert {each.level for each in found.values()} == {Level.OK}
    assert list(found) == [
        "discord clock",
        "discord token",
        "discord intents",
        "discord commands",
        f"discord channel {daily(side)}",
    ]
    assert "#daily-briefing" in found[f"discord channel {daily(side)}"].told


async def test_the_check_announces_and_changes_nothing(side: DiscordSide) -> None:
    found = await findings(side)
    assert found["discord commands"].level is Level.WARN
    assert "briefing-bot run" in found["discord commands"].told
    assert {call.method for call in side.journal.calls} == {"GET"}


async def test_a_wrong_token_is_named_and_not_shown(side: DiscordSide) -> None:
    found = await findings(side, DISCORD_BOT_TOKEN="very.secret.token")
    assert list(found) == ["discord clock", "discord token"]
    assert found["discord token"].level is Level.RED
    assert "DISCORD_BOT_TOKEN" in found["discord token"].told
    assert "very.secret" not in repr(found)


@pytest.mark.parametrize(("privileged", "level"), [(0, Level.RED), (1 << 15, Level.OK)])
async def test_an_intent_that_is_wanted_must_be_granted(privileged: int, level: Level) -> None:
    async for side in served(Setup(privileged=privileged)):
        wanted = await findings(side, DISCORD_MESSAGE_CONTENT="true")
        assert wanted["discord intents"].level is level
        usual = (await findings(side))["discord intents"]
        assert usual.level is Level.OK
        assert "DISCORD_MESSAGE_CONTENT=true" in usual.told  # and what it lacks meanwhile
        assert "no words" in usual.told


@pytest.mark.parametrize("missing", PERMISSIONS[1:], ids=lambda each: str(each.name))
async def test_a_missing_permission_is_named_with_its_reason(
    side: DiscordSide, missing: Permission
) -> None:
    side.grant("daily-briefing", USUAL & ~missing.bit)
    found = (await findings(side))[f"discord channel {daily(side)}"]
    assert found.level is missing.without
    assert missing.name in found.told
    assert missing.why in found.told
    assert sum(each.name in found.told for each in PERMISSIONS if each is not missing) <= 1


async def test_a_hidden_channel_is_red(side: DiscordSide) -> None:
    side.grant("daily-briefing", 0)
    found = (await findings(side))[f"discord channel {daily(side)}"]
    assert found.level is Level.RED
    assert "View Channel" in found.told


@pytest.mark.parametrize("channel", ["1", "daily-briefing"])
async def test_an_unknown_channel_is_red(side: DiscordSide, channel: str) -> None:
    found = (await findings(side, DISCORD_CHANNELS=channel))[f"discord channel {channel}"]
    assert found.level is Level.RED
    assert "DISCORD_CHANNELS" in found.told


async def test_a_channel_that_takes_no_messages_is_red(side: DiscordSide) -> None:
    group = side.add_channel(Spot("ideas", kind=CATEGORY))
    found = (await findings(side, DISCORD_CHANNELS=group.id))[f"discord channel {group.id}"]
    assert found.level is Level.RED
    assert "text channel" in found.told


async def test_no_channel_at_all_is_a_doubt(side: DiscordSide) -> None:
    assert (await findings(side, DISCORD_CHANNELS=""))["discord channels"].level is Level.WARN


@pytest.mark.parametrize("on", ["GET /channels/{channel_id}", "GET /guilds/{guild_id}"])
async def test_a_discord_that_stutters_condemns_nobody(side: DiscordSide, on: str) -> None:
    side.faults.plan(Fault(on, Kind.AWAY))
    found = (await findings(side))[f"discord channel {daily(side)}"]
    assert found.level is Level.WARN


async def test_commands_that_cannot_be_looked_at_are_a_doubt(side: DiscordSide) -> None:
    side.faults.plan(Fault("GET /applications/{application_id}/commands", Kind.AWAY))
    assert "no clear answer" in (await findings(side))["discord commands"].told


async def test_a_clock_that_runs_away_is_red(side: DiscordSide) -> None:
    found = await check(settings(side), (), lambda: NOW() - timedelta(minutes=5))
    assert found[0].level is Level.RED
    assert "slow" in found[0].told


async def test_where_nothing_answers_one_line_says_so(side: DiscordSide) -> None:
    found = await findings(side, DISCORD_API_URL="http://127.0.0.1:1/api/v10")
    assert list(found) == ["discord api"]
    assert "DISCORD_API_URL" in found["discord api"].told


async def test_a_server_is_asked_once_for_all_its_channels(side: DiscordSide) -> None:
    channels = ",".join(side.channel(name).id for name in ("daily-briefing", "general"))
    await findings(side, DISCORD_CHANNELS=channels)
    asked = [call.path for call in side.journal.calls if call.path.startswith("/guilds/")]
    assert len(asked) == len(set(asked)) == 2


async def test_a_forum_takes_posts(side: DiscordSide) -> None:
    forum = side.add_channel(Spot("ideas", kind=FORUM))
    found = (await findings(side, DISCORD_CHANNELS=forum.id))[f"discord channel {forum.id}"]
    assert found.level is Level.OK
