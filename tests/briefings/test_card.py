"""How a briefing becomes a card and its parts: short where it must be, and whole together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings import words
from briefings.blocks import Block, Divider, Heading, Image, Paragraph, Span, plain
from briefings.card import (
    BUTTONS,
    LABEL_LIMIT,
    LEAD_LIMIT,
    compose_card,
    compose_post,
    compose_section,
    compose_sections,
    compose_shared,
    compose_taken_out,
    minutes_to_read,
    shorten,
)
from briefings.chapters import chapters, title_of
from briefings.closing import SOURCES_LIMIT
from briefings.intents import Discuss, MoreSections, OpenSection, Share
from briefings.message import Action, Actions, Message, Note, Post, Weight
from briefings.model import Briefing, BriefingId, Entry, Section, Source
from briefings.tokens import decode, encode
from tests.briefings.strategies import ENTRIES, FAMILY, NOON, said, texts

CHERY = BriefingId("chery")


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain(text))


def section(name: str, *blocks: Block | str, level: int = 2) -> Section:
    told = (paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Section(plain(name), level, tuple(told))


def entry(*sections: Section, title: str = "The Summit") -> Entry:
    return Entry(CHERY, Briefing(title, sections), NOON)


def actions(message: Message) -> tuple[Action, ...]:
    rows = (part for part in message.blocks if isinstance(part, Actions))
    return tuple(action for row in rows for action in row.actions)


def labels(message: Message) -> list[str]:
    return [action.label for action in actions(message)]


def notes(message: Message) -> list[str]:
    return [said((part,)) for part in message.blocks if isinstance(part, Note)]


def whole(post: Post) -> str:
    """All that a post says, titles included, blanks and buttons aside."""
    messages = (post.card, *post.parts)
    told = (
        message.title
        + said(tuple(part for part in message.blocks if not isinstance(part, Actions)))
        for message in messages
    )
    return "".join("".join(told).split())


def joined(text: str) -> str:
    return "".join(text.split())


SEED = entry(
    section("What's Happening?", "Chery opened its summit in Wuhu."),
    section("Why It's Important?", "It exports more cars than any rival."),
    section("What's Next?", "More plants."),
    section("Beyond the Headlines", "Robots."),
)


def test_the_card_leads_and_the_other_sections_follow_in_the_thread() -> None:
    post = compose_post(SEED)
    assert post.card.title == "The Summit"
    assert post.card.blocks[:3] == (
        Note(plain("1 min read")),
        Heading(plain("What's Happening?")),
        paragraph("Chery opened its summit in Wuhu."),
    )
    assert [part.title for part in post.parts] == [
        "Why It's Important?",
        "What's Next?",
        "Beyond the Headlines",
    ]
    assert post.parts[1].blocks == (paragraph("More plants."),)


def test_the_card_of_a_post_offers_the_sections_and_the_discussion() -> None:
    assert actions(compose_post(SEED).card) == (
        Action("Why It's Important?", OpenSection(CHERY, 1)),
        Action("What's Next?", OpenSection(CHERY, 2)),
        Action("Beyond the Headlines", OpenSection(CHERY, 3)),
        Action(words.DISCUSS, Discuss(CHERY), Weight.PRIMARY),
    )


def test_one_person_may_share_the_card_and_the_channel_may_not_again() -> None:
    assert actions(compose_card(SEED))[-1] == Action(words.SHARE, Share(CHERY), Weight.PRIMARY)
    assert words.SHARE not in labels(compose_shared(SEED))
    assert compose_shared(SEED).blocks[:3] == compose_post(SEED).card.blocks[:3]


def test_the_small_print_names_day_topics_and_reading_time() -> None:
    briefing = replace(SEED.briefing, date=date(2026, 11, 24), topics=("cars", "China"))
    card = compose_card(replace(SEED, briefing=briefing))
    assert card.blocks[0] == Note(plain("Tue 24 Nov 2026 · cars, China · 1 min read"))


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_a_first_section_over_the_limit_goes_on_in_the_thread(off: int) -> None:
    text = "A word. " * (LEAD_LIMIT // 8) + "x" * (LEAD_LIMIT % 8 + off)
    long = entry(section("First", text), section("Second", "Text."))
    post = compose_post(long)
    lead = said(tuple(part for part in post.card.blocks if isinstance(part, Paragraph)))
    assert (lead == joined(text)) is (off <= 0)
    assert [part.title for part in post.parts] == (
        ["Second"] if off <= 0 else ["First (continued)", "Second"]
    )
    assert ("First" in labels(compose_card(long))) is (off > 0)
    assert ("First" in labels(compose_shared(long))) is (off > 0)


def test_a_block_that_has_no_room_beside_the_others_goes_to_the_thread_whole() -> None:
    blocks = tuple(paragraph(f"{number} " * 300) for number in range(4))
    post = compose_post(entry(section("First", *blocks)))
    assert post.card.blocks[2:4] == blocks[:2]
    assert post.parts[0].blocks == blocks[2:]


def test_a_first_word_too_long_for_the_card_stays_whole_in_the_thread() -> None:
    post = compose_post(entry(section("First", "x" * 100_000)))
    assert [type(part) for part in post.card.blocks] == [Note, Heading, Actions]
    assert post.parts == (Message("First (continued)", (paragraph("x" * 100_000),)),)


def test_a_huge_first_section_is_on_the_card_in_part() -> None:
    post = compose_post(entry(section("First", "Some words follow. " * 50_000)))
    (lead,) = (part for part in post.card.blocks if isinstance(part, Paragraph))
    assert LEAD_LIMIT // 2 < len(said((lead,))) <= LEAD_LIMIT
    assert "".join(said(part.blocks) for part in post.parts).startswith("Somewordsfollow.")


@given(ENTRIES)
def test_card_and_parts_together_say_the_whole_briefing(entry: Entry) -> None:
    briefing, told = entry.briefing, whole(compose_post(entry))
    assert joined(briefing.title) in told
    assert joined(", ".join(briefing.topics)) in told
    assert briefing.date is None or joined(words.day(briefing.date)) in told
    for part in briefing.sections:
        for text in (joined(part.name), *(said((block,)) for block in part.blocks)):
            assert _is_in_pieces(text, told), text
    for text in (*briefing.questions, *(source.name for source in briefing.sources)):
        assert joined(text) in told
    for name, text in briefing.extras:
        assert joined(f"{name}: {text}") in told


def _is_in_pieces(text: str, told: str) -> bool:
    """Whether the text stands there, at most once cut in two between the card and the thread."""
    return text in told or any(
        text[:at] in told and text[at:] in told for at in range(1, len(text))
    )


@given(ENTRIES)
def test_the_words_of_the_sections_come_in_their_order(entry: Entry) -> None:
    marked = tuple(
        replace(part, blocks=(paragraph(f"§{number}§"), *part.blocks))
        for number, part in enumerate(entry.briefing.sections)
    )
    told = whole(compose_post(replace(entry, briefing=replace(entry.briefing, sections=marked))))
    places = [told.index(f"§{number}§") for number in range(len(marked))]
    assert places == sorted(places)


@given(ENTRIES, st.integers(-1, 15))
def test_everything_that_can_be_pressed_has_a_label_and_a_token(entry: Entry, number: int) -> None:
    messages = [
        compose_post(entry).card,
        compose_card(entry),
        compose_shared(entry),
        compose_sections(entry, max(0, number)),
        *filter(None, [compose_section(entry, number)]),
    ]
    for action in (action for message in messages for action in actions(message)):
        assert 0 < len(action.label) <= LABEL_LIMIT <= 75
        assert decode(encode(action.intent)) == action.intent
    assert all(message.title.strip() for message in messages)


@given(ENTRIES)
def test_each_section_button_opens_its_section(entry: Entry) -> None:
    for action in actions(compose_card(entry)):
        if isinstance(action.intent, OpenSection):
            opened = compose_section(entry, action.intent.section)
            assert opened is not None
            assert shorten(opened.title) == action.label or action.label == words.UNTITLED


@given(ENTRIES)
def test_no_part_of_a_post_is_empty(entry: Entry) -> None:
    for part in compose_post(entry).parts:
        assert part.blocks or part.title != title_of(entry.briefing)


def test_a_briefing_without_sections_is_a_title_with_a_discussion() -> None:
    post = compose_post(entry())
    assert post == Post(
        Message(
            "The Summit",
            (
                Note(plain("1 min read")),
                Actions((Action(words.DISCUSS, Discuss(CHERY), Weight.PRIMARY),)),
            ),
        )
    )
    assert compose_shared(entry()).blocks == (Note(plain("1 min read")),)
    assert compose_sections(entry(), 0).blocks == ()


def test_a_briefing_of_a_lead_alone_has_no_section_buttons() -> None:
    lead = entry(Section((), 0, (paragraph("Only this."),)))
    assert labels(compose_post(lead).card) == [words.DISCUSS]
    assert compose_post(lead).card.blocks[1] == paragraph("Only this.")
    assert not compose_post(lead).parts


def test_a_long_lead_without_a_heading_has_a_button_and_goes_on_under_the_title() -> None:
    lead = entry(Section((), 0, (paragraph("A word. " * 300),)))
    assert labels(compose_card(lead)) == [words.UNTITLED, words.SHARE]
    assert compose_post(lead).parts[0].title == "The Summit (continued)"


def test_a_briefing_without_a_title_has_one_all_the_same() -> None:
    nameless = entry(section("First", "Text."), title=" ")
    assert compose_post(nameless).card.title == words.NAMELESS


# --- chapters ---


def test_deeper_sections_belong_to_the_one_above_them() -> None:
    told = entry(
        Section((), 0, (paragraph("lead"),)),
        section("A", "a", level=2),
        section("A1", "a1", level=3),
        section("A1x", "a1x", level=9),
        section("B", "b", level=2),
    )
    names = [[each.name for each in chapter] for chapter in chapters(told.briefing)]
    assert names == [[""], ["A", "A1", "A1x"], ["B"]]
    message = compose_section(told, 1)
    assert message is not None
    assert message.title == "A"
    assert message.blocks[1:6] == (
        paragraph("a"),
        Heading(plain("A1"), 3),
        paragraph("a1"),
        Heading(plain("A1x"), 6),
        paragraph("a1x"),
    )


def test_a_first_section_that_is_deeper_than_the_others_stands_alone() -> None:
    told = Briefing("T", (section("A", level=3), section("B", level=2), section("C", level=3)))
    assert [[each.name for each in chapter] for chapter in chapters(told)] == [["A"], ["B", "C"]]


def test_empty_headings_make_no_heading_and_no_empty_button() -> None:
    told = entry(
        section("A", "a", level=1),
        section("", "b", level=2),
        section(" ", "c", level=1),
        section("", level=1),
    )
    card = compose_card(told)
    assert card.blocks[2:4] == (paragraph("a"), paragraph("b"))
    assert labels(card) == [words.UNTITLED, words.UNTITLED, words.SHARE]
    assert [part.blocks for part in compose_post(told).parts] == [(paragraph("c"),)]


# --- many sections ---


@pytest.mark.parametrize("count", [BUTTONS - 1, BUTTONS, BUTTONS + 1, BUTTONS + 2, 30])
def test_every_section_can_be_reached_by_buttons(count: int) -> None:
    many = entry(*(section(f"Section {number}", "Text.") for number in range(count)))
    reached, message, page = set[int](), compose_card(many), 0
    while True:
        reached |= {a.intent.section for a in actions(message) if isinstance(a.intent, OpenSection)}
        more = [a.intent for a in actions(message) if isinstance(a.intent, MoreSections)]
        if not more:
            break
        assert more[0].page > page
        page = more[0].page
        message = compose_sections(many, page)
    assert reached | {0} == set(range(count))


def test_a_page_of_sections_that_is_gone_shows_the_last_there_is() -> None:
    many = entry(*(section(f"Section {number}", "Text.") for number in range(10)))
    assert compose_sections(many, 7) == compose_sections(many, 1)
    assert labels(compose_sections(many, 1)) == ["Section 8", "Section 9"]


def test_a_section_opens_with_the_title_above_and_the_others_below() -> None:
    message = compose_section(SEED, 2)
    assert message is not None
    assert message.title == "What's Next?"
    assert message.blocks[:2] == (Note(plain("The Summit")), paragraph("More plants."))
    assert labels(message) == ["What's Happening?", "Why It's Important?", "Beyond the Headlines"]


@pytest.mark.parametrize("number", [-1, 4, 9_999])
def test_a_section_that_is_not_there_is_nothing(number: int) -> None:
    assert compose_section(SEED, number) is None


# --- what stands after the text ---


def with_sources(*sources: Source, told: Section | None = None) -> Entry:
    sections = (section("A", "a"), *([told] if told else []))
    return Entry(CHERY, Briefing("T", sections, sources=sources), NOON)


REUTERS = Source("Reuters", "https://reuters.example/chery")


def test_few_sources_stand_on_the_card_with_their_links() -> None:
    card = compose_post(with_sources(REUTERS, Source("A letter"))).card
    (note,) = (part for part in card.blocks[1:] if isinstance(part, Note))
    assert note.spans == (
        Span("Sources: "),
        Span("Reuters", link=REUTERS.url),
        Span(" · "),
        Span("A letter"),
    )
    assert not compose_post(with_sources(REUTERS)).parts


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_many_sources_make_a_part_of_their_own(off: int) -> None:
    post = compose_post(with_sources(Source("x" * (SOURCES_LIMIT - len("Sources: ") + off))))
    assert [part.title for part in post.parts] == ([] if off <= 0 else [words.SOURCES])
    assert len(notes(post.card)) == (2 if off <= 0 else 1)


def test_sources_that_the_text_names_with_their_links_are_not_told_twice() -> None:
    linked = Paragraph((Span("Reuters", link=REUTERS.url),))
    assert len(notes(compose_card(with_sources(REUTERS, told=section("Sources", linked))))) == 1
    named = section("Sources", "Reuters")
    assert len(notes(compose_card(with_sources(REUTERS, told=named)))) == 2
    assert len(notes(compose_card(with_sources(Source("Reuters"), told=named)))) == 1
    other = Source("AP")
    (_, note) = notes(compose_card(with_sources(REUTERS, other, told=section("Sources", linked))))
    assert note == "Sources:AP"


def test_a_source_without_a_name_is_called_by_its_address() -> None:
    (_, note) = notes(compose_card(with_sources(Source("", "https://example.org/"))))
    assert note == "Sources:https://example.org/"


def test_questions_and_other_fields_close_the_thread() -> None:
    briefing = replace(
        SEED.briefing,
        questions=("Do we export?", "More plants."),
        extras=(("author", "Ann"), ("status", "")),
    )
    *_, questions, fields = compose_post(replace(SEED, briefing=briefing)).parts
    assert (questions.title, said(questions.blocks)) == (words.QUESTIONS, "Doweexport?")
    assert (fields.title, said(fields.blocks)) == (words.FIELDS, "author:Annstatus:")


# --- reading time and labels ---


@pytest.mark.parametrize(
    ("text", "minutes"), [("", 1), ("word " * 230, 1), ("word " * 460, 2), ("字" * 690, 3)]
)
def test_reading_time_counts_words_and_signs(text: str, minutes: int) -> None:
    assert minutes_to_read(entry(section("A", text)).briefing) == minutes


def test_pictures_and_dividers_take_no_room_on_the_card() -> None:
    blocks = (Divider(),) * 50_000
    post = compose_post(entry(section("A", *blocks, Image("https://example.org/i.png", "alt"))))
    assert not post.parts


@given(texts(100), st.integers(2, 60))
def test_a_label_is_one_line_within_its_limit(text: str, limit: int) -> None:
    label = shorten(text, limit)
    assert len(label) <= limit
    assert "\n" not in label
    assert label == " ".join(text.split()) or label.endswith("…")


def test_a_label_breaks_no_emoji() -> None:
    assert shorten("a" + FAMILY * 3, 8) == "a…"
    assert shorten("a" + FAMILY * 3, 9) == f"a{FAMILY}…"


def test_a_part_that_was_taken_out_says_so_under_its_title() -> None:
    entry = Entry(CHERY, Briefing("Chery", ()), NOON)
    assert compose_taken_out(entry) == Message("Chery", (Note(plain(words.TAKEN_OUT)),))


PICTURE = Image("https://pictures.example/a.png", "A hall")


def beside(message: Message) -> list[bool]:
    return [each.beside for each in message.blocks if isinstance(each, Image)]


@pytest.mark.parametrize(
    ("blocks", "small"),
    [
        ((PICTURE, "The lead."), [True]),
        ((PICTURE,), [True]),
        ((PICTURE, "The lead.", PICTURE), [True, False]),
        ((PICTURE, PICTURE, "The lead."), [False, False]),
        (("The lead.", PICTURE), [False]),
    ],
)
def test_a_single_picture_at_the_beginning_of_a_card_stands_beside_its_title(
    blocks: tuple[Block | str, ...], small: list[bool]
) -> None:
    told = entry(section("Lead", *blocks), section("More", PICTURE, "More."))
    for card in (compose_post(told).card, compose_card(told), compose_shared(told)):
        assert beside(card) == small
    (part,) = compose_post(told).parts
    assert beside(part) == [False]
    shown = compose_section(told, 0)
    assert shown
    assert not any(beside(shown))
