"""Forms that people fill in: neutral fields, which a platform draws as its modal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from briefings import form_words as words
from briefings.tongue import Tongue, say, spoken

TITLE_LIMIT = 24
"""Characters of a form's title, of its button, and of Slack's modals.
https://docs.slack.dev/reference/views"""

FIELDS_LIMIT = 5
"""Fields of a form: what Discord's modals hold.
https://discord.com/developers/docs/interactions/receiving-and-responding"""


@dataclass(frozen=True, slots=True)
class TextField:
    """A line to write into: a label of at most 45 characters, and a hint of at most 100."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    limit: int | None = None
    """Code points that it takes; nothing where whatever a platform takes is too long anyway."""
    lines: bool = False
    """Whether it is high enough for many lines."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One choice of at most 25, or `several`."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: tuple[str, ...]
    several: bool = False


Field: TypeAlias = TextField | ChoiceField


class FormName(StrEnum):
    """The forms that there are."""

    WHEN = "when"
    MORE = "more"
    LANGUAGE = "language"
    WRITE = "write"
    SECTIONS = "sections"
    CONCLUDE = "conclude"


AGREED = (FormName.WHEN, FormName.MORE, FormName.LANGUAGE)
"""The forms about a channel's posts; the others are about a draft."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked: a title, at most five fields, and a button that sends them."""

    name: FormName
    title: str
    fields: tuple[Field, ...]
    button: str = field(default_factory=lambda: say(words.SAVE))
    subject: str = ""
    """What it is about, where that is not the channel: the name of a draft."""
    tongue: Tongue = field(default_factory=spoken, compare=False, repr=False)
    """The language in which it was composed: what a platform adds to it is said in it as well."""


Filled: TypeAlias = Mapping[str, Sequence[str]]
"""What was filled in: the values by the field's name; one value in a line to write into."""


_TOKEN = re.compile(r"b1:form:([a-z]{1,20})(?::([0-9a-f]{16}))?")


def form_token(form: Form) -> str:
    """The token that carries a form's name and subject, at most 45 characters."""
    return ":".join(filter(None, ("b1:form", form.name.value, form.subject)))


def read_form_token(token: str) -> tuple[FormName | None, str]:
    """Which form a token names, and its subject; nothing for one that this bot never made."""
    found = _TOKEN.fullmatch(token)
    if found is None or found[1] not in set(FormName):
        return None, ""
    return FormName(found[1]), found[2] or ""
