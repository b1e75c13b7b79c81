"""That discussions are being read again, and how far that got."""

from __future__ import annotations

from dataclasses import replace

from briefings.blocks import plain
from briefings.message import Message, Note
from briefings.tongue import mark, say

CATCHING_UP = mark("I am reading what was said while I was away: {read} of {threads} threads.")


def noting_catching_up(message: Message, read: int, threads: int) -> Message:
    """The message with a note, where there is still something to read."""
    if read >= threads:
        return message
    told = say(CATCHING_UP).format(read=read, threads=threads)
    return replace(message, blocks=(*message.blocks, Note(plain(told))))
