"""The room Library: search as the bot does, and each briefing as its readers will see it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from aiohttp import web

from bot.delivery.plan import draw_post
from bot.library.beside import Row, rows
from bot.page import words
from bot.page.room import Route, View, Wrong
from bot.page.sources import Painter
from bot.platforms.gauges import Gauge, fullest
from bot.web import FILES
from briefings.card import compose_post
from briefings.chapters import title_of
from briefings.manners import Manners
from briefings.message import Post
from briefings.model import BriefingId, Entry
from briefings.reading.reader import read
from briefings.reading.result import Reading, Unreadable
from briefings.schedule import Layout
from briefings.search import Choice, Miss, Results, Winner, decide

MODULES = tuple(sorted(each.name for each in FILES.glob("*.js")))
"""What draws a message, which a browser may fetch at once rather than one after the other."""

LAYOUTS = {Layout.THREAD: "in a thread", Layout.WHOLE: "in the channel", Layout.CARD: "card alone"}

PAGE = 50
MOST_ROWS = 1_500
"""Lines of a source that are shown."""
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """A briefing on one platform: how many messages, and how full the fullest of them is."""

    platform: str
    messages: int
    gauges: Sequence[Gauge]


async def show(view: View) -> web.Response:
    """What the bot would find, or all there is, the newest first."""
    query = view.request.query.get("q", "").strip()[:LONGEST_QUERY]
    if query:
        found = await view.sources.results(query)
        return view.page("found.html", query=query, found=found, answer=_answer(found))
    number = _page_number(view.request.query.get("page", ""))
    entries = sorted(view.sources.library().values(), key=_newest, reverse=True)
    shown = entries[number * PAGE : (number + 1) * PAGE]
    last = max(0, len(entries) - 1) // PAGE
    listed = [(each, title_of(each.briefing)) for each in shown]
    return view.page(
        "library.html", query="", entries=listed, total=len(entries), number=number, last=last
    )


async def briefing(view: View) -> web.Response:
    """One briefing: how it will look, how near it comes to limits, and its source."""
    entry, layout = _entry(view), _layout(view)
    post = _post(entry, layout)
    document = await _document(view, entry.id)
    beside: Sequence[Row] = ()
    reading, refused = None, None
    if document:
        try:
            reading = await asyncio.to_thread(read, document[1], document[0])
            beside = rows(document[1], reading)
        except Unreadable as error:
            refused = str(error)
    return view.page(
        "briefing.html",
        entry=entry,
        title=title_of(entry.briefing),
        layout=layout,
        layouts=LAYOUTS,
        previews=[_preview(post, *each) for each in view.sources.painters.items()],
        rows=beside[:MOST_ROWS],
        hidden=max(0, len(beside) - MOST_ROWS),
        doubts=_doubts(reading),
        refused=refused,
        name=document[0] if document else None,
        version=document[2] if document else None,
        modules=MODULES,
    )


async def drawn(view: View) -> web.Response:
    """The messages of a briefing in a platform's own JSON, for the page to draw."""
    entry, platform = _entry(view), view.request.match_info["platform"]
    painter = view.sources.painters.get(platform)
    if painter is None:
        raise Wrong(404, words.NOT_HERE)
    post = _post(entry, _layout(view))
    return web.json_response({
        "card": len(painter.draw(post.card)),
        "threaded": post.threaded,
        "messages": list(draw_post(post, painter.draw)),
    })  # fmt: skip


ROUTES: tuple[Route, ...] = (
    ("GET", "/library", show),
    ("GET", "/library/{briefing}", briefing),
    ("GET", "/library/{briefing}/{platform}.json", drawn),
)


def _answer(found: Results) -> str:
    """What the bot would do, in a word or two of the template: `winner`, `choice` or `miss`."""
    match decide(found):
        case Winner():
            return "winner"
        case Choice():
            return "choice"
        case Miss():
            return "miss"
        case never:
            assert_never(never)


def _entry(view: View) -> Entry:
    entry = view.sources.library().get(BriefingId(view.request.match_info["briefing"]))
    if entry is None:
        raise Wrong(404, words.NO_BRIEFING)
    return entry


async def _document(view: View, briefing: BriefingId) -> tuple[str, bytes, int] | None:
    """The name, the bytes and the number of the newest version."""
    held = await view.sources.documents.find(briefing)
    version = await view.sources.documents.document(briefing, held.version) if held else None
    return (version.name, version.document, version.number) if version else None


def _post(entry: Entry, layout: Layout) -> Post:
    """The post as a channel gets it that chose nothing else."""
    return compose_post(entry, layout, Manners())


def _layout(view: View) -> Layout:
    wanted = view.request.query.get("layout")
    return next((each for each in Layout if each == wanted), Layout.THREAD)


def _preview(post: Post, platform: str, painter: Painter) -> Preview:
    payloads = draw_post(post, painter.draw)
    return Preview(platform, len(payloads), fullest(map(painter.gauges, payloads)))


def _doubts(reading: Reading | None) -> int:
    return len(reading.warnings) if reading else 0


def _newest(entry: Entry) -> tuple[date, BriefingId]:
    return entry.briefing.date or entry.added.date(), entry.id


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
