"""A report of what became of posts: readers who acted, replies by section and week, signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.clock import Clock
from bot.errors import SettingError
from bot.settings import Configuration
from bot.store.agreements import Place
from bot.store.database import exists, look_into
from bot.store.figures import Figures, Remark
from bot.store.versions import Versions
from briefings.chapters import chapters, name_of
from briefings.followups import Kind
from briefings.model import Briefing, BriefingId

WHOLE = "(the whole)"
"""The section of replies that are about no part of a briefing."""


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """A channel's figures; replies are counted by section and by the Monday of their week."""

    platform: str
    channel: str
    posts: int
    readers: int
    signals: Mapping[Kind, int]
    replies: Mapping[tuple[str, date], int]

    @property
    def by_section(self) -> Mapping[str, int]:
        """Replies to each section, the most discussed first."""
        found: Counter[str] = Counter()
        for (section, _), number in self.replies.items():
            found[section] += number
        return dict(found.most_common())


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of some days, UTC, of every channel that had any; all by channel."""

    first: date
    last: date
    channels: tuple[ChannelReport, ...]

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that it covers."""
        start = _monday(self.first)
        count = (self.last - start).days // 7 + 1
        return tuple(start + timedelta(weeks=number) for number in range(count))


async def report(
    configuration: Configuration, clock: Clock, days: int, channel: str | None = None
) -> Report:
    """The figures of the last days; of one channel, such as `slack:C0123456789`, or of all."""
    now = clock.now()
    first = (now - timedelta(days=days)).date()
    if not exists(configuration.own.database_url):
        raise SettingError("There is no database yet: `briefing-bot run` makes one.")
    async with look_into(configuration.own.database_url) as database:
        figures, versions = Figures(database), Versions(database)
        since = datetime(first.year, first.month, first.day, tzinfo=UTC)
        remarks = await figures.remarks(since)
        sections = {
            each: await _sections(versions, each) for each in {one.briefing for one in remarks}
        }
        posts, readers = await figures.posts(since), await figures.readers(since)
        signals = await figures.signals(first)
    replies = _counted(remarks, sections)
    places = sorted({*posts, *readers, *signals, *replies})
    told = (
        ChannelReport(
            *place,
            posts.get(place, 0),
            readers.get(place, 0),
            signals.get(place, {}),
            replies.get(place, {}),
        )
        for place in places
        if channel in {None, place[1], ":".join(place)}
    )
    return Report(first, now.date(), tuple(told))


def rows(told: Report) -> Iterator[tuple[str, str, str, str, str, int]]:
    """The report as rows: platform, channel, figure, of what, in which week, how many."""
    for each in told.channels:
        place = (each.platform, each.channel)
        yield *place, "posts", "", "", each.posts
        yield *place, "readers", "", "", each.readers
        yield from ((*place, "signals", kind.value, "", each.signals.get(kind, 0)) for kind in Kind)
        for (section, week), number in sorted(each.replies.items()):
            yield *place, "replies", section, week.isoformat(), number


async def _sections(versions: Versions, briefing: BriefingId) -> tuple[str, ...]:
    """The names of a briefing's sections as they are now."""
    came = await versions.of(briefing)
    found: Briefing | None = await versions.read(briefing, came[-1].number) if came else None
    return tuple(name_of(each) for each in chapters(found)) if found else ()


def _counted(
    remarks: Iterable[Remark], sections: Mapping[BriefingId, tuple[str, ...]]
) -> dict[Place, dict[tuple[str, date], int]]:
    found: dict[Place, dict[tuple[str, date], int]] = {}
    for each in remarks:
        names = sections[each.briefing]
        number = each.section
        name = names[number] if number is not None and number < len(names) else ""
        of = (name or WHOLE, _monday(each.at.date()))
        here = found.setdefault(each.place, {})
        here[of] = here.get(of, 0) + 1
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
