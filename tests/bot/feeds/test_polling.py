"""Feeds and pages that come by themselves, over a server on this machine."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.feeds import asking
from bot.feeds.apart import read_apart
from bot.feeds.polling import Poller, Wanted
from bot.feeds.walls import Opener, any_socket, public_socket
from bot.library.holdings import Holdings
from bot.store.briefings import Briefings
from bot.store.database import open_database
from bot.store.feeds import Feed, Feeds
from bot.store.keeping import Became, Found
from briefings.model import Entry
from tests.fakes import MovedClock

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>City Desk</title>
<item><title>Trams Are Back</title><link>https://example.org/trams</link><guid>t1</guid>
<pubDate>Tue, 17 Nov 2026 08:00:00 GMT</pubDate><category>Mobility</category>
<description>&lt;h2&gt;What's Next?&lt;/h2&gt;
&lt;p&gt;Two lines open in spring.&lt;/p&gt;
</description></item>
<item><title>Nothing Said</title><guid>t2</guid></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Letters</title>
<entry><id>urn:1</id><title>A Letter</title><updated>2026-11-20T10:00:00Z</updated>
<link href="javascript:alert(1)"/><content type="html">&lt;p&gt;Dear all, it rains.&lt;/p&gt;
&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>"""
PAGE = (
    "<html><head><title>The Page</title></head><body><h1>The Page</h1>"
    "<h2>Why</h2><p>Words, more words.</p></body></html>"
)


@dataclass
class Site:
    """A server that answers as it is told, and notes what it was asked."""

    pages: dict[str, Callable[[web.Request], web.StreamResponse]] = field(default_factory=dict)
    slow: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = field(
        default_factory=dict
    )
    asked: list[web.Request] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if request.path in self.slow:
            return await self.slow[request.path](request)
        return self.pages[request.path](request)

    def say(self, path: str, text: str, kind: str = "application/xml", **headers: str) -> str:
        self.pages[path] = lambda _: web.Response(text=text, content_type=kind, headers=headers)
        return f"{self.address}{path}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_route("GET", "/{path:.*}", made.answer)
    async with TestServer(app) as server:
        made.address = f"http://127.0.0.1:{server.port}"
        yield made


@dataclass
class Desk:
    """A library that polls."""

    engine: AsyncEngine
    store: Briefings
    feeds: Feeds
    clock: MovedClock

    def poller(self, *urls: str, opener: Opener = any_socket) -> Poller:
        wanted = Wanted(urls, timedelta(minutes=30))
        return Poller(wanted, self.feeds, self.store, self.clock, lambda: None, opener)

    async def entries(self) -> list[Entry]:
        holdings = Holdings()
        async for changes in self.store.changes(0):
            holdings.show(changes)
        return sorted(holdings.entries.values(), key=lambda entry: entry.id)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = MovedClock()
    async with open_database(f"sqlite:///{tmp_path / 'feeds.db'}") as engine:
        yield Desk(engine, Briefings(engine, clock), Feeds(engine, clock), clock)


async def test_each_item_of_a_feed_is_a_briefing(site: Site, desk: Desk) -> None:
    await desk.poller(site.say("/rss", RSS)).look()
    nothing, trams = await desk.entries()
    assert (nothing.id, trams.id) == ("nothing-said", "trams-are-back")
    briefing = trams.briefing
    assert briefing.title == "Trams Are Back"
    assert str(briefing.date) == "2026-11-17"
    assert briefing.topics == ("Mobility",)
    assert [(each.name, each.url) for each in briefing.sources] == [
        ("City Desk", "https://example.org/trams")
    ]
    assert [section.name for section in briefing.sections] == ["What's Next?"]


async def test_an_atom_feed_is_read_and_nothing_in_it_is_live(site: Site, desk: Desk) -> None:
    await desk.poller(site.say("/atom", ATOM)).look()
    (letter,) = await desk.entries()
    assert letter.briefing.title == "A Letter"
    assert letter.briefing.sources[0].url is None
    assert "alert" not in str(tuple(letter.briefing.sections))


async def test_a_page_that_changes_is_a_new_version(site: Site, desk: Desk) -> None:
    poller = desk.poller(url := site.say("/news/page", PAGE, "text/html"))
    await poller.look()
    site.say("/news/page", PAGE.replace("more words", "other words"), "text/html")
    await poller.look()
    assert len(site.asked) == 1
    desk.clock.move(minutes=31)
    await poller.look()
    (page,) = await desk.entries()
    assert (page.id, page.file) == ("page", url)
    assert page.briefing.sources[0].url == url
    assert len(await desk.store.versions(page.id)) == 2


async def test_what_did_not_change_is_not_sent_again(site: Site, desk: Desk) -> None:
    def once(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"one"':
            assert request.headers["If-Modified-Since"] == "Tue, 17 Nov 2026 08:00:00 GMT"
            return web.Response(status=304)
        told = {"ETag": '"one"', "Last-Modified": "Tue, 17 Nov 2026 08:00:00 GMT"}
        return web.Response(text=RSS, content_type="application/rss+xml", headers=told)

    site.pages["/rss"] = once
    poller = desk.poller(f"{site.address}/rss")
    for _ in range(3):
        await poller.look()
        desk.clock.move(minutes=31)
    assert len(site.asked) == 3
    assert {len(await desk.store.versions(each.id)) for each in await desk.entries()} == {1}


async def test_two_processes_ask_a_feed_once(site: Site, desk: Desk) -> None:
    url = site.say("/rss", RSS)
    await desk.poller(url).look()
    await desk.poller(url).look()
    assert len(site.asked) == 1


async def test_this_machine_is_not_asked(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await desk.poller(site.say("/rss", RSS), opener=public_socket).look()
    assert site.asked == []
    assert "127.0.0.1 is not a public address" in caplog.text
    assert await desk.entries() == []


async def test_a_redirect_leads_no_further_than_a_question(site: Site, desk: Desk) -> None:
    """Only the first address is let in; the redirect makes a connection of its own."""
    inside = site.say("/inside", RSS).replace("127.0.0.1", "localhost")

    def away(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": inside})

    site.pages["/away"] = away
    asked = iter((any_socket,))
    opener: Opener = lambda address: next(asked, public_socket)(address)  # noqa: E731, PLW0108
    await desk.poller(f"{site.address}/away", opener=opener).look()
    assert [request.path for request in site.asked] == ["/away"]
    assert await desk.entries() == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda _: web.Response(status=500), "answers 500"),
        (lambda _: web.Response(status=302, headers={"Location": "file:///etc/passwd"}), "cannot"),
        (lambda _: web.Response(status=302, headers={"Location": "/bad"}), "cannot be read"),
        (lambda _: web.Response(body=b"x" * (asking.SIZE_LIMIT + 1)), "more than 5 MB"),
        (
            lambda _: web.Response(
                body=gzip.compress(b"x" * (asking.SIZE_LIMIT * 4)),
                headers={"Content-Encoding": "gzip"},
            ),
            "more than 5 MB",
        ),
        (lambda _: web.Response(text="", content_type="text/html"), "empty"),
    ],
)
async def test_a_bad_answer_is_a_sentence(
    site: Site,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    answer: Callable[[web.Request], web.Response],
    sentence: str,
) -> None:
    site.pages["/bad"] = answer
    with caplog.at_level(logging.WARNING):
        await desk.poller(f"{site.address}/bad").look()
    assert sentence in caplog.text
    assert await desk.entries() == []


@pytest.mark.parametrize(
    "host",
    ["2130706433", "127.1", "0x7f.0.0.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost"],
)
async def test_no_spelling_of_this_machine_is_asked(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture, host: str
) -> None:
    url = site.say("/rss", RSS).replace("127.0.0.1", host)
    with caplog.at_level(logging.WARNING):
        await desk.poller(url, opener=public_socket).look()
    assert site.asked == []
    assert f"{url} cannot be read" in caplog.text


async def test_a_name_that_leads_inside_later_is_not_followed(site: Site, desk: Desk) -> None:
    """The first connection is let in as if the name had led to a public address then."""
    asked = iter((any_socket,))
    opener: Opener = lambda address: next(asked, public_socket)(address)  # noqa: E731, PLW0108
    poller = desk.poller(site.say("/rss", RSS).replace("127.0.0.1", "localhost"), opener=opener)
    await poller.look()
    desk.clock.move(minutes=31)
    await poller.look()
    assert len(site.asked) == 1


async def test_an_answer_that_trickles_is_given_up(desk: Desk, site: Site) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b" ")
                await asyncio.sleep(0.05)
        return response

    site.slow["/slow"] = trickle
    async with asking.open_session(any_socket, within=0.5) as session:
        with pytest.raises(asking.FeedError, match="/slow did not answer in time"):
            await asking.ask(session, f"{site.address}/slow")


async def test_a_feed_that_unfolds_without_end_is_refused(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    unfolding = RSS.replace("<rss", '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "no">]><rss')
    with caplog.at_level(logging.WARNING):
        await desk.poller(site.say("/rss", unfolding)).look()
    assert "declares entities of its own" in caplog.text
    assert await desk.entries() == []


async def test_an_answer_that_takes_too_long_to_read_is_given_up() -> None:
    deep = RSS.replace("Two lines", "&lt;div&gt;" * 400_000).encode()
    with pytest.raises(asking.FeedError, match="takes longer than 1 seconds to read"):
        await read_apart("https://a.example", asking.Answer("https://a.example", "", deep), 1)


async def test_what_fails_in_one_feed_is_noted_and_holds_up_no_other(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(Briefings):
        async def take_in(
            self, found: Sequence[Found], lost: Collection[str] = (), *, by_hand: bool = False
        ) -> tuple[Became, ...]:
            if found[0].source.endswith("/odd"):
                raise ZeroDivisionError
            return await super().take_in(found, lost, by_hand=by_hand)

    urls = (site.say("/odd", RSS), site.say("/rss", RSS))
    desk.store = Full(desk.engine, desk.clock)
    await desk.poller(*urls).look()
    assert f"{urls[0]} failed." in caplog.text
    assert {each.file.partition("#")[0] for each in await desk.entries()} == {urls[1]}


async def test_a_feed_that_fails_holds_up_no_other(site: Site, desk: Desk) -> None:
    site.pages["/bad"] = lambda _: web.Response(status=503)
    await desk.poller(f"{site.address}/bad", site.say("/rss", RSS)).look()
    assert len(await desk.entries()) == 2


async def test_what_is_no_web_address_is_refused(desk: Desk) -> None:
    async with asking.open_session(any_socket) as session:
        with pytest.raises(asking.FeedError, match="no web address"):
            await asking.ask(session, "file:///etc/passwd")


async def test_a_clock_that_ran_ahead_makes_no_feed_wait(desk: Desk) -> None:
    every = timedelta(minutes=30)
    desk.clock.move(days=9)
    assert await desk.feeds.take_due(["https://a.example"], every) == [Feed("https://a.example")]
    desk.clock.move(days=-9)
    assert await desk.feeds.take_due(["https://a.example"], every) == [Feed("https://a.example")]
    assert await desk.feeds.take_due(["https://a.example"], every) == []
