"""Links whose words name another place than they lead to show where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from briefings.blocks import Span, Spans, merged, text_of

_NAMED = re.compile(
    # What a reader takes for an address: `https://…`, `a@b.example`, `www.b.example`.
    r"https?:[/\\]*([^\s/\\?#]+)"
    r"|(?<![\w.+%-])([\w.+%-]+@(?:[\w-]+\.)+[^\W\d_]{2,})"
    r"|(?<![\w-])(?<!\w\.)((?:[\w-]+\.)+[^\W\d_]{2,})(?![\w-])",
    re.IGNORECASE,
)


def honest(spans: Iterable[Span]) -> Spans:
    """The spans with the place a link leads to linked beside words that name another one.

    Such words stay as they are and lose their link. Every link of a briefing, be it in the text,
    in a picture's stead or beside a source's name, is to go through here.
    """
    return merged(span for run in _runs(spans) for span in _told(run))


def place_of(link: str) -> str:
    """Where a link leads in a word: the host, or the mail address; "" for a broken link."""
    try:
        parts = urlsplit(link)
        return parts.path if parts.scheme.lower() == "mailto" else parts.hostname or ""
    except ValueError:  # a broken IPv6 address
        return ""


def misleads(words: str, link: str) -> bool:
    """Whether the words of a link name another place than the one it leads to."""
    place = place_of(link)
    if words == place or not words.replace(link, ""):  # the address, once or several times
        return False
    return any(_bare(name) != _bare(place) for name in _named(words))


def _runs(spans: Iterable[Span]) -> Iterator[Spans]:
    return (tuple(run) for _, run in groupby(spans, key=lambda span: span.link))


def _told(run: Spans) -> Spans:
    link = run[0].link
    texts = (text_of(run), *(span.text for span in run))  # a style inside may set a name apart
    if link is None or not any(misleads(text, link) for text in texts):
        return run
    words = (Span(span.text, span.style) for span in run)
    return (*words, Span(" ("), Span(place_of(link) or link, link=link), Span(")"))


def _named(words: str) -> Iterator[str]:
    return (found[found.lastindex or 0] for found in _NAMED.finditer(words))


def _bare(place: str) -> str:
    return place.lower().removeprefix("www.")
