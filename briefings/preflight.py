"""The look before a post goes out: which addresses to try, and what editors are told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefings import preflight_words as words
from briefings.blocks import Block, Image, Item, List, Paragraph, Quote, plain, spans_in
from briefings.message import Actions, Note, Part, Post
from briefings.model import Entry
from briefings.tongue import say

NAMED = 5
"""Broken addresses that are named."""

LONGEST = 120
"""Code points of an address as it is told."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in a briefing; a picture must lead to one."""

    url: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A limit that a message comes near; `what` is what the platform counts."""

    what: str
    used: int
    most: int


@dataclass(frozen=True, slots=True)
class Flight:
    """What was found: what each address that was tried is like, and which limits are near.

    `tried` has a problem ("answers 404") for each address, or nothing where it is well.
    """

    addresses: tuple[Address, ...]
    tried: Mapping[str, str | None]
    near: tuple[Near, ...] = ()


def addresses_in(entry: Entry) -> tuple[Address, ...]:
    """Every web address in a briefing, once, in its order: links, pictures, sources."""
    briefing = entry.briefing
    pictures = {each.url for section in briefing.sections for each in _pictures(section.blocks)}
    spans = (
        span
        for section in briefing.sections
        for span in (*section.heading, *spans_in(section.blocks))
    )
    found = (*(span.link for span in spans), *(source.url for source in briefing.sources))
    urls = dict.fromkeys(url for url in found if url and url.startswith(("http://", "https://")))
    return tuple(Address(url, url in pictures) for url in urls)


def noting(post: Post, flight: Flight) -> Post:
    """What editors are asked, with what was found above its buttons."""
    blocks = post.card.blocks
    at = next((n for n, each in enumerate(blocks) if isinstance(each, Actions)), len(blocks))
    told = (*blocks[:at], *_told(flight), *blocks[at:])
    return replace(post, card=replace(post.card, blocks=told))


def _told(flight: Flight) -> Iterator[Part]:
    broken = [(url, problem) for url, problem in flight.tried.items() if problem]
    if broken:
        yield Paragraph(plain(f"⚠ {words.broken(len(broken))}"))
        yield List(tuple(_items(broken)))
    lines = [*_well(flight, len(broken)), say(words.NOBODY)]
    lines += [words.near(each.used, each.most, each.what) for each in flight.near]
    yield Note(plain(" ".join(lines)))


def _items(broken: list[tuple[str, str]]) -> Iterator[Item]:
    for url, problem in broken[:NAMED]:
        line = say(words.BROKEN).format(address=_short(url), problem=problem)
        yield Item((Paragraph(plain(line)),))
    if len(broken) > NAMED:
        yield Item((Paragraph(plain(words.others(len(broken) - NAMED))),))


def _well(flight: Flight, broken: int) -> Iterator[str]:
    if not flight.addresses:
        yield say(words.NO_LINKS)
    elif not flight.tried:
        yield say(words.UNTRIED)
    else:
        if not broken:
            yield words.tried(len(flight.tried))
        if missing := len(flight.addresses) - len(flight.tried):
            yield words.left_out(missing)


def _pictures(blocks: tuple[Block, ...]) -> Iterator[Image]:
    for block in blocks:
        match block:
            case Image():
                yield block
            case Quote(within):
                yield from _pictures(within)
            case List(items):
                for item in items:
                    yield from _pictures(item.blocks)
            case _:
                pass


def _short(url: str) -> str:
    return url if len(url) <= LONGEST else f"{url[:LONGEST]}…"
