"""What an app wants to say, checked before anything is posted.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import json
import secrets
from copy import deepcopy

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.blocks import check_blocks
from bot.sandbox.slack.limits import (
    ATTACHMENTS_MAX,
    MARKDOWN_TEXT_MAX,
    METADATA_MAX,
    TEXT_MAX,
)
from bot.sandbox.slack.reading import items, mapping, objects
from bot.sandbox.slack.refusals import Refused

FLAGS = ("unfurl_links", "unfurl_media", "mrkdwn", "link_names")
WORDS = ("parse", "username", "icon_emoji", "icon_url")


def draft(args: Arguments, text_max: int = TEXT_MAX) -> Json:
    """The body of a message: text, blocks, attachments, metadata, flags; raises `Refused`."""
    body: Json = {"text": args.text("text")}
    body |= {name: args.flag(name) for name in FLAGS if name in args.values}
    body |= {name: args.text(name) for name in WORDS if args.text(name)}
    _take_lists(args, body)
    _take_markdown(args, body)
    _take_metadata(args, body)
    if len(args.text("text")) > text_max:
        raise Refused("msg_too_long")
    if not (body["text"] or body.get("blocks") or body.get("attachments")):
        raise Refused("no_text")
    return body


def _take_lists(args: Arguments, body: Json) -> None:
    blocks = args.parsed("blocks", "invalid_blocks_format")
    if blocks is not None:
        check_blocks(blocks)
        body["blocks"] = name_parts(items(blocks))
    attachments = args.parsed("attachments", "invalid_attachments")
    if attachments is not None:
        _check_attachments(attachments)
        body["attachments"] = attachments


def _check_attachments(attachments: object) -> None:
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    if len(attachments) > ATTACHMENTS_MAX:
        raise Refused("too_many_attachments")
    for attachment in attachments:
        if "blocks" in mapping(attachment):
            check_blocks(mapping(attachment)["blocks"])


def _take_markdown(args: Arguments, body: Json) -> None:
    markdown = args.text("markdown_text")
    if not markdown:
        return
    if body["text"] or "blocks" in body:
        raise Refused("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT_MAX:
        raise Refused("msg_too_long")
    body["blocks"] = name_parts([{"type": "markdown", "text": markdown}])


def _take_metadata(args: Arguments, body: Json) -> None:
    """https://docs.slack.dev/messaging/message-metadata"""
    metadata = args.parsed("metadata", "invalid_metadata_format")
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    typed = isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    if not typed or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata, ensure_ascii=False)) > METADATA_MAX:
        raise Refused("metadata_too_large")
    body["metadata"] = metadata


def name_parts(blocks: list[object]) -> list[object]:
    """The blocks, each with a `block_id`, and their elements with an `action_id`, as Slack does.

    https://docs.slack.dev/reference/block-kit/blocks
    """
    named = deepcopy(blocks)
    for block in named:
        mapping(block).setdefault("block_id", secrets.token_urlsafe(4))
        for element in objects(block):
            if element.get("type") in ACTING:
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return named


ACTING = frozenset(
    {
        "button", "checkboxes", "datepicker", "datetimepicker", "timepicker", "overflow",
        "radio_buttons", "workflow_button", "feedback_buttons", "icon_button", "static_select",
        "external_select", "users_select", "conversations_select", "channels_select",
        "multi_static_select", "multi_external_select", "multi_users_select",
        "multi_conversations_select", "multi_channels_select", "plain_text_input",
        "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
    }
)  # fmt: skip
"""Elements that people act on: https://docs.slack.dev/reference/block-kit/block-elements"""
