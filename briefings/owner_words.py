"""Every sentence about a channel's posts, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from briefings.daysoff import NO_DAYS_OFF, DaysOff
from briefings.form_words import LAYOUTS, SHIFTS
from briefings.phrases import NAMES
from briefings.schedule import EVERY_DAY, NEVER, Late
from briefings.terms import WORKING_DAYS, Terms, breaks_line, time_line
from briefings.words import day

CHANGED = "Briefings in this channel"
ENDED_TITLE = "No more briefings here"
ENDED = "This channel gets no more posts. /briefing still answers, and nothing was deleted."
NOT_SUBSCRIBED = "This channel gets no briefings yet: write /briefings subscribe."
NOT_PAUSED = "The posts here are not paused."
NOT_ALLOWED_TITLE = "Not yours to change"
DECLARED = (
    "This channel's posts are set in the bot's settings, and cannot be changed from here:"
    " ask whoever runs the bot."
)
WRONG_TITLE = "That is not clear yet"
MORE_SETTINGS = "Holidays and lateness"
CHANGE = "Change"
NEXT_TITLE = "The next posts here"
STATUS_TITLE = "What went out here"
WHY_TITLE = "Why this briefing"
PIN_TITLE = "Pinned"
HELP_TITLE = "/briefings: when and what is posted here"
DONE: Mapping[str, str] = {
    "subscribe": "set",
    "declare": "set",
    "unsubscribe": "ended",
    "pause": "paused",
    "resume": "resumed",
    "pin": "pinned",
    "approval": "approval changed",
}
"""What somebody did, by the name of the act."""
NOTHING_YET = "Nothing was due here in the last days."
NO_NEXT = "No post is to come."
ON_HOLIDAY_FOR_EVER = "until somebody writes /briefings resume"
OLD_FORM = "This form is of an earlier version: write /briefings subscribe again."
LATE_TITLE = "A post did not come"
HELP = (
    ("/briefings subscribe", "a form; or in one line:"),
    ("/briefings subscribe weekdays 08:30 Europe/Berlin topics:mobility", ""),
    ("… holidays:DE-BY shift:before off:2026-12-24..2027-01-01", "days without a post"),
    ("… layout:thread late:12h rest:90d not:sports", "what else can be set"),
    ("/briefings list", "what is set here, and who changed it"),
    ("/briefings next", "the coming five posts"),
    ("/briefings pause 2 weeks · resume · unsubscribe", ""),
    ("/briefings pin 2026-12-01 chery", "a certain briefing on a day"),
    ("/briefings why", "why today's briefing is the one it is"),
    ("/briefings status", "what went out, what did not, and why"),
    ("/briefings release 2026-12-01 post · there · skip", "what to do with a post that is held"),
    ("/briefings write · edit chery", "a briefing of your own, in a form"),
    ("/briefings approval #editors hold", "posts are shown there before, and held unless approved"),
    ("… #editors send · off", "they go out unless held; nobody is asked"),
)


def city(zone: ZoneInfo) -> str:
    """The zone as people call it: `Berlin`."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def summary(terms: Terms) -> str:
    """The terms in one sentence."""
    times = " and ".join(time_line(each) for each in sorted(terms.times))
    told = [f"{days(terms.weekdays)} at {times} in {_place(terms.zone)}"]
    told += [f"with {' or '.join(sorted(terms.topics))}"] if terms.topics else []
    told += [f"without {' and '.join(sorted(terms.without))}"] if terms.without else []
    return ", ".join(told) + "."


def _place(zone: ZoneInfo) -> str:
    """`Berlin (Europe/Berlin)`, or `UTC` alone."""
    return zone.key if city(zone) == zone.key else f"{city(zone)} ({zone.key})"


def details(terms: Terms) -> Sequence[str]:
    """What else is agreed, a sentence each."""
    told = [f"{LAYOUTS[terms.layout]}.", late(terms), rest(terms)]
    return [*told, calendar(terms.off)] if terms.off != NO_DAYS_OFF else told


def days(weekdays: frozenset[int]) -> str:
    """`Every day`, `On weekdays`, `On Mon, Wed`."""
    if weekdays == EVERY_DAY:
        return "Every day"
    if weekdays == WORKING_DAYS:
        return "On weekdays"
    return f"On {', '.join(NAMES[number][:3] for number in sorted(weekdays))}"


def late(terms: Terms) -> str:
    """What becomes of a late post."""
    match terms.late:
        case Late.SEND:
            return f"A late post is still sent for {hours(terms.late_until)}, on its own day."
        case Late.SKIP:
            return "A late post is left out."
        case Late.NEXT:
            return "A late post goes with the next one."
        case _:
            assert_never(terms.late)


def rest(terms: Terms) -> str:
    """When a briefing comes again."""
    if terms.repeats:
        return f"A briefing may come again after {terms.rest.days} days."
    return "No briefing comes twice."


def calendar(off: DaysOff) -> str:
    """The days off and their rule."""
    told = [f"a public holiday of {off.region}"] if off.region else []
    told += [f"in {breaks_line(off.breaks)}"] if off.breaks else []
    return f"A post whose day is {' or '.join(told) or 'off'} {SHIFTS[off.shift]}."


def hours(stretch: timedelta) -> str:
    """`12 hours`, `90 minutes`."""
    minutes = stretch // timedelta(minutes=1)
    return f"{minutes} minutes" if minutes % 60 else f"{minutes // 60} hours"


def from_when(first: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`From tomorrow, Tue 24 Nov, 08:30 in Berlin.`"""
    local, today = first.astimezone(zone), now.astimezone(zone).date()
    return f"From {relative(local.date(), today)}{local:%H:%M} in {city(zone)}."


def relative(when: date, today: date) -> str:
    """`tomorrow, Tue 24 Nov, `: the year where it is another one."""
    name = {0: "today, ", 1: "tomorrow, "}.get((when - today).days, "")
    return f"{name}{short_day(when, today)}, "


def short_day(when: date, today: date) -> str:
    """`Tue 24 Nov`, with the year where it is another one."""
    return day(when) if when.year != today.year else f"{when:%a} {when.day} {when:%b}"


def moment_in(when: datetime, zone: ZoneInfo, today: date) -> str:
    """`Tue 24 Nov, 08:30 in Berlin`."""
    local = when.astimezone(zone)
    return f"{short_day(local.date(), today)}, {local:%H:%M} in {city(zone)}"


def paused(until: datetime, zone: ZoneInfo, today: date) -> str:
    """Until when there are no posts."""
    if until >= NEVER:
        return f"Paused {ON_HOLIDAY_FOR_EVER}."
    return f"Paused until {short_day(until.astimezone(zone).date(), today)}."


def not_allowed(who: str) -> str:
    """Who may change a channel's posts."""
    return f"A channel's posts are changed by {who}."


def pinned(title: str, when: date, today: date) -> str:
    """What comes on a day."""
    return f"“{title}” comes here on {short_day(when, today)}, whatever else is new."


def unpinned(when: date, today: date) -> str:
    """That a day has no pin any more."""
    return f"Nothing is pinned to {short_day(when, today)} any more."


def missed(count: int, first: str, reason: str) -> str:
    """What a channel is told about posts that did not come."""
    what = f"The post of {first} did not come" if count == 1 else f"{count} posts did not come"
    return f"{what}: {reason}. /briefings status shows more."


def came_late(due: str, reason: str) -> str:
    """What stands on a late card."""
    return f"Late: it was due {due}, but {reason}."


def names_no_one(sought: str) -> str:
    """That words do not lead to one briefing."""
    return (
        f"“{sought}” fits no briefing, or several: look it up with /briefing, and take its title."
    )
