"""What the doctor says of a Slack workspace, over the sandbox's Slack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.findings import Finding, Level
from bot.platforms.slack.checkup import ANYWHERE, check, check_scopes, judge
from bot.platforms.slack.scopes import SCOPES
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide
from tests.fakes import RunningClock
from tests.platforms.slack.served import settings

NOW = RunningClock().now


async def findings(side: SlackSide, **changed: str) -> dict[str, Finding]:
    given = settings(side, **changed)
    found: Sequence[Finding] = await check(given, given.channels, NOW)
    assert len({each.about for each in found}) == len(found)
    return {each.about: each for each in found}


async def test_all_is_well_in_the_usual_workspace(side: SlackSide) -> None:
    found = await findings(side, SLACK_CHANNELS="C0DAILY01,C0GENERAL1")
    assert {each.level for each in found.values()} == {Level.OK}
    assert list(found) == [
        "slack clock",
        "slack app token",
        "slack bot token",
        "slack scopes",
        "slack channel C0DAILY01",
        "slack channel C0GENERAL1",
    ]
    assert "Sandbox" in found["slack bot token"].told
    assert "#daily-briefing" in found["slack channel C0DAILY01"].told


async def test_the_check_changes_nothing_and_says_nothing(side: SlackSide) -> None:
    before = side.state()
    await findings(side)
    assert side.state() == before
    assert not side.slack.delivery.sockets.connections


@pytest.mark.parametrize(
    ("name", "about"),
    [("SLACK_BOT_TOKEN", "slack bot token"), ("SLACK_APP_TOKEN", "slack app token")],
)
async def test_a_wrong_token_is_named_and_the_other_one_is_judged(
    side: SlackSide, name: str, about: str
) -> None:
    found = await findings(side, **{name: "xoxb-very-secret"})
    assert found[about].level is Level.RED
    assert name in found[about].told
    assert "very-secret" not in repr(found)
    others = {each.level for key, each in found.items() if key != about}
    assert others == {Level.OK}


async def test_tokens_in_each_others_place_are_both_red(side: SlackSide) -> None:
    app = side.workspace.app
    swapped = {"SLACK_BOT_TOKEN": app.app_token, "SLACK_APP_TOKEN": app.bot_token}
    found = await findings(side, **swapped)
    assert found["slack bot token"].level is Level.RED
    assert found["slack app token"].level is Level.RED


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: str(scope.name))
async def test_a_missing_scope_is_named_with_its_reason(side: SlackSide, scope: object) -> None:
    (missing,) = (each for each in SCOPES if each == scope)
    kept = tuple(each for each in side.workspace.app.scopes if each != missing.name)
    side.workspace.app = replace(side.workspace.app, scopes=kept)
    found = (await findings(side))["slack scopes"]
    assert found.level is missing.without
    assert missing.name in found.told
    assert missing.why in found.told


async def test_a_channel_that_may_not_be_looked_at_is_a_doubt_for_the_bot_may_post_there(
    side: SlackSide,
) -> None:
    side.workspace.app = replace(side.workspace.app, scopes=("chat:write",))
    found = (await findings(side))["slack channel C0DAILY01"]
    assert found.level is Level.WARN
    assert "channels:read" in found.told


def test_a_server_that_tells_no_scopes_leaves_a_doubt() -> None:
    assert check_scopes({}).level is Level.WARN
    assert check_scopes({"X-OAuth-Scopes": ""}).level is Level.RED


async def test_an_archived_channel_is_red(side: SlackSide) -> None:
    side.workspace.channels["C0DAILY01"].archived = True
    found = (await findings(side))["slack channel C0DAILY01"]
    assert found.level is Level.RED
    assert "unarchive" in found.told


async def test_a_channel_without_the_bot_says_how_to_invite_it(side: SlackSide) -> None:
    side.workspace.channels["C0DAILY01"].members.discard(side.workspace.app.user)
    found = (await findings(side))["slack channel C0DAILY01"]
    assert found.level is Level.RED
    assert "/invite @briefing" in found.told


async def test_a_public_channel_that_the_bot_may_post_in_from_outside_is_a_doubt(
    side: SlackSide,
) -> None:
    side.workspace.channels["C0DAILY01"].members.discard(side.workspace.app.user)
    scopes = (*side.workspace.app.scopes, ANYWHERE)
    side.workspace.app = replace(side.workspace.app, scopes=scopes)
    found = (await findings(side))["slack channel C0DAILY01"]
    assert found.level is Level.WARN
    assert "/invite @briefing" in found.told


async def test_a_private_channel_without_the_bot_is_red_whatever_it_may_elsewhere(
    side: SlackSide,
) -> None:
    channel = side.workspace.channels["C0DAILY01"]
    channel.private = True
    channel.members.discard(side.workspace.app.user)
    scopes = (*side.workspace.app.scopes, ANYWHERE)
    side.workspace.app = replace(side.workspace.app, scopes=scopes)
    found = (await findings(side))["slack channel C0DAILY01"]
    assert found.level is Level.RED
    assert "invite" in found.told


@pytest.mark.parametrize(
    ("known", "granted", "level"),
    [
        ({"is_member": True}, frozenset[str](), Level.OK),
        ({"is_member": True}, None, Level.OK),
        ({}, frozenset({"chat:write"}), Level.OK),
        ({}, None, Level.OK),
        ({"is_private": True}, None, Level.OK),
        ({"is_member": False}, frozenset({"chat:write"}), Level.RED),
        ({"is_member": False}, frozenset({ANYWHERE}), Level.WARN),
        ({"is_member": False}, None, Level.WARN),
        ({"is_member": False, "is_private": True}, frozenset({ANYWHERE}), Level.RED),
        ({"is_member": False, "is_private": True}, None, Level.RED),
        ({"is_archived": True, "is_member": True}, frozenset({ANYWHERE}), Level.RED),
        ({"is_archived": True}, None, Level.RED),
    ],
)
def test_a_channel_is_judged_by_what_slack_says_of_it(
    known: dict[str, object], granted: frozenset[str] | None, level: Level
) -> None:
    found = judge("slack channel C1", {"name": "daily", **known}, granted)
    assert found.level is level
    assert "#daily" in found.told
    assert level is not Level.RED or ("/invite" in found.told or "unarchive" in found.told)


async def test_an_unknown_channel_is_red(side: SlackSide) -> None:
    found = (await findings(side, SLACK_CHANNELS="C0NOWHERE"))["slack channel C0NOWHERE"]
    assert found.level is Level.RED
    assert "SLACK_CHANNELS" in found.told


async def test_no_channel_at_all_is_a_doubt(side: SlackSide) -> None:
    found = (await findings(side, SLACK_CHANNELS=""))["slack channels"]
    assert found.level is Level.WARN
    assert "SLACK_CHANNELS" in found.told


@pytest.mark.parametrize(
    ("method", "about"),
    [
        ("apps.connections.open", "slack app token"),
        ("auth.test", "slack bot token"),
        ("conversations.info", "slack channel C0DAILY01"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.RESET, Kind.GARBAGE])
async def test_a_slack_that_stutters_condemns_nobody(
    side: SlackSide, method: str, about: str, kind: Kind
) -> None:
    side.faults.plan(Fault(method, kind, times=9))
    found = (await findings(side))[about]
    assert found.level is Level.WARN or "cannot be reached" in found.told


async def test_a_clock_that_runs_away_is_red(side: SlackSide) -> None:
    found = await check(settings(side), (), lambda: NOW() + timedelta(minutes=5))
    assert found[0].level is Level.RED
    assert "fast" in found[0].told


async def test_where_nothing_answers_one_line_says_so(side: SlackSide) -> None:
    found = await findings(side, SLACK_API_URL="http://127.0.0.1:1/api/")
    assert list(found) == ["slack api"]
    assert "SLACK_API_URL" in found["slack api"].told
