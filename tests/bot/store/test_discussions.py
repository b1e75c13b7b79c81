"""What is kept of discussions: threads of ours alone, each message once, and nothing deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.platforms.events import Place
from bot.platforms.talk import Cleared, Reacted, Unsaid
from bot.store.agreements import Act
from bot.store.manners import ChannelManners
from bot.store.retention import Retention
from bot.store.tables import edition
from bot.store.talks import discussion, reaction
from briefings.manners import Manners
from tests.bot.talking import NOON, THREAD, Town, said

HELLO = said(2)
ACT = Act("U1", "discussions")


@pytest.fixture
async def town(database: AsyncEngine) -> Town:
    made = Town.of(database)
    await made.post()
    return made


def _channels(town: Town) -> ChannelManners:
    return ChannelManners(town.database, town.clock)


async def _signs(town: Town) -> dict[tuple[str, str], int]:
    async with town.database.begin() as connection:
        rows = (await connection.execute(select(reaction))).all()
    return {(row.sign, row.person): row._mapping["count"] for row in rows}


async def test_what_is_said_under_a_post_is_kept_once(town: Town) -> None:
    await town.listening.listen(HELLO)
    await town.listening.listen(HELLO)
    (kept,) = await town.discussions.said_in(THREAD)
    assert (kept.message, kept.person, kept.at) == ("17.2", "U2", HELLO.at)


async def test_what_is_said_elsewhere_is_not_kept(town: Town) -> None:
    elsewhere = Place("slack", "T1", "C1", "99.9")
    await town.listening.listen(replace(HELLO, place=elsewhere))
    assert await town.discussions.thread("slack", "C1", "99.9") is None
    assert await town.discussions.said_in(replace(THREAD, thread="99.9")) == ()


async def test_text_and_links_are_kept_only_where_the_channel_allows_it(town: Town) -> None:
    spoken = said(2, "See https://a.example/report (page 2).")
    await town.listening.listen(spoken)
    assert [(each.text, each.links) for each in await town.discussions.said_in(THREAD)] == [
        (None, ())
    ]
    await _channels(town).agree(("slack", "C1"), Manners(keeps_text=True), ACT)
    await town.listening.listen(spoken)
    (kept,) = await town.discussions.said_in(THREAD)
    assert (kept.text, kept.links) == (spoken.text, ("https://a.example/report",))


async def test_text_goes_at_once_when_the_channel_no_longer_allows_it(town: Town) -> None:
    await _channels(town).agree(("slack", "C1"), Manners(keeps_text=True), ACT)
    await town.listening.listen(said(2, "Secret https://a.example"))
    await _channels(town).agree(("slack", "C1"), Manners(), ACT)
    (kept,) = await town.discussions.said_in(THREAD)
    assert (kept.text, kept.links) == (None, ())


async def test_an_edit_replaces_what_was_said_before(town: Town) -> None:
    await _channels(town).agree(("slack", "C1"), Manners(keeps_text=True), ACT)
    await town.listening.listen(said(2, "Frist"))
    await town.listening.listen(said(2, "First"))
    assert [each.text for each in await town.discussions.said_in(THREAD)] == ["First"]


async def test_a_deleted_message_leaves_nothing_behind(town: Town) -> None:
    await town.listening.listen(HELLO)
    await town.listening.listen(Reacted(HELLO.place, "17.2", "U2", "tada"))
    await town.listening.listen(Unsaid(HELLO.place, "17.2"))
    assert await town.discussions.said_in(THREAD) == ()
    assert await _signs(town) == {}


async def test_a_deleted_message_that_is_told_once_more_does_not_come_back(town: Town) -> None:
    await town.listening.listen(Unsaid(HELLO.place, "17.2"))
    await town.listening.listen(HELLO)
    assert await town.discussions.said_in(THREAD) == ()


async def test_when_somebody_spoke_last_never_goes_back(town: Town) -> None:
    for number in (9, 3):
        await town.listening.listen(said(number))
    async with town.database.begin() as connection:
        row = (await connection.execute(select(discussion))).one()
    assert row.heard_at == NOON + timedelta(minutes=9)


async def test_signs_come_and_go_under_what_is_kept(town: Town) -> None:
    put = Reacted(HELLO.place, "17.2", "U3", "tada")
    await town.listening.listen(put)
    assert await _signs(town) == {}
    await town.listening.listen(HELLO)
    await town.listening.listen(put)
    await town.listening.listen(put)
    assert await _signs(town) == {("tada", "U3"): 1}
    await town.listening.listen(replace(put, away=True))
    assert await _signs(town) == {}


async def test_what_is_older_than_the_channel_keeps_it_is_forgotten(town: Town) -> None:
    await _channels(town).agree(("slack", "C1"), Manners(kept_days=30), ACT)
    await town.listening.listen(HELLO)
    await town.listening.listen(Reacted(HELLO.place, "17.2", "U3", "tada"))
    town.clock.move(days=29)
    assert await Retention(town.database, town.clock).forget() == 0
    town.clock.move(days=2)
    assert await Retention(town.database, town.clock).forget() == 1
    assert await town.discussions.said_in(THREAD) == ()
    assert await _signs(town) == {}


async def test_a_channel_that_chose_nothing_forgets_after_ninety_days(town: Town) -> None:
    await town.listening.listen(HELLO)
    town.clock.move(days=89)
    assert await Retention(town.database, town.clock).forget() == 0
    town.clock.move(days=2)
    assert await Retention(town.database, town.clock).forget() == 1


async def test_what_is_too_old_is_not_kept_when_it_is_told_again(town: Town) -> None:
    town.clock.move(days=91)
    await town.listening.listen(HELLO)
    assert await town.discussions.said_in(THREAD) == ()


async def test_an_answer_to_a_part_is_about_its_section(town: Town) -> None:
    await town.listening.listen(said(2, to="17.0+1"))
    await town.listening.listen(said(3, to="17.0+2"))
    await town.listening.listen(said(4, to="17.3"))
    await town.listening.listen(said(5, to="17.0"))
    kept = await town.discussions.said_in(THREAD)
    assert [each.section for each in kept] == [1, 2, 2, None]


async def test_what_follows_a_quote_is_about_the_section_that_was_quoted(town: Town) -> None:
    await town.quote("quote/2/0/slack/C1/17.0", NOON + timedelta(minutes=3), "17.3")
    await town.quote("quote/0/1/slack/C1/17.0", NOON + timedelta(minutes=6), "17.6")
    for number in (2, 4, 7):
        await town.listening.listen(said(number))
    await town.listening.listen(said(8, to="17.3"))
    kept = await town.discussions.said_in(THREAD)
    assert [each.section for each in kept] == [None, 2, 0, 2]


async def test_a_deleted_thread_leaves_nothing_behind(town: Town) -> None:
    await town.listening.listen(HELLO)
    await town.listening.listen(Reacted(HELLO.place, "17.2", "U2", "tada"))
    await town.listening.listen(Unsaid(HELLO.place, None))
    await town.listening.listen(HELLO)
    assert await town.discussions.said_in(THREAD) == ()
    assert await _signs(town) == {}


async def test_signs_can_be_cleared_one_kind_or_all(town: Town) -> None:
    await town.listening.listen(HELLO)
    for person, sign in (("U3", "tada"), ("U4", "tada"), ("U3", "eyes"), ("U3", "wave")):
        await town.listening.listen(Reacted(HELLO.place, "17.2", person, sign))
    await town.listening.listen(Cleared(HELLO.place, "17.2", "tada"))
    assert set(await _signs(town)) == {("eyes", "U3"), ("wave", "U3")}
    await town.listening.listen(Cleared(HELLO.place, "17.2"))
    assert await _signs(town) == {}


async def test_a_thread_that_people_begin_under_a_card_is_a_discussion_too(town: Town) -> None:
    async with town.database.begin() as connection:
        await connection.execute(update(edition).values(thread=None))
    await town.listening.listen(HELLO)
    assert len(await town.discussions.said_in(THREAD)) == 1
    below_a_part = Place("slack", "T1", "C1", "17.0+1")
    await town.listening.listen(replace(HELLO, place=below_a_part, message="17.9"))
    assert await town.discussions.thread("slack", "C1", "17.0+1") is None
