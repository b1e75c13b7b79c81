"""What editors are told of links, pictures, mentions and limits before a post goes out."""

from __future__ import annotations

from briefings.tongue import count, mark, say

NOBODY = mark("Mentions: none. Nobody is pinged.")
NO_LINKS = mark("It has no links and no pictures.")
UNTRIED = mark("Its links and pictures were not tried.")
BROKEN = mark("{address} {problem}")
NEAR = mark("It comes near a limit: {used} of {most} {what} in one message.")
COUNTED = (
    mark("blocks"),
    mark("characters"),
    mark("weight (compact JSON)"),
    mark("characters of the notification"),
    mark("characters in tables"),
    mark("components"),
    mark("bytes"),
)
"""What is counted, as the platforms' gauges name it."""


def tried(number: int) -> str:
    """That all that was tried answers."""
    return count(
        "{number} link or picture was tried: it answers.",
        "{number} links and pictures were tried: all of them answer.",
        number,
    )


def broken(number: int) -> str:
    """That some do not answer as they should; they are named below."""
    return count(
        "{number} link or picture does not work:",
        "{number} links and pictures do not work:",
        number,
    )


def left_out(number: int) -> str:
    """That there were too many, or too little time, to try all."""
    return count("{number} was not tried.", "{number} were not tried.", number)


def others(number: int) -> str:
    """That further ones are broken as well."""
    return count("and {number} more", "and {number} more", number)


def near(used: int, most: int, what: str) -> str:
    """How near a limit is."""
    return say(NEAR).format(used=f"{used:,}", most=f"{most:,}", what=say(what))
