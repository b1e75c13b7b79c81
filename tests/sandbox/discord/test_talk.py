"""People talk in threads: they answer, change and delete what they said, and put signs there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.setup import Setup
from bot.sandbox.discord.talking import clear, purge
from bot.sandbox.discord.threads import Opening, open_on
from bot.sandbox.side import Signing, Unlikely
from tests.sandbox.discord.test_gateway import Wire, dial, identity
from tests.sandbox.discord.town import Opens, Town

GUILDS, MESSAGES, REACTIONS, CONTENT = 1, 1 << 9, 1 << 10, 1 << 15
ALL = GUILDS | MESSAGES | REACTIONS | CONTENT


async def start(town: Town) -> str:
    """The thread under a message of the bot's."""
    _, card = await town.send(content="The card")
    world = town.side.world
    place = town.side.channel("daily-briefing").id
    return open_on(world, world.guild.message(place, card["id"]), world.guild.me, Opening("It")).id


async def say(town: Town, thread: str, text: str, to: str = "") -> str:
    where = "daily-briefing"
    if to:
        return str((await town.side.reply(where, "alice", text, to))["message"])
    return str((await town.side.say(where, "alice", text, thread))["message"])


async def listen(wire: Wire, town: Town, intents: int = ALL) -> None:
    await wire.tell(2, identity(town, intents=intents))
    await wire.until("GUILD_CREATE")


async def heard(wire: Wire) -> list[dict[str, Any]]:
    """The messages and reactions that have come by now."""
    await wire.tell(1, None)
    found: list[dict[str, Any]] = []
    while (payload := await wire.next())["op"] != 11:
        if str(payload["t"]).startswith("MESSAGE"):
            found.append(payload)
    return found


async def test_what_is_said_changed_and_deleted_is_told(town: Town) -> None:
    thread = await start(town)
    async with dial(town) as wire:
        await listen(wire, town)
        said = await say(town, thread, "First")
        await town.side.edit("daily-briefing", said, "alice", "Second")
        await town.side.delete("daily-briefing", said, "alice")
        new, changed, gone = await heard(wire)
    assert (new["t"], new["d"]["content"]) == ("MESSAGE_CREATE", "First")
    assert (changed["t"], changed["d"]["content"]) == ("MESSAGE_UPDATE", "Second")
    assert changed["d"]["edited_timestamp"]
    place = {"channel_id": thread, "guild_id": town.side.world.guild.id}
    assert (gone["t"], gone["d"]) == ("MESSAGE_DELETE", {"id": said, **place})


async def test_many_are_deleted_at_once(town: Town) -> None:
    thread = await start(town)
    said = [await say(town, thread, each) for each in ("One", "Two")]
    async with dial(town) as wire:
        await listen(wire, town)
        purge(town.side.world, thread, said)
        (gone,) = await heard(wire)
    assert gone["t"] == "MESSAGE_DELETE_BULK"
    assert gone["d"]["ids"] == said


async def test_an_answer_names_what_it_answers_and_pings_its_author(town: Town) -> None:
    thread = await start(town)
    _, part = await town.call("POST", f"/channels/{thread}/messages", {"content": "A part"})
    async with dial(town) as wire:
        await listen(wire, town, GUILDS | MESSAGES)
        await say(town, thread, "Indeed", part["id"])
        (answer,) = await heard(wire)
    body = answer["d"]
    assert body["type"] == 19
    assert body["message_reference"]["message_id"] == part["id"]
    assert [each["id"] for each in body["mentions"]] == [town.side.world.guild.me.id]
    assert body["content"] == "Indeed"  # whoever is pinged may read it


async def test_signs_are_told_of_and_counted(town: Town) -> None:
    thread = await start(town)
    said = await say(town, thread, "First")
    async with dial(town) as wire:
        await listen(wire, town)
        for person, sign in (("alice", "👍"), ("bob", "👍"), ("bob", "👍"), ("bob", "party:4200")):
            await town.side.react(Signing(thread, said, person, sign))
        first, second, third = await heard(wire)
        _, (shown,) = await town.call("GET", f"/channels/{thread}/messages?limit=1")
        await town.side.react(Signing(thread, said, "bob", "👍", away=True))
        clear(town.side.world, town.side.channel(thread).messages[said], "👍")
        clear(town.side.world, town.side.channel(thread).messages[said])
        away, one, every = await heard(wire)
    assert first["t"] == "MESSAGE_REACTION_ADD"
    assert first["d"]["emoji"] == second["d"]["emoji"] == {"id": None, "name": "👍"}
    assert third["d"]["emoji"]["id"] == "4200"
    assert third["d"]["member"]["user"]["username"] == "bob"
    counted = {each["emoji"]["name"]: each["count"] for each in shown["reactions"]}
    assert counted == {"👍": 2, "party": 1}
    assert away["t"] == "MESSAGE_REACTION_REMOVE"
    assert (one["t"], one["d"]["emoji"]["name"]) == ("MESSAGE_REACTION_REMOVE_EMOJI", "👍")
    assert every["t"] == "MESSAGE_REACTION_REMOVE_ALL"
    assert not town.side.channel(thread).messages[said].reactions


async def test_a_bot_hears_what_it_asked_for_and_no_more(town: Town) -> None:
    thread = await start(town)
    async with dial(town) as wire, dial(town) as deaf:
        await listen(wire, town, GUILDS | MESSAGES)
        await listen(deaf, town, GUILDS)
        said = await say(town, thread, "First")
        await town.side.react(Signing(thread, said, "bob", "👍"))
        await town.side.edit("daily-briefing", said, "alice", "Second")
        new, changed = await heard(wire)
        assert not await heard(deaf)
    assert (new["d"]["content"], changed["d"]["content"]) == ("", "")


async def test_a_bot_hears_nothing_of_a_channel_that_is_hidden_from_it(town: Town) -> None:
    thread = await start(town)
    town.side.grant("daily-briefing", Permission(0))
    async with dial(town) as wire:
        await listen(wire, town)
        said = await say(town, thread, "First")
        await town.side.delete("daily-briefing", said, "alice")
        assert not await heard(wire)


async def test_a_thread_is_deleted_with_all_that_was_said_in_it(town: Town) -> None:
    thread = await start(town)
    async with dial(town) as wire:
        await listen(wire, town)
        town.side.delete_channel(thread)
        gone = await wire.until("THREAD_DELETE")
    assert gone["d"]["id"] == thread
    assert gone["d"]["parent_id"] == town.side.channel("daily-briefing").id
    assert (await town.call("GET", f"/channels/{thread}"))[0] == 404


async def test_signs_in_direct_messages_need_an_intent_of_their_own(open_town: Opens) -> None:
    town = await open_town(Setup(privileged=0))
    direct = town.side.direct("alice")
    async with dial(town) as wire:
        await listen(wire, town, GUILDS | REACTIONS | 1 << 12)
        said = await say(town, direct.id, "Hello")
        await town.side.react(Signing(direct.id, said, "alice", "👍"))
        assert [each["t"] for each in await heard(wire)] == ["MESSAGE_CREATE"]


async def test_nobody_changes_what_others_said_but_the_owner_deletes_it(town: Town) -> None:
    thread = await start(town)
    theirs = await say(town, thread, "First")
    with pytest.raises(Unlikely, match="bob did not say that"):
        await town.side.edit(thread, theirs, "bob", "Otherwise")
    with pytest.raises(Unlikely, match="bob did not say that"):
        await town.side.delete(thread, theirs, "bob")
    bobs = str((await town.side.say(thread, "bob", "Second"))["message"])
    await town.side.delete(thread, bobs, "alice")
    with pytest.raises(Unlikely, match="no message"):
        await town.side.delete(thread, bobs, "alice")
