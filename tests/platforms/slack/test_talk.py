"""What Slack tells of talk in threads, read as talk: nothing of ours, nothing outside threads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.events import Place
from bot.platforms.slack.talk import Ears, mentioned, moment, recalled, spoken, talk
from bot.platforms.talk import Reacted, Said, Unsaid

EARS = Ears(frozenset({"U0BOT", "B0BOT"}), {"U1": "Alice A."})
PLACE = Place("slack", "T1", "C1", "1795000000.000100")
AT = datetime(2026, 11, 18, 11, 6, 41, 200, tzinfo=UTC)
REPLY = {
    "type": "message",
    "user": "U1",
    "text": "Hello",
    "ts": "1795000001.000200",
    "thread_ts": "1795000000.000100",
    "channel": "C1",
    "channel_type": "channel",
}


def event(**changed: Any) -> dict[str, object]:
    told = {**REPLY, **changed}
    return {"team_id": "T1", "event": {key: each for key, each in told.items() if each is not None}}


def heard(**changed: Any) -> Any:
    return talk(event(**changed), EARS)


def test_a_reply_in_a_thread_is_something_said() -> None:
    assert heard() == Said(PLACE, "U1", "1795000001.000200", AT, "Hello")
    assert heard(channel_type="group") == heard()
    assert heard(subtype="thread_broadcast") == heard()
    assert heard(subtype="file_share", text="").text == ""


@pytest.mark.parametrize(
    "otherwise",
    [
        {"thread_ts": None},
        {"thread_ts": REPLY["ts"]},
        {"channel_type": "im"},
        {"channel_type": "mpim"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"bot_id": "B7"},
        {"user": "U0BOT"},
        {"user": None},
        {"ts": "soon"},
        {"ts": "99999999999999999999.1"},
        {"text": "<@U0BOT> chery"},
        {"text": "<@U0BOT|briefing> chery"},
    ],
)
def test_what_is_no_reply_of_a_person_to_all_is_nothing(otherwise: dict[str, Any]) -> None:
    assert heard(**otherwise) is None


def test_a_reply_is_heard_where_the_kind_of_its_channel_is_not_told() -> None:
    assert heard(channel_type=None).text == "Hello"
    assert heard(channel_type=None, channel="D1") is None


def test_an_edit_is_what_is_said_by_now() -> None:
    message = {**REPLY, "text": "Hello again", "edited": {"user": "U1", "ts": "1795000009.000000"}}
    found = heard(subtype="message_changed", message=message, ts="1795000009.000100")
    assert (found.message, found.text, found.at) == (REPLY["ts"], "Hello again", AT)
    assert heard(subtype="message_changed", message={**message, "bot_id": "B0BOT"}) is None
    assert heard(subtype="message_changed", message="?") is None


def test_a_deletion_is_told_wherever_the_message_stood_in_a_thread() -> None:
    gone: dict[str, Any] = {"subtype": "message_deleted", "deleted_ts": REPLY["ts"]}
    assert heard(**gone, previous_message=REPLY) == Unsaid(PLACE, REPLY["ts"])
    assert heard(**gone) == Unsaid(Place("slack", "T1", "C1"), REPLY["ts"])
    assert heard(**gone, previous_message={**REPLY, "thread_ts": ""}) is None
    assert heard(**gone, previous_message={**REPLY, "bot_id": "B0BOT"}) is None
    assert heard(subtype="message_deleted") is None
    stone = {"subtype": "tombstone", "user": "USLACKBOT", "ts": REPLY["ts"]}
    assert heard(subtype="message_changed", message=stone).message == REPLY["ts"]


@pytest.mark.parametrize(("kind", "away"), [("reaction_added", False), ("reaction_removed", True)])
def test_a_reaction_is_read_without_its_skin_tone(kind: str, away: bool) -> None:
    item = {"type": "message", "channel": "C1", "ts": "1795000001.000200"}
    told: dict[str, Any] = {"type": kind, "reaction": "+1::skin-tone-3", "item": item}
    where = Place("slack", "T1", "C1")
    assert heard(**told) == Reacted(where, "1795000001.000200", "U1", "+1", away)
    assert heard(**{**told, "item": {"type": "file"}}) is None
    assert heard(**{**told, "reaction": None}) is None
    assert heard(**{**told, "user": None}) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<@U1> and <@U2> and <@U3|carol>", "@Alice A. and @somebody and @carol"),
        ("see <#C9|general> and <#C9>", "see #general and #channel"),
        ("<!here> <!subteam^S1|@ops> <!date^1^x|today>", "@here @ops today"),
        ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
        ("<https://a.example|a.example>", "https://a.example"),
        ("<https://a.example/x|the report>", "the report (https://a.example/x)"),
        ("<mailto:a@b.example|a@b.example>", "mailto:a@b.example"),
    ],
)
def test_text_is_read_without_marks(written: str, read: str) -> None:
    assert spoken(written, EARS.names) == read


@given(st.text(alphabet="<>|@#!&;abU1 ", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(spoken(text, {}), str)


def test_names_are_asked_for_where_they_lack() -> None:
    body = event(text="<@U1> <@W2> <@U3|carol> <#C1>", message={"text": "<@U4>"})
    assert mentioned(body) == {"U1", "W2", "U4"}


def test_a_page_tells_what_people_said_and_how_many_reacted() -> None:
    signs = [
        {"name": "+1", "count": 2, "users": ["U1"]},
        {"name": "+1::skin-tone-2", "count": 1},
        {"name": "eyes", "count": 0},
        "?",
    ]
    page: dict[str, object] = {
        "messages": [
            {**REPLY, "ts": REPLY["thread_ts"], "bot_id": "B0BOT"},
            {**REPLY, "reactions": signs},
            {**REPLY, "ts": "1795000002.000000", "bot_id": "B0BOT"},
            {**REPLY, "ts": "1795000003.000000", "text": "<@U0BOT> chery"},
            "?",
        ],
        "response_metadata": {"next_cursor": "bmV4dA=="},
    }
    told = recalled(page, PLACE, EARS)
    assert told.said == (Said(PLACE, "U1", "1795000001.000200", AT, "Hello"),)
    assert told.signs == {"1795000001.000200": {"+1": 3}}
    assert told.more == "bmV4dA=="
    assert recalled({}, PLACE, EARS).more is None


def test_the_fraction_of_a_moment_counts() -> None:
    early = moment("1795000001.000200")
    assert early == AT
    assert moment("1795000001.000201") != early
