"""Which of Slack's events are written down, and how much of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.platforms.slack.taken_in import TakenIn, lasting

ME = frozenset({"U0ME", "B0ME"})
SECRET = "the merger fails"


def body(kind: str, **event: object) -> dict[str, Any]:
    told = {"type": kind, "user": "U1", "channel": "C1", "ts": "1.1", **event}
    more = {"authorizations": [{"user_id": "U0ME"}], "token": "verification", "api_app_id": "A1"}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": told, **more}


MENTION = body("app_mention", text="<@U0ME> chery")
DIRECT = body("message", channel="D1", channel_type="im", text="chery")
TALK = {"channel_type": "channel", "thread_ts": "1.0", "text": SECRET}


@pytest.mark.parametrize(
    "event",
    [
        MENTION,
        body("app_mention", text=" <@U0ME|briefing>, chery", thread_ts="1.0"),
        DIRECT,
        body("channel_archive"),
        body("group_deleted"),
        body("channel_unarchive"),
        body("member_left_channel", user="U0ME"),
        body("member_joined_channel", user="U0ME"),
    ],
)
def test_what_people_would_miss_is_kept(event: dict[str, Any]) -> None:
    kept: Any = lasting(event, ME)
    assert kept["event_id"] == "Ev1"
    assert kept["event"].items() <= event["event"].items()
    assert lasting(kept, ME) == kept


@pytest.mark.parametrize(
    "event",
    [
        body("message", **TALK),
        body("message", **{**TALK, "channel_type": "group"}),
        body("message", **{**TALK, "text": f"<@U0ME> {SECRET}"}),
        body("message", subtype="message_changed", message=TALK, channel_type="channel"),
        body("message", subtype="message_deleted", channel="D1", channel_type="im"),
        body("message", channel="D1", channel_type="im", bot_id="B1", text="chery"),
        body("app_mention", text=f"{SECRET}, says <@U0ME>", thread_ts="1.0"),
        body("app_mention", text=f"<@U2> {SECRET} <@U0ME>"),
        body("reaction_added", item={"type": "message", "channel": "C1", "ts": "1.1"}),
        body("app_home_opened"),
        body("member_left_channel", user="U1"),
        body("tokens_revoked"),
        {**MENTION, "event_id": ""},
        {**MENTION, "event": "nonsense"},
        {},
    ],
)
def test_what_is_said_to_others_or_comes_by_itself_again_is_not(event: dict[str, Any]) -> None:
    assert lasting(event, ME) is None


@pytest.mark.parametrize(
    ("event", "own"),
    [
        (body("message", channel="D1", channel_type="im", user="U0ME", text="Heard"), True),
        (body("message", channel="D1", channel_type="im", bot_id="B0ME", text="Heard"), True),
        (body("app_mention", user="U0ME", text="<@U0ME> chery"), True),
        (body("reaction_added", user="U0ME"), True),
        (body("member_joined_channel", user="U0ME"), False),
        (body("message", user="", text="x"), False),
        (MENTION, False),
        (DIRECT, False),
        ({}, False),
    ],
)
async def test_what_the_bot_says_itself_goes_no_further(event: dict[str, Any], own: bool) -> None:
    reached: list[str] = []

    async def go_on() -> None:
        reached.append("desk")

    answered = await TakenIn(None, "slack", ME).take_in(event, go_on)
    assert (reached == []) == own
    assert (answered is not None) == own


def test_nothing_is_kept_that_the_work_does_not_need() -> None:
    rich = {"blocks": [{"text": SECRET}], "files": [{"name": SECRET}], "client_msg_id": "m"}
    kept = lasting(body("app_mention", text="<@U0ME> chery", **rich), ME)
    assert SECRET not in json.dumps(kept)
    assert set(kept or {}) == {"type", "team_id", "event_id", "event"}
