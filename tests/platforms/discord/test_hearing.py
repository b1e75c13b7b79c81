"""What the bot hears in threads over a real gateway, and what it reads there again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.errors import PostError, PostUnknown
from bot.platforms.abilities import Recalled, Recalling
from bot.platforms.events import Place
from bot.platforms.port import Address
from bot.platforms.talk import Cleared, Missed, Reacted, Said, Unsaid
from bot.sandbox.discord.bodies import full_member
from bot.sandbox.discord.guild import Message, Person
from bot.sandbox.discord.ids import moment_of
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import FORUM, Setup, Spot
from bot.sandbox.discord.talking import clear, purge
from bot.sandbox.discord.threads import Opening, open_on, open_post
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Signing
from tests.platforms.discord.conftest import Opens, Stage, until
from tests.platforms.discord.test_detours import hello
from tests.platforms.discord.test_reaching import online

SEEN = "GET /channels/{channel_id}"


async def discussed(stage: Stage) -> Address:
    """A thread under a card of ours."""
    card = await stage.platform.post(stage.here, hello(), "card")
    thread = await stage.platform.open_thread(stage.channel, card, "The summit")
    return Address(stage.channel, thread)


async def say(stage: Stage, at: Address, text: str, person: str = "alice") -> str:
    assert at.thread
    return str((await stage.side.say(at.channel, person, text, at.thread))["message"])


def place(stage: Stage, at: Address) -> Place:
    return Place("discord", stage.side.world.guild.id, at.channel, at.thread)


def person(stage: Stage, name: str = "alice") -> str:
    return next(each.id for each in stage.side.world.guild.people.values() if each.name == name)


async def test_what_is_said_changed_and_deleted_in_a_thread_is_heard_in_order(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage, discord_message_content=True)
    at = await discussed(stage)
    said = await say(stage, at, "First")
    await stage.side.edit(stage.channel, said, "alice", "Second")
    await stage.side.delete(stage.channel, said, "alice")
    await until(lambda: len(stage.desk.talk) == 3)
    first, second, gone = stage.desk.talk
    assert isinstance(first, Said)
    assert isinstance(second, Said)
    assert (first.place, first.person, first.message) == (place(stage, at), person(stage), said)
    assert (first.text, second.text) == ("First", "Second")
    assert first.at == second.at
    assert first.at.timestamp() == pytest.approx(moment_of(said), abs=0.01)
    assert gone == Unsaid(place(stage, at), said)


async def test_words_are_left_out_where_the_bot_does_not_ask_for_them(stage: Stage) -> None:
    at = await discussed(stage)
    part = await stage.platform.post(at, hello(), "part")
    await say(stage, at, "First")
    await stage.side.reply(stage.channel, "alice", "Indeed", part)  # which names the bot
    await until(lambda: len(stage.desk.talk) == 2)
    assert [(each.text, each.to) for each in stage.desk.talk if isinstance(each, Said)] == [
        (None, None),
        (None, part),
    ]


async def test_an_answer_to_a_part_says_to_which_one_and_is_no_question_to_the_bot(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage, discord_message_content=True)
    at = await discussed(stage)
    part = await stage.platform.post(at, hello(), "part")
    await stage.side.reply(stage.channel, "alice", "Indeed", part)
    await until(lambda: stage.desk.talk)
    (heard,) = stage.desk.talk
    assert isinstance(heard, Said)
    assert (heard.to, heard.text) == (part, "Indeed")
    assert not stage.desk.events


async def test_signs_are_heard_as_they_come_and_go(stage: Stage) -> None:
    at = await discussed(stage)
    said = await say(stage, at, "First")
    for away in (False, True):
        await stage.side.react(Signing(stage.channel, said, "alice", "👍", away))
    await stage.side.react(Signing(stage.channel, said, "alice", "party:4200"))
    message = stage.side.channel(at.thread or "").messages[said]
    clear(stage.side.world, message, "party:4200")
    clear(stage.side.world, message)
    await until(lambda: len(stage.desk.talk) == 6)
    here, alice = place(stage, at), person(stage)
    assert stage.desk.talk[1:] == [
        Reacted(here, said, alice, "👍"),
        Reacted(here, said, alice, "👍", away=True),
        Reacted(here, said, alice, ":party:"),
        Cleared(here, said, ":party:"),
        Cleared(here, said),
    ]


async def test_a_moderator_deletes_many_or_the_whole_thread(stage: Stage) -> None:
    at = await discussed(stage)
    said = [await say(stage, at, each) for each in ("One", "Two")]
    await until(lambda: len(stage.desk.talk) == 2)
    purge(stage.side.world, at.thread or "", said)
    stage.side.delete_channel(at.thread or "")
    await until(lambda: len(stage.desk.talk) == 5)
    here = place(stage, at)
    assert stage.desk.talk[2:] == [Unsaid(here, said[0]), Unsaid(here, said[1]), Unsaid(here, None)]


async def test_what_is_said_outside_of_threads_and_by_bots_is_not_listened_to(
    stage: Stage,
) -> None:
    await stage.side.say(stage.channel, "alice", "Talk")
    await stage.side.say(stage.side.direct("alice").id, "alice", "Between us")
    at = await discussed(stage)
    await stage.platform.post(at, hello(), "part")
    await say(stage, at, "At last")
    await until(lambda: stage.desk.talk)
    await asyncio.sleep(0.05)
    assert len(stage.desk.talk) == 1


async def test_forum_posts_are_discussions_too(open_stage: Opens) -> None:
    stage = await online(open_stage, Setup(channels=(Spot("briefings", kind=FORUM),)))
    post = await stage.platform.post(stage.here, hello(), "card")
    at = Address(stage.channel, await stage.platform.open_thread(stage.channel, post, "It"))
    said = await say(stage, at, "First")
    await until(lambda: stage.desk.talk)
    (heard,) = stage.desk.talk
    assert isinstance(heard, Said)
    assert (heard.place, heard.message) == (place(stage, at), said)
    assert [each.message for each in (await recalled(stage, at)).said] == [said]


async def test_a_thread_that_the_session_did_not_tell_of_is_asked_for_once(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage)
    at = await discussed(stage)
    said = await say(stage, at, "First")
    archive = stage.side.channel(at.thread or "").archive
    assert archive
    archive.archived = True
    await stage.platform.close()
    await stage.platform.connect(stage.desk)
    stage.desk.talk.clear()
    before = len(stage.side.journal.calls)
    for sign in ("👍", "🎉"):
        await stage.side.react(Signing(stage.channel, said, "alice", sign))
    await until(lambda: len(stage.desk.talk) == 2)
    assert {each.place for each in stage.desk.talk} == {place(stage, at)}
    asked = [each.path for each in list(stage.side.journal.calls)[before:]]
    assert [each for each in asked if each.endswith(f"/channels/{at.thread}")] == asked[-1:]


async def test_what_is_said_where_nothing_is_known_is_let_go_and_logged(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await online(open_stage)
    world = stage.side.world
    stage.side.faults.plan(Fault(SEEN, Kind.GARBAGE, times=9))
    about = {"guild_id": world.guild.id, "channel_id": "4200000000000000000"}
    world.publish("MESSAGE_DELETE", {"id": "4300000000000000000", **about})
    await until(lambda: any(vars(e).get("action") == "talk.place_unknown" for e in caplog.records))
    assert not stage.desk.talk


async def test_a_new_session_is_told_as_a_gap_and_a_resumed_one_is_not(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage)
    at = await discussed(stage)
    stage.side.cut()
    said = await say(stage, at, "Meanwhile")
    await until(lambda: stage.desk.talk)
    (heard,) = stage.desk.talk
    assert isinstance(heard, Said)
    assert heard.message == said
    stage.side.invalidate()
    await until(lambda: len(stage.desk.talk) == 2, 15)
    stage.side.cut(4010)
    await until(lambda: len(stage.desk.talk) == 3, 15)
    assert stage.desk.talk[1:] == [Missed(Place("discord", "", ""))] * 2


async def recalled(stage: Stage, at: Address, more: str | None = None) -> Recalled:
    assert isinstance(stage.platform, Recalling)
    return await stage.platform.recall(at, more)


async def test_a_thread_is_read_again_page_by_page_with_the_signs_of_people(
    open_stage: Opens,
) -> None:
    stage = await open_stage(Setup(limited=False), discord_message_content=True)
    at = await discussed(stage)
    part = await stage.platform.post(at, hello(), "part")
    first = str((await stage.side.reply(stage.channel, "bob", "First", part))["message"])
    await stage.side.react(Signing(stage.channel, first, "alice", "👍"))
    others = [await say(stage, at, f"Talk {number}") for number in range(120)]
    stage.side.channel(at.thread or "").archive.archived = True  # type: ignore[union-attr]
    page = await recalled(stage, at)
    assert page.more
    rest = await recalled(stage, at, page.more)
    assert rest.more is None
    assert [each.message for each in (*page.said, *rest.said)] == [first, *others]
    head = page.said[0]
    assert (head.place, head.person) == (place(stage, at), person(stage, "bob"))
    assert (head.text, head.to) == ("First", part)
    assert page.signs[first] == {"👍": 1}
    assert page.signs[others[0]] == {}
    assert set(page.signs) | set(rest.signs) == {first, *others}


async def test_words_are_not_recalled_where_the_bot_does_not_ask_for_them(stage: Stage) -> None:
    at = await discussed(stage)
    await say(stage, at, "First")
    (said,) = (await recalled(stage, at)).said
    assert said.text is None


async def test_nothing_stands_in_a_thread_that_was_deleted(stage: Stage) -> None:
    at = await discussed(stage)
    await say(stage, at, "First")
    stage.side.delete_channel(at.thread or "")
    assert await recalled(stage, at) == Recalled((), {})


async def test_nothing_stands_in_a_channel_that_was_deleted_which_is_told(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage)
    at = await discussed(stage)
    await say(stage, at, "First")
    await until(lambda: stage.desk.talk)
    stage.side.delete_channel(stage.channel)
    await until(lambda: len(stage.desk.talk) == 3)  # that thread was open, others may rest
    assert Unsaid(place(stage, at), None) in stage.desk.talk
    assert Missed(Place("discord", "", "")) in stage.desk.talk
    await stage.platform.close()
    await stage.platform.connect(None)
    assert await recalled(stage, at) == Recalled((), {})


async def test_a_thread_that_may_not_be_read_back_is_not_taken_for_an_empty_one(
    stage: Stage,
) -> None:
    at = await discussed(stage)
    await say(stage, at, "First")
    stage.side.grant(stage.channel, USUAL & ~Permission.READ_MESSAGE_HISTORY)
    with pytest.raises(PostUnknown, match="Read Message History"):
        await recalled(stage, at)
    stage.side.grant(stage.channel, Permission(0))
    with pytest.raises(PostError):
        await recalled(stage, at)


@pytest.mark.parametrize("kind", [Kind.GARBAGE, Kind.LIMITED])
async def test_a_page_that_does_not_come_is_an_error(stage: Stage, kind: Kind) -> None:
    at = await discussed(stage)
    await say(stage, at, "First")
    stage.side.faults.plan(Fault("GET /channels/{channel_id}/messages", kind))
    with pytest.raises(PostError):
        await recalled(stage, at)


async def test_a_thread_that_somebody_began_under_our_card_is_heard(open_stage: Opens) -> None:
    stage = await online(open_stage)
    world = stage.side.world
    card = await stage.platform.post(stage.here, hello(), "card")
    alice = next(iter(world.guild.people.values()))
    began = open_on(world, world.guild.message(stage.channel, card), alice, Opening("About it"))
    await stage.side.say(stage.channel, "bob", "First", began.id)
    await until(lambda: stage.desk.talk)
    assert {each.place.thread for each in stage.desk.talk} == {began.id}


async def test_a_picture_in_answer_to_a_part_is_no_question(open_stage: Opens) -> None:
    stage = await online(open_stage)
    at = await discussed(stage)
    part = await stage.platform.post(at, hello(), "part")
    await stage.side.reply(stage.channel, "alice", "", part)
    await until(lambda: stage.desk.talk)
    await asyncio.sleep(0.05)
    assert not stage.calls(f"{at.thread}/messages")[2:]


def hide(stage: Stage) -> Callable[[], None]:
    stage.side.grant(stage.channel, 0)
    return lambda: stage.side.grant(stage.channel, USUAL)


def put_out(stage: Stage) -> Callable[[], None]:
    stage.side.leave_guild()
    return stage.side.join_guild


@pytest.mark.parametrize("lose", [hide, put_out])
async def test_what_was_said_while_the_bot_was_not_let_in_is_looked_for(
    open_stage: Opens, lose: Callable[[Stage], Callable[[], None]]
) -> None:
    stage = await online(open_stage)
    regain = lose(stage)
    await until(lambda: stage.desk.news)
    assert not stage.desk.talk
    regain()
    await until(lambda: stage.desk.talk)
    assert stage.desk.talk == [Missed(Place("discord", "", ""))]


async def test_signs_of_bots_do_not_count(stage: Stage) -> None:
    at = await discussed(stage)
    said = await say(stage, at, "First")
    world = stage.side.world
    robot = Person("4200000000000000000", "robot", bot=True)
    about = {"channel_id": at.thread, "guild_id": world.guild.id, "message_id": said}
    put = {**about, "emoji": {"id": None, "name": "👍"}, "burst": False, "type": 0}
    for who in (world.guild.me, robot):
        member = {"member": full_member(world.guild, who)} if who.bot else {}
        world.publish("MESSAGE_REACTION_ADD", {**put, **member, "user_id": who.id})
    world.publish("MESSAGE_REACTION_REMOVE", {**put, "user_id": world.guild.me.id})
    await stage.side.react(Signing(stage.channel, said, "alice", "🎉"))
    await until(lambda: len(stage.desk.talk) == 2)
    assert stage.desk.talk[1] == Reacted(place(stage, at), said, person(stage), "🎉")


async def test_a_forums_post_by_somebody_else_is_not_joined(open_stage: Opens) -> None:
    stage = await online(open_stage, Setup(channels=(Spot("briefings", kind=FORUM),)))
    world = stage.side.world
    alice = next(iter(world.guild.people.values()))
    first = Message("", "", alice, world.clock(), {"content": "Mine", "flags": 0})
    theirs = open_post(world, stage.side.channel("briefings"), alice, Opening("Mine"), first)
    ours = await stage.platform.post(stage.here, hello(), "card")
    await stage.platform.open_thread(stage.channel, ours, "Ours")
    assert theirs.archive
    assert world.guild.me.id not in theirs.archive.members
