"""The payloads of what people do: commands, buttons, menus and modals.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.sandbox.side import Json, Unlikely
from bot.sandbox.slack.outlook import show_message
from bot.sandbox.slack.parcels import Kind, Parcel
from bot.sandbox.slack.reading import items, mapping, objects
from bot.sandbox.slack.workspace import Channel, Message, Person, Workspace


def command_parcel(
    workspace: Workspace, channel: Channel, person: Person, typed: tuple[str, str], means: Json
) -> Parcel:
    """A slash command; `typed` is the command and its text, `means` trigger and response URL.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    command, text = typed
    payload: Json = {
        "token": workspace.app.verification,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        **means,
    }
    return Parcel(Kind.COMMAND, payload, takes_answer=True)


def action_parcel(
    workspace: Workspace, message: Message, person: Person, action: Json, means: Json
) -> Parcel:
    """A press: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    payload = act_of(workspace, person, "block_actions") | {
        "container": container | ({"thread_ts": message.thread} if message.thread else {}),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "state": {"values": {}},
        "actions": [action | {"action_ts": workspace.stamp()}],
        **means,
    }
    if message.only_for is None:
        payload["message"] = show_message(workspace, message, metadata=True)
    return Parcel(Kind.INTERACTION, payload)


def home_parcel(
    workspace: Workspace, person: Person, view: Json, action: Json, means: Json
) -> Parcel:
    """A press on the Home tab, which has a view and no channel.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    payload = act_of(workspace, person, "block_actions") | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": [action | {"action_ts": workspace.stamp()}],
        **means,
    }
    return Parcel(Kind.INTERACTION, payload)


def submission_parcel(workspace: Workspace, person: Person, view: Json, means: Json) -> Parcel:
    """A submit: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    payload = act_of(workspace, person, "view_submission")
    payload |= {"view": view, "response_urls": [], **means}
    return Parcel(Kind.INTERACTION, payload, takes_answer=True)


def find_element(blocks: object, action: str) -> tuple[str, Json]:
    """The element with this `action_id`, or `block_id/action_id`, and its block's id.

    Raises `Unlikely` where there is none.
    """
    for block in items(blocks):
        block_id = str(mapping(block).get("block_id", ""))
        for element in objects(block):
            own = element.get("action_id")
            if own is not None and action in {own, f"{block_id}/{own}"}:
                return block_id, element
    raise Unlikely(f"There is no {action} to press on this message.")


def acted(block_id: str, element: Json, values: Sequence[str]) -> Json:
    """What a press on an element says in `actions`; raises `Unlikely` for impossible values.

    https://docs.slack.dev/reference/block-kit/block-elements
    """
    kind = str(element["type"])
    said: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
    said |= {name: element[name] for name in ("text", "value", "style") if name in element}
    if kind in PICKED:
        name, read = PICKED[kind]
        said[name] = read(element, values)
    if "placeholder" in element:
        said["placeholder"] = element["placeholder"]
    return said


def act_of(workspace: Workspace, person: Person, kind: str) -> Json:
    """What every payload says: who did what kind of thing, and where the app is."""
    team: Json = {"id": workspace.team.id, "domain": workspace.team.domain}
    return {
        "type": kind,
        "token": workspace.app.verification,
        "api_app_id": workspace.app.id,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": workspace.team.id,
        },
        "team": team,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _options(element: Json, values: Sequence[str]) -> list[Json]:
    groups = items(element.get("option_groups"))
    listed = [*items(element.get("options"))]
    listed += [option for group in groups for option in items(mapping(group).get("options"))]
    by_value = {str(mapping(option).get("value")): mapping(option) for option in listed}
    missing = [value for value in values if value not in by_value]
    if missing:
        raise Unlikely(f"There is no {missing[0]} in this menu: take {', '.join(by_value)}.")
    return [by_value[value] for value in values]


def _one_option(element: Json, values: Sequence[str]) -> Json:
    if len(values) != 1:
        raise Unlikely("This menu takes exactly one value.")
    return _options(element, values)[0]


def _one(_: Json, values: Sequence[str]) -> str:
    if len(values) != 1:
        raise Unlikely("This menu takes exactly one value.")
    return values[0]


def _many(_: Json, values: Sequence[str]) -> list[str]:
    return list(values)


PICKED: dict[str, tuple[str, Callable[[Json, Sequence[str]], object]]] = {
    "static_select": ("selected_option", _one_option),
    "overflow": ("selected_option", _one_option),
    "radio_buttons": ("selected_option", _one_option),
    "checkboxes": ("selected_options", _options),
    "multi_static_select": ("selected_options", _options),
    "users_select": ("selected_user", _one),
    "channels_select": ("selected_channel", _one),
    "conversations_select": ("selected_conversation", _one),
    "multi_users_select": ("selected_users", _many),
    "multi_channels_select": ("selected_channels", _many),
    "multi_conversations_select": ("selected_conversations", _many),
    "datepicker": ("selected_date", _one),
    "timepicker": ("selected_time", _one),
}
