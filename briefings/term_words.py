"""What a channel agreed on, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from briefings.daysoff import NO_DAYS_OFF, DaysOff
from briefings.form_words import LAYOUTS_TOLD, SHIFTS_TOLD
from briefings.languages import name_of
from briefings.owner_words import city
from briefings.schedule import EVERY_DAY, Late
from briefings.terms import WORKING_DAYS, Terms, breaks_line, time_line
from briefings.tongue import count, mark, say
from briefings.words import all_of, any_of
from briefings.words import weekdays as names_of_weekdays

SUMMARIES = {
    (False, False): mark("{days} at {times} in {zone}."),
    (True, False): mark("{days} at {times} in {zone}, with {topics}."),
    (False, True): mark("{days} at {times} in {zone}, without {others}."),
    (True, True): mark("{days} at {times} in {zone}, with {topics}, without {others}."),
}
"""By whether there are topics that are wanted, and some that are not."""


def summary(terms: Terms) -> str:
    """The terms in one sentence."""
    told = {
        "days": days(terms.weekdays),
        "times": all_of([time_line(each) for each in sorted(terms.times)]),
        "zone": _place(terms.zone),
        "topics": any_of(sorted(terms.topics)),
        "others": all_of(sorted(terms.without)),
    }
    return say(SUMMARIES[bool(terms.topics), bool(terms.without)]).format(**told)


def _place(zone: ZoneInfo) -> str:
    """`Berlin (Europe/Berlin)`, or `UTC` alone."""
    return zone.key if city(zone) == zone.key else f"{city(zone)} ({zone.key})"


def details(terms: Terms) -> Sequence[str]:
    """What else is agreed, a sentence each."""
    told = [say(LAYOUTS_TOLD[terms.layout]), late(terms), rest(terms)]
    told += [calendar(terms.off)] if terms.off != NO_DAYS_OFF else []
    return [*told, say("The posts are in {language}.").format(language=name_of(terms.language))]


def days(weekdays: frozenset[int]) -> str:
    """`Every day`, `On weekdays`, `On Mon and Wed`."""
    if weekdays == EVERY_DAY:
        return say("Every day")
    if weekdays == WORKING_DAYS:
        return say("On weekdays")
    names = names_of_weekdays(short=True)
    return say("On {days}").format(days=all_of([names[number] for number in sorted(weekdays)]))


def late(terms: Terms) -> str:
    """What becomes of a late post."""
    match terms.late:
        case Late.SEND:
            stretch = hours(terms.late_until)
            return say("A late post is still sent for {stretch}, on its own day.").format(
                stretch=stretch
            )
        case Late.SKIP:
            return say("A late post is left out.")
        case Late.NEXT:
            return say("A late post goes with the next one.")
        case _:
            assert_never(terms.late)


def rest(terms: Terms) -> str:
    """When a briefing comes again."""
    if terms.repeats:
        return count(
            "A briefing may come again after {number} day.",
            "A briefing may come again after {number} days.",
            terms.rest.days,
        )
    return say("No briefing comes twice.")


def calendar(off: DaysOff) -> str:
    """The days off and their rule."""
    holidays = say("the public holidays of {region}").format(region=off.region)
    named = [*([holidays] if off.region else ()), *filter(None, [breaks_line(off.breaks)])]
    told = [say("Days off: {days}.").format(days=all_of(named))] if named else []
    return " ".join([*told, say(SHIFTS_TOLD[off.shift])])


def hours(stretch: timedelta) -> str:
    """`12 hours`, `90 minutes`."""
    minutes = stretch // timedelta(minutes=1)
    if minutes % 60:
        return count("{number} minute", "{number} minutes", minutes)
    return count("{number} hour", "{number} hours", minutes // 60)
