"""Documents as copying, mailing and saving leave them: the same headings are found."""

from __future__ import annotations

from datetime import date
from textwrap import fill

import pytest

from briefings.model import Briefing, TitleFrom
from briefings.reading.reader import read

FIRST = (
    "The harbour board has decided to keep its fees as they are, because the number of ships is"
    " stable and the new quay has been paid for. Members said that they agreed on it."
)
SECOND = (
    "The fees decide which lines call here, and the decision tells them that the years of rising"
    " costs are over. Fishermen may see some relief as well before the winter."
)
FAMILY = ["What's Happening?", "Why It's Important?", "What's Next?", "Beyond the Headlines"]


def found(text: str | bytes, name: str = "x.txt") -> Briefing:
    return read(text if isinstance(text, bytes) else text.encode(), name).briefing


def names(text: str | bytes, name: str = "x.txt") -> list[str]:
    return [section.name for section in found(text, name).sections if section.level]


def headed(headings: list[str], between: str = "\n\n") -> str:
    return between.join(f"{heading}\n{FIRST}" for heading in headings)


@pytest.mark.parametrize("form", ["{}. {}", "{}) {}", "({}) {}"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_numbers_stay_with_the_headings_of_the_digest_family(form: str, between: str) -> None:
    numbered = [form.format(place, each) for place, each in enumerate(FAMILY, start=1)]
    assert names(headed(numbered, between)) == numbered


def test_roman_numbers_stay_with_their_headings() -> None:
    roman = [
        f"{number}. {each}" for number, each in zip(["I", "II", "III", "IV"], FAMILY, strict=True)
    ]
    assert names(headed(roman)) == roman


@pytest.mark.parametrize("mark", ["-", "•", "–", "#"])
def test_a_mark_before_a_heading_is_no_part_of_it(mark: str) -> None:
    assert names(headed([f"{mark} {each}" for each in FAMILY])) == FAMILY


def test_a_dash_inside_a_heading_is_a_part_of_it() -> None:
    assert names(f"Title of It\n\n{FIRST}\n\nNorth – Outer Quay\n\n{FIRST}\n") == [
        "North – Outer Quay"
    ]


def test_empty_lines_may_be_doubled_anywhere() -> None:
    text = f"{FIRST}\n\nOuter Quay – North\n\nAim: Keep it dry\n\n{SECOND}\n"
    assert names(text) == names(text.replace("\n\n", "\n\n\n\n\n")) == ["Outer Quay – North"]


def test_what_a_document_is_stands_above_its_title() -> None:
    wrapped = fill(FIRST, 72)
    parts = ("PRESS RELEASE", "BOARD KEEPS FEES", "March 2, 2031", wrapped, "WHAT COMES", wrapped)
    text = "\n\n".join(parts)
    assert names(text) == ["WHAT COMES"]
    assert (found(text).title, found(text).date) == ("BOARD KEEPS FEES", date(2031, 3, 2))


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
def test_blanks_may_be_missing_after_every_mark(name: str) -> None:
    text = "#Daily Harbour\n##Ships\nThree came in.\n##Quays\nOne is dry.\n"
    assert names(text, name) == ["Ships", "Quays"]
    assert found(text, name).title == "Daily Harbour"


def test_a_hashtag_below_the_first_line_is_text() -> None:
    assert names("## Ships\n\n#harbour is quiet\n", "x.md") == ["Ships"]


@pytest.mark.parametrize("blanks", ["   ", "      ", "\t"])
def test_a_document_may_be_indented_as_a_whole(blanks: str) -> None:
    text = "---\ntitle: T\n---\n\n## Ships\n\nThree came in.\n\n## Quays\n\n- One\n  - Two\n"
    indented = "".join(f"{blanks}{line}\n" for line in text.splitlines())
    assert found(indented, "x.md") == found(text, "x.md")
    assert found(indented, "x.md").title_from is TitleFrom.METADATA


def test_a_short_title_after_an_ended_line_is_a_heading_in_wrapped_text() -> None:
    first, second = fill(FIRST, 72), fill(SECOND, 72)
    text = f"Harbour Report\n\nSummary\n{first}\nNext Week\n{second}\n{first}\n"
    assert names(text) == ["Summary", "Next Week"]


def test_a_known_heading_of_a_list_needs_no_empty_line() -> None:
    text = (
        "Minutes - Quay Team\nPresent: Ada, Bo\nAgenda\n1. Fees\n2. Tugs\nDecisions\n- Keep it.\n"
    )
    assert names(text) == ["Agenda", "Decisions"]


def test_the_agency_below_a_by_line_is_no_heading() -> None:
    text = f"Fees Stay\nBy ADA BERG\nCoastal Newswire\n{FIRST}\nBackground\n{SECOND} {FIRST}\n"
    assert names(text) == ["Background"]


@pytest.mark.parametrize("line", ["“Fees are a tax.”", "Illustration by Bo Holm"])
def test_a_quotation_and_a_credit_are_no_headings(line: str) -> None:
    assert names(f"# T\n\n{FIRST}\n\n{line}\n\n{SECOND} {FIRST}\n", "x.txt") == []


def test_a_bold_line_below_a_table_is_a_heading() -> None:
    text = "**Log**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n**Next steps**\n- Wait.\n"
    assert names(text, "x.md") == ["Log", "Next steps"]


def test_a_boxed_label_may_have_blanks_after_it() -> None:
    rule = "-" * 17
    text = f"THE WEEK\n\n{rule}  \nIN BRIEF:  \n{rule}  \n\n* One [link](https://a.example)  \n"
    assert names(text, "x.md") == ["IN BRIEF:"]


@pytest.mark.parametrize("text", ["A. " * 30_000, "Mr. " * 20_000, "a" + "\r" * 90_000 + "b"])
def test_abbreviations_and_line_ends_without_end_are_read_at_once(text: str) -> None:
    assert found(text).title
