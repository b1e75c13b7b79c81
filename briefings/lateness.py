"""What a channel is told of a post that its platform took late, or too late."""

from __future__ import annotations

from datetime import timedelta

from briefings.message import Message
from briefings.owning import compose_sentence
from briefings.tongue import count, mark, say

CAME_LATE, TOO_LATE = mark("A post came late"), mark("A post did not come")


def compose_held_up(platform: str, late: timedelta, *, came: bool) -> Message:
    """Why a post is late by a while, or will not come."""
    if came:
        told = say(
            "The post above comes {stretch} late: {platform} did not take it before."
            " /briefings status shows more."
        )
    else:
        told = say(
            "The post that was due {stretch} ago does not come: {platform} did not take it in time."
            " /briefings status shows more."
        )
    sentence = told.format(stretch=_while(late), platform=platform)
    return compose_sentence(say(CAME_LATE if came else TOO_LATE), sentence)


def _while(stretch: timedelta) -> str:
    """A stretch as people say it, in whole minutes or hours."""
    minutes = round(stretch / timedelta(minutes=1))
    if minutes < 120:
        return count("{number} minute", "{number} minutes", minutes)
    return count("{number} hour", "{number} hours", round(minutes / 60))
