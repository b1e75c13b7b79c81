"""A briefing's chapters, each of which is one message: a section and the deeper ones below it."""

from __future__ import annotations

from typing import TypeAlias

from briefings import words
from briefings.blocks import Block, Heading
from briefings.model import Briefing, Section
from briefings.tongue import say

Chapter: TypeAlias = tuple[Section, ...]
"""A section of the highest level and the deeper ones that follow it."""

HIGHEST_BELOW, DEEPEST = 3, 6
"""Levels of the headings inside a chapter."""


def chapters(briefing: Briefing) -> tuple[Chapter, ...]:
    """The sections in their order, each deeper one with the section that it belongs to."""
    top = min((section.level for section in briefing.sections if section.level), default=0)
    found: list[list[Section]] = []
    for section in briefing.sections:
        if found and section.level > top:
            found[-1].append(section)
        else:
            found.append([section])
    return tuple(map(tuple, found))


def title_of(briefing: Briefing) -> str:
    """The briefing's title, or what stands for one that has none."""
    return briefing.title.strip() or say(words.NAMELESS)


def name_of(chapter: Chapter) -> str:
    """The words of a chapter's heading; empty for the lead."""
    return chapter[0].name.strip()


def blocks_of(chapter: Chapter) -> tuple[Block, ...]:
    """All blocks of a chapter, with the headings of its deeper sections between them."""
    first, *deeper = chapter
    below = (block for section in deeper for block in (*_heading(section), *section.blocks))
    return (*first.blocks, *below)


def _heading(section: Section) -> tuple[Block, ...]:
    level = min(max(HIGHEST_BELOW, section.level), DEEPEST)
    return (Heading(section.heading, level),) if section.heading else ()
