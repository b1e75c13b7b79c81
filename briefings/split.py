"""A message over a platform's limits, split into messages that fit, with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from briefings import words
from briefings.blocks import plain
from briefings.cut import cut
from briefings.message import Message, Note, Part

FitsMessage: TypeAlias = Callable[[Message], bool]


def split(message: Message, fits: FitsMessage) -> tuple[Message, ...]:
    """The message itself where it fits, else several that do, the later ones marked "continued".

    `fits` draws and measures; where it accepts a message, it accepts any shorter one.
    Raises ValueError where not even one character fits.
    """
    if fits(message):
        return (message,)
    done: list[Message] = []
    page, waiting = replace(message, blocks=()), list(message.blocks)
    while waiting:
        block = waiting.pop(0)
        if fits(_with(page, block)):
            page = _with(page, block)
            continue
        fresh = _following(message)
        if _is_begun(page, message) and fits(_with(fresh, block)):
            done.append(page)
            page = _with(fresh, block)
            continue
        done, page, waiting = _broken(message, done, page, (block, *waiting), fits)
    return (*done, page)


def _broken(
    message: Message,
    done: list[Message],
    page: Message,
    waiting: tuple[Part, ...],
    fits: FitsMessage,
) -> tuple[list[Message], Message, list[Part]]:
    """One step for a block that is too long for any page: fill this page, or take a fresh one."""
    pieces = cut(waiting[0], lambda part: fits(_with(page, part)))
    if pieces is not None:
        stay, go = pieces
        full = replace(page, blocks=(*page.blocks, *stay))
        return [*done, full], _following(message), [*go, *waiting[1:]]
    if not _is_begun(page, message):
        raise ValueError(f"The limits leave no room for any of {type(waiting[0]).__name__}.")
    return [*done, page], _following(message), list(waiting)


def _with(page: Message, part: Part) -> Message:
    return replace(page, blocks=(*page.blocks, part))


def _following(message: Message) -> Message:
    title = words.continued(message.title)
    return Message(title, (Note(plain(words.CONTINUED)),))


def _is_begun(page: Message, message: Message) -> bool:
    """Whether the page says anything yet."""
    return page.blocks not in ((), _following(message).blocks)
