"""Pictures on Discord: small beside the beginning of a card, whole everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.platforms.discord.classic import classic
from bot.platforms.discord.forum import lines, title
from bot.platforms.discord.gauges import gauges
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import body
from bot.platforms.port import Payload
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.permissions import Flag
from briefings.blocks import Divider, Heading, Image, Paragraph, plain
from briefings.card import compose_post
from briefings.message import Message, Note
from briefings.model import Briefing, BriefingId, Entry, Section
from tests.platforms.discord.reading import texts, walk
from tests.platforms.discord.test_render import check
from tests.platforms.hostile import HOSTILE

SECTION, TEXT, THUMBNAIL, GALLERY = 9, 10, 11, 12
ADDRESS = "https://pictures.example/hall.png"
SMALL = Image(ADDRESS, "The hall on the first morning", beside=True)
LEAD = Paragraph(plain("The summit opened in Wuhu with 1,000 guests."))


def post_of(*blocks: Any) -> Any:
    sections = (
        Section(plain("What's Happening?"), 2, blocks),
        Section(plain("What's Next?"), 2, (Image(ADDRESS, "A map"), LEAD)),
    )
    entry = Entry(
        BriefingId("chery"), Briefing("The Summit", sections), datetime(2031, 5, 3, tzinfo=UTC)
    )
    return compose_post(entry)


def kinds(payload: Payload) -> list[int]:
    return [each["type"] for each in inside(payload)]


def inside(payload: Any) -> list[Any]:
    parts: list[Any] = payload["components"][0]["components"]
    return parts


def embeds(payload: Payload) -> list[Any]:
    told: Any = classic(payload)["embeds"]
    return list(told)


def taken(payload: Payload) -> None:
    """The sandbox, which counts on its own, takes it in either layout."""
    check(payload)
    sent = dict(body(payload, "m" * 25))
    drafted(sent, (), ON_SEND)
    drafted(dict(classic(sent)), (), ON_SEND & ~Flag.IS_COMPONENTS_V2)


def test_a_card_that_begins_with_a_picture_is_drawn_as_before(snapshot: SnapshotAssertion) -> None:
    (payload,) = draw(post_of(Image(ADDRESS, "The hall"), LEAD).card)
    assert payload == snapshot.use_extension(JSONSnapshotExtension)


def test_one_picture_stands_small_beside_the_beginning_of_a_card() -> None:
    (payload,) = draw(post_of(Image(ADDRESS, "The hall"), LEAD).card)
    section, text, *_ = inside(payload)
    assert section["accessory"] == {
        "type": THUMBNAIL,
        "media": {"url": ADDRESS},
        "description": "The hall",
    }
    (beginning,) = section["components"]
    assert beginning["content"].startswith("# The Summit\n-# ")
    assert beginning["content"].endswith("\n### What's Happening?")
    assert text["content"] == "The summit opened in Wuhu with 1,000 guests."


@pytest.mark.parametrize(
    "blocks",
    [
        (Image(ADDRESS), Image(ADDRESS + "?2"), LEAD),
        (LEAD, Image(ADDRESS)),
    ],
)
def test_several_pictures_and_those_between_words_stay_whole(blocks: tuple[Any, ...]) -> None:
    (payload,) = draw(post_of(*blocks).card)
    assert GALLERY in kinds(payload)
    assert SECTION not in kinds(payload)


def test_a_part_shows_its_picture_whole() -> None:
    (part,) = post_of(Image(ADDRESS), LEAD).parts
    (payload,) = draw(part)
    assert kinds(payload)[:3] == [TEXT, GALLERY, TEXT]


def test_a_small_picture_with_no_text_before_it_is_shown_whole() -> None:
    (payload,) = draw(Message("", (SMALL, SMALL)))
    assert kinds(payload) == [GALLERY, GALLERY]
    taken(payload)


def test_a_second_small_picture_is_shown_whole() -> None:
    (payload,) = draw(Message("T", (SMALL, SMALL, LEAD, SMALL)))
    assert kinds(payload) == [SECTION, GALLERY, SECTION]
    taken(payload)
    first, second = embeds(payload)
    assert [each["thumbnail"]["url"] for each in (first, second)] == [ADDRESS, ADDRESS]


def test_an_embed_has_the_small_picture_beside_its_text() -> None:
    (payload,) = draw(Message("T", (LEAD, SMALL)))
    (embed,) = embeds(payload)
    assert embed["thumbnail"] == {"url": ADDRESS}
    assert embed["description"].endswith("-# The hall on the first morning")
    assert "image" not in embed


@pytest.mark.parametrize("drawn", [lambda sent: sent, classic])
def test_a_forum_names_its_post_after_a_heading_beside_a_picture(drawn: Any) -> None:
    (payload,) = draw(post_of(Image(ADDRESS), LEAD).card)
    assert title(lines(drawn(payload))) == "The Summit"


def test_the_gauges_count_the_picture_and_its_section() -> None:
    (payload,) = draw(Message("T", (SMALL, LEAD)))
    components = next(each for each in gauges(payload) if each.what == "components")
    assert components.used == 5  # container, section, text, thumbnail, text


@pytest.mark.parametrize("size", range(1021, 1028))
def test_words_too_long_for_a_description_are_said_below_the_picture(size: int) -> None:
    (payload,) = draw(Message("T", (Image(ADDRESS, "x" * size, beside=True),)))
    taken(payload)
    said = [each.get("description", "") for each in walk(payload)] + texts(payload)
    assert sum(each.count("x") for each in said) == size


NO_PICTURES = (
    "javascript:alert(1)",
    "data:image/png;base64,AAAA",
    "attachment://secret.png",
    "https://user:secret@pictures.example/a.png",
    "https://discord.gg/evil",
    "https://cdn.discordapp.com/oauth2/authorize",
    "https://[::1",
    "https://pictures.example/" + "a" * 1_000,
    "//pictures.example/a.png",
    "",
)


@pytest.mark.parametrize("address", NO_PICTURES)
def test_an_address_that_is_no_picture_is_never_loaded(address: str) -> None:
    for payload in draw(Message("T", (Image(address, "A hall", beside=True), LEAD))):
        taken(payload)
        assert SECTION not in kinds(payload)
        assert not any("media" in each or "items" in each for each in walk(payload))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(HOSTILE), st.sampled_from(["https://", "http://"]))
def test_no_address_of_a_picture_is_refused(path: str, words: str, scheme: str) -> None:
    image = Image(f"{scheme}pictures.example/{path}", words, beside=True)
    for payload in draw(Message("T", (image, LEAD))):
        taken(payload)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(3_880, 4_010),
    st.sampled_from(["a", "é", "漢", "👨"]),
    st.integers(0, 12),
    st.integers(1020, 1028),
)
def test_whatever_stands_around_a_small_picture_every_page_fits(
    size: int, letter: str, more: int, alt: int
) -> None:
    around = tuple(part for number in range(more) for part in (Note(plain(f"{number}")), SMALL))
    image = Image(ADDRESS, "x" * alt, beside=True)
    long = Paragraph(plain((letter * 9 + " ") * (size // 10)))
    for payload in draw(Message("T", (Heading(plain("Lead")), image, long, *around))):
        taken(payload)


@pytest.mark.parametrize("lines", range(10, 17))
def test_a_small_picture_counts_among_the_components_of_a_page(lines: int) -> None:
    pairs = [part for number in range(9) for part in (Note(plain(f"{number}")), SMALL)]
    payloads = draw(Message("T", (*pairs, *(Divider() for _ in range(lines)))))
    for payload in payloads:
        taken(payload)
    assert len(payloads) == (1 if 9 * 3 + lines < 40 else 2)
