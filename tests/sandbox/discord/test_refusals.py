"""What the REST API refuses, and with which code."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import ANNOUNCEMENT, FORUM, Setup, Spot
from tests.sandbox.discord.town import Clock, Opens, Town

NOWHERE = "100000000000000001"
EMBED = {"description": "A car"}
TEXT = {"type": 10, "content": "Hello"}


async def code(town: Town, method: str, path: str, body: object = None) -> tuple[int, int]:
    status, answer = await town.call(method, path, body)
    return status, answer["code"]


async def post(town: Town, channel: str = "daily-briefing", **body: object) -> dict[str, Any]:
    status, message = await town.send(channel, **(body or {"content": "Good morning"}))
    assert status == 200, message
    return dict(message)


@pytest.mark.parametrize("token", [None, "wrong"])
async def test_without_the_token_nothing_is_told(town: Town, token: str | None) -> None:
    status, refused = await town.call("GET", "/users/@me", token=token)
    assert (status, refused) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_unknown_things_are_not_found(town: Town) -> None:
    here = town.place()
    assert await code(town, "GET", "/nothing/here") == (404, 0)
    assert await code(town, "GET", f"/channels/{NOWHERE}") == (404, 10003)
    assert await code(town, "GET", f"/guilds/{NOWHERE}") == (404, 10004)
    assert await code(town, "GET", f"{here}/messages/{NOWHERE}") == (404, 10008)
    assert await code(town, "PATCH", f"{here}/messages/{NOWHERE}", {}) == (404, 10008)
    assert await code(town, "POST", f"/interactions/{NOWHERE}/token/callback", {}) == (404, 10062)
    assert await code(town, "PATCH", f"/webhooks/{NOWHERE}/token/messages/@original", {}) == (
        401,
        50027,
    )


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (Permission.VIEW_CHANNEL, (403, 50001)),
        (Permission.SEND_MESSAGES, (403, 50013)),
        (Permission.EMBED_LINKS, (403, 50013)),
    ],
)
async def test_posting_needs_permissions(
    open_town: Opens, missing: Permission, expected: tuple[int, int]
) -> None:
    town = await open_town(Setup(channels=(Spot("closed", granted=USUAL & ~missing),)))
    path = f"{town.place('closed')}/messages"
    assert await code(town, "POST", path, {"embeds": [EMBED]}) == expected


async def test_threads_need_permissions_of_their_own(town: Town) -> None:
    message = await post(town)
    path = f"{town.place()}/messages/{message['id']}/threads"
    town.side.grant("daily-briefing", USUAL & ~Permission.CREATE_PUBLIC_THREADS)
    assert await code(town, "POST", path, {"name": "Discussion"}) == (403, 50013)
    town.side.grant("daily-briefing", USUAL & ~Permission.SEND_MESSAGES_IN_THREADS)
    status, thread = await town.call("POST", path, {"name": "Discussion"})
    assert status == 201
    there = f"/channels/{thread['id']}/messages"
    assert await code(town, "POST", there, {"content": "Part"}) == (403, 50013)


async def test_history_is_empty_where_it_may_not_be_read(town: Town) -> None:
    await post(town)
    town.side.grant("daily-briefing", USUAL & ~Permission.READ_MESSAGE_HISTORY)
    assert await town.call("GET", f"{town.place()}/messages") == (200, [])


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": "  \n"}, {"embeds": []}])
async def test_a_message_of_nothing_is_refused(town: Town, body: dict[str, Any]) -> None:
    assert await code(town, "POST", f"{town.place()}/messages", body) == (400, 50006)


async def test_a_faulty_field_is_named(town: Town) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "x" * 101, "label": "A"}]}
    status, refused = await town.send(content="Hello", components=[row])
    assert (status, refused["code"], refused["message"]) == (400, 50035, "Invalid Form Body")
    fault = refused["errors"]["components"]["0"]["components"]["0"]["custom_id"]["_errors"][0]
    assert fault["code"] == "BASE_TYPE_BAD_LENGTH"


async def test_a_message_starts_one_thread_alone(town: Town) -> None:
    message = await post(town)
    path = f"{town.place()}/messages/{message['id']}/threads"
    assert (await town.call("POST", path, {"name": "First"}))[0] == 201
    assert await code(town, "POST", path, {"name": "Second"}) == (400, 160004)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 101},
        {"name": "x", "auto_archive_duration": 61},
        {"name": "x", "rate_limit_per_user": 21601},
    ],
)
async def test_a_thread_that_breaks_a_rule_is_refused(town: Town, body: dict[str, Any]) -> None:
    message = await post(town)
    path = f"{town.place()}/messages/{message['id']}/threads"
    assert await code(town, "POST", path, body) == (400, 50035)


async def test_an_archived_thread_takes_new_messages_but_no_edits(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    message = await post(town)
    path = f"{town.place()}/messages/{message['id']}/threads"
    _, thread = await town.call("POST", path, {"name": "Talk", "auto_archive_duration": 60})
    there = f"/channels/{thread['id']}"
    _, part = await town.call("POST", f"{there}/messages", {"content": "Part"})
    assert town.clock
    town.clock.now += 3601
    edit = {"content": "Changed"}
    assert await code(town, "PATCH", f"{there}/messages/{part['id']}", edit) == (400, 50083)
    assert await code(town, "PUT", f"{there}/thread-members/@me") == (400, 50083)
    assert (await town.call("GET", there))[1]["thread_metadata"]["archived"] is True
    assert (await town.call("POST", f"{there}/messages", {"content": "New"}))[0] == 200
    assert (await town.call("GET", there))[1]["thread_metadata"]["archived"] is False
    assert (await town.call("PATCH", f"{there}/messages/{part['id']}", edit))[0] == 200


async def test_a_locked_thread_takes_nothing(town: Town) -> None:
    message = await post(town)
    path = f"{town.place()}/messages/{message['id']}/threads"
    _, thread = await town.call("POST", path, {"name": "Talk"})
    there = f"/channels/{thread['id']}"
    assert await code(town, "PATCH", there, {"locked": True}) == (403, 50013)
    town.side.grant("daily-briefing", USUAL | Permission.MANAGE_THREADS)
    assert (await town.call("PATCH", there, {"locked": True}))[0] == 200
    town.side.grant("daily-briefing", USUAL)
    assert await code(town, "POST", f"{there}/messages", {"content": "Part"}) == (400, 50083)


async def test_only_ones_own_messages_are_edited_and_deleted(town: Town) -> None:
    said = await town.side.say("daily-briefing", "alice", "Hello")
    one = f"{town.place()}/messages/{said['message']}"
    assert await code(town, "PATCH", one, {"content": "Mine"}) == (403, 50005)
    assert await code(town, "DELETE", one) == (403, 50013)
    own = await post(town)
    assert (await town.call("DELETE", f"{town.place()}/messages/{own['id']}"))[0] == 204
    assert await code(town, "GET", f"{town.place()}/messages/{own['id']}") == (404, 10008)


async def test_only_announcements_are_published_and_only_once(open_town: Opens) -> None:
    spots = (Spot("news", kind=ANNOUNCEMENT), Spot("daily-briefing"))
    town = await open_town(Setup(channels=spots))
    plain, news = await post(town), await post(town, "news")
    path = f"{town.place()}/messages/{plain['id']}/crosspost"
    assert await code(town, "POST", path) == (400, 50024)
    path = f"{town.place('news')}/messages/{news['id']}/crosspost"
    status, published = await town.call("POST", path)
    assert (status, published["flags"]) == (200, 1)
    assert await code(town, "POST", path) == (400, 40033)


async def test_a_forum_takes_posts_alone_with_known_tags(open_town: Opens) -> None:
    town = await open_town(Setup(channels=(Spot("forum", kind=FORUM, tags=("cars",)),)))
    here = town.place("forum")
    assert await code(town, "POST", f"{here}/messages", {"content": "Hello"}) == (400, 50008)
    form: dict[str, Any] = {"name": "Post", "message": {"content": "Hello"}}
    assert await code(town, "POST", f"{here}/threads", form | {"applied_tags": [NOWHERE]}) == (
        400,
        10087,
    )
    assert await code(town, "POST", f"{here}/threads", {"name": "Post"}) == (400, 50035)
    assert (await town.call("POST", f"{here}/threads", form))[0] == 201


async def test_the_new_components_are_not_mixed_with_the_old_fields(town: Town) -> None:
    new = {"components": [TEXT], "flags": 1 << 15}
    for old in ({"content": "Hello"}, {"embeds": [EMBED]}):
        path = f"{town.place()}/messages"
        assert await code(town, "POST", path, new | old) == (400, 50035)
    assert await code(town, "POST", path, {"components": [TEXT]}) == (400, 50035)


async def test_an_edit_to_the_new_components_must_empty_the_old_fields(town: Town) -> None:
    message = await post(town, content="Hello", embeds=[EMBED])
    one = f"{town.place()}/messages/{message['id']}"
    new = {"components": [TEXT], "flags": 1 << 15}
    assert await code(town, "PATCH", one, new) == (400, 50035)
    status, changed = await town.call("PATCH", one, new | {"content": None, "embeds": []})
    assert (status, changed["flags"]) == (200, 1 << 15)
    assert await code(town, "PATCH", one, {"flags": 0}) == (400, 50035)
    assert await code(town, "PATCH", one, {"content": "Back"}) == (400, 50035)
    assert (await town.call("PATCH", one, {"components": [TEXT | {"content": "New"}]}))[0] == 200


async def test_an_edit_cannot_empty_a_message(town: Town) -> None:
    message = await post(town)
    one = f"{town.place()}/messages/{message['id']}"
    assert await code(town, "PATCH", one, {"content": ""}) == (400, 50006)


async def test_texts_over_the_byte_ceiling_break_the_server(town: Town) -> None:
    fits, breaks = "世" * 3386, "世" * 3387  # 3 bytes each, and 12 for the display
    for text, status in ((fits, 200), (breaks, 500)):
        components = [TEXT | {"content": text}]
        assert (await town.send(components=components, flags=1 << 15))[0] == status


async def test_mentions_are_filled_as_they_are_allowed(town: Town) -> None:
    alice = town.state["people"][0]["id"]
    text = f"@everyone <@{alice}> `<@{alice}>`"
    for allowed, names, everyone in (
        (None, ["alice"], True),
        ({"parse": []}, [], False),
        ({"parse": [], "users": [alice]}, ["alice"], False),
        ({"parse": ["everyone"]}, [], True),
    ):
        message = await post(town, content=text, allowed_mentions=allowed)
        assert [each["username"] for each in message["mentions"]] == names
        assert message["mention_everyone"] is everyone
    path = f"{town.place()}/messages"
    both = {"parse": ["users"], "users": [alice]}
    body = {"content": text, "allowed_mentions": both}
    assert await code(town, "POST", path, body) == (400, 50035)


async def test_everyone_is_pinged_only_by_a_bot_that_may(town: Town) -> None:
    town.side.grant("daily-briefing", USUAL & ~Permission.MENTION_EVERYONE)
    assert (await post(town, content="@everyone"))["mention_everyone"] is False
    said = await town.side.say("daily-briefing", "alice", "@everyone")
    _, shown = await town.call("GET", f"{town.place()}/messages/{said['message']}")
    assert shown["mention_everyone"] is True


async def test_an_edit_that_says_nothing_of_mentions_pings_again(town: Town) -> None:
    message = await post(town, content="@everyone", allowed_mentions={"parse": []})
    assert message["mention_everyone"] is False
    one = f"{town.place()}/messages/{message['id']}"
    _, edited = await town.call("PATCH", one, {"content": "@everyone!"})
    assert edited["mention_everyone"] is True


async def test_history_can_be_read_in_pages(town: Town) -> None:
    path = f"{town.place()}/messages"
    ids = [str((await town.side.say("daily-briefing", "bob", str(n)))["message"]) for n in range(5)]

    async def read(query: str) -> list[int]:
        return [ids.index(each["id"]) for each in (await town.call("GET", path + query))[1]]

    assert await read("") == [4, 3, 2, 1, 0]
    assert await read("?limit=2") == [4, 3]
    assert await read(f"?before={ids[3]}&limit=2") == [2, 1]
    assert await read(f"?after={ids[0]}&limit=2") == [2, 1]
    assert await read(f"?around={ids[2]}&limit=3") == [3, 2, 1]
    for wrong in ("?limit=0", "?limit=101", "?limit=x", "?before=x"):
        assert await code(town, "GET", path + wrong) == (400, 50035)


async def test_history_hides_texts_from_a_bot_without_the_content_intent(
    open_town: Opens,
) -> None:
    town = await open_town(Setup(privileged=0))
    await town.side.say("general", "alice", "Hello")
    await post(town, "general")
    _, said = await town.call("GET", f"{town.place('general')}/messages")
    assert [each["content"] for each in said] == ["Good morning", ""]


async def test_a_reply_to_what_is_gone_is_refused(town: Town) -> None:
    body = {"content": "Hello", "message_reference": {"message_id": NOWHERE}}
    assert await code(town, "POST", f"{town.place()}/messages", body) == (400, 50035)
    said = await town.side.say("daily-briefing", "alice", "Hello")
    reply = await post(town, content="Yes?", message_reference={"message_id": said["message"]})
    assert reply["referenced_message"]["content"] == "Hello"
