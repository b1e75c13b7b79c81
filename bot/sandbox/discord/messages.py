"""The rules for a message: what may be sent, and what an edit may change.

https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.discord import limits
from bot.sandbox.discord.components import check_components, numbered, walk
from bot.sandbox.discord.embeds import check_embeds, trimmed
from bot.sandbox.discord.forms import Field, Wire
from bot.sandbox.discord.guild import Body, Message
from bot.sandbox.discord.mentions import check_allowed
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.refusals import Refused, empty_message

ON_SEND = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.IS_COMPONENTS_V2
IN_ANSWER = ON_SEND | Flag.EPHEMERAL
ON_EDIT = Flag.SUPPRESS_EMBEDS | Flag.IS_COMPONENTS_V2

LEGACY = ("content", "embeds", "sticker_ids", "poll")
FILLING = ("content", "embeds", "components", "attachments", "sticker_ids", "poll")


def drafted(asked: Wire, attachments: Sequence[Body], flags: Flag) -> Body:
    """The body of a new message, as it is kept; `flags` are those that may be set here.

    Raises:
        Refused: it breaks a rule, or there is nothing in it.
    """
    form = _form(asked)
    raised = (form["flags"].number(0, 2**31 - 1) or 0) & flags
    _check(form, attachments, new=bool(raised & Flag.IS_COMPONENTS_V2))
    form.refuse()
    body = {**_kept(form.value), "flags": raised, "attachments": list(attachments)}
    if is_empty(body):
        raise empty_message()
    return body


def changed(asked: Wire, attachments: Sequence[Body], message: Message, flags: Flag) -> Body:
    """The body of a message after an edit; whatever the edit leaves out stays.

    `allowed_mentions` never stays: an edit without it is parsed with the permissive default.

    Raises:
        Refused: the edit breaks a rule, or nothing would be left.
    """
    form = _form(asked)
    raised = _raised(form["flags"], message.flags, flags)
    new = bool(raised & Flag.IS_COMPONENTS_V2)
    there = _attached(form.value, message.body, attachments)
    _check(form, there, new=new)
    if new and not message.flags & Flag.IS_COMPONENTS_V2:
        _check_conversion(form, message)
    form.refuse()
    kept = {**message.body, "allowed_mentions": None, **_kept(asked), "flags": raised}
    kept["attachments"] = there
    if is_empty(kept):
        raise empty_message()
    return kept


def _raised(asked: Field, old: int, flags: Flag) -> int:
    """The flags after an edit that may change some of them; the new components stay new."""
    wanted = asked.number(0, 2**31 - 1)
    if wanted is None:
        return old
    if old & ~wanted & Flag.IS_COMPONENTS_V2:
        asked.fault(
            "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "IS_COMPONENTS_V2 flag cannot be removed"
        )
    return (old & ~flags) | (wanted & flags) | (old & Flag.IS_COMPONENTS_V2)


def is_empty(body: Mapping[str, Any]) -> bool:
    """Whether a message holds nothing that could be seen."""
    return not any(body.get(name) for name in FILLING)


def _form(asked: Wire) -> Field:
    if not isinstance(asked, dict):
        raise Refused(400, 50109, "The request body contains invalid JSON.")
    return Field(asked)


def _check(form: Field, attachments: Sequence[Body], *, new: bool) -> None:
    form["content"].text(limits.CONTENT)
    check_embeds(form["embeds"])
    check_allowed(form["allowed_mentions"])
    list(form["sticker_ids"].items(limits.STICKERS))
    for each in form["attachments"].items(limits.ATTACHMENTS):
        each["id"].required()
    nonce = form["nonce"]
    if not isinstance(nonce.value, int):
        nonce.text(limits.NONCE)
    if new:
        _check_legacy(form)
    check_components(form["components"], new=new)
    if new and not form.faults:
        _check_references(form["components"], attachments)


def _check_legacy(form: Field) -> None:
    for name in LEGACY:
        if form[name].value:
            form[name].fault(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _check_conversion(form: Field, message: Message) -> None:
    for name in ("content", "embeds"):
        if message.body.get(name) and name not in form.value:
            form[name].fault(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field must be emptied when using MessageFlags.IS_COMPONENTS_V2",
            )


def _check_references(components: Field, attachments: Sequence[Body]) -> None:
    there = {f"attachment://{each['filename']}" for each in attachments}
    for component in walk(components.value):
        items = component.get("items") or [component]
        for item in items if isinstance(items, list) else []:
            media = item.get("media") or item.get("file") or {}
            url = str(media.get("url"))
            if url.startswith("attachment://") and url not in there:
                components.fault(
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f"The referenced attachment '{url}' was not found",
                )


def _kept(asked: Mapping[str, Any]) -> Body:
    kept: Body = {}
    if "content" in asked:
        kept["content"] = (asked["content"] or "").strip()
    if "embeds" in asked:
        kept["embeds"] = [trimmed(each) for each in asked["embeds"] or []]
    if "components" in asked:
        kept["components"] = numbered(asked["components"])
    return kept | {key: asked[key] for key in ("allowed_mentions", "poll") if asked.get(key)}


def _attached(asked: Wire, body: Body, fresh: Sequence[Body]) -> list[Body]:
    """The files of a message after an edit, which names those that stay where it names any."""
    named = asked.get("attachments")
    stay = (
        {str(each.get("id")) for each in named if isinstance(each, dict)}
        if isinstance(named, list)
        else set()
    )
    old = body.get("attachments") or []
    return [each for each in old if named is None or each["id"] in stay] + list(fresh)
