"""The documents that come with the bot."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from bot.library.index import Index
from bot.shelf import Shelf, read_shelf
from briefings.model import BriefingId, TitleFrom
from briefings.search import Choice, Miss, Winner, decide

SEEDS = Path(__file__).parent.parent / "seeds"
CHERY = BriefingId("chery-international-user-summit")


@pytest.fixture
async def seeds() -> Shelf:
    return await read_shelf([SEEDS])


def test_the_seed_document_is_byte_for_byte_as_it_was_given() -> None:
    given = (SEEDS / f"{CHERY}.txt").read_bytes()
    assert len(given) == 2638
    assert (
        sha256(given).hexdigest()
        == "844a82e8b81e6a89bc52f388a6653473ec2ea8483643998609e4459c03af7d4f"
    )


async def test_every_seed_is_read_with_sections_and_a_title(seeds: Shelf) -> None:
    assert seeds.problems == ()
    assert len(seeds.library) == len(list(SEEDS.iterdir())) >= 13
    for entry in seeds.library.values():
        assert entry.briefing.title_from is not TitleFrom.NONE
        assert any(section.heading for section in entry.briefing.sections)


async def test_every_seed_but_the_given_one_names_its_sources(seeds: Shelf) -> None:
    for name, entry in seeds.library.items():
        sources = entry.briefing.sources
        assert name == CHERY or sources
        assert all(source.url and source.url.startswith("https://") for source in sources)


async def test_only_a_sample_has_a_date(seeds: Shelf) -> None:
    for entry in seeds.library.values():
        assert entry.briefing.date is None or entry.briefing.title.startswith("Sample")


async def test_the_untitled_seed_is_titled_by_its_first_sentence(seeds: Shelf) -> None:
    briefing = seeds.library[CHERY].briefing
    assert briefing.title == "The 2025 Chery International User Summit"
    assert briefing.title_from is TitleFrom.FIRST_SENTENCE


async def test_every_seed_is_the_answer_to_its_title(seeds: Shelf) -> None:
    index = Index(seeds.library.values())
    for name, entry in seeds.library.items():
        assert decide(index.search(entry.briefing.title)) == Winner(name)


@pytest.mark.parametrize("query", ["chery", "chery sumit", "Chery Summit", "cherry user summit"])
async def test_the_summit_is_the_one_clear_answer(seeds: Shelf, query: str) -> None:
    assert decide(Index(seeds.library.values()).search(query)) == Winner(CHERY)


async def test_nonsense_is_a_miss_and_a_topic_is_a_choice(seeds: Shelf) -> None:
    index = Index(seeds.library.values())
    assert decide(index.search("nonsense")) == Miss(())
    assert isinstance(decide(index.search("software")), Choice)
