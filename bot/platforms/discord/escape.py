"""The one place where text is made inert: nothing in it pings, links, unfurls or formats."""

from __future__ import annotations

import re

import regex

BREAK = "\u200b"
"""A zero-width space: it takes apart what Discord would join, and nobody sees it. discord.py does
the same in `discord.utils.escape_mentions`."""

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""Control characters, direction marks (Unicode's Bidi_Control) and what has no shape at all."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_PING = r"@(?=everyone|here|\Z)"
_ANGLE = r"<(?=@[!&]?\d|#\d|a?:\w+:\d|/[^<>\n]+:\d|t:-?\d|id:|sound:)"
_INVITE = r"discord(?=\.(?:gg|gift|new)\b|(?:app)?\.com/(?:invite|gifts|template|events|oauth2))"
_LIVE = re.compile(f"{_PING}|{_ANGLE}|{_INVITE}", re.IGNORECASE)
"""Where mentions, emoji, timestamps and invites are taken apart.
https://discord.com/developers/docs/reference#message-formatting"""

_INLINE = re.compile(r"[\\*_~|`\[\]<>]|:(?=//|[\w+~-]+:)")
_LINE_START = re.compile(r"[-+#](?=[#\s]|\Z)|[.)](?=\s|\Z)(?<=\d.)")
_MARKUP = re.compile(f"{_INLINE.pattern}|{_LINE_START.pattern}")
_FENCE = re.compile("(?<=``)(?=`)")


def escape(text: str) -> str:
    """The text so that Discord shows it letter by letter, wherever in a line it stands.

    What only counts at the start of a line (lists, headings) is escaped everywhere: Discord shows
    a backslash before punctuation nowhere, and no caller has to know what stands before the text.
    """
    return _MARKUP.sub(r"\\\g<0>", inert(text.replace("\t", "    ")))


def inert(text: str) -> str:
    """The text for a place where no markup counts (code, a label): nothing in it is live."""
    return _LIVE.sub(rf"\g<0>{BREAK}", clean(text))


def fenced(text: str) -> str:
    """The text for the inside of a code block, which it can not close."""
    return _FENCE.sub(BREAK, inert(text))


def clean(text: str) -> str:
    """The text without characters that steer (direction, control) and with plain line ends."""
    whole = _SURROGATE.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return _UNSEEN.sub("", whole)


def one_line(text: str) -> str:
    """The clean text on one line, its white space single."""
    return " ".join(clean(text).split())


def is_plain(text: str) -> bool:
    """Whether the text is the same when it is escaped, so that it may be a link's label.

    Backslashes show inside a label. https://github.com/discord/discord-api-docs/issues/6185
    """
    return inert(text) == text and not _INLINE.search(text)


def shorten(text: str, limit: int) -> str:
    """The text on one line within `limit` code points, ended at a word and marked with "…"."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    at_word = head.rpartition(" ")[0] if line[limit - 1] != " " else head
    return f"{at_word if len(at_word) > limit // 2 else _whole(line, limit - 1)}…"


def _whole(text: str, limit: int) -> str:
    """As many of the text's whole letters as `limit` code points hold."""
    ends = [found.end() for found in regex.finditer(r"\X", text[: limit + 32])]
    return text[: max((end for end in ends if end <= limit), default=0)]
