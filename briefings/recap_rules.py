"""When a discussion is recapped: after a quiet while, or at an hour of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from briefings.calendars import read_stretch
from briefings.manners import NO_RECAP
from briefings.moments import moment
from briefings.phrases import Misread, looks_like_times, read_times
from briefings.tongue import say

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=2)
"""What counts as quiet."""

RECENT = timedelta(days=3)
"""What was said longer ago is over: a recap of it would come from nowhere."""

OFFS = ("off", "none", "no", "never")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Once nobody has said anything for so long."""

    stretch: timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """At this local time."""

    at: time


Rule: TypeAlias = Quiet | Daily


def read_rule(text: str) -> Rule | None:
    """`off`, `quiet 4h` or `17:00`; nothing for off. Raises Misread."""
    line = " ".join(text.casefold().split())
    if line in OFFS:
        return None
    if looks_like_times(line.removeprefix("at ")):
        times = read_times(line.removeprefix("at "))
        if len(times) > 1:
            raise Misread(say("A recap comes once a day: write one time, such as 17:00."))
        return Daily(times[0].replace(second=0))
    if line.startswith("quiet"):
        return Quiet(_read_quiet(line.removeprefix("quiet").removeprefix(" for")))
    said = say("“{text}” is no time for a recap: write recap off, recap quiet 4h or recap 17:00.")
    raise Misread(said.format(text=text))


def line_of_rule(rule: Rule | None) -> str:
    """The rule as people type it, which `read_rule` reads again."""
    match rule:
        case None:
            return NO_RECAP
        case Daily(at):
            return f"{at:%H:%M}"
        case Quiet(stretch):
            minutes = stretch // timedelta(minutes=1)
            return f"quiet {minutes}m" if minutes % 60 else f"quiet {minutes // 60}h"


def is_due(
    rule: Rule | None, spoken: tuple[datetime, datetime], now: datetime, zone: ZoneInfo
) -> bool:
    """Whether it is time; `spoken` is when the talk began anew, and its newest word so far."""
    first, last = spoken
    if rule is None or last < now - RECENT:
        return False
    if isinstance(rule, Quiet):
        return last + rule.stretch <= now
    hour = _latest(rule.at, now, zone)
    return hour is not None and first < hour


def _latest(at: time, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The last time that it was this late."""
    today = now.astimezone(zone).date()
    days = (today, today - timedelta(days=1))
    hours = (moment(day, at, zone) for day in days)
    return next((hour for hour in hours if hour and hour <= now), None)


def _read_quiet(text: str) -> timedelta:
    stretch = read_stretch(text or "4h")
    if not SHORTEST <= stretch <= LONGEST:
        raise Misread(say("Quiet is from 10 minutes to 2 days: write recap quiet 4h."))
    return stretch
