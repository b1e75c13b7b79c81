"""Bytes become text: byte order marks, UTF-8 with a few bad bytes, legacy code pages."""

from __future__ import annotations

import codecs
import re

import chardet

from briefings.reading.result import Remark, Unreadable
from briefings.tongue import mark

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (
    (b"%PDF-", "It is a PDF: save its text as .txt, .md or .html."),
    (b"PK\x03\x04", "It is a Word or zip file: save it as .txt, .md or .html."),
    (b"\xd0\xcf\x11\xe0", "It is an old Office file: save it as .txt, .md or .html."),
    (b"{\\rtf", "It is rich text: save it as .txt, .md or .html."),
)
_SAMPLE = 16_384
_CONTROLS = re.compile("[\x00-\x06\x0e-\x1a\x7f\ufffd]")
_CONTROLS_PER_CHARACTER = 0.1
_WELL_FORMED = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_SURE = 0.3
_ASCII = b"A z.\n"
_ZEROS = 0.02


def decode(data: bytes) -> tuple[str, list[Remark]]:
    """The text of a document, and what was unsure about its encoding.

    Raises `Unreadable` for formats that hold no text as such.
    """
    for magic, reason in _FOREIGN:
        if data.startswith(magic):
            raise Unreadable(reason)
    text, remarks = _decoded(data)
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if controls > _CONTROLS_PER_CHARACTER * min(len(text), _SAMPLE):
        raise Unreadable(mark("It is not text: save the document as .txt, .md or .html."))
    return text.lstrip("\ufeff"), remarks


def _decoded(data: bytes) -> tuple[str, list[Remark]]:
    for sign, encoding in _MARKS:
        if data.startswith(sign):
            return _strictly(data[len(sign) :], encoding)
    if unmarked := _unmarked_utf16(data):
        return _strictly(data, unmarked)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _repaired(data, error)


def _strictly(data: bytes, encoding: str) -> tuple[str, list[Remark]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _repaired(data, error)
        remark = Remark(None, f"Some characters are not {encoding.upper()} and were replaced.")
        return data.decode(encoding, "replace"), [remark]


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: its blanks and line ends have their zeros on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(_ZEROS * len(sample), 4) or min(even, odd) * 3 > max(even, odd):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    latin = [character for character in sample.decode(encoding, "replace") if character < "\x80"]
    controls = _CONTROLS.findall("".join(latin))
    return encoding if len(controls) <= _CONTROLS_PER_CHARACTER * len(latin) else None


def _repaired(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[Remark]]:
    """UTF-8 where most of it is; a code page where none of it is."""
    line = data.count(b"\n", 0, error.start) + 1
    if len(_WELL_FORMED.findall(data)) > len(data) - len(data.decode("utf-8", "ignore").encode()):
        text = "".join(_pieces(data))
        return text, [Remark(line, "Bytes that are not UTF-8 were read as Windows-1252.")]
    encoding = _code_page(data[max(0, error.start - 1024) :][:_SAMPLE])
    text = data.decode(encoding, "replace")
    return text, [Remark(line, f"The text is not UTF-8; it was read as {encoding}.")]


def _code_page(sample: bytes) -> str:
    """What chardet takes the bytes for, where it is sure and the page holds ASCII as it is."""
    guess = chardet.detect(sample)
    name = guess["encoding"] or "ascii"
    sure = guess["confidence"] > _SURE and name.lower() not in ("utf-8", "ascii")
    return name if sure and _ASCII.decode(name, "replace") == _ASCII.decode() else "cp1252"


def _pieces(data: bytes) -> list[str]:
    """UTF-8 with each byte that does not belong read as Windows-1252."""
    pieces: list[str] = []
    while data:
        try:
            return [*pieces, data.decode("utf-8")]
        except UnicodeDecodeError as error:
            pieces.append(data[: error.start].decode("utf-8"))
            pieces.append(data[error.start : error.end].decode("cp1252", "replace"))
            data = data[error.end :]
    return pieces
