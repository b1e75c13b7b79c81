"""The calls that carry a post, and how a message is known again."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import Stencil, body, is_marked, mark, requests, thread
from bot.platforms.discord.room import ROOM
from briefings.message import Message, Post
from tests.platforms.samples import POST, SAMPLES


def test_a_post_is_a_card_a_thread_and_everything_else_in_it() -> None:
    calls = [(call.method, call.path) for call in requests(POST, "42")]
    assert calls[:2] == [
        ("POST", "/channels/42/messages"),
        ("POST", "/channels/42/messages/{card}/threads"),
    ]
    parts = sum(len(draw(part)) for part in POST.parts)
    assert calls[2:] == [("POST", "/channels/{thread}/messages")] * parts


def test_a_card_alone_opens_no_thread() -> None:
    assert len(requests(Post(SAMPLES["card"]), "42")) == 1


def test_what_a_card_can_not_hold_goes_into_its_thread() -> None:
    paths = [call.path for call in requests(Post(SAMPLES["long"]), "42")]
    assert paths[0] == "/channels/42/messages"
    assert set(paths[2:]) == {"/channels/{thread}/messages"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stencil_says_what_the_body_says(name: str) -> None:
    for payload in draw(SAMPLES[name]):
        for marker in ("marker", 'a "strange" one', "\n"):
            filled = json.loads(Stencil.of(payload).filled(marker))
            assert filled == json.loads(json.dumps(body(payload, marker)))


def test_a_message_carries_its_marker_as_nonce_and_as_the_containers_id() -> None:
    (payload,) = draw(SAMPLES["card"])
    sent = body(payload, "marker")
    assert sent["nonce"] == "marker"
    assert sent["enforce_nonce"] is True
    assert sent["components"][0]["id"] == mark("marker")  # type: ignore[index]
    assert "id" not in payload["components"][0]  # type: ignore[index]


@given(st.text(), st.text())
def test_a_message_is_known_by_its_own_marker_alone(marker: str, other: str) -> None:
    sent = body(draw(SAMPLES["card"])[0], marker)
    without_nonce = {"components": sent["components"]}
    assert is_marked(without_nonce, marker)
    assert is_marked(without_nonce, other) == (marker == other)
    assert is_marked({"nonce": marker}, marker)


@given(st.text())
def test_a_mark_is_an_id_that_discord_takes_and_never_gives(marker: str) -> None:
    assert 2**30 <= mark(marker) < 2**31


def test_a_message_that_is_not_ours_is_not_known() -> None:
    assert not is_marked({"content": "hi"}, "marker")


def test_a_thread_has_a_name_and_stays_as_long_as_it_may() -> None:
    assert thread("The summit") == {"name": "The summit", "auto_archive_duration": 10080}
    assert thread("\u202e") == {"name": "Briefing", "auto_archive_duration": 10080}
    assert len(str(thread("word " * 50)["name"])) <= 100


def test_the_room_draws_without_discord_py() -> None:
    code = "import sys, bot.platforms.discord.room; sys.exit('discord' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_room_draws_and_lists_calls_without_a_connection() -> None:
    assert ROOM.name == "discord"
    assert ROOM.draw(Message("T", ())) == draw(Message("T", ()))
    assert ROOM.requests(POST, "42") == requests(POST, "42")
