"""What Slack's JSON says that somebody did, and where the answer goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.platforms.port import Asked, Event, Ordered, Person, Place, Pressed, Submitted
from bot.platforms.slack.modal import filled, form_name, place_of
from briefings.intents import decode

NAME = "slack"

_MENTION = re.compile(r"<[@!#][^>]*>")
_LINK = re.compile(r"<(?:[^<>|]*\|)?([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and the ways to answer it."""

    event: Event
    delivery: str
    """What Slack calls this delivery; the same when it delivers the event again."""
    response_url: str | None = None
    """Takes up to 5 messages within 30 minutes; mentions have none.
    https://docs.slack.dev/interactivity/handling-user-interaction"""

    @property
    def asker(self) -> str:
        """The id of whoever did it."""
        person = self.event.person
        return person.id if isinstance(person, Person) else person


def command(body: Mapping[str, object]) -> Heard:
    """Somebody typed a slash command.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    place = Place(NAME, _text(body, "team_id"), _text(body, "channel_id"))
    asked = Asked(_words(_text(body, "text")), place, _text(body, "user_id"))
    return Heard(asked, _text(body, "trigger_id"), _text(body, "response_url") or None)


def order(body: Mapping[str, object], person: Person) -> Heard:
    """Somebody typed `/briefings`; Slack's escapes in it are none of addresses and people."""
    heard = command(body)
    ordered = Ordered(_unescaped(_text(body, "text")), heard.event.place, person)
    return Heard(ordered, heard.delivery, heard.response_url)


def asker(body: Mapping[str, object]) -> tuple[Place, str]:
    """Where a command was typed, or a form was opened, and who did it."""
    if view := _object(body, "view"):
        return place_of(view), _text(_object(body, "user"), "id")
    return command(body).event.place, _text(body, "user_id")


def submission(body: Mapping[str, object], person: Person) -> Heard:
    """Somebody sent a form.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    view = _object(body, "view")
    submitted = Submitted(form_name(view), filled(view), place_of(view), person)
    return Heard(submitted, _text(body, "trigger_id"))


def mention(body: Mapping[str, object]) -> Heard:
    """Somebody mentioned the bot. https://docs.slack.dev/reference/events/app_mention"""
    event = _object(body, "event")
    place = Place(
        NAME, _text(body, "team_id"), _text(event, "channel"), _text(event, "thread_ts") or None
    )
    asked = Asked(_words(_text(event, "text")), place, _text(event, "user"))
    return Heard(asked, _text(body, "event_id"))


def press(body: Mapping[str, object]) -> Heard:
    """Somebody pressed a button.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    place = Place(
        NAME,
        _text(_object(body, "team"), "id"),
        _text(_object(body, "channel"), "id"),
        _thread(body),
    )
    pressed = Pressed(decode(_value(body)), place, _text(_object(body, "user"), "id"))
    return Heard(pressed, _text(body, "trigger_id"), _text(body, "response_url") or None)


def _value(body: Mapping[str, object]) -> str:
    match body.get("actions"):
        case [{"value": str(value)}, *_]:
            return value
        case _:
            return ""


def _thread(body: Mapping[str, object]) -> str | None:
    """The thread in which the message stands; a card that has answers is not in its own."""
    message, container = _object(body, "message"), _object(body, "container")
    thread = _text(message, "thread_ts") or _text(container, "thread_ts")
    return thread if thread and thread != _text(container, "message_ts") else None


def _words(text: str) -> str:
    """What a person typed, out of Slack's escapes.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    return " ".join(_unescaped(_LINK.sub(r"\1", _MENTION.sub(" ", text))).split())


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _object(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(body: Mapping[str, object], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
