"""How messages look on Discord: every kind of block, at the limits, and with hostile words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.platforms.discord.render import draw
from bot.platforms.port import Payload
from briefings import words
from briefings.blocks import (
    Code,
    Divider,
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
from briefings.intents import MoreResults, OpenSection
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import BriefingId
from tests.platforms.discord.reading import live, live_in_code, said, steering, texts, walk
from tests.platforms.samples import HOSTILE, SAMPLES, cells, item, paragraph

NO_EMBEDS_BUT_COMPONENTS = 4 + 32768


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_drawn_as_before(name: str, snapshot: SnapshotAssertion) -> None:
    pictures = snapshot.use_extension(JSONSnapshotExtension)
    for payload in draw(SAMPLES[name]):
        assert payload == pictures


@pytest.mark.parametrize("name", SAMPLES)
def test_every_payload_is_within_the_limits_and_pings_nobody(name: str) -> None:
    for payload in draw(SAMPLES[name]):
        check(payload)


def check(payload: Payload) -> None:
    """The limits, counted apart from the room's own count."""
    assert payload["allowed_mentions"] == {"parse": []}
    assert payload["flags"] == NO_EMBEDS_BUT_COMPONENTS
    nested = list(walk(payload))
    shown = texts(payload)
    tokens = Counter(each["custom_id"] for each in nested if "custom_id" in each)
    assert len(nested) <= 40
    assert sum(len(text) for text in shown) <= 4000
    assert sum(len(text.encode()) + 12 for text in shown) <= 10_170
    assert all(text == text.strip() != "" for text in shown)
    assert all(1 <= len(token) <= 100 and times == 1 for token, times in tokens.items())
    assert all(1 <= len(each["label"]) <= 80 for each in nested if "label" in each)
    assert all(len(each["components"]) <= 5 for each in nested if each["type"] == 1)
    assert all(1 <= len(each["items"]) <= 10 for each in nested if "items" in each)


def body(*parts: Part, title: str = "") -> list[str]:
    """The text that parts are drawn as, display by display."""
    return [text for payload in draw(Message(title, parts)) for text in texts(payload)]


def spans(*given: Span) -> str:
    return "\n".join(body(Paragraph(given)))


# What is drawn how


@pytest.mark.parametrize(
    ("given_", "drawn"),
    [
        (Span("a b", Style.STRONG), "**a b**"),
        (Span(" a ", Style.STRONG), "**a**"),
        (Span("a\nb", Style.EMPHASIS), "*a*\n*b*"),
        (Span("a*b", Style.STRONG | Style.EMPHASIS), "***a\\*b***"),
        (Span("x = 1", Style.CODE), "`x = 1`"),
        (Span("a`b", Style.CODE), "`` a`b ``"),
        (Span("a``b", Style.CODE), "a\\`\\`b"),
        (Span("`", Style.CODE), "`` ` ``"),
    ],
)
def test_a_span_has_its_style(given_: Span, drawn: str) -> None:
    assert spans(given_) == drawn


def test_neighbouring_marks_do_not_run_into_each_other() -> None:
    drawn = spans(Span("a", Style.STRONG), Span("b", Style.EMPHASIS))
    assert drawn == "**a**\u200b*b*"


@pytest.mark.parametrize(
    ("label", "link", "drawn"),
    [
        ("the news", "https://example.org/a", "[the news](https://example.org/a) (example.org)"),
        ("example.org", "https://www.example.org/", "[example.org](https://www.example.org/)"),
        ("https://example.org/", "https://example.org/", "<https://example.org/>"),
        ("https://example.org", "https://example.org/", "<https://example.org/>"),
        ("paypal.com", "https://evil.example/", "paypal.com (<https://evil.example/>)"),
        ("a_b", "https://example.org/", "a\\_b (<https://example.org/>)"),
        ("a](b", "https://example.org/", "a\\](b (<https://example.org/>)"),
        ("x", "https://example.org/a b(c)", "[x](https://example.org/a%20b%28c%29) (example.org)"),
        ("x", "https://exаmple.org/", "[x](https://xn--exmple-4nf.org/) (xn--exmple-4nf.org)"),
        ("x", "http://[::1]:8080/", "[x](http://[::1]:8080/) (::1)"),
        ("x", "mailto:a@example.org", "x (a@example.org)"),
        ("a@example.org", "mailto:a@example.org", "a@example.org"),
        ("x", "javascript:alert(1)", "x"),
        ("x", "https://user@evil.example/", "x (https\\://user@evil.example/)"),
        ("x", "https://discord.gg/evil", "x (https\\://discord\u200b.gg/evil)"),
        ("x", "https://discord.com/invite/a", "x (https\\://discord\u200b.com/invite/a)"),
        (
            "x",
            "https://discord.com/channels/1/2",
            "[x](https://discord.com/channels/1/2) (discord.com)",
        ),
        ("x", "https://example.org:port/", "x (https\\://example.org:port/)"),
        ("x", "https://exa mple.org/", "x (https\\://exa mple.org/)"),
        (" ", "https://example.org/", ""),
    ],
)
def test_a_link_shows_where_it_leads(label: str, link: str, drawn: str) -> None:
    assert spans(Span("."), Span(label, link=link)).removeprefix(".") == drawn


def test_an_address_too_long_to_draw_is_named_and_not_live() -> None:
    drawn = spans(Span("x", link="https://example.org/" + "a" * 2000))
    assert drawn.startswith("x (https\\://example.org/aaa")
    assert drawn.endswith("a…)")
    assert len(drawn) < 1100


def test_a_link_of_several_styles_is_one_link() -> None:
    drawn = spans(
        Span("a ", Style.STRONG, "https://example.org/"), Span("b", link="https://example.org/")
    )
    assert drawn == "[**a** b](https://example.org/) (example.org)"


def test_spaces_stay_outside_a_link() -> None:
    drawn = spans(Span("see"), Span(" this ", link="https://example.org/"), Span("now"))
    assert drawn == "see [this](https://example.org/) (example.org) now"


@pytest.mark.parametrize(
    ("part", "drawn"),
    [
        (Heading(plain("a\nb"), 1), "## a b"),
        (Heading(plain("a"), 6), "### a"),
        (Note(plain("a\n\nb")), "-# a\n-# b"),
        (Code("a", "no language"), "```\na\n```"),
        (Code("\na", "c++"), "```c++\n\u200b\na\n```"),
        (Code("a```b"), "```\na``\u200b`b\n```"),
        (List((item("a"), item("b")), ordered=True, start=9), "9. a\n10. b"),
        (List((Item(()),)), "- \u200b"),
        (List((item("a", Divider()),)), "- a\n  ───"),
        (List((item(Heading(plain("a"))),)), "- a"),
        (List((item(List((item("a"),))),)), "- \u200b\n  - a"),
        (Quote((paragraph("a"), Divider())), "> a\n> \n> ───"),
        (Quote((Quote((paragraph("a"),)),)), "> \\> a"),
        (Quote((Code(" "), paragraph("a"))), "> a"),
        (
            Quote((Image("https://example.org/i.png", "a"),)),
            "> [a](https://example.org/i.png) (example.org)",
        ),
        (Image("ftp://example.org/i.png", "a"), "a"),
        (Image("https://discord.gg/a"), "(https\\://discord\u200b.gg/a)"),
    ],
)
def test_a_block_is_drawn_in_discords_markdown(part: Part, drawn: str) -> None:
    assert body(part) == [drawn]


@pytest.mark.parametrize(
    "part",
    [
        Paragraph(()),
        paragraph("\n \n"),
        Heading(()),
        Note(()),
        Code(""),
        Code(" \n "),
        List(()),
        Quote(()),
        Table((), ()),
        Image(""),
    ],
)
def test_what_says_nothing_is_not_drawn(part: Part) -> None:
    assert body(part, title="Title") == ["# Title"]


def test_a_message_that_says_nothing_is_still_a_message() -> None:
    assert body() == ["…"]


def test_a_narrow_table_stands_in_columns() -> None:
    table = Table(cells("Name", "数"), (cells("日本", "1"), cells("e\u0301e", "22")))
    assert body(table) == ["```\nName  数\n────  ──\n日本  1\ne\u0301e    22\n```"]


@pytest.mark.parametrize(
    "cell", [Span("x" * 60), Span("x", link="https://example.org/"), Span("a\nb")]
)
def test_a_table_that_columns_would_harm_becomes_paragraphs(cell: Span) -> None:
    drawn = body(Table(cells("Name"), (((cell,),),)))[0]
    assert drawn.startswith("**Name**: ")


def test_pictures_stand_together_in_galleries_of_ten() -> None:
    images = tuple(Image(f"https://example.org/{number}.png") for number in range(23))
    (payload,) = draw(Message("", images))
    assert [len(each["items"]) for each in walk(payload) if "items" in each] == [10, 10, 3]


def test_words_too_long_for_a_description_stand_below_the_picture() -> None:
    (payload,) = draw(Message("", (Image("https://example.org/i.png", "a" * 1025),)))
    _, gallery, text = walk(payload)
    assert gallery["items"] == [{"media": {"url": "https://example.org/i.png"}}]
    assert text["content"] == "-# " + "a" * 1025


def test_more_pictures_than_one_message_holds_go_into_the_next() -> None:
    images = tuple(Image(f"https://example.org/{number}.png") for number in range(130))
    urls = [
        each["media"]["url"]
        for payload in draw(Message("", images))
        for gallery in walk(payload)
        for each in gallery.get("items", ())
    ]
    assert urls == [image.url for image in images]


def test_two_lists_in_a_row_stay_two_lists() -> None:
    numbers = List((item("a"),), ordered=True)
    assert body(numbers, numbers) == ["1. a\n\u200b\n1. a"]


def test_the_same_action_twice_goes_into_two_messages() -> None:
    action = Action("More", OpenSection(BriefingId("a"), 1))
    payloads = draw(Message("T", (Actions((action,)), Actions((action,)))))
    assert [sum("custom_id" in each for each in walk(payload)) for payload in payloads] == [1, 1]


def test_no_action_is_lost_over_the_limit_of_components() -> None:
    actions = tuple(Action(str(each), OpenSection(BriefingId("a"), each)) for each in range(100))
    labels = [
        each["label"]
        for payload in draw(Message("T", (Actions(actions),)))
        for each in walk(payload)
        if "label" in each
    ]
    assert labels == [action.label for action in actions]


@pytest.mark.parametrize("count", [36, 37, 38, 39, 40, 41, 80])
def test_no_line_is_lost_over_the_limit_of_components(count: int) -> None:
    payloads = draw(Message("T", (Divider(),) * count))
    for payload in payloads:
        check(payload)
    lines = sum(each["type"] == 14 for payload in payloads for each in walk(payload))
    assert lines == count


def test_a_label_of_nothing_visible_is_still_a_label() -> None:
    (payload,) = draw(Message("", (Actions((Action("\u202e", MoreResults("a", 1)),)),)))
    assert [each["label"] for each in walk(payload) if "label" in each] == ["…"]


def test_a_title_too_long_for_every_page_is_written_out_once() -> None:
    title = "Word " * 1000
    pages = body(paragraph("End."), title=title)
    assert all(page.startswith("# Word Word") for page in pages)
    assert "".join(pages).count("Word") >= 1000
    assert pages[-1].endswith("End.")


# At the limits

SIZES = st.one_of(
    st.integers(3997, 4003), st.integers(7990, 8010), st.integers(3300, 3400), st.integers(0, 300)
)
ALPHABETS = st.sampled_from(
    ["a", "a ", "ab\n", "漢", "é ", "😀", "*_`", "<@1", "a. ", "1. ", "👨‍👩‍👧 "]
)


@settings(max_examples=40, deadline=None)
@given(SIZES, ALPHABETS)
def test_a_text_of_any_size_is_split_without_a_loss(size: int, alphabet: str) -> None:
    text = (alphabet * (size // len(alphabet) + 1))[:size]
    assert_whole(Message("T", (paragraph(text),)), text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), SIZES)
def test_any_text_is_split_without_a_loss(piece: str, size: int) -> None:
    text = (piece * (size // max(len(piece), 1) + 1))[:size]
    assert_whole(Message("T", (paragraph(text),)), text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab c*\n", max_size=400), max_size=30), st.integers(1, 4))
def test_a_list_of_any_shape_is_split_without_a_loss(texts_: list[str], depth: int) -> None:
    block = List(tuple(item(text) for text in texts_))
    for _ in range(depth):
        block = List((item("x", block),))
    assert_whole(Message("T", (block,)), "x" * depth + "".join(texts_))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=12), st.integers(900, 1010))
def test_links_are_split_so_that_every_page_fits(labels: list[str], size: int) -> None:
    link = "https://example.org/"
    address = link + "a" * (size - len(link))
    for payload in draw(
        Message("T", (Paragraph(tuple(Span(each, link=address) for each in labels)),))
    ):
        check(payload)


def test_half_a_link_that_is_longer_than_the_whole_one_goes_onto_a_further_page() -> None:
    host = ".".join(["a" * 60] * 4)
    half, other_half = "see ", "a_b"
    link = Span(half + other_half, link=f"https://{host}/")
    whole = len(f"see a\\_b (<https://{host}/>)")
    message = Message("", (Paragraph((Span("x" * (3990 - whole)), link, Span("y" * 100))),))
    payloads = draw(message)
    for payload in payloads:
        check(payload)
    assert "".join(text for payload in payloads for text in texts(payload)).count("y") == 100


def assert_whole(message: Message, text: str) -> None:
    payloads = draw(message)
    for payload in payloads:
        check(payload)
    pages = [read for payload in payloads for read in texts(payload)]
    assert letters("".join(said(own_words(page)) for page in pages)) == letters(text)


def own_words(page: str) -> str:
    """A page without its title and its "continued"."""
    kept = re.sub(rf"\A# T(?: \\?\({words.CONTINUED}\))?(?:\n-# {words.CONTINUED})?", "", page)
    return re.sub(r"^ *- ", "", kept, flags=re.MULTILINE)


def letters(text: str) -> str:
    """What must not be lost: everything but white space and what has no shape."""
    return re.sub(
        r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
        r"\u2066-\u2069\ufeff\ufff9-\ufffb\x1c-\x1e\ufffd\ud800-\udfff]|^- ",
        "",
        text,
    )


# Hostile words

FRAGMENTS = st.one_of(
    st.sampled_from(
        [
            *HOSTILE,
            *(
                "@",
                "everyone",
                "here",
                "<",
                ">",
                "@1",
                "#",
                "#1",
                "t:1:R",
                "/a:1",
                ":a:1",
                "id:home",
            ),
            *(
                "http",
                "s",
                "://",
                "x.y",
                "discord",
                ".gg/a",
                "[",
                "](",
                ")",
                "*",
                "_",
                "`",
                "~",
                "|",
            ),
            *(
                "-",
                "-#",
                "1",
                ".",
                "\\",
                "\n",
                " ",
                "\t",
                "\u202e",
                "\u200b",
                "\u2066",
                ":",
                "smile",
            ),
        ]
    ),
    st.text(max_size=3),
)
WORDS = st.lists(FRAGMENTS, max_size=12).map("".join)


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_no_words_are_live_in_a_paragraph(text: str) -> None:
    assert [found for page in body(paragraph(text)) for found in live(page)] == []


@settings(max_examples=50, deadline=None)
@given(st.lists(FRAGMENTS, max_size=12))
def test_no_words_are_live_however_they_are_cut_into_spans(pieces: list[str]) -> None:
    drawn = spans(
        *(Span(piece, link="javascript:x" if len(piece) % 2 else None) for piece in pieces)
    )
    assert live(drawn) == [] or drawn == "…"


@settings(max_examples=50, deadline=None)
@given(WORDS)
@example(f"id:home {'wide ' * 12}:")  # too wide for a code block: each cell behind its name
@example(f"{'wide ' * 12}t:1:R")
def test_no_words_are_live_as_title_heading_note_item_or_quote(text: str) -> None:
    message = Message(
        text,
        (
            Heading(plain(text)),
            Note(plain(text)),
            List((item(text),)),
            Quote((paragraph(text),)),
            Table(cells(text), (cells(text + "\n"),)),
        ),
    )
    for payload in draw(message):
        for page in texts(payload):
            assert [each for each in live(without_marks(page)) if each not in {"**", "*"}] == []


def without_marks(page: str) -> str:
    """The page without what the room itself puts at the start of lines."""
    page = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    marks = re.compile(r"^(?:> )?(?:#{1,3} |-# |  |- )?(?:\*\*(?=.*\*\*: ))?", re.MULTILINE)
    # What stands before and after the marks of a cell's name must not read as one word.
    return marks.sub("", page).replace("**: ", " ")


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_words_break_out_of_a_code_block(text: str) -> None:
    for page in body(Code(text), title="T"):
        inside = (
            page.removeprefix("# T").removeprefix("\n").removeprefix("```\n").removesuffix("\n```")
        )
        assert live_in_code(inside) == []


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_words_of_a_link_are_live(text: str) -> None:
    drawn = spans(Span("x"), Span(text, link="https://example.org/")).removeprefix("x")
    masked = re.fullmatch(
        r"(\s*)\[(?P<label>.*)\]\(https://example\.org/\)( \(example\.org\))?(\s*)", drawn
    )
    bare = re.fullmatch(
        r"(\s*)(?P<label>.*?)( \()?<https://example\.org/>\)?(\s*)", drawn, re.DOTALL
    )
    label = (masked or bare or {"label": drawn})["label"] if "\n" not in drawn else ""
    assert live(label) == []


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_words_of_a_button_or_a_picture_steer(text: str) -> None:
    action = Action(text[:75], MoreResults("a", 1))
    picture = Image("https://example.org/i", text)
    for payload in draw(Message("", (Actions((action,)), picture))):
        check(payload)
        for each in walk(payload):
            shown = [
                each.get("label", ""),
                *(item.get("description", "") for item in each.get("items", ())),
            ]
            assert [found for words_ in shown for found in steering(words_)] == []


def test_a_moment_is_drawn_in_the_time_of_whoever_reads_it() -> None:
    when = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    [payload] = draw(Message("Next", (Paragraph((Span("In Berlin: "), Span("08:30", at=when))),)))
    assert any("In Berlin: <t:1795505400:F>" in each for each in texts(payload))


def test_a_moment_that_somebody_wrote_stays_words() -> None:
    [payload] = draw(Message("Next", (Paragraph(plain("<t:1795505400:F>")),)))
    assert not any("<t:1795505400:F>" in each for each in texts(payload))


@pytest.mark.parametrize(
    ("person", "drawn"), [("1257995920998400003", "<@1257995920998400003>"), ("settings", "by set")]
)
def test_a_person_is_named_and_what_is_none_stays_words(person: str, drawn: str) -> None:
    line = (Span("by "), Span(person, person=person))
    [payload] = draw(Message("Changes", (Paragraph(line),)))
    assert any(drawn in each for each in texts(payload))
