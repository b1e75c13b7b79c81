"""What people do with what was said: they change it, take it back, and put signs under it."""

from __future__ import annotations

import re

from bot.sandbox.side import Json, Signing, Unlikely
from bot.sandbox.slack import events
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.typed import seen, typed
from bot.sandbox.slack.workspace import Channel, Message, Person

EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
"""Slack names emoji, without colons: https://docs.slack.dev/reference/methods/reactions.add"""


class Talk:
    """Each act returns `ok`; raises `Unlikely` where Slack offers it to nobody."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def edit(self, channel: Channel, person: Person, ts: str, text: str) -> Json:
        """Change a message of one's own."""
        message = _own(channel, person, ts)
        self._slack.edit(message, {**message.body, **typed(self._slack.workspace, text)})
        return {"ok": True}

    def delete(self, channel: Channel, person: Person, ts: str) -> Json:
        """Take a message of one's own back."""
        self._slack.delete(_own(channel, person, ts))
        return {"ok": True}

    def react(self, channel: Channel, person: Person, signing: Signing) -> Json:
        """Put an emoji under any message, or take it away; a second time changes nothing."""
        if not EMOJI.fullmatch(signing.sign):
            raise Unlikely(f"Slack knows no emoji {signing.sign}: name it, such as tada.")
        message = seen(channel, person, signing.message)
        people = message.reactions.setdefault(signing.sign, [])
        if signing.away == (person.id in people):
            (people.remove if signing.away else people.append)(person.id)
            if not people:
                del message.reactions[signing.sign]
            self._slack.workspace.changes.ring()
            told = events.reacted(self._slack.workspace, message, person, signing)
            self._slack.tell(channel, told)
        return {"ok": True}


def _own(channel: Channel, person: Person, ts: str) -> Message:
    message = seen(channel, person, ts)
    if message.user != person.id:
        raise Unlikely(f"{person.name} did not say {ts}, and cannot change it.")
    return message
