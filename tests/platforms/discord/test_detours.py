"""Servers that know no Components V2, threads at rest, and channels that others follow."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
import pytest

from bot.errors import PostRefused
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.dress import says_unknown
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.limits import IS_COMPONENTS_V2
from bot.platforms.discord.render import draw
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address, Payload
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.setup import ANNOUNCEMENT, Setup, Spot
from bot.sandbox.faults import Fault, Kind
from briefings.blocks import Paragraph, plain
from briefings.message import Message, Reply
from tests.platforms.discord.conftest import HELLO, QUICK, Desk, Opens, Stage, for_channel, until
from tests.platforms.discord.test_connection import actions

OF_OLD = Setup(components_v2=False, limited=False)
NEWS = Setup(channels=(Spot("daily-briefing", kind=ANNOUNCEMENT), Spot("general")), limited=False)
PUBLISHING = "POST /channels/{channel_id}/messages/{message_id}/crosspost"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def hello(words: str = "From the desk.") -> Payload:
    return draw(Message("Hello", (Paragraph(plain(words)),)))[0]


def is_new(stage: Stage) -> list[bool]:
    return [bool(body["flags"] & IS_COMPONENTS_V2) for body in stage.bodies()]


async def test_a_server_of_old_gets_embeds_after_one_refusal(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage(OF_OLD)
    first = await stage.platform.post(stage.here, hello(), "first")
    await stage.platform.post(stage.here, hello(), "second")
    assert is_new(stage) == [False, False]
    assert all("From the desk." in str(body["embeds"]) for body in stage.bodies())
    assert len(stage.calls(f"{stage.channel}/messages")) == 3
    assert actions(caplog).count("layout.embeds") == 1
    assert await stage.platform.find(stage.here, "first", LONG_AGO) == first


async def test_a_setting_sends_embeds_from_the_start(open_stage: Opens) -> None:
    stage = await open_stage(discord_layout="embeds")
    await stage.platform.post(stage.here, hello(), "marker")
    assert is_new(stage) == [False]
    assert len(stage.calls(f"{stage.channel}/messages")) == 1


async def test_a_setting_forbids_embeds(open_stage: Opens) -> None:
    stage = await open_stage(OF_OLD, discord_layout="components")
    with pytest.raises(PostRefused, match="50035"):
        await stage.platform.post(stage.here, hello(), "marker")


@pytest.mark.parametrize("wait", [0.0, 1.2])
async def test_answers_reach_a_server_of_old(open_stage: Opens, wait: float) -> None:
    long = Message("Long", tuple(Paragraph(plain("word " * 700)) for _ in range(3)))
    stage = await open_stage(OF_OLD, Desk(Reply(long), wait=wait))
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    await until(lambda: len(stage.messages()) >= 3)
    shown = stage.messages()
    assert not any(each["pending"] for each in shown)
    assert all(each["only_for"] for each in shown)
    assert is_new(stage) == [False] * len(shown)


async def test_a_mention_is_answered_on_a_server_of_old(open_stage: Opens) -> None:
    stage = await open_stage(OF_OLD, Desk(for_channel()))
    await stage.side.say(stage.channel, "alice", "@briefing chery")
    await until(lambda: len(stage.messages()) == 2)
    assert is_new(stage)[1:] == [False]


@pytest.mark.parametrize(("before", "after"), [("components", "embeds"), ("embeds", "components")])
async def test_a_message_is_edited_whichever_way_it_was_sent(
    open_stage: Opens, before: str, after: str
) -> None:
    stage = await open_stage(discord_layout=before, posting_only=True)
    sent = await stage.platform.post(stage.here, hello(), "marker")
    given = {key.lower(): value for key, value in stage.side.settings().items()}
    later = DiscordPlatform(Settings.model_validate({**given, "discord_layout": after}), QUICK)
    await later.connect(None)
    await later.edit(stage.here, sent, hello("Corrected."), "marker")
    await later.close()
    (body,) = stage.bodies()
    assert "Corrected." in str(body)
    assert "From the desk." not in str(body)
    assert body["allowed_mentions"] == {"parse": []}
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent


async def test_an_edit_that_is_wrong_is_refused(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, hello(), "marker")
    broken = {**hello(), "components": [{"type": 17, "components": []}]}
    with pytest.raises(PostRefused, match="50035"):
        await stage.platform.edit(stage.here, sent, broken, "marker")
    with pytest.raises(PostRefused, match="gone"):
        await stage.platform.edit(stage.here, "123456789012345678", hello(), "marker")


@pytest.mark.parametrize(
    ("code", "words", "unknown"),
    [
        (50035, "Invalid Form Body\nIn flags: no", True),
        (50035, "Invalid Form Body\nIn components.0.type: no", True),
        (50035, "Invalid Form Body\nIn components.0: no", True),
        (50035, "Invalid Form Body\nIn message.components.0.type: no", True),
        (50035, "Invalid Form Body\nIn data.components.0.components.1.type: no", True),
        (50006, "Cannot send an empty message", True),
        (50035, "Invalid Form Body\nIn components: too long", False),
        (50035, "Invalid Form Body\nIn components.0.components.1.content: too long", False),
        (50035, "Invalid Form Body\nIn components.0.components.1.components.2.label: no", False),
        (50013, "In flags: no", False),
    ],
)
def test_only_a_refusal_of_components_as_such_leads_to_embeds(
    code: int, words: str, unknown: bool
) -> None:
    assert says_unknown(Refused("No.", code, words)) is unknown
    assert says_unknown(PostRefused(words)) is False
    assert says_unknown(discord.ClientException(words)) is False


async def in_a_thread(stage: Stage) -> Address:
    card = await stage.platform.post(stage.here, hello(), "card")
    return Address(stage.channel, await stage.platform.open_thread(stage.channel, card, "Hello"))


async def test_an_archived_thread_is_opened_to_edit_in_it(stage: Stage) -> None:
    there = await in_a_thread(stage)
    part = await stage.platform.post(there, hello(), "part")
    assert there.thread
    archive = stage.side.world.guild.channels[there.thread].archive
    assert archive
    archive.archived = True
    await stage.platform.edit(there, part, hello("Corrected."), "part")
    assert archive.archived is False


async def test_an_archived_thread_is_posted_into(stage: Stage) -> None:
    there = await in_a_thread(stage)
    assert there.thread
    archive = stage.side.world.guild.channels[there.thread].archive
    assert archive
    archive.archived = True
    await stage.platform.post(there, hello(), "part")
    assert archive.archived is False


async def test_a_locked_thread_stays_locked_and_says_so(stage: Stage) -> None:
    there = await in_a_thread(stage)
    part = await stage.platform.post(there, hello(), "part")
    assert there.thread
    archive = stage.side.world.guild.channels[there.thread].archive
    assert archive
    archive.locked = archive.archived = True
    with pytest.raises(PostRefused, match="locked: unlock it"):
        await stage.platform.post(there, hello(), "other")
    with pytest.raises(PostRefused, match="locked: unlock it"):
        await stage.platform.edit(there, part, hello("Corrected."), "part")
    assert archive.archived


def published(stage: Stage) -> list[bool]:
    messages = stage.side.channel("daily-briefing").messages.values()
    return [bool(each.flags & Flag.CROSSPOSTED) for each in messages]


@pytest.mark.parametrize("wanted", [True, False])
async def test_announcements_are_published_where_that_is_wanted(
    open_stage: Opens, wanted: bool
) -> None:
    stage = await open_stage(NEWS, discord_publish=wanted)
    there = await in_a_thread(stage)
    await stage.platform.post(there, hello(), "part")
    assert published(stage)[0] is wanted
    assert len(stage.calls("/crosspost")) == int(wanted)


async def test_a_usual_channel_has_nothing_published(open_stage: Opens) -> None:
    stage = await open_stage(discord_publish=True)
    await stage.platform.post(stage.here, hello(), "marker")
    assert stage.calls("/crosspost") == []


async def test_a_message_that_was_found_again_is_published_once(open_stage: Opens) -> None:
    stage = await open_stage(NEWS, discord_publish=True)
    stage.side.faults.plan(Fault(PUBLISHING, Kind.AWAY))
    sent = await stage.platform.post(stage.here, hello(), "marker")
    assert published(stage) == [False]
    for _ in range(2):
        assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent
    assert published(stage) == [True]


async def test_the_eleventh_message_of_an_hour_stays_in_its_channel(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage(
        Setup(channels=(Spot("daily-briefing", kind=ANNOUNCEMENT),)), discord_publish=True
    )
    stage.side.faults.plan(Fault(PUBLISHING, Kind.LIMITED, retry_after=3_000))
    await stage.platform.post(stage.here, hello(), "marker")
    assert published(stage) == [False]
    assert "post.not_published" in actions(caplog)
    assert HELLO.title in str(stage.bodies())
