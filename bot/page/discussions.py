"""The room Discussions: threads, what waits for approval, and who spoke about what over time."""

from __future__ import annotations

from datetime import UTC, datetime, time

from aiohttp import web

from bot.page.plots import begins, by_row, weekly
from bot.page.room import Route, View

MOST = 100


async def show(view: View) -> web.Response:
    """All of it on one page."""
    sources, places = view.sources, view.places
    today = sources.clock.now().date()
    talks = await sources.overview.talks(places, MOST)
    recaps = await sources.overview.recaps(places, MOST)
    since = datetime.combine(begins(today), time(0), UTC)
    spoken = await sources.overview.spoken(places, since)
    places_of = [*(each.place for each in talks), *(each.place for each in recaps)]
    names = await sources.names.of(places_of)
    people = await sources.names.people({(each.place[0], each.person) for each in spoken})
    return view.page(
        "discussions.html",
        talks=[(each, names[each.place]) for each in talks],
        recaps=[(each, names[each.place]) for each in recaps],
        total=len(spoken),
        weekly=weekly(spoken, today),
        people=by_row(spoken, today, lambda each: people[each.place[0], each.person]),
        subjects=by_row(spoken, today, lambda each: each.title),
    )


ROUTES: tuple[Route, ...] = (("GET", "/discussions", show),)
