"""Bytes of every kind become clean text, and what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.reading.cleaning import clean, undoubled
from briefings.reading.decoding import decode
from briefings.reading.reader import Unreadable, read

TEXT = "# Überblick\n\n## A\n\nDer Kai “öffnet” im Frühling – sagt das Büro.\n"


def names(data: bytes) -> list[str]:
    found = read(data, "x.md").briefing
    return [found.title, *(section.name for section in found.sections)]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF8 * 2 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("cp1252"),
    ],
)
def test_every_usual_encoding_is_read(data: bytes) -> None:
    assert names(data) == ["Überblick", "A"]


def test_a_code_page_is_told_with_the_line_where_it_shows() -> None:
    text = "# T\n\n" + "Причал открыт, и корабли могут прийти весной. " * 20
    content, [remark] = decode(text.encode("cp1251"))
    assert content == text
    assert remark.line == 3
    assert "not UTF-8" in remark.text


def test_a_few_wrong_bytes_in_utf_8_are_windows_1252() -> None:
    content, [remark] = decode("é\nè ".encode() + b"it\x92s" + " ü.".encode())
    assert content == "é\nè it’s ü."
    assert (remark.line, "Windows-1252" in remark.text) == (2, True)
    assert decode(codecs.BOM_UTF8 + "éé".encode() + b"\x92")[0] == "éé’"


def test_wrong_bytes_alone_are_windows_1252_too() -> None:
    assert decode(b"it\x92s")[0] == "it’s"


def test_wrong_units_of_utf_16_are_replaced_and_told() -> None:
    content, [remark] = decode(
        codecs.BOM_UTF16_LE + ("ab" * 20).encode("utf-16-le") + b"\x00\xd8a\x00"
    )
    assert content.startswith("ab")
    assert "UTF-16-LE" in remark.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04word", "Word"),
        (b"\xd0\xcf\x11\xe0word", "Office"),
        (b"{\\rtf1 a}", "rich text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "not text"),
        (b"", "empty"),
        (b" \n\t \xef\xbb\xbf", "empty"),
        (b"a" * 1_000_001, "1 MB"),
        (b"## a\n" * 2_001, "2,000 sections"),
        (b"**abc def ghi**\nb\n" * 2_001, "2,000 sections"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        read(data, "x.md")
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("a\r\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("a\u200bb\u00adc\u202ed\u2066e\0f\x1bg", "abcdefg"),
        ("e\u0301", "é"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f", "👩\u200d👩\u200d👧 ❤\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db \u200c", "ab "),
        ("🏴\U000e0067\U000e007f a\U000e0041", "🏴\U000e0067\U000e007f a"),
        ("a\ud800b", "ab"),
        ("\ufeffa\ufffcb", "ab"),
    ],
)
def test_dirt_goes_and_what_can_be_seen_stays(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_doubled_line_ends_are_halved_only_where_lines_are_broken() -> None:
    lines = [
        "The pier is",
        "open in spring",
        "and in summer.",
        "",
        "Ships call",
        "at noon",
        "",
        "x",
        "y",
        "z",
    ]
    doubled = "\n\n".join(lines).split("\n")
    assert [doubled[place] for place in undoubled(doubled)] == lines
    whole = ["A.", "", "B.", "", "", "", "C.", "", "D.", "", "E.", "", "F.", "", "G.", "", "H."]
    assert undoubled(whole) == list(range(len(whole)))
    assert undoubled(["a", "b"]) == [0, 1]


def test_doubled_line_ends_are_told() -> None:
    lead = "The pier is\nopen in spring\nand in summer."
    text = f"{lead}\n\nSummary\n\nShips may\ncall then,\nif ice is gone.\nx\n"
    found = read(text.replace("\n", "\n\n").encode(), "x.txt")
    assert "doubled" in found.warnings[0].text
    assert found.briefing.sections[1].name == "Summary"
