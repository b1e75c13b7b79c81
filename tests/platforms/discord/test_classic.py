"""Messages told by embeds: the same words, pictures and buttons, within the limits of old."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.classic import classic, embeds, is_new
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import body, edited, is_marked
from bot.platforms.port import Payload
from bot.sandbox.discord.liveness import live_parts
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.permissions import Flag
from briefings.blocks import Code, Divider, Image, Paragraph, plain
from briefings.intents import MoreResults
from briefings.message import Action, Actions, Message, Part
from tests.platforms.discord.reading import texts, walk
from tests.platforms.samples import SAMPLES

OF_OLD = ON_SEND & ~Flag.IS_COMPONENTS_V2


def told(payload: Payload) -> Any:
    """The payload by embeds, as a server of old keeps it; raises where it refuses."""
    return drafted(dict(classic(payload)), (), OF_OLD)


def words(payload: Any) -> str:
    return "\n".join(each.get("description", "") for each in payload["embeds"])


def pictures(parent: Any) -> list[str]:
    return [each["media"]["url"] for part in walk(parent) for each in part.get("items", ())]


def buttons(parent: Any) -> list[tuple[str, str]]:
    return [(each["label"], each["custom_id"]) for each in walk(parent) if each["type"] == 2]


@pytest.mark.parametrize("name", SAMPLES)
def test_embeds_say_what_components_say(name: str) -> None:
    for payload in draw(SAMPLES[name]):
        kept = told(payload)
        assert not is_new(classic(payload))
        assert not kept["flags"] & Flag.SUPPRESS_EMBEDS
        for text in texts(payload):
            assert text in words(kept)
        shown = [each["image"]["url"] for each in kept["embeds"] if "image" in each]
        assert all(url in shown or url in words(kept) for url in pictures(payload))
        assert buttons(kept) == buttons(payload)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_told_by_embeds_is_live(name: str) -> None:
    for payload in draw(SAMPLES[name]):
        assert live_parts(told(payload)) == []


def parts(texts: list[int], alts: list[int], actions: int, lines: int) -> tuple[Part, ...]:
    """Texts and pictures of these lengths, in turn, with lines and actions between them."""
    found: list[Part] = [Divider() for _ in range(lines)]
    for number in range(max(len(texts), len(alts))):
        if number < len(texts):
            found.append(Paragraph(plain("w" * texts[number])))
        if number < len(alts):
            found.append(Image(f"https://example.com/{number}.png", "a" * alts[number]))
    for first in range(0, actions, 7):
        row = range(first, min(first + 7, actions))
        found.append(Actions(tuple(Action(f"{each}", MoreResults("q", each)) for each in row)))
    return tuple(found)


NEAR = st.sampled_from([0, 1, 40, 1_021, 1_024, 1_027, 1_999, 2_000, 2_003, 3_900, 3_997, 4_000])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(NEAR, max_size=5),
    st.lists(st.sampled_from([0, 3, 500, 1_021, 1_024, 1_025]), max_size=13),
    st.sampled_from([0, 1, 4, 5, 6, 22, 24, 25, 26, 28, 33]),
    st.integers(0, 2),
)
def test_every_page_fits_both_ways(
    texts_: list[int], alts: list[int], actions: int, lines: int
) -> None:
    message = Message("A title", parts(texts_, alts, actions, lines))
    payloads = draw(message)
    for payload in payloads:
        drafted(dict(payload), (), ON_SEND)
        told(payload)
    assert sum(len(buttons(payload)) for payload in payloads) == actions
    assert sum(len(pictures(payload)) for payload in payloads) == len(alts)


@pytest.mark.parametrize("size", [4_090, 4_096, 4_097, 5_990])
def test_texts_that_one_embed_cannot_hold_stand_in_two(size: int) -> None:
    half = size // 2
    shown = embeds([{"type": 10, "content": "a" * half}, {"type": 10, "content": "b" * half}])
    assert len(shown) == (1 if 2 * half + 1 <= 4_096 else 2)
    assert "".join(each["description"] for each in shown).replace("\n", "") == (
        "a" * half + "b" * half
    )


def test_the_ninth_picture_is_a_link() -> None:
    images = tuple(Image(f"https://example.com/{number}.png", "") for number in range(9))
    (payload,) = draw(Message("Pictures", images))
    kept = told(payload)
    assert sum("image" in each for each in kept["embeds"]) == 8
    assert "<https://example.com/8.png>" in words(kept)


def test_a_message_is_found_by_its_marker_in_an_embed() -> None:
    (payload,) = draw(Message("Hello", (Code("x"),)))
    for sent in (body(payload, "marker"), edited(payload, "marker")):
        kept = {**told(sent), "nonce": None}
        assert is_marked(kept, "marker")
        assert not is_marked(kept, "other")


def test_a_message_of_buttons_alone_has_an_embed_for_its_marker() -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "a", "custom_id": "a"}]}
    sent = {"flags": 1 << 15, "components": [{"type": 17, "components": [row]}]}
    assert words(told(sent)) == "…"
