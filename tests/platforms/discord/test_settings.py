"""The settings of the Discord room."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.platforms.discord.settings import API_URL, Settings


def settings(**given: str) -> Settings:
    return Settings.model_validate(given)


def test_nothing_set_is_a_room_not_configured() -> None:
    assert settings().configured is False
    assert settings(discord_bot_token=" ").configured is False


def test_a_token_is_enough_and_stays_secret() -> None:
    given = settings(discord_bot_token=" abc ")
    assert given.configured is True
    assert given.discord_bot_token is not None
    assert given.discord_bot_token.get_secret_value() == "abc"
    assert "abc" not in repr(given)


def test_channels_without_a_token_name_the_missing_setting() -> None:
    with pytest.raises(SettingError, match="DISCORD_BOT_TOKEN"):
        assert settings(discord_channels="1").configured


def test_channels_are_separated_by_commas() -> None:
    assert settings(discord_channels=" 1, 2,,3 ").channels == ("1", "2", "3")
    assert Settings.model_validate({"discord_channels": ("1",)}).channels == ("1",)


def test_the_address_is_discords_own_unless_another_is_set() -> None:
    assert settings().discord_api_url == API_URL
    assert settings(discord_api_url=" ").discord_api_url == API_URL
    assert settings(discord_api_url="http://127.0.0.1:1/api/").discord_api_url == (
        "http://127.0.0.1:1/api"
    )


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())
