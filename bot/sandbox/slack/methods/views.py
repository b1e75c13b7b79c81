"""The methods `views.*`: https://docs.slack.dev/reference/methods?family=views"""

from __future__ import annotations

import json

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.blocks import check_view
from bot.sandbox.slack.limits import VIEW_BYTES_MAX
from bot.sandbox.slack.methods.method import Method
from bot.sandbox.slack.rates import TIERS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack


def open_(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.open"""
    content = _content(args, "modal")
    person = slack.triggers.exchange(args.text("trigger_id"))
    return {"view": slack.views.show(slack.views.add(person, content))}


def update(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.update"""
    ids = args.text("view_id"), args.text("external_id")
    view = slack.views.update(*ids, _content(args, "modal"), args.text("hash"))
    return {"view": slack.views.show(view)}


def publish(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish"""
    person = args.text("user_id")
    if person not in slack.workspace.people:
        raise Refused("user_not_found")
    view = slack.views.publish(person, _content(args, "home"), args.text("hash"))
    return {"view": slack.views.show(view)}


def _content(args: Arguments, kind: str) -> Json:
    content = args.parsed("view", "invalid_arguments")
    if not isinstance(content, dict) or content.get("type") != kind:
        raise Refused("invalid_arguments", f"must be a {kind} view [json-pointer:/view/type]")
    if len(json.dumps(content).encode()) > VIEW_BYTES_MAX:
        raise Refused("view_too_large")
    check_view(content)
    return content


METHODS = {
    "views.open": Method(open_, TIERS[4]),
    "views.update": Method(update, TIERS[4]),
    "views.publish": Method(publish, TIERS[4]),
}
