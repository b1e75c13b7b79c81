"""How messages are drawn for Slack: completely, within its limits, and with nothing live in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.platforms.slack import limits
from bot.platforms.slack.render import draw, requests, without_images
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
    plain,
)
from briefings.intents import MoreResults, decode
from briefings.message import Action, Actions, Message, Note, Part
from tests.platforms.samples import HOSTILE, LEAD, POST, SAMPLES, paragraph

Drawn = Mapping[str, Any]

unhurried = settings(deadline=None)
NEAR = st.integers(min_value=-3, max_value=3)


def said(drawn: object) -> Iterator[str]:
    """The words that people see of a piece of JSON, in order."""
    match drawn:
        case {"type": "button" | "header", "text": {"text": str(label)}}:
            yield label
        case {"type": _, "text": str(text)}:
            yield text
        case Mapping():
            for value in drawn.values():
                yield from said(value)
        case [*each]:
            for value in each:
                yield from said(value)
        case _:
            return


def shown(payloads: Sequence[Drawn]) -> str:
    """The words of all pages, without white space, titles and marks of continuation."""
    bodies = (page["blocks"][2 if number else 1 :] for number, page in enumerate(payloads))
    return bare("".join("".join(said(body)) for body in bodies))


def bare(text: str) -> str:
    return "".join(text.split())


def kinds(payload: Drawn) -> list[str]:
    return [block["type"] for block in payload["blocks"]]


def elements(payload: Drawn, kind: str) -> Iterator[Drawn]:
    """Every piece of JSON of one type, at any depth."""
    return (each for each in _walk(payload) if each.get("type") == kind)


def _walk(drawn: object) -> Iterator[Drawn]:
    if isinstance(drawn, Mapping):
        yield drawn
        for value in drawn.values():
            yield from _walk(value)
    elif isinstance(drawn, list | tuple):
        for value in drawn:
            yield from _walk(value)


def weight(payload: Drawn) -> int:
    """Code points of a payload, counted on its own, types excepted."""
    strings = [
        value
        for each in _walk(payload)
        for name, value in each.items()
        if isinstance(value, str) and name != "type"
    ]
    return sum(map(len, strings))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_drawn_as_ever(name: str, snapshot: SnapshotAssertion) -> None:
    pages = snapshot.use_extension(JSONSnapshotExtension)
    for number, payload in enumerate(draw(SAMPLES[name]), start=1):
        assert payload == pages(name=f"{name}-{number}")


def test_a_post_is_one_card_in_the_channel_and_the_rest_under_it(
    snapshot: SnapshotAssertion,
) -> None:
    calls = requests(POST, "C0DAILY01")
    assert [call.body.get("thread_ts") for call in calls] == [None, *["{card}"] * 4]
    assert {(call.method, call.path) for call in calls} == {("POST", "/chat.postMessage")}
    assert calls[0].body == snapshot.use_extension(JSONSnapshotExtension)


@unhurried
@given(count=NEAR)
def test_a_message_holds_as_many_blocks_as_we_allow(count: int) -> None:
    title_and_blocks = limits.BLOCKS + count
    message = Message("T", tuple(paragraph(f"{n}.") for n in range(title_and_blocks - 1)))
    payloads = draw(message)
    assert (len(payloads) == 1) is (count <= 0)
    assert max(len(kinds(payload)) for payload in payloads) <= limits.BLOCKS
    assert shown(payloads) == "".join(f"{n}." for n in range(title_and_blocks - 1))


@unhurried
@given(
    off=NEAR,
    title=st.sampled_from(["T", "Tïtle 👩‍👩‍👧", "t" * 149]),
    character=st.sampled_from("a漢👍é"),
)
def test_a_message_holds_as_many_characters_as_we_allow(
    off: int, title: str, character: str
) -> None:
    quote = Quote((paragraph(""), Code("")))
    empty = weight(draw(Message(title, (paragraph("L"), quote)))[0])
    text = character * (limits.CHARACTERS - empty + off)
    payloads = draw(Message(title, (paragraph("L"), Quote((paragraph(text),)))))
    assert (len(payloads) == 1) is (off <= 0)
    assert all(weight(payload) <= limits.CHARACTERS for payload in payloads)
    assert shown(payloads) == "L" + text


@unhurried
@given(off=NEAR)
def test_a_title_is_a_header_or_said_in_bold(off: int) -> None:
    title = "t" * (limits.HEADER + off)
    (payload,) = draw(Message(title, ()))
    assert kinds(payload) == (["header"] if off <= 0 else ["rich_text"])
    assert title in str(payload["blocks"])


@unhurried
@given(off=NEAR | st.just(20_000), space=st.booleans())
def test_a_title_of_any_length_is_said_in_full(off: int, space: bool) -> None:
    title = (("t " if space else "tt") * (limits.TITLE + off))[: limits.TITLE + off]
    payloads = draw(Message(title, (paragraph("end"),)))
    full = shown(payloads) if off > 0 else "".join(said(payloads[0]["blocks"]))
    assert bare(full) == bare(title) + "end"
    assert all(weight(payload) <= limits.CHARACTERS for payload in payloads)


@unhurried
@given(off=NEAR, columns=st.integers(1, 3))
def test_a_table_holds_a_hundred_rows(off: int, columns: int) -> None:
    rows = limits.TABLE_ROWS + off - 1
    table = Table(
        tuple(plain("h") for _ in range(columns)),
        tuple(tuple(plain(f"{n};") for _ in range(columns)) for n in range(rows)),
    )
    payloads = draw(Message("T", (table,)))
    assert (len(payloads) == 1) is (off <= 0)
    assert shown(payloads).replace("h", "") == "".join(f"{n};" * columns for n in range(rows))


@unhurried
@given(off=NEAR)
def test_a_table_too_wide_becomes_paragraphs(off: int) -> None:
    columns = limits.TABLE_COLUMNS + off
    table = Table(
        tuple(plain(f"h{n}") for n in range(columns)), (tuple(plain("c") for _ in range(columns)),)
    )
    (payload,) = draw(Message("T", (table,)))
    assert kinds(payload)[1] == ("table" if off <= 0 else "rich_text")
    assert all(f"h{n}" in shown([payload]) for n in range(columns))


@unhurried
@given(off=NEAR)
def test_a_table_holds_ten_thousand_characters(off: int) -> None:
    cells = [plain("a" * 100)] * 99 + [plain("b" * (100 + off))]
    table = Table((cells[0],), tuple((cell,) for cell in cells[1:]))
    payloads = draw(Message("T", (table,)))
    assert (len(payloads) == 1) is (off <= 0)
    assert shown(payloads).count("b") == 100 + off


def test_two_tables_take_two_messages() -> None:
    table = Table((plain("a"),), ((plain("b"),),))
    payloads = draw(Message("T", (table, table)))
    assert ["".join(kinds(payload)).count("table") for payload in payloads] == [1, 1]


@unhurried
@given(off=NEAR)
def test_small_print_is_split_where_a_text_object_ends(off: int) -> None:
    text = "n" * (limits.TEXT_OBJECT + off)
    payloads = draw(Message("T", (Note(plain(text)),)))
    assert (len(payloads) == 1) is (off <= 0)
    assert shown(payloads) == text


@unhurried
@given(off=NEAR)
def test_small_print_of_many_links_takes_several_blocks(off: int) -> None:
    count = limits.CONTEXT_ELEMENTS + off
    note = Note(tuple(Span(f"e{n}.example", link=f"https://e{n}.example") for n in range(count)))
    (payload,) = draw(Message("T", (note,)))
    assert kinds(payload).count("context") == (1 if off <= 0 else 2)


@unhurried
@given(off=NEAR)
def test_words_for_an_image_are_never_cut(off: int) -> None:
    alt = "a" * (limits.ALT_TEXT + off)
    (payload,) = draw(Message("T", (Image("https://example.org/p.png", alt),)))
    assert alt in str(payload["blocks"])
    (image,) = elements(payload, "image")
    assert 0 < len(image["alt_text"]) <= limits.ALT_TEXT


@unhurried
@given(off=NEAR)
def test_a_picture_at_an_address_too_long_becomes_words(off: int) -> None:
    start = "https://example.org/"
    url = start + "u" * (limits.URL + off - len(start))
    (payload,) = draw(Message("T", (Image(url, "alt"),)))
    assert kinds(payload)[1] == ("image" if off <= 0 else "rich_text")
    assert url in str(payload["blocks"])


@unhurried
@given(off=NEAR)
def test_buttons_take_rows_and_have_ids_of_their_own(off: int) -> None:
    actions = tuple(Action(f"{n}", MoreResults("q", n)) for n in range(limits.BUTTONS + off))
    (payload,) = draw(Message("T", (Actions(actions), Actions(actions))))
    buttons = list(elements(payload, "button"))
    assert len({button["action_id"] for button in buttons}) == 2 * len(actions)
    assert [decode(button["value"]) for button in buttons] == [
        action.intent for action in (*actions, *actions)
    ]
    assert kinds(payload).count("actions") == (2 if off <= 0 else 4)


@unhurried
@given(depth=st.integers(1, 12), ordered=st.booleans())
def test_lists_are_indented_no_deeper_than_slack_can(depth: int, ordered: bool) -> None:
    block: Block = paragraph("x")
    for _ in range(depth):
        block = List((Item((paragraph("x"), block)),), ordered=ordered)
    (payload,) = draw(Message("T", (block,)))
    indents = [each.get("indent", 0) for each in elements(payload, "rich_text_list")]
    assert indents == [min(level, limits.INDENT) for level in range(depth)]


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


@pytest.mark.parametrize(
    ("label", "link", "beside"),
    [
        ("good.example", "https://good.example/", ""),
        ("www.good.example/path", "https://good.example/path", ""),
        ("https://good.example/path", "https://good.example/path?q", ""),
        ("https://good.example", "https://evil.example", " (evil.example)"),
        ("good.example.evil", "https://good.example", " (good.example)"),
        ("Read", "https://www.good.example/path", " (good.example)"),
        ("аррӏе.com", "https://аррӏе.com/", " (xn--80ak6aa92e.com)"),
        ("desk@good.example", "mailto:desk@good.example", ""),
        ("write", "mailto:desk@good.example", " (desk@good.example)"),
        ("login", "https://good.example@evil.example/", " (evil.example)"),
    ],
)
def test_a_link_shows_where_it_leads(label: str, link: str, beside: str) -> None:
    (payload,) = draw(Message("T", (Paragraph((Span(label, link=link),)),)))
    (drawn,) = elements(payload, "link")
    assert drawn["url"] == link
    assert "".join(said(payload["blocks"])) == "T" + label + beside


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://evil.example\\@good.example",
        "https://[broken",
        "https://",
        "https://e.example/\u2028",
        "https://" + "u" * 3_000,
        "https://..xn--\u0378/",
    ],
)
def test_an_address_that_is_none_is_no_link(link: str) -> None:
    (payload,) = draw(Message("T", (Paragraph((Span("label", link=link),)),)))
    assert list(elements(payload, "link")) == []
    assert shown([payload]) == "label"


@pytest.mark.parametrize("label", ["a *b*", "x:smile:", "a|b", "_u_", "two\nlines"])
def test_small_print_that_mrkdwn_would_style_is_rich_text(label: str) -> None:
    (payload,) = draw(Message("T", (Note((Span(label, link="https://e.example"),)),)))
    assert kinds(payload) == ["header", "rich_text"]


def test_the_notification_carries_title_lead_and_headlines() -> None:
    (payload,) = draw(SAMPLES["card"])
    assert str(payload["text"]).splitlines() == [
        "The 2025 Chery International User Summit",
        LEAD,
        "Why It's Important?",
        "What's Next?",
    ]


@unhurried
@given(off=NEAR)
def test_the_notification_keeps_to_its_limit_and_whole_lines(off: int) -> None:
    lead = "l" * (limits.TEXT - len("T\n\nheading") + off)
    (payload,) = draw(Message("T", (paragraph(lead), Heading(plain("heading")))))
    assert payload["text"] == (f"T\n{lead}\nheading" if off <= 0 else f"T\n{lead}")


def test_a_message_without_a_title_is_announced_by_its_lead() -> None:
    (payload,) = draw(Message("", (paragraph("The lead."),)))
    assert payload["text"] == "The lead."
    assert kinds(payload) == ["rich_text"]


def test_pictures_that_slack_cannot_fetch_become_links() -> None:
    (payload,) = draw(SAMPLES["image"])
    plainer = without_images(payload)
    assert kinds(plainer) == ["header", "rich_text"]
    assert shown([plainer]) == ("Guestsinfrontofthefactorygatehttps://example.org/summit.png")
    assert without_images({"text": "no blocks"}) == {"text": "no blocks"}


def test_blocks_that_say_nothing_are_not_drawn() -> None:
    silent = (
        paragraph(""),
        Heading(()),
        Code(""),
        List(()),
        Quote(()),
        Note(plain(" ")),
        Actions(()),
        Table((), ()),
    )
    (payload,) = draw(Message("T", silent))
    assert kinds(payload) == ["header"]
