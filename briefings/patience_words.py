"""What the bot says to somebody who asks for a lot at once."""

from __future__ import annotations

from briefings.tongue import count, mark

TITLE = mark("One moment, please")


def wait(seconds: int) -> str:
    """When to ask again."""
    return count(
        "You sent a lot at once. Please try again in {number} second.",
        "You sent a lot at once. Please try again in {number} seconds.",
        seconds,
    )
