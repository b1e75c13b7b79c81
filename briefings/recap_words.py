"""What is said about discussions, in one place: recaps, what a team concluded, how it discusses."""

from __future__ import annotations

from datetime import date

from briefings.tongue import count, mark, say
from briefings.words import day

RECAP = mark("Recap")
MOST_REACTIONS = mark("Most reactions")
STILL_OPEN = mark("Still open")
SHARED = mark("Links people shared")
WRITE = mark("Write what we said")
SEE = mark("see it")


def recap_of(title: str) -> str:
    """The title of a recap."""
    return say("Recap: {title}").format(title=title)


def took_part(replies: int, people: int) -> str:
    """`12 replies from 5 people`."""
    return say("{replies} from {people}").format(
        replies=replies_of(replies), people=count("{number} person", "{number} people", people)
    )


def replies_of(number: int) -> str:
    """`12 replies`."""
    return count("{number} reply", "{number} replies", number)


def reactions_of(number: int) -> str:
    """`5 reactions`."""
    return count("{number} reaction", "{number} reactions", number)


def and_more(number: int) -> str:
    """`and 3 more`, of people."""
    return count("and {number} more", "and {number} more", number)


def drew_the_talk(sections: str) -> str:
    """Which sections were talked about; `sections` has each with its number."""
    return say("What drew the talk: {sections}").format(sections=sections)


def on(when: date) -> str:
    """`on Tue 24 Nov 2026`."""
    return say("on {day}").format(day=day(when))
