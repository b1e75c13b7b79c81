"""What somebody types while they set the bot up: `slack manifest`, `discord invite`, `doctor`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.platforms.slack.manifest import manifest
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from tests.bot.cli.test_cli import ROOT, run, told


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox((SlackSide(), DiscordSide()))
    await sandbox.start()
    yield sandbox
    await sandbox.close()


def test_the_manifest_can_be_pasted_as_it_is_printed(tmp_path: Path) -> None:
    for arguments in ((), ("--json",)):
        assert (
            json.loads(run("slack", "manifest", *arguments, folder=tmp_path).stdout) == manifest()
        )
    printed = run("slack", "manifest", "--yaml", folder=tmp_path)
    assert yaml.safe_load(printed.stdout) == manifest()
    assert "From a manifest" in printed.stderr


def test_an_application_that_is_given_is_not_asked_for(tmp_path: Path) -> None:
    result = run("discord", "invite", "--application", "123456789012345678", folder=tmp_path)
    assert result.stdout.strip() == (
        "https://discord.com/oauth2/authorize?client_id=123456789012345678"
        "&scope=bot+applications.commands&permissions=309237730304"
    )


def test_without_application_and_token_the_sentence_names_both(tmp_path: Path) -> None:
    sentence = told(run("discord", "invite", folder=tmp_path))
    assert "DISCORD_BOT_TOKEN" in sentence
    assert "--application" in sentence


async def test_the_application_is_asked_of_discord(tmp_path: Path, sandbox: Sandbox) -> None:
    settings = dict(sandbox.settings())
    result = await asyncio.to_thread(lambda: run("discord", "invite", folder=tmp_path, **settings))
    assert result.stdout.startswith("https://discord.com/oauth2/authorize?client_id=")
    assert result.stderr == ""


async def test_the_doctor_is_content_with_a_bot_that_is_set_up(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    settings = {**sandbox.settings(), "BRIEFING_FOLDERS": str(ROOT / "seeds")}
    result = await asyncio.to_thread(lambda: run("doctor", folder=tmp_path, **settings))
    assert result.returncode == 0, result.stdout
    assert result.stderr == ""
    assert {line.split()[0] for line in result.stdout.splitlines()} <= {"ok", "warn"}


async def test_the_doctor_leaves_with_1_where_something_is_red(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    settings = {**sandbox.settings(), "SLACK_BOT_TOKEN": "xoxb-very-secret"}
    result = await asyncio.to_thread(lambda: run("doctor", "--json", folder=tmp_path, **settings))
    assert result.returncode == 1
    found = {each["about"]: each for each in json.loads(result.stdout)}
    assert found["slack bot token"]["level"] == "red"
    assert found["discord token"]["level"] == "ok"
    assert "very-secret" not in result.stdout + result.stderr


def test_the_doctor_names_a_setting_that_is_none(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKN=x\n")
    result = run("doctor", folder=tmp_path)
    assert result.returncode == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("red")
    assert "SLACK_BOT_TOKEN" in line
