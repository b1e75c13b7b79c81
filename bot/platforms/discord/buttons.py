"""Buttons that answer for as long as their message lives, across restarts."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import discord

from bot.platforms.discord.commands import Answer

Button: TypeAlias = discord.ui.Button[Any]


def any_button(answer: Answer) -> type[discord.ui.DynamicItem[Button]]:
    """A class of buttons for every token: those that are not ours are answered as well."""

    class AnyButton(discord.ui.DynamicItem[Button], template=r"[\s\S]+"):
        @classmethod
        async def from_custom_id(
            cls, _: discord.Interaction, item: discord.ui.Item[Any], __: re.Match[str], /
        ) -> AnyButton:
            return cls(item)  # type: ignore[arg-type]

        async def callback(self, interaction: discord.Interaction) -> None:
            await answer(interaction)

    return AnyButton
