"""What a person typed, out of Slack's escapes.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re

_MENTION = re.compile(r"<[@!#][^>]*>")
_LINK = re.compile(r"<(?:[^<>|]*\|)?([^<>]*)>")


def words(text: str) -> str:
    """The words alone: of links their labels, and nobody who is mentioned."""
    return " ".join(unescaped(_LINK.sub(r"\1", _MENTION.sub(" ", text))).split())


def unescaped(text: str) -> str:
    """The text with Slack's escapes undone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
