"""Reads the line in which people say what they want of a channel's posts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from briefings.fields import FIELDS, Known
from briefings.phrases import (
    DAY_NAMES,
    Misread,
    looks_like_days,
    looks_like_times,
    nearest,
    read_days,
    read_times,
    there_is,
)
from briefings.terms import Terms
from briefings.tongue import say
from briefings.zones import offer_zone, read_zone

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+|"')
_QUOTED = re.compile(r'("[^"]*")')
_HOUR = re.compile(r"\d{1,2}(?:,\d{1,2})*")
_FILLERS = frozenset({"at", "in", "every", "on", "and", ","})
_LOOSE = (
    (re.compile(r"\s*([,/])\s*"), r"\1"),
    (re.compile(r"(?<=\d)\s+(?=[ap]m\b)", re.IGNORECASE), ""),
    (re.compile(r"(?<=:)(\d+)\s+(?=(?:days?|weeks?|hours?)\b)", re.IGNORECASE), r"\1"),
    (re.compile(r"\bevery\s+day\b", re.IGNORECASE), "daily"),
    (
        re.compile(
            r"\b(topics|not|holidays|off|zone|layout|shift|late|rest|language):\s+", re.IGNORECASE
        ),
        r"\1:",
    ),
)
"""What people write apart that belongs together, and how it is written as one word."""


def read_terms(words: str, terms: Terms, known: Known) -> Terms:
    """The terms with what the words change; what they leave out stays. Raises Misread."""
    times: list[str] = []
    days: list[str] = []
    for word in _WORD.findall(_tidied(words, known.zones)):
        name, colon, value = word.replace('"', "").partition(":")
        if colon and name.casefold() in FIELDS:
            terms = FIELDS[name.casefold()](terms, value, known)
        elif looks_like_times(word) or _HOUR.fullmatch(word):
            times.append(word)
        elif looks_like_days(word):
            days.append(word)
        elif word.casefold() not in _FILLERS:
            terms = _read_zone(word, terms, known)
    return _with_bare(terms, times, days)


def _tidied(words: str, zones: Collection[str]) -> str:
    """The line with each list and each name of a place as one word; what is quoted stays."""
    parts = _QUOTED.split(words)
    return "".join(each if each.startswith('"') else _joined(each, zones) for each in parts)


def _joined(words: str, zones: Collection[str]) -> str:
    for found, become in _LOOSE:
        words = found.sub(become, words)
    cities = {each.rpartition("/")[2].replace("_", " ") for each in zones if "_" in each}
    if not cities:
        return words
    spaced = "|".join(re.escape(each) for each in sorted(cities, key=len, reverse=True))
    return re.sub(
        rf"\b(?:{spaced})\b", lambda city: city[0].replace(" ", "_"), words, flags=re.IGNORECASE
    )


def _with_bare(terms: Terms, times: list[str], days: list[str]) -> Terms:
    """The terms with all bare times and days of a line: `mon wed 08:30 16:00` means all four."""
    if times:
        terms = replace(terms, times=read_times(",".join(times)))
    return replace(terms, weekdays=read_days(",".join(days))) if days else terms


def _read_zone(word: str, terms: Terms, known: Known) -> Terms:
    """A word that can be nothing but a zone, or a name that is none of the fields."""
    name, colon, _ = word.partition(":")
    if colon and word[0] not in "+-":
        offer = nearest(name, FIELDS) or there_is(sorted(FIELDS))
        none = say("“{name}:” is nothing that can be set.")
        raise Misread(f"{none.format(name=name)}{offer}")
    try:
        return replace(terms, zone=read_zone(word, known.zones))
    except Misread:
        if nearest(word, DAY_NAMES):
            read_days(word)
        if "/" in word or not word.isalpha() or offer_zone(word, known.zones):
            raise
    none = say(
        "“{word}” means no day, no time and no time zone here: write weekdays 08:30 Europe/Berlin."
    )
    raise Misread(none.format(word=word))
