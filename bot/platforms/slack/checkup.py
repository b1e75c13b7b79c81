"""Whether the bot can do its work in the Slack workspace: tokens, scopes, channels, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.errors import PlatformError, PostError, PostRefused
from bot.findings import Finding, Level
from bot.platforms.clocks import SECONDS, ask_time, compare
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.failures import FAILURES, code, refusal
from bot.platforms.slack.manifest import HANDLE
from bot.platforms.slack.scopes import SCOPES, lacking
from bot.platforms.slack.settings import Settings

NO_CHANNEL = (
    "SLACK_CHANNELS names no channel, so nothing is posted by itself: open the channel's details"
    " in Slack, and copy its id from below."
)
UNSEEN = "missing_scope"
ANYWHERE = "chat:write.public"
HTTP = Finding(
    "slack http",
    Level.OK,
    "Slack is to post to /slack/events at the bot's public address: SLACK_SIGNING_SECRET is set.",
)
NO_SCOPES = "Slack did not say which scopes the bot token has: compare them with the manifest."


async def check(
    settings: Settings, channels: Sequence[str], now: Callable[[], datetime]
) -> tuple[Finding, ...]:
    """One finding a thing, each with what to do about it; nothing is changed in the workspace."""
    url = settings.slack_api_url.rstrip("/")
    try:
        theirs = await ask_time(f"{url}/api.test", "SLACK_API_URL")
    except PlatformError as error:
        return (Finding("slack api", Level.RED, str(error)),)
    clock = compare("slack clock", theirs, now())
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    calls = Calls(token, settings.slack_api_url, SECONDS)
    try:
        way_in = HTTP if settings.by_http else await _check_app(calls, settings)
        return (clock, way_in, *await _check_bot(calls, channels))
    finally:
        await calls.close()


async def _check_app(calls: Calls, settings: Settings) -> Finding:
    """Ask for a socket, and leave it unused.

    https://docs.slack.dev/reference/methods/apps.connections.open
    """
    about = "slack app token"
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    try:
        await calls.web.apps_connections_open(app_token=token)
    except FAILURES as error:
        if why := refusal(error):
            return Finding(
                about,
                Level.RED,
                f"Slack refuses SLACK_APP_TOKEN ({why}): create an app-level token with"
                " connections:write under Basic Information, and turn Socket Mode on.",
            )
        return Finding(about, Level.WARN, _silent(error))
    return Finding(about, Level.OK, "Slack opens a connection for it.")


async def _check_bot(calls: Calls, channels: Sequence[str]) -> tuple[Finding, ...]:
    about = "slack bot token"
    try:
        await calls.identify()
        said = await calls.web.auth_test()
    except PlatformError as error:
        return (Finding(about, Level.RED, str(error)),)
    except FAILURES as error:
        return (Finding(about, Level.WARN, _silent(error)),)
    place = f"It is @{said.get('user')} in the workspace {said.get('team')}."
    granted = granted_in(said.headers)
    spots = [await _check_channel(calls, channel, granted) for channel in channels]
    return (
        Finding(about, Level.OK, place),
        check_scopes(said.headers),
        *(spots or [Finding("slack channels", Level.WARN, NO_CHANNEL)]),
    )


def check_scopes(headers: Mapping[str, str]) -> Finding:
    """What the token may do, by the headers of any answer.

    https://docs.slack.dev/legacy/legacy-authentication/legacy-oauth-scopes
    """
    about = "slack scopes"
    granted = granted_in(headers)
    if granted is None:
        return Finding(about, Level.WARN, NO_SCOPES)
    missing = lacking(granted)
    if not missing:
        return Finding(about, Level.OK, f"All {len(SCOPES)} that the bot needs are granted.")
    level = Level.RED if any(each.without is Level.RED for each in missing) else Level.WARN
    named = ", ".join(f"{each.name} ({each.why})" for each in missing)
    return Finding(
        about,
        level,
        f"The bot token lacks {named}: add it under OAuth & Permissions at"
        " https://api.slack.com/apps, and install the app again.",
    )


def granted_in(headers: Mapping[str, str]) -> frozenset[str] | None:
    """The scopes that the headers of an answer tell; nothing where they tell none."""
    said = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return None if said is None else frozenset(each.strip() for each in said.split(","))


async def _check_channel(calls: Calls, channel: str, granted: frozenset[str] | None) -> Finding:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    about = f"slack channel {channel}"
    try:
        said = (await calls.read("conversations.info", {"channel": channel})).get("channel")
    except PostRefused as error:
        # The bot may post to a private channel that it may not look at.
        unseen = isinstance(error.__cause__, Exception) and code(error.__cause__) == UNSEEN
        return Finding(about, Level.WARN if unseen else Level.RED, str(error))
    except PostError as error:
        return Finding(about, Level.WARN, _silent(error))
    return judge(about, said if isinstance(said, Mapping) else {}, granted)


def judge(about: str, known: Mapping[str, object], granted: frozenset[str] | None) -> Finding:
    """Whether posts reach a channel of this description, with the scopes that are told.

    https://docs.slack.dev/reference/scopes/chat.write.public
    """
    name = f"#{known.get('name', '')}"
    if known.get("is_archived"):
        told = f"{name} is archived: unarchive it, or take it out of SLACK_CHANNELS."
        return Finding(about, Level.RED, told)
    if known.get("is_member"):
        return Finding(about, Level.OK, f"The bot is in {name}.")
    if "is_member" not in known:  # some servers that speak Slack's language leave it out
        return Finding(about, Level.OK, f"{name} is there; Slack does not say who is in it.")
    invite = f"type /invite @{HANDLE} there."
    if known.get("is_private") or (granted is not None and ANYWHERE not in granted):
        return Finding(about, Level.RED, f"The bot is not in {name}: {invite}")
    told = f"The bot is not in {name}, where it may post and hears no discussion: {invite}"
    if granted is None:
        told = f"The bot is not in {name}, and Slack does not say whether it may post: {invite}"
    return Finding(about, Level.WARN, told)


def _silent(error: Exception) -> str:
    return f"Slack gave no clear answer ({type(error).__name__}): wait a minute and check again."
