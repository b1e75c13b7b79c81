"""The library in memory: every entry, small, and what is known of every document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.store.briefings import Changed
from bot.store.keeping import Held, State
from briefings.model import BriefingId, Entry
from briefings.packing import unpack


@dataclass(slots=True)
class Holdings:
    """What the database has, as far as it was followed: entries to show, and all that is held.

    `entries` is another mapping after each change: whoever has one in hand may go on reading it.
    `revision` is the last one that was followed to its end.
    """

    entries: Mapping[BriefingId, Entry] = field(default_factory=dict)
    held: dict[BriefingId, Held] = field(default_factory=dict)
    revision: int = 0

    def by_origin(self) -> Mapping[str, Held]:
        """All that is held, by where its documents are; a thread may ask while changes come in."""
        return {each.origin: each for each in tuple(self.held.values())}

    def problems(self) -> Iterator[str]:
        """A sentence for each document whose last reading failed."""
        standing = (each for each in self.held.values() if each.state is State.PRESENT)
        yield from (each.problem for each in standing if each.problem)

    def show(self, changes: Iterable[Changed]) -> list[Entry]:
        """Take changes over; the entries that are new or different.

        What is no longer there stays among the entries until `drop`: a search that is under way
        may still find it.
        """
        shown = []
        for change in changes:
            held = change.held
            before = self.held.get(held.id)
            self.held[held.id] = held
            if is_shown(held) and not _is_same(before, held, self.entries):
                shown.append(_entry(change))
        if shown:
            self.entries = {**self.entries, **{entry.id: entry for entry in shown}}
        return shown

    def hidden(self, among: Iterable[BriefingId] | None = None) -> tuple[BriefingId, ...]:
        """The entries that are no longer there, of some or of all."""
        names = self.entries if among is None else (name for name in among if name in self.entries)
        return tuple(name for name in names if not is_shown(self.held[name]))

    def drop(self, briefings: Iterable[BriefingId]) -> None:
        """Forget entries."""
        left = dict(self.entries)  # ten times as quick as choosing those that stay
        for name in briefings:
            left.pop(name, None)
        self.entries = left


def is_shown(held: Held) -> bool:
    """Whether people find this briefing."""
    return held.state is State.PRESENT and held.version > 0


def _is_same(before: Held | None, held: Held, entries: Mapping[BriefingId, Entry]) -> bool:
    """Whether only what people do not see has changed."""
    if before is None or held.id not in entries:
        return False
    return (before.version, before.origin) == (held.version, held.origin)


def _entry(change: Changed) -> Entry:
    held = change.held
    return Entry(held.id, unpack(change.packed), held.added_at, held.origin)
