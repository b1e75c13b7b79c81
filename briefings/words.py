"""Every sentence the bot says about briefings, in one place, and its dates, lists and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_skeleton, get_day_names, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

from briefings.tongue import ENGLISH, count, mark, say, spoken

CONTINUED = mark("continued")
SOURCES = mark("Sources")
SOURCES_ARE = mark("Sources: {sources}")
SHARE = mark("Share")
DISCUSS = mark("Discuss")
MORE = mark("More")
PREVIOUS = mark("Previous")
OPEN_ONE = mark("Open one of these")
MORE_SECTIONS = mark("More sections")
UNTITLED = mark("The whole text")
NAMELESS = mark("Briefing without a title")
QUESTIONS = mark("Questions")
FIELDS = mark("About this briefing")
DID_YOU_MEAN = mark("Did you mean one of these?")
NO_MATCH = mark("No title, heading or text in the library has these words, or words like them.")
BROWSE = mark(
    "/briefing alone shows today's briefing; a word of its title finds any other."
    " Browse with /briefing last week, /briefing 2026-11 or /briefing topic:NAME."
)
EMPTY_LIBRARY = mark(
    "The library is empty: put documents into the folders that BRIEFING_FOLDERS names, or bring"
    " some in with briefing-bot import."
)
STILL_READING = mark("The library is still being read: ask again in a moment for all of it.")
NOTHING_THERE = mark("No briefing is there.")
STALE_TITLE = mark("Not there any more")
STALE = mark("What you chose has changed or left the library. Look it up with /briefing.")
REPEATED_TITLE = mark("Done already")
REPEATED = mark("This came twice and was done once. /briefings list shows what holds.")
BROKEN_TITLE = mark("That did not work")
BROKEN = mark("Something went wrong on my side, and it is written down. Please try again.")
NOTHING_TODAY = mark("No briefing today")
DISCUSSION_IS = mark("The discussion is in the thread under the card: {title}.")
NO_DISCUSSION = mark(
    "I know of no thread about this briefing here. Reply to this card to begin one."
)

LEFT = mark("what was posted here has left the library")
TAKEN_OUT = mark("The briefing was corrected, and this part was taken out.")
TODAY = mark("Today's briefing")
COMING = mark("Next in your channels")
NOTHING_COMING = mark(
    "None of your channels gets briefings yet: write /briefings subscribe in one."
)
TALKS = mark("Recent discussions")
NO_TALKS = mark("Nothing was posted in your channels lately.")
SEARCH = mark("Find a briefing")
SEARCH_HINT = mark("A few words about it, then Enter")

_DAY = {ENGLISH: "EEE d MMM y"}
_SHORT_DAY = {ENGLISH: "EEE d MMM"}
"""Dates as this bot writes them in English; other languages have theirs in Unicode's CLDR."""


def day(when: date) -> str:
    """A date as people say it: `Tue 24 Nov 2026`."""
    return _dated(when, _DAY, "yMMMEd")


def day_of_year(when: date) -> str:
    """A date of a year that everybody knows: `Tue 24 Nov`."""
    return _dated(when, _SHORT_DAY, "MMMEd")


def month(when: date) -> str:
    """A month as people say it: `November 2026`."""
    return format_skeleton("yMMMM", when, locale=spoken().language)


def clock(when: datetime) -> str:
    """A time of day: `08:30`."""
    return f"{when:%H:%M}"


def weekdays(*, short: bool = False) -> tuple[str, ...]:
    """The names of the weekdays, Monday first: `Monday`, or `Mon`."""
    names = get_day_names("abbreviated" if short else "wide", locale=spoken().language)
    return tuple(names[number] for number in range(7))


def all_of(things: Sequence[str]) -> str:
    """`08:30 and 16:00`."""
    return format_list(things, locale=spoken().language)


def any_of(things: Sequence[str]) -> str:
    """`mobility or energy`."""
    return format_list(things, "or", locale=spoken().language)


def number(many: int) -> str:
    """A large number as people write it: `3,000`."""
    return format_decimal(many, locale=spoken().language)


def continued(title: str) -> str:
    """The title of what goes on with a message; what goes on further is called the same."""
    pattern = say("{title} (continued)")
    before, _, after = pattern.partition("{title}")
    return pattern.format(title=title.removeprefix(before).removesuffix(after))


def reading_time(minutes: int) -> str:
    """How long a briefing takes to read."""
    return count("{number} min read", "{number} min read", minutes)


def about(query: str) -> str:
    """The title of a list of results."""
    return say("Briefings about “{query}”").format(query=query)


def nothing_about(query: str) -> str:
    """The title of an answer with no result."""
    return say("No briefing about “{query}”").format(query=query)


def nothing_today(reason: str) -> str:
    """Why there is no briefing today."""
    return say("There is none because {reason}.").format(reason=say(reason))


def on_topic(topic: str) -> str:
    """The title of the briefings of a topic."""
    return say("Briefings on {topic}").format(topic=topic)


def of_days(first: date, last: date) -> str:
    """The title of the briefings of some days."""
    if first == last:
        return say("Briefings of {day}").format(day=day(first))
    return say("Briefings from {first} to {last}").format(first=day(first), last=day(last))


def posted_here(when: date) -> str:
    """When a briefing was last posted in the channel."""
    return say("posted here on {day}").format(day=day(when))


def results(first: int, last: int, total: int) -> str:
    """Which results a page shows."""
    return say("{first} to {last} of {total}").format(first=first, last=last, total=total)


def few_words(read: int) -> str:
    """That a question was too long."""
    return count(
        "I read the first character of your question.",
        "I read the first {number} characters of your question.",
        read,
    )


def _dated(when: date, own: dict[str, str], skeleton: str) -> str:
    language = spoken().language
    if language in own:
        return parse_pattern(own[language]).apply(when, language)
    return format_skeleton(skeleton, when, locale=language)
