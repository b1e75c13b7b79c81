"""The doctor over the whole bot: one line a thing, what to do about it, and no secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.declared import default_terms
from bot.doctor import examine
from bot.findings import Finding, Level
from bot.library.index import Index
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.settings import read_configuration
from bot.shelf import Shelf, read_shelf
from bot.store.agreements import Act
from bot.store.database import open_database
from bot.store.feeds import Feed, Feeds
from bot.store.ledger import Ledger
from bot.store.machine import here
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from bot.store.workers import Workers
from bot.surroundings import check_proxy, check_search, check_settings
from briefings.schedule import Edition, SubscriptionId

EDITION = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox((SlackSide(), DiscordSide()))
    await sandbox.start()
    yield sandbox
    await sandbox.close()


async def findings(tmp_path: Path, given: Mapping[str, str]) -> tuple[Finding, ...]:
    own = {
        "BRIEFING_FOLDERS": str(SEEDS),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        **given,
    }
    return await examine(read_configuration(None, own), tmp_path / ".env", SystemClock())


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def worst(found: tuple[Finding, ...], about: str) -> Finding:
    order = [Level.OK, Level.WARN, Level.RED]
    return max((each for each in found if each.about == about), key=lambda f: order.index(f.level))


async def test_in_a_bot_that_is_set_up_nothing_is_red(tmp_path: Path, sandbox: Sandbox) -> None:
    found = await findings(tmp_path, sandbox.settings())
    assert [each for each in found if each.level is Level.RED] == []
    assert {each.about.partition(" ")[0] for each in found} == {
        "version", "settings", "time", "briefings", "search", "database", "disk", "slack",
        "discord",
    }  # fmt: skip
    assert left_in(tmp_path) == []


async def test_every_finding_is_one_line_and_ends_like_a_sentence(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    for each in await findings(tmp_path, sandbox.settings()):
        assert "\n" not in each.told
        assert each.told.endswith(".")


async def test_no_secret_is_told(tmp_path: Path, sandbox: Sandbox) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": "xoxb-one-secret",
        "SLACK_APP_TOKEN": "xapp-two-secret",
        "DISCORD_BOT_TOKEN": "three.secret.token",
    }
    database = {"DATABASE_URL": "postgresql://bot:four-secret@127.0.0.1:1/four-secret"}
    wrong = {name: f"http://127.0.0.1:1/{secret}" for name, secret in {
        "SLACK_API_URL": "xoxb-one-secret", "DISCORD_API_URL": "three.secret.token",
    }.items()}  # fmt: skip
    told = repr(await findings(tmp_path, {**sandbox.settings(), **secrets, **database}))
    told += repr(await findings(tmp_path, {**sandbox.settings(), **secrets, **wrong}))
    for secret in (*secrets.values(), "four-secret"):
        assert secret not in told


async def test_a_platform_without_a_token_is_left_alone(tmp_path: Path, sandbox: Sandbox) -> None:
    slack = {key: value for key, value in sandbox.settings().items() if key.startswith("SLACK")}
    found = await findings(tmp_path, slack)
    assert worst(found, "discord").level is Level.OK
    assert "stays away" in worst(found, "discord").told


async def test_no_platform_at_all_is_red(tmp_path: Path) -> None:
    found = worst(await findings(tmp_path, {}), "platforms")
    assert found.level is Level.RED
    assert ".env.example" in found.told


async def test_half_a_platform_is_red(tmp_path: Path) -> None:
    found = worst(await findings(tmp_path, {"SLACK_BOT_TOKEN": "xoxb-1"}), "slack")
    assert found.level is Level.RED
    assert "SLACK_APP_TOKEN" in found.told


async def test_an_empty_library_is_red(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = await findings(tmp_path, {"BRIEFING_FOLDERS": str(tmp_path / "empty")})
    assert worst(found, "briefings").level is Level.RED
    assert "BRIEFING_FOLDERS" in worst(found, "briefings").told


@pytest.mark.parametrize(("broken", "lines"), [(1, 2), (5, 6), (6, 7), (40, 7)])
async def test_documents_that_cannot_be_read_are_named_but_never_flood(
    tmp_path: Path, broken: int, lines: int
) -> None:
    folder = tmp_path / "briefings"
    folder.mkdir()
    (folder / "good.md").write_text("# Good\n\n## What's Happening?\n\nMuch.\n")
    for number in range(broken):
        (folder / f"{number}.exe").write_bytes(b"\0")
    found = await findings(tmp_path, {"BRIEFING_FOLDERS": str(folder)})
    told = [each for each in found if each.about == "briefings"]
    assert len(told) == lines
    assert told[0].level is Level.OK
    assert {each.level for each in told[1:]} == {Level.WARN}


@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, Level.OK), (0o640, Level.WARN), (0o644, Level.WARN)]
)
def test_tokens_that_others_can_read_are_a_doubt(tmp_path: Path, mode: int, level: Level) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-1\n")
    file.chmod(mode)
    found = check_settings(file)
    assert found.level is level
    assert "xoxb" not in found.told


async def test_one_platform_that_is_away_does_not_silence_the_other(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    slack, _ = sandbox.sides
    slack.faults.plan(Fault("*", Kind.AWAY, times=99))
    found = await asyncio.wait_for(findings(tmp_path, sandbox.settings()), 30)
    assert worst(found, "slack bot token").level is not Level.OK
    assert worst(found, "discord token").level is Level.OK


async def test_channels_that_subscribed_by_chat_are_looked_at_too(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    configuration = read_configuration(None, sandbox.settings())
    async with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        await Subscriptions(database, SystemClock()).agree(
            ("slack", "C0GENERAL1"), default_terms(configuration.own), Act("alice", "subscribe")
        )
    found = await findings(tmp_path, sandbox.settings())
    assert worst(found, "slack channel C0GENERAL1").level is Level.OK
    assert worst(found, "slack channel C0DAILY01").level is Level.OK


async def test_a_file_of_subscriptions_that_is_wrong_is_red(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    file = tmp_path / "briefings.toml"
    file.write_text("[[subscription]]\nplatform = 'carrier pigeon'\n")
    found = await findings(tmp_path, {**sandbox.settings(), "BRIEFING_FILE": str(file)})
    assert worst(found, "subscriptions").level is Level.RED
    assert "briefings.toml" in worst(found, "subscriptions").told


async def test_it_tells_who_is_at_work_and_what_waits_for_a_person(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    async with open_database(url) as database:
        ledger = Ledger(database, SystemClock())
        plan = Plan(EDITION, "slack", "C1", SystemClock().now(), state=State.PARKED)
        await ledger.claim(plan)
        found = await findings(tmp_path, {})
        assert worst(found, "work").told == "No bot is at work."
        assert "briefing-bot parked" in worst(found, "posts").told
        async with Workers(database, here(), "one", SystemClock().now).at_work(["connect"]):
            found = await findings(tmp_path, {})
        assert "(connect)" in worst(found, "work").told


@pytest.mark.parametrize("name", ["BRIEFING_HEALTH_PORT", "BRIEFING_PAGE_PORT"])
async def test_a_port_is_free_ours_or_somebody_elses(tmp_path: Path, name: str) -> None:
    about = name.split("_")[1].lower()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(said)
        writer.close()

    said = b"HTTP/1.0 200 OK\r\n\r\n"
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    assert worst(await findings(tmp_path, {name: port}), about).level is Level.OK
    said = b"220 mail ready\r\n"
    taken = worst(await findings(tmp_path, {name: port}), about)
    assert taken.level is Level.RED
    assert name in taken.told
    server.close()
    await server.wait_closed()
    assert "is free" in worst(await findings(tmp_path, {name: port}), about).told


async def test_a_search_that_finds_nothing_is_a_doubt(tmp_path: Path) -> None:
    shelf = await read_shelf((SEEDS,))
    assert check_search(shelf).level is Level.OK
    broken = check_search(Shelf(shelf.library, Index()))
    assert broken.level is Level.WARN
    assert "report" in broken.told


async def test_a_feed_that_cannot_be_read_is_told_by_its_host_alone(tmp_path: Path) -> None:
    private = "https://example.org/feed?key=of-this-test"
    given = {"BRIEFING_FEEDS": f"{private} https://example.com/feed"}
    assert worst(await findings(tmp_path, given), "feeds").level is Level.OK
    async with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        feeds = Feeds(database, SystemClock())
        await feeds.take_due([private], timedelta(hours=1))
        await feeds.note(Feed(private), "It answered 404.")
    found = await findings(tmp_path, given)
    assert worst(found, "feeds") == Finding("feeds", Level.WARN, "example.org: It answered 404.")
    assert "of-this-test" not in repr(found)


@pytest.mark.parametrize(
    ("environment", "named"),
    [({}, ()), ({"HTTPS_PROXY": ""}, ()), ({"https_proxy": "http://proxy"}, ("HTTPS_PROXY",))],
)
def test_a_proxy_that_the_bot_does_not_take_is_a_doubt(
    environment: dict[str, str], named: tuple[str, ...]
) -> None:
    assert tuple(each.told.split()[0] for each in check_proxy(environment)) == named
