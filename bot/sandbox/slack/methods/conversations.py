"""The methods `conversations.*`: https://docs.slack.dev/reference/methods?family=conversations"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.limits import HISTORY_MAX, SCARCE_PAGE
from bot.sandbox.slack.methods.method import Method, named_channel
from bot.sandbox.slack.methods.pages import page, page_of_thread
from bot.sandbox.slack.outlook import show_channel, show_message
from bot.sandbox.slack.rates import TIERS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Channel, Message


def list_(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    wanted = (args.text("types") or "public_channel").split(",")
    channels = [
        channel
        for channel in slack.workspace.channels.values()
        if ("im" if channel.im_with else "public_channel") in wanted
        and not (channel.archived and args.flag("exclude_archived"))
    ]
    some, more = page(channels, args, 100, 999)
    return {"channels": [show_channel(slack.workspace, each) for each in some], **more}


def of_person(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.conversations"""
    person = args.text("user") or slack.workspace.app.user
    if person not in {*slack.workspace.people, slack.workspace.app.user}:
        raise Refused("user_not_found")
    wanted = (args.text("types") or "public_channel").split(",")
    channels = [
        channel
        for channel in slack.workspace.channels.values()
        if ("im" if channel.im_with else "public_channel") in wanted
        and person in channel.members
        and not (channel.archived and args.flag("exclude_archived"))
    ]
    some, more = page(channels, args, 100, 999)
    shown = [show_channel(slack.workspace, each) for each in some]
    for each in shown:  # it tells neither of these two
        each.pop("num_members", None)
        each.pop("is_member", None)
    return {"channels": shown, **more}


def info(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    shown = show_channel(slack.workspace, named_channel(slack, args))
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def join(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.join"""
    channel = named_channel(slack, args)
    if channel.archived:
        raise Refused("is_archived")
    if channel.im_with:
        raise Refused("method_not_supported_for_channel_type")
    channel.members.add(slack.workspace.app.user)
    slack.workspace.changes.ring()
    return {"channel": show_channel(slack.workspace, channel)}


def members(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    some, more = page(sorted(named_channel(slack, args).members), args, 100, 999)
    return {"members": some, **more}


def open_(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    person = args.text("users")
    if person not in slack.workspace.people:
        raise Refused("user_not_found")
    channel = slack.workspace.direct(person)
    shown = show_channel(slack.workspace, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown}


def history(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    channel = _readable(slack, args)
    told = [each for each in _told(slack, channel, args) if _in_channel(each)]
    some, more = page(told[::-1], args, 100, HISTORY_MAX, _cap(slack))
    metadata = args.flag("include_all_metadata")
    shown = [show_message(slack.workspace, each, metadata=metadata) for each in some]
    return {"messages": shown, "pin_count": 0, **more}


def replies(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    channel = _readable(slack, args)
    root = channel.messages.get(args.text("ts"))
    if root is None or root.only_for is not None:
        raise Refused("thread_not_found")
    parent = channel.messages.get(root.thread or root.ts, root)
    told = [each for each in _told(slack, channel, args) if each.thread == parent.ts]
    some, more = page_of_thread([parent, *told], args, 1000, 1000, _cap(slack))
    metadata = args.flag("include_all_metadata")
    return {
        "messages": [show_message(slack.workspace, each, metadata=metadata) for each in some],
        **more,
    }


def _cap(slack: Slack) -> int | None:
    """How many messages a page has at most, for this app."""
    return SCARCE_PAGE if slack.distributed else None


def _readable(slack: Slack, args: Arguments) -> Channel:
    channel = named_channel(slack, args)
    if slack.workspace.app.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _in_channel(message: Message) -> bool:
    return message.thread is None or bool(message.body.get("broadcast"))


def _told(slack: Slack, channel: Channel, args: Arguments) -> list[Message]:
    """What history knows by now, within the bounds that the arguments set, oldest first."""
    oldest, latest = _moment(args, "oldest"), _moment(args, "latest")
    inclusive = args.flag("inclusive")
    now = slack.workspace.clock() - slack.workspace.history_lag

    def within(message: Message) -> bool:
        at = Decimal(message.ts)
        if message.only_for is not None or (slack.workspace.history_lag and message.at > now):
            return False
        after = oldest is None or at > oldest or (inclusive and at == oldest)
        return after and (latest is None or at < latest or (inclusive and at == latest))

    return [message for message in channel.messages.values() if within(message)]


def _moment(args: Arguments, name: str) -> Decimal | None:
    text = args.text(name)
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise Refused(f"invalid_ts_{name}") from None


METHODS = {
    "conversations.list": Method(list_, TIERS[2]),
    "users.conversations": Method(of_person, TIERS[3]),
    "conversations.info": Method(info, TIERS[3]),
    "conversations.join": Method(join, TIERS[3]),
    "conversations.members": Method(members, TIERS[4]),
    "conversations.open": Method(open_, TIERS[3]),
    "conversations.history": Method(history, TIERS[3], scarce=True),
    "conversations.replies": Method(replies, TIERS[3], scarce=True),
}
