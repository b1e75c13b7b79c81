"""What the owner of a channel's posts is told when the bot cannot post there any more."""

from __future__ import annotations

from briefings.blocks import Paragraph, Span, Style, plain
from briefings.filling import filled
from briefings.message import Message, Note
from briefings.tongue import mark, say

TITLE = mark("Posts paused")
LOST = mark("I no longer post briefings to {channel} because {reason}.")
GO_ON = mark(
    "They go on by themselves once I can post there again: invite me, or unarchive the channel."
)


def compose_lost(channel: str, reason: str) -> Message:
    """That posts pause, why, and what to do; `reason` completes "because …"."""
    named = Span(f"#{channel}", Style.STRONG)
    told = filled(say(LOST), channel=named, reason=reason)
    return Message(say(TITLE), (Paragraph(told), Note(plain(say(GO_ON)))))
