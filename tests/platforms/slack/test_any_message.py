"""Any message drawn for Slack: the parts are the original, and nothing in them is live."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.platforms.slack import limits
from bot.platforms.slack.render import draw
from briefings.blocks import (
    Block,
    Code,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Style,
    Table,
)
from briefings.message import Message, Note, Part
from tests.platforms.hostile import HOSTILE
from tests.platforms.slack.drawn import bare, elements, kinds, shown, weight

unhurried = settings(deadline=None)

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=30)
SPAN = st.builds(Span, TEXT, st.sampled_from([*Style, Style.STRONG | Style.CODE]))
SPANS = st.lists(SPAN, min_size=1, max_size=3).map(tuple)
SIZED = st.builds(
    lambda character, size: (Span(character * size),),
    st.sampled_from("a漢👍"),
    st.integers(1, 6_000),
)
LEAF = (
    st.builds(Paragraph, SPANS | SIZED)
    | st.builds(Heading, SPANS | SIZED, st.integers(1, 6))
    | st.builds(Code, TEXT | SIZED.map(lambda spans: spans[0].text))
)
BLOCK = st.recursive(
    LEAF,
    lambda inner: (
        st.builds(
            List,
            st.lists(
                st.lists(inner, max_size=3).map(lambda them: Item(tuple(them))), max_size=4
            ).map(tuple),
            st.booleans(),
            st.integers(0, 9),
        )
        | st.builds(Quote, st.lists(inner, max_size=4).map(tuple))
    ),
    max_leaves=8,
)


def words(part: Part | Item) -> Iterator[str]:
    match part:
        case Paragraph(spans) | Heading(spans):
            yield from (span.text for span in spans)
        case Code(text):
            yield text
        case List(items):
            yield from (word for item in items for word in words(item))
        case Quote(blocks) | Item(blocks):
            yield from (word for block in blocks for word in words(block))
        case _:
            raise AssertionError(part)


@unhurried
@given(st.lists(BLOCK, max_size=6), st.sampled_from(["T", "t" * 151]))
def test_the_parts_fit_and_together_are_the_original(blocks: list[Block], title: str) -> None:
    payloads = draw(Message(title, tuple(blocks)))
    assert shown(payloads) == bare("".join(word for block in blocks for word in words(block)))
    assert all(weight(payload) <= limits.CHARACTERS for payload in payloads)
    assert all(len(kinds(payload)) <= limits.BLOCKS for payload in payloads)
    assert all(each["text"] for p in payloads for each in elements(p, "text"))


HOSTILE_TEXT = st.lists(st.sampled_from([*HOSTILE, "x", "\n"]), min_size=1, max_size=4).map("".join)


LINK_IN_MRKDWN = re.compile(r"<https://[^<>|]*\|([^<>]*)>([^<>]*)")
LIVE = ("<", ">", "@here", "@everyone", "@channel", "@group")


@unhurried
@given(HOSTILE_TEXT, st.sampled_from(["https://evil.example/a", "javascript:alert(1)", None]))
@example("<!channel>", "https://evil.example/>|<!here>")
@example("https://good.example", "https://good.example@evil.example")
@example("https://good.example", "https://evil.example\\@good.example")
def test_nothing_untrusted_is_live(text: str, link: str | None) -> None:
    spans = (Span(text, link=link),)
    message = Message(
        text, (Note(spans), Paragraph(spans), Table((spans,), ()), Image("https://e.x/", text))
    )
    for payload in draw(message):
        assert payload["unfurl_links"] is False
        assert payload["unfurl_media"] is False
        live = [str(payload["text"])]
        for each in elements(payload, "mrkdwn"):
            assert each["verbatim"] is True
            found = LINK_IN_MRKDWN.fullmatch(each["text"])
            assert found
            live += found.groups()
        assert not any(each in said_live for said_live in live for each in LIVE)
        assert all(not each.get("emoji") for each in elements(payload, "plain_text"))
        assert not any(list(elements(payload, kind)) for kind in ("broadcast", "user", "emoji"))
        if list(elements(payload, "link")):
            assert "evil.example" in shown([payload])
