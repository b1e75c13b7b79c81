"""Answers to what a person did: through a response URL, or with the acknowledgement.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.drafts import draft
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.responses import Response
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Message


def answer(slack: Slack, response: Response, values: Json) -> Message | None:
    """Carry out an answer; the message that it left behind, if any. Raises `Refused`."""
    args = Arguments(values)
    if args.flag("delete_original"):
        _delete(slack, response)
        return None
    body = draft(args)
    if args.flag("replace_original") and response.message is not None:
        return _replace(slack, response.message, body, args)
    return _add(slack, response, body, args)


def _delete(slack: Slack, response: Response) -> None:
    if response.message is None or not _exists(slack, response.message):
        raise Refused("message_not_found")
    slack.delete(response.message)


def _replace(slack: Slack, message: Message, body: Json, args: Arguments) -> Message:
    if not _exists(slack, message):
        raise Refused("message_not_found")
    if message.only_for and args.text("response_type") == "in_channel":
        slack.complaints.append("A replaced message stays private, whatever response_type says.")
    slack.edit(message, body)
    return message


def _add(slack: Slack, response: Response, body: Json, args: Arguments) -> Message:
    channel = slack.workspace.channels[response.channel]
    thread = args.text("thread_ts") or None
    if thread and thread not in channel.messages:
        raise Refused("thread_not_found")
    if args.text("response_type") == "in_channel":
        message = slack.say(channel, slack.workspace.app.user, body, thread)
        message.command = response.command
        return message
    return slack.whisper(channel, response.person, body, thread, response.command)


def _exists(slack: Slack, message: Message) -> bool:
    return message.ts in slack.workspace.channels[message.channel].messages
