"""Posts to Slack through its own SDK: sent once, found again, and failing as they must."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import PlatformError, PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.port import Address
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.render import draw, metadata
from bot.platforms.slack.settings import Settings
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide
from briefings.message import Message
from tests.platforms.samples import SAMPLES, paragraph
from tests.platforms.slack.served import (
    CARD,
    DAILY,
    messages,
    words,
)

BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


async def test_a_card_is_posted_and_its_parts_go_under_it(
    side: SlackSide, slack: SlackPlatform
) -> None:
    card = await slack.post(DAILY, CARD, "m1")
    thread = await slack.open_thread(DAILY.channel, card, "A title")
    (part,) = draw(SAMPLES["part"])
    await slack.post(Address(DAILY.channel, thread), part, "m2")
    (message,) = messages(side)
    assert "Chery International User Summit" in words(message)
    assert [SAMPLES["part"].title in words(each) for each in message["thread"]["messages"]] == [
        True
    ]


@pytest.mark.parametrize("name", SAMPLES)
async def test_slack_takes_every_sample(side: SlackSide, slack: SlackPlatform, name: str) -> None:
    for payload in draw(SAMPLES[name]):
        await slack.post(DAILY, payload, "m")
    assert len(messages(side)) == len(slack.draw(SAMPLES[name]))
    assert side.slack.complaints == []


async def test_a_post_is_found_by_its_marker_in_the_channel_and_in_a_thread(
    side: SlackSide, slack: SlackPlatform
) -> None:
    ids = [await slack.post(DAILY, CARD, f"m{number}") for number in range(20)]
    await side.say("daily-briefing", "alice", "m0")
    thread = Address(DAILY.channel, ids[0])
    part = await slack.post(thread, CARD, "part")
    assert await slack.find(DAILY, "m0", BEFORE) == ids[0]
    assert await slack.find(DAILY, "m19", BEFORE) == ids[19]
    assert await slack.find(thread, "part", BEFORE) == part
    assert await slack.find(DAILY, "part", BEFORE) is None
    ahead = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251
    assert await slack.find(DAILY, "m19", ahead) == ids[19]


async def test_a_marker_that_somebody_forged_is_not_ours(
    side: SlackSide, slack: SlackPlatform
) -> None:
    channel = side.workspace.channels[DAILY.channel]
    side.slack.say(channel, "U0ALICE001", {"text": "mine", "metadata": metadata("m")})
    assert await slack.find(DAILY, "m", BEFORE) is None


async def test_a_message_has_a_web_address(slack: SlackPlatform) -> None:
    card = await slack.post(DAILY, CARD, "m")
    link = await slack.link(DAILY, card)
    assert link is not None
    assert link.startswith("https://")
    assert "?" not in link
    assert await slack.link(DAILY, "1.000001") is None
    await SlackPlatform(Settings()).close()


async def test_the_address_of_a_discussion_leads_into_its_thread(slack: SlackPlatform) -> None:
    card = await slack.post(DAILY, CARD, "m")
    thread = Address(DAILY.channel, card)
    part = await slack.post(thread, CARD, "n")
    for message in (card, part):
        link = await slack.link(thread, message)
        assert link is not None
        assert link.endswith(f"?thread_ts={card}&cid={DAILY.channel}")
        assert f"/p{message.replace('.', '')}?" in link


@pytest.mark.parametrize(
    ("kind", "raised", "posted"),
    [
        (Kind.LIMITED, PostDelayed, 0),
        (Kind.BROKEN, PostUnknown, 0),
        (Kind.AWAY, PostUnknown, 0),
        (Kind.RESET, PostUnknown, 0),
        (Kind.DROP, PostUnknown, 1),
        (Kind.HANG, PostUnknown, 0),
        (Kind.GARBAGE, PostUnknown, 1),
    ],
)
async def test_a_failed_post_says_what_is_known_and_is_sent_once(
    side: SlackSide, slack: SlackPlatform, kind: Kind, raised: type[PostError], posted: int
) -> None:
    side.faults.plan(Fault("chat.postMessage", kind, retry_after=7))
    with pytest.raises(raised, match=DAILY.channel) as caught:
        await slack.post(DAILY, CARD, "m")
    assert len(messages(side)) == posted
    assert (await slack.find(DAILY, "m", BEFORE) is not None) == bool(posted)
    assert getattr(caught.value, "seconds", 7) == 7


async def test_a_channel_that_is_not_there_is_refused_with_advice(slack: SlackPlatform) -> None:
    with pytest.raises(PostRefused, match="Channel C0NOWHERE is unknown to Slack: check SLACK_"):
        await slack.post(Address("C0NOWHERE"), CARD, "m")


async def test_a_picture_that_slack_refuses_does_not_keep_the_post_away(
    side: SlackSide, slack: SlackPlatform
) -> None:
    broken = {"type": "image", "image_url": "no address", "alt_text": "What it shows"}
    await slack.post(DAILY, {"text": "A title", "blocks": [broken]}, "m")
    (message,) = messages(side)
    assert "What it shows" in words(message)
    with pytest.raises(PostRefused, match="invalid_blocks"):
        await slack.post(DAILY, {"text": "A title", "blocks": [{"type": "nothing"}]}, "m")


async def test_an_edit_takes_a_messages_place_and_keeps_its_marker(
    side: SlackSide, slack: SlackPlatform
) -> None:
    card = await slack.post(DAILY, CARD, "m1")
    (hostile,) = draw(Message("@here <!channel>", (paragraph("<!here> https://evil.example/x"),)))
    await slack.edit(DAILY, card, hostile, "m1")
    await slack.edit(DAILY, card, hostile, "m1")
    (message,) = messages(side)
    assert (message["id"], message["edited"]) == (card, True)
    assert "evil.example" in words(message)
    assert message["live"] == []
    assert await slack.find(DAILY, "m1", BEFORE) == card


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        (Kind.LIMITED, PostDelayed),
        (Kind.BROKEN, PostUnknown),
        (Kind.DROP, PostUnknown),
        (Kind.HANG, PostUnknown),
        (Kind.GARBAGE, PostUnknown),
    ],
)
async def test_a_failed_edit_says_what_is_known(
    side: SlackSide, slack: SlackPlatform, kind: Kind, raised: type[PostError]
) -> None:
    card = await slack.post(DAILY, CARD, "m")
    side.faults.plan(Fault("chat.update", kind, retry_after=7))
    with pytest.raises(raised, match=DAILY.channel):
        await slack.edit(DAILY, card, CARD, "m")
    await slack.edit(DAILY, card, CARD, "m")
    assert messages(side)[0]["edited"]


async def test_a_message_that_is_gone_or_not_ours_cannot_be_edited(
    side: SlackSide, slack: SlackPlatform
) -> None:
    with pytest.raises(PostRefused, match="is gone"):
        await slack.edit(DAILY, "1.000001", CARD, "m")
    said = await side.say("daily-briefing", "alice", "mine")
    with pytest.raises(PostRefused, match="not the bot's"):
        await slack.edit(DAILY, str(said["message"]), CARD, "m")


async def test_a_picture_that_slack_refuses_does_not_keep_an_edit_away(
    side: SlackSide, slack: SlackPlatform
) -> None:
    card = await slack.post(DAILY, CARD, "m")
    broken = {"type": "image", "image_url": "no address", "alt_text": "What it shows"}
    await slack.edit(DAILY, card, {"text": "A title", "blocks": [broken]}, "m")
    assert "What it shows" in words(messages(side)[0])
    with pytest.raises(PostRefused, match="invalid_blocks"):
        await slack.edit(DAILY, card, {"text": "A title", "blocks": [{"type": "nothing"}]}, "m")


async def test_an_event_is_not_done_where_nobody_listens(slack: SlackPlatform) -> None:
    with pytest.raises(PlatformError, match="not listened to"):
        await slack.work({"type": "event_callback", "event": {"type": "app_mention"}})
