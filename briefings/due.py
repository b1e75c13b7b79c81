"""Which editions are due now, and whether a late one is still sent, skipped, or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import TypeAlias, assert_never

from briefings.moments import known_moment
from briefings.schedule import Edition, Late, Subscription, editions_between, next_moment

LOOK_BACK = timedelta(days=7)
"""How far back a missed edition is still noticed and recorded."""

PUNCTUAL = timedelta(minutes=5)
"""An edition that leaves within this time of its moment is not called late."""

PATIENCE = timedelta(minutes=10)
"""How much longer a platform that fails is waited for, where a channel wants no late post."""


class Verdict(Enum):
    """What an edition whose moment has come deserves now."""

    SEND = auto()
    SEND_LATE = auto()
    SKIP = auto()
    WAIT = auto()
    """It goes with the next one."""


@dataclass(frozen=True, slots=True)
class Due:
    """An edition whose moment (UTC) has come, and whether it is still sent."""

    edition: Edition
    subscription: Subscription
    moment: datetime
    verdict: Verdict

    @property
    def expires_at(self) -> datetime | None:
        """From when on it is too late to begin sending it, where its channel sets a term."""
        subscription = self.subscription
        if self.verdict is Verdict.SEND_LATE and subscription.late is Late.NEXT:
            return None
        match subscription.late:
            case Late.SEND:
                return _end_of(self.edition.day, self.moment, subscription)
            case Late.SKIP:
                return self.moment + PUNCTUAL + PATIENCE
            case Late.NEXT:
                return None
            case _:
                assert_never(subscription.late)

    @property
    def missed(self) -> bool:
        """Whether it is too late to send it."""
        return self.verdict is Verdict.SKIP


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a subscription's clock says: the editions to take up now, oldest first.

    Every edition before `cursor` is settled; there is nothing to do before `look_at`. Both are
    nothing where no edition is to come.
    """

    due: tuple[Due, ...]
    cursor: datetime | None
    look_at: datetime | None


def _end_of(day: date, when: datetime, subscription: Subscription) -> datetime:
    """When a late post is over: its time, or its local day, but never before it is late."""
    term = when + max(subscription.late_until, PUNCTUAL)
    midnight = known_moment(day + timedelta(days=1), time(0), subscription.zone)
    return min(term, max(midnight, when + PUNCTUAL)) if midnight else term


Done: TypeAlias = Callable[[Edition], bool]


def due(subscriptions: Iterable[Subscription], now: datetime, done: Done) -> Iterator[Due]:
    """The editions whose moment has come and that are not done, oldest moment first."""
    waiting = (
        each
        for subscription in subscriptions
        for each in _judged(subscription, now - LOOK_BACK, now)
        if each.verdict is not Verdict.WAIT and not done(each.edition)
    )
    return iter(sorted(waiting, key=lambda each: (each.moment, each.edition)))


def reckon(subscription: Subscription, cursor: datetime, now: datetime) -> Reckoning:
    """What is to be done for a subscription whose editions before `cursor` are settled."""
    judged = _judged(subscription, max(cursor, now - LOOK_BACK), now)
    waiting = [each.moment for each in judged if each.verdict is Verdict.WAIT]
    look_at = next_moment(subscription, now)
    return Reckoning(
        tuple(each for each in judged if each.verdict is not Verdict.WAIT),
        waiting[0] if waiting else look_at,
        look_at,
    )


def _judged(subscription: Subscription, start: datetime, now: datetime) -> list[Due]:
    """The editions from `start` until now, each with its verdict."""
    told = list(editions_between(subscription, start, now))
    follows = [*(when for _, when in told), None][1:]
    return [
        Due(edition, subscription, when, _verdict(subscription, edition, when, (now, after)))
        for (edition, when), after in zip(told, follows, strict=True)
    ]


def _verdict(
    subscription: Subscription,
    edition: Edition,
    when: datetime,
    clock: tuple[datetime, datetime | None],
) -> Verdict:
    """`clock` is the time and the moment of the edition that followed, where one did."""
    now, after = clock
    late = now - when
    if late <= PUNCTUAL:
        return Verdict.SEND
    if subscription.late is Late.NEXT:
        if after is None:
            return Verdict.WAIT
        return Verdict.SEND_LATE if now - after <= PUNCTUAL else Verdict.SKIP
    if subscription.late is Late.SKIP or late > subscription.late_until:
        return Verdict.SKIP
    over = now.astimezone(subscription.zone).date() > edition.day
    return Verdict.SKIP if over else Verdict.SEND_LATE
