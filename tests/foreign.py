"""A language in which no letter of English is left: what is not said through it stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

from briefings.blocks import Code, Span, Style, spans_in
from briefings.forms import ChoiceField, Form, TextField
from briefings.message import Actions, Menu, Message, Note, Part
from briefings.tongue import Tongue

_LETTER_OR_PLACE = re.compile(r"\{\w+\}|[A-Za-z]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")


class Foreign(NullTranslations):
    """Says every sentence in letters of full width, its places as they are."""

    def gettext(self, message: str) -> str:
        return _LETTER_OR_PLACE.sub(_foreign, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


FOREIGN = Tongue("zh", Foreign())
"""Dates, weekdays and cities are Chinese, and so have no letter of English either."""


def english_in(text: str) -> list[str]:
    """The words of a text that were not said in the language that was spoken."""
    return _ENGLISH.findall(text)


def said_in(message: Message) -> str:
    """What a message says, but for code, which is the same in every language."""
    return "\n".join([message.title, *_texts(message.blocks)])


def asked_in(form: Form) -> str:
    """What a form says, but for the values that are filled in."""
    return "\n".join([form.title, form.button, *_fields(form)])


def _texts(blocks: tuple[Part, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Note(spans):
                yield _plain(spans)
            case Actions(actions):
                yield from (each.label for each in actions)
            case Menu(placeholder):
                yield placeholder
            case Code():
                continue
            case _:
                yield _plain(tuple(spans_in((block,))))


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(each.text for each in spans if Style.CODE not in each.style)


def _fields(form: Form) -> Iterator[str]:
    for each in form.fields:
        match each:
            case TextField(label=label, hint=hint):
                yield from (label, hint)
            case ChoiceField(label=label, choices=choices):
                yield from (label, *(choice.label for choice in choices))


def _foreign(found: re.Match[str]) -> str:
    letter = found[0]
    return letter if len(letter) > 1 else chr(ord(letter) + 0xFEE0)
