"""Invitations to the bot's page: the line that asks for one, and what is said about it."""

from __future__ import annotations

from briefings import page_words as words
from briefings.blocks import Paragraph, Span, plain
from briefings.message import Message, Note
from briefings.tongue import say


def asks_for_page(text: str) -> bool:
    """Whether a line after `/briefings` asks for the page."""
    return text.strip().casefold() == "page"


def compose_invitation(link: str, channel: str) -> Message:
    """The link, for one person alone."""
    told = say(words.ONCE).format(channel=channel)
    opened = Paragraph((Span(say(words.OPEN), link=link),))
    return Message(say(words.TITLE), (opened, Note(plain(told))))


def compose_told(sentence: str) -> Message:
    """What became of the invitation: a sentence of the words."""
    return Message(say(words.TITLE), (Paragraph(plain(say(sentence))),))
