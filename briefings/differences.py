"""What changed from one version of a briefing to the next: which sentences, which words of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefings.blocks import Block, Code, Heading, Image, List, Paragraph, Quote, Table, text_of
from briefings.chapters import blocks_of, chapters, name_of
from briefings.model import Briefing
from briefings.reading.known import key
from briefings.sentences import sentences
from briefings.telling_words import Headline, Weighing, bare, matter, tokens, weighing

ALIKE = 0.4
"""How much two sentences have in common, of 1, that count as one that changed."""

NEAR = 50
"""Sentences taken out that a new one is compared with: a document may be written anew."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence, and whether the other version has others in their place."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence as it was and as it is; nothing where it is new, or was taken out.

    It `matters` where a figure, a name or a date changed.
    """

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    matters: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a section; without a heading it is the title, or what stands beside."""

    section: str
    changes: tuple[Change, ...]

    @property
    def matters(self) -> bool:
        """Whether anything that matters changed."""
        return any(each.matters for each in self.changes)


def differences(before: Briefing, after: Briefing) -> tuple[Difference, ...]:
    """What changed, section by section, in the order of the later version.

    A sentence that only moved, and a word whose case or punctuation changed, are as they were.
    """
    old, new = _told(before), _told(after)
    moved = Counter(_all(old)) & Counter(_all(new))
    weigh = weighing((*_all(old), *_all(new)))
    found = (
        Difference(name, tuple(_changes(was, now, moved, weigh)))
        for name, was, now in _paired(old, new)
    )
    return tuple(each for each in found if each.changes)


_Told = list[tuple[str, list[str]]]


def _told(briefing: Briefing) -> _Told:
    """The title, each section and what stands beside them, with the sentences of each."""
    about = [
        *([briefing.date.isoformat()] if briefing.date else ()),
        *briefing.topics,
        *(each.name for each in briefing.sources),
        *briefing.questions,
        *(f"{name}: {text}" for name, text in briefing.extras),
    ]
    told = ((name_of(each), _lines(blocks_of(each))) for each in chapters(briefing))
    parts = [(name, [line for line in lines if line.strip()]) for name, lines in told]
    about = [each for each in about if each.strip()]
    title: list[str] = [Headline(briefing.title)] if briefing.title.strip() else []
    return [("", title), *parts, ("\0", about)]


def _all(told: _Told) -> list[str]:
    return [line for _, lines in told for line in lines]


def _paired(old: _Told, new: _Told) -> Iterator[tuple[str, list[str], list[str]]]:
    """Sections of one name belong together; of the others, those that stand in one order."""
    left = list(old)
    found: list[list[str] | None] = []
    for name, _ in new:
        at = next((place for place, was in enumerate(left) if key(was[0]) == key(name)), None)
        found.append(None if at is None else left.pop(at)[1])
    for (name, lines), was in zip(new, found, strict=True):
        if was is not None or not left:
            yield name.strip("\0"), was or [], lines
        else:
            former, sentences_then = left.pop(0)
            yield name, [Headline(former), *sentences_then], [Headline(name), *lines]
    yield from ((name, lines, []) for name, lines in left)


def _changes(
    old: Sequence[str], new: Sequence[str], moved: Counter[str], weigh: Weighing
) -> Iterator[Change]:
    """Sentences that became others or are new, in their order, then those taken out."""
    gone = [each for each in old if each not in moved]
    for line in (each for each in new if each not in moved):
        former = _nearest(line, gone[:NEAR])
        if former is None:
            yield Change((), _whole(line), matter(line, tokens(line), weigh))
            continue
        gone.remove(former)
        if change := _change(former, line, weigh):
            yield change
    for line in gone:
        yield Change(_whole(line), (), matter(line, tokens(line), weigh))


def _whole(line: str) -> tuple[Piece, ...]:
    return (Piece(line, changed=True),)


def _nearest(line: str, gone: Sequence[str]) -> str | None:
    """The sentence that has most words in common with a line, where those are enough."""
    likest = max(gone, key=lambda each: _likeness(each, line), default="")
    return likest if likest and _likeness(likest, line) >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    """How much two sentences have in common, 0 to 1."""
    here, there = Counter(map(bare, tokens(one))), Counter(map(bare, tokens(other)))
    return 2 * (here & there).total() / max(1, here.total() + there.total())


def _change(before: str, after: str, weigh: Weighing) -> Change | None:
    old, new = tokens(before), tokens(after)
    was, now = [bare(each) for each in old], [bare(each) for each in new]
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    if all(kind == "equal" for kind, *_ in codes):
        return None
    weighs = any(
        matter(before, old[a:b], weigh, first=a == 0)
        or matter(after, new[c:d], weigh, first=c == 0)
        for kind, a, b, c, d in codes
        if kind != "equal"
    )
    gone = _pieces((kind != "equal", old[a:b]) for kind, a, b, _, _ in codes)
    come = _pieces((kind != "equal", new[c:d]) for kind, _, _, c, d in codes)
    return Change(gone, come, weighs)


def _pieces(runs: Iterable[tuple[bool, Sequence[str]]]) -> tuple[Piece, ...]:
    return tuple(Piece("".join(run), changed) for changed, run in runs if run)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(spans):
                yield from sentences(text_of(spans))
            case Heading(spans):
                yield Headline(text_of(spans))
            case List(items):
                yield from (line for item in items for line in _lines(item.blocks))
            case Quote(within):
                yield from _lines(within)
            case Code(text):
                yield from filter(None, text.splitlines())
            case Table(head, rows):
                yield from (" · ".join(map(text_of, row)) for row in (head, *rows))
            case Image(_, alt) if alt:
                yield alt
            case _:
                continue
