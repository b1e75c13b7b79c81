"""Whether a platform lets the bot read what people write to each other."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Hearing(Protocol):
    """A platform that may keep words to itself; every other one tells them."""

    @property
    def hears_words(self) -> bool:
        """Whether the bot asked for the words, and was let in with that wish."""


def hears_words(platform: object) -> bool:
    """Whether what is said on a platform comes with its words, as far as it is known."""
    return not isinstance(platform, Hearing) or platform.hears_words
