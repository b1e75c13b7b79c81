"""What a channel's owners are told about posts that are held, and what they can do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from briefings import words
from briefings.blocks import Code, Paragraph, plain
from briefings.message import Message
from briefings.owning import compose_sentence
from briefings.tongue import mark, say

TITLE = mark("Posts that are held")
HELD = mark(
    "What is parked or refused waits for you. Look into the channel, then write post (it is not"
    " there), there (it is), or skip (leave it):"
)
RELEASED = {
    ("post", True): mark("“{title}” is sent again now."),
    ("post", False): mark("The post is sent again now."),
    ("there", True): mark("“{title}” counts as posted; what belongs under it follows."),
    ("there", False): mark("The post counts as posted; what belongs under it follows."),
    ("skip", True): mark("“{title}” is left as it is: nothing more of it is sent."),
    ("skip", False): mark("The post is left as it is: nothing more of it is sent."),
}
"""By what somebody found, and whether the post has a title."""


def noting_held(message: Message, days: Sequence[date]) -> Message:
    """What became of a channel's posts, with the line that releases what is held."""
    if not days:
        return message
    lines = "\n".join(f"/briefings release {day} post" for day in sorted(set(days)))
    return replace(message, blocks=(*message.blocks, Paragraph(plain(say(HELD))), Code(lines)))


def compose_released(title: str | None, found: str) -> Message:
    """That a post goes on, or is left."""
    told = RELEASED[found, bool(title)]
    return compose_sentence(say(TITLE), say(told).format(title=title))


def compose_none_held(day: date) -> Message:
    """That nothing of a day waits for anybody."""
    none = say("Nothing of {day} is held here: /briefings status shows what is.")
    return compose_sentence(say(TITLE), none.format(day=words.day(day)))
