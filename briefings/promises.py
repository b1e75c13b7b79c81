"""Which lines of a briefing promise something for a day: those of "What's Next?" and its like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from briefings.blocks import Block, List, Paragraph, Table, text_of
from briefings.chapters import Chapter, blocks_of, chapters, name_of
from briefings.model import Entry
from briefings.promise_days import day_in
from briefings.reading.known import key, keys
from briefings.sentences import sentences

LONGEST = 400
"""Characters of a line that can be asked about: a longer one is a story."""

AHEAD = keys(
    """
    what's next|what is next|what comes next|what happens next|what to watch|what we're watching
    |what to expect|next steps|follow-up|follow up|follow-ups|action items|corrective actions
    |key dates|important dates|dates to watch|deadlines|milestones|roadmap|outlook|looking ahead
    |coming up|upcoming|what's ahead|the road ahead|agenda|calendar|schedule
    |wie es weitergeht|wie geht es weiter|was kommt|was folgt|nächste schritte|ausblick|termine
    |fristen|et maintenant|la suite|prochaines étapes|qué sigue|qué viene ahora|próximos pasos
    |下一步|接下来|后续|展望|日程|今后
    """.replace("\n", " ").split("|")
)
"""Headings under which a briefing looks ahead."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of a section (they count from 0), and the day by which it is to come true."""

    section: int
    line: str
    due: date

    @property
    def name(self) -> str:
        """What it is called, as long as it is worded so: 8 hexadecimal digits."""
        return sha256(self.line.encode()).hexdigest()[:8]


def promises(entry: Entry, number: int) -> tuple[Promise, ...]:
    """The lines of a section that promise something, as of the briefing's own day."""
    told = chapters(entry.briefing)
    if not 0 <= number < len(told) or not looks_ahead(told[number]):
        return ()
    written = entry.briefing.date or entry.added.date()
    found: dict[str, Promise] = {}
    for line in lines_of(blocks_of(told[number])):
        if len(line) <= LONGEST and (due := day_in(line, written)):
            found.setdefault(line, Promise(number, line, due))
    return tuple(found.values())


def looks_ahead(chapter: Chapter) -> bool:
    """Whether a section is about what is to come."""
    return key(name_of(chapter)) in AHEAD


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The sentences of paragraphs, the items of lists and the rows of tables, each in one line."""
    for block in blocks:
        match block:
            case Paragraph(spans):
                yield from sentences(text_of(spans))
            case List(items):
                for item in items:
                    yield from lines_of(item.blocks)
            case Table(_, rows):
                yield from (" · ".join(map(text_of, row)) for row in rows)
            case _:
                continue
