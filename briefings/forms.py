"""Forms that people fill in: neutral fields, which a platform draws as its modal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from briefings import owner_words as words
from briefings.daysoff import Shift
from briefings.fields import FIELDS, Known
from briefings.phrases import Misread
from briefings.schedule import Layout
from briefings.terms import (
    WEEKDAYS,
    Terms,
    breaks_line,
    late_line,
    rest_line,
    times_line,
)

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
    WRITE = "write"
    SECTIONS = "sections"


AGREED = (FormName.WHEN, FormName.MORE)
"""The forms about a channel's posts; the others are about a draft."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked: a title, at most five fields, and a button that sends them."""

    name: FormName
    title: str
    fields: tuple[Field, ...]
    button: str = words.SAVE
    subject: str = ""
    """What it is about, where that is not the channel: the name of a draft."""


Filled: TypeAlias = Mapping[str, Sequence[str]]
"""What was filled in: the values by the field's name; one value in a line to write into."""


class Unfit(ValueError):
    """Fields that are filled in wrongly: a sentence for each, by the field's name."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


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


def compose_form(name: FormName, terms: Terms) -> Form:
    """A form with the terms filled in."""
    match name:
        case FormName.WHEN:
            return Form(name, words.FORM_WHEN, _when(terms))
        case FormName.MORE:
            return Form(name, words.FORM_MORE, _more(terms))
        case FormName.WRITE | FormName.SECTIONS:
            raise ValueError(f"The form {name} is about a draft, not about a channel's posts.")


def read_form(name: FormName, filled: Filled, terms: Terms, known: Known) -> Terms:
    """The terms with what was filled in; raises Unfit with a sentence for each wrong field."""
    faults: dict[str, str] = {}
    for field in compose_form(name, terms).fields:
        if field.name not in filled:
            continue
        value = ",".join(filled[field.name])
        try:
            terms = READERS[field.name](terms, value, known)
        except Misread as wrong:
            faults[field.name] = str(wrong)
    if faults:
        raise Unfit(faults)
    return terms


def _when(terms: Terms) -> tuple[Field, ...]:
    barred = [f"not {each}" for each in sorted(terms.without)]
    return (
        TextField("at", words.FIELD_TIMES, times_line(terms.times), words.HINT_TIMES),
        ChoiceField(
            "days",
            words.FIELD_DAYS,
            tuple(Choice(day, name) for day, name in zip(WEEKDAYS, words.WEEKDAYS, strict=True)),
            tuple(WEEKDAYS[day] for day in sorted(terms.weekdays)),
            several=True,
        ),
        TextField("zone", words.FIELD_ZONE, terms.zone.key, words.HINT_ZONE),
        TextField(
            "topics",
            words.FIELD_TOPICS,
            ", ".join([*sorted(terms.topics), *barred]),
            words.HINT_TOPICS,
            required=False,
        ),
        ChoiceField(
            "layout",
            words.FIELD_LAYOUT,
            tuple(Choice(each.value, words.LAYOUTS[each]) for each in Layout),
            (terms.layout.value,),
        ),
    )


def _more(terms: Terms) -> tuple[Field, ...]:
    region = str(terms.off.region) if terms.off.region else ""
    return (
        TextField("holidays", words.FIELD_HOLIDAYS, region, words.HINT_HOLIDAYS, required=False),
        TextField(
            "off", words.FIELD_OFF, breaks_line(terms.off.breaks), words.HINT_OFF, required=False
        ),
        ChoiceField(
            "shift",
            words.FIELD_SHIFT,
            tuple(Choice(each.value, words.SHIFTS[each]) for each in Shift),
            (terms.off.shift.value,),
        ),
        TextField("late", words.FIELD_LATE, late_line(terms), words.HINT_LATE),
        TextField("rest", words.FIELD_REST, rest_line(terms), words.HINT_REST),
    )


def _read_topics(terms: Terms, value: str, known: Known) -> Terms:
    """Topics and those with `not` before them, in one line."""
    named = [part.strip() for part in value.split(",") if part.strip()]
    barred = [part[4:] for part in named if part.casefold().startswith("not ")]
    wanted = [part for part in named if not part.casefold().startswith("not ")]
    terms = FIELDS["topics"](replace(terms, topics=frozenset()), ",".join(wanted), known)
    return FIELDS["not"](terms, ",".join(barred), known)


READERS: Mapping[str, Callable[[Terms, str, Known], Terms]] = {**FIELDS, "topics": _read_topics}
