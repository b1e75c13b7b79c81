"""What people type and press on Discord, and what comes back to them."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.platforms.desk import Completion
from bot.platforms.discord.announcing import differ
from bot.platforms.discord.commands import choices
from bot.platforms.events import Asked, Place, Pressed
from bot.sandbox.discord.setup import Setup
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Json, Pressing
from briefings.intents import OpenSection
from briefings.message import Action, Actions, Message, Reply
from briefings.model import BriefingId
from tests.platforms.discord.conftest import Desk, Opens, Stage, for_channel, until
from tests.platforms.discord.test_client import card
from tests.platforms.discord.test_connection import actions
from tests.platforms.samples import SAMPLES

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
SHARED, PRIVATE = 32772, 32772 + 64
SLOW = 1.2


def place(stage: Stage, thread: str | None = None) -> Place:
    return Place("discord", stage.side.world.guild.id, stage.channel, thread)


def alice(stage: Stage) -> str:
    return next(
        person.id for person in stage.side.world.guild.people.values() if person.name == "alice"
    )


def words(message: Json) -> str:
    body = message["body"]
    assert isinstance(body, dict)
    content: str = body["components"][0]["components"][0]["content"]
    return content


def flags(message: Json) -> int:
    body = message["body"]
    assert isinstance(body, dict)
    return int(body["flags"])


async def test_a_command_reaches_the_desk_and_the_answer_only_the_asker(stage: Stage) -> None:
    await stage.side.command(stage.channel, "alice", "/briefing chery sumit")
    assert stage.desk.events == [Asked("chery sumit", place(stage), alice(stage))]
    (message,) = stage.messages()
    assert message["only_for"] == alice(stage)
    assert flags(message) == PRIVATE
    assert words(message) == "# Hello\nFrom the desk."


async def test_a_command_without_words_asks_for_today(stage: Stage) -> None:
    await stage.side.command(stage.channel, "alice", "/briefing")
    assert stage.desk.events == [Asked("", place(stage), alice(stage))]


async def test_an_answer_for_the_channel_is_seen_by_all(open_stage: Opens) -> None:
    stage = await open_stage(desk=Desk(for_channel()))
    await stage.side.command(stage.channel, "alice", "/briefing")
    (message,) = stage.messages()
    assert message["only_for"] is None
    assert flags(message) == SHARED


@pytest.mark.parametrize("wait", [0.0, SLOW])
async def test_an_answer_over_the_limits_comes_as_several_messages(
    open_stage: Opens, wait: float
) -> None:
    stage = await open_stage(desk=Desk(Reply(SAMPLES["long"]), wait))
    await stage.side.command(stage.channel, "alice", "/briefing")
    pages = len(stage.platform.draw(SAMPLES["long"]))
    await until(lambda: len(stage.messages()) == pages)
    assert {message["only_for"] for message in stage.messages()} == {alice(stage)}
    assert words(stage.messages()[0]).startswith("# A long read\n")


async def test_a_slow_answer_is_announced_and_then_given(open_stage: Opens) -> None:
    stage = await open_stage(desk=Desk(wait=SLOW))
    await stage.side.command(stage.channel, "alice", "/briefing")
    await until(lambda: stage.messages() and not stage.messages()[0]["pending"])
    (message,) = stage.messages()
    assert message["only_for"] == alice(stage)
    assert words(message) == "# Hello\nFrom the desk."


async def test_a_slow_answer_for_the_channel_is_seen_by_all(open_stage: Opens) -> None:
    stage = await open_stage(desk=Desk(for_channel(), SLOW))
    await stage.side.command(stage.channel, "alice", "/briefing")
    await until(lambda: [each["only_for"] for each in stage.messages()] == [None])
    assert words(stage.messages()[0]) == "# Hello\nFrom the desk."


async def test_a_button_says_what_was_meant(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    await stage.press(sent, "b1:section:1:chery-summit-2025")
    meant = OpenSection(BriefingId("chery-summit-2025"), 1)
    assert stage.desk.events == [Pressed(meant, place(stage), alice(stage))]
    assert [message["only_for"] for message in stage.messages()] == [None, alice(stage)]


async def test_a_button_answers_after_a_restart(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    await stage.platform.close()
    await stage.platform.connect(stage.desk)
    await stage.press(sent, "b1:share:chery-summit-2025")
    assert len(stage.desk.events) == 1


async def test_a_button_in_a_private_answer_answers_too(open_stage: Opens) -> None:
    action = Action("Open", OpenSection(BriefingId("chery"), 1))
    stage = await open_stage(desk=Desk(Reply(Message("T", (Actions((action,)),)))))
    await stage.side.command(stage.channel, "alice", "/briefing")
    await stage.press(str(stage.messages()[0]["id"]), "b1:section:1:chery")
    assert len(stage.desk.events) == 2


async def test_a_button_with_a_token_that_is_not_ours_is_answered(stage: Stage) -> None:
    old = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Old", "custom_id": "v0\n"}]}
    sent = await stage.platform.post(stage.here, {**card(), "components": [old]}, "marker")
    await stage.press(sent, "v0\n")
    assert stage.desk.events == [Pressed(None, place(stage), alice(stage))]


async def test_what_is_pressed_in_a_thread_comes_from_its_channel(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    thread = await stage.platform.open_thread(stage.channel, sent, "T")
    await stage.side.command(thread, "alice", "/briefing chery")
    assert stage.desk.events == [Asked("chery", place(stage, thread), alice(stage))]


async def test_completions_appear_while_somebody_types(open_stage: Opens) -> None:
    desk = Desk(completions=(Completion("Chery summit", "chery"), Completion("Cables", "cables")))
    stage = await open_stage(desk=desk)
    found = await stage.side.complete(stage.channel, "alice", "/briefing Che")
    assert list(found) == [{"name": "Chery summit", "value": "chery"}]


async def test_an_answer_is_there_in_an_instant(stage: Stage) -> None:
    await stage.side.command(stage.channel, "alice", "/briefing")
    begun = time.perf_counter()
    for _ in range(20):
        await stage.side.command(stage.channel, "alice", "/briefing chery")
    assert (time.perf_counter() - begun) / 20 < 0.25


async def test_an_answer_that_comes_too_late_is_logged_and_nothing_else(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage(Setup(answer_within=0.05), desk=Desk(wait=0.3))
    await stage.side.command(stage.channel, "alice", "/briefing")
    await until(lambda: "reply.late" in actions(caplog))
    stage.desk.wait = 0
    await stage.side.command(stage.channel, "alice", "/briefing")
    assert words(stage.messages()[-1]) == "# Hello\nFrom the desk."


@pytest.mark.parametrize("wait", [0.0, SLOW])
async def test_a_limit_of_everything_else_holds_up_no_answer(
    open_stage: Opens, wait: float
) -> None:
    stage = await open_stage(desk=Desk())
    sending = "POST /channels/{channel_id}/messages"
    stage.side.faults.plan(Fault(sending, Kind.ALL_LIMITED, retry_after=6))
    await stage.side.say(stage.channel, "alice", f"<@{stage.side.world.guild.me.id}> chery")
    await until(lambda: stage.calls(f"{stage.channel}/messages"))
    await asyncio.sleep(0.05)  # the answer to that has to be read
    stage.desk.wait = wait
    told = await stage.side.command(stage.channel, "alice", "/briefing chery")
    assert told["ok"]
    await until(lambda: not any(each["pending"] for each in stage.messages()), 3.5)


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.RESET, Kind.GARBAGE])
async def test_an_answer_that_can_not_be_delivered_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture, kind: Kind
) -> None:
    stage.side.faults.plan(Fault(CALLBACK, kind))
    await stage.side.press(Pressing(stage.channel, await sent_card(stage), SHARE, "alice"))
    await until(lambda: "reply.failed" in actions(caplog))
    assert stage.side.world.token not in caplog.text


SHARE = "b1:share:chery-summit-2025"


async def sent_card(stage: Stage) -> str:
    return await stage.platform.post(stage.here, card(), "marker")


async def test_an_event_that_comes_twice_is_answered_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.side.faults.plan(Fault("INTERACTION_CREATE", Kind.TWICE))
    await stage.side.command(stage.channel, "alice", "/briefing")
    await until(lambda: "reply.late" in actions(caplog))
    assert len(stage.messages()) == 1


def test_a_completion_too_long_to_show_is_shortened_and_one_too_long_to_send_left_out() -> None:
    offered = choices(
        [Completion("word " * 40, "a"), Completion("b", "b" * 101), Completion("\u202e", "c d")]
        + [Completion(str(number), str(number)) for number in range(30)]
    )
    assert len(offered) == 25
    assert offered[0].name.endswith("…")
    assert all(1 <= len(each.name) <= 100 for each in offered)
    assert [each.value for each in offered[:3]] == ["a", "c d", "0"]


COMMAND: Json = {
    "name": "briefing",
    "description": "d",
    "type": 1,
    "nsfw": False,
    "options": [{"name": "about", "description": "a", "type": 3, "autocomplete": True}],
}


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ([{**COMMAND, "id": "1", "version": "2", "dm_permission": True, "contexts": None}], False),
        ([], True),
        ([{**COMMAND, "description": "e"}], True),
        ([{**COMMAND, "options": []}], True),
        ([COMMAND, {**COMMAND, "name": "old"}], True),
    ],
)
def test_commands_differ_only_where_people_would_notice(known: list[Json], other: bool) -> None:
    assert differ([COMMAND], known) is other
