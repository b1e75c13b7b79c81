"""Two clocks beside each other, and an API that does not answer."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.errors import PlatformError
from bot.findings import Level
from bot.platforms.clocks import FAR, NEAR, ask_time, compare

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "level", "word"),
    [
        (0, Level.OK, "agree"),
        (NEAR, Level.OK, "agree"),
        (-NEAR, Level.OK, "agree"),
        (NEAR + 1, Level.WARN, "11 s fast"),
        (-FAR, Level.WARN, "60 s slow"),
        (FAR + 1, Level.RED, "61 s fast"),
        (-7200, Level.RED, "7200 s slow"),
    ],
)
def test_a_clock_is_judged_by_how_far_it_is_off(ahead: float, level: Level, word: str) -> None:
    finding = compare("slack clock", NOON, NOON + timedelta(seconds=ahead))
    assert finding.level is level
    assert word in finding.told


def test_a_platform_that_tells_no_time_leaves_a_doubt() -> None:
    assert compare("slack clock", None, NOON).level is Level.WARN


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server that tells the time that its path names."""

    async def tell(request: web.Request) -> web.Response:
        return web.Response(status=404, headers={"Date": request.query["date"]})

    app = web.Application()
    app.router.add_get("/", tell)
    runner = web.AppRunner(app)
    await runner.setup()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        await web.SockSite(runner, listener).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/?date="
        await runner.cleanup()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mon, 23 Nov 2026 12:00:00 GMT", NOON),
        ("Mon, 23 Nov 2026 12:00:00 -0000", NOON),
        ("half past never", None),
    ],
)
async def test_the_time_is_read_from_any_answer(
    address: str, said: str, told: datetime | None
) -> None:
    assert await ask_time(address + said, "SLACK_API_URL") == told


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "nonsense", "http://[broken/"])
async def test_an_api_that_does_not_answer_names_its_setting(url: str) -> None:
    with pytest.raises(PlatformError, match="SLACK_API_URL"):
        await ask_time(url, "SLACK_API_URL")
