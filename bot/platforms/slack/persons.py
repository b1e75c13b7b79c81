"""People in what was drawn: a `user` element stands for each until the message is sent.

None is ever sent: it pings whoever it names, and Slack nowhere says that it does not do so in what
one person sees alone. What is sent has the name in plain words.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from bot.platforms.port import Payload
from bot.platforms.slack.escape import escape, upright
from bot.platforms.slack.typed import unescaped
from briefings.tongue import mark, say

Json: TypeAlias = dict[str, object]

NAME = 40
"""Code points of a name that are shown: what was drawn keeps its limits with it."""

_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
_TOKEN = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|([^<>|]*))?>")
"""Only we write such a token: all else that is drawn has its `<` escaped."""

NOBODY = mark("somebody")
"""Who stands for a person whom Slack does not name; drawn along where it is not said in English."""


def user_of(person: str | None) -> str | None:
    """The id of somebody whom Slack can name."""
    return person if person and _ID.fullmatch(person) else None


def token(user: str) -> str:
    """What names somebody in `text` and mrkdwn.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    nobody = say(NOBODY)
    return f"<@{user}>" if nobody == NOBODY else f"<@{user}|{escape(nobody)}>"


def element(user: str) -> Json:
    """What names somebody in `rich_text`."""
    nobody = say(NOBODY)
    return {"type": "user", "user_id": user, **({} if nobody == NOBODY else {"name": nobody})}


def people_in(drawn: object) -> frozenset[str]:
    """The ids of all whom a payload names."""
    return frozenset(_people(drawn))


def named(payload: Payload, names: Mapping[str, str]) -> Payload:
    """The payload with names as plain words in place of people."""
    return {key: _named(value, names) for key, value in payload.items()}


def _people(drawn: object) -> Iterator[str]:
    match drawn:
        case str():
            yield from (found[1] for found in _TOKEN.finditer(drawn))
        case {"type": "text" | "plain_text" | "raw_text"}:
            return
        case {"type": "user", "user_id": str(user)}:
            yield user
        case Mapping():
            for name, value in drawn.items():
                if name in {"text", "blocks", "elements", "rows"}:
                    yield from _people(value)
        case list():
            for each in drawn:
                yield from _people(each)
        case _:
            return


def _named(drawn: object, names: Mapping[str, str]) -> object:
    match drawn:
        case str():
            return _TOKEN.sub(lambda found: _told(found, names), drawn)
        case {"type": "user", "user_id": str(user), "name": str(nobody), **more}:
            return {"type": "text", "text": upright(_name(user, names, nobody)), **more}
        case {"type": "user", "user_id": str(user), **more}:
            return {"type": "text", "text": upright(_name(user, names)), **more}
        case {"type": "mrkdwn", "text": str(said)} if found := _TOKEN.fullmatch(said):
            name = _name(found[1], names, unescaped(found[2] or NOBODY))
            return {"type": "plain_text", "text": upright(name), "emoji": False}
        case {"type": "text" | "plain_text" | "raw_text"}:
            return drawn
        case Mapping():
            return {name: _named(value, names) for name, value in drawn.items()}
        case list():
            return [_named(each, names) for each in drawn]
        case _:
            return drawn


def _told(found: re.Match[str], names: Mapping[str, str]) -> str:
    return escape(_name(found[1], names, unescaped(found[2] or NOBODY)))


def _name(user: str, names: Mapping[str, str], nobody: str = NOBODY) -> str:
    return names.get(user, nobody)[:NAME].strip() or nobody
