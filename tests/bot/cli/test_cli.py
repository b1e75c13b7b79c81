"""The command line: what newcomers type, and the sentence they get when it does not work."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.cli import COMMANDS
from bot.cli.run import ROLES
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.works import Role

ROOT = Path(__file__).parents[3]
SEED = ROOT / "seeds" / "chery-international-user-summit.txt"


@cache
def desk() -> TemporaryDirectory[str]:
    """A folder with the seeds alone: neither the checkout's database nor its .env counts."""
    folder = TemporaryDirectory()
    (Path(folder.name) / "seeds").symlink_to(ROOT / "seeds")
    return folder


def run(
    *arguments: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        cwd=folder or desk().name,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
        check=False,
    )


def told(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a failure."""
    assert result.returncode != 0
    (line,) = result.stderr.strip().splitlines()
    return line


def test_help_names_every_verb() -> None:
    result = run("--help")
    for verb in ("demo", "run", "post", "read", "render", "lookup", "sandbox"):
        assert verb in result.stdout
        assert run(verb, "--help").returncode == 0


def test_help_loads_nothing_that_a_verb_needs_only_at_work() -> None:
    slow = ("aiohttp", "discord", "pydantic", "rich", "slack_bolt", "sqlalchemy", "tantivy")
    asked = (
        "import sys; from bot.cli import COMMANDS, briefing_bot;"
        "found = [briefing_bot.get_command(None, verb) for verb in COMMANDS];"
        f"print(len(found), *sorted(set(sys.modules) & set({slow})))"
    )
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == [str(len(COMMANDS))]


def test_a_role_is_named_as_the_works_name_it() -> None:
    assert set(ROLES) == {role.value for role in Role}


def test_without_a_token_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    sentence = told(run("run", folder=tmp_path))
    assert ".env" in sentence
    assert "make demo" in sentence


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKN=x\n")
    assert "SLACK_BOT_TOKN" in told(run("run", folder=tmp_path))


@pytest.mark.parametrize("wrong", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DISCORD_BOT_TOKEN"])
async def test_a_wrong_token_is_named_and_not_shown(tmp_path: Path, wrong: str) -> None:
    sandbox = Sandbox((SlackSide(), DiscordSide()))
    await sandbox.start()
    prefix = wrong.partition("_")[0]
    settings = {k: v for k, v in sandbox.settings().items() if k.startswith(prefix)}
    settings["BRIEFING_FOLDERS"] = str(ROOT / "seeds")
    secret = "xoxb-very-secret" if prefix == "SLACK" else "very.secret.token"
    try:
        result = await asyncio.to_thread(
            lambda: run("run", folder=tmp_path, **{**settings, wrong: secret})
        )
    finally:
        await sandbox.close()
    sentence = told(result)
    assert wrong in sentence
    assert secret not in sentence


def test_read_prints_what_was_recognised() -> None:
    (found,) = json.loads(run("read", str(SEED), "--json").stdout)
    assert found["title"] == "The 2025 Chery International User Summit"
    assert found["title_from"] == "first sentence"
    assert found["warnings"]
    assert [section["heading"] for section in found["sections"]] == [
        "What's Happening?",
        "Why It's Important?",
        "What's Next?",
        "Beyond the Headlines",
    ]


@pytest.mark.parametrize("platform", ["slack", "discord"])
def test_render_prints_the_requests(platform: str) -> None:
    result = run("render", str(SEED), "--platform", platform, "--json")
    requests = json.loads(result.stdout)
    assert [set(each) for each in requests] == [{"method", "path", "body"}] * len(requests)
    posts = [each for each in requests if "hread" not in each["path"].rsplit("/", 1)[-1]]
    assert len(posts) == 4


@pytest.mark.parametrize("verb", [("read",), ("render", "--platform", "slack")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, verb: tuple[str, ...]) -> None:
    missing = tmp_path / "nowhere.md"
    assert "nowhere.md" in told(run(*verb, str(missing)))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["chery"], "briefing"),
        (["chery", "sumit"], "briefing"),
        (["nonsense"], "none"),
        (["software"], "choice"),
    ],
)
def test_lookup_answers_as_the_bot_does(words: list[str], answer: str) -> None:
    found = json.loads(run("lookup", *words, "--json").stdout)
    assert found["answer"] == answer
    assert run("lookup", *words).stdout.strip()


def test_a_dry_run_sends_nothing_and_needs_no_token(tmp_path: Path) -> None:
    arguments = ("post", "slack:C0123456789", "chery", "--dry-run", "--json")
    seeds = str(ROOT / "seeds")
    result = run(*arguments, folder=tmp_path, BRIEFING_FOLDERS=seeds)
    (first, *_) = json.loads(result.stdout)
    assert first["body"]["channel"] == "C0123456789"
    todays = run("post", "slack:C1", "--dry-run", folder=tmp_path, BRIEFING_FOLDERS=seeds)
    assert todays.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("post", "nowhere", "--dry-run"), "nowhere names no channel"),
        (("post", "discord:abc", "--dry-run"), "abc is no id of a channel of discord"),
        (("post", "slack:#general", "--dry-run"), "#general is no id of a channel of slack"),
        (("post", "slack:C1", "nonsense", "--dry-run"), "nonsense"),
        (("post", "slack:C1", "chery"), "slack has no token"),
    ],
)
def test_a_post_that_cannot_be_says_why(arguments: tuple[str, ...], named: str) -> None:
    assert named in told(run(*arguments))


def test_the_demo_posts_once_and_leaves() -> None:
    result = run("demo", "--once")
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    lines = result.stdout.strip().splitlines()
    assert [line.split()[0] for line in lines] == ["slack", "discord"]
    assert all(" sent " in line for line in lines)


def test_the_demo_without_briefings_says_why(tmp_path: Path) -> None:
    result = run("demo", "--once", "--folder", str(tmp_path))
    assert result.returncode == 1
    assert "the library is empty" in result.stdout
