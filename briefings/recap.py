"""What a discussion came to: who took part, what drew the talk, what stays open. All was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

QUOTES = 3
QUESTIONS = 5
LINKS = 5
SECTIONS = 3

FEWEST_REPLIES, FEWEST_PEOPLE = 2, 2
"""A word to oneself needs no recap."""

_ASKS = ("?", "？", "؟")
_CLOSERS = "\"'”’»)]}*_~` \t\n"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said in a discussion, and how many reactions stand under it.

    `section` is the chapter of the briefing that it is about, counted from 0. `text` and `links`
    are there where the channel keeps them.
    """

    message: str
    person: str
    at: datetime
    section: int | None = None
    text: str | None = None
    links: tuple[str, ...] = ()
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Recap:
    """People by how much they said, sections by how much was said about them, most first.

    `quotes` are the replies with the most reactions; `questions` those that nobody answered, the
    oldest first.
    """

    people: tuple[str, ...]
    replies: int
    sections: tuple[tuple[int, int], ...] = ()
    quotes: tuple[Remark, ...] = ()
    questions: tuple[Remark, ...] = ()
    links: tuple[str, ...] = ()


def recap(remarks: Sequence[Remark]) -> Recap:
    """What a discussion came to; its remarks are in the order in which they were made."""
    people = Counter(each.person for each in remarks)
    sections = Counter(each.section for each in remarks if each.section is not None)
    loved = sorted((each for each in remarks if each.signs > 0), key=lambda each: -each.signs)
    shared = dict.fromkeys(link for each in remarks for link in each.links)
    return Recap(
        tuple(person for person, _ in people.most_common()),
        len(remarks),
        tuple(sections.most_common(SECTIONS)),
        tuple(loved[:QUOTES]),
        tuple(open_questions(remarks))[-QUESTIONS:],
        tuple(shared)[:LINKS],
    )


def is_worth_it(remarks: Sequence[Remark]) -> bool:
    """Whether people talked to each other."""
    people = {each.person for each in remarks}
    return len(remarks) >= FEWEST_REPLIES and len(people) >= FEWEST_PEOPLE


def open_questions(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """The questions after which nobody else said anything about the same part but questions."""
    later: dict[int | None, set[str]] = {}
    unanswered: list[Remark] = []
    for each in reversed(remarks):
        if not asks(each.text or ""):
            later.setdefault(each.section, set()).add(each.person)
        elif not _others(later, each):
            unanswered.append(each)
    return reversed(unanswered)


def asks(text: str) -> bool:
    """Whether a text ends as a question, and not as an address that has one."""
    bare = text.rstrip(_CLOSERS)
    last = bare.split()[-1] if bare.split() else ""
    return bare.endswith(_ASKS) and "://" not in last


def _others(later: dict[int | None, set[str]], asked: Remark) -> bool:
    """Whether somebody else spoke later of what a question is about."""
    about = later if asked.section is None else (asked.section, None)
    return any(person != asked.person for person in _within(later, about))


def _within(later: dict[int | None, set[str]], about: Iterable[int | None]) -> Iterator[str]:
    return (person for section in about for person in later.get(section, ()))
