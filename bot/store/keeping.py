"""What the library keeps of a document, and what becomes of it when a document is found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from briefings.model import BriefingId


class State(StrEnum):
    """Where a briefing stands."""

    PRESENT = "present"
    GONE = "gone"
    """Its document is no longer where it was; it comes back with it."""
    REMOVED = "removed"
    """Taken out by hand; it comes back when it is imported by name."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is to the reader: its name, its bytes, and the briefing read from them."""

    name: str
    content: bytes
    title: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A document as it was found: read, or with the sentence that says why not.

    `names` are those that a new briefing may get, the best first; `seen` is the digest of the
    bytes, empty where there are none.
    """

    origin: str
    source: str
    seen: str
    names: tuple[BriefingId, ...]
    added: datetime
    document: Document | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A briefing as the library has it; version 0 is one that never could be read."""

    id: BriefingId
    origin: str
    source: str
    title: str
    state: State
    seen: str
    digest: str
    version: int
    problem: str | None
    added_at: datetime
    changed_at: datetime
    revision: int


class Became(StrEnum):
    """What became of a found document."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"
    REMOVED = "removed by hand"


Outcome: TypeAlias = tuple[Held | None, Became]
"""The briefing as it is to be from now on; nothing where there is nothing to write."""


def settle(
    found: Found,
    held: Held | None,
    former: Held | None,
    taken: Collection[BriefingId],
    *,
    by_hand: bool,
) -> Outcome:
    """What a found document is: `held` has its origin, `former` its bytes and lost its own.

    A document keeps its briefing when it is edited or renamed. `by_hand` brings back what was
    removed by hand.
    """
    if held is None and former is not None:
        moved = replace(former, origin=found.origin, source=found.source)
        if moved.state is State.REMOVED and not by_hand:
            return moved, Became.REMOVED
        return replace(moved, state=State.PRESENT), Became.RENAMED
    if held is None:
        return _new(found, taken)
    if held.state is State.REMOVED and not by_hand:
        return None, Became.REMOVED
    if found.document is None:
        return _unread(found, held)
    return _edited(found, held)


def _new(found: Found, taken: Collection[BriefingId]) -> Outcome:
    free = next(name for name in found.names if name not in taken)
    blank = Held(
        free,
        found.origin,
        found.source,
        "",
        State.PRESENT,
        "",
        "",
        0,
        None,
        found.added,
        found.added,
        0,
    )
    now, became = _unread(found, blank) if found.document is None else _edited(found, blank)
    return now, Became.ADDED if became is Became.CHANGED else became


def _unread(found: Found, held: Held) -> Outcome:
    """The last good version stays; the problem is written down once."""
    now = replace(
        held, source=found.source, state=State.PRESENT, seen=found.seen, problem=found.problem
    )
    return (now if now != held else None), Became.UNREADABLE


def _edited(found: Found, held: Held) -> Outcome:
    now = replace(held, source=found.source, state=State.PRESENT, seen=found.seen, problem=None)
    if found.document and found.seen != held.digest:
        now = replace(now, title=found.document.title, digest=found.seen, version=held.version + 1)
    if now == held:
        return None, Became.UNCHANGED
    is_same = now.version == held.version and held.state is State.PRESENT and not held.problem
    return now, Became.UNCHANGED if is_same else Became.CHANGED


def free_names(wanted: Collection[Found], known: Mapping[str, Held]) -> set[BriefingId]:
    """Every name that one of the new documents may ask for."""
    return {name for each in wanted if each.origin not in known for name in each.names}
