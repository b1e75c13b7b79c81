"""Whatever comes in, the reader answers: a briefing that reads back, or one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.model import Briefing, TitleFrom
from briefings.reading.reader import Unreadable, read
from briefings.writing import text_of_section, write

unhurried = settings(deadline=None)

PIECES = st.sampled_from(
    [
        *"[]()*_`~<>#|!&\\\"'=-+:;,.?{}$@%^/ \t\n\r\0é文ع",
        *("\ufeff", "\u2028", "\u200d", "\u202e", "\u00a0", "👩‍👩‍👧", "\U000e0041", "\ud800"),
        *("---\n", "+++\n", "title: x\n", "x: &a [*a]\n", "- - ", "> > ", "1. ", "```\n", "***"),
        *(
            "# A\n",
            "## B\n",
            "\n===\n",
            "\n---\n",
            "| a | b |\n|---|---|\n",
            "[a]: http://b.example\n",
        ),
        *("[x](javascript:y)", "![a](http://b.example)", "<b>", "</b>", "<p>", "<table><tr><td>"),
        *("<ul><li>", "<!--", "-->", "<a href=x>", "&nbsp;", "&#8203;", "&lt;!channel&gt;"),
        *(
            "@everyone",
            "<!here>",
            "http://a.example/c_d",
            "What's Next?\n",
            "**Why it matters:** x\n",
        ),
        *(".SYNOPSIS...x\n", "&&\n", "$$\n", "AI Generated Content\n", "2031-05-03\n", "\n\n"),
        *(
            "Sources\n",
            "- https://a.example\n",
            "A paragraph of the length that one has. " * 4,
            "a   b   c\n",
        ),
    ]
)
SUFFIXES = st.sampled_from(["md", "txt", "html", "adoc", "rst", ""])


def found_in(data: bytes, name: str) -> Briefing | None:
    """The briefing, or nothing where the document is refused in a sentence."""
    try:
        return read(data, name).briefing
    except Unreadable as refused:
        return None if str(refused).endswith(".") else pytest.fail(f"no sentence: {refused}")


@unhurried
@given(st.lists(PIECES, min_size=1, max_size=40), SUFFIXES)
def test_any_document_reads_and_reads_back(pieces: list[str], suffix: str) -> None:
    found = found_in("".join(pieces).encode("utf-8", "surrogatepass"), f"x.{suffix}")
    assert found is None or read(write(found).encode(), "x.md").briefing == found


@unhurried
@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    found_in(data, f"x.{suffix}")


@pytest.mark.parametrize("mention", ["&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "<!channel>"])
def test_what_was_escaped_is_unescaped_once(mention: str) -> None:
    [section] = read(f"# T\n\n## A\n\nx `{mention}` {mention}".encode(), "x.md").briefing.sections
    assert mention in text_of_section(section)


def test_a_text_without_words_has_no_title() -> None:
    assert read(b"...\n", "x.txt").briefing.title_from is TitleFrom.NONE


@pytest.mark.parametrize("flood", ["**a:** b\n", "*_", "**a:** b ", "`a"])
def test_a_text_of_hardly_anything_but_markup_is_kept_as_text(flood: str) -> None:
    reading = read(("# T\n\n## A\n\nx\n" + flood * 3_000).encode(), "x.md")
    [section] = reading.briefing.sections
    assert "".join(text_of_section(section).split()) == "x" + "".join(flood.split()) * 3_000
    assert [each.text for each in reading.warnings] == [
        "There is hardly anything but markup in the text; it is kept as text."
    ]
    assert read(write(reading.briefing).encode(), "x.md").briefing == reading.briefing


def test_bold_words_are_read_however_many_they_are() -> None:
    source = "# T\n\n" + "**a word** or two " * 3_000
    [section] = read(source.encode(), "x.md").briefing.sections
    assert text_of_section(section).count("**") == 0


def test_what_this_program_wrote_may_be_hardly_anything_but_markup() -> None:
    briefing = read(("<h1>T</h1><p>" + "<b>a</b> b " * 3_000).encode(), "x.html").briefing
    assert read(write(briefing).encode(), "x.md").briefing == briefing


@pytest.mark.parametrize("around", ["{}", "# T\n\n## A\n\n- {}", "# T\n\n## A\n\n> {}"])
@pytest.mark.parametrize("levels", [5, 15, 17, 18, 19, 25])
def test_lists_of_html_nest_no_deeper_than_can_be_written(around: str, levels: int) -> None:
    table = "<table><tr><td>a<td>b</table>"
    html = "<ul><li>" * levels + table + "</ul>" * levels
    found = found_in(around.format(html).encode(), "x.html" if around == "{}" else "x.md")
    assert found is None or read(write(found).encode(), "x.md").briefing == found
    assert (found is None) == (levels > 18 or (levels == 18 and around != "{}"))
