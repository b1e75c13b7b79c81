"""What a channel's owners are told about posts that are held, and what they can do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from briefings.blocks import Code, Paragraph, plain
from briefings.message import Message
from briefings.owning import compose_sentence

TITLE = "Posts that are held"
HELD = (
    "What is parked or refused waits for you. Look into the channel, then write post (it is not"
    " there), there (it is), or skip (leave it):"
)


def noting_held(message: Message, days: Sequence[date]) -> Message:
    """What became of a channel's posts, with the line that releases what is held."""
    if not days:
        return message
    lines = "\n".join(f"/briefings release {day} post" for day in sorted(set(days)))
    return replace(message, blocks=(*message.blocks, Paragraph(plain(HELD)), Code(lines)))


def compose_released(title: str | None, found: str) -> Message:
    """That a post goes on, or is left."""
    what = f"“{title}”" if title else "The post"
    match found:
        case "post":
            told = f"{what} is sent again now."
        case "there":
            told = f"{what} counts as posted; what belongs under it follows."
        case _:
            told = f"{what} is left as it is: nothing more of it is sent."
    return compose_sentence(TITLE, told)


def compose_none_held(day: date) -> Message:
    """That nothing of a day waits for anybody."""
    return compose_sentence(
        TITLE, f"Nothing of {day} is held here: /briefings status shows what is."
    )
