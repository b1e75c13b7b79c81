"""Messages, channels and people as the Web API shows them."""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.workspace import Channel, Message, Person, Workspace

SHOWN = ("blocks", "attachments", "username", "icon_emoji", "icon_url")
"""The parts of a message's body that the API gives back, beside its text."""


def show_message(workspace: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as in `conversations.history`; metadata only where it was asked for.

    https://docs.slack.dev/reference/methods/conversations.history
    """
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts}
    shown |= {"text": message.body["text"], "team": workspace.team.id}
    if message.user == workspace.app.user:
        shown |= {"bot_id": workspace.app.bot_id, "app_id": workspace.app.id}
        shown["bot_profile"] = show_bot(workspace)
    shown |= {name: message.body[name] for name in SHOWN if name in message.body}
    if metadata and "metadata" in message.body:
        shown["metadata"] = message.body["metadata"]
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(people), "count": len(people)}
            for name, people in message.reactions.items()
        ]
    return shown | _thread(workspace, message)


def _thread(workspace: Workspace, message: Message) -> Json:
    messages = workspace.channels[message.channel].messages
    if message.thread:
        parent = messages.get(message.thread)
        shown: Json = {"thread_ts": message.thread}
        if message.body.get("broadcast"):
            shown["subtype"] = "thread_broadcast"
        return shown | ({"parent_user_id": parent.user} if parent else {})
    if not message.replies:
        return {}
    speakers = list(dict.fromkeys(messages[ts].user for ts in message.replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(message.replies),
        "reply_users": speakers,
        "reply_users_count": len(speakers),
        "latest_reply": message.replies[-1],
        "is_locked": False,
        "subscribed": False,
    }


def show_channel(workspace: Workspace, channel: Channel) -> Json:
    """A conversation: https://docs.slack.dev/reference/objects/conversation-object"""
    direct = channel.im_with is not None
    shown: Json = {
        "id": channel.id,
        "is_channel": not direct,
        "is_group": False,
        "is_im": direct,
        "is_mpim": False,
        "is_private": direct or channel.private,
        "is_archived": channel.archived,
        "created": 1700000000,
        "context_team_id": workspace.team.id,
    }
    if direct:
        return shown | {"user": channel.im_with, "is_open": True}
    return shown | _public(workspace, channel)


def _public(workspace: Workspace, channel: Channel) -> Json:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.name == "general",
        "is_member": workspace.app.user in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "creator": next(iter(workspace.people)),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def show_person(workspace: Workspace, person: Person) -> Json:
    """A user: https://docs.slack.dev/reference/objects/user-object"""
    is_bot = person.id == workspace.app.user
    profile: Json = {"real_name": person.name.title(), "display_name": person.name}
    return {
        "id": person.id,
        "team_id": workspace.team.id,
        "name": person.name,
        "real_name": person.name.title(),
        "deleted": False,
        "tz": "Etc/UTC",
        "tz_label": "Coordinated Universal Time",
        "tz_offset": 0,
        "is_bot": is_bot,
        "is_app_user": False,
        "is_admin": not is_bot and person.id == next(iter(workspace.people)),
        "profile": profile | ({"api_app_id": workspace.app.id} if is_bot else {}),
    }


def show_bot(workspace: Workspace) -> Json:
    """The bot: https://docs.slack.dev/reference/methods/bots.info"""
    app = workspace.app
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.user,
        "name": app.name,
        "deleted": False,
        "team_id": workspace.team.id,
    }
