"""Reads the small phrases that people type: times, weekdays, zones and topics.

Each reader returns the value, or raises `Misread` with a sentence that says what is allowed and
offers what is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import time
from difflib import get_close_matches

from briefings.schedule import EVERY_DAY
from briefings.terms import WORKING_DAYS
from briefings.tongue import say

MOST_TIMES = 6

_TIME = re.compile(
    r"(\d{1,2})(?:(?:[:.h]|(?<=\d\d))(\d\d))?(?:[:.](\d\d))?\s*([ap]m|h)?", re.IGNORECASE
)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMED_DAYS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekdays": WORKING_DAYS,
    "weekday": WORKING_DAYS,
    "workdays": WORKING_DAYS,
    "workday": WORKING_DAYS,
    "mo-fr": WORKING_DAYS,
    "weekends": EVERY_DAY - WORKING_DAYS,
    "weekend": EVERY_DAY - WORKING_DAYS,
}
DAY_NAMES = (*_NAMED_DAYS, *NAMES)

_NAMED_TIMES = {"noon": time(12), "midnight": time(0)}


class Misread(ValueError):
    """What was typed is not allowed; the text is a sentence for the person who typed it."""


def listed(text: str) -> list[str]:
    """The parts between commas."""
    return [part for part in (piece.strip() for piece in re.split("[,;]", text)) if part]


def nearest(wrong: str, allowed: Iterable[str]) -> str:
    """` Did you mean …?` with a blank before it, or nothing where nothing is near."""
    names = {each.casefold(): each for each in allowed}
    close = get_close_matches(wrong.casefold(), list(names), n=1, cutoff=0.6)
    return f" {did_you_mean(names[close[0]])}" if close else ""


def did_you_mean(name: str) -> str:
    """The question whether somebody meant this."""
    return say("Did you mean {name}?").format(name=name)


def there_is(names: Iterable[str]) -> str:
    """` There is …`, with a blank before it."""
    return f" {say('There is {names}.').format(names=', '.join(names))}"


def read_times(text: str) -> tuple[time, ...]:
    """One or several local times: `08:30`, `8am, 4:15pm`."""
    found = tuple(sorted({_time(part) for part in listed(text)}))
    if not found:
        raise Misread(
            say("A time is missing: write it as 08:30, several with commas between them.")
        )
    if len(found) > MOST_TIMES:
        most = say("A channel has at most {number} times a day: take fewer.")
        raise Misread(most.format(number=MOST_TIMES))
    return found


def _time(text: str) -> time:
    if text.casefold() in _NAMED_TIMES:
        return _NAMED_TIMES[text.casefold()]
    match = _TIME.fullmatch(text)
    if match:
        hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        half = (match[4] or "").lower().removesuffix("h")
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    none = say("“{text}” is no time of day: write it from 00:00 to 23:59, such as 08:30.")
    raise Misread(none.format(text=text))


def looks_like_times(text: str) -> bool:
    """Whether a word was meant as times; a bare number was not."""
    parts_ = listed(text)
    return bool(parts_) and all(
        part.casefold() in _NAMED_TIMES
        or re.match(r"\d{1,2}[:.h]\d|\d{1,2}\s*([ap]m|h)$|\d{4}$", part, re.IGNORECASE)
        for part in parts_
    )


def read_days(text: str) -> frozenset[int]:
    """Weekdays: `weekdays`, `daily`, `mon, wed`, `mon-fri`."""
    found: set[int] = set()
    for part in listed(text.casefold()):
        found |= _days(part)
    if not found:
        raise Misread(say("No day is left: write weekdays, daily, or days such as mon,wed,fri."))
    return frozenset(found)


def _days(part: str) -> frozenset[int]:
    if part in _NAMED_DAYS:
        return _NAMED_DAYS[part]
    first, _, last = part.partition("-")
    start, end = weekday(first), weekday(last or first)
    if start is None or end is None:
        none = say(
            "“{text}” is no day: write weekdays, daily, weekends, or days such as mon,wed,fri."
        )
        raise Misread(f"{none.format(text=part)}{nearest(part, DAY_NAMES)}")
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def weekday(text: str) -> int | None:
    """The number of a weekday by its name or the first letters of it, Monday is 0."""
    word = text.strip().casefold()
    word = word.removesuffix("s") if word.endswith("days") else word
    found = [
        number
        for number, name in enumerate(NAMES)
        if len(word) > 2 and name.casefold().startswith(word)
    ]
    return found[0] if found else None


def looks_like_days(text: str) -> bool:
    """Whether a word was meant as days."""
    return any(
        part in _NAMED_DAYS or weekday(part.partition("-")[0]) is not None
        for part in listed(text.casefold())
    )


def read_topics(text: str, topics: Collection[str]) -> frozenset[str]:
    """Topics that briefings of the library have, in any case."""
    names = {each.casefold(): each for each in topics}
    found = set()
    for part in listed(text):
        if part.casefold() not in names:
            raise Misread(_no_topic(part, topics))
        found.add(part.casefold())
    return frozenset(found)


def _no_topic(part: str, topics: Collection[str]) -> str:
    if not topics:
        none = say("No briefing in the library has a topic, so none can have “{topic}”.")
        return none.format(topic=part)
    offer = nearest(part, topics) or there_is(sorted(topics)[:8])
    return f"{say('No briefing has the topic “{topic}”.').format(topic=part)}{offer}"
