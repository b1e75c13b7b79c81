"""The top-level text of a message: what notifications show and screen readers say.

Screen readers skip the blocks of a message that has a text, so it carries the headlines.
https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.platforms.slack import limits
from bot.platforms.slack.escape import escape
from bot.platforms.slack.persons import token, user_of
from briefings.blocks import Heading, Paragraph, Spans, text_of
from briefings.intents import OpenSection
from briefings.message import Actions, Message, Part


def notification(message: Message) -> str:
    """Title, first paragraph, headings and names of sections, line by line, while they fit."""
    text = escape(message.title)
    for line in _headlines(message):
        longer = f"{text}\n{line}" if text else line
        if len(longer) > limits.TEXT:
            break
        text = longer
    return text


def _headlines(message: Message) -> Iterator[str]:
    lead = next((part for part in message.blocks if isinstance(part, Paragraph)), None)
    for part in message.blocks:
        if part is lead:
            yield _said(lead.spans)
        else:
            yield from _names(part)


def _names(part: Part) -> Iterator[str]:
    match part:
        case Heading(spans):
            yield _said(spans)
        case Actions(actions):
            named = (each.label for each in actions if isinstance(each.intent, OpenSection))
            yield from map(escape, named)
        case _:
            pass


def _said(spans: Spans) -> str:
    """The words, escaped run by run, as whoever is named has no words yet."""
    runs = groupby(spans, key=lambda span: user_of(span.person))
    return "".join(token(user) if user else escape(text_of(run)) for user, run in runs)
