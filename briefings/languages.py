"""The languages that can be spoken, as people name them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from babel import Locale

from briefings.phrases import Misread, nearest
from briefings.tongue import ENGLISH, say, spoken
from briefings.words import any_of


def read_language(text: str, known: Collection[str]) -> str:
    """A language by its tag or its name: `de`, `de-AT`, `German`, `Deutsch`."""
    word = text.strip().casefold().replace("_", "-")
    names = {**_names(tuple(sorted(known)), spoken().language), **_names(tuple(known), ENGLISH)}
    for name in (word, word.partition("-")[0]):
        if name in names:
            return names[name]
    none = say("“{text}” is no language that I speak: write {languages}.")
    told = none.format(text=text.strip(), languages=any_of(sorted(known)))
    raise Misread(f"{told}{nearest(word, names)}")


def name_of(language: str) -> str:
    """What a language is called in the one that is spoken: `German`, `Deutsch`."""
    return _name(language, spoken().language)


@lru_cache(maxsize=100)
def _name(language: str, said_in: str) -> str:
    """https://cldr.unicode.org/translation/displaynames"""
    return Locale.parse(language, sep="-").get_display_name(said_in) or language


@lru_cache(maxsize=20)
def _names(known: tuple[str, ...], said_in: str) -> dict[str, str]:
    """Each tag, and each name of a language, in lower case → its tag."""
    return {
        name.casefold(): tag
        for tag in known
        for name in (tag, _name(tag, tag), _name(tag, said_in))
    }
