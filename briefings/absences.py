"""What the owner of a channel's posts is told when the bot cannot post there any more."""

from __future__ import annotations

from briefings.blocks import Paragraph, Span, Style, plain
from briefings.message import Message, Note

TITLE = "Posts paused"
GO_ON = "They go on by themselves once I can post there again: invite me, or unarchive the channel."


def compose_lost(channel: str, reason: str) -> Message:
    """That posts pause, why, and what to do; `reason` completes "because …"."""
    named = Span(f"#{channel}", Style.STRONG)
    told = (Span("I no longer post briefings to "), named, Span(f" because {reason}."))
    return Message(TITLE, (Paragraph(told), Note(plain(GO_ON))))
