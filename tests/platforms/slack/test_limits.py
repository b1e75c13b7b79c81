"""Messages drawn for Slack near every limit: whole, and never over it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.slack import limits
from bot.platforms.slack.render import draw
from briefings.blocks import Block, Code, Heading, Image, Item, List, Quote, Span, Table, plain
from briefings.intents import MoreResults
from briefings.message import Action, Actions, Message, Note
from briefings.tokens import decode
from tests.platforms.samples import paragraph
from tests.platforms.slack.drawn import bare, elements, kinds, said, shown, weight

unhurried = settings(deadline=None)
NEAR = st.integers(min_value=-3, max_value=3)


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


@unhurried
@given(off=NEAR)
def test_the_notification_keeps_to_its_limit_and_whole_lines(off: int) -> None:
    lead = "l" * (limits.TEXT - len("T\n\nheading") + off)
    (payload,) = draw(Message("T", (paragraph(lead), Heading(plain("heading")))))
    assert payload["text"] == (f"T\n{lead}\nheading" if off <= 0 else f"T\n{lead}")


@unhurried
@given(count=st.integers(100, 400), size=st.integers(1, 30))
def test_many_small_pieces_weigh_more_than_their_text(count: int, size: int) -> None:
    items = tuple(Item((paragraph("w" * size),)) for _ in range(count))
    payloads = draw(Message("T", (List(items),)))
    for payload in payloads:
        drawn = json.dumps(payload["blocks"], ensure_ascii=False, separators=(",", ":"))
        assert len(drawn) <= limits.WEIGHT
    assert shown(payloads) == "w" * size * count
