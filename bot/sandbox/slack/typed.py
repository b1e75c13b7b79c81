"""What Slack makes of what people type, and which messages they see."""

from __future__ import annotations

import re

from bot.sandbox.side import Json, Unlikely
from bot.sandbox.slack.workspace import Channel, Message, Person, Workspace


def typed(workspace: Workspace, text: str) -> Json:
    """What Slack makes of typed text: mentions become tokens, the rest is escaped.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ids = {person.name: person.id for person in workspace.people.values()}
    ids[workspace.app.name] = workspace.app.user
    names = "|".join(re.escape(name) for name in ids)
    parts = re.split(rf"@({names})\b", escaped)
    spoken = re.split(rf"@({names})\b", text)
    elements: list[Json] = [
        {"type": "user", "user_id": ids[part]} if odd else {"type": "text", "text": part}
        for odd, part in ((index % 2, part) for index, part in enumerate(spoken))
        if part
    ]
    section = {"type": "rich_text_section", "elements": elements}
    block = {"type": "rich_text", "block_id": "typed", "elements": [section]}
    tokens = [f"<@{ids[part]}>" if index % 2 else part for index, part in enumerate(parts)]
    return {"text": "".join(tokens), "blocks": [block]}


def seen(channel: Channel, person: Person, ts: str) -> Message:
    """The message, where this person sees it; raises `Unlikely`."""
    message = channel.messages.get(ts)
    if message is None or message.only_for not in {None, person.id}:
        raise Unlikely(f"{person.name} sees no message {ts} in this channel.")
    return message
