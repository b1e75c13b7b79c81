"""Today, where channels live in several time zones: its hours are in order, and say their zone."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from aiohttp import ClientSession
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.store.rows import State
from tests.page.desk import DISCORD, SLACK, TODAY, Office, open_office

TOKYO = "Asia/Tokyo"


async def today(office: Office) -> LexborHTMLParser:
    async with (
        ClientSession() as person,
        person.get(f"{office.address}/bot/today") as answer,
    ):
        return LexborHTMLParser(await answer.text())


def words(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def read(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [words(each) for each in page.css(selector)]


async def test_hours_are_in_order_as_they_are_read(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.subscribe(SLACK, time(12))
        await office.subscribe(DISCORD, time(13), TOKYO)  # which is earlier, but reads later
        for place in (SLACK, DISCORD):
            await office.post(place, TODAY - timedelta(days=1), State.SENT)
        page = await today(office)
        hours = [read(each, ".when time") for each in page.css(".week .day")]
        assert hours[1:] == [["12:00", "13:00"]] * 6
        when = read(page, "#past ~ .scroll tbody td:first-child")
        assert when == [
            "Sun 22 Nov, 16:00 Asia/Tokyo",
            "Sun 22 Nov, 08:00 Europe/Berlin",
        ]


async def test_each_hour_says_its_zone_where_there_are_several(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.subscribe(SLACK)
        page = await today(office)
        local = f"{office.clock.now() + timedelta(hours=1):%H:%M}"
        assert f"All times are of Europe/Berlin, where it is {local}." in words(page.body)
        assert not page.css(".when small")
        await office.subscribe(DISCORD, time(12), TOKYO)
        page = await today(office)
        there = f"{office.clock.now() + timedelta(hours=9):%H:%M}"
        assert f"by now it is {local} in Europe/Berlin, {there} in Asia/Tokyo." in words(page.body)
        assert set(read(page, ".when small")) == {"Europe/Berlin", TOKYO}
