"""A week of posts, day by day: what went out, what waits, and what will come. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.page import words
from bot.page.forecast import Coming
from bot.page.sources import Person
from bot.store.agreements import Place
from bot.store.rows import Record
from briefings.model import BriefingId
from briefings.pick import Nothing

DAYS = 7
Titles = Callable[[BriefingId | None], str | None]


@dataclass(frozen=True, slots=True)
class Slot:
    """A post on the calendar: when (local), where, what, why, and what would have come instead."""

    at: datetime
    platform: str
    channel: str
    state: str
    briefing: BriefingId | None = None
    title: str | None = None
    why: str | None = None
    runner_up: str | None = None
    note: str | None = None

    @property
    def zone(self) -> str:
        """The name of the time zone in which `at` is told."""
        return str(self.at.tzinfo)


@dataclass(frozen=True, slots=True)
class Day:
    """A local day and its posts, the earliest first."""

    date: date
    is_today: bool
    slots: Sequence[Slot]


def week(today: date, slots: Iterable[Slot]) -> Sequence[Day]:
    """Seven days from today on."""
    days = [today + timedelta(days=number) for number in range(DAYS)]
    found: dict[date, list[Slot]] = {day: [] for day in days}
    for slot in slots:
        if slot.at.date() in found:
            found[slot.at.date()].append(slot)
    return [Day(day, day == today, sorted(found[day], key=_order)) for day in days]


def newest_first(slots: Iterable[Slot]) -> Sequence[Slot]:
    """By the hours that are read, each of its own zone."""
    named = sorted(slots, key=lambda slot: (slot.platform, slot.channel))
    return sorted(named, key=lambda slot: slot.at.replace(tzinfo=None), reverse=True)


def of_coming(
    each: Coming, names: Mapping[Place, str], title: Titles, people: Mapping[Person, str]
) -> Slot:
    """An edition that is to come."""
    at = each.at.astimezone(each.subscription.zone)
    platform, note = each.place[0], _approved(each, people)
    channel = names[each.place]
    if each.picked is None:
        return Slot(at, platform, channel, "coming", note=note)
    if isinstance(each.picked, Nothing):
        return Slot(at, platform, channel, "nothing", why=each.picked.reason.value, note=note)
    picked = each.picked
    other = title(picked.runner_up)
    told = (picked.briefing, title(picked.briefing), picked.reason.value, other)
    return Slot(at, platform, channel, "coming", *told, note)


def of_record(record: Record, names: Mapping[Place, str], title: Titles, zone: ZoneInfo) -> Slot:
    """An edition that has a row, whatever became of it."""
    plan = record.plan
    late = f"late: {plan.late_reason}" if plan.late_reason else None
    note = "; ".join(each for each in (plan.reason, late) if each) or None
    told = (plan.briefing, plan.title or title(plan.briefing), plan.pick_reason)
    channel = names[plan.platform, plan.channel]
    at = plan.due_at.astimezone(zone)
    return Slot(at, plan.platform, channel, plan.state.value, *told, title(plan.runner_up), note)


def deciders(coming: Iterable[Coming]) -> set[Person]:
    """Who approved of what is to come, or held it."""
    decided = ((each.place[0], each.approval) for each in coming if each.approval)
    return {(platform, it.decision.person) for platform, it in decided if it.decision}


def _approved(each: Coming, people: Mapping[Person, str]) -> str | None:
    approval = each.approval
    if approval is None:
        return None
    if approval.decision is None:
        return f"up for approval in {approval.rule.called}; silence means {approval.rule.silence}"
    verdict, person = approval.decision.verdict, approval.decision.person
    return f"{words.DECIDED[verdict]} by {people[each.place[0], person]}"


def _order(slot: Slot) -> tuple[datetime, datetime, str, str]:
    return slot.at.replace(tzinfo=None), slot.at, slot.platform, slot.channel
