"""What a method of the Web API is, and what its arguments commonly name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.rates import Rate
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Channel, Message


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it does, how often it may be called, and with which kind of token."""

    do: Callable[[Slack, Arguments], Json]
    rate: Rate
    channel_rate: Rate | None = None
    app_level: bool = False
    scarce: bool = False
    """Whether apps that many workspaces install may call it but once a minute."""


def named_channel(slack: Slack, args: Arguments) -> Channel:
    """The channel that the arguments name by its id; raises `Refused`.

    A private channel that the bot is not in is none that it can name:
    https://docs.slack.dev/reference/methods/conversations.info#errors
    """
    channel = slack.workspace.channels.get(args.text("channel"))
    if channel is None or _is_hidden(channel, slack.workspace.app.user):
        raise Refused("channel_not_found")
    return channel


def _is_hidden(channel: Channel, bot: str) -> bool:
    return channel.private and not channel.im_with and bot not in channel.members


def joined_channel(slack: Slack, args: Arguments) -> Channel:
    """The same, where the bot is a member and may speak; raises `Refused`."""
    channel = named_channel(slack, args)
    if channel.archived:
        raise Refused("is_archived")
    if slack.workspace.app.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def public_message(channel: Channel, ts: str) -> Message:
    """A message that is not ephemeral; raises `Refused`."""
    message = channel.messages.get(ts)
    if message is None or message.only_for is not None:
        raise Refused("message_not_found")
    return message
