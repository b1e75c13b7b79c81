"""Each limit of a message: at it all is well, one beyond it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.refusals import Refused

Body: TypeAlias = dict[str, Any]

ALPHABET = st.characters(codec="utf-8", categories=("L", "N", "So"))


def refusal(body: Body) -> int:
    """The code with which a message is refused; 0 where it is taken."""
    try:
        drafted(body, (), ON_SEND)
    except Refused as refused:
        return int(refused.body["code"] or refused.status)
    return 0


def new(*components: Body) -> Body:
    return {"flags": 1 << 15, "components": list(components)}


def text(content: str) -> Body:
    return {"type": 10, "content": content}


def row(*controls: Body) -> Body:
    return {"type": 1, "components": list(controls)}


def button(**changes: object) -> Body:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more"} | changes


def menu(**changes: object) -> Body:
    options = changes.pop("options", [{"label": "Cars", "value": "cars"}])
    return {"type": 3, "custom_id": "menu", "options": options} | changes


def section(*texts: Body, **changes: object) -> Body:
    return {"type": 9, "components": list(texts), "accessory": button()} | changes


def thumbnail(**changes: object) -> Body:
    return {"type": 11, "media": {"url": "https://example.org/a.png"}} | changes


def beside(count: int, **changes: object) -> tuple[Body, ...]:
    """Texts, each with a small picture beside it."""
    return tuple(section(text("x"), accessory=thumbnail(**changes)) for _ in range(count))


def gallery(count: int, **changes: object) -> Body:
    item = {"media": {"url": "https://example.org/a.png"}} | changes
    return {"type": 12, "items": [item] * count}


def embed(**changes: object) -> Body:
    return {"embeds": [{"title": "A car"} | changes]}


TEXT_LIMITS: dict[str, tuple[int, Callable[[str], Body]]] = {
    "content": (2000, lambda given: {"content": given}),
    "embed title": (256, lambda given: embed(title=given)),
    "embed description": (4096, lambda given: embed(description=given)),
    "embed footer": (2048, lambda given: embed(footer={"text": given})),
    "embed author": (256, lambda given: embed(author={"name": given})),
    "field name": (256, lambda given: embed(fields=[{"name": given, "value": "x"}])),
    "field value": (1024, lambda given: embed(fields=[{"name": "x", "value": given}])),
    "button label": (80, lambda given: new(row(button(label=given)))),
    "custom id": (100, lambda given: new(row(button(custom_id=given)))),
    "placeholder": (150, lambda given: new(row(menu(placeholder=given)))),
    "option label": (100, lambda g: new(row(menu(options=[{"label": g, "value": "x"}])))),
    "option value": (100, lambda g: new(row(menu(options=[{"label": "x", "value": g}])))),
    "alt text": (1024, lambda given: new(gallery(1, description=given))),
    "words of a small picture": (1024, lambda given: new(*beside(1, description=given))),
    "nonce": (25, lambda given: {"content": "x", "nonce": given}),
}


@pytest.mark.parametrize(("most", "body"), TEXT_LIMITS.values(), ids=TEXT_LIMITS.keys())
@settings(max_examples=30)
@given(data=st.data())
def test_texts_have_a_length_in_code_points(
    most: int, body: Callable[[str], Body], data: st.DataObject
) -> None:
    size = data.draw(st.integers(most - 3, most + 3))
    given_text = data.draw(ALPHABET) * size
    assert refusal(body(given_text)) == (50035 if size > most else 0)


COUNT_LIMITS: dict[str, tuple[int, Callable[[int], Body]]] = {
    "embeds": (10, lambda count: {"embeds": [{"title": "x"}] * count}),
    "embed fields": (25, lambda count: embed(fields=[{"name": "x", "value": "x"}] * count)),
    "old rows": (5, lambda n: {"components": [row(button(custom_id=str(i))) for i in range(n)]}),
    "buttons in a row": (5, lambda n: new(row(*(button(custom_id=str(i)) for i in range(n))))),
    "options": (
        25,
        lambda n: new(row(menu(options=[{"label": "x", "value": str(i)} for i in range(n)]))),
    ),
    "texts in a section": (3, lambda count: new(section(*[text("x")] * count))),
    "images in a gallery": (10, lambda count: new(gallery(count))),
    "components": (40, lambda count: new(*[text("x")] * count)),
    "pictures beside texts": (13, lambda count: new(*beside(count))),
    "nested components": (
        40,
        lambda count: new({"type": 17, "components": [text("x")] * (count - 1)}),
    ),
    "displayed characters": (4000, lambda n: new(text("x" * 2000), text("y" * (n - 2000)))),
    "embed characters": (
        6000,
        lambda n: {"embeds": [{"description": "x" * 3000}, {"description": "y" * (n - 3000)}]},
    ),
}


@pytest.mark.parametrize(("most", "body"), COUNT_LIMITS.values(), ids=COUNT_LIMITS.keys())
@pytest.mark.parametrize("beyond", [-1, 0, 1, 3])
def test_numbers_have_a_limit(most: int, body: Callable[[int], Body], beyond: int) -> None:
    assert refusal(body(most + beyond)) == (50035 if beyond > 0 else 0)


@given(st.integers(-3, 3), st.sampled_from(["世", "ж", "x", "🚗"]))
def test_displays_have_a_ceiling_in_bytes(beyond: int, letter: str) -> None:
    octets = len(letter.encode())
    room = 10_170 - 24
    count = min(3999, room // octets + beyond)
    body = new(text(letter * (count - 1)), text(letter))
    assert refusal(body) == (500 if count * octets + 24 > 10_170 else 0)


WRONG: dict[str, Body] = {
    "an embed of nothing": {"embeds": [{}]},
    "an embed field without a name": embed(fields=[{"name": "", "value": "x"}]),
    "an embed link to a script": embed(url="javascript:alert(1)"),
    "an embed image that is no address": embed(image={"url": "not an address"}),
    "a colour beyond white": embed(color=0x1000000),
    "a text of nothing": new(text("")),
    "a text of blanks": new(text(" \n")),
    "a text without content": new({"type": 10}),
    "a container in a container": new({"type": 17, "components": [{"type": 17}]}),
    "an empty container": new({"type": 17, "components": []}),
    "a section without accessory": new(section(text("x"), accessory=None)),
    "a section with a menu": new(section(text("x"), accessory=menu())),
    "a section of a separator": new(section({"type": 14})),
    "a small picture alone": new(thumbnail()),
    "a small picture without an address": new(*beside(1, media=None)),
    "a small picture from nowhere": new(*beside(1, media={"url": "data:image/png;base64,"})),
    "a small picture that is a script": new(*beside(1, media={"url": "javascript:x"})),
    "a small picture hidden by a word": new(*beside(1, spoiler="yes")),
    "a small picture without words to say": new(*beside(1, description="")),
    "a small picture of a strange id": new(*beside(1, id=-1)),
    "a wide separator": new({"type": 14, "spacing": 3}),
    "a file from the web": new({"type": 13, "file": {"url": "https://example.org/a"}}),
    "a file that is not there": new({"type": 13, "file": {"url": "attachment://a"}}),
    "an empty gallery": new(gallery(0)),
    "an image from nowhere": new(gallery(1, media={"url": "ftp://example.org/a"})),
    "an empty row": new(row()),
    "a row of a text": new(row(text("x"))),
    "a button beside a menu": new(row(button(), menu())),
    "a loose button": new(button()),
    "two controls of one id": new(row(button(), button())),
    "two sections' buttons of one id": new(section(text("x")), section(text("y"))),
    "a button without id": new(row(button(custom_id=None))),
    "a button without words": new(row(button(label=None))),
    "a button of no style": new(row(button(style=None))),
    "a button with an address": new(row(button(url="https://example.org"))),
    "a link with an id": new(row(button(style=5, url="https://example.org"))),
    "a link to nowhere": new(row(button(style=5, custom_id=None))),
    "a link to a script": new(row(button(style=5, custom_id=None, url="javascript:x"))),
    "a menu of two equal values": new(row(menu(options=[{"label": "x", "value": "x"}] * 2))),
    "a menu that wants more than it has": new(row(menu(max_values=2))),
    "a menu whose least exceeds its most": new(row(menu(min_values=2))),
    "an unknown component": new({"type": 99}),
    "a component that is none": new("text"),  # type: ignore[arg-type]
    "new components under the old flag": {"components": [text("x")]},
    "content beside new components": new(text("x")) | {"content": "x"},
    "a poll beside new components": new(text("x")) | {"poll": {"question": {}}},
    "mentions allowed twice": {
        "content": "x",
        "allowed_mentions": {"parse": ["users"], "users": ["1"]},
    },
    "unknown mentions": {"content": "x", "allowed_mentions": {"parse": ["all"]}},
    "content that is no text": {"content": 1},
    "flags that are no number": {"content": "x", "flags": "32768"},
    "embeds that are no list": {"embeds": {}},
    "a true value that is none": new({"type": 14, "divider": "yes"}),
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_messages_that_break_a_rule_are_refused(body: Body) -> None:
    assert refusal(body) == 50035


RIGHT: dict[str, Body] = {
    "a card": new(
        {
            "type": 17,
            "accent_color": 0x336699,
            "components": [
                text("# Title"),
                {"type": 14, "spacing": 2, "divider": True},
                section(text("One"), accessory=button(custom_id="one")),
                section(
                    text("Two"),
                    accessory={"type": 11, "media": {"url": "https://example.org/a.png"}},
                ),
                gallery(2),
                row(button(style=5, custom_id=None, url="https://example.org")),
            ],
        },
        row(menu()),
        row({"type": 8, "custom_id": "channels", "channel_types": [0]}),
    ),
    "an embed": embed(
        url="https://example.org", color=0, image={"url": "attachment://a.png"}, description="x"
    ),
    "a button of an emoji": {
        "content": "x",
        "components": [row(button(label=None, emoji={"name": "🚗", "id": None}))],
    },
    "a nonce that is a number": {"content": "x", "nonce": 2**60},
    "a premium button": {
        "content": "x",
        "components": [row({"type": 2, "style": 6, "sku_id": "100000000000000001"})],
    },
}


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT.keys())
def test_messages_that_keep_the_rules_are_taken(body: Body) -> None:
    assert refusal(body) == 0
