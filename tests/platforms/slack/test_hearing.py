"""Talk in threads, over the sandbox: heard as it happens, and read back after it was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.errors import PostDelayed
from bot.platforms.abilities import Recalling
from bot.platforms.events import Place
from bot.platforms.port import Address
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.talk import Missed, Reacted, Said, Unsaid
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Signing
from bot.sandbox.slack.side import SlackSide
from tests.platforms.slack.served import CARD, DAILY, Parrot, online, until


async def _posted(platform: SlackPlatform, marker: str = "marker") -> str:
    return await platform.post(DAILY, CARD, marker)


async def _say(side: SlackSide, thread: str, text: str = "Hello", person: str = "alice") -> str:
    return str((await side.say(DAILY.channel, person, text, thread))["message"])


async def test_talk_in_a_thread_reaches_the_desk_in_order(reached: SlackSide) -> None:
    desk = Parrot()
    async with online(reached, desk) as platform:
        card = await _posted(platform)
        reply = await _say(reached, card, "Frist @bob")
        await reached.edit(DAILY.channel, reply, "alice", "First")
        await until(lambda: len(desk.talk) == 2)
        signing = Signing(DAILY.channel, reply, "bob", "tada")
        await reached.react(signing)
        await until(lambda: len(desk.talk) == 3)
        await reached.react(replace(signing, away=True))
        await until(lambda: len(desk.talk) == 4)
        await reached.delete(DAILY.channel, reply, "alice")
        await until(lambda: len(desk.talk) == 5)
    first, edited, put, away, gone = desk.talk
    place = Place("slack", "T0SANDBOX1", "C0DAILY01", card)
    assert isinstance(first, Said)
    assert isinstance(edited, Said)
    assert (first.place, first.text) == (place, "Frist @bob")
    assert (edited.message, edited.text, edited.at) == (reply, "First", first.at)
    where = replace(place, thread=None)
    assert put == Reacted(where, reply, "U0BOB00001", "tada")
    assert away == replace(put, away=True)
    assert gone == Unsaid(place, reply)


async def test_what_is_ours_or_outside_threads_is_not_heard(reached: SlackSide) -> None:
    desk = Parrot()
    async with online(reached, desk) as platform:
        card = await _posted(platform)
        await platform.post(replace(DAILY, thread=card), CARD, "part")
        await platform.edit(DAILY, card, CARD, "marker")
        await reached.say(DAILY.channel, "alice", "Good morning")
        await _say(reached, card, "@briefing chery")
        await until(lambda: desk.heard)
        await _say(reached, card, "Last")
        await until(lambda: any(isinstance(each, Said) for each in desk.talk))
    assert [each.text for each in desk.talk if isinstance(each, Said)] == ["Last"]


async def test_a_thread_is_read_back_page_by_page(side: SlackSide, slack: SlackPlatform) -> None:
    assert isinstance(slack, Recalling)
    card = await _posted(slack)
    await slack.post(replace(DAILY, thread=card), CARD, "part")
    said = [await _say(side, card, f"No {number}") for number in range(30)]
    for person in ("alice", "bob"):
        await side.react(Signing(DAILY.channel, said[20], person, "eyes"))
    at, more = replace(DAILY, thread=card), None
    told, signs = list[str](), dict[str, Mapping[str, int]]()
    for _ in range(3):
        page = await slack.recall(at, more)
        told += [each.message for each in page.said]
        signs.update(page.signs)
        more = page.more
    assert (told, more) == (said, None)
    assert signs[said[20]] == {"eyes": 2}
    assert signs[said[0]] == {}


async def test_an_app_that_many_install_is_told_to_wait_a_minute(
    slack: SlackPlatform, side: SlackSide
) -> None:
    card = await _posted(slack)
    side.slack.rates.on = side.slack.distributed = True
    at = Address(DAILY.channel, card)
    await slack.recall(at)
    with pytest.raises(PostDelayed) as delayed:
        await slack.recall(at)
    assert 50 <= delayed.value.seconds <= 60


async def test_a_connection_that_was_away_for_long_is_told(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk):
        side.faults.plan(Fault("apps.connections.open", Kind.HANG))
        side.slack.delivery.sockets.cut()
        await until(lambda: not side.state()["online"])
        await until(lambda: Missed(Place("slack", "", "")) in desk.talk)
        assert side.state()["online"]
