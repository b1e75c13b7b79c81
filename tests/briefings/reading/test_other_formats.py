"""AsciiDoc, reStructuredText, and files whose suffix does not tell."""

from __future__ import annotations

from textwrap import dedent

import pytest

from briefings.blocks import Code
from briefings.model import Briefing
from briefings.reading.formats import Format, format_of
from briefings.reading.reader import read


def briefing(text: str, name: str) -> Briefing:
    return read(dedent(text).encode(), name).briefing


def test_asciidoc_headings_and_listings_are_understood() -> None:
    found = briefing("= T\n\n== A\n\n----\nx = 1\n----\n\n====\nb\n====\n\n=== C\n\nd\n", "x.adoc")
    assert found.title == "T"
    assert [(each.name, each.level) for each in found.sections] == [("A", 2), ("C", 3)]
    assert found.sections[0].blocks[0] == Code("x = 1")


def test_rst_headings_rank_in_the_order_of_their_adornments() -> None:
    found = briefing(
        """\
        =====
          T
        =====

        A ``x``
        -------
        See `the pier <https://a.example>`_ and :doc:`b <c>`, |d|

        E
        ~
        f

        G
        ~~
        ----

        H
        ---
        """,
        "x.rst",
    )
    assert found.title == "T"
    assert [(each.name, each.level) for each in found.sections] == [
        ("A x", 2),
        ("G", 3),
        ("H", 2),
    ]
    assert "https://a.example" in str(found.sections[0])


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("# a\n\nb", "x.md", Format.MARKDOWN),
        ("a\n\nb", "x.md", Format.PLAIN),
        ("a\n===\n\nb", "x.markdown", Format.PLAIN),
        ("<p>a</p>", "x.md", Format.MARKDOWN),
        ("a", "x.HTM", Format.HTML),
        ("<!DOCTYPE html><p>a", "x.txt", Format.HTML),
        ("## a\n", "x.txt", Format.MARKDOWN),
        ("# a\n\n**b**\n", "x", Format.MARKDOWN),
        ("# a\n", "x.txt", Format.PLAIN),
        ("a", "x.unknown", Format.PLAIN),
    ],
)
def test_the_suffix_tells_the_format_and_the_text_corrects_it(
    text: str, name: str, kind: Format
) -> None:
    assert format_of(text, name) is kind


def test_a_short_rule_below_a_title_of_restructured_text_is_enough() -> None:
    sections = read(b"Status of the grid\n==========\n\nx\n\nNorth\n----\n\ny\n", "x.rst").briefing
    assert (sections.title, [each.name for each in sections.sections]) == (
        "Status of the grid",
        ["", "North"],
    )
