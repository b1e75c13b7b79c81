"""The language in which the bot speaks, while it says something: whoever composes does not ask.

A sentence is marked where it stands (`mark`) and said where it is used (`say`), so that the same
message is composed in any language. The shell loads catalogues and opens `speaking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its tag (`en`, `de`, `zh`), and its catalogue."""

    language: str = ENGLISH
    catalogue: NullTranslations = field(default_factory=NullTranslations, compare=False)


_spoken: ContextVar[Tongue] = ContextVar("spoken", default=Tongue())  # noqa: B039 # it is frozen


def spoken() -> Tongue:
    """The language that is spoken here and now; English where nobody chose."""
    return _spoken.get()


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Speak a language until the block ends, in this task alone."""
    before = _spoken.set(tongue)
    try:
        yield
    finally:
        _spoken.reset(before)


def mark(text: str) -> str:
    """The English sentence as it is: its place in the catalogue is where it is written."""
    return text


def say(text: str) -> str:
    """The sentence in the language that is spoken; in English where the catalogue lacks it."""
    return _spoken.get().catalogue.gettext(text)


def count(one: str, many: str, number: int) -> str:
    """The sentence for a number of things, with `{number}` filled in."""
    return _spoken.get().catalogue.ngettext(one, many, number).format(number=number)
