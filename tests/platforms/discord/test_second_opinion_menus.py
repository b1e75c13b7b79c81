"""A result is picked from a menu in SimCord's Discord, before and after a restart."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.layout import Layout
from bot.platforms.discord.render import draw
from bot.platforms.events import Pressed
from bot.platforms.port import Address
from briefings.intents import OpenBriefing
from briefings.model import BriefingId
from tests.platforms.discord.conftest import Desk
from tests.platforms.discord.test_second_opinion import visit
from tests.platforms.samples import SAMPLES


@pytest.mark.parametrize("layout", [Layout.COMPONENTS, Layout.EMBEDS])
async def test_a_menu_answers_before_and_after_a_restart(layout: Layout) -> None:
    desk, later = Desk(), Desk()
    async with visit(desk) as place:
        (payload,) = draw(SAMPLES["results"])
        there = Address(str(place.channel.id))
        posted = await place.mail(layout).post(there, payload, "m0")
        message = next(each for each in place.channel.history() if str(each.id) == posted)
        (menu,) = menus(message.components)
        values = [option.value for option in menu.options]
        picked = await place.alice.select(message, values[:1], custom_id=menu.custom_id)
        assert picked.ephemeral
        await place.env.restart_bot(Gateway(later, message_content=False))
        again = await place.alice.select(message, values[1:2], custom_id=menu.custom_id)
        assert again.ephemeral
    opened = [event.intent for event in (*desk.events, *later.events) if isinstance(event, Pressed)]
    assert opened == [OpenBriefing(BriefingId(f"summit-{number}")) for number in (6, 7)]


def menus(parts: Any) -> list[discord.SelectMenu]:
    """The menus among a message's components, at any depth."""
    found = [part for part in parts if isinstance(part, discord.SelectMenu)]
    inner = [each for part in parts for each in menus(getattr(part, "children", ()))]
    return [*found, *inner]
