"""What a failed call to Slack means."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from slack_sdk.errors import SlackApiError

from bot.errors import ChannelLost, PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.slack.failures import PAUSE, failure


def api_error(response: object) -> SlackApiError:
    return SlackApiError("failed", response)  # type: ignore[no-untyped-call] # the SDK's own omission


def answered(status: int, data: object, **headers: str) -> SlackApiError:
    """As the SDK raises it for an answer that it could read."""
    response = SimpleNamespace(status_code=status, data=data, headers=headers)
    return api_error(response)


def unreadable(status: int, **headers: str) -> SlackApiError:
    """As the SDK raises it for a body that is not JSON: with aiohttp's own response."""
    return api_error(SimpleNamespace(status=status, headers=headers))


@pytest.mark.parametrize(
    ("error", "meant", "says"),
    [
        (answered(200, {"error": "channel_not_found"}), ChannelLost, "SLACK_CHANNELS"),
        (answered(200, {"error": "not_in_channel"}), ChannelLost, "/invite"),
        (answered(200, {"error": "is_archived"}), ChannelLost, "unarchive"),
        (answered(200, {"error": "restricted_action"}), ChannelLost, "administrator"),
        (answered(200, {"error": "missing_scope", "needed": "chat:write"}), PostRefused, "chat:w"),
        (answered(200, {"error": "token_revoked"}), PostRefused, "SLACK_BOT_TOKEN"),
        (answered(200, {"error": "msg_blocks_too_long"}), PostRefused, "too long"),
        (answered(200, {"error": "never_heard_of"}), PostRefused, "never_heard_of"),
        (answered(200, {"error": "internal_error"}), PostUnknown, "internal_error"),
        (answered(200, {}), PostUnknown, "status 200"),
        (answered(500, ""), PostUnknown, "status 500"),
        (answered(503, {"error": "x"}), PostUnknown, "x"),
        (answered(200, {"error": "ratelimited"}), PostDelayed, "slow down"),
        (answered(429, ""), PostDelayed, "slow down"),
        (unreadable(429), PostDelayed, "slow down"),
        (answered(404, {}), PostRefused, "status 404"),
        (unreadable(405), PostRefused, "status 405"),
        (unreadable(403), PostUnknown, "status 403"),
        (unreadable(502), PostUnknown, "status 502"),
        (unreadable(200), PostUnknown, "status 200"),
        (api_error(None), PostUnknown, "status 0"),
        (TimeoutError(), PostUnknown, "TimeoutError"),
        (AttributeError(), PostUnknown, "AttributeError"),
    ],
)
def test_a_failure_is_refused_delayed_or_unknown(
    error: Exception, meant: type[PostError], says: str
) -> None:
    found = failure("C0DAILY01", error)
    assert type(found) is meant
    assert says in str(found)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("", PAUSE), ("soon", PAUSE), ("-1", PAUSE), ("inf", PAUSE)],
)
def test_slack_says_how_long_to_wait(said: str, seconds: float) -> None:
    for error in (
        answered(429, {}, **{"Retry-After": said}),
        unreadable(429, **{"Retry-After": said}),
    ):
        found = failure("C0DAILY01", error)
        assert isinstance(found, PostDelayed)
        assert found.seconds == seconds
