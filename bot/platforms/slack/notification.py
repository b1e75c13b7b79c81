"""The top-level text of a message: what notifications show and screen readers say.

Screen readers skip the blocks of a message that has a text, so it carries the headlines.
https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.platforms.slack import limits
from bot.platforms.slack.escape import escape
from briefings.blocks import Heading, Paragraph, text_of
from briefings.intents import OpenSection
from briefings.message import Actions, Message, Part


def notification(message: Message) -> str:
    """Title, first paragraph, headings and names of sections, line by line, while they fit."""
    text = escape(message.title)
    for line in _headlines(message):
        longer = f"{text}\n{escape(line)}" if text else escape(line)
        if len(longer) > limits.TEXT:
            break
        text = longer
    return text


def _headlines(message: Message) -> Iterator[str]:
    lead = next((part for part in message.blocks if isinstance(part, Paragraph)), None)
    for part in message.blocks:
        if part is lead:
            yield text_of(lead.spans)
        else:
            yield from _names(part)


def _names(part: Part) -> Iterator[str]:
    match part:
        case Heading(spans):
            yield text_of(spans)
        case Actions(actions):
            yield from (each.label for each in actions if isinstance(each.intent, OpenSection))
        case _:
            pass
