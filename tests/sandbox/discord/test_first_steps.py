"""The first things that a bot does: log in, post, open a thread, answer."""

from __future__ import annotations

import discord

from bot.sandbox.side import Pressing
from tests.sandbox.discord.conftest import Bot, Town, until


def channel_of(bot: Bot, name: str = "daily-briefing") -> discord.TextChannel:
    found = discord.utils.get(bot.get_all_channels(), name=name)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_bot_logs_in_and_sees_the_guild(town: Town) -> None:
    bot = await town.visit()
    assert [guild.name for guild in bot.guilds] == ["Sandbox"]
    assert [channel.name for channel in bot.get_all_channels()] == ["daily-briefing", "general"]
    assert town.side.state()["online"] is True


async def test_a_message_and_its_thread_are_seen_on_the_page(town: Town) -> None:
    bot = await town.visit()
    card = await channel_of(bot).send("Good morning")
    thread = await card.create_thread(name="Discussion", auto_archive_duration=10080)
    await thread.send("First part")
    [shown] = town.messages()
    assert shown["body"]["content"] == "Good morning"
    assert shown["thread"]["name"] == "Discussion"
    assert [each["body"]["content"] for each in shown["thread"]["messages"]] == ["First part"]
    assert thread.id == card.id


async def test_a_synced_command_is_answered(town: Town) -> None:
    bot = await town.visit()

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(interaction: discord.Interaction, topic: str = "") -> None:
        await interaction.response.send_message(f"About {topic}", ephemeral=True)

    await bot.tree.sync()
    told = await town.side.command("daily-briefing", "alice", "/briefing chery sumit")
    assert told["ok"] is True
    [shown] = town.messages()
    assert shown["body"]["content"] == "About chery sumit"
    assert shown["only_for"] == town.side.state()["people"][0]["id"]
    assert shown["command"]["text"] == "/briefing chery sumit"


async def test_a_pressed_button_reaches_the_bot_and_changes_the_card(town: Town) -> None:
    bot = await town.visit()

    class Card(discord.ui.LayoutView):
        row: discord.ui.ActionRow["Card"] = discord.ui.ActionRow()

        @row.button(label="More", custom_id="more")
        async def more(
            self, interaction: discord.Interaction, _: discord.ui.Button["Card"]
        ) -> None:
            view = discord.ui.LayoutView()
            view.add_item(discord.ui.TextDisplay("Everything"))
            await interaction.response.edit_message(view=view)

    card = await channel_of(bot).send(view=Card(timeout=None))
    told = await town.side.press(Pressing("daily-briefing", str(card.id), "more", "bob"))
    assert told["ok"] is True
    [shown] = town.messages()
    assert shown["body"]["components"][0]["content"] == "Everything"


async def test_people_are_heard_where_the_bot_may_read(town: Town) -> None:
    bot = await town.visit("message_content")
    await town.side.say("general", "alice", "What about tariffs?")
    await until(lambda: bot.heard)
    assert bot.heard[0].content == "What about tariffs?"
    assert bot.heard[0].author.name == "alice"
