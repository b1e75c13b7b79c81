"""Channels of a server by what people call them; those of other servers are nobody's business."""

from __future__ import annotations

import pytest

from bot.platforms.events import Channel
from tests.platforms.discord.conftest import Opens
from tests.platforms.discord.test_reaching import online


async def test_a_channel_is_known_by_its_name_and_id_in_its_own_server_alone(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage)
    server = stage.side.world.guild.id
    general = stage.side.channel("general")
    for said in ("general", general.id):
        assert await stage.platform.named(said, server) == Channel(general.id, "general")
        assert await stage.platform.named(said, "1") is None
        assert await stage.platform.named(said, "") is None


@pytest.mark.parametrize("said", ["nowhere", "", "#general", "@everyone"])
async def test_what_names_no_channel_is_nothing(open_stage: Opens, said: str) -> None:
    stage = await online(open_stage)
    assert await stage.platform.named(said, stage.side.world.guild.id) is None
