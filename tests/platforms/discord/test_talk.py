"""What is said in threads, as it is read from Discord's messages; and what is read again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.platforms.discord.talk import said, sign, signs
from bot.platforms.events import Place

PLACE = Place("discord", "1", "2", "3")
NUMBER = "1290000000000000000"
"""An id of the autumn of 2024."""


def message(**changes: Any) -> dict[str, Any]:
    plain = {"id": NUMBER, "type": 0, "author": {"id": "7"}, "content": "Indeed"}
    return {**plain, **changes}


def test_a_message_of_a_person_is_read_with_its_time_and_words() -> None:
    read = said(message(), PLACE, reads=True)
    assert read
    assert (read.place, read.person, read.message) == (PLACE, "7", NUMBER)
    assert (read.text, read.to) == ("Indeed", None)
    assert read.at.replace(microsecond=0) == datetime(2024, 9, 29, 17, 19, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "text"),
    [({"content": "Indeed"}, None), ({"content": ""}, None), ({"content": None}, None)],
)
def test_words_that_the_bot_was_not_let_read_are_left_out(
    changes: dict[str, Any], text: str | None
) -> None:
    read = said(message(**changes), PLACE, reads=False)
    assert read
    assert read.text is text


@pytest.mark.parametrize(
    "changes",
    [
        {"author": {"id": "7", "bot": True}},
        {"webhook_id": "9"},
        {"type": 6},
        {"type": 18},
        {"type": 21},
        {"type": None},
    ],
)
def test_what_no_person_said_is_nothing(changes: dict[str, Any]) -> None:
    assert said(message(**changes), PLACE, reads=True) is None


@pytest.mark.parametrize(
    ("reference", "to"),
    [
        ({"message_id": "5", "type": 0}, "5"),
        ({"message_id": 5}, "5"),
        ({"message_id": "5", "type": 1}, None),
        ({"channel_id": "5"}, None),
        (None, None),
    ],
)
def test_an_answer_names_what_it_answers_and_what_is_passed_on_does_not(
    reference: object, to: str | None
) -> None:
    read = said(message(type=19, message_reference=reference), PLACE, reads=True)
    assert read
    assert read.to == to


@pytest.mark.parametrize(
    ("emoji", "written"),
    [
        ({"id": None, "name": "👍"}, "👍"),
        ({"name": "👍"}, "👍"),
        ({"id": "4200", "name": "party"}, ":party:"),
        ({"id": "4200", "name": None}, ":4200:"),
        ({}, ""),
    ],
)
def test_a_sign_is_the_emoji_as_it_is_written(emoji: dict[str, Any], written: str) -> None:
    assert sign(emoji) == written


def test_signs_are_counted_without_those_of_the_bot() -> None:
    told = [
        {"emoji": {"name": "👍"}, "count": 3, "me": True},
        {"emoji": {"name": "🎉"}, "count": 1, "me": True},
        {"emoji": {"id": "1", "name": "party"}, "count": 2},
        {"emoji": {"id": "2", "name": "party"}, "count": 1},
    ]
    assert signs(message(reactions=told)) == {"👍": 2, ":party:": 3}
    assert signs(message()) == {}
