"""What a feed or a page holds, as documents for the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from yarl import URL

from bot.feeds.asking import Answer
from briefings.model import Briefing, Source, TitleFrom
from briefings.packing import pack
from briefings.reading.cleaning import clean
from briefings.reading.reader import read
from briefings.reading.result import Unreadable
from briefings.writing import write

ITEMS_LIMIT = 200
"""Items of a feed that are read at once, the first ones: feeds put the newest first."""

ENTITIES = "It declares entities of its own, which may unfold without end."

Told: TypeAlias = Callable[[Briefing], Briefing]
"""What the feed knows better than the item's own text."""

_MARKS = (b"<rss", b"<feed", b"<rdf:RDF", b"<?xml")


@dataclass(frozen=True, slots=True)
class Item:
    """A document that came by itself: its own key, a file name for it, and its text as Markdown.

    `title` and `packed` are what the reader makes of the text; `problem` says why there is none.
    """

    key: str
    name: str
    document: bytes = b""
    title: str = ""
    packed: bytes = b""
    problem: str | None = None


def items_of(url: str, answer: Answer) -> tuple[Item, ...]:
    """The documents in an answer: each item of a feed, or the page itself."""
    if b"<!ENTITY" in answer.content:
        return (Item(url, "feed", problem=f"{url} cannot be read: {ENTITIES}"),)
    start = answer.content[:2_000].lstrip()
    if "html" not in answer.kind and any(mark in start for mark in _MARKS):
        return tuple(_feed_items(url, answer))
    return (_page(url, answer),)


def _page(url: str, answer: Answer) -> Item:
    at = URL(answer.url)
    name = f"{at.name or at.host or 'page'}".removesuffix(".html") + ".html"
    source = Source(at.host or url, answer.url)
    return _item(url, name, answer.content, lambda found: _sourced(found, source))


def _feed_items(url: str, answer: Answer) -> Iterator[Item]:
    """Every item; an item's own words are HTML, whatever its feed is."""
    import feedparser  # type: ignore[import-untyped] # half of what starting takes, and few need it

    # Bytes in a file: a text would be taken for an address or a path. The reader cleans HTML.
    found = feedparser.parse(BytesIO(answer.content), sanitize_html=False)
    feed = str(found.feed.get("title", "")) or url
    for each in found.entries[:ITEMS_LIMIT]:
        key = str(each.get("id") or each.get("link") or each.get("title") or "")
        if key:
            yield _feed_item(url, feed, key, each)


def _feed_item(url: str, feed: str, key: str, each: Mapping[str, Any]) -> Item:
    title = clean(str(each.get("title", ""))).strip()
    link = str(each.get("link", ""))
    source = Source(clean(feed), link if link.startswith(("http://", "https://")) else None)
    topics = tuple(
        dict.fromkeys(
            clean(str(tag.get("term"))) for tag in each.get("tags", ()) if tag.get("term")
        )
    )

    def told(briefing: Briefing) -> Briefing:
        known = replace(briefing, date=_day(each) or briefing.date)
        named = replace(known, title=title, title_from=TitleFrom.METADATA) if title else known
        return replace(_sourced(named, source), topics=topics or briefing.topics)

    page = f"<html><body><h1>{escape(title)}</h1>{_words(each)}</body></html>"
    return _item(
        f"{url}#{key}", f"{title[:60].replace('/', ' ') or 'item'}.html", page.encode(), told
    )


def _words(each: Mapping[str, Any]) -> str:
    contents = [str(part.get("value", "")) for part in each.get("content", ())]
    return max((*contents, str(each.get("summary", ""))), key=len)


def _day(each: Mapping[str, Any]) -> date | None:
    told = each.get("published_parsed") or each.get("updated_parsed")
    try:
        return date(*told[:3]) if told else None
    except ValueError:
        return None


def _sourced(briefing: Briefing, source: Source) -> Briefing:
    return replace(briefing, sources=(source, *(s for s in briefing.sources if s != source)))


def _item(key: str, name: str, content: bytes, told: Told) -> Item:
    kept = f"{Path(name).stem}.md"
    try:
        document = write(told(read(content, name).briefing)).encode()
        briefing = read(document, kept).briefing
    except Unreadable as error:
        return Item(key, name, problem=f"{key} cannot be read: {error}")
    return Item(key, kept, document, briefing.title, pack(briefing))
