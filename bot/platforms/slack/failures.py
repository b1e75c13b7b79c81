"""What a failed call to Slack means: refused for good, to be tried later, or nobody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import ChannelLost, PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.slack import refusals
from bot.platforms.slack.absence import ARCHIVED, REMOVED, RESTRICTED, UNKNOWN
from bot.platforms.slack.refusals import OTHERWISE, SENTENCES

FAILURES = (SlackClientError, ClientError, OSError, TimeoutError, ValueError, AttributeError)
"""All that the SDK lets through; it trips over an unreadable body with the last two."""

PAUSE = 30.0
"""Seconds to wait where Slack does not say for how long."""

_SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")

NO_METHOD = frozenset({404, 405})
"""Statuses of a server that does not know the method, so that nothing was done."""

_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"}
_UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
"""Errors after which part of the work may be done.
https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

_LOST = {
    "channel_not_found": UNKNOWN,
    "not_in_channel": REMOVED,
    "is_archived": ARCHIVED,
    "restricted_action": RESTRICTED,
    "restricted_action_read_only_channel": RESTRICTED,
    "restricted_action_thread_only_channel": RESTRICTED,
}
"""Why nothing at all can be posted there."""


class BlocksRefused(PostRefused):
    """Slack refuses what the message is made of, perhaps a picture that it cannot fetch."""


def failure(channel: str, error: Exception) -> PostError:
    """The failure of a call about a channel, as the rest of the bot knows it."""
    match error:
        case SlackApiError():
            headers = getattr(error.response, "headers", {})
            return answered(channel, _status(error), _said(error), headers)
        case ClientConnectorError() | ConnectionTimeoutError():
            return PostDelayed(refusals.UNREACHED.format(channel=channel), 5.0)
        case _:
            return _unknown(channel, type(error).__name__)


def answered(channel: str, status: int, said: object, headers: Mapping[str, str]) -> PostError:
    """What an answer other than success means."""
    answer = said if isinstance(said, Mapping) else {}
    found = answer.get("error")
    name = found if isinstance(found, str) else ""
    if status == 429 or name in _LIMITED:
        sentence = refusals.SLOWER.format(channel=channel)
        return PostDelayed(sentence, _wait(headers), limited=True)
    if status in NO_METHOD and not name:
        return PostRefused(OTHERWISE.format(channel=channel, error=f"status {status}"))
    if status >= 500 or not name or name in _UNSURE:
        return _unknown(channel, name or f"status {status}")
    needed = answer.get("needed", "")
    sentence = SENTENCES.get(name, OTHERWISE).format(channel=channel, error=name, needed=needed)
    if name in _LOST:
        return ChannelLost(sentence, _LOST[name])
    return BlocksRefused(sentence) if name == "invalid_blocks" else PostRefused(sentence)


def refusal(error: Exception) -> str:
    """Slack's own name for why it does not let us in; empty where it may do so later."""
    name = code(error)
    return "" if name in _UNSURE | _LIMITED else name


def code(error: Exception) -> str:
    """Slack's own name of the error; empty where there was no readable answer."""
    found = _said(error).get("error")
    return found if isinstance(found, str) else ""


def is_no_method(error: SlackApiError) -> bool:
    """Whether a server says that it does not know what was called, or not so."""
    return _status(error) in NO_METHOD and not code(error)


def _unknown(channel: str, why: str) -> PostUnknown:
    return PostUnknown(refusals.UNKNOWN.format(channel=channel, why=why))


def _said(error: Exception) -> Mapping[str, object]:
    found = getattr(getattr(error, "response", None), "data", None)
    return found if isinstance(found, Mapping) else {}


def _status(error: SlackApiError) -> int:
    """The status, also where the SDK hands over aiohttp's response for an unreadable body.

    https://github.com/slackapi/python-slack-sdk/issues/1693
    """
    response = error.response
    found = getattr(response, "status_code", None) or getattr(response, "status", None)
    return found if isinstance(found, int) else 0


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds, from `Retry-After`. https://docs.slack.dev/apis/web-api/rate-limits"""
    said = headers.get("Retry-After", "")
    return float(said) if _SECONDS.fullmatch(said) else PAUSE
