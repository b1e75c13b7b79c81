"""Known secrets, looked for in all that comes out of a bot at work and in trouble."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from tests.journeys.conftest import PLATFORMS, SEEDS, Town
from tests.journeys.processes import ROOT, running, subscribe

UNUSED = {"SLACK_SIGNING_SECRET": "signing-secret-of-this-test"}
SEND = {"slack": "chat.postMessage", "discord": "POST /channels/{channel_id}/messages"}
TROUBLES = ("garbage", "429")
VERBS = (
    ("doctor",),
    ("status", "--json"),
    ("post", "slack:C0DAILY01", "chery", "--dry-run"),
    ("post", "slack:C0NOWHERE1", "chery"),
)


def secrets(town: Town) -> list[str]:
    own = [value for name, value in town.sandbox.settings().items() if "TOKEN" in name]
    assert len(own) == 3
    return [*own, *UNUSED.values()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def read(address: str, *paths: str) -> str:
    told = ""
    async with aiohttp.ClientSession() as http:
        for path in paths:
            async with http.get(f"{address}{path}") as answer:
                told += f"{answer.headers} {await answer.text()}"
    return told


def say(folder: Path, settings: Mapping[str, str], *verb: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *verb],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "DEBUG", **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


async def test_no_secret_comes_out_anywhere(town: Town, tmp_path: Path) -> None:
    for platform in PLATFORMS:
        for number, kind in enumerate(TROUBLES):
            await town.fault(platform, SEND[platform], kind, skip=number)
    page = free_port()
    agreed = await subscribe(town, f"sqlite:///{tmp_path / 'bot.db'}", -5)
    agreed |= {**UNUSED, "BRIEFING_PAGE_PORT": str(page)}
    out: dict[str, str] = {}
    async with running(town, tmp_path, agreed) as one:
        for platform in PLATFORMS:
            await one.tells("edition.sent", 2)
            for text in ("/briefing chery", "/briefings list", "/briefings status"):
                await town.call(
                    f"{platform}/command",
                    {"channel": await town.channel(platform), "person": "alice", "text": text},
                )
        out["watched"] = await read(one.health, "/healthz", "/readyz", "/metrics")
        out["page"] = await read(f"http://127.0.0.1:{page}", "/", "/enter/nothing")
        out["shown"] = json.dumps([await town.call("state")])
        out["sent"] = json.dumps([await town.call(f"{each}/log") for each in PLATFORMS])
        settings = {**town.sandbox.settings(), "BRIEFING_FOLDERS": str(SEEDS), **agreed}
        for verb in VERBS:
            out[" ".join(verb)] = await asyncio.to_thread(say, tmp_path, settings, *verb)
        await one.stop()
    out["log"] = "".join(one.raw)
    out["database"] = (tmp_path / "bot.db").read_bytes().decode("latin-1")
    assert all(out.values()), [name for name, told in out.items() if not told]
    assert [
        (name, each) for name, told in out.items() for each in secrets(town) if each in told
    ] == []


SECRET = "xoxb-1234-of-this-test"


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        (f"SLACK_BOT_TOKEN={SECRET}\nBRIEFING_TIME={SECRET}", "doctor"),
        (f"SLACK_BOT_TOKENS={SECRET}", "run"),
        (f"SLACK_BOT_TOKEN {SECRET}", "doctor"),
    ],
)
def test_no_secret_comes_out_where_it_stands_in_the_wrong_place(
    tmp_path: Path, line: str, verb: str
) -> None:
    (tmp_path / ".env").write_text(line + "\n")
    told = say(tmp_path, {}, verb)
    assert told
    assert SECRET not in told
