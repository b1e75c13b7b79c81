"""Forums: one post a briefing, with the tags of its topics."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import PostDelayed, PostRefused, PostUnknown, TitleRefused
from bot.platforms.discord.connection import Patience
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.forum import applied, forum_post, lines, title, topics_of
from bot.platforms.discord.history import find_post
from bot.platforms.discord.render import draw
from bot.platforms.discord.spots import Spot as Place
from bot.platforms.discord.spots import Tag, read_spot
from bot.platforms.port import Address, Payload
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import FORUM, Setup, Spot
from bot.sandbox.faults import Fault, Kind
from briefings.card import compose_card
from briefings.message import Message
from briefings.model import Briefing, BriefingId, Entry
from tests.platforms.discord.conftest import HELLO, Opens, Stage, until
from tests.platforms.samples import SAMPLES

STARTING = "POST /channels/{channel_id}/threads"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TAGS = ("Cars", "Energy", "Peace", "Rain", "Snow", "Tea")


def card(title: str = "Chery rises", topics: tuple[str, ...] = ("cars", "China")) -> Payload:
    briefing = Briefing(title, (), topics=topics)
    drawn = draw(
        compose_card(Entry(BriefingId("chery"), briefing, datetime(2026, 1, 1, tzinfo=UTC)))
    )
    return drawn[0]


def setup(**more: Any) -> Setup:
    return Setup(channels=(Spot("briefings", kind=FORUM, tags=TAGS, **more),), limited=False)


def forum(*names: str, needs_tag: bool = False) -> Place:
    tags = tuple(Tag(str(number), name) for number, name in enumerate(names))
    return Place("7", 15, tags=tags, needs_tag=needs_tag)


def posted(stage: Stage) -> list[Any]:
    """The names and tags of the forum's posts."""
    threads = stage.side.world.guild.threads(stage.side.channel("briefings"))
    names = {tag["id"]: tag["name"] for tag in stage.side.channel("briefings").tags}
    return [
        (each.name, [names[tag] for tag in each.archive.tags]) for each in threads if each.archive
    ]


async def test_a_briefing_is_one_post_named_and_tagged_like_it(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    sent = await stage.platform.post(stage.here, card(), "marker")
    assert await stage.platform.open_thread(stage.channel, sent, "Chery rises") == sent
    await stage.platform.post(Address(stage.channel, sent), draw(HELLO)[0], "part")
    assert posted(stage) == [("Chery rises", ["Cars"])]
    (shown,) = stage.messages()
    assert len(shown["thread"]["messages"]) == 1  # type: ignore[index]


async def test_a_post_stays_in_the_list_as_long_as_discord_allows(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    await stage.platform.post(stage.here, card(), "marker")
    (thread,) = stage.side.world.guild.threads(stage.side.channel("briefings"))
    assert thread.archive
    assert thread.archive.minutes == 10_080


async def test_a_forum_is_asked_for_messages_once_alone(open_stage: Opens) -> None:
    stage = await open_stage(setup(), posting_only=True)
    for marker in ("first", "second"):
        await stage.platform.post(stage.here, card(), marker)
    assert len(stage.calls(f"{stage.channel}/messages")) == 1
    assert len(posted(stage)) == 2


async def test_a_bot_that_is_online_knows_a_forum_when_it_sees_it(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    await until(lambda: stage.side.state()["online"])
    await asyncio.sleep(0.05)  # the server comes right after
    await stage.platform.post(stage.here, card(), "marker")
    assert stage.calls(f"{stage.channel}/messages") == []


async def test_a_post_is_found_by_its_marker_among_others(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    ids = {each: await stage.platform.post(stage.here, card(), each) for each in ("a", "b", "c")}
    for marker, sent in ids.items():
        assert await stage.platform.find(stage.here, marker, LONG_AGO) == sent
    assert await stage.platform.find(stage.here, "d", LONG_AGO) is None


async def test_an_archived_post_and_one_without_its_beginning_hide_no_other(
    open_stage: Opens,
) -> None:
    stage = await open_stage(setup())
    first = await stage.platform.post(stage.here, card(), "first")
    second = await stage.platform.post(stage.here, card(), "second")
    guild = stage.side.world.guild
    resting = guild.channels[first].archive
    assert resting
    resting.archived = True
    guild.channels[second].messages.clear()
    assert await stage.platform.find(stage.here, "first", LONG_AGO) == first
    assert await stage.platform.find(stage.here, "second", LONG_AGO) is None


async def test_a_look_back_ends_where_the_posts_are_too_old(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    await stage.platform.post(stage.here, card(), "marker")
    assert await stage.platform.find(stage.here, "marker", datetime(2099, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("kind", "done"), [(Kind.BROKEN, 0), (Kind.AWAY, 0), (Kind.DROP, 1), (Kind.GARBAGE, 1)]
)
async def test_a_post_that_perhaps_began_is_looked_for_and_never_begun_twice(
    open_stage: Opens, kind: Kind, done: int
) -> None:
    stage = await open_stage(setup(), patience=Patience(3.0, 2.0, 0.01, 0.05))
    stage.side.faults.plan(Fault(STARTING, kind))
    with pytest.raises(PostUnknown):
        await stage.platform.post(stage.here, card(), "marker")
    assert len(stage.calls(f"{stage.channel}/threads")) == 1
    found = await stage.platform.find(stage.here, "marker", LONG_AGO)
    assert (found is not None) == bool(done) == bool(posted(stage))


async def test_a_post_that_may_not_be_read_is_not_taken_for_another() -> None:
    async def ask(method: str, path: str, channel: str, **how: object) -> object:
        if "messages" in path:
            raise Refused("The bot may not see it.", 50001)
        return {"threads": [{"id": "1574220634441908224", "parent_id": channel}]}

    with pytest.raises(Refused):
        await find_post(ask, "7", "8", "marker", LONG_AGO)


async def test_a_limit_on_posts_is_a_delay(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    stage.side.faults.plan(Fault(STARTING, Kind.LIMITED, retry_after=90))
    with pytest.raises(PostDelayed):
        await stage.platform.post(stage.here, card(), "marker")


async def test_a_forum_that_wants_a_tag_gets_a_fitting_one_or_says_what_to_do(
    open_stage: Opens,
) -> None:
    stage = await open_stage(setup(needs_tag=True))
    await stage.platform.post(stage.here, card(), "fits")
    assert posted(stage) == [("Chery rises", ["Cars"])]
    with pytest.raises(PostRefused, match="tag") as refused:
        await stage.platform.post(stage.here, card(topics=()), "fits not")
    assert stage.channel in str(refused.value)


async def test_a_forum_where_the_bot_may_not_write_is_refused(open_stage: Opens) -> None:
    stage = await open_stage(setup(granted=USUAL & ~Permission.SEND_MESSAGES))
    with pytest.raises(PostRefused, match="Send Messages"):
        await stage.platform.post(stage.here, card(), "marker")


async def test_the_beginning_of_a_post_can_be_edited_even_when_it_rests(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    sent = await stage.platform.post(stage.here, card(), "marker")
    archive = stage.side.world.guild.channels[sent].archive
    assert archive
    archive.archived = True
    await stage.platform.edit(stage.here, sent, card("Chery falls"), "marker")
    assert "Chery falls" in str(stage.bodies())
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent


async def test_a_link_into_a_forum_leads_to_the_post(open_stage: Opens) -> None:
    stage = await open_stage(setup())
    sent = await stage.platform.post(stage.here, card(), "marker")
    link = await stage.platform.link(stage.here, sent)
    assert link == f"https://discord.com/channels/{stage.side.world.guild.id}/{sent}/{sent}"


def test_tags_are_those_named_like_topics_and_five_at_most() -> None:
    drawn = lines(card(topics=("tea", "Snow", "rain", "PEACE", "energy", "cars", "China")))
    assert [tag.name for tag in applied(forum(*TAGS), drawn)] == list(TAGS[:5])
    assert applied(forum("China's cars", "carsick"), drawn) == ()


def test_a_moderated_tag_is_left_alone() -> None:
    spot = Place("7", 15, tags=(Tag("1", "Cars", moderated=True),))
    assert applied(spot, lines(card())) == ()


def test_a_forum_that_wants_a_tag_may_offer_one_for_every_briefing() -> None:
    spot = forum("News", "Briefing", needs_tag=True)
    assert [tag.name for tag in applied(spot, ["# A", "-# 1 min"])] == ["Briefing"]
    assert applied(forum("Briefing"), ["# A", "-# 1 min"]) == ()
    with pytest.raises(ValueError, match="Forum 7"):
        applied(forum("News", needs_tag=True), ["# A"])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_posts_name_is_the_title_as_it_was_written(name: str) -> None:
    message = SAMPLES[name]
    told = title(lines(draw(message)[0]))
    assert len(told) <= 256
    wanted = "".join(letter for letter in message.title if letter.isalnum())
    assert wanted.startswith("".join(letter for letter in told if letter.isalnum())[:80])


@pytest.mark.parametrize("size", [1, 97, 99, 100, 101, 103, 256, 257])
def test_a_posts_name_keeps_discords_limit(size: int) -> None:
    (payload, *_) = draw(Message("w" * size, ()))
    started = forum_post({**payload, "nonce": "n", "enforce_nonce": True}, forum())
    assert 1 <= len(str(started["name"])) <= 100
    assert isinstance(message := started["message"], dict)
    assert not message.keys() & {"nonce", "enforce_nonce"}
    assert "applied_tags" not in started


def test_a_message_without_a_heading_has_a_name_all_the_same() -> None:
    assert forum_post({"components": []}, forum())["name"] == "Briefing"
    assert list(topics_of([])) == [""]


def test_a_channel_that_tells_little_is_a_usual_one() -> None:
    assert read_spot("7", {"id": "7"}) == Place("7")
    assert read_spot("7", {"id": "7", "type": None, "available_tags": None}) == Place("7")


async def test_a_post_whose_title_a_server_does_not_want_is_taken_by_another(
    open_stage: Opens,
) -> None:
    stage = await open_stage(
        Setup(channels=(Spot("briefings", kind=FORUM),), banned_titles=("chery",))
    )
    with pytest.raises(TitleRefused, match="AutoMod refuses the title"):
        await stage.platform.post(stage.here, card(), "marker")
    other = Address(stage.channel, title="Briefing of today")
    sent = await stage.platform.post(other, card(), "marker")
    assert [name for name, _ in posted(stage)] == ["Briefing of today"]
    assert await stage.platform.find(stage.here, "marker", LONG_AGO) == sent
