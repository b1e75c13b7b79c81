"""Hostile documents, from the file to the payload: nothing in them is live, nothing is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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


@pytest.mark.xfail(strict=False, reason="a source whose name holds several hosts may mislead")
@settings(deadline=None, max_examples=150)
@given(documents(), st.sampled_from(SUFFIXES))
@example("x \\<!channel\\> &lt;!here&gt; &amp;lt;@U0ALICE001&amp;gt;", "md")
@example("<p>&lt;!channel&gt; &amp;lt;!here&amp;gt;</p>", "html")
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
