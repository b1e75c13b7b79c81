"""What writers and editors do in a town: fill forms in, press, and read what they are shown."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Town, buttons, until, words

DAILY, GENERAL = 0, 1


def side(town: Town, platform: str) -> Any:
    return town.slack if platform == "slack" else town.discord


def said(town: Town, platform: str, channel: int) -> list[dict[str, Any]]:
    """The messages of a channel, without those of its threads."""
    state: Any = side(town, platform).state()
    found: list[dict[str, Any]] = state["channels"][channel]["messages"]
    return found


def channel_id(town: Town, platform: str, channel: int) -> str:
    return str(side(town, platform).state()["channels"][channel]["id"])


async def typed(town: Town, platform: str, text: str, channel: int, person: str = "alice") -> str:
    """What somebody is told after typing a line."""
    before = len(said(town, platform, channel))
    here = channel_id(town, platform, channel)
    order: dict[str, object] = {"channel": here, "person": person, "text": text}
    await town.call(f"{platform}/command", order)
    await until(lambda: len(said(town, platform, channel)) > before)
    return words(said(town, platform, channel)[-1]["body"])


async def form(town: Town, platform: str) -> dict[str, Any]:
    """The form that is open."""
    await until(lambda: bool(side(town, platform).state()["dialogs"]))
    found: dict[str, Any] = side(town, platform).state()["dialogs"][-1]
    return found


async def asked(town: Town, platform: str, text: str, channel: int) -> dict[str, Any]:
    """The form that a line opens."""
    here = channel_id(town, platform, channel)
    order: dict[str, object] = {"channel": here, "person": "alice", "text": text}
    await town.call(f"{platform}/command", order)
    return await form(town, platform)


async def sent(
    town: Town, platform: str, channel: int, values: dict[str, str], person: str = "alice"
) -> list[dict[str, Any]]:
    """The messages that come once the open form is sent, up to the one with buttons to go on."""
    dialog = await form(town, platform)
    before = len(said(town, platform, channel))
    order = {
        "person": person,
        "dialog": dialog["id"],
        "values": {name: [text] for name, text in values.items()},
    }
    told = await town.call(f"{platform}/submit", order)
    assert told.get("ok"), told
    await until(lambda: can_go_on(said(town, platform, channel)[before:]))
    return said(town, platform, channel)[before:]


def can_go_on(messages: list[dict[str, Any]]) -> bool:
    return bool(messages) and "Edit" in buttons(messages[-1])


async def pressed(
    town: Town,
    platform: str,
    channel: int,
    message: dict[str, Any],
    label: str,
    person: str = "alice",
) -> None:
    """Press a button of a message."""
    await town.call(
        f"{platform}/press",
        {
            "channel": channel_id(town, platform, channel),
            "message": message["id"],
            "action": buttons(message)[label],
            "person": person,
        },
    )


async def answered(
    town: Town,
    platform: str,
    channel: int,
    message: dict[str, Any],
    label: str,
    person: str = "alice",
) -> dict[str, Any]:
    """What comes after a press."""
    before = len(said(town, platform, channel))
    await pressed(town, platform, channel, message, label, person)
    await until(lambda: len(said(town, platform, channel)) > before)
    told = said(town, platform, channel)[-1]
    assert told["live"] == []
    return told


def payload(message: dict[str, Any]) -> object:
    """What a message is made of, without its audience and the ids that the platform gave it."""
    own = ("text", "blocks", "components", "content", "embeds")
    return _bare({name: message["body"].get(name) for name in own})


def _bare(value: object) -> object:
    match value:
        case dict():
            return {key: _bare(value[key]) for key in value if key not in {"block_id", "id"}}
        case list():
            return [_bare(each) for each in value]
        case _:
            return value
