"""`/briefing chery` at 50 a second, from envelope to answer, beside a bare Bolt app that echoes.

Run it with `uv run python benchmarks/answers/run.py [ASKED] [PACE]`, or with `make bench`. Slack
and the bot have a process each. A bar of 50 ms at the 99th percentile is the one to hold.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import loop
from bot.app import open_bot
from bot.cli.run import keep_what_is_there
from bot.settings import read_configuration

ROOT = Path(__file__).parents[2]
ASKED, PACE, WARM, BAR = 1_000, 50, 100, 50


async def main(asked: int, pace: int) -> None:
    """Measure and print everything."""
    print(f"{asked} times /briefing chery at {pace} a second; ms, p50 / p99 / longest")
    echo = await measured("a bare Bolt echo, Socket Mode", "socket", echoing, asked, pace)
    for way, name in (("socket", "the bot, Socket Mode"), ("http", "the bot, signed HTTP")):
        ours = await measured(name, way, answering, asked, pace)
        print(f"{'':34}{ours[0] / echo[0]:.1f} / {ours[1] / echo[1]:.1f} times the echo")


async def measured(name: str, way: str, bot: Any, asked: int, pace: int) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds, printed."""
    town = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.answers.town", way, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 24,
    )  # fmt: skip
    assert town.stdin
    assert town.stdout
    async with bot(json.loads(await town.stdout.readline())):
        for count in (WARM, asked):
            worked = process_time()
            town.stdin.write(f"{count} {pace}\n".encode())
            times = json.loads(await town.stdout.readline())
            work = 1_000 * (process_time() - worked) / count
    town.stdin.close()
    await town.wait()
    cuts = quantiles([1_000 * each for each in times], n=100)
    print(f"{name:34}{cuts[49]:.1f} / {cuts[98]:.1f} / {1_000 * max(times):.1f}", end="")
    print(f"  ({work:.1f} ms of a core each, {late(times)} over {BAR} ms)", flush=True)
    return cuts[49], cuts[98]


def late(times: Sequence[float]) -> int:
    """How many took longer than the bar."""
    return sum(1_000 * each > BAR for each in times)


@asynccontextmanager
async def answering(settings: Mapping[str, str]) -> AsyncIterator[None]:
    """The bot with the seeds as its library."""
    with TemporaryDirectory(prefix="briefing-bot-") as scratch:
        given = {
            **settings,
            "DATABASE_URL": f"sqlite:///{scratch}/answers.db",
            "BRIEFING_FOLDERS": str(ROOT / "seeds"),
            "BRIEFING_FILE": f"{scratch}/none.toml",
            "BRIEFING_COMMANDS_A_MINUTE": "0",  # one person asks for all
        }
        async with open_bot(read_configuration(None, given)) as bot:
            await bot.shelf.caught_up()
            keep_what_is_there()  # as `briefing-bot run` does
            yield


@asynccontextmanager
async def echoing(settings: Mapping[str, str]) -> AsyncIterator[None]:
    """The least that a Bolt app can be."""
    client = AsyncWebClient(settings["SLACK_BOT_TOKEN"], settings["SLACK_API_URL"])
    app: Any = AsyncApp(client=client)

    async def echo(ack: Any, body: Any) -> None:
        await ack(body["text"])

    app.command("/briefing")(echo)
    handler: Any = AsyncSocketModeHandler(app, settings["SLACK_APP_TOKEN"])
    await handler.connect_async()
    await asyncio.sleep(1)
    try:
        yield
    finally:
        await handler.close_async()


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    loop.run(main(*(given + [ASKED, PACE][len(given) :])))
