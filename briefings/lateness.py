"""What a channel is told of a post that its platform took late, or too late."""

from __future__ import annotations

from datetime import timedelta

from briefings.message import Message
from briefings.owning import compose_sentence

CAME_LATE, TOO_LATE = "A post came late", "A post did not come"


def compose_held_up(platform: str, late: timedelta, *, came: bool) -> Message:
    """Why a post is late by a while, or will not come."""
    why = f"{platform} did not take it"
    if came:
        said = f"The post above comes {_while(late)} late: {why} before."
    else:
        said = f"The post that was due {_while(late)} ago does not come: {why} in time."
    title = CAME_LATE if came else TOO_LATE
    return compose_sentence(title, f"{said} /briefings status shows more.")


def _while(stretch: timedelta) -> str:
    """A stretch as people say it, in whole minutes or hours."""
    minutes = round(stretch / timedelta(minutes=1))
    count, unit = (minutes, "minute") if minutes < 120 else (round(minutes / 60), "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
