"""The words of a source are the words of its briefing, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Spans,
    Table,
    text_of,
)
from briefings.model import Briefing, TitleFrom
from briefings.reading.reader import read

unhurried = settings(deadline=None)

DERIVED = (TitleFrom.FIRST_SENTENCE, TitleFrom.NONE, TitleFrom.METADATA)
WORD = re.compile(r"[^\W_]+")


def words_in(block: Block) -> Iterator[str]:
    match block:
        case List(items):
            for item in items:
                yield from words_in(Quote(item.blocks))
        case Quote(blocks):
            for each in blocks:
                yield from words_in(each)
        case Table(head, rows):
            for row in (head, *rows):
                yield from (word for cell in row for word in words_of(cell))
        case Paragraph(spans) | Heading(spans):
            yield from words_of(spans)
        case Code(text) | Image(_, text):
            yield from WORD.findall(text)
        case Divider():
            return


def words_of(spans: Spans) -> list[str]:
    return WORD.findall(text_of(spans))


def words(briefing: Briefing) -> list[str]:
    found = [] if briefing.title_from in DERIVED else WORD.findall(briefing.title)
    for section in briefing.sections:
        found += words_of(section.heading)
        for block in section.blocks:
            found += words_in(block)
    return found


CHARACTERS = st.sampled_from("abcABC019éß文Жع😀.,;:!?()'\"-–—…*_`~#>|=+&<[]{}\\/@$% \n\n")


@unhurried
@given(st.text(CHARACTERS, min_size=1, max_size=300))
def test_any_plain_text_keeps_its_words(text: str) -> None:
    source = f"x {text} x"
    found = words(read(source.encode(), "x.txt").briefing)
    assert "".join(found) == "".join(WORD.findall(source))


SHAPES = st.sampled_from(
    [
        "{} {}\n",
        "{}\n{}.\n",
        "{} {}.  \n{}\n",
        "# {}\n",
        "### {} ###\n",
        "##{}\n",
        "{}\n---\n",
        "**{}**\n",
        "**{}:** {}\n",
        "**Why it matters**: {}\n",
        "*{}* __{}__ ***{}*** `{}`\n",
        "- {}\n- {}\n  - {}\n",
        "1. {}\n\n   {}\n2. {}\n",
        "• {}\n",
        "> {}\n{}\n> - {}\n",
        "```{}\n{}\n```\n".replace("```{}", "```"),
        "    {}\n",
        "| {} | {} |\n|---|---|\n| {} | ![{}](https://a.example) |\n",
        "[{}](https://a.example '{}') {}\n",
        "[{}](javascript:void) ![{}](b.png)\n",
        "![{}](https://a.example)\n",
        "[![{}](https://a.example)](https://b.example)\n",
        "<b>{}</b> <{}> {}<br>{}\n",
        "<details><summary>{}</summary>{}</details>\n",
        "<dl><dt>{}</dt><dd>{}</dd></dl>\n",
        "~~{}~~ \\*{}\\* &amp; {}\n",
        "***\n{}\n",
        "{}: {}\n",
    ]
)
PAGES = st.sampled_from(
    [
        "<p>{} <b>{}</b></p>",
        "{}<br>{}",
        "<h1>{}</h1>",
        "<h2>{}<br>{}</h2>",
        "<div>{}<p>{}</p>{}</div>",
        "<ul><li>{}<ol><li>{}</ol>{}</ul>",
        "<table><tr><th>{}<th>{}<tr><td>{}<td>{}</table>",
        "<table><tr><td><p>{}</p><ul><li>{}</ul></table>",
        "<table><caption>{}</caption><tr><td>{}</table>",
        "<blockquote>{}<p>{}</blockquote>",
        "<pre>{}\n {}</pre>",
        "<a href='https://a.example'>{} <i>{}</i></a> <a href='/b'>{}</a>",
        "<img src='https://a.example' alt='{}'><img src=b alt={}>",
        "<x-card>{}</x-card> <span>{}</span>",
        "<dl><dt>{}<dd>{}</dl>",
        "<figure><figcaption>{}</figcaption></figure>",
    ]
)


def filled(shapes: list[str], between: str) -> tuple[str, list[str]]:
    """The shapes with a word of its own in each place, and the words."""
    source = between.join(shapes)
    wanted = [f"word{number}" for number in range(source.count("{}"))]
    return source.format(*wanted), wanted


@pytest.mark.parametrize("name", ["x.md", "x.adoc"])
@unhurried
@given(shapes=st.lists(SHAPES, min_size=1, max_size=8), between=st.sampled_from(["", "\n", "\n\n"]))
def test_markdown_keeps_its_words(name: str, shapes: list[str], between: str) -> None:
    source, wanted = filled(shapes, between)
    briefing = read(source.encode(), name).briefing
    found = [word for word in words(briefing) if word.startswith("word")]
    assert sorted(found) == sorted(wanted)
    assert [word for word in found if word not in briefing.title.split()] == [
        word for word in wanted if word not in briefing.title.split()
    ]


@unhurried
@given(st.lists(PAGES, min_size=1, max_size=8))
def test_html_keeps_its_words(shapes: list[str]) -> None:
    source, wanted = filled(shapes, "\n")
    briefing = read(f"<html><body>{source}</body></html>".encode(), "x.html").briefing
    found = [word for word in words(briefing) if word.startswith("word")]
    assert sorted(found) == sorted(wanted)
