"""Every channel at its own hour: the same stories on both platforms, on a moved clock."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import Bot
from tests.journeys.conftest import PATIENCE, PLATFORMS, Town, until, words

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Channel:
    """The second channel of a platform, where somebody subscribes by chat."""

    town: Town
    platform: str

    async def order(self, text: str) -> str:
        state = await self.town.state(self.platform)
        before = len(state["channels"][1]["messages"])
        channel = state["channels"][1]["id"]
        order: dict[str, object] = {"channel": channel, "person": "alice", "text": text}
        await self.town.call(f"{self.platform}/command", order)
        await until(lambda: len(self._shown()) > before)
        return words(self._shown()[-1]["body"])

    def posts(self) -> list[dict[str, Any]]:
        """What stands in the channel for everybody."""
        return [each for each in self._shown() if not each["only_for"]]

    def _shown(self) -> list[dict[str, Any]]:
        side = self.town.slack if self.platform == "slack" else self.town.discord
        state: Any = side.state()
        found: list[dict[str, Any]] = state["channels"][1]["messages"]
        return found

    def told(self) -> list[str]:
        return [words(each["body"]) for each in self.posts()]

    def days(self, zone: ZoneInfo) -> list[date]:
        return [datetime.fromisoformat(each["at"]).astimezone(zone).date() for each in self.posts()]

    def hours(self, zone: ZoneInfo) -> Counter[str]:
        moments = (datetime.fromisoformat(each["at"]).astimezone(zone) for each in self.posts())
        return Counter(f"{when:%H:%M}" for when in moments)


@pytest.fixture(params=PLATFORMS)
def channel(town: Town, request: pytest.FixtureRequest) -> Channel:
    slack = town.configuration.rooms["slack"].model_copy(update={"slack_channels": ()})
    discord = town.configuration.rooms["discord"].model_copy(update={"discord_channels": ()})
    town.configuration = type(town.configuration)(
        town.configuration.own, {"slack": slack, "discord": discord}
    )
    return Channel(town, request.param)


def set_clock(town: Town, when: datetime) -> None:
    town.clock.ahead += when - town.clock.now()


async def look(bot: Bot) -> None:
    """Let the bot send what is due now.

    On a busy computer a worker misses beats, and sends nothing until the next one.
    """
    await bot.scheduler.look()
    await bot.scheduler.settle()
    async with asyncio.timeout(PATIENCE):
        while any([await bot.ledger.is_due(each) for each in bot.platforms]):
            await asyncio.sleep(0.1)
            await bot.scheduler.settle()


async def pass_time(town: Town, bot: Bot, until_when: datetime) -> None:
    """Let the bot wake at each moment that it waits for."""
    while True:
        due = await bot.held.next_due_at(PLATFORMS)
        if due is None or due > until_when:
            break
        set_clock(town, due)
        await look(bot)
    set_clock(town, until_when)
    await look(bot)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("start", "zone", "at"),
    [
        (utc(2027, 3, 22), "Europe/Berlin", "02:30"),
        (utc(2027, 10, 25), "Europe/Berlin", "02:30"),
        (utc(2027, 3, 8), "America/New_York", "02:30"),
        (utc(2027, 11, 1), "America/New_York", "01:30"),
        (utc(2027, 9, 27), "Australia/Lord_Howe", "02:15"),
        (utc(2027, 3, 29), "Australia/Lord_Howe", "01:45"),
    ],
)
async def test_a_fortnight_over_a_clock_change_has_one_post_each_local_day(
    town: Town, channel: Channel, start: datetime, zone: str, at: str
) -> None:
    set_clock(town, start)
    async with town.bot() as bot:
        await channel.order(f"/briefings subscribe {at} {zone} layout:card rest:1d")
        await pass_time(town, bot, start + timedelta(days=14))
    local = ZoneInfo(zone)
    assert len(channel.posts()) == 14
    assert len(set(channel.days(local))) == 14
    (usual, times), *others = channel.hours(local).most_common()
    assert usual == at
    assert times >= 13
    assert len(others) <= 1


MORNING = "/briefings subscribe 08:30 Europe/Berlin layout:card rest:1d"
EVENING, NEXT_DAY, HOUR_AFTER = utc(2027, 1, 12, 19), utc(2027, 1, 13, 9), utc(2027, 1, 14, 8)


async def through_a_night_off(town: Town, channel: Channel, late: str) -> list[str]:
    """The bot is stopped in the evening and started after its hour; then a day goes by."""
    set_clock(town, EVENING)
    async with town.bot():
        await channel.order(f"{MORNING} late:{late}")
    set_clock(town, NEXT_DAY)
    async with town.bot() as bot:
        await look(bot)
        first = channel.told()
        await pass_time(town, bot, HOUR_AFTER)
    return [*first, "—", *channel.told()[len(first) :]]


async def test_after_a_night_off_a_late_post_is_sent_and_says_why(
    town: Town, channel: Channel
) -> None:
    late, _, punctual = await through_a_night_off(town, channel, "12h")
    assert "Late: it was due Wed 13 Jan, 08:30 in Berlin, but the bot was not running" in late
    assert "Late" not in punctual


async def test_after_a_night_off_a_channel_that_wants_no_late_post_is_told_once(
    town: Town, channel: Channel
) -> None:
    notice, _, punctual = await through_a_night_off(town, channel, "skip")
    assert "did not come" in notice
    assert "the bot was not running" in notice
    assert "Discuss" in punctual
    assert "skipped" in await status_of(town, channel)


async def test_after_a_night_off_a_post_goes_with_the_next_one(
    town: Town, channel: Channel
) -> None:
    line, late, punctual = await through_a_night_off(town, channel, "next")
    assert line == "—"
    assert "Late: it was due Wed 13 Jan" in late
    assert "Late" not in punctual


async def status_of(town: Town, channel: Channel) -> str:
    async with town.bot():
        return await channel.order("/briefings status")


async def test_a_week_of_nights_off_is_told_once_until_all_is_well_again(
    town: Town, channel: Channel
) -> None:
    set_clock(town, EVENING)
    async with town.bot():
        await channel.order(f"{MORNING} late:skip")
    for day in range(13, 18):
        set_clock(town, utc(2027, 1, day, 9))
        async with town.bot() as bot:
            await look(bot)
    assert len(channel.posts()) == 1
    async with town.bot() as bot:
        await pass_time(town, bot, utc(2027, 1, 18, 8))
    set_clock(town, utc(2027, 1, 19, 9))
    async with town.bot() as bot:
        await look(bot)
    assert ["did not come" in each for each in channel.told()] == [True, False, True]


async def test_a_laptops_sleep_makes_a_post_late_and_loses_none(
    town: Town, channel: Channel
) -> None:
    set_clock(town, utc(2027, 1, 13, 6))
    async with town.bot() as bot:
        await channel.order(MORNING)
        town.clock.move(hours=5)
        await look(bot)
        (told,) = channel.told()
    assert "asleep" in told


async def test_a_restart_at_the_exact_minute_posts_once(town: Town, channel: Channel) -> None:
    set_clock(town, EVENING)
    async with town.bot():
        await channel.order(MORNING)
    for _ in range(3):
        set_clock(town, utc(2027, 1, 13, 7, 30))
        async with town.bot() as bot:
            await look(bot)
    assert len(channel.posts()) == 1


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        ("skip", [date(2026, 12, 18), date(2027, 1, 8)]),
        ("before", [date(2026, 12, 18), date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 8)]),
        ("after", [date(2026, 12, 18), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 8)]),
    ],
)
async def test_a_holiday_follows_the_rule(
    town: Town, channel: Channel, shift: str, expected: list[date]
) -> None:
    """Christmas Day and New Year's Day of 2026/27 are Fridays."""
    set_clock(town, utc(2026, 12, 14))
    async with town.bot() as bot:
        await channel.order(f"{MORNING} fri holidays:DE-BE shift:{shift}")
        await pass_time(town, bot, utc(2027, 1, 9))
    assert channel.days(BERLIN) == expected


async def test_two_processes_at_once_post_once(town: Town, channel: Channel) -> None:
    set_clock(town, utc(2027, 1, 13, 6))
    async with town.bot() as one:
        await channel.order(MORNING)
        async with town.bot() as other:
            set_clock(town, utc(2027, 1, 13, 7, 30))
            await look(one)
            await look(other)
            await until(lambda: bool(channel.posts()))
            await look(one)
        assert len(channel.posts()) == 1


@pytest.mark.parametrize(("layout", "in_channel"), [("whole", False), ("thread", True)])
async def test_the_layout_decides_where_the_parts_stand(
    town: Town, channel: Channel, layout: str, *, in_channel: bool
) -> None:
    set_clock(town, utc(2027, 1, 13, 6))
    async with town.bot() as bot:
        await channel.order(f"/briefings subscribe 08:30 Europe/Berlin layout:{layout}")
        set_clock(town, utc(2027, 1, 13, 7, 30))
        await look(bot)
    card, *others = channel.posts()
    assert bool(card["thread"]) is in_channel
    assert bool(others) is not in_channel


async def test_a_pinned_briefing_comes_on_its_day(town: Town, channel: Channel) -> None:
    set_clock(town, utc(2027, 1, 13, 6))
    async with town.bot() as bot:
        await channel.order(MORNING)
        assert "comes here on" in await channel.order("/briefings pin today mediterranean diet")
        set_clock(town, utc(2027, 1, 13, 7, 30))
        await look(bot)
        assert "editerranean" in channel.told()[0]
        assert "pinned to this day" in await channel.order("/briefings why")


async def test_what_is_changed_in_one_process_holds_in_the_other_at_once(
    town: Town, channel: Channel
) -> None:
    set_clock(town, utc(2027, 1, 13, 6))
    async with town.bot() as one:
        await channel.order(MORNING)
        async with town.bot() as other:
            agreed = await one.held.some(1)
            place = (agreed[0].subscription.platform, agreed[0].subscription.channel)
            await channel.order("/briefings pause")
            for bot in (one, other):
                set_clock(town, utc(2027, 1, 13, 8))
                await look(bot)
            assert channel.posts() == []
            await channel.order("/briefings subscribe 10:00")
            await channel.order("/briefings resume")
            found = await other.held.at(place)
            assert found is not None
            set_clock(town, utc(2027, 1, 13, 9))
            await look(other)
            assert len(channel.posts()) == 1
