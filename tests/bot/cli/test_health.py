"""`briefing-bot health`: what a container is asked, over a real health server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import pytest
from aiohttp import ClientSession, web
from click.testing import CliRunner, Result

from bot.cli.health import health
from bot.health import open_health
from bot.metrics import Metrics
from tests.fakes import MovedClock


async def ask(address: str, *arguments: str) -> Result:
    port = address.rpartition(":")[2]
    settings = {"BRIEFING_HEALTH_PORT": port}
    return await asyncio.to_thread(CliRunner().invoke, health, arguments, env=settings)


async def asked(
    checks: Mapping[str, Callable[[], Awaitable[str]]], *arguments: str
) -> tuple[int, str]:
    async with open_health(0, Metrics(MovedClock()), checks) as address:
        done = await ask(address, *arguments)
    return done.exit_code, done.output.strip()


async def well() -> str:
    return ""


async def away() -> str:
    return "The database cannot be used just now."


async def test_a_bot_that_lives_is_well_though_it_cannot_work_just_now() -> None:
    assert await asked({"database": away}) == (0, "alive")
    assert await asked({"database": well}, "--ready") == (0, "ready")
    assert await asked({"database": away}, "--ready") == (1, f"not ready {await away()}")


async def test_where_nothing_answers_it_is_not_well() -> None:
    async with open_health(0, Metrics(MovedClock()), {}) as address:
        pass
    done = await ask(address)
    assert done.exit_code == 1
    assert "Nothing answers on port" in done.output


@pytest.mark.parametrize("body", ["", "[]", '{"status": "x", "wrong": 3}', "<html>"])
async def test_whatever_else_answers_there_makes_a_sentence(body: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_get("/healthz", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    done = await ask(str(runner.addresses[0][1]))
    await runner.cleanup()
    assert "no Briefing Bot" in done.output
    assert done.exit_code == 1


def test_without_a_port_it_says_which_variable_is_missing() -> None:
    done = CliRunner().invoke(health, [], env={"BRIEFING_HEALTH_PORT": None})
    assert done.exit_code == 2
    assert "BRIEFING_HEALTH_PORT" in done.output


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1", 200), ("localhost", 200), ("evil.example", 403), ("", 403)]
)
async def test_another_name_for_this_computer_is_refused(host: str, status: int) -> None:
    async with open_health(0, Metrics(MovedClock()), {}) as address, ClientSession() as http:
        for path in ("/healthz", "/readyz", "/metrics"):
            named = f"{host}:{address.rpartition(':')[2]}"
            async with http.get(f"{address}{path}", headers={"Host": named}) as answer:
                assert answer.status == status
