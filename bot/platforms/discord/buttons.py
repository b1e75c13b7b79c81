"""Buttons and menus that answer for as long as their message lives, across restarts."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import discord

from bot.platforms.discord.commands import Answer

Control: TypeAlias = discord.ui.Item[Any]
"""What is pressed or picked from: `discord.ui.Button`, or `discord.ui.Select`."""


def any_control(answer: Answer) -> type[discord.ui.DynamicItem[Control]]:
    """A class of controls for every token: those that are not ours are answered as well."""

    class AnyControl(discord.ui.DynamicItem[Control], template=r"[\s\S]+"):
        @classmethod
        async def from_custom_id(
            cls, _: discord.Interaction, item: Control, __: re.Match[str], /
        ) -> AnyControl:
            return cls(item)

        async def callback(self, interaction: discord.Interaction) -> None:
            await answer(interaction)

    return AnyControl
