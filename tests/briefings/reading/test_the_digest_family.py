"""The documents that the project began with: four headings, no title, a line broken by the page."""

from __future__ import annotations

import pytest

from briefings.blocks import Paragraph, text_of
from briefings.model import TitleFrom
from briefings.reading.reader import Reading, read

HEADINGS = ["What's Happening?", "Why It's Important?", "What's Next?", "Beyond the Headlines"]
BODY = (
    "The 2031 Harbour Wind Forum, held in Esbjerg, Denmark, has become a notable event in the"
    " energy business, with new turbines on show and a wide range of talks about the grid\n"
    "connections that the next ten years of building at sea will need. More than forty firms came."
)
MORE = (
    "The forum shows a wider turn to storage beside each wind farm, which grid owners have asked"
    " for. It may change how much of the power made at night is thrown away."
)
DIGEST = "\n".join(
    (HEADINGS[0], BODY, HEADINGS[1], MORE, HEADINGS[2], MORE, HEADINGS[3], MORE, *[""] * 9, "")
)


def reading(text: str, name: str = "x.txt") -> Reading:
    return read(text.encode(), name)


def names(text: str, name: str = "x.txt") -> list[str]:
    return [section.name for section in reading(text, name).briefing.sections]


def test_the_four_headings_open_four_sections() -> None:
    assert names(DIGEST) == HEADINGS


def test_the_title_is_the_first_sentence_cut_at_its_first_boundary_and_the_reader_says_so() -> None:
    found = reading(DIGEST)
    assert found.briefing.title == "The 2031 Harbour Wind Forum"
    assert found.briefing.title_from is TitleFrom.FIRST_SENTENCE
    [remark] = found.warnings
    assert remark.line == 2
    assert (
        remark.text == "There is no title; the first sentence gave “The 2031 Harbour Wind Forum”."
    )


def test_a_line_that_the_page_broke_is_joined_with_a_blank() -> None:
    [block] = reading(DIGEST).briefing.sections[0].blocks
    assert isinstance(block, Paragraph)
    assert text_of(block.spans) == BODY.replace("\n", " ")


def test_a_broken_line_that_goes_on_with_a_capital_is_no_heading() -> None:
    text = DIGEST.replace("grid\nconnections", "National\nEmergency Connections")
    assert names(text) == HEADINGS


def test_there_is_no_date_though_the_text_names_some() -> None:
    assert reading(DIGEST.replace("held in", "held on 3 May 2031 in")).briefing.date is None


def test_questions_of_the_page_are_no_sections_and_their_loss_is_told() -> None:
    page = f"What is the story about?\n{DIGEST.rstrip()}\nAI Generated Content\n"
    found = reading(f"{page}Do you find this article useful?")
    assert [section.name for section in found.briefing.sections] == HEADINGS
    left_out = [remark.text for remark in found.warnings if "furniture" in remark.text]
    assert len(left_out) == 3
    assert found.briefing.title == "The 2031 Harbour Wind Forum"


def test_furniture_in_the_middle_of_a_text_is_text() -> None:
    text = DIGEST.replace(HEADINGS[2], f"AI Generated Content\n{HEADINGS[2]}")
    assert "AI Generated Content" in str(reading(text).briefing.sections)


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.lower,
        lambda heading: heading.replace("'", "’"),
        lambda heading: heading.replace("'", "ʼ"),
        lambda heading: heading.replace("'", ""),
        lambda heading: heading.replace(" ", "\u00a0"),
        lambda heading: heading.replace("?", "？"),
        lambda heading: heading + "   ",
        lambda heading: heading[:3] + "\u200b" + heading[3:],
        lambda heading: "  " + heading,
        lambda heading: heading + ":",
    ],
)
def test_a_damaged_heading_is_still_one(change: object) -> None:
    assert callable(change)
    text = DIGEST
    for heading in HEADINGS:
        text = text.replace(heading, change(heading))
    assert len(names(text)) == 4


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\r\r\n", "\u2028", "\n\n"])
def test_foreign_line_ends_change_nothing(line_end: str) -> None:
    assert names(DIGEST.replace("\n", line_end)) == HEADINGS


def test_headings_that_lost_their_line_breaks_are_found_and_told() -> None:
    found = reading(DIGEST.rstrip().replace("\n", " "))
    assert [section.name for section in found.briefing.sections] == HEADINGS
    assert "line of its own" in found.warnings[0].text


def test_the_relatives_without_question_marks_are_known() -> None:
    text = f"What's happening\n{MORE}\nWhy it matters\n{MORE}\nWhat's next\n{MORE}\n"
    assert names(text) == ["What's happening", "Why it matters", "What's next"]


def test_a_heading_twice_is_two_sections() -> None:
    assert names(f"{DIGEST.rstrip()}\n{DIGEST}") == HEADINGS * 2


def test_a_last_heading_without_a_body_is_kept() -> None:
    assert names(f"{DIGEST.rstrip()}\nWhat's Next?") == [*HEADINGS, "What's Next?"]
