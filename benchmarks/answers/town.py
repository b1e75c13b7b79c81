"""A Slack in a process of its own, whose people ask at a steady pace and look at the clock."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from time import perf_counter

from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide

GIVEN_UP = 3.0
"""Seconds after which Slack waits no longer; https://docs.slack.dev/interactivity"""


async def main(way: str) -> None:
    """Print the settings of a bot; then, for each line `ASKED PACE`, ask and print the times."""
    url = _free_url() if way == "http" else ""
    side = SlackSide(limits=False, request_url=url)
    sandbox = Sandbox([side])
    await sandbox.start()
    port = {"SLACK_HTTP_PORT": url.split(":")[2].partition("/")[0]} if url else {}
    print(json.dumps({**sandbox.settings(), **port}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked, pace = line.split()
        print(json.dumps(await ask(side, int(asked), float(pace))), flush=True)
    await sandbox.close()


async def ask(side: SlackSide, asked: int, pace: float) -> list[float]:
    """The seconds from each envelope to its answer; however slow one is, the next is sent."""
    begin = perf_counter()
    tasks = []
    for number in range(asked):
        await asyncio.sleep(max(0.0, begin + number / pace - perf_counter()))
        tasks.append(asyncio.create_task(_ask(side)))
    return list(await asyncio.gather(*tasks))


async def _ask(side: SlackSide) -> float:
    begin = perf_counter()
    answered = await side.command("C0DAILY01", "alice", "/briefing chery")
    seconds = perf_counter() - begin
    return seconds if "message" in answered else GIVEN_UP


def _free_url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
