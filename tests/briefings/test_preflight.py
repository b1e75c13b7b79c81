"""The look before a post goes out: what is tried, and what editors are told of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.blocks import Heading, Image, Item, List, Paragraph, Quote, Span, plain
from briefings.intents import Share
from briefings.message import Action, Actions, Message, Post
from briefings.model import Briefing, BriefingId, Entry, Section, Source
from briefings.preflight import Address, Flight, Near, addresses_in, noting

PICTURE = "https://pictures.example/a.png"
BUTTONS = Actions((Action("Approve", Share(BriefingId("a"))),))


def entry() -> Entry:
    linked = Paragraph((Span("there", link="https://a.example/"), Span("m", link="mailto:a@b.c")))
    again = Quote((linked, List((Item((Image(PICTURE, "A car"),)),))))
    heading = (Span("Here", link="https://b.example/"),)
    sections = (Section(heading, 2, (linked, again)),)
    sources = (Source("S", "https://s.example/"), Source("No address"))
    return Entry(
        BriefingId("a"),
        Briefing("A", sections, sources=sources),
        datetime(2026, 11, 23, tzinfo=UTC),
    )


def told(flight: Flight) -> str:
    return str(noting(Post(Message("Approval", (BUTTONS,))), flight).card.blocks)


def test_every_web_address_is_tried_once() -> None:
    assert addresses_in(entry()) == (
        Address("https://b.example/"),
        Address("https://a.example/"),
        Address(PICTURE, is_picture=True),
        Address("https://s.example/"),
    )


def test_nobody_is_pinged_and_all_is_well() -> None:
    urls = addresses_in(entry())
    said = told(Flight(urls, dict.fromkeys((each.url for each in urls), None)))
    assert "4 links and pictures were tried: all of them answer." in said
    assert "Nobody is pinged." in said


def test_broken_addresses_are_named_up_to_a_number() -> None:
    urls = tuple(Address(f"https://{number}.example/") for number in range(7))
    said = told(Flight(urls, {each.url: "answers 404" for each in urls}))
    assert "7 links and pictures do not work:" in said
    assert "https://4.example/ answers 404" in said
    assert "https://5.example/" not in said
    assert "and 2 more" in said


def test_what_was_not_tried_is_told() -> None:
    urls = (Address("https://a.example/"), Address("https://b.example/"))
    assert "were not tried" in told(Flight(urls, {}))
    one = told(Flight(urls, {"https://a.example/": None}))
    assert "1 link or picture was tried: it answers. 1 was not tried." in one
    assert "no links and no pictures" in told(Flight((), {}))


def test_a_limit_that_is_near_is_told() -> None:
    assert "44 of 45 blocks" in told(Flight((), {}, (Near("blocks", 44, 45),)))


def test_what_was_found_stands_above_the_buttons() -> None:
    blocks = noting(Post(Message("A", (Heading(plain("B")), BUTTONS))), Flight((), {})).card.blocks
    assert blocks[-1] == BUTTONS
    assert len(blocks) == 3
    bare = noting(Post(Message("A", ())), Flight((), {})).card.blocks
    assert len(bare) == 1


@pytest.mark.parametrize("length", [119, 120, 121])
def test_a_long_address_is_told_by_its_beginning(length: int) -> None:
    url = "https://a.example/".ljust(length, "a")
    said = told(Flight((Address(url),), {url: "answers 404"}))
    assert (f"{url} answers" in said) == (length <= 120)
