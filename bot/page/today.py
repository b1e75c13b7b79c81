"""The room Today: what goes out, what went out, and what waits to be released."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.errors import SettingError
from bot.page import words
from bot.page.calendar import DAYS, Slot, deciders, newest_first, of_coming, of_record, week
from bot.page.forecast import Coming, forecast
from bot.page.room import Route, View, Wrong
from bot.store.agreements import Place
from bot.store.releasing import Verdict
from bot.store.rows import Record
from briefings.schedule import Edition, SubscriptionId

log = logging.getLogger(__name__)

PAST = 30
MOST_HELD = 100
HOUR_GLASS = ZoneInfo("UTC")
"""The zone in which moments are told where no channel is to be seen."""


async def show(view: View) -> web.Response:
    """A week from today on, what waits, and what went out lately."""
    done = Verdict.__members__.get(view.request.query.get("done", ""))
    return await _page(view, told=words.RELEASED[done] if done else None)


async def release(view: View) -> web.Response:
    """Go on with a post that waits, as somebody found it who looked."""
    sent = await view.request.post()
    found = Verdict.__members__.get(str(sent.get("found")))
    if found is None:
        raise Wrong(400, words.UNFOUND)
    record = await _held(view, str(sent.get("subscription")), str(sent.get("day")))
    message = str(sent.get("message") or "").strip() or None
    try:
        await view.sources.ledger.release(record, found, message)
    except SettingError as error:
        return await _page(view, wrong=str(error), status=409)
    said = {"action": "page.released", "channel": record.plan.channel}
    log.info("%s released a post: %s.", view.visitor.person, found.value, extra=said)
    return web.Response(status=303, headers={"Location": f"/bot/today?done={found.name}"})


ROUTES: tuple[Route, ...] = (("GET", "/today", show), ("POST", "/today/release", release))


async def _page(
    view: View, told: str | None = None, wrong: str | None = None, status: int = 200
) -> web.Response:
    sources = view.sources
    now = sources.clock.now()
    coming = await forecast(sources, view.places, now + timedelta(days=DAYS))
    past = await sources.overview.posts(view.places, PAST)
    held = await sources.overview.held(view.places, MOST_HELD)
    names = await sources.names.of(_places(coming, [*past, *held]))
    people = await sources.names.people(deciders(coming))
    zones = {each.place: each.subscription.zone for each in coming}
    usual = _usual(zones)
    today = now.astimezone(usual).date()
    gone = _slots(view, past, names, zones)
    will = [of_coming(each, names, sources.title, people) for each in coming]
    return view.page(
        "today.html",
        status,
        days=week(today, [*will, *gone]),
        past=newest_first(gone),
        held=list(zip(held, _slots(view, held, names, zones), strict=True)),
        told=told,
        wrong=wrong,
        clocks=_clocks(now, [*will, *gone]),
        has_any=bool(coming or past),
    )


def _usual(zones: Mapping[Place, ZoneInfo]) -> ZoneInfo:
    """The zone of most channels."""
    most = Counter(zones.values()).most_common(1)
    return most[0][0] if most else HOUR_GLASS


def _clocks(now: datetime, slots: Sequence[Slot]) -> Sequence[tuple[str, datetime]]:
    """Each zone in which something is told, with its time by now, from west to east."""
    zones = {slot.zone: now.astimezone(slot.at.tzinfo) for slot in slots}
    return sorted(zones.items(), key=lambda one: (one[1].replace(tzinfo=None), one[0]))


def _slots(
    view: View,
    records: Sequence[Record],
    names: Mapping[Place, str],
    zones: Mapping[Place, ZoneInfo],
) -> Sequence[Slot]:
    title = view.sources.title
    return [
        of_record(
            each, names, title, zones.get((each.plan.platform, each.plan.channel), HOUR_GLASS)
        )
        for each in records
    ]


def _places(coming: Sequence[Coming], records: Sequence[Record]) -> set[Place]:
    return {each.place for each in coming} | {
        (each.plan.platform, each.plan.channel) for each in records
    }


async def _held(view: View, subscription: str, day: str) -> Record:
    """A post that waits, where the visitor may release it."""
    try:
        edition = Edition(SubscriptionId(subscription), date.fromisoformat(day))
    except ValueError:
        raise Wrong(404, words.NOT_YOURS) from None
    record = await view.sources.ledger.find(edition)
    plan = record.plan if record else None
    if record is None or plan is None or not view.visitor.may_see((plan.platform, plan.channel)):
        raise Wrong(404, words.NOT_YOURS)
    return record
