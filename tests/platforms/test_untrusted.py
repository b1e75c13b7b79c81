"""Hostile documents, from the file to the payload: nothing in them is live, nothing is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefings.blocks import Span
from briefings.honesty import honest
from briefings.model import Source
from briefings.reading.reader import Unreadable, read
from tests.platforms.hostile import HOSTILE, MARKED
from tests.platforms.judging import faults

SUFFIXES = ("md", "txt", "html", "adoc", "rst", "")
FRAMES = (
    "{}",
    "\n\n{}\n\n",
    "# {}\n\n",
    "\n## {}\n\n",
    "\n{}\n===\n\n",
    "**{}**\n\n",
    "**{}:** {}\n\n",
    "- {}\n  - {}\n",
    "> {}\n\n",
    "| {} | {} |\n|---|---|\n| {} | {} |\n\n",
    "```\n{}\n```\n\n",
    "`{}` *{}* __{}__",
    "[{}](https://evil.example)",
    "[good.example {}](https://evil.example/{})",
    "![{}](https://evil.example/a.png)",
    "| ![{}](https://evil.example/a.png) | {} |\n|---|---|\n| {} | {} |\n\n",
    "<h2>{}</h2><p>{}</p>",
    "<a href='https://evil.example'>{}</a>",
    "<img src='https://evil.example/a.png' alt='{}'>",
    "<table><tr><td>{}<td>{}</table>",
    "<pre>{}</pre>",
    "\n\nSources\n\n- {}\n- [{}](https://evil.example)\n\n",
    "\n\nQuestions\n\n- {}?\n\n",
    "\n\n{}?\n\nA paragraph as long as one has to be below a heading: {}. It ends here.\n\n",
)
HEADS = (
    "",
    "---\ntitle: '{}'\ntopics: ['{}']\nsources: [{{name: '{}', url: 'https://evil.example'}}]\n---\n",
    "Title: {}\nTopics: {}\n\n",
    "<title>{}</title>",
)
TEXTS = st.lists(st.sampled_from([*HOSTILE, *MARKED]), min_size=1, max_size=3).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Pieces of every format with hostile texts in them, whatever the file is called."""
    frames = draw(st.lists(st.sampled_from(FRAMES), min_size=1, max_size=6))
    source = draw(st.sampled_from(HEADS)) + "".join(frames)
    return source.format(*(draw(TEXTS) for _ in range(source.count("{}"))))


@settings(deadline=None, max_examples=80)
@given(documents(), st.sampled_from(SUFFIXES))
@example("x \\<!channel\\> &lt;!here&gt; &amp;lt;@U0ALICE001&amp;gt;", "md")
@example("<p>&lt;!channel&gt; &amp;lt;!here&amp;gt;</p>", "html")
@example("---\nsources: [{name: discord.gg/evil a, url: 'https://a.example'}]\n---\nx", "md")
def test_nothing_in_a_hostile_document_is_live_or_refused(source: str, suffix: str) -> None:
    try:
        briefing = read(source.encode("utf-8", "surrogatepass"), f"x.{suffix}").briefing
    except Unreadable:
        return
    assert list(faults(briefing)) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("text", [*HOSTILE, *MARKED])
def test_no_hostile_text_is_live_in_any_format(text: str, suffix: str) -> None:
    source = "\n\n".join(frame.replace("{}", text) for frame in FRAMES)
    assert list(faults(read(source.encode(), f"x.{suffix}").briefing)) == []


HONEST = (
    ("good.example/a and b", "https://evil.example/x"),
    ("see https://good.example", "https://evil.example/x"),
    ("discord.gg/evil and http://[::1]/", "https://evil.example"),
    ("https://evil.example@good.example", "https://evil.example"),
    ("evil.example", "https://good.evil.example"),
    ("boss@good.example", "mailto:a@evil.example"),
)


@pytest.mark.parametrize(("words", "link"), HONEST)
def test_a_link_whose_words_name_another_place_shows_where_it_leads(words: str, link: str) -> None:
    place = link.removeprefix("https://").removeprefix("mailto:").partition("/")[0]
    told = (Span(f"{words} ("), Span(place, link=link), Span(")"))
    assert honest([Span("See "), Span(words, link=link)]) == (Span(f"See {words} ("), *told[1:])


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("the report", "https://a.example/b"),
        ("A.example says", "https://www.a.example/b"),
        ("www.a.example/other", "http://a.example/b"),
        ("write to a@b.example", "mailto:a@b.example"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("a.example%", "https://a.example%"),
        ("e. g. this, U.S. and 1.5 or v1.2", "https://a.example"),
    ],
)
def test_a_link_whose_words_name_no_other_place_stays(words: str, link: str) -> None:
    assert honest([Span(words, link=link)]) == (Span(words, link=link),)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_source_shows_where_it_leads_in_every_room(suffix: str) -> None:
    source = Source("good.example discord.gg/evil http://[::1]/", "https://evil.example")
    briefing = replace(read(b"## A\n\nText.\n", f"x.{suffix}").briefing, sources=(source,) * 9)
    assert list(faults(briefing)) == []
    assert list(faults(replace(briefing, sources=(source,)))) == []
