"""Slash commands: syncing them, typing them, completing them, answering them."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox.discord.setup import Setup
from bot.sandbox.side import Pressing, Unlikely
from tests.sandbox.discord.town import Bot, Clock, Opens, Town

Asked = discord.Interaction[Bot]


async def test_a_command_that_was_not_synced_does_not_exist(town: Town) -> None:
    await town.visit()
    told = await town.side.command("general", "alice", "/briefing chery")
    assert told["ok"] is False
    assert "/briefing" in str(told["error"])


async def test_a_synced_command_is_answered_to_the_asker_alone(town: Town) -> None:
    bot = await town.visit()

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: Asked, topic: str = "") -> None:
        await asked.response.send_message(f"About {topic}", ephemeral=True)

    await bot.tree.sync()
    told = await town.side.command("daily-briefing", "alice", "/briefing chery sumit")
    assert told["ok"] is True
    [shown] = town.messages()
    assert shown["body"]["content"] == "About chery sumit"
    assert shown["only_for"] == town.state["people"][0]["id"]
    assert shown["command"]["text"] == "/briefing chery sumit"
    assert town.state["commands"][0]["name"] == "briefing"
    status, refused = await town.call("GET", f"{town.place()}/messages/{shown['id']}")
    assert (status, refused["code"]) == (404, 10008)


async def test_options_are_read_by_name_and_by_place(town: Town) -> None:
    bot = await town.visit()
    group = app_commands.Group(name="briefings", description="For owners")
    got: list[tuple[Any, ...]] = []

    @group.command(description="Subscribes a channel")
    async def subscribe(
        asked: Asked, time: str, days: int = 5, where: discord.TextChannel | None = None
    ) -> None:
        got.append((time, days, where and where.name))
        await asked.response.send_message("Done")

    bot.tree.add_command(group)
    await bot.tree.sync()
    for text in ("09:00 7", "09:00 where:#general days:3", "time:9 am days:7"):
        told = await town.side.command("general", "alice", f"/briefings subscribe {text}")
        assert told["ok"] is True
    assert got == [("09:00", 7, None), ("09:00", 3, "general"), ("9 am", 7, None)]


@pytest.mark.parametrize("text", ["/briefings", "/briefings subscribe", "/briefings subscribe x y"])
async def test_a_client_does_not_send_what_a_command_does_not_take(town: Town, text: str) -> None:
    option = {"type": 4, "name": "days", "description": "How many", "required": True}
    subcommand = {"type": 1, "name": "subscribe", "description": "D", "options": [option]}
    command = {"name": "briefings", "description": "For owners", "options": [subcommand]}
    me = town.state["me"]["id"]
    assert (await town.call("PUT", f"/applications/{me}/commands", [command]))[0] == 200
    told = await town.side.command("general", "alice", text)
    assert told["ok"] is False


async def test_choices_appear_while_a_person_types(town: Town) -> None:
    bot = await town.visit()

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: Asked, topic: str = "") -> None:
        await asked.response.send_message(topic)

    @briefing.autocomplete("topic")
    async def _(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        names = [f"{typed} {number}" for number in range(25)]
        return [app_commands.Choice(name=name, value=name) for name in names]

    await bot.tree.sync()
    choices = await town.side.complete("general", "alice", "/briefing che")
    assert len(choices) == 25
    assert choices[0] == {"name": "che 0", "value": "che 0"}
    with pytest.raises(Unlikely):
        await town.side.complete("general", "alice", "/nothing che")


async def test_twenty_six_choices_are_refused(open_town: Opens) -> None:
    town = await open_town(Setup(answer_within=0.2))
    bot = await town.visit()
    refused: list[Exception] = []

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: Asked, topic: str = "") -> None:
        await asked.response.send_message(topic)

    @bot.event
    async def on_interaction(asked: Asked) -> None:
        names = [app_commands.Choice(name=str(each), value=str(each)) for each in range(26)]
        try:
            await asked.response.autocomplete(names)
        except discord.HTTPException as error:
            refused.append(error)

    @briefing.autocomplete("topic")
    async def _(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        await asyncio.Event().wait()
        return []

    await bot.tree.sync()
    assert await town.side.complete("general", "alice", "/briefing che") == []
    assert isinstance(refused[0], discord.HTTPException)
    assert refused[0].code == 50035


async def test_a_silent_bot_is_told_of_to_the_person_and_its_token_is_dead(
    open_town: Opens,
) -> None:
    town = await open_town(Setup(answer_within=0.1), Clock())
    bot = await town.visit()
    late: asyncio.Queue[int] = asyncio.Queue()
    go = asyncio.Event()

    @bot.tree.command(description="Takes too long")
    async def briefing(asked: Asked) -> None:
        await go.wait()
        try:
            await asked.response.send_message("Here")
        except discord.NotFound as error:
            late.put_nowait(error.code)

    await bot.tree.sync()
    told = await town.side.command("general", "alice", "/briefing")
    assert told == {"ok": False, "error": "The application did not respond"}
    [notice] = town.messages("general")
    assert notice["body"]["notice"] is True
    assert notice["body"]["content"] == "The application did not respond"
    go.set()
    assert await asyncio.wait_for(late.get(), 5) == 10062


async def test_a_deferred_answer_is_pending_until_it_comes(town: Town) -> None:
    bot = await town.visit()
    go = asyncio.Event()
    done = asyncio.Event()

    @bot.tree.command(description="Thinks first")
    async def briefing(asked: Asked) -> None:
        await asked.response.defer(thinking=True, ephemeral=True)
        await go.wait()
        await asked.followup.send("Thought", ephemeral=True)
        await asked.followup.send("And more", ephemeral=True)
        done.set()

    await bot.tree.sync()
    told = await town.side.command("general", "alice", "/briefing")
    assert told["pending"] is True
    assert town.messages("general")[0]["pending"] is True
    go.set()
    await asyncio.wait_for(done.wait(), 5)
    shown = town.messages("general")
    assert [each["body"]["content"] for each in shown] == ["Thought", "And more"]
    assert [each["pending"] for each in shown] == [False, False]
    assert all(each["only_for"] for each in shown)


async def test_an_answer_can_be_read_changed_and_taken_away(town: Town) -> None:
    bot = await town.visit()
    done = asyncio.Event()

    @bot.tree.command(description="Changes its mind")
    async def briefing(asked: Asked) -> None:
        await asked.response.send_message("First")
        await asked.edit_original_response(content="Second")
        assert (await asked.original_response()).content == "Second"
        extra = await asked.followup.send("Third", wait=True)
        await extra.edit(content="Fourth")
        await asked.delete_original_response()
        done.set()

    await bot.tree.sync()
    await town.side.command("general", "alice", "/briefing")
    await asyncio.wait_for(done.wait(), 5)
    [shown] = town.messages("general")
    assert shown["body"]["content"] == "Fourth"


async def test_a_follow_up_stands_alone_where_the_thinking_was_taken_away(town: Town) -> None:
    bot = await town.visit()
    done = asyncio.Event()

    @bot.tree.command(description="Changes its mind")
    async def briefing(asked: Asked) -> None:
        await asked.response.defer(thinking=True)
        await asked.delete_original_response()
        await asked.followup.send("Alone")
        done.set()

    await bot.tree.sync()
    await town.side.command("general", "alice", "/briefing")
    await asyncio.wait_for(done.wait(), 5)
    [shown] = town.messages("general")
    assert (shown["body"]["content"], shown["pending"]) == ("Alone", False)


async def test_an_interaction_is_answered_once(town: Town) -> None:
    bot = await town.visit()
    codes: asyncio.Queue[int] = asyncio.Queue()

    @bot.tree.command(description="Answers twice")
    async def briefing(asked: Asked) -> None:
        await asked.response.send_message("First")
        path = f"/interactions/{asked.id}/{asked.token}/callback"
        _, refused = await town.call("POST", path, {"type": 4, "data": {"content": "Second"}})
        codes.put_nowait(refused["code"])

    await bot.tree.sync()
    await town.side.command("general", "alice", "/briefing")
    assert await asyncio.wait_for(codes.get(), 5) == 40060


async def test_after_fifteen_minutes_the_answer_cannot_be_changed(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    bot = await town.visit()
    answers: asyncio.Queue[Asked] = asyncio.Queue()

    @bot.tree.command(description="Is changed late")
    async def briefing(asked: Asked) -> None:
        await asked.response.send_message("First")
        answers.put_nowait(asked)

    await bot.tree.sync()
    await town.side.command("general", "alice", "/briefing")
    asked = await answers.get()
    assert town.clock
    town.clock.now += 901
    with pytest.raises(discord.HTTPException) as refused:
        await asked.edit_original_response(content="Second")
    assert (refused.value.status, refused.value.code) == (401, 50027)


async def test_a_modal_is_handed_to_the_person(town: Town) -> None:
    bot = await town.visit()

    class Form(discord.ui.Modal, title="Write"):
        words: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Words")

    @bot.tree.command(description="Opens a form")
    async def write(asked: Asked) -> None:
        await asked.response.send_modal(Form(custom_id="form"))

    await bot.tree.sync()
    told = await town.side.command("general", "alice", "/write")
    modal = told["modal"]
    assert isinstance(modal, dict)
    assert modal["title"] == "Write"


async def test_a_menu_takes_only_what_it_offers(town: Town) -> None:
    bot = await town.visit()
    picked: asyncio.Queue[list[str]] = asyncio.Queue()

    class Menu(discord.ui.View):
        @discord.ui.select(
            custom_id="topic", options=[discord.SelectOption(label="Cars", value="cars")]
        )
        async def topic(self, asked: discord.Interaction, menu: discord.ui.Select[Menu]) -> None:
            picked.put_nowait(menu.values)
            await asked.response.defer()

    card = await bot.channel().send("Which?", view=Menu(timeout=None))
    pick = Pressing("daily-briefing", str(card.id), "topic", "bob", ["cars"])
    assert (await town.side.press(pick))["ok"] is True
    assert await picked.get() == ["cars"]
    for wrong in (["ships"], [], ["cars", "cars"]):
        with pytest.raises(Unlikely):
            await town.side.press(Pressing("daily-briefing", str(card.id), "topic", "bob", wrong))
    with pytest.raises(Unlikely):
        await town.side.press(Pressing("daily-briefing", str(card.id), "nothing", "bob"))


async def test_a_menu_of_channels_takes_what_the_guild_has(town: Town) -> None:
    bot = await town.visit()
    picked: asyncio.Queue[list[str]] = asyncio.Queue()

    class Menu(discord.ui.View):
        @discord.ui.select(cls=discord.ui.ChannelSelect[Any], custom_id="where")
        async def where(
            self, asked: discord.Interaction, menu: discord.ui.ChannelSelect[Any]
        ) -> None:
            picked.put_nowait([channel.name for channel in menu.values])
            await asked.response.defer()

    card = await bot.channel().send("Where?", view=Menu(timeout=None))
    pick = Pressing("daily-briefing", str(card.id), "where", "bob", ["general"])
    assert (await town.side.press(pick))["ok"] is True
    assert await picked.get() == ["general"]
    with pytest.raises(Unlikely):
        await town.side.press(Pressing("daily-briefing", str(card.id), "where", "bob", ["moon"]))


async def test_a_greyed_out_button_cannot_be_pressed(town: Town) -> None:
    button = {"type": 2, "style": 1, "label": "A", "custom_id": "a", "disabled": True}
    _, card = await town.send(content="x", components=[{"type": 1, "components": [button]}])
    with pytest.raises(Unlikely):
        await town.side.press(Pressing("daily-briefing", card["id"], "a", "bob"))


async def test_an_ephemeral_answer_is_pressed_only_by_its_reader(town: Town) -> None:
    bot = await town.visit()

    class Share(discord.ui.View):
        @discord.ui.button(label="Share", custom_id="share")
        async def share(self, asked: discord.Interaction, _: discord.ui.Button[Share]) -> None:
            await asked.response.send_message("For all")

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: Asked) -> None:
        await asked.response.send_message("For you", view=Share(timeout=None), ephemeral=True)

    await bot.tree.sync()
    told = await town.side.command("general", "alice", "/briefing")
    message = str(told["message"])
    with pytest.raises(Unlikely):
        await town.side.press(Pressing("general", message, "share", "bob"))
    assert (await town.side.press(Pressing("general", message, "share", "alice")))["ok"] is True
    assert [each["only_for"] is None for each in town.messages("general")] == [False, True]


def command(**changes: object) -> dict[str, object]:
    return {"name": "briefing", "description": "Looks a briefing up"} | changes


def option(**changes: object) -> dict[str, object]:
    return {"type": 3, "name": "topic", "description": "Which"} | changes


CHOICE = {"name": "Cars", "value": "cars"}
BAD_COMMANDS = {
    "an upper-case name": [command(name="Briefing")],
    "a name with a blank": [command(name="the briefing")],
    "a long name": [command(name="b" * 33)],
    "no description": [{"name": "briefing"}],
    "a long description": [command(description="b" * 101)],
    "two of one name": [command(), command()],
    "26 options": [command(options=[option(name=f"o{each}") for each in range(26)])],
    "two options of one name": [command(options=[option(), option()])],
    "required after optional": [command(options=[option(), option(name="second", required=True)])],
    "choices and autocompletion": [command(options=[option(autocomplete=True, choices=[CHOICE])])],
    "26 choices": [command(options=[option(choices=[CHOICE] * 26)])],
    "a subcommand beside an option": [command(options=[option(), option(type=1, name="sub")])],
    "an unknown type": [command(options=[option(type=12)])],
    "101 commands": [command(name=f"c{each}") for each in range(101)],
    "more than 8000 characters": [
        command(
            options=[
                option(name=f"o{each}", choices=[{"name": "n" * 100, "value": "v" * 100}] * 25)
                for each in range(2)
            ]
        )
    ],
}


@pytest.mark.parametrize("commands", BAD_COMMANDS.values(), ids=BAD_COMMANDS.keys())
async def test_commands_that_break_a_rule_are_refused(
    town: Town, commands: list[dict[str, object]]
) -> None:
    path = f"/applications/{town.state['me']['id']}/commands"
    status, refused = await town.call("PUT", path, commands)
    assert status == 400
    assert refused["code"] in {50035, 30032}
    assert town.state["commands"] == []


async def test_commands_are_added_changed_and_removed_one_by_one(town: Town) -> None:
    path = f"/applications/{town.state['me']['id']}/guilds/{town.state['guild']}/commands"
    status, made = await town.call("POST", path, command())
    assert status == 201
    assert (await town.call("POST", path, command(description="New")))[0] == 200
    one = f"{path}/{made['id']}"
    assert (await town.call("PATCH", one, {"name": "daily"}))[1]["id"] == made["id"]
    assert [each["name"] for each in (await town.call("GET", path))[1]] == ["daily"]
    assert (await town.call("DELETE", one))[0] == 204
    assert (await town.call("GET", one))[1]["code"] == 10063


async def test_only_two_hundred_commands_are_created_a_day(open_town: Opens) -> None:
    town = await open_town(Setup(limited=False), Clock())
    path = f"/applications/{town.state['me']['id']}/commands"
    for start in (0, 100):
        names = [command(name=f"c{each}") for each in range(start, start + 100)]
        assert (await town.call("PUT", path, names))[0] == 200
    status, refused = await town.call("PUT", path, [command(name="more")])
    assert (status, refused["code"]) == (400, 30034)
    assert town.clock
    town.clock.now += 86_401
    assert (await town.call("PUT", path, [command(name="more")]))[0] == 200
