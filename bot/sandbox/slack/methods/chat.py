"""The methods `chat.*`: https://docs.slack.dev/reference/methods?family=chat"""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.drafts import draft
from bot.sandbox.slack.limits import UPDATE_TEXT_MAX
from bot.sandbox.slack.methods.method import (
    Method,
    joined_channel,
    named_channel,
    public_message,
)
from bot.sandbox.slack.outlook import show_message
from bot.sandbox.slack.rates import OFTEN, POST_IN_CHANNEL, POST_IN_WORKSPACE, TIERS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Channel, Message

KEPT = ("metadata", "broadcast", "unfurl_links", "unfurl_media")
"""What an update leaves as it was where it says nothing of it."""


def post_message(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    if args.text("channel") in slack.workspace.people:
        channel = slack.workspace.direct(args.text("channel"))
    else:
        channel = joined_channel(slack, args)
    thread = _thread(channel, args)
    body = draft(args)
    if args.flag("reply_broadcast") and thread:
        body["broadcast"] = True
    message = slack.say(channel, slack.workspace.app.user, body, thread)
    shown = show_message(slack.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def update(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update

    Metadata stays where none is given; blocks go where only text is given. There are no flags
    for unfurling: those with which the message was posted stay.
    """
    message = _own_message(slack, args, "cant_update_message")
    body = draft(args, UPDATE_TEXT_MAX)
    kept = {name: message.body[name] for name in KEPT if name in message.body}
    slack.edit(message, kept | body)
    shown = show_message(slack.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": body["text"], "message": shown}


def post_ephemeral(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    channel = joined_channel(slack, args)
    person = args.text("user")
    if person not in channel.members:
        raise Refused("user_not_in_channel")
    if "metadata" in args.values:
        slack.complaints.append("chat.postEphemeral takes no metadata.")
    message = slack.whisper(channel, person, draft(args), _thread(channel, args))
    return {"message_ts": message.ts}


def delete(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    message = _own_message(slack, args, "cant_delete_message")
    slack.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    channel = named_channel(slack, args)
    message = public_message(channel, args.text("message_ts"))
    link = f"https://{slack.workspace.team.domain}.slack.com/archives/{channel.id}"
    link += f"/p{message.ts.replace('.', '')}"
    if message.thread:
        link += f"?thread_ts={message.thread}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _own_message(slack: Slack, args: Arguments, otherwise: str) -> Message:
    message = public_message(joined_channel(slack, args), args.text("ts"))
    if message.user != slack.workspace.app.user:
        raise Refused(otherwise)
    return message


def _thread(channel: Channel, args: Arguments) -> str | None:
    """Slack takes a reply's `ts` and warns of it; the sandbox takes the parent's alone."""
    thread = args.text("thread_ts")
    if not thread:
        return None
    parent = channel.messages.get(thread)
    if parent is None:
        raise Refused("thread_not_found")
    if parent.thread or parent.only_for:
        raise Refused("cannot_reply_to_message")
    return thread


METHODS = {
    "chat.postMessage": Method(post_message, POST_IN_WORKSPACE, channel_rate=POST_IN_CHANNEL),
    "chat.update": Method(update, TIERS[3]),
    "chat.postEphemeral": Method(post_ephemeral, TIERS[4]),
    "chat.delete": Method(delete, TIERS[3]),
    "chat.getPermalink": Method(get_permalink, OFTEN),
}
