"""What Slack's JSON says that somebody did, and where the answer goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.platforms.events import Asked, Event, Ordered, Person, Place, Pressed, Submitted
from bot.platforms.slack.deliveries import digest, key_of, pressed_at, typed_in
from bot.platforms.slack.modal import filled, form_of, place_of
from bot.platforms.slack.typed import unescaped, words
from briefings.forms import FormName
from briefings.intents import OpenForm
from briefings.tokens import decode

NAME = "slack"

_KINDS = {"C": "channel", "G": "group", "D": "im"}
"""https://docs.slack.dev/reference/objects/conversation-object"""


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and the ways to answer it."""

    event: Event
    delivery: str
    """What Slack calls this delivery; the same when it delivers the event again."""
    response_url: str | None = None
    """Takes up to 5 messages within 30 minutes; mentions have none.
    https://docs.slack.dev/interactivity/handling-user-interaction"""

    is_direct: bool = False
    """Whether nobody but the two can see what is said there."""
    trigger: str = field(default="", compare=False)
    """What opens a form, for a moment; the deliveries of some servers share one."""

    @property
    def asker(self) -> str:
        """The id of whoever did it."""
        person = self.event.person
        return person.id if isinstance(person, Person) else person


def command(body: Mapping[str, object]) -> Heard:
    """Somebody typed a slash command.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    place = Place(NAME, text_in(body, "team_id"), text_in(body, "channel_id"))
    trigger, url, who = (text_in(body, each) for each in ("trigger_id", "response_url", "user_id"))
    key = key_of(trigger, typed_in(body) if trigger or url else "")
    asked = Asked(words(text_in(body, "text")), place, who, key)
    return Heard(asked, key, url or None, trigger=trigger)


def order(body: Mapping[str, object], person: Person) -> Heard:
    """Somebody typed `/briefings`; Slack's escapes in it are none of addresses and people."""
    heard = command(body)
    typed = unescaped(text_in(body, "text"))
    ordered = Ordered(typed, heard.event.place, person, heard.delivery)
    return replace(heard, event=ordered)


def asker(body: Mapping[str, object]) -> tuple[Place, str]:
    """Where a command was typed, or a form was opened, and who did it."""
    if view := object_in(body, "view"):
        return place_of(view), text_in(object_in(body, "user"), "id")
    return command(body).event.place, text_in(body, "user_id")


def submission(body: Mapping[str, object], person: Person) -> Heard:
    """Somebody sent a form.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    view = object_in(body, "view")
    form, subject = form_of(view)
    key = _key(body, text_in(view, "id"), text_in(view, "hash"), digest(view.get("state")))
    return Heard(Submitted(form, filled(view), place_of(view), person, subject, key), key)


def mention(body: Mapping[str, object]) -> Heard:
    """Somebody mentioned the bot. https://docs.slack.dev/reference/events/app_mention"""
    event = object_in(body, "event")
    place = Place(
        NAME,
        text_in(body, "team_id"),
        text_in(event, "channel"),
        text_in(event, "thread_ts") or None,
    )
    key = text_in(body, "event_id")
    return Heard(Asked(words(text_in(event, "text")), place, text_in(event, "user"), key), key)


def shortcut(body: Mapping[str, object]) -> Heard:
    """Somebody chose a message's shortcut: they look for what the message says.

    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """
    message = object_in(body, "message")
    where = text_in(object_in(body, "channel"), "id")
    thread = text_in(message, "thread_ts")
    place = Place(NAME, text_in(object_in(body, "team"), "id"), where, thread or None)
    key, who = _key(body, text_in(body, "action_ts")), text_in(object_in(body, "user"), "id")
    asked = Asked(words(text_in(message, "text")), place, who, key)
    return Heard(asked, key, text_in(body, "response_url") or None)


def beginning(body: Mapping[str, object]) -> Heard:
    """Somebody chose the shortcut that is there everywhere: they begin a briefing.

    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """
    place = Place(NAME, text_in(object_in(body, "team"), "id"), "")
    key, who = _key(body, text_in(body, "action_ts")), text_in(object_in(body, "user"), "id")
    began = Pressed(OpenForm(FormName.WRITE.value), place, who, key)
    return Heard(began, key, trigger=text_in(body, "trigger_id"))


def direct(body: Mapping[str, object]) -> Heard | None:
    """Somebody wrote to the bot directly; nothing for what is no message of a person.

    https://docs.slack.dev/reference/events/message.im
    """
    event = object_in(body, "event")
    silent = {"subtype", "bot_id", "hidden"} & set(event)
    if silent or kind_in(event) != "im" or not text_in(event, "user"):
        return None
    heard = mention(body)
    return replace(heard, is_direct=True)


def press(body: Mapping[str, object]) -> Heard:
    """Somebody pressed a button, or picked from a menu.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    place = Place(
        NAME,
        text_in(object_in(body, "team"), "id"),
        text_in(object_in(body, "channel"), "id"),
        _thread(body),
    )
    key, who = _key(body, pressed_at(body.get("actions"))), text_in(object_in(body, "user"), "id")
    pressed = Pressed(decode(_value(body)), place, who, key)
    url, trigger = text_in(body, "response_url") or None, text_in(body, "trigger_id")
    return Heard(pressed, key, url, trigger=trigger)


def _value(body: Mapping[str, object]) -> str:
    """The token of what was pressed or picked; none where it could be either."""
    match body.get("actions"):
        case [{"type": "static_select", "selected_option": {"value": str(value)}}, *_]:
            return value
        case [{"type": "static_select"}, *_]:
            return ""
        case [{"value": str(value)}, *_]:
            return value
        case _:
            return ""


def _key(body: Mapping[str, object], *more: str) -> str:
    return key_of(text_in(body, "trigger_id"), *more)


def _thread(body: Mapping[str, object]) -> str | None:
    """The thread in which the message stands; a card that has answers is not in its own."""
    message, container = object_in(body, "message"), object_in(body, "container")
    thread = text_in(message, "thread_ts") or text_in(container, "thread_ts")
    return thread if thread and thread != text_in(container, "message_ts") else None


def kind_in(event: Mapping[str, object]) -> str:
    """Where a message stands: its `channel_type`, and where that lacks what its channel's id says.

    https://docs.slack.dev/reference/events/message
    """
    return text_in(event, "channel_type") or _KINDS.get(text_in(event, "channel")[:1], "")


def object_in(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def text_in(body: Mapping[str, object], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
