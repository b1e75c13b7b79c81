"""What is said when a discussion begins, in one place."""

from __future__ import annotations

from datetime import date

from briefings import words
from briefings.tongue import mark, say

DISCUSS_PART = mark("Discuss this part")
WHAT_DO_YOU_MAKE_OF_IT = mark("What do you make of this? Reply here.")
WHICH_PART = mark("What do you make of this? Reply here, and say which part you mean:")
SOMEBODY_ASKS = mark("Somebody would like to talk about this part. What do you think? Reply here.")
PART_IS_UP = mark("“{part}” is up for discussion in the thread: {title}.")
NOT_OPENED = mark("The thread could not be opened just now: try again in a minute.")


def discussion_of(title: str) -> str:
    """The title of what opens a discussion."""
    return say("Discussion: {title}").format(title=title)


def part_of(heading: str) -> str:
    """The title of a part that is put up for discussion."""
    return say("Let's discuss: {heading}").format(heading=heading)


def briefing_of(day: date) -> str:
    """What a thread is called where its briefing's title is not taken."""
    return say("Briefing of {day}").format(day=words.day(day))
