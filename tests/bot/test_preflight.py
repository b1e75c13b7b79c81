"""Trying addresses: over a real server, behind the walls, and not again within hours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.feeds.probing import MOST, probe
from bot.feeds.walls import any_socket
from bot.platforms.gauges import Gauge
from bot.preflight import Preflight
from bot.store.probes import Probes
from briefings.blocks import Paragraph, Span
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.preflight import Address, Near
from tests.bot.conftest import entry
from tests.fakes import MovedClock


@dataclass
class Web:
    """A server whose paths answer as they are called, and what it was asked."""

    address: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.method} {request.path}")
        match request.path.strip("/"):
            case "picture":
                return web.Response(content_type="image/png")
            case "headless" if request.method == "HEAD":
                return web.Response(status=405)
            case "moved":
                return web.Response(status=302, headers={"Location": "/well"})
            case path if path.isdecimal():
                return web.Response(status=int(path))
            case _:
                return web.Response(text="well")


@pytest.fixture
async def server() -> AsyncIterator[Web]:
    there = Web()
    app = web.Application()
    app.router.add_route("*", "/{path}", there.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield there
    await runner.cleanup()


async def tried(server: Web, path: str, *, is_picture: bool = False) -> str | None:
    url = f"{server.address}/{path}"
    return (await probe([Address(url, is_picture)], any_socket))[url]


@pytest.mark.parametrize("path", ["well", "moved", "headless"])
async def test_what_answers_is_well(server: Web, path: str) -> None:
    assert await tried(server, path) is None


@pytest.mark.parametrize("status", [404, 410, 500])
async def test_what_answers_otherwise_is_named(server: Web, status: int) -> None:
    assert await tried(server, str(status)) == f"answers {status}"


async def test_a_picture_must_be_one(server: Web) -> None:
    assert await tried(server, "picture", is_picture=True) is None
    assert await tried(server, "well", is_picture=True) == "is no picture, but text/plain"


async def test_private_addresses_are_not_asked(server: Web) -> None:
    url = f"{server.address}/well"
    found = await probe([Address(url)])
    assert "not a public address" in (found[url] or "")
    assert server.asked == []


async def test_no_more_than_a_number_is_tried(server: Web) -> None:
    many = [Address(f"{server.address}/{n}a") for n in range(MOST + 3)]
    assert len(await probe(many, any_socket)) == MOST


async def test_nobody_there_is_said_plainly() -> None:
    url = "http://127.0.0.1:9/"
    assert await probe([Address(url)], any_socket) == {url: "cannot be reached"}


def linking(url: str) -> Entry:
    section = Section((), 0, (Paragraph((Span("there", link=url),)),))
    return Entry(BriefingId("a"), Briefing("A", (section,)), entry("a").added)


async def test_an_address_is_tried_again_after_hours_alone(
    server: Web, database: AsyncEngine, clock: MovedClock
) -> None:
    preflight = Preflight(Probes(database, clock), {}, opener=any_socket)
    post = linking(f"{server.address}/404")
    first = await preflight.check(post, "slack", ())
    assert list(first.tried.values()) == ["answers 404"]
    asked = len(server.asked)
    assert await preflight.check(post, "discord", ()) == first
    assert len(server.asked) == asked
    clock.move(hours=7)
    await preflight.check(post, "slack", ())
    assert len(server.asked) > asked


async def test_nothing_is_tried_where_the_settings_forbid_it(
    server: Web, database: AsyncEngine, clock: MovedClock
) -> None:
    preflight = Preflight(Probes(database, clock), {}, is_allowed=False, opener=any_socket)
    flight = await preflight.check(linking(f"{server.address}/well"), "slack", ())
    assert (len(flight.addresses), flight.tried, server.asked) == (1, {}, [])


async def test_a_limit_that_a_message_comes_near_is_noted(
    database: AsyncEngine, clock: MovedClock
) -> None:
    def gauges(payload: object) -> tuple[Gauge, ...]:
        return (Gauge("blocks", 44, 45), Gauge("characters", 5, 100))

    preflight = Preflight(Probes(database, clock), {"slack": gauges}, opener=any_socket)
    flight = await preflight.check(entry("a"), "slack", [{}])
    assert flight.near == (Near("blocks", 44, 45),)
