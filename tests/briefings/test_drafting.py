"""Drafts: what becomes of every field, at their limits, and with anything in them."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.blocks import Code, text_of
from briefings.drafting import (
    FIELDS,
    LINE_LIMIT,
    PAGES,
    TEXT_LIMIT,
    TOPICS_LIMIT,
    Draft,
    compose_draft_form,
    document_of,
    has_text,
    read_draft_form,
)
from briefings.forms import (
    FIELDS_LIMIT,
    TITLE_LIMIT,
    FormName,
    TextField,
    form_token,
    read_form_token,
)
from briefings.model import Briefing, BriefingId
from briefings.reading.reader import read
from briefings.writing import text_of_section
from tests.platforms.hostile import HOSTILE

NAME = "0123456789abcdef"


def draft(**texts: str) -> Draft:
    return Draft(NAME, "U1", {"title": "Tram 7", **texts})


def briefing(**texts: str) -> Briefing:
    return read(document_of(draft(**texts)).encode(), "draft.md").briefing


def headings(**texts: str) -> list[str]:
    return [section.name for section in briefing(**texts).sections]


def test_every_field_is_on_one_page_and_the_pages_are_within_the_forms_limits() -> None:
    forms = [compose_draft_form(name, draft()) for name in PAGES]
    assert [each.button for each in forms] == ["Preview", "Preview"]  # saved is what follows it
    assert [field.name for form in forms for field in form.fields] == list(FIELDS)
    for form in forms:
        assert len(form.fields) <= FIELDS_LIMIT
        assert len(form.title) <= TITLE_LIMIT
        assert all(isinstance(each, TextField) and len(each.hint) <= 100 for each in form.fields)


def test_a_forms_token_gives_back_its_name_and_its_draft() -> None:
    form = compose_draft_form(FormName.SECTIONS, draft())
    assert read_form_token(form_token(form)) == (FormName.SECTIONS, NAME)
    begun = compose_draft_form(FormName.WRITE, Draft("", "", {}))
    assert read_form_token(form_token(begun)) == (FormName.WRITE, "")


@pytest.mark.parametrize(
    "token", ["", "b1:form:other", "b1:form:write:", "b1:form:write:XYZ", f"b1:form:write:{NAME}0"]
)
def test_a_foreign_token_is_no_form(token: str) -> None:
    assert read_form_token(token) == (None, "")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"happening": "a"}, ["What's Happening?"]),
        ({"happening": "a", "next": "b"}, ["What's Happening?", "What's Next?"]),
        ({"happening": " \n", "next": "b"}, ["What's Next?"]),
        ({"happening": "a\n\n# Within\n\nb"}, ["What's Happening?", "Within"]),
        ({"more": "## Who?\n\na\n\n## Where?\n\nb"}, ["Who?", "Where?"]),
        ({"more": "Who?\n\na"}, ["Who?"]),
        ({"next": "a", "more": "a single line goes on"}, ["What's Next?"]),
        ({"more": "## Who?\n\na", "still": "## Where?\n\nb"}, ["Who?", "Where?"]),
    ],
)
def test_texts_become_sections_in_their_order(texts: dict[str, str], expected: list[str]) -> None:
    assert headings(**texts) == expected


def test_what_one_text_leaves_open_does_not_swallow_the_next() -> None:
    told = briefing(happening="```\nnever closed", important="<!-- nor this", next="- a\n- b")
    assert isinstance(told.sections[0].blocks[0], Code)
    assert told.sections[-1].name == "What's Next?"


def test_a_briefing_has_the_title_topics_and_sources_that_were_written() -> None:
    told = briefing(
        title="Is: it # `so`?  {{x}}",
        topics="mobility,, energy ",
        sources="The council https://example.org/a\nA paper\n\nhttps://example.org/b",
        happening="a",
    )
    assert told.title == "Is: it # `so`? {{x}}"
    assert told.topics == ("mobility", "energy")
    assert [(each.name, each.url) for each in told.sources] == [
        ("The council", "https://example.org/a"),
        ("A paper", None),
        ("https://example.org/b", "https://example.org/b"),
    ]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_any_field_is_read_as_a_briefing(field: str, text: str) -> None:
    told = briefing(**{"happening": "a", field: text})
    assert told.sections
    assert told.topics == () or field == "topics"


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=40), st.integers(1, 60))
def test_every_word_of_a_text_is_kept(word: str, times: int) -> None:
    text = normalize("NFC", " ".join(["so", *[word] * times]))
    told = briefing(happening=text)
    assert "".join(text_of_section(told.sections[0]).split()) == "".join(text.split())
    assert text_of(told.sections[0].heading) == "What's Happening?"


@pytest.mark.parametrize(
    ("page", "field", "limit"),
    [
        (FormName.WRITE, "title", LINE_LIMIT),
        (FormName.WRITE, "happening", TEXT_LIMIT),
        (FormName.SECTIONS, "still", TEXT_LIMIT),
    ],
)
def test_a_text_over_its_limit_is_refused_in_a_sentence_and_is_not_lost(
    page: FormName, field: str, limit: int
) -> None:
    for length in range(limit - 3, limit + 4):
        texts, faults = read_draft_form(page, {field: ("x" * length,)})
        assert len(texts[field]) == length
        assert bool(faults) is (length > limit)
        assert not faults or f"{limit:,}" in faults[field]


def test_a_title_of_blanks_and_too_many_topics_are_refused() -> None:
    topics = ",".join(["a"] * (TOPICS_LIMIT + 1))
    _, faults = read_draft_form(FormName.WRITE, {"title": ("  ",), "topics": (topics,)})
    assert set(faults) == {"title", "topics"}


def test_a_field_of_another_page_is_not_read() -> None:
    assert read_draft_form(FormName.WRITE, {"next": ("a",), "foreign": ("b",)}) == ({}, {})


def test_a_title_alone_is_nothing_to_read() -> None:
    assert not has_text(draft(sources="x", topics="y"))
    assert has_text(draft(still="x"))


def test_a_form_says_whether_a_briefing_is_new_or_edited() -> None:
    edited = Draft("", "", {}, BriefingId("chery"), 1)
    assert compose_draft_form(FormName.WRITE, Draft("", "", {})).title == "New briefing"
    assert compose_draft_form(FormName.WRITE, edited).title == "Edit briefing"
