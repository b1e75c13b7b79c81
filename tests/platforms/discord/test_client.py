"""The Discord room online: posts, threads and look-backs over a real socket."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import PostDelayed, PostRefused, PostUnknown, TitleRefused
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.connection import Patience
from bot.platforms.discord.failures import meant
from bot.platforms.discord.requests import requests
from bot.platforms.discord.room import ROOM
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address, Payload, Platform
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.faults import Fault, Kind
from briefings.blocks import Paragraph, Span
from briefings.message import Message
from tests.platforms.discord.conftest import HELLO, Opens, Stage
from tests.platforms.samples import POST, SAMPLES

POSTING = "POST /channels/{channel_id}/messages"
THREADING = "POST /channels/{channel_id}/messages/{message_id}/threads"
JOINING = "PUT /channels/{channel_id}/thread-members/@me"
READING = "GET /channels/{channel_id}/messages"
LOOKING = "GET /channels/{channel_id}"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
IMPATIENT = Patience(start=3.0, call=0.4, restart=0.01, longest=0.05)
TOLERANT = Setup(limited=False)


def card(message: Message = POST.card) -> Payload:
    (payload,) = ROOM.draw(message)
    return payload


async def test_a_post_is_what_the_requests_say_it_is(open_stage: Opens) -> None:
    stage = await open_stage(TOLERANT)
    first, start, *others = requests(POST, stage.channel)
    payloads = [payload for part in (POST.card, *POST.parts) for payload in ROOM.draw(part)]
    message = await stage.platform.post(stage.here, payloads[0], "{marker}")
    thread = await stage.platform.open_thread(stage.channel, message, POST.card.title)
    stage.side.world.nonces.made.clear()
    for payload in payloads[1:]:
        await stage.platform.post(Address(stage.channel, thread), payload, "{marker}")
        stage.side.world.nonces.made.clear()
    assert stage.calls(f"{stage.channel}/messages") == [first.body]
    assert stage.calls("/threads") == [start.body]
    assert stage.calls(f"{thread}/messages") == [call.body for call in others]


@pytest.mark.parametrize("name", SAMPLES)
async def test_the_platform_takes_every_sample(open_stage: Opens, name: str) -> None:
    stage = await open_stage(TOLERANT, posting_only=True)
    for number, payload in enumerate(stage.platform.draw(SAMPLES[name])):
        await stage.platform.post(stage.here, payload, f"{number}")
    assert not any(body["mention_everyone"] or body["mentions"] for body in stage.bodies())


async def test_the_same_marker_makes_one_message(stage: Stage) -> None:
    first = await stage.platform.post(stage.here, card(), "marker")
    assert await stage.platform.post(stage.here, card(), "marker") == first
    assert len(stage.messages()) == 1


async def test_a_message_is_found_by_its_marker_and_no_other(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent
    assert await stage.platform.find(stage.here, "other", LONG_AGO) is None


async def test_a_message_is_found_behind_many_others(stage: Stage) -> None:
    for number in range(120):
        await stage.side.say(stage.channel, "alice", f"Talk {number}")
    sent = await stage.platform.post(stage.here, card(), "marker")
    for number in range(120):
        await stage.side.say(stage.channel, "alice", f"More talk {number}")
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent


async def test_an_unreadable_history_is_not_taken_for_an_empty_one(open_stage: Opens) -> None:
    blind = Spot("daily-briefing", granted=USUAL & ~Permission.READ_MESSAGE_HISTORY)
    stage = await open_stage(Setup(channels=(blind,)))
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) is None
    await stage.platform.post(stage.here, card(), "marker")
    with pytest.raises(PostUnknown, match="Read Message History"):
        await stage.platform.find(stage.here, "marker", LONG_AGO)


async def test_a_card_has_one_thread_however_often_it_is_opened(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    thread = await stage.platform.open_thread(stage.channel, sent, "The summit")
    assert await stage.platform.open_thread(stage.channel, sent, "The summit") == thread == sent
    assert len(stage.calls("/thread-members/@me")) == 2


async def test_a_thread_that_can_not_be_joined_is_open_all_the_same(stage: Stage) -> None:
    sent = await stage.platform.post(stage.here, card(), "marker")
    stage.side.faults.plan(Fault(JOINING, Kind.AWAY))
    assert await stage.platform.open_thread(stage.channel, sent, "The summit") == sent


async def test_a_thread_under_no_message_is_refused(stage: Stage) -> None:
    with pytest.raises(PostRefused):
        await stage.platform.open_thread(stage.channel, "1", "The summit")


async def test_a_link_leads_to_the_message(stage: Stage) -> None:
    guild = stage.side.world.guild.id
    sent = await stage.platform.post(stage.here, card(), "marker")
    thread = await stage.platform.open_thread(stage.channel, sent, "The summit")
    root = f"https://discord.com/channels/{guild}"
    for _ in range(2):
        assert await stage.platform.link(stage.here, sent) == f"{root}/{stage.channel}/{sent}"
    inside = await stage.platform.link(Address(stage.channel, thread), "5")
    assert inside == f"{root}/{thread}/5"
    assert len(stage.calls(f"/channels/{stage.channel}")) == 1


async def test_there_is_no_link_into_a_channel_that_nobody_knows(stage: Stage) -> None:
    assert await stage.platform.link(Address("123456789012345678"), "5") is None


@pytest.mark.parametrize(
    ("spot", "says"),
    [
        (Spot("a", granted=0), "View Channel"),
        (Spot("a", granted=Permission.VIEW_CHANNEL), "Send Messages"),
    ],
)
async def test_a_channel_that_takes_no_posts_says_what_to_do(
    open_stage: Opens, spot: Spot, says: str
) -> None:
    stage = await open_stage(Setup(channels=(spot,)))
    with pytest.raises(PostRefused, match=says) as refused:
        await stage.platform.post(stage.here, card(), "marker")
    assert stage.channel in str(refused.value)


@pytest.mark.parametrize("channel", ["123456789012345678", "daily-briefing", "../1"])
async def test_a_channel_that_nobody_knows_is_named(stage: Stage, channel: str) -> None:
    with pytest.raises(PostRefused, match="DISCORD_CHANNELS") as refused:
        await stage.platform.post(Address(channel), card(), "marker")
    assert channel in str(refused.value)


async def test_a_message_that_discord_finds_wrong_is_refused_in_its_words(stage: Stage) -> None:
    broken = {**card(), "components": [{"type": 17, "components": []}]}
    with pytest.raises(PostRefused, match="50035"):
        await stage.platform.post(stage.here, broken, "marker")


async def test_a_token_that_was_reset_is_named(stage: Stage) -> None:
    stage.side.world.reset_token()
    with pytest.raises(PostRefused, match="DISCORD_BOT_TOKEN"):
        await stage.platform.post(stage.here, card(), "marker")


@pytest.mark.parametrize(
    ("kind", "done"),
    [(Kind.AWAY, 0), (Kind.RESET, 0), (Kind.DROP, 1), (Kind.GARBAGE, 1), (Kind.HANG, 0)],
)
async def test_what_ends_without_an_answer_is_unknown_until_it_is_looked_up(
    open_stage: Opens, kind: Kind, done: int
) -> None:
    stage = await open_stage(TOLERANT, patience=IMPATIENT)
    stage.side.faults.plan(Fault(POSTING, kind))
    with pytest.raises(PostUnknown, match=stage.channel):
        await stage.platform.post(stage.here, card(), "marker")
    found = await stage.platform.find(stage.here, "marker", LONG_AGO)
    assert (found is not None) == bool(done) == bool(stage.messages())


async def test_a_second_try_after_an_unknown_end_makes_no_second_message(stage: Stage) -> None:
    stage.side.faults.plan(Fault(POSTING, Kind.DROP))
    with pytest.raises(PostUnknown):
        await stage.platform.post(stage.here, card(), "marker")
    await stage.platform.post(stage.here, card(), "marker")
    assert len(stage.messages()) == 1


async def test_a_broken_server_is_asked_again_with_the_same_nonce(stage: Stage) -> None:
    stage.side.faults.plan(Fault(POSTING, Kind.BROKEN))
    await stage.platform.post(stage.here, card(), "marker")
    calls = stage.side.journal.calls
    bodies = [call.body for call in calls if call.path.endswith("/messages")]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


async def test_a_refusal_after_a_broken_answer_is_unknown(stage: Stage) -> None:
    stage.side.faults.plan(Fault(POSTING, Kind.BROKEN))
    with pytest.raises(PostUnknown):
        await stage.platform.post(Address("123456789012345678"), card(), "marker")


async def test_a_long_limit_is_a_delay_of_as_long(stage: Stage) -> None:
    stage.side.faults.plan(Fault(POSTING, Kind.LIMITED, retry_after=90))
    with pytest.raises(PostDelayed) as delayed:
        await stage.platform.post(stage.here, card(), "marker")
    assert delayed.value.seconds == 90
    assert stage.messages() == []


async def test_an_address_that_discord_has_banned_is_a_delay(open_stage: Opens) -> None:
    stage = await open_stage(posting_only=True)
    for _ in range(20_000):
        stage.side.world.rates.note_invalid()
    with pytest.raises(PostDelayed) as delayed:
        await stage.platform.post(stage.here, card(), "marker")
    assert delayed.value.seconds == 60


async def test_a_short_limit_is_told_to_whoever_keeps_the_pace(stage: Stage) -> None:
    stage.side.faults.plan(Fault(POSTING, Kind.LIMITED, retry_after=0.05))
    with pytest.raises(PostDelayed) as delayed:
        await stage.platform.post(stage.here, card(), "marker")
    assert (delayed.value.seconds, delayed.value.limited) == (0.05, True)
    assert stage.messages() == []
    await stage.platform.post(stage.here, card(), "marker")


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.GARBAGE, Kind.HANG])
async def test_a_look_back_that_fails_finds_nothing_out(open_stage: Opens, kind: Kind) -> None:
    stage = await open_stage(patience=IMPATIENT)
    stage.side.faults.plan(Fault(READING, kind))
    with pytest.raises(PostUnknown):
        await stage.platform.find(stage.here, "marker", LONG_AGO)


async def test_posting_alone_needs_no_session_and_takes_no_events(open_stage: Opens) -> None:
    stage = await open_stage(posting_only=True)
    await stage.platform.post(stage.here, card(HELLO), "marker")
    assert len(stage.messages()) == 1
    assert stage.side.state()["online"] is False
    assert stage.calls("/commands") == []


async def test_a_platform_that_is_offline_posts_nothing(stage: Stage) -> None:
    await stage.platform.close()
    await stage.platform.close()
    with pytest.raises(PostRefused, match="offline"):
        await stage.platform.post(stage.here, card(), "marker")


def test_the_room_opens_a_platform_without_connecting() -> None:
    platform: Platform = ROOM.open(Settings.model_validate({"discord_bot_token": "abc"}))
    assert platform.name == "discord"
    assert isinstance(platform, DiscordPlatform)


async def test_an_edit_takes_a_messages_place_and_is_found_by_its_marker(
    open_stage: Opens,
) -> None:
    stage = await open_stage(TOLERANT, posting_only=True)
    message = await stage.platform.post(stage.here, card(), "m1")
    hostile = card(Message("@everyone", POST.card.blocks))
    await stage.platform.edit(stage.here, message, hostile, "m1")
    (shown,) = stage.messages()
    assert (shown["id"], shown["edited"], shown["live"]) == (message, True, [])
    stage.side.world.nonces.made.clear()
    assert await stage.platform.find(stage.here, "m1", LONG_AGO) == message
    with pytest.raises(PostRefused, match="gone"):
        await stage.platform.edit(stage.here, "1", hostile, "m1")


UNWANTED = {
    "a word": (Setup(banned=("summit",)), "AutoMod refuses the message"),
    "a link": (Setup(harmful=("example",)), "filter refuses a link"),
}


@pytest.mark.parametrize("what", UNWANTED)
async def test_what_a_server_does_not_want_is_refused_for_good_and_says_what_to_change(
    open_stage: Opens, what: str
) -> None:
    setup, says = UNWANTED[what]
    stage = await open_stage(setup)
    link = Paragraph((Span("more", link="https://example.org/more"),))
    unwanted = card(Message("The summit", (link,)))
    with pytest.raises(PostRefused, match=says):
        await stage.platform.post(stage.here, unwanted, "marker")
    sent = await stage.platform.post(stage.here, card(HELLO), "other")
    with pytest.raises(PostRefused, match=says):
        await stage.platform.edit(stage.here, sent, unwanted, "other")
    assert len(stage.calls(f"{stage.channel}/messages")) == 2  # nothing is tried again


async def test_a_thread_whose_title_a_server_does_not_want_is_refused(open_stage: Opens) -> None:
    stage = await open_stage(Setup(banned=("summit",)))
    sent = await stage.platform.post(stage.here, card(HELLO), "marker")
    with pytest.raises(TitleRefused, match="AutoMod refuses the title"):
        await stage.platform.open_thread(stage.channel, sent, "The summit")
    assert await stage.platform.open_thread(stage.channel, sent, "Briefing of today") == sent


@pytest.mark.parametrize(
    ("place", "is_of_title"), [(("name",), True), (("message", "content"), False)]
)
def test_words_that_server_discovery_bars_from_titles_are_known_as_such(
    place: tuple[str, ...], *, is_of_title: bool
) -> None:
    faults: object = {"_errors": [{"message": "Contains words not allowed for servers in …"}]}
    for name in reversed(place):
        faults = {name: faults}
    said = {"code": 50035, "message": "Invalid Form Body", "errors": faults}
    assert isinstance(meant("7", 400, said, {}), TitleRefused) == is_of_title
