"""The events that the app subscribed to: https://docs.slack.dev/reference/events"""

from __future__ import annotations

import secrets

from bot.sandbox.side import Json, Signing
from bot.sandbox.slack.outlook import show_message
from bot.sandbox.slack.parcels import Kind, Parcel
from bot.sandbox.slack.workspace import Message, Person, Workspace

SUBSCRIBED = frozenset(
    {
        "app_mention", "message.channels", "message.groups", "message.im", "app_home_opened",
        "member_joined_channel", "reaction_added", "reaction_removed",
        "channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_unarchive",
        "app_uninstalled", "tokens_revoked",
    }
)  # fmt: skip
"""Subscriptions as in an app's manifest; what is not among them is never sent."""


SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
"""The scope without which an event is not sent, as each event's page names it."""


def wrap(workspace: Workspace, event: Json) -> Parcel:
    """An event in the envelope of the Events API: https://docs.slack.dev/apis/events-api/"""
    payload: Json = {
        "token": workspace.app.verification,
        "team_id": workspace.team.id,
        "context_team_id": workspace.team.id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team.id,
                "user_id": workspace.app.user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(16)}",
    }
    return Parcel(Kind.EVENT, payload)


def said(workspace: Workspace, message: Message) -> Json:
    """Somebody said something in a channel or a thread."""
    return show_message(workspace, message) | _where(workspace, message, message.ts)


def mentioned(workspace: Workspace, message: Message) -> Json:
    """Somebody spoke to the bot: https://docs.slack.dev/reference/events/app_mention"""
    event = said(workspace, message) | {"type": "app_mention"}
    return {name: value for name, value in event.items() if name != "channel_type"}


def altered(workspace: Workspace, message: Message, before: Json) -> Json:
    """A message was edited: https://docs.slack.dev/reference/events/message/message_changed"""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": show_message(workspace, message),
        "previous_message": before,
        "ts": message.ts,
        **_where(workspace, message, workspace.stamp()),
    }


def removed(workspace: Workspace, message: Message) -> Json:
    """A message was deleted: https://docs.slack.dev/reference/events/message/message_deleted"""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": show_message(workspace, message),
        "ts": message.ts,
        **_where(workspace, message, workspace.stamp()),
    }


def reacted(workspace: Workspace, message: Message, person: Person, signing: Signing) -> Json:
    """Somebody reacted: https://docs.slack.dev/reference/events/reaction_added"""
    return {
        "type": "reaction_removed" if signing.away else "reaction_added",
        "user": person.id,
        "reaction": signing.sign,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": workspace.stamp(),
    }


def subscription(event: Json) -> str:
    """The name under which an app subscribes to an event."""
    kind = str(event["type"])
    if kind != "message":
        return kind
    return f"message.{_FAMILIES[str(event.get('channel_type'))]}"


_FAMILIES = {"channel": "channels", "group": "groups", "im": "im"}


def _where(workspace: Workspace, message: Message, event_ts: str) -> Json:
    channel = workspace.channels[message.channel]
    shared = "group" if channel.private else "channel"
    return {
        "channel": message.channel,
        "channel_type": "im" if channel.im_with else shared,
        "event_ts": event_ts,
    }
