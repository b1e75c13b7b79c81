"""Names of briefings from names of files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.folders import slug
from bot.library.names import NAME_LIMIT, id_of
from briefings.model import BriefingId

NAME = re.compile(r"[a-z0-9-]{1,40}")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("chery-international-user-summit", "chery-international-user-summit"),
        ("Chery: the Summit (2025)", "chery-the-summit-2025"),
        ("Été à Łódź", "ete-a-lodz"),
        ("Straße & Ærø", "strasse-aero"),
        ("the " * 12, "the-the-the-the-the-the-the-the-the-the"),
        ("x" * 50, "x" * 40),
    ],
)
def test_a_name_is_made_of_the_files_words(stem: str, name: str) -> None:
    assert slug(stem) == name


@pytest.mark.parametrize("stem", ["東海道新幹線", "المدينة", "!!!", "🎉", "", "東京 a"])
def test_a_name_that_says_too_little_gets_a_mark(stem: str) -> None:
    assert NAME.fullmatch(slug(stem))
    assert slug(stem) == slug(stem) != slug(f"{stem}{stem}!")


def test_a_taken_name_gets_a_mark_of_its_path() -> None:
    taken = {BriefingId("news")}
    one, other = id_of("news", "a/news.md", taken), id_of("news", "b/news.md", taken)
    assert len({*taken, one, other}) == 3
    assert one.startswith("news-")


@given(st.text(max_size=NAME_LIMIT + 3), st.integers(0, 3))
def test_every_file_gets_a_name_within_the_limit(stem: str, more: int) -> None:
    assert NAME.fullmatch(slug(stem + "x" * more))
    assert NAME.fullmatch(id_of(stem, stem, {slug(stem)}))
    assert id_of(stem, stem, {slug(stem)}) != slug(stem) or "-" in slug(stem)
