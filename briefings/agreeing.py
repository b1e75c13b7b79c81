"""The forms about a channel's posts: filled in with its terms, and read back into them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from briefings import form_words as words
from briefings.daysoff import Shift
from briefings.fields import FIELDS, Known
from briefings.forms import Choice, ChoiceField, Field, Filled, Form, FormName, TextField
from briefings.intents import OpenForm
from briefings.languages import name_of
from briefings.phrases import Misread, listed
from briefings.schedule import Layout
from briefings.terms import (
    WEEKDAYS,
    Terms,
    breaks_line,
    late_line,
    line_with,
    rest_line,
    times_line,
)
from briefings.tokens import can_carry
from briefings.tongue import ENGLISH, say
from briefings.words import weekdays


class Unfit(ValueError):
    """Fields that are filled in wrongly: a sentence for each, by the field's name.

    `typed` is the line that says what was filled in, to be corrected and sent again; `again` opens
    the form with it.
    """

    def __init__(self, faults: Mapping[str, str], typed: str, again: OpenForm) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults
        self.typed = typed
        self.again = again


def compose_form(name: FormName, terms: Terms, languages: Collection[str] = (ENGLISH,)) -> Form:
    """A form with the terms filled in."""
    match name:
        case FormName.WHEN:
            return Form(name, say(words.FORM_WHEN), _when(terms))
        case FormName.MORE:
            return Form(name, say(words.FORM_MORE), _more(terms))
        case FormName.LANGUAGE:
            return Form(name, say(words.FORM_LANGUAGE), _language(terms, languages))
        case FormName.WRITE | FormName.SECTIONS | FormName.CONCLUDE:
            raise ValueError(f"The form {name} is not about a channel's posts.")
        case _:
            assert_never(name)


def read_form(name: FormName, filled: Filled, terms: Terms, known: Known) -> Terms:
    """The terms with what was filled in; raises Unfit with a sentence for each wrong field."""
    faults: dict[str, str] = {}
    form = compose_form(name, terms, known.languages)
    asked = [field.name for field in form.fields]
    given = {each: ",".join(filled[each]) for each in asked if each in filled}
    for field, value in given.items():
        try:
            terms = READERS[field](terms, value, known)
        except Misread as wrong:
            faults[field] = str(wrong)
    if faults:
        typed = _typed(terms, {each: given[each] for each in faults})
        raise Unfit(faults, typed, _again(form, given, faults))
    return terms


def refilled(form: Form, typed: Iterable[tuple[str, str]]) -> Form:
    """The form with what somebody filled in before, as far as it still has such fields."""
    before = dict(typed)
    fields = [
        _refilled(each, before[each.name]) if each.name in before else each for each in form.fields
    ]
    return replace(form, fields=tuple(fields))


def _refilled(field: Field, value: str) -> Field:
    if isinstance(field, TextField):
        return replace(field, value=value)
    chosen = tuple(each.value for each in field.choices if each.value in value.split(","))
    return replace(field, chosen=chosen or field.chosen)


def _again(form: Form, given: Mapping[str, str], faults: Collection[str]) -> OpenForm:
    """What opens the form with what was filled in: what is wrong first, as much as a button holds.

    What somebody left as it was is in the form anyway.
    """
    stood = {each.name: _standing(each) for each in form.fields}
    new = [each for each in given if given[each] != stood[each]]
    again = OpenForm(form.name.value)
    for each in sorted(new, key=lambda field: field not in faults):
        more = replace(again, typed=(*again.typed, (each, given[each])))
        again = more if can_carry(more) else again
    return again


def _standing(field: Field) -> str:
    return field.value if isinstance(field, TextField) else ",".join(field.chosen)


def _typed(terms: Terms, wrong: Mapping[str, str]) -> str:
    """The terms in one line, with the words that were wrong; one line has two fields for topics."""
    if "topics" in wrong:
        wanted, barred = _parted(wrong["topics"])
        wrong = {**wrong, "topics": ",".join(wanted), "not": ",".join(barred)}
    return line_with(terms, wrong)


def _when(terms: Terms) -> tuple[Field, ...]:
    barred = [f"not {each}" for each in sorted(terms.without)]
    topics = ", ".join([*sorted(terms.topics), *barred])
    days = tuple(Choice(day, name) for day, name in zip(WEEKDAYS, weekdays(), strict=True))
    return (
        TextField("at", say(words.FIELD_TIMES), times_line(terms.times), say(words.HINT_TIMES)),
        ChoiceField(
            "days",
            say(words.FIELD_DAYS),
            days,
            tuple(WEEKDAYS[day] for day in sorted(terms.weekdays)),
            several=True,
        ),
        TextField("zone", say(words.FIELD_ZONE), terms.zone.key, say(words.HINT_ZONE)),
        TextField(
            "topics", say(words.FIELD_TOPICS), topics, say(words.HINT_TOPICS), required=False
        ),
        ChoiceField(
            "layout",
            say(words.FIELD_LAYOUT),
            tuple(Choice(each.value, say(words.LAYOUTS[each])) for each in Layout),
            (terms.layout.value,),
        ),
    )


def _more(terms: Terms) -> tuple[Field, ...]:
    region = str(terms.off.region) if terms.off.region else ""
    return (
        TextField(
            "holidays", say(words.FIELD_HOLIDAYS), region, say(words.HINT_HOLIDAYS), required=False
        ),
        TextField(
            "off",
            say(words.FIELD_OFF),
            breaks_line(terms.off.breaks),
            say(words.HINT_OFF),
            required=False,
        ),
        ChoiceField(
            "shift",
            say(words.FIELD_SHIFT),
            tuple(Choice(each.value, say(words.SHIFTS[each])) for each in Shift),
            (terms.off.shift.value,),
        ),
        TextField("late", say(words.FIELD_LATE), late_line(terms), say(words.HINT_LATE)),
        TextField("rest", say(words.FIELD_REST), rest_line(terms), say(words.HINT_REST)),
    )


def _language(terms: Terms, languages: Collection[str]) -> tuple[Field, ...]:
    choices = tuple(Choice(each, name_of(each)) for each in sorted(languages))
    return (ChoiceField("language", say(words.FIELD_LANGUAGE), choices, (terms.language,)),)


def _read_topics(terms: Terms, value: str, known: Known) -> Terms:
    """Topics and those with `not` before them, in one line."""
    wanted, barred = _parted(value)
    terms = FIELDS["topics"](replace(terms, topics=frozenset()), ",".join(wanted), known)
    return FIELDS["not"](terms, ",".join(barred), known)


def _parted(value: str) -> tuple[list[str], list[str]]:
    """The topics that are wanted, and those that are not."""
    named = listed(value)
    barred = [part[4:].strip() for part in named if part.casefold().startswith("not ")]
    return [part for part in named if not part.casefold().startswith("not ")], barred


READERS: Mapping[str, Callable[[Terms, str, Known], Terms]] = {**FIELDS, "topics": _read_topics}
