"""The first things that a bot does: log in, post, open a thread, answer."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import FORUM, Setup, Spot
from bot.sandbox.side import Pressing
from tests.sandbox.discord.town import Bot, Opens, Town


async def test_a_bot_logs_in_and_sees_the_guild(town: Town) -> None:
    bot = await town.visit()
    assert [guild.name for guild in bot.guilds] == ["Sandbox"]
    assert [channel.name for channel in bot.get_all_channels()] == ["daily-briefing", "general"]
    assert town.state["online"] is True


async def test_a_bot_that_leaves_is_no_longer_online(town: Town) -> None:
    bot = await town.visit()
    await bot.close()
    await town.until(lambda: not town.state["online"])


async def test_a_sharded_bot_finds_the_gateway_by_itself(open_town: Opens) -> None:
    town = await open_town(Setup(shards=2))
    ready = asyncio.Event()

    class Sharded(discord.AutoShardedClient):
        async def on_ready(self) -> None:
            ready.set()

        async def before_identify_hook(
            self, shard_id: int | None, *, initial: bool = False
        ) -> None:
            """Discord asks for a pause of five seconds; here there is none."""

    bot = Sharded(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    town.start(bot)
    async with asyncio.timeout(5):
        await ready.wait()
    assert sorted(bot.shards) == [0, 1]
    assert [guild.name for guild in bot.guilds] == ["Sandbox"]


async def test_a_wrong_token_is_refused(town: Town) -> None:
    bot = Bot(discord.Intents(guilds=True))
    with pytest.raises(discord.LoginFailure):
        await town.start(bot, "wrong")


async def test_an_intent_that_is_not_switched_on_is_refused(open_town: Opens) -> None:
    town = await open_town(Setup(privileged=0))
    bot = Bot(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await town.start(bot)


async def test_a_message_and_its_thread_are_seen_on_the_page(town: Town) -> None:
    bot = await town.visit()
    card = await bot.channel().send("Good morning")
    thread = await card.create_thread(name="Discussion", auto_archive_duration=10080)
    await thread.send("First part")
    [shown] = town.messages()
    assert shown["body"]["content"] == "Good morning"
    assert shown["thread"]["name"] == "Discussion"
    assert [each["body"]["content"] for each in shown["thread"]["messages"]] == ["First part"]
    assert thread.id == card.id


async def test_a_pressed_button_reaches_the_bot_and_changes_the_card(town: Town) -> None:
    bot = await town.visit()

    class Card(discord.ui.LayoutView):
        row: discord.ui.ActionRow[Card] = discord.ui.ActionRow()

        @row.button(label="More", custom_id="more")
        async def more(self, asked: discord.Interaction, _: discord.ui.Button[Card]) -> None:
            view = discord.ui.LayoutView()
            view.add_item(discord.ui.TextDisplay("Everything"))
            await asked.response.edit_message(view=view)

    card = await bot.channel().send(view=Card(timeout=None))
    told = await town.side.press(Pressing("daily-briefing", str(card.id), "more", "bob"))
    assert told["ok"] is True
    [shown] = town.messages()
    assert shown["body"]["components"][0]["content"] == "Everything"


async def test_people_are_heard_where_the_bot_may_read(town: Town) -> None:
    bot = await town.visit("message_content")
    await town.side.say("general", "alice", "What about tariffs?")
    heard = await bot.hear()
    assert heard.content == "What about tariffs?"
    assert heard.author.name == "alice"


async def test_without_the_content_intent_only_mentions_can_be_read(town: Town) -> None:
    bot = await town.visit()
    await town.side.say("general", "alice", "What about tariffs?")
    await town.side.say("general", "alice", "@briefing what about tariffs?")
    assert (await bot.hear()).content == ""
    assert (await bot.hear()).clean_content == "@briefing what about tariffs?"


async def test_a_reply_in_a_thread_is_heard(town: Town) -> None:
    bot = await town.visit("message_content")
    card = await bot.channel().send("Good morning")
    thread = await card.create_thread(name="Discussion")
    await town.side.say("daily-briefing", "bob", "Thanks", str(thread.id))
    heard = [await bot.hear() for _ in range(3)]
    assert heard[-1].content == "Thanks"
    assert heard[-1].channel == thread


async def test_a_forum_takes_posts_with_tags(open_town: Opens) -> None:
    town = await open_town(Setup(channels=(Spot("briefings", kind=FORUM, tags=("cars",)),)))
    bot = await town.visit()
    [forum] = bot.guilds[0].forums
    made = await forum.create_thread(
        name="Chery", content="The summit", applied_tags=list(forum.available_tags)
    )
    await made.thread.send("More")
    [shown] = town.messages("briefings")
    assert shown["id"] == shown["thread"]["id"] == str(made.message.id)
    assert [each["body"]["content"] for each in shown["thread"]["messages"]] == ["More"]
    assert [tag.name for tag in made.thread.applied_tags] == ["cars"]


async def test_the_bot_learns_of_a_permission_that_is_taken_away(town: Town) -> None:
    bot = await town.visit()
    changed = asyncio.create_task(bot.wait_for("guild_channel_update", timeout=5))
    await asyncio.sleep(0)
    town.side.grant("daily-briefing", USUAL & ~Permission.SEND_MESSAGES)
    await changed
    channel = bot.channel()
    assert channel.permissions_for(channel.guild.me).send_messages is False
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("Good morning")
    assert refused.value.code == 50013


async def test_the_page_is_told_of_changes(town: Town) -> None:
    told: list[int] = []
    town.side.watch(lambda: told.append(1))
    await town.side.say("general", "alice", "Hello")
    assert told


async def test_ids_stay_the_same_from_run_to_run(open_town: Opens) -> None:
    first, second = await open_town(), await open_town()
    assert first.side.settings()["DISCORD_CHANNELS"] == second.side.settings()["DISCORD_CHANNELS"]
    assert first.side.world.token != second.side.world.token
