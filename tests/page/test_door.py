"""The page's door: who comes in, what they see there, and what other web sites cannot do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.store.releasing import Verdict
from bot.store.rows import State
from tests.page.desk import DISCORD, SLACK, TODAY, Office, open_office

ROOMS = ("/bot/today", "/bot/library", "/bot/library/chery-summit", "/bot/discussions")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, locked=True) as office:
        for place in (SLACK, DISCORD):
            await office.subscribe(place)
            await office.post(place, TODAY, State.PARKED, f"Post in {place[0]}")
        yield office


@pytest.fixture
async def person(office: Office) -> AsyncIterator[ClientSession]:
    jar = CookieJar(unsafe=True)  # the address is a number
    async with ClientSession(office.address, cookie_jar=jar) as session:
        yield session


async def read(person: ClientSession, path: str, **more: str) -> tuple[int, str]:
    async with person.get(path, headers=more) as answer:
        return answer.status, await answer.text()


async def come_in(person: ClientSession, link: str) -> int:
    async with person.post(link) as answer:
        return answer.status


async def token(person: ClientSession) -> str:
    _, page = await read(person, "/bot/today")
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found
    return found[1]


def form(csrf: str, channel: str = "slack/C1", found: str = "SKIP") -> dict[str, str]:
    return {"csrf": csrf, "subscription": channel, "day": str(TODAY), "found": found}


@pytest.mark.parametrize("path", ROOMS)
async def test_a_stranger_sees_nothing(person: ClientSession, path: str) -> None:
    status, page = await read(person, path)
    assert status == 401
    assert "/briefings page" in page
    assert "Chery" not in page


async def test_a_link_is_used_up_by_a_press_not_by_a_look(
    office: Office, person: ClientSession
) -> None:
    link = await office.link("U1", [SLACK])
    for _ in range(2):  # programs look at links before people do
        assert (await read(person, link))[0] == 200
    assert (await read(person, "/bot/today"))[0] == 401
    assert await come_in(person, link) == 200
    assert (await read(person, "/bot/today"))[0] == 200
    assert await come_in(person, link) == 410


async def test_the_cookie_is_for_this_page_alone(office: Office, person: ClientSession) -> None:
    link = await office.link("U1", [SLACK])
    async with person.post(link, allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/bot", "Max-Age=43200"} <= set(cookie.split("; "))


async def test_a_visit_is_over_after_twelve_hours(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    office.clock.move(hours=12)
    assert (await read(person, "/bot/today"))[0] == 401


async def test_a_manager_sees_their_channel_alone(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    _, page = await read(person, "/bot/today")
    assert "Post in slack" in page
    assert "Post in discord" not in page


async def test_a_manager_releases_in_their_channel_alone(
    office: Office, person: ClientSession
) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    csrf = await token(person)
    async with person.post("/bot/today/release", data=form(csrf, "discord/12")) as answer:
        assert answer.status == 404
    async with person.post("/bot/today/release", data=form(csrf)) as answer:
        assert answer.status == 200
        assert "it will not be posted" in await answer.text()
    held = await office.sources().overview.held(None, 10)
    assert [each.plan.channel for each in held] == ["12"]


async def test_whoever_runs_the_bot_sees_all(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("operator", None))
    _, page = await read(person, "/bot/today")
    assert "Post in slack" in page
    assert "Post in discord" in page


async def test_a_form_without_our_token_changes_nothing(
    office: Office, person: ClientSession
) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    for wrong in ("", "0" * 64):
        async with person.post("/bot/today/release", data=form(wrong)) as answer:
            assert answer.status == 403
    assert len(await office.sources().overview.held([SLACK], 10)) == 1


async def test_another_site_sends_no_forms(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    data, away = form(await token(person)), {"Origin": "https://evil.example"}
    async with person.post("/bot/today/release", data=data, headers=away) as answer:
        assert answer.status == 403
    assert len(await office.sources().overview.held([SLACK], 10)) == 1


async def test_a_foreign_name_for_this_computer_is_refused(person: ClientSession) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example"):
        assert (await read(person, "/bot/today", Host=host))[0] == 403


async def test_signing_out_ends_the_visit(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    csrf = await token(person)
    kept = {each.key: each.value for each in person.cookie_jar}
    async with person.post("/bot/leave", data={"csrf": csrf}) as answer:
        assert "signed out" in await answer.text()
    async with ClientSession(office.address, cookies=kept) as thief:
        assert (await read(thief, "/bot/today"))[0] == 401


async def test_the_page_may_load_nothing_from_elsewhere(
    office: Office, person: ClientSession
) -> None:
    await come_in(person, await office.link("operator", None))
    for path in (*ROOMS, "/bot/files/page.css", "/bot/nowhere"):
        async with person.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            kept = "no-cache" if path.endswith(".css") else "no-store"
            assert answer.headers["Cache-Control"] == kept
            assert "<script>" not in await answer.text()


async def test_what_cannot_be_released_so_is_said(office: Office, person: ClientSession) -> None:
    await come_in(person, await office.link("U1", [SLACK]))
    csrf = await token(person)
    there = form(csrf, found=Verdict.THERE.name)
    async with person.post("/bot/today/release", data=there) as answer:
        assert answer.status == 409
        assert "name it with --message" in await answer.text()
    for wrong in ({"found": "DANCE"}, {"day": "today"}, {"subscription": "slack/C9"}):
        async with person.post("/bot/today/release", data={**form(csrf), **wrong}) as answer:
            assert answer.status in {400, 404}
    named = {**there, "message": "171.1"}
    async with person.post("/bot/today/release", data=named) as answer:
        assert answer.status == 200
    assert await office.sources().overview.held([SLACK], 10) == []
