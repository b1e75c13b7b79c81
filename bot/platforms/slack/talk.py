"""What Slack's JSON says that people said in a thread, took back, or put a sign under.

https://docs.slack.dev/reference/events/message
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.platforms.abilities import Recalled
from bot.platforms.events import Place
from bot.platforms.slack.inbound import NAME, kind_in, object_in, text_in
from bot.platforms.talk import Reacted, Said, Talk, Unsaid

SPOKEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of what people say; all others tell of something.
https://docs.slack.dev/reference/events/message#subtypes"""

THREADS = frozenset({"channel", "group"})
"""Where discussions are: `channel_type` of public and of private channels."""

_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_TONE = re.compile(r"::skin-tone-[2-6]$")


@dataclass(frozen=True, slots=True)
class Ears:
    """Whose they are: the bot's own ids; and what people are called, by their ids."""

    me: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


def talk(body: Mapping[str, object], ears: Ears) -> Talk | None:
    """What somebody did in a thread; nothing for what is none of that, or is a bot's."""
    event, team = object_in(body, "event"), text_in(body, "team_id")
    if text_in(event, "type") in {"reaction_added", "reaction_removed"}:
        return _reacted(event, team)
    if kind_in(event) not in THREADS:
        return None
    channel = text_in(event, "channel")
    match text_in(event, "subtype"):
        case "message_changed":
            return _changed(object_in(event, "message"), Place(NAME, team, channel), ears)
        case "message_deleted":
            return _deleted(event, Place(NAME, team, channel))
        case _:
            return said(event, Place(NAME, team, channel), ears)


def said(message: Mapping[str, object], place: Place, ears: Ears) -> Said | None:
    """A message as what somebody said in a thread; nothing for all others."""
    thread, ts = text_in(message, "thread_ts"), text_in(message, "ts")
    who, text = text_in(message, "user"), text_in(message, "text")
    if not thread or thread == ts or not who or _is_no_talk(message, ears.me):
        return None
    if (at := moment(ts)) is None:
        return None
    where = Place(place.platform, place.workspace, place.channel, thread)
    return Said(where, who, ts, at, spoken(text, ears.names))


def mentioned(body: Mapping[str, object]) -> frozenset[str]:
    """The ids of people whose names are wanted to read an event."""
    event = object_in(body, "event")
    return people_in(text_in(event, "text") + text_in(object_in(event, "message"), "text"))


def people_in(text: str) -> frozenset[str]:
    """The ids of people that a text mentions without their names."""
    found = (each for each in _TOKEN.finditer(text) if not each[2])
    return frozenset(each[1][1:] for each in found if each[1][:2] in {"@U", "@W"})


def recalled(page: Mapping[str, object], place: Place, ears: Ears) -> Recalled:
    """A page of `conversations.replies`; `place` has the thread.

    https://docs.slack.dev/reference/methods/conversations.replies
    """
    listed = messages_in(page)
    kept = [(each, heard) for each in listed if (heard := said(each, place, ears))]
    signs = {heard.message: _signs(each) for each, heard in kept}
    cursor = text_in(object_in(page, "response_metadata"), "next_cursor")
    return Recalled(tuple(heard for _, heard in kept), signs, cursor or None)


def messages_in(page: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """The messages of a page."""
    listed = page.get("messages")
    return tuple(e for e in listed if isinstance(e, Mapping)) if isinstance(listed, list) else ()


def moment(ts: str) -> datetime | None:
    """When a message came, by its `ts`: seconds, and a fraction that makes it unique."""
    seconds, _, fraction = ts.partition(".")
    if not (seconds.isdecimal() and len(seconds) <= 11 and fraction.isdecimal()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(seconds=float(f"0.{fraction}"))


def spoken(text: str, names: Mapping[str, str]) -> str:
    """What somebody wrote, without Slack's marks: nothing in it is live.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    plain = _TOKEN.sub(lambda found: _read(found[1], found[2] or "", names), text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _read(target: str, label: str, names: Mapping[str, str]) -> str:
    match target[:1]:
        case "@":
            return f"@{label or names.get(target[1:], 'somebody')}"
        case "#":
            return f"#{label or 'channel'}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            same = not label or target.endswith(label)
            return target if same else f"{label} ({target})"


def _is_no_talk(message: Mapping[str, object], me: frozenset[str]) -> bool:
    """Whether a bot says it, or nobody, or whether it is meant for the bot rather than for all."""
    opening = _TOKEN.match(text_in(message, "text"))
    to_me = opening is not None and opening[1].removeprefix("@") in me
    mine = text_in(message, "user") in me or bool(message.get("bot_id"))
    return to_me or mine or text_in(message, "subtype") not in SPOKEN


def _changed(message: Mapping[str, object], place: Place, ears: Ears) -> Said | Unsaid | None:
    """https://docs.slack.dev/reference/events/message/message_changed"""
    if text_in(message, "subtype") == "tombstone":  # it had answers, which stay
        return Unsaid(place, text_in(message, "ts"))
    return said(message, place, ears)


def _deleted(event: Mapping[str, object], place: Place) -> Unsaid | None:
    """https://docs.slack.dev/reference/events/message/message_deleted"""
    ts, before = text_in(event, "deleted_ts"), object_in(event, "previous_message")
    thread = text_in(before, "thread_ts")
    if not ts or (before and not thread) or before.get("bot_id"):
        return None
    where = Place(place.platform, place.workspace, place.channel, thread or None)
    return Unsaid(where, ts)


def _reacted(event: Mapping[str, object], team: str) -> Reacted | None:
    """https://docs.slack.dev/reference/events/reaction_added"""
    item = object_in(event, "item")
    channel, message, who = text_in(item, "channel"), text_in(item, "ts"), text_in(event, "user")
    if text_in(item, "type") != "message" or not (channel and message and who):
        return None
    sign = _TONE.sub("", text_in(event, "reaction"))
    away = text_in(event, "type") == "reaction_removed"
    return Reacted(Place(NAME, team, channel), message, who, sign, away) if sign else None


def _signs(message: Mapping[str, object]) -> Mapping[str, int]:
    listed, counted = message.get("reactions"), dict[str, int]()
    for each in listed if isinstance(listed, list) else []:
        match each:
            case {"name": str(name), "count": int(number)} if number > 0:
                sign = _TONE.sub("", name)
                counted[sign] = counted.get(sign, 0) + number
    return counted
