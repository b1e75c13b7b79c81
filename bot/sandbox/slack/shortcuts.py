"""The payloads of shortcuts: of a message, and of those that are there everywhere.

https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.interactions import act_of
from bot.sandbox.slack.outlook import show_message
from bot.sandbox.slack.parcels import Kind, Parcel
from bot.sandbox.slack.workspace import Message, Person, Workspace


def shortcut_parcel(
    workspace: Workspace, message: Message, person: Person, name: str, means: Json
) -> Parcel:
    """A message's shortcut."""
    channel = workspace.channels[message.channel]
    payload = act_of(workspace, person, "message_action") | {
        "callback_id": name,
        "action_ts": workspace.stamp(),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message_ts": message.ts,
        "message": show_message(workspace, message),
        **means,
    }
    return Parcel(Kind.INTERACTION, payload)


def global_parcel(workspace: Workspace, person: Person, name: str, means: Json) -> Parcel:
    """A shortcut that is of no message and no channel."""
    payload = act_of(workspace, person, "shortcut")
    payload |= {"callback_id": name, "action_ts": workspace.stamp(), **means}
    return Parcel(Kind.INTERACTION, payload)
