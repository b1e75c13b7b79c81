"""Every sentence about a channel's posts, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from briefings.schedule import NEVER
from briefings.tongue import ENGLISH, mark, say, spoken
from briefings.words import clock, day, day_of_year

CHANGED = mark("Briefings in this channel")
ENDED_TITLE = mark("No more briefings here")
ENDED = mark("This channel gets no more posts. /briefing still answers, and nothing was deleted.")
NOT_SUBSCRIBED = mark("This channel gets no briefings yet: write /briefings subscribe.")
NOT_PAUSED = mark("The posts here are not paused.")
NOT_ALLOWED_TITLE = mark("Not yours to change")
DECLARED = mark(
    "This channel's posts are set in the bot's settings, and cannot be changed from here:"
    " ask whoever runs the bot."
)
WRONG_TITLE = mark("That is not clear yet")
MORE_SETTINGS = mark("Holidays and lateness")
CHANGE = mark("Change")
FILL_IN_AGAIN = mark("Fill in again")
LANGUAGE = mark("Language")
NEXT_TITLE = mark("The next posts here")
STATUS_TITLE = mark("What went out here")
WHY_TITLE = mark("Why this briefing")
WHY = mark("{title}: it is {reason}.")
WITHOUT_IT = mark("Without it, “{title}” would have come.")
NONE_TODAY = mark("There is none today because {reason}.")
PIN_TITLE = mark("Pinned")
HELP_TITLE = mark("/briefings: when and what is posted here")
NEXT = mark("Next: {when}.")
OUTCOMES = {
    (True, True): mark("{when}: “{title}” {state} ({reason})."),
    (True, False): mark("{when}: “{title}” {state}."),
    (False, True): mark("{when}: {state} ({reason})."),
    (False, False): mark("{when}: {state}."),
}
"""What became of an edition, by whether it has a title, and a reason."""
DONE: Mapping[str, str] = {
    "subscribe": mark("{when}: set by {person}"),
    "declare": mark("{when}: set by {person}"),
    "unsubscribe": mark("{when}: ended by {person}"),
    "pause": mark("{when}: paused by {person}"),
    "resume": mark("{when}: resumed by {person}"),
    "pin": mark("{when}: pinned by {person}"),
    "approval": mark("{when}: approval changed by {person}"),
    "discussions": mark("{when}: discussions changed by {person}"),
}
"""What somebody did, by the name of the act."""
DID = mark("{when}: {act} by {person}")
NOTHING_YET = mark("Nothing was due here in the last days.")
NO_NEXT = mark("No post is to come.")
OLD_FORM = mark("This form is of an earlier version: write /briefings subscribe again.")
LATE_TITLE = mark("A post did not come")
HELP = (
    ("/briefings subscribe", mark("a form; or in one line:")),
    ("/briefings subscribe weekdays 08:30 Europe/Berlin topics:mobility", ""),
    ("… holidays:DE-BY shift:before off:2026-12-24..2027-01-01", mark("days without a post")),
    ("… layout:thread late:12h rest:90d not:sports", mark("what else can be set")),
    ("… language:de", mark("the language of what is posted here")),
    ("/briefings list", mark("what is set here, and who changed it")),
    ("/briefings next", mark("the coming five posts")),
    ("/briefings pause 2 weeks · resume · unsubscribe", ""),
    ("/briefings pin 2026-12-01 chery", mark("a certain briefing on a day")),
    ("/briefings why", mark("why today's briefing is the one it is")),
    ("/briefings status", mark("what went out, what did not, and why")),
    (
        "/briefings release 2026-12-01 post · there · skip",
        mark("what to do with a post that is held"),
    ),
    ("/briefings write · edit chery", mark("a briefing of your own, in a form")),
    (
        "/briefings approval #editors hold",
        mark("posts are shown there before, and held unless approved"),
    ),
    ("… #editors send · off", mark("they go out unless held; nobody is asked")),
    ("/briefings discussed chery", mark("what was discussed here; alone: all of it")),
    ("/briefings recap chery", mark("what its discussion came to so far; alone: the newest one")),
    ("/briefings discussions", mark("how this channel discusses")),
    ("… text:on kept:90d recap:17:00 in:thread", mark("what is kept, and when a recap comes")),
    ("/briefings watched", mark("what I will ask about, and when")),
    ("/briefings page", mark("a link to the page with all of this")),
)
"""What can be written, which is the same in every language, and what it does."""


def city(zone: ZoneInfo) -> str:
    """The zone as people call it: `Berlin`."""
    language = spoken().language
    named = zone.key if language == ENGLISH else _exemplar(zone, language)
    return named.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1_000)
def _exemplar(zone: ZoneInfo, language: str) -> str:
    """The zone's city as a language has it. https://cldr.unicode.org/translation/time-zones"""
    return get_timezone_location(zone, locale=language, return_city=True)


def from_when(first: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`From tomorrow, Tue 24 Nov, 08:30 in Berlin.`"""
    local, today = first.astimezone(zone), now.astimezone(zone).date()
    told = {0: mark("From today, {when}."), 1: mark("From tomorrow, {when}.")}
    ahead = (local.date() - today).days
    return say(told.get(ahead, mark("From {when}."))).format(when=moment_in(first, zone, today))


def short_day(when: date, today: date) -> str:
    """`Tue 24 Nov`, with the year where it is another one."""
    return day(when) if when.year != today.year else day_of_year(when)


def moment_in(when: datetime, zone: ZoneInfo, today: date) -> str:
    """`Tue 24 Nov, 08:30 in Berlin`."""
    local = when.astimezone(zone)
    return say("{day}, {time} in {city}").format(
        day=short_day(local.date(), today), time=clock(local), city=city(zone)
    )


def paused(until: datetime, zone: ZoneInfo, today: date) -> str:
    """Until when there are no posts."""
    if until >= NEVER:
        return say("Paused until somebody writes /briefings resume.")
    ends = short_day(until.astimezone(zone).date(), today)
    return say("Paused until {day}.").format(day=ends)


def not_allowed(who: str) -> str:
    """Who may change a channel's posts."""
    return say("A channel's posts are changed by {who}.").format(who=say(who))


def pinned(title: str, when: date, today: date) -> str:
    """What comes on a day."""
    return say("“{title}” comes here on {day}, whatever else is new.").format(
        title=title, day=short_day(when, today)
    )


def unpinned(when: date, today: date) -> str:
    """That a day has no pin any more."""
    return say("Nothing is pinned to {day} any more.").format(day=short_day(when, today))


def missed(number: int, first: str, reason: str) -> str:
    """What a channel is told about posts that did not come."""
    if number == 1:
        one = say("The post of {first} did not come: {reason}. /briefings status shows more.")
        return one.format(first=first, reason=reason)
    many = say("{number} posts did not come: {reason}. /briefings status shows more.")
    return many.format(number=number, reason=reason)


def came_late(due: str, reason: str) -> str:
    """What stands on a late card."""
    return say("Late: it was due {due}, but {reason}.").format(due=due, reason=reason)


def names_no_one(sought: str) -> str:
    """That words do not lead to one briefing."""
    return say(
        "“{words}” fits no briefing, or several: look it up with /briefing, and take its title."
    ).format(words=sought)
