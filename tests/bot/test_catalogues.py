"""The catalogues lack no sentence, lose no place, and fit where they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from bot.platforms.discord.locales import WORDS, translations
from bot.tongues import CATALOGUE, LOCALE, languages, tongue_for
from briefings.forms import TITLE_LIMIT, ChoiceField, Form, TextField
from briefings.message import Actions, Post, Reply
from briefings.message import Message as Composed
from briefings.tongue import ENGLISH, speaking
from scripts.words import is_translated, read, sentences, template, write
from tests.briefings.test_tongue import every

TRANSLATED = [each for each in languages() if each != ENGLISH]
LABEL, HINT, CHOICE, BUTTON = 45, 100, 75, 75
"""Code points: of a field's label and hint on Discord, of an option and a button on Slack.
https://discord.com/developers/docs/components/reference#label
https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""


def catalogue(language: str) -> Catalog:
    return read(LOCALE / language / CATALOGUE)


def told(messages: Catalog) -> dict[str, Message]:
    return {key_of(each): each for each in messages if each.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else "|".join(message.id)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    """`make words` collects what is new; its translation is then to be written."""
    known = told(catalogue(language))
    assert {each for each, message in known.items() if not is_translated(message)} == set()
    assert set(told(template())) - set(known) == set()
    assert set(known) - set(told(template())) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    for message in told(catalogue(language)).values():
        wanted = places(message.id if isinstance(message.id, str) else message.id[-1])
        forms = (message.string,) if isinstance(message.string, str) else message.string or ()
        for number, form in enumerate(forms):
            may_lack = {"number"} if len(forms) > 1 and number == 0 else set[str]()
            assert places(form) | may_lack == wanted | may_lack, message.id


@pytest.mark.parametrize("language", languages())
def test_what_is_pressed_or_filled_in_fits_where_it_is_drawn(language: str) -> None:
    with speaking(tongue_for(language)):
        for thing in every():
            for text, limit in drawn(thing):
                assert len(text) <= limit, text


def drawn(thing: object) -> Iterator[tuple[str, int]]:
    """Each short text of a form or a message, and how long it may be."""
    match thing:
        case Form(title=title, fields=fields, button=button):
            yield from ((title, TITLE_LIMIT), (button, TITLE_LIMIT))
            for field in fields:
                yield field.label, LABEL
                match field:
                    case TextField(hint=hint):
                        yield hint, HINT
                    case ChoiceField(choices=choices):
                        yield from ((each.label, CHOICE) for each in choices)
        case Composed(blocks=blocks):
            rows = (each for each in blocks if isinstance(each, Actions))
            yield from ((each.label, BUTTON) for row in rows for each in row.actions)
        case Post(card, parts):
            for each in (card, *parts):
                yield from drawn(each)
        case Reply(message):
            yield from drawn(message)
        case _:
            pass


@pytest.mark.parametrize("words", WORDS)
def test_the_commands_are_described_in_every_language_as_discord_wants_it(words: str) -> None:
    """https://discord.com/developers/docs/interactions/application-commands"""
    named = translations(words)
    assert {"de", "zh-CN", "zh-TW", "fr", "ja", "es-ES"} <= set(named)
    assert all(len(each) <= 100 for each in named.values())
    if words == "about":
        assert all(re.fullmatch(r"[-_'\w]{1,32}", each) for each in named.values())
        assert all(each == each.lower() for each in named.values())


def test_sentences_are_found_where_they_stand(tmp_path: Path) -> None:
    source = 'A = mark("One {x}.")\nsay("Two.")\ncount("{number} a", "{number} b", n)\nsay(A)\n'
    assert set(sentences(source)) == {"One {x}.", "Two.", ("{number} a", "{number} b")}
    file = tmp_path / "de" / CATALOGUE
    file.parent.mkdir(parents=True)
    file.write_text("", encoding="utf-8")
    first = read(file)
    first.add("One {x}.", "Eins {x}.")
    write(first, file)
    again = read(file)
    assert told(again)["One {x}."].string == "Eins {x}."
    write(again, file)
    assert read(file).num_plurals == 2
