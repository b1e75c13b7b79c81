"""Ways to send one message to many channels: ours, bare, and the libraries' own."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.delivery.plan import drafts
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.requests import body
from bot.platforms.discord.settings import Settings as DiscordSettings
from bot.platforms.port import Address, Payload, Platform
from bot.platforms.registry import room
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.render import posting
from bot.platforms.slack.settings import Settings as SlackSettings
from bot.store import tables
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.markers import marker
from bot.store.printing import keep_bodies
from bot.store.rows import Plan, digest, edition_row, message_rows
from briefings.card import compose_card
from briefings.model import BriefingId, Entry
from briefings.reading.reader import read
from briefings.schedule import Edition, SubscriptionId

SEED = Path(__file__).parents[2] / "seeds" / "undersea-cables.md"


@dataclass
class SpedClock:
    """A clock that runs fast, in step with the stage's."""

    origin: float
    speed: float

    def ticks(self) -> float:
        return self.origin + (time.time() - self.origin) * self.speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.ticks(), UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


@dataclass(frozen=True)
class Spent:
    """What a way of sending took: seconds of the stage's clock, and of the CPU."""

    seconds: float
    cpu: float


def payload(platform: str) -> Payload:
    """The card of a real briefing."""
    found = read(SEED.read_bytes(), SEED.name)
    entry = Entry(BriefingId("fanout"), found.briefing, datetime(2026, 11, 23, tzinfo=UTC))
    drawn: Payload = room(platform).draw(compose_card(entry))[0]
    return drawn


async def connected(platform: str, settings: dict[str, str]) -> Platform:
    given: dict[str, Any] = {name.lower(): value for name, value in settings.items()}
    made: Platform
    if platform == "slack":
        made = SlackPlatform(SlackSettings(**given))
    else:
        made = DiscordPlatform(DiscordSettings(**given))
    await made.connect(None)
    return made


async def ours(
    platform: str, settings: dict[str, str], channels: Sequence[str], clock: SpedClock, url: str
) -> Spent:
    """The ledger, the lane and the budget, as the bot has them."""
    sender = await connected(platform, settings)
    async with open_database(url) as database:
        ledger = Ledger(database, clock)
        await write_down(database, ledger, (platform, channels), clock.now())
        rates = {platform: room(platform).rates}
        delivery = Delivery(ledger, {platform: sender}, clock, rates)
        began, cpu = clock.ticks(), time.process_time()
        await Lane(platform, ledger, delivery, clock).drain()
        spent = Spent(clock.ticks() - began, time.process_time() - cpu)
    await sender.close()
    return spent


async def write_down(
    database: AsyncEngine, ledger: Ledger, where: tuple[str, Sequence[str]], now: datetime
) -> None:
    """An edition for each channel, as the ledger has it, in one transaction."""
    (platform, channels), secret = where, await ledger.secret()
    card = payload(platform)
    plans = [
        Plan(
            Edition(SubscriptionId(f"{platform}/{number}"), date(2026, 11, 23)),
            platform,
            channel,
            now,
            briefing=BriefingId("fanout"),
            threaded=False,
        )
        for number, channel in enumerate(channels)
    ]
    written = [message_rows(each.edition, drafts(each, [card], secret), now) for each in plans]
    async with database.begin() as connection:
        await keep_bodies(connection, {digest(card): card})
        await connection.execute(
            tables.edition.insert(), [edition_row(each, now) for each in plans]
        )
        await connection.execute(tables.message.insert(), [row for rows in written for row in rows])


async def bare(
    platform: str, settings: dict[str, str], channels: Sequence[str], pace: float | None
) -> Spent:
    """The same bytes by aiohttp alone: at a pace a second, or as fast as fifty at a time can be."""
    card, slots = payload(platform), asyncio.Semaphore(50)
    async with aiohttp.ClientSession(headers=_headers(platform, settings)) as session:

        async def send(number: int, url: str, data: bytes) -> None:
            if pace:
                await asyncio.sleep(began + number / pace - time.monotonic())
            async with slots, session.post(url, data=data) as answer:
                await answer.read()
                assert answer.status == 200

        calls = [_call(platform, settings, card, channel) for channel in channels]
        began, cpu = time.monotonic(), time.process_time()
        await asyncio.gather(*(send(number, *call) for number, call in enumerate(calls)))
        return Spent(time.monotonic() - began, time.process_time() - cpu)


def _headers(platform: str, settings: dict[str, str]) -> dict[str, str]:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    if platform == "slack":
        return {"Authorization": f"Bearer {settings['SLACK_BOT_TOKEN']}", **kind}
    return {"Authorization": f"Bot {settings['DISCORD_BOT_TOKEN']}", **kind}


def _call(
    platform: str, settings: dict[str, str], card: Payload, channel: str
) -> tuple[str, bytes]:
    edition = Edition(SubscriptionId(channel), date(2026, 11, 23))
    mark = marker(b"bare", Plan(edition, platform, channel, datetime(2026, 11, 23, tzinfo=UTC)), 0)
    if platform == "slack":
        said = posting(Address(channel), card, mark)
        return f"{settings['SLACK_API_URL']}chat.postMessage", json.dumps(said).encode()
    url = f"{settings['DISCORD_API_URL']}/channels/{channel}/messages"
    return url, json.dumps(body(card, mark)).encode()


async def gathered_discord(settings: dict[str, str], channels: Sequence[str]) -> Spent:
    """The same message to all at once, and discord.py left to itself."""
    import discord
    from discord.http import Route

    Route.BASE = settings["DISCORD_API_URL"]
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(settings["DISCORD_BOT_TOKEN"])
        card, path = payload("discord"), "/channels/{channel_id}/messages"

        async def send(channel: str) -> None:
            route = Route("POST", path, channel_id=channel)
            await client.http.request(route, json=body(card, f"naive{channel}"[:25]))

        began, cpu = time.monotonic(), time.process_time()
        await asyncio.gather(*map(send, channels), return_exceptions=True)
        return Spent(time.monotonic() - began, time.process_time() - cpu)


async def gathered_slack(settings: dict[str, str], channels: Sequence[str]) -> Spent:
    """`chat_postMessage` to all at once, with slack_sdk's own handler of limits."""
    handlers: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=10)]
    web = AsyncWebClient(
        settings["SLACK_BOT_TOKEN"], settings["SLACK_API_URL"], retry_handlers=handlers
    )
    card = payload("slack")

    async def send(channel: str) -> None:
        try:
            said = posting(Address(channel), card, channel)
            await web.api_call("chat.postMessage", json=said)
        except SlackApiError:
            return

    began, cpu = time.monotonic(), time.process_time()
    await asyncio.gather(*map(send, channels), return_exceptions=True)
    return Spent(time.monotonic() - began, time.process_time() - cpu)
