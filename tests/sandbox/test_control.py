"""The sandbox's server: who may speak to it, what its control API takes, and how it closes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence

import pytest
from aiohttp import ClientResponse, ClientSession, web

from bot.sandbox.faults import Faults, Kind
from bot.sandbox.journal import Call, Journal
from bot.sandbox.server import Sandbox
from bot.sandbox.side import Changed, Json, Pressing, Signing, Unlikely


class Room:
    """A side without a platform, which remembers what people did there."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults = Faults()
        self.journal = Journal()
        self.done: list[object] = []
        self.origin = ""
        self.closed = False
        self._changed: Changed = lambda: None

    def add_routes(self, app: web.Application, origin: str) -> None:
        self.origin = origin
        app.router.add_post(f"/{self.name}/api", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        return web.json_response(dict(await request.post()))

    def settings(self) -> dict[str, str]:
        return {f"{self.name.upper()}_API_URL": f"{self.origin}/{self.name}/api"}

    def state(self) -> Json:
        return {"name": self.name}

    def watch(self, changed: Changed) -> None:
        self._changed = changed

    async def command(self, channel: str, person: str, text: str) -> Json:
        if channel == "nowhere":
            raise Unlikely("There is no channel nowhere.")
        return self._do((channel, person, text))

    async def press(self, pressing: Pressing) -> Json:
        return self._do(pressing)

    async def say(self, channel: str, person: str, text: str, thread: str | None = None) -> Json:
        return self._do((channel, person, text, thread))

    async def edit(self, channel: str, message: str, person: str, text: str) -> Json:
        return self._do((channel, message, person, text))

    async def delete(self, channel: str, message: str, person: str) -> Json:
        return self._do((channel, message, person))

    async def react(self, signing: Signing) -> Json:
        return self._do(signing)

    async def submit(self, person: str, dialog: str, values: Mapping[str, Sequence[str]]) -> Json:
        return self._do((person, dialog, dict(values)))

    async def choose(self, person: str, name: str, channel: str, message: str) -> Json:
        return self._do((person, name, channel, message))

    async def dismiss(self, person: str, dialog: str) -> Json:
        return self._do((person, dialog))

    async def complete(self, channel: str, person: str, text: str) -> Sequence[Json]:
        return [{"name": text.upper(), "value": f"{channel} {person} {text}"}]

    async def close(self) -> None:
        self.closed = True

    def _do(self, deed: object) -> Json:
        self.done.append(deed)
        self._changed()
        return {"ok": True}


@pytest.fixture
def slack() -> Room:
    return Room("slack")


@pytest.fixture
async def sandbox(slack: Room) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox([slack, Room("discord")])
    await sandbox.start()
    yield sandbox
    await sandbox.close()


@pytest.fixture
async def person(sandbox: Sandbox) -> AsyncIterator[ClientSession]:
    async with ClientSession(sandbox.address) as session:
        yield session


COMMAND = {"channel": "C0DAILY01", "person": "alice", "text": "/briefing chery"}


async def error(response: ClientResponse) -> str:
    return str((await response.json())["error"])


async def test_the_settings_of_every_side_point_at_the_server(sandbox: Sandbox) -> None:
    assert sandbox.settings() == {
        "SLACK_API_URL": f"{sandbox.address}/slack/api",
        "DISCORD_API_URL": f"{sandbox.address}/discord/api",
    }


async def test_the_state_shows_both_sides(person: ClientSession) -> None:
    async with person.get("/control/state") as response:
        assert await response.json() == {"slack": {"name": "slack"}, "discord": {"name": "discord"}}


async def test_people_type_press_and_say(person: ClientSession, slack: Room) -> None:
    press = {"channel": "C1", "message": "1.2", "action": "go", "person": "bob", "values": ["x"]}
    said = {"channel": "C1", "person": "bob", "text": "hello", "thread": "1.2"}
    for order, body in (("command", COMMAND), ("press", press), ("say", said)):
        async with person.post(f"/control/slack/{order}", json=body) as response:
            assert await response.json() == {"ok": True}
    assert slack.done == [
        ("C0DAILY01", "alice", "/briefing chery"),
        Pressing("C1", "1.2", "go", "bob", ("x",)),
        ("C1", "bob", "hello", "1.2"),
    ]


async def test_people_choose_shortcuts_of_messages_and_from_anywhere(
    person: ClientSession, slack: Room
) -> None:
    anywhere = {"person": "bob", "name": "new"}
    for body in (anywhere, {**anywhere, "channel": "C1", "message": "1.2"}):
        async with person.post("/control/slack/shortcut", json=body) as response:
            assert await response.json() == {"ok": True}
    assert slack.done == [("bob", "new", "", ""), ("bob", "new", "C1", "1.2")]


async def test_completions_come_as_choices(person: ClientSession) -> None:
    async with person.post("/control/discord/complete", json=COMMAND) as response:
        assert await response.json() == {
            "choices": [{"name": "/BRIEFING CHERY", "value": "C0DAILY01 alice /briefing chery"}]
        }


async def test_a_fault_is_planned_and_forgiven(person: ClientSession, slack: Room) -> None:
    body = {"on": "chat.postMessage", "kind": "429", "times": 2, "retry_after": 3}
    async with person.post("/control/slack/fault", json=body) as response:
        assert response.status == 200
    [fault] = slack.faults.waiting
    assert (fault.on, fault.kind, fault.times, fault.retry_after) == (
        "chat.postMessage",
        Kind.LIMITED,
        2,
        3.0,
    )
    async with person.delete(
        "/control/slack/fault", headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 200
    assert slack.faults.waiting == []


async def test_the_log_tells_every_call(person: ClientSession, slack: Room) -> None:
    slack.journal.write(Call(1.5, "POST", "/api/auth.test", {}, 200, {"ok": True}))
    async with person.get("/control/slack/log") as response:
        assert await response.json() == {
            "requests": [
                {
                    "at": 1.5,
                    "method": "POST",
                    "path": "/api/auth.test",
                    "body": {},
                    "status": 200,
                    "answer": {"ok": True},
                }
            ]
        }


async def test_what_nobody_could_do_is_not_found(person: ClientSession) -> None:
    async with person.post("/control/slack/command", json={**COMMAND, "channel": "nowhere"}) as no:
        assert (no.status, await error(no)) == (404, "There is no channel nowhere.")


async def test_an_unknown_platform_is_named(person: ClientSession) -> None:
    async with person.post("/control/irc/command", json=COMMAND) as response:
        assert response.status == 404
        assert await error(response) == "There is no platform irc: take slack or discord."


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"channel": "C1", "person": "bob"}, "text: field required."),
        ({**COMMAND, "speed": 1}, "speed: extra inputs are not permitted."),
        ({**COMMAND, "text": ""}, "text: string should have at least 1 character."),
        ([], "The order: "),
    ],
)
async def test_a_wrong_order_is_refused_in_one_sentence(
    person: ClientSession, body: object, sentence: str
) -> None:
    async with person.post("/control/slack/command", json=body) as response:
        assert response.status == 400
        assert (await error(response)).startswith(sentence)


async def test_text_that_is_no_json_is_refused(person: ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    async with person.post("/control/slack/command", data="{", headers=headers) as response:
        assert response.status == 400
        assert "invalid JSON" in await error(response)


async def test_listeners_hear_which_side_changed(person: ClientSession) -> None:
    async with person.get("/control/events") as events:
        assert events.content_type == "text/event-stream"
        assert await events.content.readuntil(b"\n\n") == b"retry: 500\n\n"
        async with person.post("/control/discord/command", json=COMMAND):
            pass
        assert await events.content.readuntil(b"\n\n") == b'data: {"platform": "discord"}\n\n'


async def test_a_page_that_went_away_is_forgotten(person: ClientSession, sandbox: Sandbox) -> None:
    async with person.get("/control/events") as events:
        await events.content.readuntil(b"\n\n")
    for _ in range(3):
        async with person.post("/control/slack/command", json=COMMAND) as response:
            assert response.status == 200


async def test_it_closes_in_a_moment_though_pages_listen(
    sandbox: Sandbox, person: ClientSession, slack: Room
) -> None:
    async with person.get("/control/events") as events:
        await events.content.readuntil(b"\n\n")
        began = time.monotonic()
        await sandbox.close()
        assert await asyncio.wait_for(events.content.read(), 1) == b""
        assert time.monotonic() - began < 1
    assert slack.closed


async def test_it_may_be_closed_twice(sandbox: Sandbox) -> None:
    await sandbox.close()
    await sandbox.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
async def test_it_listens_on_this_computer_alone(host: str) -> None:
    with pytest.raises(ValueError, match="is not this computer"):
        await Sandbox([]).start(host=host)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("path", ["/", "/control/state", "/slack/api"])
async def test_another_name_for_this_computer_is_refused(
    person: ClientSession, host: str, path: str
) -> None:
    async with person.get(path, headers={"Host": host}) as response:
        assert response.status == 403
        assert await error(response) == (
            "The sandbox answers to 127.0.0.1 and localhost alone: use the address it printed."
        )


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_another_web_site_is_refused(person: ClientSession, slack: Room, origin: str) -> None:
    headers = {"Origin": origin}
    async with person.post("/control/slack/command", json=COMMAND, headers=headers) as response:
        assert response.status == 403
        assert "other web sites" in await error(response)
    assert slack.done == []


async def test_its_own_page_is_let_in(person: ClientSession, sandbox: Sandbox, slack: Room) -> None:
    headers = {"Origin": sandbox.address}
    async with person.post("/control/slack/command", json=COMMAND, headers=headers) as response:
        assert response.status == 200
    assert len(slack.done) == 1


async def test_a_form_cannot_give_orders(person: ClientSession, slack: Room) -> None:
    async with person.post("/control/slack/command", data=COMMAND) as response:
        assert response.status == 403
        assert "application/json" in await error(response)
    assert slack.done == []


async def test_a_platforms_own_api_still_takes_forms(person: ClientSession) -> None:
    async with person.post("/slack/api", data={"channel": "C1"}) as response:
        assert await response.json() == {"channel": "C1"}


async def test_the_page_may_load_nothing_from_elsewhere(person: ClientSession) -> None:
    for path in ("/", "/page/page.js", "/web/style.css"):
        async with person.get(path) as response:
            assert response.status == 200
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self';")
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "no-cache"


async def test_the_pages_folder_shows_nothing_else(person: ClientSession) -> None:
    for path in ("/page/", "/page/..%2fserver.py", "/page/%2e%2e/server.py", "/web/"):
        async with person.get(path) as response:
            assert response.status in {403, 404}
