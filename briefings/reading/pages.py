"""A saved page of the web: its article, its name and what its head says."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from briefings.reading.cleaning import clean
from briefings.reading.frontmatter import Field
from briefings.reading.hypertext import blocks_of
from briefings.reading.placed import Placed, Report
from briefings.reading.tags import AROUND

_FIELDS = {
    "article:published_time": "date",
    "date": "date",
    "dc.date": "date",
    "DC.date": "date",
    "pubdate": "date",
    "time": "time",
    "keywords": "keywords",
}
"""What the head of a page may say about the article, and under which name it counts here."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's article and what its head says about it."""

    blocks: list[Placed]
    title: str
    fields: list[Field]


def page(text: str, report: Report) -> Page:
    """The article of a saved page, without the navigation around it."""
    tree = LexborHTMLParser(text)
    named = tree.css_first("title")
    found = [
        (
            node.attributes.get("property") or node.attributes.get("name"),
            node.attributes.get("content"),
        )
        for node in tree.css("meta")
    ]
    found += [("time", node.attributes.get("datetime")) for node in tree.css("time[datetime]")]
    fields = {
        _FIELDS[name]: content for name, content in reversed(found) if name in _FIELDS and content
    }
    blocks = blocks_of(tree, None, report, AROUND)
    title = " ".join(named.text().split()) if named else ""
    return Page(
        [Placed(None, block) for block in blocks],
        title,
        [Field(name, clean(content), 1) for name, content in fields.items()],
    )
