"""All that the page shows of this Slack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from bot.sandbox.side import Json
from bot.sandbox.slack.acts import SHORTCUTS, Command
from bot.sandbox.slack.dialogs import dialog
from bot.sandbox.slack.liveness import live_parts
from bot.sandbox.slack.outlook import SHOWN
from bot.sandbox.slack.slack import SLACKBOT, Slack
from bot.sandbox.slack.workspace import Channel, Message, Workspace

Threads: TypeAlias = dict[str, list[Message]]


def show_state(slack: Slack, commands: Iterable[Command]) -> Json:
    """Workspace, people, channels, messages and views, and what was refused."""
    workspace = slack.workspace
    return {
        "name": "slack",
        "workspace": workspace.team.name,
        "online": slack.delivery.online,
        "me": {"id": workspace.app.user, "name": workspace.app.name},
        "people": [{"id": each.id, "name": each.name} for each in workspace.people.values()],
        "commands": [{"name": each.name, "description": each.description} for each in commands],
        "shortcuts": [{"id": each.id, "name": each.name} for each in SHORTCUTS if each.is_global],
        "message_shortcuts": [
            {"id": each.id, "name": each.name} for each in SHORTCUTS if not each.is_global
        ],
        "channels": [_channel(workspace, each) for each in workspace.channels.values()],
        "dialogs": [dialog(view).show() for view in slack.views.open.values()],
        "views": [
            {"person": view.person, "view": slack.views.show(view)}
            for view in (*slack.views.open.values(), *slack.views.homes.values())
        ],
        "limited": dict(slack.rates.refused),
        "complaints": list(slack.complaints),
    }


def _channel(workspace: Workspace, channel: Channel) -> Json:
    name = channel.name
    if channel.im_with:
        name = f"@{workspace.people[channel.im_with].name}"
    threads: Threads = defaultdict(list)
    for message in channel.messages.values():
        if message.thread:
            threads[message.thread].append(message)
    return {
        "id": channel.id,
        "name": name,
        "topic": channel.topic,
        "messages": [
            _message(workspace, each, threads)
            for each in channel.messages.values()
            if each.thread is None or each.body.get("broadcast")
        ],
    }


def _message(workspace: Workspace, message: Message, threads: Threads) -> Json:
    answers = [_message(workspace, each, threads) for each in threads.get(message.ts, ())]
    thread = {"id": message.ts, "name": "Thread", "messages": answers} if answers else None
    return {
        "id": message.ts,
        "author": _author(workspace, message.user),
        "at": datetime.fromtimestamp(message.at, UTC).isoformat(),
        "edited": message.edited is not None,
        "only_for": message.only_for,
        "pending": False,
        "command": message.command,
        "body": _body(message),
        "reactions": [
            {"name": name, "count": len(people)} for name, people in message.reactions.items()
        ],
        "live": live_parts(message.body, unfurls=message.only_for is None),
        "thread": thread,
    }


def _body(message: Message) -> Json:
    names = ("text", *SHOWN, "unfurl_links", "unfurl_media", "metadata")
    return {name: message.body[name] for name in names if name in message.body}


def _author(workspace: Workspace, user: str) -> Json:
    if user == workspace.app.user:
        return {"id": user, "name": workspace.app.name, "bot": True}
    if user == SLACKBOT:
        return {"id": user, "name": "Slackbot", "bot": True}
    return {"id": user, "name": workspace.people[user].name, "bot": False}
