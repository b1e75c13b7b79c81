"""A message over a platform's limits, split into messages that fit, with nothing lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from briefings import words
from briefings.blocks import Heading, plain
from briefings.cut import Pieces, cut
from briefings.message import Message, Note, Part
from briefings.tongue import say, speaking

FitsMessage: TypeAlias = Callable[[Message], bool]


def split(message: Message, fits: FitsMessage) -> tuple[Message, ...]:
    """The message itself where it fits, else several that do, the later ones marked "continued".

    `fits` draws and measures; where it accepts a message, it accepts any shorter one.
    Raises ValueError where not even one character fits.
    """
    if fits(message):
        return (message,)
    with speaking(message.tongue):
        fresh = _following(message)
    book = _Book(fits, fresh, replace(message, blocks=()), deque(message.blocks))
    if not book.waiting:
        raise ValueError("The limits leave no room for the title.")
    while book.waiting:
        book.place(book.waiting.popleft())
    return (*book.done, book.page)


@dataclass
class _Book:
    """The pages that are full, the page at hand, and the blocks that wait for their place."""

    fits: FitsMessage
    fresh: Message
    page: Message
    waiting: deque[Part]
    done: list[Message] = field(default_factory=list)

    def place(self, block: Part) -> None:
        """Put a block on the page, or as much of it as fits there."""
        if not self._is_begun(self.page):
            pieces = cut(block, self._fits_here)
            if pieces is None:
                raise ValueError(f"The limits leave no room for any of {type(block).__name__}.")
            self._add(pieces)
        elif self._fits_here(block):
            self._add(((block,), ()))
        elif not self.fits(_with(self.fresh, block)) and (
            pieces := cut(block, self._fits_here, gently=True)
        ):
            self._add(pieces)
        else:
            self._turn(block)

    def _fits_here(self, part: Part) -> bool:
        return self.fits(_with(self.page, part))

    def _add(self, pieces: Pieces[Part]) -> None:
        stay, go = pieces
        self.page = _with(self.page, *stay)
        if go:
            self.done.append(self.page)
            self.page = self.fresh
            self.waiting.extendleft(reversed(go))

    def _turn(self, block: Part) -> None:
        """Begin a page with the block, and with the headings that stand right before it."""
        kept = self.page.blocks
        while kept and isinstance(kept[-1], Heading):
            kept = kept[:-1]
        shorter = replace(self.page, blocks=kept)
        full = shorter if self._is_begun(shorter) else self.page
        self.done.append(full)
        self.waiting.extendleft((block, *reversed(self.page.blocks[len(full.blocks) :])))
        self.page = self.fresh

    def _is_begun(self, page: Message) -> bool:
        """Whether the page says anything yet."""
        return page.blocks not in ((), self.fresh.blocks)


def _with(page: Message, *parts: Part) -> Message:
    return replace(page, blocks=(*page.blocks, *parts))


def _following(message: Message) -> Message:
    title = words.continued(message.title)
    return Message(title, (Note(plain(say(words.CONTINUED))),))
