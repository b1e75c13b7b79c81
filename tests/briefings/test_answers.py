"""What the bot answers to a look-up, and when it has nothing to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings import words
from briefings.answers import (
    Posted,
    compose_broken,
    compose_discussion,
    compose_no_discussion,
    compose_nothing_today,
    compose_repeated,
    compose_results,
    compose_stale,
    shown,
)
from briefings.blocks import List, Paragraph, Span, Style, plain, spans_in
from briefings.card import compose_card
from briefings.choosing import FEW, LAST_PAGE, PAGE
from briefings.intents import MoreResults, OpenBriefing
from briefings.message import Action, Actions, Menu, Message, Note, Option
from briefings.model import Briefing, BriefingId, Entry, Library
from briefings.search import QUERY_LIMIT, Hit, MatchKind, Results
from briefings.tokens import TOKEN_LIMIT, decode, encode
from tests.briefings.strategies import NOON, said, texts


def entry(name: str, dated: date | None = None) -> Entry:
    return Entry(BriefingId(name), Briefing(name.title(), (), date=dated), NOON)


LIBRARY: Library = {
    each.id: each for each in (entry("chery"), *(entry(f"summit-{n}") for n in range(9)))
}


def hit(name: str, score: float = 0.5, kind: MatchKind = MatchKind.WORDS) -> Hit:
    return Hit(BriefingId(name), name.title(), score, kind)


HITS = tuple(hit(f"summit-{number}") for number in range(PAGE))


def actions(message: Message) -> tuple[Action, ...]:
    rows = (part for part in message.blocks if isinstance(part, Actions))
    return tuple(action for row in rows for action in row.actions)


def options(message: Message) -> tuple[Option, ...]:
    menus = (part for part in message.blocks if isinstance(part, Menu))
    return tuple(option for menu in menus for option in menu.options)


def test_one_clear_hit_is_answered_by_its_card() -> None:
    results = Results("chery", (hit("chery", 1, MatchKind.EXACT), *HITS[:2]), 3)
    assert compose_results(results, LIBRARY) == compose_card(LIBRARY[BriefingId("chery")])


def test_several_hits_are_a_numbered_choice_with_a_button_each() -> None:
    message = compose_results(Results("summit", HITS[:2], 2), LIBRARY)
    assert message.title == "Briefings about “summit”"
    note, choice, _ = message.blocks
    assert note == Note(plain("1 to 2 of 2"))
    assert isinstance(choice, List)
    assert (choice.ordered, choice.start, len(choice.items)) == (True, 1, 2)
    assert actions(message) == (
        Action("Summit-0", OpenBriefing(BriefingId("summit-0"))),
        Action("Summit-1", OpenBriefing(BriefingId("summit-1"))),
    )


@pytest.mark.parametrize("count", range(2, PAGE + 1))
def test_a_short_list_has_buttons_and_a_longer_one_a_menu(count: int) -> None:
    message = compose_results(Results("summit", HITS[:count], count), LIBRARY)
    opened = tuple(OpenBriefing(each.id) for each in HITS[:count])
    assert tuple(each.intent for each in actions(message)) == (opened if count <= FEW else ())
    assert tuple(each.intent for each in options(message)) == (() if count <= FEW else opened)


def test_a_menu_numbers_its_options_as_the_list_does_and_tells_them_apart() -> None:
    about = Briefing("Chery", (), date=date(2026, 11, 24), topics=("cars", "China"))
    library = {**LIBRARY, BriefingId("chery"): Entry(BriefingId("chery"), about, NOON)}
    hits = (hit("chery"), replace(HITS[0], title=" "), *HITS[1:3])
    message = compose_results(Results("x", hits, 9), library, 1)
    assert [(each.label, each.description) for each in options(message)] == [
        ("6. Chery", "Tue 24 Nov 2026 · cars, China"),
        (f"7. {words.NAMELESS}", ""),
        ("8. Summit-1", ""),
        ("9. Summit-2", ""),
    ]
    (menu,) = (part for part in message.blocks if isinstance(part, Menu))
    assert menu.placeholder == words.OPEN_ONE


def test_a_choice_shows_title_and_day_and_the_words_that_matched() -> None:
    dated = entry("chery", date(2026, 11, 24))
    excerpt = (Span("the "), Span("summit", Style.STRONG))
    hits = replace(hit("chery"), excerpt=excerpt), hit("summit-0")
    message = compose_results(Results("x", hits, 2), {**LIBRARY, dated.id: dated})
    (choice,) = (part for part in message.blocks if isinstance(part, List))
    lines = [block for item in choice.items for block in item.blocks]
    assert lines[0] == Paragraph(
        (Span("Chery", Style.STRONG), Span(" · Tue 24 Nov 2026"), Span("\n"), *excerpt)
    )
    assert lines[1] == Paragraph((Span("Summit-0", Style.STRONG),))


@pytest.mark.parametrize(("page", "total", "more"), [(0, 5, 0), (0, 6, 1), (1, 10, 0), (1, 11, 1)])
def test_more_is_offered_exactly_where_there_is_more(page: int, total: int, more: int) -> None:
    message = compose_results(Results("summit", HITS, total), LIBRARY, page)
    assert message.blocks[0] == Note(plain(f"{page * 5 + 1} to {page * 5 + 5} of {total}"))
    found = [each.intent for each in actions(message) if each.label == words.MORE]
    assert found == [MoreResults("summit", page + 1)] * more
    back = [each.intent for each in actions(message) if each.label == words.PREVIOUS]
    assert back == [MoreResults("summit", page - 1)] * bool(page)
    (choice,) = (part for part in message.blocks if isinstance(part, List))
    assert choice.start == page * PAGE + 1


@pytest.mark.parametrize("off", [-2, -1, 0])
def test_there_is_no_way_beyond_the_last_page_that_a_button_can_name(off: int) -> None:
    message = compose_results(Results("x", HITS, 10**6), LIBRARY, LAST_PAGE + off)
    intents = [each.intent for each in actions(message)]
    assert MoreResults("x", LAST_PAGE + off - 1) in intents
    assert (MoreResults("x", LAST_PAGE + off + 1) in intents) is (off < 0)
    assert all(decode(encode(intent)) == intent for intent in intents)


def test_a_further_page_is_a_list_even_of_one_hit() -> None:
    message = compose_results(Results("summit", HITS[:1], 1), LIBRARY, 1)
    assert any(isinstance(part, List) for part in message.blocks)


def test_a_page_that_is_gone_is_a_miss() -> None:
    assert (
        compose_results(Results("summit", (), 0), LIBRARY, 4).title == "No briefing about “summit”"
    )


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_more_is_offered_where_its_token_has_room_for_the_query(off: int) -> None:
    query = "q" * (TOKEN_LIMIT - len("b1:more:9999:") + off)
    found = actions(compose_results(Results(query, HITS, 99), LIBRARY, 1))
    labels = [each.label for each in found]
    assert labels == ([words.PREVIOUS, words.MORE] if off <= 0 else [])
    assert all(decode(encode(each.intent)) == each.intent for each in found)


def test_a_miss_offers_the_nearest_names() -> None:
    message = compose_results(Results("chry", nearest=("Chery", "", " ", "n" * 88)), LIBRARY)
    assert message.title == "No briefing about “chry”"
    assert message.blocks[0] == Paragraph(plain(words.DID_YOU_MEAN))
    assert actions(message) == (Action("Chery", MoreResults("Chery", 0)),)
    assert message.blocks[-1] == Note(plain(words.BROWSE))


def test_a_miss_with_nothing_near_says_how_to_browse() -> None:
    message = compose_results(Results("nonsense"), LIBRARY)
    assert message.blocks == (Paragraph(plain(words.NO_MATCH)), Note(plain(words.BROWSE)))


@pytest.mark.parametrize("hits", [(), (hit("chery"),), HITS])
def test_a_question_that_was_cut_is_told_so_first(hits: tuple[Hit, ...]) -> None:
    results = Results("q" * QUERY_LIMIT, hits, len(hits), cut=True)
    message = compose_results(results, LIBRARY)
    assert message.blocks[0] == Note(plain(words.few_words(QUERY_LIMIT)))
    assert message.blocks[1:] == compose_results(replace(results, cut=False), LIBRARY).blocks


@pytest.mark.parametrize("hits", [(), (hit("chery"),), HITS])
def test_an_answer_from_a_part_of_the_library_says_so(hits: tuple[Hit, ...]) -> None:
    results = Results("chery", hits, len(hits), partial=True)
    message = compose_results(results, LIBRARY)
    assert message.blocks[0] == Note(plain(words.STILL_READING))
    assert message.blocks[1:] == compose_results(replace(results, partial=False), LIBRARY).blocks


def test_a_hit_without_a_title_has_a_name_and_a_label() -> None:
    message = compose_results(Results("x", (replace(HITS[0], title=""), HITS[1]), 2), LIBRARY)
    assert actions(message)[0].label == words.NAMELESS
    assert joined(words.NAMELESS) in said(message.blocks)


def joined(text: str) -> str:
    return "".join(text.split())


@given(texts(QUERY_LIMIT, 1), st.lists(texts(120, 1), max_size=5), st.integers(0, 30))
def test_every_answer_can_be_pressed(query: str, nearest: list[str], total: int) -> None:
    hits = tuple(replace(each, title=query) for each in HITS[:total])
    results = Results(query, hits, total, nearest=tuple(nearest))
    message = compose_results(results, LIBRARY)
    pressed = [(each.label, each.intent) for each in actions(message)]
    pressed += [(each.label, each.intent) for each in options(message)]
    assert all(label.strip() for label, _ in pressed)
    assert all(decode(encode(intent)) == intent for _, intent in pressed)
    assert all(len(action.label) <= 75 for action in actions(message))


def test_no_briefing_today_says_why() -> None:
    message = compose_nothing_today("the library is empty")
    assert message.title == words.NOTHING_TODAY
    assert said(message.blocks) == "Thereisnonebecausethelibraryisempty."


@pytest.mark.parametrize(
    ("message", "title"),
    [
        (compose_stale(), words.STALE_TITLE),
        (compose_repeated(), words.REPEATED_TITLE),
        (compose_broken(), words.BROKEN_TITLE),
        (compose_no_discussion(), words.DISCUSS),
    ],
)
def test_what_went_wrong_is_one_paragraph_under_a_title(message: Message, title: str) -> None:
    assert message.title == title
    assert [type(part) for part in message.blocks] == [Paragraph]
    assert said(message.blocks)


@pytest.mark.parametrize("link", [None, "https://discord.com/channels/1/2"])
def test_the_discussion_is_named_and_linked_where_it_can_be(link: str | None) -> None:
    message = compose_discussion(entry("chery"), link)
    (told,) = message.blocks
    assert isinstance(told, Paragraph)
    assert Span("Chery", link=link) in told.spans


@pytest.mark.parametrize(
    ("hits", "page", "named"),
    [
        ((hit("chery", 1, MatchKind.EXACT), *HITS[:2]), 0, ["chery"]),
        (HITS[:2], 0, ["summit-0", "summit-1"]),
        (HITS[:1], 1, ["summit-0"]),
        ((), 0, []),
    ],
)
def test_what_an_answer_will_name_is_known_before(
    hits: tuple[Hit, ...], page: int, named: list[str]
) -> None:
    assert list(shown(Results("x", hits, len(hits)), page)) == named


@pytest.mark.parametrize("link", [None, "https://discord.com/channels/1/2"])
def test_a_card_that_was_posted_here_says_when_and_where(link: str | None) -> None:
    results = Results("chery", (hit("chery", 1, MatchKind.EXACT),), 1)
    past = {BriefingId("chery"): Posted(date(2026, 11, 24), link)}
    message = compose_results(results, LIBRARY, 0, past)
    assert message.blocks[-1] == Note((Span("Posted here on Tue 24 Nov 2026", link=link),))
    assert message.blocks[:-1] == compose_card(LIBRARY[BriefingId("chery")]).blocks


def test_a_choice_says_which_were_posted_here() -> None:
    past = {BriefingId("summit-1"): Posted(date(2026, 11, 24), "https://a.example/1")}
    message = compose_results(Results("summit", HITS[:2], 2), LIBRARY, 0, past)
    (choice,) = (part for part in message.blocks if isinstance(part, List))
    links = [[span.link for span in spans_in(item.blocks) if span.link] for item in choice.items]
    assert links == [[], ["https://a.example/1"]]


def test_a_question_to_an_empty_library_is_told_that_it_is_empty() -> None:
    message = compose_results(Results("chery", (), 0), {})
    assert message.title == words.nothing_about("chery")
    assert message.blocks == (Paragraph(plain(words.EMPTY_LIBRARY)),)
