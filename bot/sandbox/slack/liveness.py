"""What in a message would be live: ping somebody, open a channel, unfurl, or fake a link."""

from __future__ import annotations

from bot.sandbox.side import Json


def live_parts(payload: Json, *, unfurls: bool = True) -> list[str]:
    """The live parts of a message's body, each in a few words; `[]` where nothing is live."""
    return []
