"""Finding briefings: exactly, by words, by beginnings, in spite of mistakes."""

from __future__ import annotations

import pytest

from bot.library.index import Index
from briefings.blocks import Style, text_of
from briefings.search import QUERY_LIMIT, MatchKind, Winner, decide
from tests.bot.library.makers import entry, found, ids

SUMMIT = entry("summit", "Chery International User Summit", "Robots were shown in Wuhu.")
CAFES = entry("cafes", "Café Culture", "Straßenmusik für alle, says Ångström.", ("food",), age=1)
SHINKANSEN = entry("shinkansen", "東海道新幹線の開業", "東京と新大阪を結ぶ鉄道です。", age=2)
ARABIC = entry("arabic", "أخبار المدينة", "كَتَبَ الكاتبُ عن السوق", age=3)
HEBREW = entry("hebrew", "שלום עולם", "ברוכים הבאים", age=4)
FACTORIES = entry(
    "factories", "Green Factories", "They run on wind.", ("industry", "Clean Energy"), age=5
)
NAMED = (SUMMIT, CAFES, SHINKANSEN, ARABIC, HEBREW, FACTORIES)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(NAMED)


@pytest.mark.parametrize(
    ("query", "meant", "kind"),
    [
        ("Chery International User Summit", "summit", MatchKind.EXACT),
        ("  chery   international USER summit ", "summit", MatchKind.EXACT),
        ("cafe culture", "cafes", MatchKind.EXACT),
        ("factories", "factories", MatchKind.EXACT),
        ("chery", "summit", MatchKind.WORDS),
        ("Chery's summit", "summit", MatchKind.WORDS),
        ("summits", "summit", MatchKind.WORDS),
        ("factory", "factories", MatchKind.WORDS),
        ("chery wuhu", "summit", MatchKind.WORDS),
        ("ROBOT", "summit", MatchKind.WORDS),
        ("clean energy", "factories", MatchKind.WORDS),
        ("strassenmusik", "cafes", MatchKind.WORDS),
        ("angstrom", "cafes", MatchKind.WORDS),
        ("Café", "cafes", MatchKind.WORDS),
        ("新幹線", "shinkansen", MatchKind.WORDS),
        ("鉄道", "shinkansen", MatchKind.WORDS),
        ("業", "shinkansen", MatchKind.WORDS),
        ("كتب", "arabic", MatchKind.WORDS),
        ("اخبار", "arabic", MatchKind.WORDS),
        ("עולם", "hebrew", MatchKind.WORDS),
        ("intern", "summit", MatchKind.PREFIX),
        ("chery summ", "summit", MatchKind.PREFIX),
        ("chery sumit", "summit", MatchKind.TYPO),
        ("cehry", "summit", MatchKind.TYPO),
        ("internatoinal summmit", "summit", MatchKind.TYPO),
        ("intrenatinal", "summit", MatchKind.TYPO),
        ("cherysummit", "summit", MatchKind.TYPO),
        ("inter national", "summit", MatchKind.TYPO),
        ("robtos", "summit", MatchKind.TYPO),
        ("green chery intrenational user xummit", "summit", MatchKind.TYPO),
    ],
)
def test_a_query_finds_what_is_meant(index: Index, query: str, meant: str, kind: MatchKind) -> None:
    results = index.search(query)
    assert (results.hits[0].id, results.hits[0].kind) == (meant, kind)


@pytest.mark.parametrize("query", ["nonsense", "xyzzy plugh", "qqq", "🦄", "", "  ", "!?"])
def test_what_nobody_wrote_is_not_found(index: Index, query: str) -> None:
    assert index.search(query).hits == ()


def test_a_name_without_a_letter_is_found_all_the_same() -> None:
    index = Index([entry("party", "🎉"), entry("sad", "😢")])
    assert found(index, "🎉") == ["party"]


def test_a_name_letter_by_letter_comes_before_the_same_words() -> None:
    index = Index([entry("plus", "C++"), entry("plain", "C", age=9)])
    assert decide(index.search("c")) == Winner(entry("plain", "C").id)
    assert decide(index.search("C++")) == Winner(entry("plus", "C++").id)


def test_a_title_weighs_more_than_topics_headings_and_text() -> None:
    index = Index(
        [
            entry("text", "One", "All about water."),
            entry("heading", "Two", heading="Where Water Goes", age=1),
            entry("topic", "Three", topics=("water",), age=2),
            entry("title", "Water for Cities", age=3),
        ]
    )
    assert found(index, "water") == ["title", "topic", "heading", "text"]


def test_of_equals_the_newest_comes_first() -> None:
    entries = [entry(f"w{age}", f"Water Report {'abcde'[age]}", age=age) for age in (3, 0, 4, 1, 2)]
    assert found(Index(entries), "water") == ["w0", "w1", "w2", "w3", "w4"]


@pytest.mark.parametrize("query", ["reservoir", "resrevoir"])
def test_of_texts_alike_the_newest_comes_first(query: str) -> None:
    body = "The reservoir is full."
    entries = [entry(f"w{age}", f"Report {'abcde'[age]}", body, age=age) for age in (3, 0, 4, 1)]
    assert found(Index(entries), query) == ["w0", "w1", "w3", "w4"]


def test_a_mistyped_title_finds_the_title_of_as_many_words_first() -> None:
    index = Index(
        [entry("longer", "Water Reservoir Report"), entry("meant", "Water Reservoir", age=9)]
    )
    assert found(index, "watre reservior") == ["meant", "longer"]


def test_a_word_of_the_name_in_the_library_counts() -> None:
    index = Index([entry("weekly-digest", "Sheep", "Wool is up."), entry("other", "Goats")])
    assert found(index, "digest wool") == ["weekly-digest"]


def test_words_side_by_side_come_before_the_same_words_apart() -> None:
    index = Index([entry("apart", "User of a Summit"), entry("beside", "The User Summit", age=5)])
    assert found(index, "user summit") == ["beside", "apart"]


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    index = Index(entry(f"e{n}", f"Water {n}", "water " * (n % 7), age=n % 5) for n in range(150))
    pages = [found(index, "water", 7, offset) for offset in range(0, 150, 7)]
    together = [name for page in pages for name in page]
    assert len(together) == len(set(together)) == index.search("water").total == 150


def test_a_miss_offers_the_names_that_share_a_word(index: Index) -> None:
    assert index.search("chery nonsense").nearest == (SUMMIT.briefing.title,)
    assert index.search("nonsense").nearest == ()


def test_a_short_word_with_two_mistakes_is_only_offered(index: Index) -> None:
    results = index.search("gruun")
    assert (results.hits, results.nearest) == ((), (FACTORIES.briefing.title,))


def test_a_query_over_the_limit_is_cut_and_says_so() -> None:
    index = Index([entry("long", "word " * 60)])
    results = index.search("word " * 60)
    assert results.cut
    assert len(results.query) <= QUERY_LIMIT
    assert ids(results) == ["long"]


def test_the_excerpt_is_the_sentence_that_answers_with_its_words_strong() -> None:
    body = "Nothing here. The robots, humanoid and shy, met in Wuhu. More later."
    (hit,) = Index([entry("one", "Title", body)]).search("wuhu robot").hits
    assert text_of(hit.excerpt) == "The robots, humanoid and shy, met in Wuhu."
    assert [span.text for span in hit.excerpt if span.style is Style.STRONG] == ["robots", "Wuhu"]


def test_a_changed_briefing_is_found_by_its_new_words_only() -> None:
    index = Index([entry("one", "Old Title")])
    index.update(entry("one", "New Name"))
    assert found(index, "name") == ["one"]
    assert found(index, "title") == []


def test_a_removed_briefing_is_found_no_more() -> None:
    index = Index([entry("one", "Water"), entry("two", "Water Too")])
    index.remove(entry("one", "").id)
    assert found(index, "water") == ["two"]


def test_an_empty_library_answers_too() -> None:
    assert Index().search("water").hits == ()
    assert Index().complete("water") == ()
