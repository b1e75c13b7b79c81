"""The reader against the documents with expected answers that lie beside the checkout."""

from __future__ import annotations

import json
import os
import re
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from briefings.model import TitleFrom
from briefings.reading.reader import Reading, read
from briefings.writing import write

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not CORPUS.exists() and "CI" not in os.environ, reason="the corpus is not there"
)


@pytest.fixture(scope="module")
def documents() -> list[tuple[dict[str, Any], Reading]]:
    entries = json.loads((CORPUS / "index.json").read_text())["documents"]
    return [
        (entry, read((CORPUS / entry["file"]).read_bytes(), entry["file"])) for entry in entries
    ]


def same(text: str) -> str:
    """A heading as the corpus says that headings are compared."""
    quotes = str.maketrans("‘’ʼ“”", "'''\"\"", "*`")
    text = " ".join(unescape(text).translate(quotes).split()).casefold()
    return re.sub(r"(?:\.\.\.|…|:)+$", "", text).removeprefix(".").strip()


def compared(entry: dict[str, Any], reading: Reading) -> tuple[int, list[str], list[str]]:
    """Headings found in order, those found that are none, and those missed."""
    wanted = [same(each["text"]) for each in entry["expected_headings"]]
    optional = {same(each["text"]) for each in entry["expected_headings"] if each.get("kind")}
    either = {same(each) for each in entry["either"]}
    found = [same(each.name) for each in reading.briefing.sections if each.level]
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    hits = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    false = [each for place, each in enumerate(found) if place not in hits.values()]
    missed = [each for place, each in enumerate(wanted) if place not in hits]
    return (
        len(hits),
        [each for each in false if each not in either],
        [each for each in missed if each not in optional],
    )


def test_headings_are_found_in_order(documents: list[tuple[dict[str, Any], Reading]]) -> None:
    results = [compared(*each) for each in documents if each[0]["headings_certain"]]
    hits = sum(result[0] for result in results)
    assert hits >= 0.95 * (hits + sum(len(result[1]) for result in results))
    assert hits >= 0.95 * (hits + sum(len(result[2]) for result in results))


def test_every_digest_is_exact(documents: list[tuple[dict[str, Any], Reading]]) -> None:
    digests = [each for each in documents if each[0]["family"] == "what-why-next"]
    assert digests
    for entry, reading in digests:
        assert compared(entry, reading)[1:] == ([], []), entry["file"]
        assert not {same(each.name) for each in reading.briefing.sections} & {
            same(each) for each in entry["not_headings"]
        }


def test_titles_are_right(documents: list[tuple[dict[str, Any], Reading]]) -> None:
    certain = [each for each in documents if each[0]["title_certain"]]
    right = sum(is_title(*each) for each in certain)
    assert right >= 0.95 * len(certain)


def is_title(entry: dict[str, Any], reading: Reading) -> bool:
    if entry["expected_title"] is None:
        return reading.briefing.title_from in (TitleFrom.FIRST_SENTENCE, TitleFrom.NONE)
    accepted = {same(each) for each in [entry["expected_title"], *entry["accepted_titles"]]}
    return same(reading.briefing.title) in accepted


def test_dates_are_right(documents: list[tuple[dict[str, Any], Reading]]) -> None:
    certain = [each for each in documents if each[0]["date_certain"]]
    right = sum(
        (reading.briefing.date and reading.briefing.date.isoformat()) == entry["expected_date"]
        for entry, reading in certain
    )
    assert right >= 0.95 * len(certain)


def test_every_document_reads_back_as_it_was_written(
    documents: list[tuple[dict[str, Any], Reading]],
) -> None:
    for entry, reading in documents:
        again = read(write(reading.briefing).encode(), "x.md")
        assert again.briefing == reading.briefing, entry["file"]
