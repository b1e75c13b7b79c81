"""The invitation, and the permissions in it."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.errors import SettingError
from bot.platforms.discord.invite import link
from bot.platforms.discord.permissions import ALL, PERMISSIONS, lacking
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.visit import ask_application
from bot.sandbox.discord.permissions import USUAL
from tests.platforms.discord.conftest import Stage

NAMED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)


def test_the_number_is_the_sum_of_the_named_permissions() -> None:
    assert ALL == NAMED.value == 309_237_730_304


def test_every_bit_has_the_name_that_discord_gives_it() -> None:
    for each in PERMISSIONS:
        snake = each.name.lower().replace(" ", "_")
        assert discord.Permissions(**{snake: True}).value == each.bit


def test_nothing_is_asked_for_that_gives_power_over_others() -> None:
    assert not ALL & discord.Permissions.elevated().value
    assert not ALL & discord.Permissions(mention_everyone=True).value
    assert lacking(USUAL) == ()


def test_the_link_is_the_one_that_discords_library_makes() -> None:
    ours, theirs = link(123), discord.utils.oauth_url(123, permissions=NAMED)
    assert urlsplit(ours)[:3] == urlsplit(theirs)[:3]
    assert parse_qs(urlsplit(ours).query) == parse_qs(urlsplit(theirs).query)


async def test_the_application_is_asked_of_discord(stage: Stage) -> None:
    given = {key.lower(): value for key, value in stage.side.settings().items()}
    found = await ask_application(Settings.model_validate(given))
    assert str(found) == stage.side.world.guild.me.id


def test_without_a_token_the_sentence_names_both_ways() -> None:
    with pytest.raises(SettingError, match=r"DISCORD_BOT_TOKEN.*--application"):
        asyncio.run(ask_application(Settings.model_validate({})))
