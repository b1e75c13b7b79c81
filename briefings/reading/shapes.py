"""What a line of plain text looks like: a heading of some shape, a list item, a rule."""

from __future__ import annotations

import re
from enum import Enum, auto

from briefings.reading.known import words

LIST_ITEM = re.compile(r"\s*(?:[-*•●▪◦‣·–]|\(?\d{1,3}[.)]|[a-z][.)])\s+\S")
NUMBER = re.compile(r"\(?(\d{1,2})[.)] +(\S.*)")
"""A line that begins with its number: an item of a list, or a numbered heading."""
BULLET = re.compile(r"(\s*)[•●▪◦‣·](?=\s)\s?")
RULE = re.compile(r"([-=~_*—–#^.+])\1{2,}|(?:[-*_] ){2,}[-*_]")
GAP = re.compile(r"\S {3,}\S|\t")
SMALL = words(
    """
    a an and as at but by de del der des di du en et for from in into is la le of off on onto
    or our over per than that the their to und up via vs with y your its not
    """
)
_DANGLING = re.compile(
    r"(?:^|\s)(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|than|as|is|are|was|were|be|been"
    r"|has|have|had|will|would|about|into|its|their|that|which|who)$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:;…。！？：；]['\"’”)\]»」』）]*$|['\"’”)\]»」』）]$")
_REFUSED = re.compile(
    r"https?://|www\.|\\|\S@\S|\||^\w[^:]{0,30}: [^A-Z]"
    r"|^\w[^:：]{0,30}：\s*\d|\d\s*日$"
    r"|\b(?:19|20)\d\d$|\d[:.]\d\d(?: ?[ap]\.?m\.?)?$"
    r"|[.!…,][\"”’»」]$"
    r"|(?i:\b(?:photo(?:graph)?|image|illustration|graphic|credit)s?(?: by\b|: ))"
    r"|(?i:getty images|copyright|©)"
    r"|^[Bb]y [A-Z]\w+ [A-Z]",
)
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
QUESTION_WORD = re.compile(r"(?:what|why|how|who|when|where|which)\b", re.IGNORECASE)


class Shape(Enum):
    """The shapes that headings have; a line of another shape is none."""

    QUESTION = auto()
    CAPITALS = auto()
    TITLE = auto()
    LABEL = auto()
    SENTENCE = auto()


def width(text: str) -> int:
    """How wide the text runs: a Chinese, Japanese or Korean character counts for two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def has_ended(text: str) -> bool:
    """Whether the text ends as a sentence, a quotation or an introduction does."""
    return bool(_ENDED.search(text))


def dangles(text: str) -> bool:
    """Whether the text stops at a word that another one must follow."""
    return bool(_DANGLING.search(text))


def is_capitals(text: str) -> bool:
    """Whether the text is in capitals; three cased letters are needed to tell."""
    return text.isupper() and sum(map(str.isupper, text)) > 2


def is_title_case(text: str) -> bool:
    """Whether every word that matters begins with a capital."""
    words = [word for word in _WORD.findall(text) if word.lower() not in SMALL]
    return bool(words) and not any(word[0].islower() for word in words)


def shape_of(text: str) -> Shape | None:
    """The shape of heading that a line has, by itself; nothing where it cannot be one."""
    if not _is_possible(text):
        return None
    if text.endswith(("?", "？")):
        return Shape.QUESTION
    if text.endswith((":", "：")):
        return Shape.LABEL
    if is_capitals(text):
        return Shape.CAPITALS
    if is_title_case(text):
        return None if "," in text and " and " not in text else Shape.TITLE
    return None if re.match(r"\w[^:]{0,30}: ", text) else Shape.SENTENCE


def _is_possible(text: str) -> bool:
    first = _LETTERS.search(text)
    return (
        3 <= width(text) <= 90
        and len(text.split()) <= 12
        and first is not None
        and not first[0].islower()
        and not any(character.isdigit() for character in text[: first.start()])
        and not text.startswith(("*", "-", "+", ">", "#", "—", "–", "@"))
        and not LIST_ITEM.match(text)
        and not text.endswith((".", ",", ";", "…", "!", "。", "、", "，", "！"))
        and not dangles(text)
        and not _REFUSED.search(text)
        and not GAP.search(text)
    )
