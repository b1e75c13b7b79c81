"""Which briefings are about the same subject; it rather misses one than names a wrong one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from briefings.model import Briefing, BriefingId, Entry, Library
from briefings.writing import text_of_section

FEW, SHARE = 3, 0.02
"""What so many other briefings have in common, or such a share of the library, is a subject; what
more of them have is a genre."""

SHORTEST = 3
"""Letters of a name."""

MONTHS = "january february march april may june july august september october november december"
DAYS = "monday tuesday wednesday thursday friday saturday sunday"
DATED = frozenset(f"{MONTHS} {DAYS}".split())
"""Names that tell when, and not about what."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What sets a briefing apart: its rare topics, and the rare names in its title."""

    topics: frozenset[str]
    names: frozenset[str]


def subject_of(entry: Entry, library: Library) -> Subject:
    """The subject of a briefing, among all others."""
    topics, words = _topics(entry.briefing), title_words(entry.briefing.title)
    others = [each.briefing for each in library.values() if each.id != entry.id]
    by_topic = Counter(topic for each in others for topic in _topics(each) & topics)
    by_word = Counter(word for each in others for word in title_words(each.title) & words)
    most = max(FEW, round(len(library) * SHARE))
    names = (word for word in words if by_word[word] <= most and _is_name(word, entry.briefing))
    return Subject(
        frozenset(topic for topic in topics if by_topic[topic] <= most), frozenset(names)
    )


def is_about(subject: Subject, briefing: Briefing) -> bool:
    """Whether another briefing has a rare topic of a subject, or a name in its title."""
    if subject.topics & _topics(briefing):
        return True
    return any(_is_name(word, briefing) for word in subject.names & title_words(briefing.title))


def related_to(entry: Entry, library: Library) -> frozenset[BriefingId]:
    """The other briefings of one subject."""
    subject = subject_of(entry, library)
    others = (each for each in library.values() if each.id != entry.id)
    return frozenset(each.id for each in others if is_about(subject, each.briefing))


@lru_cache(maxsize=200_000)
def title_words(title: str) -> frozenset[str]:
    """The words of a title that may be names, in lower case."""
    return frozenset(
        word.casefold()
        for word in _WORD.findall(title)
        if len(word) >= SHORTEST and not word[0].islower()
    )


def _topics(briefing: Briefing) -> frozenset[str]:
    return frozenset(topic.casefold() for topic in briefing.topics)


def _is_name(word: str, briefing: Briefing) -> bool:
    """Whether the text has a word inside a sentence, and never in lower case, as names stand."""
    if word in DATED:
        return False
    pattern = re.compile(rf"(?P<inside>[^\s.!?:…]\s)?(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    texts = (text_of_section(section) for section in briefing.sections)
    told = [found for text in texts for found in pattern.finditer(text)]
    small = any(found[0][-len(word)].islower() for found in told)
    return not small and any(found["inside"] for found in told)
