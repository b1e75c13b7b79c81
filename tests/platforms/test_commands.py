"""Commands are called and described alike, wherever they are typed."""

from __future__ import annotations

from bot.platforms.discord import commands as discord
from bot.platforms.slack import manifest as slack


def test_a_command_is_described_in_the_same_words_on_both_platforms() -> None:
    told = {typed.removeprefix("/"): does for typed, does, _ in slack.COMMANDS}
    assert told == {
        discord.NAME: discord.DESCRIPTION,
        discord.OWNERS_NAME: discord.OWNERS_DESCRIPTION,
    }
