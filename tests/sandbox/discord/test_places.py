"""Channels, threads and files as the library sees them."""

from __future__ import annotations

import asyncio
import io

import aiohttp
import discord
import pytest

from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import ANNOUNCEMENT, FORUM, Setup, Spot
from bot.sandbox.discord.side import KNOCK
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Pressing, Unlikely
from tests.sandbox.discord.town import Bot, Clock, Opens, Town


async def test_a_thread_without_a_message_is_announced_in_its_channel(town: Town) -> None:
    bot = await town.visit()
    kind = discord.ChannelType.public_thread
    thread = await bot.channel().create_thread(name="Loose", type=kind)
    await thread.send("Inside")
    [shown] = town.messages()
    assert shown["body"]["content"] == "Loose"
    assert shown["thread"]["id"] == str(thread.id)
    assert [each["body"]["content"] for each in shown["thread"]["messages"]] == ["Inside"]


async def test_a_private_thread_needs_its_own_permission(town: Town) -> None:
    bot = await town.visit()
    with pytest.raises(discord.Forbidden):
        await bot.channel().create_thread(name="Secret")
    town.side.grant("daily-briefing", USUAL | Permission.CREATE_PRIVATE_THREADS)
    thread = await bot.channel().create_thread(name="Secret")
    assert thread.is_private()
    assert town.messages() == []


async def test_a_thread_is_joined_left_and_listed(town: Town) -> None:
    bot = await town.visit()
    card = await bot.channel().send("Good morning")
    thread = await card.create_thread(name="Discussion")
    assert [each.id for each in await bot.guilds[0].active_threads()] == [card.id]
    await thread.leave()
    await town.until(lambda: not town.side.channel(str(thread.id)).archive.members)  # type: ignore[union-attr]
    await thread.join()
    await thread.join()
    assert len(town.side.channel(str(thread.id)).archive.members) == 1  # type: ignore[union-attr]
    await thread.edit(archived=True)
    assert await bot.guilds[0].active_threads() == []
    assert [each.id async for each in bot.channel().archived_threads()] == [card.id]


async def test_announcements_have_threads_of_their_own_kind(open_town: Opens) -> None:
    town = await open_town(Setup(channels=(Spot("news", kind=ANNOUNCEMENT),)))
    bot = await town.visit()
    card = await bot.channel("news").send("Good morning")
    await card.publish()
    thread = await card.create_thread(name="Discussion")
    assert thread.type is discord.ChannelType.news_thread


async def test_a_thread_without_a_channel_of_messages_is_refused(open_town: Opens) -> None:
    town = await open_town(Setup(channels=(Spot("forum", kind=FORUM),)))
    _, made = await town.call(
        "POST", f"{town.place('forum')}/threads", {"name": "A", "message": {"content": "x"}}
    )
    there = f"/channels/{made['id']}"
    assert (await town.call("POST", f"{there}/threads", {"name": "B"}))[1]["code"] == 50024
    path = f"{there}/messages/{made['id']}/threads"
    assert (await town.call("POST", path, {"name": "B"}))[1]["code"] == 50024
    join = f"{town.place('forum')}/thread-members/@me"
    assert (await town.call("PUT", join))[1]["code"] == 10003


async def test_channels_come_and_go_while_the_bot_looks_on(town: Town) -> None:
    bot = await town.visit()
    came = asyncio.create_task(bot.wait_for("guild_channel_create", timeout=5))
    await asyncio.sleep(0)
    made = town.side.add_channel(Spot("new"))
    assert (await came).id == int(made.id)
    gone = asyncio.create_task(bot.wait_for("guild_channel_delete", timeout=5))
    await asyncio.sleep(0)
    channel = bot.channel("new")
    town.side.delete_channel("new")
    await gone
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("Hello?")
    assert refused.value.code == 10003


async def test_a_channel_is_changed_and_deleted_only_with_the_permission(town: Town) -> None:
    bot = await town.visit()
    with pytest.raises(discord.Forbidden):
        await bot.channel().edit(topic="News")
    with pytest.raises(discord.Forbidden):
        await bot.channel().delete()
    town.side.grant("daily-briefing", USUAL | Permission.MANAGE_CHANNELS)
    await bot.channel().edit(topic="News")
    assert town.state["channels"][0]["topic"] == "News"
    await bot.channel().delete()
    assert [each["name"] for each in town.state["channels"]] == ["general"]


async def test_a_file_is_kept_with_its_message(town: Town) -> None:
    bot = await town.visit()
    file = discord.File(io.BytesIO(b"a,b"), filename="table.csv")
    await bot.channel().send("Here", file=file)
    [attachment] = town.messages()[0]["body"]["attachments"]
    assert (attachment["filename"], attachment["size"]) == ("table.csv", 3)
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.File("attachment://table.csv"))
    file = discord.File(io.BytesIO(b"a,b"), filename="table.csv")
    await bot.channel().send(view=view, file=file)
    assert len(town.messages()) == 2


async def test_an_edit_keeps_and_adds_files(town: Town) -> None:
    bot = await town.visit()
    file = discord.File(io.BytesIO(b"a"), filename="a.txt")
    message = await bot.channel().send("Here", file=file)
    await message.edit(attachments=[*message.attachments, discord.File(io.BytesIO(b"b"), "b.txt")])
    names = [each["filename"] for each in town.messages()[0]["body"]["attachments"]]
    assert names == ["a.txt", "b.txt"]
    await message.edit(attachments=[])
    assert town.messages()[0]["body"]["attachments"] == []


async def test_the_guild_and_its_members_can_be_read(town: Town) -> None:
    bot = await town.visit()
    [guild] = [each async for each in bot.fetch_guilds(with_counts=False)]
    assert guild.name == "Sandbox"
    people = town.state["people"]
    alice = await bot.guilds[0].fetch_member(int(people[0]["id"]))
    assert alice.name == "alice"
    with pytest.raises(discord.NotFound):
        await bot.guilds[0].fetch_member(100000000000000001)
    assert len(await bot.guilds[0].fetch_channels()) == 2
    assert (await bot.application_info()).id == int(town.state["me"]["id"])
    async with bot.channel().typing():
        pass


async def test_a_message_can_be_deleted_and_the_bot_hears_of_it(town: Town) -> None:
    bot = await town.visit()
    message = await bot.channel().send("Wrong")
    gone = asyncio.create_task(bot.wait_for("raw_message_delete", timeout=5))
    await asyncio.sleep(0)
    await message.delete()
    assert (await gone).message_id == message.id
    assert town.messages() == []


async def test_people_can_only_do_what_is_possible(town: Town) -> None:
    with pytest.raises(Unlikely):
        await town.side.say("nowhere", "alice", "Hello")
    with pytest.raises(Unlikely):
        await town.side.say("general", "nobody", "Hello")
    with pytest.raises(Unlikely):
        await town.side.press(Pressing("general", "1", "more", "alice"))
    told = await town.side.command("general", "alice", "Just words")
    assert told["ok"] is True
    assert town.messages("general")[0]["body"]["content"] == "Just words"


async def test_members_channels_and_roles_are_resolved_for_options(town: Town) -> None:
    bot = await town.visit()
    got: list[str] = []

    @bot.tree.command(description="Points at things")
    async def point(
        asked: discord.Interaction[Bot],
        who: discord.Member,
        which: discord.Role,
        how: float,
        really: bool,
    ) -> None:
        got.extend([who.name, which.name, str(how), str(really)])
        await asked.response.send_message("Seen")

    await bot.tree.sync()
    told = await town.side.command("general", "alice", "/point @bob briefing 0.5 true")
    assert told["ok"] is True
    assert got == ["bob", "briefing", "0.5", "True"]
    for wrong in ("@eve briefing 1 true", "@bob none 1 true", "@bob briefing x true"):
        assert (await town.side.command("general", "alice", f"/point {wrong}"))["ok"] is False


async def test_choices_and_bounds_are_kept_by_the_client(town: Town) -> None:
    choices = [{"name": "Cars", "value": "cars"}]
    options = [
        {"type": 3, "name": "topic", "description": "x", "choices": choices, "required": True},
        {"type": 4, "name": "days", "description": "x", "min_value": 1, "max_value": 7},
    ]
    command = {"name": "pick", "description": "x", "options": options}
    path = f"/applications/{town.state['me']['id']}/commands"
    assert (await town.call("PUT", path, [command]))[0] == 200
    for wrong in ("ships", "Cars 8", "Cars 0", "Cars 1 more"):
        assert (await town.side.command("general", "alice", f"/pick {wrong}"))["ok"] is False
    assert await town.side.complete("general", "alice", "/pick C") == choices


async def test_a_locked_thread_is_closed_to_people_too(town: Town) -> None:
    bot = await town.visit()
    town.side.grant("daily-briefing", USUAL | Permission.MANAGE_THREADS)
    card = await bot.channel().send("Good morning")
    thread = await card.create_thread(name="Discussion")
    await thread.edit(locked=True)
    with pytest.raises(Unlikely):
        await town.side.say("daily-briefing", "alice", "Hello", str(thread.id))
    await thread.delete()
    assert town.messages()[0]["thread"] is None


async def start_post(town: Town, *tags: str) -> tuple[int, int | None]:
    """Start a post in the forum: the status, and Discord's code where it was refused."""
    known = {str(tag["name"]): tag["id"] for tag in town.side.channel("briefings").tags}
    body = {
        "name": "Chery",
        "message": {"content": "The summit"},
        "applied_tags": [known[tag] for tag in tags],
    }
    status, told = await town.call("POST", f"{town.place('briefings')}/threads", body)
    return status, told.get("code")


async def test_a_forum_may_want_a_tag_and_keep_some_for_moderators(open_town: Opens) -> None:
    spot = Spot("briefings", kind=FORUM, tags=("cars",), moderated=("urgent",), needs_tag=True)
    town = await open_town(Setup(channels=(spot,)))
    assert await start_post(town) == (400, 40067)
    assert await start_post(town, "urgent") == (403, 50013)
    assert await start_post(town, "cars") == (201, None)
    town.side.grant("briefings", USUAL | Permission.MANAGE_THREADS)
    assert await start_post(town, "urgent") == (201, None)


async def test_ten_messages_an_hour_go_on_to_the_followers_of_a_channel(open_town: Opens) -> None:
    clock = Clock()
    news = Setup(channels=(Spot("daily-briefing", kind=ANNOUNCEMENT),))
    town = await open_town(news, clock)
    statuses = []
    for number in range(11):
        clock.now += 2
        _, sent = await town.send(content=f"Number {number}")
        path = f"{town.place()}/messages/{sent['id']}/crosspost"
        statuses.append((await town.call("POST", path))[0])
    assert statuses == [200] * 10 + [429]


async def test_a_server_of_old_knows_no_new_components(open_town: Opens) -> None:
    town = await open_town(Setup(components_v2=False))
    text = {"type": 10, "content": "Good morning"}
    status, told = await town.send(flags=1 << 15, components=[{"type": 17, "components": [text]}])
    assert (status, told["code"]) == (400, 50035)
    assert "type" in told["errors"]["components"]["0"]
    status, _ = await town.send(embeds=[{"description": "Good morning"}])
    assert status == 200


async def test_a_command_in_a_messages_menu_brings_the_message(town: Town) -> None:
    bot = await town.visit()
    brought: list[str] = []

    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        brought.append(message.content)
        await interaction.response.send_message("Found", ephemeral=True)

    bot.tree.add_command(discord.app_commands.ContextMenu(name="Find it", callback=about))
    await bot.tree.sync()
    said = await town.side.say("daily-briefing", "bob", "What of Chery?")
    message = str(said["message"])
    told = await town.side.apply("daily-briefing", "alice", message, "Find it")
    assert told["ok"]
    assert brought == ["What of Chery?"]
    with pytest.raises(Unlikely):
        await town.side.apply("daily-briefing", "alice", message, "Lose it")


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.AWAY, 503), (Kind.GARBAGE, 200), (Kind.RESET, None)]
)
async def test_the_gateway_can_fail_before_it_is_one(
    town: Town, kind: Kind, status: int | None
) -> None:
    town.side.faults.plan(Fault(KNOCK, kind, times=9))
    url = f"{town.side.gateway_url}?v=10"
    with pytest.raises(aiohttp.ClientError) as failed:
        await town.web.ws_connect(url)
    assert getattr(failed.value, "status", None) == status
    town.side.faults.clear()
    async with town.web.ws_connect(url) as line:
        assert (await line.receive_json())["op"] == 10
