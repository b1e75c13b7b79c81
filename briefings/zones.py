"""Reads the names of time zones as people type them, and offers the zone that they meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from briefings.phrases import Misread, did_you_mean
from briefings.tongue import say

_OFFSET = re.compile(r"(?:utc|gmt)?[+-]\d.*")
_UTC = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})
_HALF_YEARS = {
    "AEDT": "Australia/Sydney",
    "AEST": "Australia/Sydney",
    "BST": "Europe/London",
    "CDT": "America/Chicago",
    "CEST": "Europe/Berlin",
    "CST": "America/Chicago",
    "EDT": "America/New_York",
    "EEST": "Europe/Athens",
    "EST": "America/New_York",
    "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo",
    "MDT": "America/Denver",
    "MST": "America/Denver",
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
}
"""What people call the time of a place, often for half a year alone, and the zone of that place.
The tz database has an EST and an MST without summer time, which nobody means."""

_SHORT = 4
"""Letters up to which a zone's name is too short to guess at: CEST is nowhere near EST."""


def zone_named(name: str, zones: Collection[str]) -> ZoneInfo | None:
    """The zone that a platform names, UTC by its short name; nothing where there is none."""
    if name in _UTC:
        return ZoneInfo("UTC")
    return ZoneInfo(name) if name in zones else None


def read_zone(text: str, zones: Collection[str]) -> ZoneInfo:
    """A time zone by its name in the tz database: `Europe/Berlin`, in any case."""
    word = text.strip().replace(" ", "_")
    is_half = word.upper() in _HALF_YEARS
    names = {} if is_half else {each.casefold(): each for each in zones}
    if word.casefold() in names:
        return ZoneInfo(names[word.casefold()])
    if _OFFSET.fullmatch(word.casefold()):
        offset = say(
            "“{text}” is an offset, which knows no summer time: write the name of a time zone, such"
            " as Europe/Berlin or UTC."
        )
        raise Misread(offset.format(text=text.strip()))
    cities = {} if is_half else _cities(zones)
    if word.casefold() in cities:
        return ZoneInfo(cities[word.casefold()])
    none = say("“{text}” is no time zone: write its name, such as Europe/Berlin or UTC.")
    raise Misread(f"{none.format(text=text.strip())}{offer_zone(word, zones)}")


def offer_zone(word: str, zones: Collection[str]) -> str:
    """As `nearest`, for a zone by its name or its city."""
    if meant := _HALF_YEARS.get(word.upper()):
        return f" {did_you_mean(meant)}"
    if len(word) <= _SHORT:
        return ""
    names = _cities(zones) | {each.casefold(): each for each in zones}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return f" {did_you_mean(names[near[0]])}" if near else ""


def _cities(zones: Collection[str]) -> dict[str, str]:
    return {each.rpartition("/")[2].casefold(): each for each in sorted(zones, reverse=True)}
