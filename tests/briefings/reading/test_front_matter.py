"""Front matter, whole and damaged, and what it says about a briefing."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from briefings.model import Source, TitleFrom
from briefings.reading.reader import Reading, read

BODY = "\n# The Pier\n\n## A\n\ntext\n"


def reading(head: str, body: str = BODY, name: str = "x.md") -> Reading:
    return read((dedent(head) + body).encode(), name)


FULL = """\
    ---
    title: "The Pier"
    date: 2031-05-03
    topics: [piers, roads]
    sources:
      - https://a.example
      - name: Office
        url: https://b.example
      - {title: Book, pages: 3}
      - {url: https://c.example}
    questions:
      - When?
      - Who?
    layout: yes
    nested: {a: [1]}
    ---
    """


def test_yaml_gives_title_date_topics_sources_questions_and_extras() -> None:
    found = reading(FULL)
    briefing = found.briefing
    assert (briefing.title, briefing.title_from) == ("The Pier", TitleFrom.METADATA)
    assert briefing.date == date(2031, 5, 3)
    assert briefing.topics == ("piers", "roads")
    assert briefing.sources == (
        Source("https://a.example", "https://a.example"),
        Source("Office", "https://b.example"),
        Source("Book"),
        Source("https://c.example", "https://c.example"),
    )
    assert briefing.questions == ("When?", "Who?")
    assert briefing.extras == (("layout", "yes"), ("nested", "{a: [1]}"))
    assert [section.name for section in briefing.sections] == ["A"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "damaged",
    [
        FULL.replace("nested: {a: [1]}\n    ---\n", "nested: {a: [1]}\n"),
        FULL.replace("nested: {a: [1]}\n    ---", "nested: {a: [1]}\n    --- rest"),
        FULL.replace("layout: yes", "layout: [yes"),
        FULL.replace("---", "---  "),
        FULL.replace("---", "-----"),
        FULL.replace("    ---\n", "", 1),
        "\ufeff" + dedent(FULL),
        FULL.replace("\n", "\r\r\n"),
    ],
)
def test_damaged_front_matter_still_gives_title_and_date(damaged: str) -> None:
    briefing = reading(damaged).briefing
    assert (briefing.title, briefing.date) == ("The Pier", date(2031, 5, 3))
    assert [section.name for section in briefing.sections][-1:] == ["A"]


def test_a_broken_head_is_told() -> None:
    assert "broken" in reading("---\ntitle: [x\ndate: y\n---\n").warnings[0].text
    told = [remark.text for remark in reading("---\ntitle: x\n--- y\n").warnings]
    assert "“y” stands in the line that closes the front matter." in told


def test_a_broken_list_is_joined_to_its_field() -> None:
    briefing = reading("---\ntitle: 'The Pier'\nnote: [a\n  b\n- c\n---\n").briefing
    assert dict(briefing.extras)["note"] == "[a b - c"


def test_rules_and_lists_at_the_top_are_no_front_matter() -> None:
    assert reading("---\n", "\ntext\n\n---\n\n## A\n\nb\n").briefing.extras == ()
    assert reading("---\n- a\n- b\n---\n").briefing.extras == ()
    assert reading("---\n---\n").briefing.title == "The Pier"
    assert reading("---\n", "").briefing.title_from is TitleFrom.NONE


def test_an_impossible_date_is_told_with_its_line() -> None:
    [remark] = reading("---\ntitle: a\ndate: 2031-02-30\n---\n").warnings
    assert remark.line == 3
    assert "is not a date" in remark.text


@pytest.mark.parametrize("absent", ["", "null", "~", "none"])
def test_an_empty_date_is_no_date_and_nothing_is_told(absent: str) -> None:
    found = reading(f"---\ntitle: a\ndate: {absent}\n---\n", "\nDate: 2031-05-03\n\n# B\n\nc\n")
    assert found.briefing.date is None
    assert not any("date" in remark.text for remark in found.warnings)


def test_an_empty_title_is_none() -> None:
    assert reading("---\ntitle: ~\n---\n").briefing.title_from is TitleFrom.HEADING


def test_texts_may_be_lists_and_lists_texts() -> None:
    briefing = reading(
        "---\ntitle: [a, b]\ntags: 'piers, roads'\nquestions: When?\nsource: Office\n"
        "x: [{a: b}, [c]]\n---\n"
    ).briefing
    assert briefing.title == "a, b"
    assert briefing.topics == ("piers", "roads")
    assert briefing.questions == ("When?",)
    assert briefing.sources == (Source("Office"),)
    assert briefing.extras == (("x", "b, [c]"),)


def test_a_field_given_twice_keeps_both() -> None:
    briefing = reading("---\ntitle: a\ntitle: b\nx: c\nx: d\n---\n").briefing
    assert briefing.title == "a"
    assert briefing.extras == (("title (line 3)", "b"), ("x", "c"), ("x (line 5)", "d"))


def test_the_word_of_a_written_briefing_is_taken() -> None:
    briefing = reading(
        "---\ntitle: a\ntitle_from: text\nheadings: marked\n---\n", "\n**B**\n\nc"
    ).briefing
    assert briefing.title_from is TitleFrom.TEXT
    assert [section.level for section in briefing.sections] == [0]
    assert reading("---\ntitle_from: none\n---\n").briefing.title_from is TitleFrom.NONE
    assert reading("---\ntitle: a\ntitle_from: nowhere\n---\n").briefing.title == "a"


def test_toml_is_read() -> None:
    briefing = reading(
        '+++\ntitle = "The Pier"\ndate = 2031-05-03\nn = [1, {a = 2}]\n+++\n'
    ).briefing
    assert (briefing.title, briefing.date) == ("The Pier", date(2031, 5, 3))
    assert briefing.extras == (("n", "1, 2"),)
    assert [section.name for section in briefing.sections] == ["A"]


@pytest.mark.parametrize("head", ['+++\ntitle = "The\n+++\n', '+++\ntitle = "The Pier"\n'])
def test_broken_toml_is_text_and_told(head: str) -> None:
    found = reading(head)
    assert "read as text" in found.warnings[0].text
    assert "title =" in str(found.briefing.sections)


def test_bare_fields_at_the_top_are_a_head() -> None:
    briefing = reading("\nTitle: The Pier\nDate: 2031-05-03 12:26\nCategory: piers\n").briefing
    assert (briefing.title, briefing.date) == ("The Pier", date(2031, 5, 3))
    assert briefing.topics == ("piers",)
    mail = reading(
        "From: Ada <ada@a.example>\nSubject: The Pier\nDate: Sat, 3 May 2031 12:00 +0000\n"
    )
    assert (mail.briefing.title, mail.briefing.date) == ("The Pier", date(2031, 5, 3))


def test_a_text_that_begins_with_a_label_is_no_head() -> None:
    assert reading("Warning: ice\n").briefing.extras == ()
    assert reading("Piers: open\nDate: 3 May 2031\n").briefing.extras == ()


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "a: " + "[" * 50_000 + "\n",
        "- " * 5_000 + "\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "a: " + "x" * 70_000 + "\n",
        "\x01: [\n",
    ],
)
def test_bombs_of_yaml_are_harmless(bomb: str) -> None:
    assert reading(f"---\ntitle: The Pier\nx: y\n{bomb}---\n").briefing.title == "The Pier"
