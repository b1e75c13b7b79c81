"""Titles, dates, topics, sources and questions, from clear places in the text or not at all."""

from __future__ import annotations

from textwrap import dedent

import pytest

from briefings.model import Briefing, Source, TitleFrom
from briefings.reading.dates import date_of, stated_date
from briefings.reading.reader import read
from briefings.reading.titles import first_sentence


def briefing(text: str, name: str = "x.md") -> Briefing:
    return read(dedent(text).encode(), name).briefing


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        ("# T\n\n## A\nx\n", "T", ["A"]),
        ("![](https://a.example/b)\n\n---\n\nHarbour desk\n\n# T\n\n## A\nx\n", "T", ["", "A"]),
        ("T\n---\n\nx\n\nA\n===\n\ny\n\nB\n===\n\nz\n", "T", ["", "A", "B"]),
        ("## T\n\n### A\nx\n\n### B\ny\n", "T", ["A", "B"]),
        ("# T\n\n# A\nx\n\n# B\ny\n", "T", ["A", "B"]),
        ("# T\nx\n\n## A\ny\n\n# T\nx\n\n## A\ny\n", "T", ["", "A", "T", "A"]),
        ("# Summary of it\n\nx\n", "Summary of it", [""]),
    ],
)
def test_the_heading_above_all_is_the_title(text: str, title: str, sections: list[str]) -> None:
    found = briefing(text)
    assert (found.title, found.title_from) == (title, TitleFrom.HEADING)
    assert [section.name for section in found.sections] == sections


@pytest.mark.parametrize(
    "text",
    [
        "# Monday\nThe pier is open.\n\n# Tuesday\nThe pier is shut.\n",
        "## A\nThe pier is open.\n\n## B\nx\n",
        "# Summary\n\nThe pier is open.\n\n## B\nx\n",
        "> The pier is open.\n\n# A\n\nx\n",
        "## A\nThe pier is open.\n",
    ],
)
def test_sections_of_one_rank_give_no_title(text: str) -> None:
    found = briefing(text)
    assert found.title_from is TitleFrom.FIRST_SENTENCE
    assert found.title.startswith("The pier is")


def test_a_heading_that_repeats_the_title_field_goes() -> None:
    assert [
        each.name for each in briefing("---\ntitle: The `T`\n---\n# The T\n\n## A\nx\n").sections
    ] == ["A"]
    assert [each.name for each in briefing("---\ntitle: T\n---\n# A\n\nx\n").sections] == ["A"]
    assert [each.name for each in briefing("---\ntitle: T\n---\nx\n").sections] == [""]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The 2031 Forum, held in Esbjerg, has shown how ships may call.", "The 2031 Forum"),
        ("Short and good.", "Short and good"),
        ("The U.S. pier of Dr. Berg opens. Ships call.", "The U.S. pier of Dr. Berg opens"),
        ("Is the pier open? It is.", "Is the pier open?"),
        (
            "In a word, the pier of the harbour office opens in spring; ships may call at it then.",
            "In a word, the pier of the harbour office opens in spring",
        ),
        (
            "On Monday the harbour office said that the new pier at the north side opens in spring",
            "On Monday the harbour office said that the new pier at the north side opens in…",
        ),
        ("港口的新码头将在春天开放。船只可以停靠。", "港口的新码头将在春天开放"),
        ("The pier\nof the office", "The pier"),
        ("", ""),
        ("x" * 100 + ", and so on", "x" * 80 + "…"),
    ],
)
def test_a_sentence_gives_a_title_at_a_natural_boundary(text: str, title: str) -> None:
    assert first_sentence(text) == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2031-05-03", "2031-05-03"),
        ("2031/5/3 10:00", "2031-05-03"),
        ("May 3, 2031", "2031-05-03"),
        ("Sat May 3 2031", "2031-05-03"),
        ("3rd of May 2031", "2031-05-03"),
        ("3. Mai 2031", "2031-05-03"),
        ("le 3 août 2031", "2031-08-03"),
        ("3 de mayo de 2031", "2031-05-03"),
        ("03-MAY-2031", "2031-05-03"),
        ("3 мая 2031", "2031-05-03"),
        ("2031年5月3日", "2031-05-03"),
        ("2031년 5월 3일", "2031-05-03"),
        ("03-05-2031", "2031-05-03"),
        ("3.5.2031", "2031-05-03"),
        ("31/05/2031", "2031-05-31"),
        ("05/31/2031", "2031-05-31"),
        ("05-31-2031", "2031-05-31"),
        ("05/05/2031", "2031-05-05"),
        ("03/05/2031", None),
        ("2031-02-30", None),
        ("May 2031", None),
        ("Mayor 3, 2031", None),
        ("51% of the piers", None),
        ("2031-05-03 to 2031-05-04", None),
    ],
)
def test_dates_are_read_where_they_are_sure(text: str, day: str | None) -> None:
    found = date_of(text)
    assert (found and found.isoformat()) == day


def test_a_labelled_date_goes_before_a_by_line() -> None:
    lines = ["2031-01-01", "- **Published:** 3 May 2031, seen 2031-06-01", "Date: soon"]
    assert str(stated_date(lines)) == "2031-05-03"
    assert str(stated_date(["Harbour desk, May 3, 2031"])) == "2031-05-03"
    assert stated_date(["The pier opened on May 3, 2031.", "x" * 101 + " 2031-05-03"]) is None


def test_dates_below_the_first_section_are_dates_of_events() -> None:
    assert briefing("# T\n\n## A\n\n2031-05-03\n").date is None
    assert str(briefing("# T of 2031-05-03\n\n## A\n\nx\n").date) == "2031-05-03"
    assert str(briefing("# T\n\nHarbour desk, 3 May 2031\n\n## A\n\nx\n").date) == "2031-05-03"


def test_topics_are_read_from_their_line() -> None:
    assert briefing("# T\n\n**Topics:** piers, roads\n\n## A\nx").topics == ("piers", "roads")


def test_a_section_of_sources_is_kept_and_listed() -> None:
    found = briefing(
        """\
        # T

        ## Sources

        The [office](https://a.example) and [press](https://b.example).

        - Harbour law: https://c.example/law
        - A book
        - <mailto:ada@a.example>

        > quoted

        | a |
        |---|
        | [d](https://d.example) |

        ---
        """
    )
    assert found.sources == (
        Source("office", "https://a.example"),
        Source("press", "https://b.example"),
        Source("Harbour law", "https://c.example/law"),
        Source("A book"),
        Source("mailto:ada@a.example"),
        Source("quoted"),
        Source("d", "https://d.example"),
    )
    assert found.sections[0].name == "Sources"


def test_questions_are_read_from_their_section() -> None:
    found = briefing("# T\n\n## Discussion questions\n\nTalk of:\n\n- When?\n- Now.\n")
    assert found.questions == ("When?",)
