"""The languages that the bot speaks: a catalogue each, read where it is first needed."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from briefings.tongue import ENGLISH, Tongue

LOCALE = Path(__file__).parent / "locale"
CATALOGUE = Path("LC_MESSAGES") / "briefing-bot.po"
"""The catalogue of a language in its folder; there is none of English, which stands in the code."""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The tags of all languages that there is a catalogue of, and English."""
    translated = (each.parent.parent.name for each in LOCALE.glob(f"*/{CATALOGUE}"))
    return tuple(sorted({ENGLISH, *translated}))


def learn() -> None:
    """Read every catalogue, which takes longer than somebody who asks should wait."""
    for each in languages():
        tongue_for(each)


def tongue_for(tag: str) -> Tongue:
    """The language nearest to a tag such as `de-AT`; English where there is none."""
    return _tongue(_nearest(tag.replace("_", "-")))


@lru_cache(maxsize=1_000)
def _nearest(tag: str) -> str:
    return negotiate_locale([tag], languages(), sep="-") or ENGLISH


@lru_cache(maxsize=100)
def _tongue(language: str) -> Tongue:
    if language == ENGLISH:
        return Tongue()
    with (LOCALE / language / CATALOGUE).open("rb") as file:
        catalogue = read_po(file, language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Tongue(language, GNUTranslations(compiled))
